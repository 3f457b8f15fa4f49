"""The matrix of responsibilities on paper and in a spreadsheet says what the program enforces."""

import csv
import io

import pytest

from app.core.permissions import DUTIES, Duty, Role
from app.core.responsibilities import TASKS, Step
from app.core.words import status_text, text
from app.services.duty_papers import DutiesNotWrittenError, DutyPaperService
from tests.builders import small_hospital
from tests.interchange.test_workbook import read_sheet
from tests.reports.reading import all_text
from tests.services.recall_stage import Stage


@pytest.fixture
def stage(sqlite_database):
    return Stage(small_hospital(sqlite_database))


@pytest.mark.parametrize("tongue", ["zh", "en"])
def test_the_matrix_is_printed_and_written_from_the_rules(stage, tmp_path, tongue):
    papers, actor = DutyPaperService(stage.database), stage.actor("auditor")
    written = papers.export_matrix(actor=actor, folder=tmp_path, language=tongue)
    head, *rows = csv.reader(io.StringIO(written.read_text(encoding="utf-8-sig")))
    assert head[2:-1] == [status_text(role, tongue) for role in Role]
    by_step = {row[1]: row for row in rows}
    assert len(by_step) == len(Step)
    inspect = by_step[text("duties.steps.inspect", tongue)]
    does = [role for role, cell in zip(Role, inspect[2:-1], strict=True) if cell]
    assert does == [role for role in Role if Duty.INSPECT in DUTIES[role]]
    assert text("duties.steps.receive", tongue) in inspect[-1]

    book = papers.export_matrix(actor=actor, folder=tmp_path, language=tongue, form="xlsx")
    assert read_sheet(book.read_bytes())[1] == [head, *rows]

    printed = papers.print_matrix(actor=actor, folder=tmp_path, language=tongue)
    said = all_text(printed.read_bytes())
    assert all(text(f"duties.steps.{step.value}", tongue).replace(" ", "") in said for step in TASKS)


def test_a_folder_that_cannot_be_written_is_named(stage, tmp_path):
    (tmp_path / "file").write_text("x")
    with pytest.raises(DutiesNotWrittenError):
        DutyPaperService(stage.database).export_matrix(
            actor=stage.actor("auditor"), folder=tmp_path / "file", language="en"
        )
