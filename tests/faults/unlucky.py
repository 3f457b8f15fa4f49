"""A client in bad luck: without rights, without room, or shut out. It says what it would tell the person, as JSON."""

import json
import os
import resource
import signal
import subprocess
import sys
from pathlib import Path

from app.bootstrap import open_database
from app.core.clock import system_clock
from app.core.errors import AppError
from app.core.statuses.stock import MovementKind, StockState
from app.core.words import describe
from app.models import database as databases
from app.services import upgrading
from app.services.posting import Line, Operation, Shelf, post

# Loaded while the process still has its rights: the interpreter's own files may lie where nobody may read.
LOADED_BEFORE = (upgrading,)
NOBODY = 65534


def main(fault: str, url: str, actor: int, batch: int, source: int, target: int) -> None:
    databases.PATIENCE = 0.5
    path = Path(url.removeprefix("sqlite:///"))
    if fault in ("read_only", "shut_out"):
        open_database(url).close()  # loads what is needed while this process may still read the interpreter's files
        if fault == "read_only":
            close_to_writing(path)
        else:
            path.parent.chmod(0)
        if os.geteuid() == 0:  # root does what it likes, so this process stops being root
            os.setuid(NOBODY)
    told: dict[str, str] = {}
    try:
        database = open_database(url)
        if fault == "full":
            leave_no_room(path)
        shelves = Shelf(source, StockState.IN_STOCK), Shelf(target, StockState.PAR)
        lines = [Line(MovementKind.ISSUE, batch, 1, *shelves, "FF-1") for _ in range(200)]
        with database.writing(actor) as session:
            post(session, system_clock, Operation("unlucky", actor, system_clock()), lines)
    except AppError as error:
        told = {"code": error.code, "zh": describe(error, "zh"), "en": describe(error, "en")}
    print(json.dumps(told), flush=True)


def close_to_writing(path: Path) -> None:
    for file in path.parent.iterdir():
        file.chmod(0o444)
    path.parent.chmod(0o555)


def leave_no_room(path: Path) -> None:
    """No file may grow beyond what the write-ahead log has now: the disk is full in the middle of the posting."""
    signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
    log = path.with_name(path.name + "-wal")
    most = max(log.stat().st_size if log.exists() else 0, 4096) + 20_000
    resource.setrlimit(resource.RLIMIT_FSIZE, (most, resource.RLIM_INFINITY))


def told_by(fault: str, url: str, *numbers: int) -> dict[str, str]:
    """What a client in a process of its own was told."""
    command = [sys.executable, "-m", "tests.faults.unlucky", fault, url, *map(str, numbers)]
    child = subprocess.run(command, capture_output=True, text=True, check=False, timeout=120)
    assert child.returncode == 0, child.stderr
    return json.loads(child.stdout)


if __name__ == "__main__":
    main(sys.argv[1], sys.argv[2], *map(int, sys.argv[3:7]))
