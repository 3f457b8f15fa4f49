"""A folder into which notices are laid: each becomes an entry that waits for a person; what cannot be read is put aside
with the reason beside it, and holds up nothing.
"""

import hashlib
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path

from app.core.clock import Clock
from app.core.errors import AppError, RuleError, StorageError
from app.core.statuses.agent import JobEnd
from app.core.words import describe
from app.interchange.notice_files import LARGEST, FileTooLargeError, NoticeFile, read_notice_file
from app.services.agent.jobs import UNSET, Ran
from app.services.agent.leasing import Lease, Leasing
from app.services.agent.mailing import compose
from app.services.arriving import kept_before, put_down

TAKEN, ASIDE = "taken", "aside"


class FolderError(StorageError):
    """The watched folder ``path`` cannot be read or written: ``reason``."""

    code = "agent.folder"


@dataclass(frozen=True, slots=True)
class _Seen:
    size: int
    changed: int


class Watching:
    """A file is taken when two looks in a row find it the same, so that nothing half-copied is read.

    Kept first, moved afterwards: cut off between the two, the next look finds the entry and only moves the file.
    """

    name = "folder"
    every = timedelta(seconds=10)

    def __init__(self, folder: Path | None, clock: Clock) -> None:
        self._folder, self._clock = folder, clock
        self._seen: dict[str, _Seen] = {}

    def run(self, leasing: Leasing, lease: Lease) -> Ran:
        """Raises FolderError; what was put aside is in ``troubles``."""
        if self._folder is None:
            return UNSET
        try:
            ready = self._ready(self._folder)
            troubles = [self._take(leasing, lease, path) for path in ready]
        except OSError as error:
            raise FolderError(path=str(self._folder), reason=str(error)) from error
        bad = tuple(one for one in troubles if one is not None)
        return Ran(JobEnd.FAILED if bad else JobEnd.DONE, len(troubles) - len(bad), bad[:3])

    def _ready(self, folder: Path) -> list[Path]:
        before, self._seen = self._seen, {}
        for path in sorted(folder.iterdir()):
            if path.is_file() and not path.is_symlink() and not path.name.startswith((".", "~")):
                stat = path.stat()
                self._seen[path.name] = _Seen(stat.st_size, stat.st_mtime_ns)
        return [folder / name for name, seen in self._seen.items() if before.get(name) == seen]

    def _take(self, leasing: Leasing, lease: Lease, path: Path) -> AppError | None:
        file: NoticeFile | None = None
        trouble: RuleError | None = None
        content = path.name.encode()
        try:
            content = _read(path)
            file = read_notice_file(path.name, content)
        except RuleError as error:
            trouble = error
        if file is not None:
            self._keep(leasing, lease, path.name, content, file)
        digest = hashlib.sha256(content).hexdigest()
        _move(path, ASIDE if trouble is not None else TAKEN, digest, trouble)
        return trouble

    def _keep(self, leasing: Leasing, lease: Lease, name: str, content: bytes, file: NoticeFile) -> None:
        with leasing.acting(lease) as session:
            if not kept_before(session, content):
                put_down(session, name, content, file, self._clock())
                compose(session, self._clock(), "news", {"name": name})


def _read(path: Path) -> bytes:
    if path.stat().st_size > LARGEST:
        raise FileTooLargeError(name=path.name, most=LARGEST // 1024**2)
    return path.read_bytes()


def _move(path: Path, where: str, digest: str, trouble: AppError | None) -> None:
    """Never over another file; the reason lies beside it in both languages."""
    folder = path.parent / where
    folder.mkdir(exist_ok=True)
    target = folder / path.name
    if target.exists():
        target = folder / f"{path.stem}-{digest[:8]}{path.suffix}"
    path.replace(target)
    if trouble is not None:
        reason = f"{describe(trouble, 'zh')}\n{describe(trouble, 'en')}\n"
        target.with_name(target.name + ".reason.txt").write_text(reason, encoding="utf-8")
