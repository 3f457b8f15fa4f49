"""A backup is one moment of the whole installation; it proves itself, and what is wrong with it has a name."""

import json
import random
import uuid

import pytest
from sqlalchemy import text

from app.cli.terminal import DONE, ENVIRONMENT, REFUSED
from app.core.clock import system_clock
from app.models.database import Database
from app.models.everything import METADATA
from app.models.table_rows import digest_of
from app.services.auditing import seal, verify
from app.services.initialising import initialise
from app.services.keeping import (
    BackupBrokenError,
    BackupThereError,
    NoManifestError,
    manifest_path,
    prove,
    restore,
    take,
)
from app.services.upgrading import check, upgrade
from tests.cli.test_main import Answer
from tests.databases import _named, _server
from tests.faults.scale import FULL
from tests.stock_life import stock_life

KEY = b"kept in another safe"
FLIPS = 200 if FULL else 6


def lived(database):
    life = stock_life(database)
    life.batch_id = life.house.batch("CVC", "A1", 50)
    life.issue("A1", 20)
    life.use("A1", 2, visit_no="ZY1")
    life.hold("A1")
    seal(database)
    return life


@pytest.fixture
def life(database):
    return lived(database)


@pytest.fixture
def kept(sqlite_database, tmp_path):
    """A backup of a file, for what is the same whatever it was taken from."""
    path = tmp_path / "kept.rdb"
    take(lived(sqlite_database).database, path, key=KEY)
    return path


@pytest.fixture
def backup(life, tmp_path):
    path = tmp_path / "safe" / "monday.rdb"
    take(life.database, path, key=KEY)
    return path


@pytest.fixture
def server(postgres_dsn):
    """What ``db init`` made, and nobody has used."""
    name = f"rd_{uuid.uuid4().hex[:12]}"
    _server(postgres_dsn, f"CREATE DATABASE {name}")
    database = Database(_named(postgres_dsn, name), system_clock)
    initialise(database)
    yield database
    database.close()
    _server(postgres_dsn, f"DROP DATABASE {name} WITH (FORCE)")


def digests(database):
    with database.at_one_moment() as session:
        tables = [table for table in METADATA.sorted_tables if table.name != "schema_info"]
        return {table.name: (digest_of(session, table).rows, digest_of(session, table).hex) for table in tables}


def test_what_is_restored_is_what_was_there_on_either_database(life, backup, server, tmp_path):
    before = digests(life.database)
    life.house.batch("CVC", "LATER", 5)
    assert prove(backup, key=KEY).is_sound
    file = Database(f"sqlite:///{tmp_path / 'new' / 'recalldesk.db'}", system_clock)
    for target in (file, server):
        proof = restore(backup, target, key=KEY)
        assert proof.is_sound
        own = () if target is file else ("audit_entry", "audit_head")
        now = digests(target)
        assert {name: now[name] for name in now if name not in own} == {
            name: before[name] for name in before if name not in own
        }
        assert (check(target).is_sound, verify(target).is_intact) == (True, True)
    with server.writing(None) as session:
        assert session.execute(text("SELECT nextval('document_number')")).scalar_one() > proof.manifest.drawn
    file.close()


def test_a_backup_is_never_written_over_a_file_nor_restored_over_one(life, backup, tmp_path):
    with pytest.raises(BackupThereError):
        take(life.database, backup)
    target = Database(f"sqlite:///{tmp_path / 'there.db'}", system_clock)
    upgrade(target)
    with pytest.raises(BackupThereError):
        restore(backup, target)
    assert check(target).is_sound
    target.close()
    assert {path.name for path in backup.parent.iterdir()} == {backup.name, manifest_path(backup).name}


def test_each_flipped_bit_is_found_and_nothing_of_it_is_restored(kept, tmp_path):
    whole, chance = kept.read_bytes(), random.Random(20261122)
    for _ in range(FLIPS):
        place, bit = chance.randrange(len(whole)), 1 << chance.randrange(8)
        kept.write_bytes(whole[:place] + bytes([whole[place] ^ bit]) + whole[place + 1 :])
        proof = prove(kept)
        assert "sha256" in proof.faults, place
    target = Database(f"sqlite:///{tmp_path / 'none.db'}", system_clock)
    with pytest.raises(BackupBrokenError):
        restore(kept, target)
    target.close()
    assert not (tmp_path / "none.db").exists()
    kept.write_bytes(whole)
    assert prove(kept, key=KEY).is_sound


def test_a_manifest_that_was_made_to_fit_has_no_signature(kept):
    told = json.loads(manifest_path(kept).read_text("utf-8"))
    told["taken_at"] = "2020-01-01T00:00:00+00:00"
    manifest_path(kept).write_text(json.dumps(told), "utf-8")
    assert prove(kept).is_sound
    assert prove(kept, key=KEY).faults == ("signature",)
    assert prove(kept, key=b"somebody else's key").faults == ("signature",)


@pytest.mark.parametrize(
    ("change", "fault"),
    [
        (lambda told: told["tables"][0].update(rows=told["tables"][0]["rows"] + 1), "table "),
        (lambda told: told["tables"].pop(), "table "),
        (lambda told: told.update(seal="9 none"), "seal"),
        (lambda told: told.update(sha256="0"), "sha256"),
    ],
)
def test_what_does_not_fit_is_named(kept, change, fault):
    told = json.loads(manifest_path(kept).read_text("utf-8"))
    change(told)
    manifest_path(kept).write_text(json.dumps(told), "utf-8")
    assert any(one.startswith(fault) for one in prove(kept).faults)


@pytest.mark.parametrize("content", [None, b"", b"{", b"[]", b'{"tables": 1}', b'{"tables": []}'])
def test_a_backup_without_its_manifest_is_none(kept, content):
    manifest_path(kept).unlink()
    if content is not None:
        manifest_path(kept).write_bytes(content)
    with pytest.raises(NoManifestError):
        prove(kept)


def test_at_the_terminal(life, tmp_path):
    url = life.database.url.render_as_string(hide_password=False)
    key, file = tmp_path / "key", tmp_path / "b.rdb"
    key.write_bytes(KEY)
    signed = ("--key-file", str(key))
    assert Answer("db", "backup", str(file), *signed, database=url).code == DONE
    assert Answer("db", "backup", str(file), database=url).code == REFUSED
    assert Answer("db", "verify", str(file), *signed, "--json").json["sound"]
    assert Answer("db", "restore", str(file), database=f"sqlite:///{tmp_path / 'restored.db'}").code == DONE
    file.write_bytes(file.read_bytes()[:-1])
    assert Answer("db", "verify", str(file)).code == ENVIRONMENT
    assert Answer("db", "verify", str(file), "--key-file", str(tmp_path / "none")).code == REFUSED
