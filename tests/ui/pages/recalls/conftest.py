"""The recall office behind every test of the page."""

import pytest

from tests.services.recall_stage import recall_stage
from tests.ui.pages.recalls.office import Office


@pytest.fixture
def office(sqlite_database, qapp, tmp_path):
    return Office(recall_stage(sqlite_database), folder=str(tmp_path / "papers"))
