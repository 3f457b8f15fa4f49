"""Quantities in packaging levels: 205 pieces as 2 cartons and 5 pieces, read and said; base units are conserved."""

import re
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass

from app.core.actor import Bilingual
from app.core.words import Language


@dataclass(frozen=True, slots=True)
class Level:
    """One packaging level: its name and how many base units it holds; one with 1 is the base unit."""

    name: Bilingual
    units: int


_PART = re.compile(r"\s*(?P<count>\d[\d,]*)\s*(?P<name>[^\d\s+,，、]*)\s*(?:[+,，、]\s*)?")


def split(quantity: int, levels: Sequence[Level]) -> list[tuple[Level, int]]:
    """The fewest packages that hold exactly ``quantity`` base units, the largest first; without zeros."""
    parts: list[tuple[Level, int]] = []
    left = quantity
    for level in sorted(levels, key=lambda level: -level.units):
        count, left = divmod(left, level.units)
        if count:
            parts.append((level, count))
    return parts if not left else []


def said(quantity: int, levels: Sequence[Level], language: Language) -> str:
    """Such as "2 箱 5 件"; nothing where no package is filled, for then the number says it all."""
    parts = split(quantity, levels)
    if not any(level.units > 1 for level, _ in parts):
        return ""
    return " ".join(f"{count:,} {level.name.said_in(language)}" for level, count in parts)


def read_quantity(typed: str, levels: Sequence[Level]) -> int | None:
    """Base units of "205", "2 箱 5 件", "2 cartons + 5"; None where a part or a unit is not known.

    A number without a unit counts base units and may only come last.
    """
    plain = unicodedata.normalize("NFKC", typed).strip().casefold()
    sizes = {name: level.units for level in levels for name in _names(level)}
    total, place, ended = 0, 0, not plain
    while place < len(plain):
        part = _PART.match(plain, place)
        if part is None or ended:
            return None
        name = part["name"]
        units = sizes.get(name) if name else 1
        if units is None:
            return None
        total += int(part["count"].replace(",", "")) * units
        place, ended = part.end(), not name
    return total if plain else None


def _names(level: Level) -> set[str]:
    names = {unicodedata.normalize("NFKC", name).casefold() for name in (level.name.zh, level.name.en) if name}
    return names | {f"{name}s" for name in names} | {f"{name}es" for name in names}
