"""What one workstation remembers: database, language, theme, where it stands. Never a password."""

import json
import os
from contextlib import suppress
from dataclasses import asdict, dataclass, replace
from pathlib import Path
from typing import Any

from platformdirs import user_config_path, user_data_path, user_documents_path

from app.core.scanners import ScannerPlace, place_of

APPLICATION = "RecallDesk"
DATABASE_VARIABLE = "RECALLDESK_DATABASE_URL"


@dataclass(frozen=True, slots=True)
class Workstation:
    """``database`` is an SQLAlchemy URL, empty for the embedded file; ``place_id`` is a location of that database.

    A PostgreSQL without a login in its URL is opened by whoever signs in. ``login_prefix`` stands before each login on
    the server (``*``: the database's name and a dot), ``ca_file`` is the hospital's authority, ``workstation_…`` the
    PC's own login and certificate. ``trial_without_tls`` lets passwords go to a server that nobody has proved.
    ``scanners`` are those on serial lines; one that types needs no setting.
    """

    database: str = ""
    language: str = "zh"
    is_dark: bool = False
    place_id: int | None = None
    last_login: str = ""
    has_sound: bool = True
    login_prefix: str = "*"
    ca_file: str = ""
    workstation_login: str = ""
    workstation_cert: str = ""
    workstation_key: str = ""
    trial_without_tls: bool = False
    scanners: tuple[ScannerPlace, ...] = ()


def settings_path() -> Path:
    """RECALLDESK_SETTINGS names another file, for trials beside a real installation."""
    given = os.environ.get("RECALLDESK_SETTINGS")
    return Path(given) if given else user_config_path(APPLICATION, appauthor=False) / "workstation.json"


def embedded_database_url() -> str:
    """The SQLite file of this user on this computer."""
    folder = user_data_path(APPLICATION, appauthor=False, ensure_exists=True)
    return f"sqlite:///{folder / 'recalldesk.db'}"


def papers_path() -> Path:
    """Where papers are saved unless a person chooses another folder; RECALLDESK_PAPERS names another one."""
    given = os.environ.get("RECALLDESK_PAPERS")
    return Path(given) if given else user_documents_path() / APPLICATION


def load(path: Path) -> Workstation:
    """What the file says; a missing or damaged file gives the defaults, so that a window always opens."""
    try:
        told: Any = json.loads(path.read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return Workstation()
    if not isinstance(told, dict):
        return Workstation()
    known: dict[str, Any] = {str(key): value for key, value in told.items()}  # pyright: ignore[reportUnknownVariableType, reportUnknownArgumentType, reportUnknownMemberType]
    return Workstation(
        database=_typed(known, "database", str, ""),
        language=_typed(known, "language", str, "zh"),
        is_dark=_typed(known, "is_dark", bool, False),
        place_id=_typed(known, "place_id", int, None),
        last_login=_typed(known, "last_login", str, ""),
        has_sound=_typed(known, "has_sound", bool, True),
        login_prefix=_typed(known, "login_prefix", str, "*"),
        ca_file=_typed(known, "ca_file", str, ""),
        workstation_login=_typed(known, "workstation_login", str, ""),
        workstation_cert=_typed(known, "workstation_cert", str, ""),
        workstation_key=_typed(known, "workstation_key", str, ""),
        trial_without_tls=_typed(known, "trial_without_tls", bool, False),
        scanners=tuple(place for one in _typed(known, "scanners", list, []) if (place := place_of(one)) is not None),
    )


def _typed(known: dict[str, Any], key: str, kind: type, default: Any) -> Any:
    value = known.get(key)
    return value if isinstance(value, kind) else default


def save(path: Path, workstation: Workstation) -> None:
    """Written beside and moved into place, so that a power cut leaves the old file or the new one."""
    path.parent.mkdir(parents=True, exist_ok=True)
    beside = path.with_suffix(".new")
    beside.write_text(json.dumps(asdict(workstation), ensure_ascii=False, indent=2), encoding="utf-8")
    beside.replace(path)


class WorkstationFile:
    """The settings of this workstation and the file they live in."""

    def __init__(self, path: Path) -> None:
        self._path = path
        self.current = load(path)

    def change(self, **values: Any) -> Workstation:
        """Remember the new values; a disk that cannot be written does not stop the work of the day."""
        self.current = replace(self.current, **values)
        with suppress(OSError):
            save(self._path, self.current)
        return self.current


def database_url(workstation: Workstation, given: str = "") -> str:
    """``given`` on the command line, else the environment, else the settings, else the embedded file."""
    return given or os.environ.get(DATABASE_VARIABLE, "") or workstation.database or embedded_database_url()
