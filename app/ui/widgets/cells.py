"""What a cell, a chip, a badge or a lamp shows, as plain values that a painter or a test can read."""

from dataclasses import dataclass
from typing import Literal

Fill = Literal["soft", "solid", "outline"]


@dataclass(frozen=True, slots=True)
class ChipLook:
    """A state in words: 22 px high. ``tone``: ok, attention, stop, hold, spent, accent or plain."""

    text: str
    tone: str = "plain"
    icon: str = ""
    fill: Fill = "soft"
    on_tint: bool = False
    """True where the row under it is tinted: the chip then takes the surface as its ground."""


@dataclass(frozen=True, slots=True)
class BadgeLook:
    """A rank in a bold word; ranks differ by fill as well as by colour."""

    text: str
    tone: str = "stop"
    fill: Fill = "solid"


@dataclass(frozen=True, slots=True)
class LampLook:
    """One letter that says whether something is there. ``name`` is read aloud and shown as a tip."""

    letter: str
    tone: str = "ok"
    fill: Fill = "soft"
    name: str = ""


@dataclass(frozen=True, slots=True)
class BarLook:
    """A share from 0 to 1 as a thin bar in a fill token, with muted text at its right end."""

    share: float
    fill: str = "fill_blue"
    label: str = ""


@dataclass(frozen=True, slots=True)
class Cell:
    """Everything one table cell shows; empty parts take no room."""

    text: str = ""
    second: str = ""
    ink: str = "text"
    second_ink: str = "muted"
    icon: str = ""
    icon_ink: str = ""
    is_mono: bool = False
    is_second_mono: bool = False
    is_bold: bool = False
    is_small: bool = False
    unit: str = ""
    chip: ChipLook | None = None
    badge: BadgeLook | None = None
    lamps: tuple[LampLook, ...] = ()
    bar: BarLook | None = None
    is_link: bool = False

    def spoken(self) -> str:
        """The cell in words, for screen readers and searching by typing."""
        looks = [look.text for look in (self.badge, self.chip) if look is not None]
        lamps = [lamp.name or lamp.letter for lamp in self.lamps]
        parts = [*looks, f"{self.text}{' ' + self.unit if self.unit else ''}", self.second, *lamps]
        return " ".join(part for part in parts if part)
