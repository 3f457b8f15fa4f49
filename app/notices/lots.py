"""Lots that look alike: shown to a person who decides each, never matched by the machine.

The comparison that does match is ``app.core.lots.lot_key``.
"""

import re
from collections.abc import Iterable
from dataclasses import dataclass

from app.core.lots import lot_key

__all__ = ["LookAlike", "look_alikes", "lot_key", "lot_skeleton"]

_PAIRS = ("OQDILSBZGАВЕКМНОРСТУХІЈЅΑΒΕΖΗΙΚΜΝΟΡΤΥΧ", "000115826A8EKMH0PCTYX1J5A8E2H1KMN0PTYX")
_ALIKE = str.maketrans(*_PAIRS)
_PUNCTUATION = re.compile(r"[\W_]+")


SHORTEST = 4
"""Characters: every lot of three is one edit away from a thousand others."""


@dataclass(frozen=True, slots=True)
class LookAlike:
    """Another lot and why it could be the same; text of the reason at ``notices.look_alike.<why>``."""

    lot: str
    why: str


def lot_skeleton(raw: str) -> str:
    """The lot without what eyes and keyboards confuse: O/0, I/1, S/5, B/8, Z/2, G/6, foreign letters, punctuation,
    leading zeros. Two different lots may share it."""
    plain = _PUNCTUATION.sub("", lot_key(raw)).translate(_ALIKE)
    return plain.lstrip("0") or plain[:1]


def look_alikes(raw: str, others: Iterable[str]) -> list[LookAlike]:
    """Those of ``others`` that could be ``raw`` mistyped, in their order; the same lot itself is not among them."""
    key, skeleton = lot_key(raw), lot_skeleton(raw)
    if not key:
        return []
    found: list[LookAlike] = []
    for other in others:
        why = _why(key, skeleton, other)
        if why:
            found.append(LookAlike(other, why))
    return found


def _why(key: str, skeleton: str, other: str) -> str | None:
    theirs = lot_key(other)
    if not theirs or theirs == key:
        return None
    if lot_skeleton(other) == skeleton:
        return "leading_zeros" if theirs.lstrip("0") == key.lstrip("0") else "skeleton"
    if min(len(key), len(theirs)) < SHORTEST:
        return None
    if _is_one_edit(key, theirs):
        return "one_edit"
    if _is_swap(key, theirs):
        return "swap"
    return "prefix" if theirs.startswith(key) or key.startswith(theirs) else None


def _is_one_edit(one: str, two: str) -> bool:
    if abs(len(one) - len(two)) > 1:
        return False
    short, long = sorted((one, two), key=len)
    start = next((at for at, letter in enumerate(short) if letter != long[at]), len(short))
    return short[start + (len(short) == len(long)) :] == long[start + 1 :]


def _is_swap(one: str, two: str) -> bool:
    if len(one) != len(two):
        return False
    apart = [at for at, letter in enumerate(one) if letter != two[at]]
    return (
        len(apart) == 2
        and apart[1] == apart[0] + 1
        and one[apart[0]] == two[apart[1]]
        and one[apart[1]] == two[apart[0]]
    )
