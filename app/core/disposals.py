"""How and where goods are destroyed: ``resources/law/disposal_methods.toml``, a versioned list of the hospital."""

import tomllib
from dataclasses import dataclass
from datetime import date
from functools import cache

from app.core.actor import Bilingual
from app.core.places import resources


@dataclass(frozen=True, slots=True)
class Choice:
    """One entry; ``key`` is kept with the record."""

    key: str
    name: Bilingual


@dataclass(frozen=True, slots=True)
class DisposalList:
    """What one may choose from; ``version`` is kept with every record."""

    version: str
    effective_on: date
    methods: tuple[Choice, ...]
    places: tuple[Choice, ...]

    def method(self, key: str) -> Bilingual | None:
        """The method's name, None where this version does not know it."""
        return next((one.name for one in self.methods if one.key == key), None)

    def place(self, key: str) -> Bilingual | None:
        """The place's name, None where this version does not know it."""
        return next((one.name for one in self.places if one.key == key), None)


@cache
def disposal_list() -> DisposalList:
    """The list in force."""
    with (resources() / "law" / "disposal_methods.toml").open("rb") as file:
        content = tomllib.load(file)
    methods, places = (
        tuple(Choice(entry["key"], Bilingual(entry["zh"], entry["en"])) for entry in content[kind])
        for kind in ("method", "place")
    )
    return DisposalList(content["version"], content["effective_on"], methods, places)
