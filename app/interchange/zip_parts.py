"""The parts of an office file, unpacked with a limit: bytes are counted as they come, no header is believed."""

import io
import zipfile
import zlib
from dataclasses import dataclass

MOST_PARTS = 2_000
MOST_UNPACKED = 96 * 1024 * 1024
_STEP = 256 * 1024


class PackedTooLargeError(Exception):
    """The archive unpacks to more than ``MOST_UNPACKED`` bytes, or has more than ``MOST_PARTS`` parts."""


class BrokenArchiveError(Exception):
    """The archive is damaged, locked with a password, or uses what no office program writes."""


@dataclass(frozen=True, slots=True)
class ZipParts:
    """An archive whose parts may be read: all of them fit within the limits."""

    _archive: zipfile.ZipFile
    names: frozenset[str]

    def read(self, name: str) -> bytes:
        """One part. Raises BrokenArchiveError."""
        try:
            return self._archive.read(name)
        except _BROKEN as error:
            raise BrokenArchiveError from error


_BROKEN = (zipfile.BadZipFile, zlib.error, RuntimeError, NotImplementedError, EOFError, OSError, ValueError, KeyError)


def zip_parts(content: bytes) -> ZipParts:
    """Raises BrokenArchiveError, PackedTooLargeError; every part has been unpacked once, and thrown away."""
    try:
        archive = zipfile.ZipFile(io.BytesIO(content))
        infos = archive.infolist()
        if len(infos) > MOST_PARTS:
            raise PackedTooLargeError
        left = MOST_UNPACKED
        for info in infos:
            with archive.open(info) as part:
                while step := part.read(_STEP):
                    left -= len(step)
                    if left < 0:
                        raise PackedTooLargeError
    except _BROKEN as error:
        raise BrokenArchiveError from error
    return ZipParts(archive, frozenset(info.filename for info in infos))
