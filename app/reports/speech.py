"""What a sheet says: words in one or both languages, dates and counts as they stand on paper."""

from dataclasses import dataclass
from datetime import date, datetime
from enum import Enum
from typing import Any, NamedTuple
from zoneinfo import ZoneInfo

from app.core.words import status_text, text
from app.reports.rows import Code

BOTH = "both"


class Pair(NamedTuple):
    """A text and, on a sheet in both languages, the English that stands with it; otherwise empty."""

    first: str
    second: str = ""

    @property
    def inline(self) -> str:
        return f"{self.first} {self.second}" if self.second else self.first


NOTHING = Pair("")


@dataclass(frozen=True)
class Speech:
    """Speaks the words under ``reports`` in the sheet's language: "zh", "en" or "both"."""

    language: str
    zone: str = ""

    @property
    def main(self) -> str:
        return "zh" if self.language == BOTH else self.language

    def say(self, key: str, **values: Any) -> Pair:
        """The word at ``reports.<key>``."""
        first = text(f"reports.{key}", self.main, **values)
        second = text(f"reports.{key}", "en", **values) if self.language == BOTH else ""
        return Pair(first, second if second != first else "")

    def one(self, key: str, **values: Any) -> str:
        """The word at ``reports.<key>`` in the leading language only."""
        return text(f"reports.{key}", self.main, **values)

    def code(self, table: str, value: Code) -> Pair:
        """The word of an enum's value: ``reports.<table>.<value>``."""
        return self.say(f"{table}.{plain(value)}")

    def word(self, value: Enum) -> Pair:
        """The word of a status, as the screens say it."""
        second = status_text(value, "en") if self.language == BOTH else ""
        return Pair(status_text(value, self.main), second)

    def status(self, value: Enum) -> Pair:
        """The word of a status that stands alone: with a capital in English."""
        return Pair(*(capital(word) for word in self.word(value)))

    def name(self, name: str, english: str = "") -> Pair:
        """A name from the rows with its English, where the record has one."""
        if self.language == "en":
            return Pair(english or name)
        return Pair(name, english if self.language == BOTH and english != name else "")

    def moment(self, at: datetime | None) -> str:
        """Date and minute in the sheet's zone; a dash where there is none."""
        if at is None:
            return "—"
        return f"{at.astimezone(ZoneInfo(self.zone) if self.zone else None):%Y-%m-%d %H:%M}"


def capital(words: str) -> str:
    """The words with a capital at their start."""
    return words[:1].upper() + words[1:]


def plain(value: Code) -> str:
    """The code of an enum member, or the code itself."""
    return str(value.value) if isinstance(value, Enum) else value


def day(on: date | None) -> str:
    """A date as 2028-08-31; a dash where there is none."""
    return on.isoformat() if on else "—"


def count(number: int, unit: str = "") -> str:
    """A quantity with its unit."""
    return f"{number:,} {unit}".rstrip()
