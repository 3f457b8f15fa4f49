"""Two agents, one killed in the middle of its work: exactly one acts, the other takes over, nothing happens twice."""

import os
import subprocess
import sys
import time
from contextlib import contextmanager
from threading import Event

import pytest
from sqlalchemy import func, select

from app.models.agents import AgentLease, News
from app.models.proof import AuditSeal
from app.services.agent.service_person import agent_person
from app.services.auditing import verify
from tests.builders import small_hospital
from tests.faults.scale import FULL

FILES = 40

LEASES = (2.0, 18.0) if FULL else (2.0,)
"""Seconds; at their real length under ``make faults``."""


@contextmanager
def agent(database, folder, lease):
    """A real process, as systemd starts it."""
    url = database.url.render_as_string(hide_password=False)
    command = [sys.executable, "main.py", "--language", "en", "--database", url]
    command += ["agent", "--watch", str(folder), "--backups", str(folder / "copies"), "--lease", str(lease)]
    quiet = os.environ | {"PYTHONUNBUFFERED": "1", "XDG_STATE_HOME": str(folder / "state")}
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True, env=quiet) as process:
        try:
            yield process
        finally:
            process.kill()


@pytest.mark.parametrize("lease", LEASES)
def test_one_acts_and_the_other_takes_over_when_it_is_killed(database, tmp_path, lease):
    small_hospital(database)
    agent_person(database)
    with agent(database, tmp_path, lease) as first:
        assert "keeps the watch" in first.stdout.readline()
        with agent(database, tmp_path, lease) as second:
            for number in range(FILES):
                (tmp_path / f"{number}.txt").write_text(f"召回通知 {number}", encoding="utf-8")
            wait_for(lambda: count(database, News) > 0, 60)
            with database.reading() as session:
                before = session.get_one(AgentLease, 1)
            first.kill()
            killed_at = time.monotonic()
            assert "keeps the watch" in second.stdout.readline()
            seconds = time.monotonic() - killed_at
            wait_for(lambda: count(database, News) == FILES and not list(tmp_path.glob("*.txt")), 60)
            second.terminate()
            assert second.wait(30) == 0
    with database.reading() as session:
        after = session.get_one(AgentLease, 1)
        names = session.scalars(select(News.file_name)).all()
        assert session.scalar(select(func.count()).select_from(AuditSeal)) == 1
    print(f"lease {lease:g} s: taken over {seconds:.1f} s after the kill")
    assert seconds <= 30
    assert (after.fence, after.holder != before.holder) == (before.fence + 1, True)
    assert len(names) == len(set(names)) == FILES
    assert verify(database).is_intact


def count(database, table) -> int:
    with database.reading() as session:
        return session.scalar(select(func.count()).select_from(table)) or 0


def wait_for(happened, seconds):
    """Looks until it has happened; a few times a second, for it happens in another process."""
    end, pause = time.monotonic() + seconds, Event()
    while not happened():
        assert time.monotonic() < end
        pause.wait(0.05)
