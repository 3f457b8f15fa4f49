"""What an inspector checks, by kind of product: ``resources/templates/inspection_checklists.toml``."""

import tomllib
from dataclasses import dataclass
from functools import cache

from app.core.actor import Bilingual
from app.core.places import resources
from app.core.statuses.stock import ProductClass


@dataclass(frozen=True, slots=True)
class CheckItem:
    """One thing to look at; ``key`` is kept with the answer."""

    key: str
    text: Bilingual


@dataclass(frozen=True, slots=True)
class Checklist:
    """The items for one product; ``version`` is kept with every answer."""

    version: str
    items: tuple[CheckItem, ...]


@dataclass(frozen=True, slots=True)
class _Lists:
    version: str
    cold_words: tuple[str, ...]
    items: tuple[tuple[frozenset[str], CheckItem], ...]


@cache
def _lists() -> _Lists:
    with (resources() / "templates" / "inspection_checklists.toml").open("rb") as file:
        content = tomllib.load(file)
    items = tuple(
        (frozenset(entry["when"]), CheckItem(entry["key"], Bilingual(entry["zh"], entry["en"])))
        for entry in content["item"]
    )
    return _Lists(content["version"], tuple(content["cold_words"]), items)


def checklist(product_class: ProductClass, *, is_implant: bool, has_serial: bool, storage: str) -> Checklist:
    """The list for a product; ``storage`` is the catalogue's words about how it is kept."""
    lists = _lists()
    is_cold = any(word in storage.casefold() for word in lists.cold_words)
    traits = {
        "all": True,
        f"class_{product_class.value}": True,
        "implant": is_implant,
        "serial": has_serial,
        "cold": is_cold,
    }
    holding = {trait for trait, holds in traits.items() if holds}
    return Checklist(lists.version, tuple(item for when, item in lists.items if when & holding))
