"""The hospital's stock as plain Python: what the table "movements and locks" says of one line, and what follows.

Written from the product's own words (``tests.models.movements_and_locks``), not from the program's tables: where the
two disagree, one of them is wrong.
"""

from collections import Counter
from dataclasses import dataclass, field, replace

from tests.models.movements_and_locks import ALWAYS_A_REASON, ALWAYS_TWO, FREE, cells

MARKS = {(kind, layer): mark for kind, layer, mark in cells()} | {
    ("inspection", layer): "✗" if layer == "rejected" else "✓"
    for layer in ("pending", "rejected", "expired", "on_hold", "recall_quarantine")
}
WAYS = {
    "receipt": ">in_stock >quarantined",
    "inspection": "in_stock>in_stock quarantined>quarantined",
    "transfer": "in_stock>in_transit",
    "arrival": "in_transit>in_stock in_transit>quarantined",
    "issue": "in_stock>par in_stock>expensed",
    "use": "par>used expensed>used in_stock>used quarantined>used",
    "ward_return": "par>in_stock par>quarantined expensed>in_stock expensed>quarantined",
    "quarantine": "in_stock>quarantined par>quarantined expensed>quarantined in_transit>quarantined "
    "quarantined>quarantined",
    "unquarantine": "quarantined>in_stock quarantined>par",
    "return_to_supplier": "quarantined>returned in_stock>returned",
    "disposal": "quarantined>destroyed in_stock>destroyed par>destroyed",
    "stock_gain": "unaccounted>in_stock unaccounted>par unaccounted>quarantined",
    "stock_loss": "in_stock>unaccounted par>unaccounted quarantined>unaccounted expensed>unaccounted "
    "in_transit>unaccounted",
    "kit_build": "in_stock>built_into_kit",
    "kit_open": "built_into_kit>in_stock built_into_kit>quarantined",
    "reversal": "",
}  # fmt: skip
DUTIES = {
    "keeper": "receipt transfer arrival issue quarantine unquarantine return_to_supplier disposal stock_gain "
    "stock_loss kit_build kit_open reversal",
    "inspector": "inspection quarantine",
    "nurse": "use ward_return quarantine stock_gain stock_loss kit_open reversal",
}
"""What each of them does all day; nobody else's work is theirs."""
NOT_REVERSED = ("inspection", "reversal", "kit_build", "kit_open")
PLACES = {"store": "store", "store2": "store", "quarantine": "quarantine", "icu": "department", "clinic": "department"}
Shelf = tuple[str, str]


@dataclass(frozen=True)
class Attempt:
    """One line that somebody tries to post; ``second`` signed unless ``is_signed`` is False."""

    op_id: str
    kind: str
    batch: int
    quantity: int
    source: Shelf | None
    target: Shelf | None
    actor: str = "keeper"
    second: str | None = None
    is_signed: bool = True
    reason: str = ""
    outcome: str | None = None
    unit: int | None = None
    reverses: int | None = None


@dataclass
class Lot:
    """One batch; ``units`` say where each serial unit is."""

    lot: str
    inspection: str = "pending"
    is_expired: bool = False
    has_serials: bool = False
    receivers: set[str] = field(default_factory=set)
    shelves: Counter[Shelf] = field(default_factory=Counter)
    units: dict[int, Shelf | None] = field(default_factory=dict)


