"""Copies of the embedded file while people work: taken in one go, read back, and only then kept."""

from contextlib import suppress
from datetime import timedelta
from pathlib import Path
from typing import Any, cast

import pysqlite3.dbapi2 as driver

from app.core.clock import Clock
from app.core.errors import StorageError
from app.core.statuses.agent import JobEnd
from app.services.agent.jobs import UNSET, Ran
from app.services.agent.leasing import Lease, Leasing

KEPT = 14
_sqlite: Any = cast("Any", driver)
"""The library that the whole process uses: a second one on the same file would drop its locks."""
_COUNTS = (
    "SELECT count(*) FROM audit_entry",
    "SELECT count(*) FROM movement",
    "SELECT count(*) FROM audit_seal",
)


class BackupUnsoundError(StorageError):
    """The copy could not be read back as it should: ``reason``; it was removed, those before it are kept."""

    code = "agent.backup_unsound"


class BackupFolderError(StorageError):
    """Nothing can be written to ``path``: ``reason``."""

    code = "agent.backup_folder"


class BackingUp:
    """Every few hours; the newest ``keep`` copies stay. PostgreSQL is backed up with its own tools."""

    name = "backup"

    def __init__(
        self, source: Path | None, folder: Path | None, clock: Clock, *, every: timedelta, keep: int = KEPT
    ) -> None:
        self._source, self._folder, self._clock, self._keep = source, folder, clock, keep
        self.every = every

    def run(self, leasing: Leasing, lease: Lease) -> Ran:
        """Raises BackupUnsoundError, BackupFolderError, LeaseLostError."""
        if self._source is None or self._folder is None:
            return UNSET
        finished = self._folder / f"recalldesk-{self._clock():%Y%m%dT%H%M%SZ}.db"
        part = finished.with_suffix(".part")
        try:
            self._folder.mkdir(parents=True, exist_ok=True)
            part.unlink(missing_ok=True)
            copy_sound(self._source, part)
            with leasing.acting(lease):
                part.replace(finished)
            old = sorted(self._folder.glob("recalldesk-*.db"))[: -self._keep]
            for path in old:
                path.unlink(missing_ok=True)
        except OSError as error:
            raise BackupFolderError(path=str(self._folder), reason=str(error)) from error
        finally:
            with suppress(OSError):
                part.unlink(missing_ok=True)
        return Ran(JobEnd.DONE, 1)


def copy_sound(source: Path, target: Path) -> None:
    """All pages in one step, so that no writer makes it begin again; the copy is then read from its first page to its
    last, and must hold no less than the file did when the copy began. Raises BackupUnsoundError.
    """
    try:
        before = _counts(source)
        with _opened(source) as old, _opened(target, may_write=True) as new:
            old.connection.backup(new.connection, pages=-1)
            new.connection.execute("PRAGMA journal_mode = DELETE")
        with _opened(target) as copy:
            told = copy.connection.execute("PRAGMA integrity_check").fetchone()[0]
        after = _counts(target)
    except _sqlite.Error as error:
        raise BackupUnsoundError(reason=str(error)) from error
    if told != "ok":
        raise BackupUnsoundError(reason=told)
    if any(more < less for less, more in zip(before, after, strict=True)):
        raise BackupUnsoundError(reason=f"{before} > {after}")


class _opened:  # noqa: N801 (reads as a word where it is used)
    def __init__(self, path: Path, *, may_write: bool = False) -> None:
        mode = "rwc" if may_write else "ro"
        self.connection: Any = _sqlite.connect(f"{path.absolute().as_uri()}?mode={mode}", uri=True, timeout=10)

    def __enter__(self) -> "_opened":
        return self

    def __exit__(self, *_: object) -> None:
        self.connection.close()


def _counts(path: Path) -> list[int]:
    with _opened(path) as one:
        return [one.connection.execute(statement).fetchone()[0] for statement in _COUNTS]
