"""Backups of the whole installation that prove themselves, on both databases in the same form.

A backup is an embedded file beside a manifest. Whatever it was taken from, the program opens it, ``db copy`` moves it
to PostgreSQL, and no tool of the server's version is needed. The manifest names every table with rows and digest, the
newest seal and the file's own SHA-256; with a key it is signed (HMAC-SHA256). A backup counts when it was read back.
"""

import hashlib
import hmac
import json
import shutil
from collections.abc import Generator, Iterator
from contextlib import contextmanager, suppress
from dataclasses import asdict, dataclass, replace
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from sqlalchemy import Connection, Table, delete, insert, select, text
from sqlalchemy.exc import SQLAlchemyError
from sqlalchemy.orm import Session

from app.core.clock import Clock, system_clock
from app.core.errors import AppError, RuleError, StorageError
from app.models.database import Database
from app.models.everything import METADATA
from app.models.table_rows import digest_of
from app.models.wall.standing import wall_differences
from app.services.agent.backing_up import copy_sound
from app.services.auditing import last_seal, verification
from app.services.copying import OWN, CopiedTable, copy_installation
from app.services.upgrading import check, demand_sound, upgrade

FORM = 1
_AT_ONCE = 2_000
_RESTORING = ("table audit_entry", "table audit_head")
"""On PostgreSQL the restoring is itself on record; the copy compared them before it wrote that."""
_TABLES = [table for table in METADATA.sorted_tables if table.name != OWN]


class BackupThereError(RuleError):
    """``path`` exists; a backup is never written over another file."""

    code = "keeping.there"


class NotInstallerError(RuleError):
    """This login does not own the database, so that some rows are hidden from it: the backup would not be whole."""

    code = "keeping.not_installer"


class NoManifestError(RuleError):
    """Beside ``path`` lies no manifest that can be read: ``reason``."""

    code = "keeping.no_manifest"


class BackupBrokenError(StorageError):
    """The backup is not what its manifest says: ``faults``; nothing was restored."""

    code = "keeping.broken"


class BackupUnequalError(StorageError):
    """``tables`` of the backup differ from the database it was taken from; it was removed."""

    code = "keeping.unequal"


class FolderError(StorageError):
    """Nothing can be written to ``path``: ``reason``."""

    code = "keeping.folder"


@dataclass(frozen=True, slots=True)
class Manifest:
    """``taken_at`` is ISO 8601 in UTC; ``drawn`` the last number of PostgreSQL's documents, which is no row."""

    engine: str
    revision: str
    taken_at: str
    file: str
    size: int
    sha256: str
    tables: tuple[CopiedTable, ...]
    entries: int
    seal: str
    drawn: int = 0
    form: int = FORM
    signature: str = ""

    @property
    def rows(self) -> int:
        return sum(table.rows for table in self.tables)

    def signed(self, key: bytes) -> "Manifest":
        """With the signature of ``key``; an empty key signs nothing."""
        plain = json.dumps(asdict(replace(self, signature="")), sort_keys=True, ensure_ascii=False).encode()
        return replace(self, signature=hmac.new(key, plain, "sha256").hexdigest() if key else "")


@dataclass(frozen=True, slots=True)
class Proof:
    """What a backup was found to be; ``faults`` names everything that does not fit."""

    manifest: Manifest
    faults: tuple[str, ...]

    @property
    def is_sound(self) -> bool:
        return not self.faults


def manifest_path(path: Path) -> Path:
    """Beside the backup."""
    return path.with_name(path.name + ".manifest.json")


def take(database: Database, path: Path, *, key: bytes = b"") -> Manifest:
    """Write a backup of one moment while people work, and read it back before it stands under its name.

    On PostgreSQL with the installer's login, who sees every row. Raises NotInstallerError, BackupThereError,
    FolderError, BackupUnequalError, BackupUnsoundError, and OutdatedError or WallChangedError of the database.
    """
    demand_sound(database)
    if not database.is_sqlite and not _sees_everything(database):
        raise NotInstallerError
    if path.exists() or manifest_path(path).exists():
        raise BackupThereError(path=str(path))
    part = path.with_name(path.name + ".part")
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        part.unlink(missing_ok=True)
        engine, drawn = ("sqlite", 0) if database.is_sqlite else ("postgresql", _drawn(database))
        if database.path is not None:
            copy_sound(database.path, part)
        else:
            _export(database, part)
        manifest = _described(part, path.name, engine, drawn, database.clock).signed(key)
        _write(manifest_path(path), manifest)
        part.replace(path)
    except OSError as error:
        raise FolderError(path=str(path.parent), reason=str(error)) from error
    finally:
        with suppress(OSError):
            part.unlink(missing_ok=True)
    return manifest


