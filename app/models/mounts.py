"""Whether a file lies on another computer: SQLite's locks do not hold there, and two writers would ruin the file."""

import os
import re
from collections.abc import Iterable
from pathlib import Path, PureWindowsPath

from app.core.errors import StorageError

_REMOTE = frozenset(
    {"nfs", "nfs4", "cifs", "smb", "smb2", "smb3", "smbfs", "9p", "afs", "ceph", "gfs2", "ocfs2", "lustre", "glusterfs"}
    | {"fuse.sshfs", "fuse.glusterfs", "fuse.ceph", "fuse.rclone", "fuse.davfs", "davfs", "ncpfs", "coda", "virtiofs"}
)
_TABLE = Path("/proc/mounts")
_REMOTE_DRIVE = 4
"""GetDriveTypeW's DRIVE_REMOTE."""


class NetworkShareError(StorageError):
    """The file ``path`` lies on a share of kind ``kind``."""

    code = "network_share"


def demand_local(path: Path, mounts: Iterable[str] | None = None) -> None:
    """Raises NetworkShareError; ``mounts`` are lines of /proc/mounts, the machine's own if None."""
    kind = _windows_kind(path) if os.name == "nt" else kind_at(path, _lines() if mounts is None else mounts)
    if kind:
        raise NetworkShareError(path=str(path), kind=kind)


def kind_at(path: Path, mounts: Iterable[str]) -> str:
    """The kind of file system where it is another computer's; nothing where the file is at home."""
    whole = path.absolute().resolve()
    found, deepest = "", -1
    for line in mounts:
        fields = line.split()
        if len(fields) < 3:
            continue
        point = Path(_unescaped(fields[1]))
        depth = len(point.parts)
        if whole.is_relative_to(point) and depth >= deepest:
            found, deepest = fields[2], depth
    return found if found.lower() in _REMOTE else ""


def is_unc(path: str) -> bool:
    """A Windows path that names another computer, such as \\\\server\\share\\file."""
    drive = PureWindowsPath(path).drive
    return (drive.startswith("\\\\") and not drive.startswith(("\\\\?\\", "\\\\.\\"))) or drive.startswith("\\\\?\\UNC")


def _windows_kind(path: Path) -> str:
    whole = str(path.absolute())
    if is_unc(whole):
        return "UNC"
    import ctypes  # only where there are drives

    windows = getattr(ctypes, "windll", None)
    kind = windows.kernel32.GetDriveTypeW(f"{PureWindowsPath(whole).drive}\\") if windows else 0
    return "SMB" if kind == _REMOTE_DRIVE else ""


def _lines() -> list[str]:
    try:
        return _TABLE.read_text(encoding="utf-8", errors="replace").splitlines()
    except OSError:  # a system without it
        return []


def _unescaped(name: str) -> str:
    """Blanks and the like are written as \\040."""
    return re.sub(r"\\([0-7]{3})", lambda match: chr(int(match.group(1), 8)), name)