class Model:
    """Accepts or refuses as the paper says, and remembers."""

    def __init__(self, marks: dict[tuple[str, str], str] | None = None) -> None:
        self.marks = marks or MARKS
        self.lots: dict[int, Lot] = {}
        self.locks: dict[str, dict[int, str]] = {}
        self.lines: dict[int, Attempt] = {}
        self.reversed: set[int] = set()
        self.operations: set[str] = set()

    def layers(self, batch: int) -> set[str]:
        lot = self.lots[batch]
        whole = f"all of {'SER' if lot.has_serials else 'CVC'}"
        standing = {layer for key in (lot.lot, whole) for layer in self.locks.get(key, {}).values()}
        if lot.inspection != "released":
            standing.add(lot.inspection)
        return standing | ({"expired"} if lot.is_expired else set())

    def faults(self, line: Attempt) -> set[str]:
        """Every reason against the line; it may go where there is none, and any of them may be said."""
        return self._form(line) | self._persons(line) | self._inspection(line) | self._locks(line) | self._goods(line)

    def _form(self, line: Attempt) -> set[str]:
        found = set[str]()
        way = f"{line.source[1] if line.source else ''}>{line.target[1] if line.target else ''}"
        if line.kind == "reversal":
            found |= set() if self._undoes(line) else {"path"}
            found |= {"exists"} if line.reverses in self.reversed else set()
        elif way not in WAYS[line.kind].split():
            found.add("path")
        if (line.source is not None and line.source == line.target) != (line.kind == "inspection"):
            found.add("path")
        if not _is_place(line.source, {"in_stock", "par"}) or not _is_place(
            line.target, {"in_stock", "in_transit", "par"}, is_target=True
        ):
            found.add("place")
        return found

    def _undoes(self, line: Attempt) -> bool:
        original = self.lines.get(line.reverses or 0)
        if original is None or original.kind in NOT_REVERSED or original.batch != line.batch:
            return False
        same = (original.quantity, original.unit, original.target) == (line.quantity, line.unit, line.source)
        place = original.source[0] if original.source else None
        state = original.source[1] if original.source else None
        back = (line.target[0], line.target[1]) if line.target else (None, None)
        return same and back[0] == place and (back[1] == state or back[1] == "quarantined")

    def _persons(self, line: Attempt) -> set[str]:
        found = {"exists"} if line.op_id in self.operations else set[str]()
        found |= set() if line.kind in DUTIES[line.actor].split() else {"not_your_duty"}
        if line.second is None:
            found |= {"second_missing"} if line.kind in ALWAYS_TWO else set()
        else:
            found |= {"own_second"} if line.second == line.actor else set()
            found |= set() if line.is_signed else {"unsigned"}
        if not line.reason and line.kind in ALWAYS_A_REASON:
            found.add("reason_missing")
        return found

    def _inspection(self, line: Attempt) -> set[str]:
        if line.kind != "inspection":
            return set()
        lot = self.lots[line.batch]
        found = {"not_pending"} if lot.inspection != "pending" else set[str]()
        return found | ({"own_receipt"} if line.actor in lot.receivers else set())

    def _locks(self, line: Attempt) -> set[str]:
        found = set[str]()
        state = line.target[1] if line.target else ""
        for layer in self.layers(line.batch):
            mark = self.marks[line.kind, layer]
            if mark in "✗–":
                found.add("locked")
            if ("Q" in mark and state != "quarantined") or ("F" in mark and state in FREE):
                found.add("must_quarantine")
            if "2" in mark and (line.second is None or not line.reason):
                found.add("second_missing")
        return found

    def _goods(self, line: Attempt) -> set[str]:
        lot, found = self.lots[line.batch], set[str]()
        if lot.has_serials and line.kind != "inspection":
            if line.unit is None:
                found.add("serial_missing")
            elif lot.units[line.unit] != line.source:
                found.add("serial_elsewhere")
        if line.source is not None and line.source[1] != "unaccounted" and lot.shelves[line.source] < line.quantity:
            found.add("short")
        return found

    def post(self, movement: int, line: Attempt) -> None:
        """What follows from an accepted line."""
        lot = self.lots[line.batch]
        self.operations.add(line.op_id)
        self.lines[movement] = replace(line)
        if line.kind == "inspection":
            lot.inspection = line.outcome or ""
            return
        if line.kind == "receipt":
            lot.receivers.add(line.actor)
        if line.reverses is not None:
            self.reversed.add(line.reverses)
        if line.source is not None:
            lot.shelves[line.source] -= line.quantity
        if line.target is not None:
            lot.shelves[line.target] += line.quantity
        if line.unit is not None:
            lot.units[line.unit] = line.target


def _is_place(shelf: Shelf | None, bound: set[str], *, is_target: bool = False) -> bool:
    """Store shelves lie in stores, ward shelves on wards."""
    if shelf is None or shelf[1] not in bound:
        return True
    kind = PLACES[shelf[0]]
    if is_target and kind == "quarantine":
        return False
    return (kind == "store") == (shelf[1] != "par")
