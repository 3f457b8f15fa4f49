"""Which product classes a supplier's licence or filing covers: kept as classes between commas, "II,III"."""

import re
import unicodedata
from collections.abc import Iterable

from app.core.statuses.stock import ProductClass

_SPELLINGS = {
    "1": ProductClass.I, "一": ProductClass.I,
    "2": ProductClass.II, "二": ProductClass.II,
    "3": ProductClass.III, "三": ProductClass.III,
} | {each.value: each for each in ProductClass}  # fmt: skip
_WORD = re.compile(r"[A-Z]+|[0-9]+|[一二三]")


def scope_of(words: str) -> frozenset[ProductClass]:
    """The classes that stand in it as they are kept; nothing else counts."""
    named = {part.strip() for part in words.split(",")}
    return frozenset(each for each in ProductClass if each.value in named)


def scope_words(classes: Iterable[ProductClass]) -> str:
    """As it is kept."""
    wanted = set(classes)
    return ",".join(each.value for each in ProductClass if each in wanted)


def read_scope(typed: str) -> str | None:
    """What a person typed (Ⅱ、Ⅲ类; 2, 3; 二类三类), as it is kept; None where a part of it is no class."""
    plain = unicodedata.normalize("NFKC", typed).upper()
    found = [_SPELLINGS.get(word) for word in _WORD.findall(plain)]
    known = [each for each in found if each is not None]
    return scope_words(known) if known and len(known) == len(found) else None
