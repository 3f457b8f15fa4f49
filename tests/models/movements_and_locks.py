"""The table "movements and locks" as the product demands it, copied by hand: the tests' own word, not the program's.

✓ allowed · ✗ and – refused · 2 two persons and a reason · Q only into quarantine · F never back to a free shelf.
"""

LAYERS = ("pending", "rejected", "expired", "on_hold", "recall_quarantine")

TABLE = """
receipt             | ✓  | –  | 2Q | 2Q | 2Q
transfer            | ✗  | ✗  | ✗  | ✗  | ✗
arrival             | Q  | Q  | Q  | Q  | Q
issue               | ✗  | ✗  | ✗  | ✗  | ✗
use                 | 2  | 2  | 2  | 2  | 2
ward_return         | Q  | Q  | Q  | Q  | Q
quarantine          | ✓  | ✓  | ✓  | ✓  | ✓
unquarantine        | ✗  | ✗  | ✗  | ✗  | ✗
return_to_supplier  | ✓  | ✓  | ✓  | 2  | ✓
disposal            | 2  | ✓  | ✓  | 2  | ✓
stock_gain          | 2Q | 2Q | 2Q | 2Q | 2Q
stock_loss          | 2  | 2  | 2  | 2  | 2
kit_build           | ✗  | ✗  | ✗  | ✗  | ✗
kit_open            | ✓  | Q  | Q  | Q  | Q
reversal            | 2F | 2F | 2F | 2F | 2F
"""

ALWAYS_TWO = ("return_to_supplier", "disposal", "stock_gain", "stock_loss", "unquarantine")
"""Hand-over, witness, difference and the way back to the shelf take two persons without any lock."""

ALWAYS_A_REASON = ("disposal", "stock_gain", "stock_loss", "unquarantine", "reversal")

WAYS = {
    "receipt": ["> store.in_stock", "> quarantine.quarantined"],
    "transfer": ["store.in_stock > store2.in_transit"],
    "arrival": ["store2.in_transit > store2.in_stock", "store2.in_transit > quarantine.quarantined"],
    "issue": ["store.in_stock > icu.par", "store.in_stock > clinic.expensed"],
    "use": ["icu.par > icu.used", "clinic.expensed > clinic.used", "quarantine.quarantined > quarantine.used"],
    "ward_return": ["icu.par > store.in_stock", "clinic.expensed > store.in_stock", "icu.par > quarantine.quarantined"],
    "quarantine": ["store.in_stock > quarantine.quarantined", "icu.par > icu.quarantined"],
    "unquarantine": ["quarantine.quarantined > store.in_stock", "icu.quarantined > icu.par"],
    "return_to_supplier": ["quarantine.quarantined > quarantine.returned", "store.in_stock > store.returned"],
    "disposal": ["quarantine.quarantined > quarantine.destroyed", "icu.par > icu.destroyed"],
    "stock_gain": ["store.unaccounted > store.in_stock", "store.unaccounted > store.quarantined"],
    "stock_loss": ["store.in_stock > store.unaccounted", "clinic.expensed > clinic.unaccounted"],
    "kit_build": ["store.in_stock > store.built_into_kit"],
    "kit_open": ["store.built_into_kit > store.in_stock", "store.built_into_kit > quarantine.quarantined"],
    "reversal": ["icu.par > store.in_stock", "icu.par > store.quarantined"],
}  # fmt: skip
"""The ways tried for each movement; a reversal undoes an issue to the ward."""

FREE = ("in_stock", "par", "in_transit")


def cells() -> list[tuple[str, str, str]]:
    """Movement, layer, mark."""
    rows = [[part.strip() for part in line.split("|")] for line in TABLE.strip().splitlines()]
    return [(row[0], layer, mark) for row in rows for layer, mark in zip(LAYERS, row[1:], strict=True)]


def ends(way: str) -> tuple[str, str]:
    source, _, target = (part.strip() for part in way.partition(">"))
    return source, target


def is_barred(mark: str, way: str) -> bool:
    """Whether the way itself is closed, whoever signs."""
    state = ends(way)[1].partition(".")[2]
    return mark in "✗–" or ("Q" in mark and state != "quarantined") or ("F" in mark and state in FREE)
