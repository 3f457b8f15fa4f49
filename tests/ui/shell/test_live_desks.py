"""Two desks over one database: what one commits the other shows, and typed work stays."""

import subprocess
import sys

import pytest
from PySide6.QtCore import QCoreApplication

from app import bootstrap
from app.core.clock import system_clock
from app.core.settings import WorkstationFile
from app.models.database import Database
from app.services.holding import HoldingService, Lot
from app.services.signing_in import actor_of
from tests.ui.desks import Stage, open_stage

WITHIN_MS = 1000
ELSEWHERE = """
import sys
from app.core.clock import system_clock
from app.models.database import Database
from app.services.holding import HoldingService, Lot
from app.services.signing_in import actor_of
url, person, product = sys.argv[1], int(sys.argv[2]), int(sys.argv[3])
database = Database(url, system_clock)
with database.reading() as session:
    actor = actor_of(session, person)
print("ready", flush=True)
sys.stdin.readline()
HoldingService(database).hold(actor=actor, lots=[Lot(product, "A1")], reason="smell")
database.close()
"""


@pytest.fixture
def stage(database, tmp_path, qapp):
    stage = open_stage(database, tmp_path, qapp)
    stage.hospital.batch("CVC", "A1", 5)
    yield stage
    stage.close()


@pytest.fixture
def other(stage, tmp_path):
    """Another workstation, with a connection of its own."""
    database = Database(stage.hospital.database.url.render_as_string(hide_password=False), system_clock)
    desk, background = bootstrap.build_desk(database, WorkstationFile(tmp_path / "other.json"))
    desk.start()
    other = Stage(stage.hospital, desk, background, desk._parts.workstation)
    other.settle()
    yield other
    other.close()
    database.close()


def states(page):
    return [row.layers for row in page.list.table.rows()]


def test_what_one_desk_holds_the_other_shows_within_a_second(stage, other, qtbot):
    for one in (stage, other):
        one.enter("the_recall_coordinator")
        one.settle()
    heard = []
    other.background.changed.connect(heard.append)
    with stage.hospital.database.reading() as session:
        actor = actor_of(session, stage.hospital.persons["the_recall_coordinator"])
    holding = HoldingService(stage.hospital.database)
    product = stage.hospital.products["CVC"]
    stage.background.write(
        stage.desk, lambda: holding.hold(actor=actor, lots=[Lot(product, "A1")], reason="smell"), print, print
    )
    qtbot.waitUntil(lambda: bool(heard), timeout=WITHIN_MS)


def test_another_process_on_the_same_pc_is_noticed(sqlite_database, tmp_path, qapp, qtbot):
    stage = open_stage(sqlite_database, tmp_path, qapp)
    stage.hospital.batch("CVC", "A1", 5)
    stage.settle()
    heard = []
    stage.background.changed.connect(heard.append)
    asked = [sqlite_database.url.render_as_string(), "coordinator", "CVC"]
    asked[1] = str(stage.hospital.persons[asked[1]])
    asked[2] = str(stage.hospital.products[asked[2]])
    with subprocess.Popen(
        [sys.executable, "-c", ELSEWHERE, *asked], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
    ) as there:
        there.stdout.readline()
        there.communicate("go\n")
    qtbot.waitUntil(lambda: bool(heard), timeout=WITHIN_MS)
    stage.close()
    QCoreApplication.processEvents()
