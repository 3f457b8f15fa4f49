"""Trouble with the disk or the server: told in both languages, nothing half-written, and work goes on afterwards."""

import os
import sqlite3
import subprocess
import sys
import tempfile
from pathlib import Path

import psycopg
import pysqlite3.dbapi2 as sqlite
import pytest
from sqlalchemy import text

from app.bootstrap import open_database
from app.core.clock import system_clock
from app.core.errors import AppError, StorageError
from app.core.statuses.stock import MovementKind, StockState
from app.core.words import describe
from app.models import database as databases
from app.models.database import Database
from app.models.refusals import BusyError, DiskFullError, NotADatabaseError, OutOfReachError
from app.services.auditing import verify
from tests.builders import small_hospital
from tests.faults.scale import FULL
from tests.faults.unlucky import told_by


@pytest.fixture
def hospital(sqlite_database):
    hospital = small_hospital(sqlite_database)
    hospital.products["batch"] = hospital.batch("CVC", "A1", 1000)
    return hospital


def numbers(hospital) -> tuple[int, ...]:
    places, persons = hospital.places, hospital.persons
    return persons["keeper"], hospital.products["batch"], places["store"], places["icu"]


def lines_of(database: Database) -> int:
    with database.reading() as session:
        return session.execute(text("SELECT count(*) FROM movement")).scalar_one()


def is_told_properly(told: dict[str, str], code: str) -> None:
    assert told["code"] == code
    for language in ("zh", "en"):
        assert len(told[language]) > 10
        assert "{" not in told[language]


def said(error: AppError) -> dict[str, str]:
    return {"code": error.code, "zh": describe(error, "zh"), "en": describe(error, "en")}


def settle(hospital) -> None:
    """Everything into the one file, so that its bytes can be compared and its folder closed."""
    hospital.database.close()
    connection = sqlite.connect(str(hospital.database.path))
    connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    connection.close()


def test_a_database_that_may_not_be_written_says_so(hospital, tmp_path):
    before = lines_of(hospital.database)
    settle(hospital)
    path = hospital.database.path
    folder = path.parent
    open_the_way_to(tmp_path)
    modes = {file: file.stat().st_mode for file in (folder, *folder.iterdir())}
    content = path.read_bytes()
    told = told_by("read_only", f"sqlite:///{path}", *numbers(hospital))
    for file, mode in modes.items():
        file.chmod(mode)
    is_told_properly(told, "read_only")
    assert path.read_bytes() == content
    assert lines_of(Database(f"sqlite:///{path}", system_clock)) == before


def open_the_way_to(folder: Path) -> None:
    """Pytest keeps its own folders to itself: somebody without rights could not even come to the file."""
    for parent in (folder, *folder.parents):
        if parent == Path(tempfile.gettempdir()):
            return
        parent.chmod(0o755)


def test_a_folder_that_may_not_be_entered_says_so(hospital, tmp_path):
    settle(hospital)
    open_the_way_to(tmp_path)
    told = told_by("shut_out", f"sqlite:///{hospital.database.path}", *numbers(hospital))
    hospital.database.path.parent.chmod(0o755)
    is_told_properly(told, "read_only")


def test_a_full_disk_loses_nothing_and_writes_nothing_by_halves(hospital):
    before = lines_of(hospital.database)
    told = told_by("full", f"sqlite:///{hospital.database.path}", *numbers(hospital))
    is_told_properly(told, "disk_full")
    assert lines_of(hospital.database) == before
    assert verify(hospital.database).is_intact
    batch = hospital.products["batch"]
    hospital.move(MovementKind.ISSUE, batch, 1, ("store", StockState.IN_STOCK), ("icu", StockState.PAR))
    assert lines_of(hospital.database) == before + 1


if FULL and os.geteuid() == 0:  # only root mounts a small disk

    def test_a_disk_that_is_really_full(tmp_path, sqlite_template):
        disk = tmp_path / "disk"
        disk.mkdir()
        subprocess.run(["mount", "-t", "tmpfs", "-o", "size=3m", "tmpfs", str(disk)], check=True)
        try:
            database = Database(f"sqlite:///{disk / 'recalldesk.db'}", system_clock)
            (disk / "recalldesk.db").write_bytes(sqlite_template.read_bytes())
            hospital = small_hospital(database)
            batch = hospital.batch("CVC", "A1", 1_000_000)
            with pytest.raises(DiskFullError):
                issue_until_refused(hospital, batch)
            assert verify(database).is_intact
            database.close()
        finally:
            subprocess.run(["umount", str(disk)], check=True)


def issue_until_refused(hospital, batch: int) -> None:
    while True:
        hospital.move(MovementKind.ISSUE, batch, 1, ("store", StockState.IN_STOCK), ("icu", StockState.PAR))


def foreign_files(folder):
    other = folder / "other.db"
    with sqlite3.connect(other) as connection:
        connection.execute("CREATE TABLE notes (line TEXT)")
        connection.execute("INSERT INTO notes VALUES ('not yours')")
    connection.close()
    files = {
        "another program's database": other.read_bytes(),
        "a letter": "尊敬的客户：召回通知……".encode() * 50,
        "an empty file": b"",
        "a header and nothing else": b"SQLite format 3\x00",
        "noise": bytes(range(256)) * 40,
    }
    for name, content in files.items():
        (folder / name).write_bytes(content)
    return files


