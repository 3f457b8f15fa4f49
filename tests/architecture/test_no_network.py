"""The program starts and works without reaching anybody: no connection, no name looked up, no network library of Qt."""

import json
import os
import subprocess
import sys

from tests.architecture import starting_quietly
from tests.architecture.sources import ROOT


def test_importing_and_starting_reaches_nobody(tmp_path):
    home = {"HOME": str(tmp_path), "XDG_CONFIG_HOME": str(tmp_path), "XDG_STATE_HOME": str(tmp_path)}
    command = [sys.executable, "-m", "tests.architecture.starting_quietly", f"sqlite:///{tmp_path / 'new.db'}"]
    child = subprocess.run(
        command,
        cwd=ROOT,
        env={**os.environ, **home, "QT_QPA_PLATFORM": "offscreen"},
        capture_output=True,
        text=True,
        timeout=120,
        check=False,
    )
    assert child.returncode == 0, child.stderr
    assert json.loads(child.stdout.splitlines()[-1]) == {"code": 0, "reached": [], "network": []}


def test_the_listener_hears_a_call_outside():
    for event, arguments in (
        ("socket.connect", (None, ("192.0.2.1", 80))),
        ("socket.getaddrinfo", ("example.test", 443, 0, 0, 0)),
        ("urllib.Request", ("http://192.0.2.1/", None, {}, "GET")),
    ):
        starting_quietly.listen(event, arguments)
    heard, starting_quietly.REACHED[:] = list(starting_quietly.REACHED), []
    assert len(heard) == 3
    for here in ("/tmp/.s.PGSQL.5432", "127.0.0.1", "::1", "localhost", b"", None):
        assert starting_quietly.is_here(here)
