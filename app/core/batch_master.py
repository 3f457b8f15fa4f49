"""What a batch's master must say, by class and registered flags: ``resources/law/batch_master.toml``."""

import tomllib
from dataclasses import dataclass
from datetime import date
from enum import Enum
from functools import cache
from typing import Any

from app.core.actor import Bilingual
from app.core.places import resources
from app.core.statuses.requisition import AttachmentKind
from app.core.statuses.stock import ProductClass
from app.core.statuses.supplement import SupplementField


class MasterGroup(Enum):
    """The seven groups of a batch's master (R01)."""

    IDENTITY = "identity"
    DATES = "dates"
    INSPECTION = "inspection"
    SUPPLIER = "supplier"
    PAPERS = "papers"
    MOVEMENTS = "movements"
    WARD_USE = "ward_use"


class MasterTrait(Enum):
    """What a product must be for an item to be asked: flags of its registered UDI, an implant, whose work it is."""

    NEEDS_LOT = "needs_lot"
    NEEDS_SERIAL = "needs_serial"
    NEEDS_EXPIRY = "needs_expiry"
    NEEDS_PRODUCTION = "needs_production"
    IS_IMPLANT = "is_implant"
    IS_CONTRACT_MADE = "is_contract_made"
    IS_BUILT_HERE = "is_built_here"


@dataclass(frozen=True, slots=True)
class MasterItem:
    """One thing asked. ``field`` is what a person may add on the card, else ``door`` is the page that completes it.

    ``also`` are fields of the same paper that may be renewed beside it. ``attachments``: a file of one of these kinds
    answers the item. Asked of batches received from ``since`` on, ``grace_days`` after the receipt.
    """

    key: str
    group: MasterGroup
    name: Bilingual
    source: Bilingual
    classes: frozenset[ProductClass]
    traits: frozenset[MasterTrait]
    not_traits: frozenset[MasterTrait]
    weight: int
    field: SupplementField | None
    door: str
    grace_days: int
    since: date | None
    also: tuple[SupplementField, ...] = ()
    attachments: frozenset[AttachmentKind] = frozenset()


@dataclass(frozen=True, slots=True)
class Retention:
    """How long what proves a purchase is kept, and by which article; nothing here is ever purged by the program."""

    words: Bilingual
    source: Bilingual


@dataclass(frozen=True, slots=True)
class MasterRules:
    """All items in the order of the file; ``version`` is printed with every list of gaps."""

    version: str
    items: tuple[MasterItem, ...]
    retention: Retention

    def item(self, key: str) -> MasterItem:
        """Raises StopIteration for a key that the file does not have."""
        return next(item for item in self.items if item.key == key)


@cache
def master_rules() -> MasterRules:
    """The file as it is; read once."""
    with (resources() / "law" / "batch_master.toml").open("rb") as file:
        content = tomllib.load(file)
    sources = {key: Bilingual(words["zh"], words["en"]) for key, words in content["sources"].items()}
    kept = content["retention"]["originals"]
    retention = Retention(Bilingual(kept["zh"], kept["en"]), sources[kept["source"]])
    return MasterRules(content["version"], tuple(_item(entry, sources) for entry in content["item"]), retention)


def _item(entry: dict[str, Any], sources: dict[str, Bilingual]) -> MasterItem:
    field = entry.get("field")
    return MasterItem(
        entry["key"],
        MasterGroup(entry["group"]),
        Bilingual(entry["zh"], entry["en"]),
        sources[entry["source"]],
        frozenset(ProductClass(name) for name in entry["classes"]),
        frozenset(MasterTrait(name) for name in entry.get("when", ())),
        frozenset(MasterTrait(name) for name in entry.get("unless", ())),
        entry["weight"],
        SupplementField(field) if field else None,
        entry.get("door", "batches"),
        entry.get("grace_days", 0),
        entry.get("since"),
        tuple(SupplementField(name) for name in entry.get("also", ())),
        frozenset(AttachmentKind(kind) for kind in entry.get("attachments", ())),
    )


def score(asked: list[MasterItem], missing: list[MasterItem]) -> int:
    """0–100: the weight of what is there among what is asked; 100 only where nothing is missing."""
    whole = sum(item.weight for item in asked)
    lacking = sum(item.weight for item in missing)
    return 100 if not missing else min(99, 100 * (whole - lacking) // max(1, whole))