def test_a_file_of_somebody_else_is_refused_and_not_touched(tmp_path):
    for name, content in foreign_files(tmp_path).items():
        with pytest.raises(NotADatabaseError) as refused:
            open_database(f"sqlite:///{tmp_path / name}")
        error = refused.value
        is_told_properly(said(error), "foreign_file")
        assert (tmp_path / name).read_bytes() == content, name
    assert {path.name for path in tmp_path.iterdir() if path.suffix in {".turn", "-wal", "-shm"}} == set()


def test_a_folder_is_not_a_database(tmp_path):
    with pytest.raises(StorageError):
        open_database(f"sqlite:///{tmp_path}")


def test_a_damaged_database_is_not_written(hospital):
    settle(hospital)
    path = hospital.database.path
    content = bytearray(path.read_bytes())
    content[4096 : 4096 * 20] = b"\xff" * (4096 * 19)
    path.write_bytes(content)
    with pytest.raises(AppError):
        open_database(f"sqlite:///{path}")
    assert path.read_bytes() == bytes(content)


@pytest.mark.parametrize("holder", ["a hanging client", "another program"])
def test_a_database_that_somebody_holds_is_busy_and_not_waited_for_for_ever(hospital, monkeypatch, holder):
    monkeypatch.setattr(databases, "PATIENCE", 0.2)
    path = hospital.database.path
    held = f"{path}.turn" if holder == "a hanging client" else str(path)
    script = (
        "import fcntl, sys; file = open(sys.argv[1], 'ab'); fcntl.flock(file, fcntl.LOCK_EX)"
        if holder == "a hanging client"
        else "import sqlite3, sys; c = sqlite3.connect(sys.argv[1], isolation_level=None); c.execute('BEGIN IMMEDIATE')"
    )
    before = lines_of(hospital.database)
    patient = Database(f"sqlite:///{path}", system_clock)
    command = [sys.executable, "-c", f"{script}; print('held', flush=True); sys.stdin.read()", held]
    with subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True) as other:
        assert other.stdout is not None
        assert other.stdout.readline() == "held\n"
        with pytest.raises(BusyError) as refused, patient.writing(1) as session:
            session.execute(text("UPDATE product SET ref = 'x'"))
        is_told_properly(said(refused.value), "busy")
        other.communicate("")
    with patient.writing(hospital.persons["keeper"]) as session:
        session.execute(text("UPDATE product SET ref = 'y'"))
    patient.close()
    assert lines_of(hospital.database) == before


def test_a_server_that_does_not_answer_is_out_of_reach():
    database = Database("postgresql://nobody@127.0.0.1:1/nothing", system_clock)
    with pytest.raises(OutOfReachError) as refused, database.reading() as session:
        session.execute(text("SELECT 1"))
    is_told_properly(said(refused.value), "out_of_reach")
    database.close()


def write_and_be_cut(session) -> None:
    url = session.get_bind().url.set(drivername="postgresql").render_as_string(hide_password=False)
    session.execute(text("UPDATE product SET ref = 'cut'"))
    mine = session.execute(text("SELECT pg_backend_pid()")).scalar_one()
    with psycopg.connect(url, autocommit=True) as other:
        other.execute("SELECT pg_terminate_backend(%s)", [mine])
    session.execute(text("SELECT 1"))


def test_a_connection_cut_in_the_middle_writes_nothing_and_the_next_one_works(postgres_database):
    hospital = small_hospital(postgres_database)
    batch = hospital.batch("CVC", "A1", 10)
    before = lines_of(postgres_database)
    with pytest.raises(OutOfReachError), postgres_database.writing(hospital.persons["keeper"]) as session:
        write_and_be_cut(session)
    assert lines_of(postgres_database) == before
    hospital.move(MovementKind.ISSUE, batch, 1, ("store", StockState.IN_STOCK), ("icu", StockState.PAR))
    with postgres_database.reading() as session:
        assert session.execute(text("SELECT count(*) FROM product WHERE ref = 'cut'")).scalar_one() == 0


def test_a_recall_does_not_wait_for_ever_for_a_transaction_left_open(postgres_database, monkeypatch):
    hospital = small_hospital(postgres_database)
    batch = hospital.batch("CVC", "A1", 10)
    monkeypatch.setattr(databases, "PATIENCE", 0.3)
    impatient = Database(postgres_database.url.render_as_string(hide_password=False), system_clock)
    with postgres_database.writing(hospital.persons["keeper"]) as session:
        session.execute(text("SELECT 1 FROM product WHERE id = 1 FOR KEY SHARE"))
        with pytest.raises(BusyError), impatient.writing(hospital.persons["coordinator"]) as other:
            other.execute(
                text(
                    "INSERT INTO lot_lock (product_id, lot_key, layer, reason, locked_by, locked_at) "
                    "VALUES (1, 'A1', 'on_hold', 'x', :by, now())"
                ),
                {"by": hospital.persons["coordinator"]},
            )
    impatient.close()
    hospital.move(MovementKind.ISSUE, batch, 1, ("store", StockState.IN_STOCK), ("icu", StockState.PAR))
