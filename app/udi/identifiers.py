"""The table of GS1 application identifiers: which exist, what their values look like, which may stand together."""

import re
import tomllib
from dataclasses import dataclass
from functools import cache, cached_property, lru_cache
from typing import Any, NamedTuple

from app.core.places import resources
from app.udi.linters import LINTERS

_SETS = {"N": "[0-9]", "X": r'[!"%&\'()*+,\-./0-9:;<=>?A-Z_a-z]', "Y": "[#\\-/0-9A-Z]", "Z": "[-A-Za-z0-9_=]"}
_PART = re.compile(r"(?P<may>\[)?(?P<set>[NXYZ])(?P<upto>\.\.)?(?P<size>\d+)\]?(?P<checks>(?:,\w+)*)")


class Fault(NamedTuple):
    """What is wrong with a value, and at which of its characters."""

    kind: str
    offset: int


class Part(NamedTuple):
    """One part of a value: its character set, length, and the names of its content checks."""

    letters: str
    least: int
    most: int
    is_optional: bool
    checks: tuple[str, ...]


@dataclass(frozen=True, eq=False)
class Identifier:
    """One application identifier. ``is_fixed``: of pre-defined length, so no separator follows its value."""

    code: str
    title: str
    parts: tuple[Part, ...]
    is_fixed: bool
    is_attribute: bool
    qualifiers: tuple[tuple[str, ...], ...] | None
    needs: tuple[tuple[str, ...], ...]
    never: frozenset[str]

    @cached_property
    def most(self) -> int:
        """The greatest length of a value."""
        return sum(part.most for part in self.parts)

    @cached_property
    def least(self) -> int:
        """The smallest length of a value."""
        return sum(part.least for part in self.parts if not part.is_optional)

    @cached_property
    def pattern(self) -> re.Pattern[str]:
        """What a well-formed value looks like."""
        return re.compile("".join(_expression(part) for part in self.parts))

    @cached_property
    def has_checks(self) -> bool:
        """Whether any part has content checks."""
        return any(part.checks for part in self.parts)

    def is_well_formed(self, value: str) -> bool:
        """Length and characters are right; the content may still be wrong."""
        return self.pattern.fullmatch(value) is not None

    def fault(self, value: str, this_year: int) -> Fault | None:
        """What is wrong with a value, or None. Shape comes before content."""
        if self.has_checks:
            return _fault(self, value, this_year)
        return None if self.pattern.fullmatch(value) else self.misshapen(value)

    def misshapen(self, value: str) -> Fault:
        """What is wrong with the length or the characters of a value that is not well formed."""
        if not value:
            return Fault("missing_value", 0)
        if len(value) > self.most:
            return Fault("too_long", self.most)
        begin = 0
        for part in self.parts:
            piece = value[begin : begin + part.most]
            good = re.match(_SETS[part.letters] + "*", piece)
            if good and good.end() < len(piece):
                return Fault("bad_character", begin + good.end())
            begin += len(piece)
        return Fault("bad_length", len(value))

    def content_fault(self, value: str, this_year: int) -> Fault | None:
        """What is wrong with the content of a well-formed value, or None."""
        begin = 0
        for part in self.parts:
            piece = value[begin : begin + part.most]
            if not piece:
                return None
            for name in part.checks:
                holds, kind = LINTERS[name]
                if not holds(piece, this_year):
                    return Fault(kind, begin)
            begin += len(piece)
        return None


@lru_cache(maxsize=16_384)
def _fault(identifier: Identifier, value: str, this_year: int) -> Fault | None:
    """Remembered, because the same numbers and dates come again and again."""
    if identifier.pattern.fullmatch(value) is None:
        return identifier.misshapen(value)
    return identifier.content_fault(value, this_year)


def _expression(part: Part) -> str:
    quantity = f"{{{part.least},{part.most}}}" if part.least != part.most else f"{{{part.most}}}"
    expression = _SETS[part.letters] + quantity
    return f"(?:{expression})?" if part.is_optional else expression


def _parts(form: str) -> tuple[Part, ...]:
    parts: list[Part] = []
    for found in _PART.finditer(form):
        size = int(found["size"])
        checks = tuple(found["checks"].split(",")[1:])
        parts.append(Part(found["set"], 1 if found["upto"] else size, size, bool(found["may"]), checks))
    return tuple(parts)


def _codes(key: str) -> list[str]:
    first, _, last = key.partition("-")
    return [str(code).zfill(len(first)) for code in range(int(first), int(last or first) + 1)]


def _groups(text: str, between: str, within: str) -> tuple[tuple[str, ...], ...]:
    return tuple(tuple(name for name in group.split(within) if name) for group in text.split(between))


def _expanded(patterns: str, known: frozenset[str]) -> frozenset[str]:
    """The codes that ``310n,8111`` and the like stand for."""
    found: set[str] = set()
    for pattern in filter(None, patterns.split(",")):
        stem = pattern.rstrip("n")
        tails = [""] if stem == pattern else [str(n).zfill(len(pattern) - len(stem)) for n in range(100)]
        found.update(stem + tail for tail in tails if len(stem + tail) == len(pattern))
    return frozenset(found) & known


@cache
def identifiers() -> dict[str, Identifier]:
    """Every known identifier by code; read once from ``resources/udi``."""
    with (resources() / "udi" / "application_identifiers.toml").open("rb") as file:
        rows: dict[str, dict[str, Any]] = tomllib.load(file)["identifiers"]
    by_code = {code: row for key, row in rows.items() for code in _codes(key)}
    known = frozenset(by_code)
    return {code: _identifier(code, row, known) for code, row in by_code.items()}


def _identifier(code: str, row: dict[str, Any], known: frozenset[str]) -> Identifier:
    return Identifier(
        code=code,
        title=row.get("title", ""),
        parts=_parts(row["form"]),
        is_fixed=row.get("fixed", False),
        is_attribute=row.get("attribute", False),
        qualifiers=_groups(row["key"], "|", ",") if "key" in row else None,
        needs=_groups(row["needs"], ",", "+") if "needs" in row else (),
        never=_expanded(row.get("never", ""), known) - {code},
    )


@cache
def _by_prefix() -> dict[str, Identifier | int]:
    """The identifier of two digits, or how long it is, by its first two: GS1 allots them so that these decide."""
    return {code[:2]: each if len(code) == 2 else len(code) for code, each in identifiers().items()}


def identifier_at(text: str, position: int) -> Identifier | None:
    """The identifier that stands at a position, or None."""
    found = _by_prefix().get(text[position : position + 2])
    if found is None or isinstance(found, Identifier):
        return found
    return identifiers().get(text[position : position + found])
