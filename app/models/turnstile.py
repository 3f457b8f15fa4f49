"""One writer at a time on a SQLite file, between processes and fairly.

SQLite's own busy handler starves writers under load; an operating-system lock on a side file, taken before BEGIN,
does not.
"""

import os
import threading
import time
from collections.abc import Generator
from contextlib import contextmanager
from pathlib import Path
from typing import IO

if os.name == "nt":  # pragma: no cover
    import msvcrt

    def _wait(file: IO[bytes], seconds: float) -> bool:
        """Take the lock; whether it was ours in time. Windows keeps no queue: it is asked again every 5 ms (its own
        waiting, ``LK_LOCK``, asks once a second).
        """
        deadline = time.monotonic() + seconds
        while time.monotonic() < deadline:
            try:
                msvcrt.locking(file.fileno(), msvcrt.LK_NBLCK, 1)  # pyright: ignore
            except OSError:
                time.sleep(0.005)
            else:
                return True
        return False

    def _unlock(file: IO[bytes]) -> None:
        file.seek(0)
        msvcrt.locking(file.fileno(), msvcrt.LK_UNLCK, 1)  # pyright: ignore
else:
    import fcntl

    def _wait(file: IO[bytes], seconds: float) -> bool:
        """Take the lock; whether it was ours in time. The kernel keeps the queue, so a thread waits in it for us."""
        try:
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            queued = threading.Thread(target=fcntl.flock, args=(file, fcntl.LOCK_EX), daemon=True)
            queued.start()
            queued.join(seconds)
            # A file that is closed while its thread still waits lets the lock go the moment it comes.
            return not queued.is_alive()
        return True

    def _unlock(file: IO[bytes]) -> None:
        fcntl.flock(file, fcntl.LOCK_UN)


class Turnstile:
    """Lets one writer through; without a path (another database, memory) only threads are kept apart.

    A writer that waits longer than ``patience`` seconds gets TimeoutError: another process may hang.
    """

    def __init__(self, path: Path | None, patience: float) -> None:
        self._path = path
        self._patience = patience
        self._threads = threading.RLock()

    @contextmanager
    def passing(self) -> Generator[None]:
        deadline = time.monotonic() + self._patience
        if not self._threads.acquire(timeout=self._patience):
            raise TimeoutError
        try:
            if self._path is None:
                yield
                return
            with self._path.open("ab") as file:
                if not _wait(file, max(deadline - time.monotonic(), 0)):
                    raise TimeoutError
                try:
                    yield
                finally:
                    _unlock(file)
        finally:
            self._threads.release()