def prove(path: Path, *, key: bytes = b"") -> Proof:
    """Read a backup from its first byte to its last against its manifest; the file is not touched.

    Raises NoManifestError or FolderError.
    """
    manifest = _read(path)
    try:
        faults = [*_outside(path, manifest, key), *_inside(path, manifest)]
    except OSError as error:
        raise FolderError(path=str(path), reason=str(error)) from error
    return Proof(manifest, tuple(faults))


def restore(path: Path, target: Database, *, key: bytes = b"") -> Proof:
    """Into a database that nobody has used: a file that does not exist, or what ``db init`` made. Proved before and
    after. Raises BackupBrokenError, BackupThereError, and what ``prove`` and ``copy_installation`` raise.
    """
    proof = prove(path, key=key)
    if not proof.is_sound:
        raise BackupBrokenError(faults=list(proof.faults))
    if target.path is not None:
        return _restore_file(path, target.path, proof)
    with _opened(path) as source:
        copy_installation(source, target, lambda _table: None)
    with target.writing(None) as session:
        last = "greatest(:drawn, (SELECT last_value FROM document_number))"
        session.execute(text(f"SELECT setval('document_number', {last})"), {"drawn": max(proof.manifest.drawn, 1)})
    with target.at_one_moment() as session:
        changed = [one for one in _differing(session, proof.manifest) if one not in _RESTORING]
    return Proof(proof.manifest, tuple(changed))


def _restore_file(path: Path, place: Path, proof: Proof) -> Proof:
    if place.exists():
        raise BackupThereError(path=str(place))
    part = place.with_name(place.name + ".part")
    try:
        place.parent.mkdir(parents=True, exist_ok=True)
        shutil.copyfile(path, part)
        faults = [*_inside(part, proof.manifest)]
        if not faults:
            part.replace(place)
    except OSError as error:
        raise FolderError(path=str(place.parent), reason=str(error)) from error
    finally:
        with suppress(OSError):
            part.unlink(missing_ok=True)
    return Proof(proof.manifest, tuple(faults))


# ---- writing -------------------------------------------------------------------------------------


def _export(database: Database, part: Path) -> None:
    """Everything of one moment into an embedded file, whose wall is up when it is done."""
    with TemporaryDirectory(dir=part.parent) as folder:
        file = Path(folder) / "export.db"
        new = Database(f"sqlite:///{file}", database.clock)
        try:
            upgrade(new)
            with database.at_one_moment() as kept:
                with new.migrating() as engine, engine.connect() as connection:
                    _pour(kept, connection)
                with new.at_one_moment() as session:
                    unequal = [table.name for table in _TABLES if _digest(kept, table) != _digest(session, table)]
        finally:
            new.close()
        if unequal:
            raise BackupUnequalError(tables=unequal)
        copy_sound(file, part)


def _pour(kept: Session, connection: Connection) -> None:
    """The rows as they are, without the wall, which stands up again in the same transaction."""
    connection.exec_driver_sql("ROLLBACK")
    connection.exec_driver_sql("PRAGMA foreign_keys = OFF")
    connection.exec_driver_sql("BEGIN IMMEDIATE")
    found = connection.exec_driver_sql("SELECT name, sql FROM sqlite_master WHERE type = 'trigger' ORDER BY rowid")
    triggers = [(str(name), str(sql)) for name, sql in found]
    for name, _sql in triggers:
        connection.exec_driver_sql(f'DROP TRIGGER "{name}"')
    for table in _TABLES:
        connection.execute(delete(table))
        for rows in _in_portions(kept, table):
            connection.execute(insert(table), rows)
    for _name, sql in triggers:
        connection.exec_driver_sql(sql)
    connection.commit()
    connection.exec_driver_sql("COMMIT")
    connection.exec_driver_sql("PRAGMA foreign_keys = ON")
    connection.exec_driver_sql("BEGIN")


