"""What the window is told about the pages, the workstation and the person, as plain values."""

from collections.abc import Callable
from dataclasses import dataclass

from app.core.permissions import Duty
from app.ui.language import Caption
from app.ui.page import Page


@dataclass(frozen=True, slots=True)
class Door:
    """A page in the rail. ``count`` shows work that waits, in a tone; ``group`` parts the rail by lines."""

    key: str
    icon: str
    title: Caption
    count: int = 0
    tone: str = "accent"
    group: int = 0


@dataclass(frozen=True, slots=True)
class DeviceState:
    """A device or the database in two short lines: what it is, and how it is or what it read last."""

    title: str
    note: str = ""
    tone: str = "ok"
    note_end: str = ""
    is_mono: bool = False


@dataclass(frozen=True, slots=True)
class Person:
    """Who works here now."""

    name: str
    role: str


@dataclass(frozen=True, slots=True)
class PagePlan:
    """A page behind a door: who may open it, how it is built. ``group`` parts the rail by lines."""

    icon: str
    duties: frozenset[Duty]
    build: Callable[[], Page]
    group: int = 0
