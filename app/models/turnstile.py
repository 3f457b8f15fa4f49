"""One writer at a time on a SQLite file, between processes and fairly.

SQLite's own busy handler starves writers under load; an operating-system lock on a side file, taken before BEGIN,
does not.
"""

import os
import threading
from collections.abc import Generator
from contextlib import contextmanager
from pathlib import Path
from typing import IO

if os.name == "nt":  # pragma: no cover
    import msvcrt

    def _lock(file: IO[bytes]) -> None:
        msvcrt.locking(file.fileno(), msvcrt.LK_LOCK, 1)  # pyright: ignore

    def _unlock(file: IO[bytes]) -> None:
        file.seek(0)
        msvcrt.locking(file.fileno(), msvcrt.LK_UNLCK, 1)  # pyright: ignore
else:
    import fcntl

    def _lock(file: IO[bytes]) -> None:
        fcntl.flock(file, fcntl.LOCK_EX)

    def _unlock(file: IO[bytes]) -> None:
        fcntl.flock(file, fcntl.LOCK_UN)


class Turnstile:
    """Lets one writer through; without a path (another database, memory) only threads are kept apart."""

    def __init__(self, path: Path | None) -> None:
        self._path = path
        self._threads = threading.RLock()

    @contextmanager
    def passing(self) -> Generator[None]:
        with self._threads:
            if self._path is None:
                yield
                return
            with self._path.open("ab") as file:
                _lock(file)
                try:
                    yield
                finally:
                    _unlock(file)
