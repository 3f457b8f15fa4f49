"""The sample hospital is cut off in the middle: the embedded file stays empty, PostgreSQL says what is missing."""

import os
import signal
import subprocess
import sys

import pytest

from app.core.clock import system_clock
from app.models.database import Database
from app.services import sample_data
from app.services.sample_data import NotEmptyError, SampleDataService, is_unfinished
from app.services.upgrading import is_empty

CUT = """
import os, signal, sys
from app.core.clock import system_clock
from app.models.database import Database
from app.services import sample_data
from app.services.sample_work import SampleWork

class Cut(SampleWork):
    def do(self):
        super()._order(self._scene.told["orders"][0])
        os.kill(os.getpid(), signal.SIGKILL)

sample_data.SampleWork = Cut
sample_data.SampleDataService(Database(sys.argv[1], system_clock)).fill()
"""


def test_a_sample_cut_off_leaves_nothing_or_says_so(database):
    url = database.url.render_as_string(hide_password=False)
    done = subprocess.run([sys.executable, "-c", CUT, url], check=False, env=os.environ | {"PYTHONPATH": os.getcwd()})
    assert done.returncode == -signal.SIGKILL
    again = Database(url, system_clock)
    try:
        if again.is_sqlite:
            assert is_empty(again)
            assert again.path.with_name(again.path.name + ".filling").exists()
            SampleDataService(again).fill()
            assert not list(again.path.parent.glob("*.filling*"))
            assert not is_empty(again)
            assert not is_unfinished(again)
        else:
            assert is_unfinished(again)
            with pytest.raises(NotEmptyError):
                SampleDataService(again).fill()
    finally:
        again.close()
    assert sample_data.FINISHED != sample_data.UNFINISHED
