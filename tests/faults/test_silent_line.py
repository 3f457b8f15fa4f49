"""A line on which packets are lost without a word: nobody closes it, so the desk itself notices, and comes back."""

import time

import pytest

from app.core.clock import system_clock
from app.models.database import Database
from app.services import listening
from app.services.holding import HoldingService, Lot
from app.services.signing_in import actor_of
from tests.faults.scale import FULL
from tests.relay import Relay
from tests.ui.desks import open_stage

BEAT = listening.BEAT if FULL else 0.3
GONE = 60.0 if FULL else 2.0
SLACK = 3.0


@pytest.fixture
def relay(postgres_database):
    line = Relay(f"{postgres_database.url.query['host']}/.s.PGSQL.5432")
    yield line
    line.close()


@pytest.mark.logs
def test_a_line_that_says_nothing_any_more(relay, postgres_database, tmp_path, qapp, qtbot, monkeypatch):
    monkeypatch.setattr(listening, "BEAT", BEAT)
    url = postgres_database.url.set(host="127.0.0.1", port=relay.port, query={"sslmode": "disable"})
    database = Database(url.render_as_string(hide_password=False), system_clock)
    stage = open_stage(database, tmp_path, qapp)
    stage.hospital.batch("CVC", "A1", 5)
    stage.enter("the_dept_liaison")
    page = stage.desk.window.open_page("ward", "use")
    stage.settle()
    page.use.visit.set_value("V-2026-7")
    strip, newsroom = stage.desk.window.outage, stage.desk._parts.newsroom
    ticks = []
    newsroom._beat.timeout.connect(lambda: ticks.append(1))
    qtbot.waitUntil(lambda: len(ticks) > 4, timeout=60_000)
    assert not strip.isVisible(), "a line that is only quiet is not cut"

    relay.fall_silent()
    began = time.monotonic()
    qtbot.waitUntil(strip.isVisible, timeout=int(1000 * ((1 + listening.SILENT_BEATS) * BEAT + SLACK)))
    seconds = time.monotonic() - began
    print(f"said after {seconds:.1f} s of silence")
    assert "断开" in strip.accessibleName()
    assert page.use.visit.value() == "V-2026-7"
    qtbot.waitUntil(lambda: time.monotonic() - began > GONE, timeout=int(2000 * GONE))
    assert strip.isVisible()

    relay.speak_again()
    heard = []
    stage.background.changed.connect(heard.append)
    qtbot.waitUntil(lambda: not strip.isVisible(), timeout=20_000)
    stage.settle()
    assert "恢复" in stage.desk.window.toast_strip.words()
    assert page.use.visit.value() == "V-2026-7"
    with postgres_database.reading() as session:
        actor = actor_of(session, stage.hospital.persons["the_recall_coordinator"])
    heard.clear()
    lots = [Lot(stage.hospital.products["CVC"], "A1")]
    HoldingService(postgres_database).hold(actor=actor, lots=lots, reason="smell")
    qtbot.waitUntil(lambda: bool(heard), timeout=1000)
    stage.close()
    database.close()