def _in_portions(kept: Session, table: Table) -> Iterator[list[dict[str, Any]]]:
    for rows in kept.execute(select(table).order_by(*table.primary_key.columns)).mappings().partitions(_AT_ONCE):
        yield [dict(row) for row in rows]


def _digest(session: Session, table: Table) -> tuple[int, str]:
    digest = digest_of(session, table)
    return digest.rows, digest.hex


def _sees_everything(database: Database) -> bool:
    owner = "SELECT pg_get_userbyid(datdba) = session_user FROM pg_database WHERE datname = current_database()"
    with database.reading() as session:
        return bool(session.execute(text(owner)).scalar_one())


def _drawn(database: Database) -> int:
    with database.reading() as session:
        return int(session.execute(text("SELECT last_value FROM document_number")).scalar_one())


def _described(part: Path, name: str, engine: str, drawn: int, clock: Clock) -> Manifest:
    with _opened(part) as copy:
        revision = check(copy).newest
        with copy.at_one_moment() as session:
            tables = tuple(CopiedTable(table.name, *_digest(session, table)) for table in _TABLES)
            seal, entries = last_seal(session), next(one.rows for one in tables if one.name == "audit_entry")
    sealed = f"{seal.n} {seal.hash}" if seal else ""
    size, its_hash = part.stat().st_size, _sha256(part)
    return Manifest(engine, revision, clock().isoformat(), name, size, its_hash, tables, entries, sealed, drawn)


def _write(path: Path, manifest: Manifest) -> None:
    path.write_text(json.dumps(asdict(manifest), ensure_ascii=False, indent=1) + "\n", encoding="utf-8")


# ---- reading back ----------------------------------------------------------------------------------


def _read(path: Path) -> Manifest:
    beside = manifest_path(path)
    try:
        told: dict[str, Any] = json.loads(beside.read_text(encoding="utf-8"))
        tables = tuple(CopiedTable(**table) for table in told.pop("tables"))
        manifest = Manifest(tables=tables, **told)
    except (OSError, ValueError, TypeError, KeyError, AttributeError) as error:
        raise NoManifestError(path=str(beside), reason=str(error)[:120]) from error
    if manifest.form != FORM:
        raise NoManifestError(path=str(beside), reason=f"form {manifest.form}")
    return manifest


def _outside(path: Path, manifest: Manifest, key: bytes) -> list[str]:
    faults = [] if _sha256(path) == manifest.sha256 else ["sha256"]
    is_signed = hmac.compare_digest(manifest.signed(key).signature, manifest.signature)
    return faults if not key or is_signed else [*faults, "signature"]


def _inside(path: Path, manifest: Manifest) -> list[str]:
    """Of a copy, since reading a file with its wall up writes beside it."""
    try:
        with _opened(path) as copy, copy.at_one_moment() as session:
            faults = [f"wall: {name}" for name in wall_differences(session.connection(), manifest.revision)]
            faults += _differing(session, manifest)
            seal = last_seal(session)
            if (f"{seal.n} {seal.hash}" if seal else "") != manifest.seal:
                faults.append("seal")
            found = verification(session).mismatches
            return faults + [f"audit: {one.kind} {one.table} {one.row}" for one in found]
    except (AppError, SQLAlchemyError, ValueError, LookupError, OverflowError) as error:
        return [f"unreadable: {type(error).__name__}"]


def _differing(session: Session, manifest: Manifest) -> list[str]:
    known = {table.name: table for table in _TABLES}
    strange = [f"table {one.name}" for one in manifest.tables if one.name not in known]
    missing = [f"table {name}" for name in known.keys() - {one.name for one in manifest.tables}]
    unequal = [
        f"table {one.name}"
        for one in manifest.tables
        if one.name in known and _digest(session, known[one.name]) != (one.rows, one.digest)
    ]
    return [*strange, *sorted(missing), *unequal]


@contextmanager
def _opened(path: Path) -> Generator[Database]:
    with TemporaryDirectory() as folder:
        file = Path(folder) / "copy.db"
        shutil.copyfile(path, file)
        copy = Database(f"sqlite:///{file}", system_clock)
        try:
            yield copy
        finally:
            copy.close()


def _sha256(path: Path) -> str:
    digest = hashlib.sha256()
    with path.open("rb") as file:
        while piece := file.read(1 << 20):
            digest.update(piece)
    return digest.hexdigest()
