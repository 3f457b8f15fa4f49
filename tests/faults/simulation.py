"""Seeded random operations through the one door of the ledger, beside the model: both must always agree."""

import random
import time
from collections import Counter
from dataclasses import dataclass, field, replace
from datetime import date

from sqlalchemy import select, text, update

from app.core.errors import AppError
from app.core.statuses.stock import Inspection, MovementKind, StockState
from app.models.database import Database
from app.models.locks import LockLift, LotLock
from app.models.persons import Signature
from app.models.proof import SchemaInfo
from app.models.stock import Batch, SerialUnit
from app.services.posting import Line, Operation, Shelf, post
from tests.builders import INSPECTED
from tests.faults.simulated_model import DUTIES, MARKS, PLACES, WAYS, Attempt, Lot, Model
from tests.stock_life import stock_life

PLENTY, SERIALS, MOST_LOCKS = 100_000, 12, 8
STATES = [state.value for state in StockState]
LAYERS = ("pending", "rejected", "expired", "on_hold", "recall_quarantine")
SPREAD = (
    ("transfer", ("store2", "in_transit")),
    ("issue", ("icu", "par")),
    ("issue", ("clinic", "expensed")),
    ("quarantine", ("quarantine", "quarantined")),
    ("kit_build", ("store", "built_into_kit")),
)
POOL = ("pending", "pending", "rejected", "rejected", "expired", "expired", "released", "released", "released")


@dataclass
class Tally:
    """What was tried: accepted and refused per movement and standing layer (or ``free``)."""

    operations: int = 0
    accepted: Counter[tuple[str, str]] = field(default_factory=Counter)
    refused: Counter[tuple[str, str]] = field(default_factory=Counter)
    codes: Counter[str] = field(default_factory=Counter)
    seconds: float = 0.0
    differences: list[str] = field(default_factory=list)

    def table(self) -> str:
        """Movement by layer, accepted/refused."""
        heads = ("free", *LAYERS)
        lines = [f"{'':20}" + "".join(f"{head:>19}" for head in heads)]
        for kind in WAYS:
            cells = (f"{self.accepted[kind, head]}/{self.refused[kind, head]}" for head in heads)
            lines.append(f"{kind:20}" + "".join(f"{cell:>19}" for cell in cells))
        rate = self.operations / self.seconds if self.seconds else 0
        lines.append(f"{self.operations} operations, {rate:.0f}/s, refusals: {dict(self.codes.most_common())}")
        return "\n".join(lines)


class Simulation:
    """One hospital and its model; the same seed tries the same things."""

    def __init__(self, database: Database, seed: int, model: Model | None = None) -> None:
        self.chance = random.Random(seed)
        self.seed, self.database = seed, database
        self.life = stock_life(database)
        self.house = self.life.house
        self.model = model or Model()
        self.tally = Tally()
        self._number = 0
        self.house.product("SER", needs_serial=True)
        self._load()
        self.case_id = self.life.recall("ELSEWHERE")
        self._receive_serials()

    # the beginning ------------------------------------------------------------
    def _loading(self, is_loading: bool) -> None:
        with self.database.writing(None) as session:
            session.execute(update(SchemaInfo).values(loading=is_loading))

    def _load(self) -> None:
        """Batches in every state of inspection, lying everywhere, as history."""
        self._loading(True)
        for number, state in enumerate(POOL):
            expiry = date(2020, 1, 31) if state == "expired" else date(2099, 12, 31)
            lot = f"L{number}"
            batch = self.house.batch("CVC", lot, PLENTY * 10, expiry=expiry, released_by=None)
            kept = self.model.lots[batch] = Lot(lot, is_expired=state == "expired", receivers={"keeper"})
            kept.shelves["store", "in_stock"] += PLENTY * 10
            for kind, target in SPREAD:
                self._move_history(kind, batch, target)
            if state != "pending":
                outcome = "rejected" if state == "rejected" else "released"
                self.house.inspect(batch, 1, "inspector", Inspection(outcome))
                kept.inspection = outcome
        self._loading(False)

    def _move_history(self, kind: str, batch: int, target: tuple[str, str]) -> None:
        ends = ("store", StockState.IN_STOCK), (target[0], StockState(target[1]))
        self.house.move(MovementKind(kind), batch, PLENTY, *ends)
        shelves = self.model.lots[batch].shelves
        shelves["store", "in_stock"] -= PLENTY
        shelves[target] += PLENTY

    def _receive_serials(self) -> None:
        serials = tuple(f"S{number}" for number in range(SERIALS))
        batch = self.house.batch("SER", "SERIAL", serials=serials, released_by="inspector")
        lot = self.model.lots[batch] = Lot("SERIAL", "released", has_serials=True, receivers={"keeper"})
        lot.shelves["store", "in_stock"] = SERIALS
        with self.database.reading() as session:
            units = session.query(SerialUnit.id).filter_by(batch_id=batch)
            lot.units = dict.fromkeys((unit for (unit,) in units), ("store", "in_stock"))

    # the run ------------------------------------------------------------------
    def run(self, operations: int, *, patience: int = 1) -> Tally:
        """Stops after ``patience`` differences."""
        started = time.perf_counter()
        for _ in range(operations):
            self.tally.operations += 1
            self._step()
            if self.tally.operations % 500 == 0 or self.tally.operations == operations:
                self._compare_all()
            if len(self.tally.differences) >= patience:
                break
        self.tally.seconds = time.perf_counter() - started
        return self.tally

    def _step(self) -> None:
        dice = self.chance.random()
        standing = sum(len(locks) for locks in self.model.locks.values())
        if dice < 0.02 and standing < MOST_LOCKS:
            self._lock()
        elif dice < 0.035:
            self._lift()
        elif dice < 0.045:
            self._receive()
        elif dice < 0.09:
            self._attempt_pair(self._imagine(), self._imagine())
        else:
            self._attempt(self._imagine())

    def _attempt_pair(self, first: Attempt, second: Attempt) -> None:
        """Two lines of one operation: both or neither."""
        if first.batch == second.batch or "reversal" in (first.kind, second.kind):
            return
        second = replace(
            second,
            op_id=first.op_id,
            actor=first.actor,
            second=first.second,
            is_signed=first.is_signed,
            reason=first.reason,
        )
        faults = self.model.faults(first) | self.model.faults(second)
        said, movements = self._post(first, second)
        if (said not in faults) if said else bool(faults):
            self._differs(f"{first} with {second}: model {sorted(faults)}, database {said or 'accepts'}")
        self.tally.codes[said or "pair"] += 1
        for movement, line in zip(movements, (first, second), strict=False):
            self.model.post(movement, line)
        self._compare(first.batch)
        self._compare(second.batch)

    def _attempt(self, line: Attempt) -> None:
        layers = sorted(self.model.layers(line.batch)) or ["free"]
        faults = self.model.faults(line)
        said, movements = self._post(line)
        counted = self.tally.refused if said else self.tally.accepted
        counted.update((line.kind, layer) for layer in layers)
        if said:
            self.tally.codes[said] += 1
        if (said not in faults) if said else bool(faults):
            self._differs(f"{line} on {layers}: model {sorted(faults) or 'accepts'}, database {said or 'accepts'}")
        if not said:
            self.model.post(movements[0], line)
        self._compare(line.batch)

    def _post(self, line: Attempt, *more: Attempt) -> tuple[str, list[int]]:
        persons = self.house.persons
        operation = Operation(
            line.op_id,
            persons[line.actor],
            self.database.clock(),
            persons[line.second] if line.second else None,
            line.reason,
        )
        try:
            if line.kind == "inspection" and not self._is_known(line.op_id):
                self.house.sign(line.actor, line.op_id, INSPECTED[Inspection(line.outcome)])
            if line.second and line.is_signed and (line.kind != "inspection" or line.second != line.actor):
                self.house.sign(line.second, line.op_id)
            with self.database.writing(persons[line.actor]) as session:
                return "", post(session, self.database.clock, operation, [self._line(each) for each in (line, *more)])
        except AppError as error:
            return error.code, []

    def _is_known(self, op_id: str) -> bool:
        with self.database.reading() as session:
            return session.scalar(select(Signature.id).where(Signature.op_id == op_id)) is not None

    def _line(self, line: Attempt) -> Line:
        return Line(
            MovementKind(line.kind),
            line.batch,
            line.quantity,
            self._shelf(line.source),
            self._shelf(line.target),
            "T-1",
            serial_unit_id=line.unit,
            outcome=Inspection(line.outcome) if line.outcome else None,
            reverses_id=line.reverses,
            despite_lock=line.kind == "use",
        )

    def _shelf(self, shelf: tuple[str, str] | None) -> Shelf | None:
        return Shelf(self.house.places[shelf[0]], StockState(shelf[1])) if shelf else None

    # what somebody may think of -------------------------------------------------
    def _imagine(self) -> Attempt:
        chance = self.chance
        batch = chance.choice(list(self.model.lots))
        kind = chance.choice(list(WAYS))
        if kind == "reversal" and (line := self._undo(batch)) is not None:
            return line
        source, target = self._way(kind) if chance.random() < 0.85 else (self._any_shelf(), self._any_shelf())
        quantity = chance.choice((1, 1, 2, 3, PLENTY * 20)) if chance.random() < 0.3 else chance.randint(1, 3)
        return self._signed(Attempt(self._op(), kind, batch, quantity, source, target), source)

    def _undo(self, batch: int) -> Attempt | None:
        mine = [number for number, line in self.model.lines.items() if line.batch == batch][-40:]
        if not mine:
            return None
        number = self.chance.choice(mine)
        line = self.model.lines[number]
        target = line.source
        if target is not None and self.chance.random() < 0.5:
            target = target[0], "quarantined"
        back = Attempt(self._op(), "reversal", batch, line.quantity, line.target, target, reverses=number)
        if self.chance.random() < 0.1:
            back = Attempt(self._op(), "reversal", batch, line.quantity + 1, line.target, target, reverses=number)
        return self._signed(back, back.source, unit=line.unit)

    def _signed(self, line: Attempt, source: tuple[str, str] | None, unit: int | None = None) -> Attempt:
        """Persons and reasons, mostly as they should be."""
        chance, lot = self.chance, self.model.lots[line.batch]
        values = dict(line.__dict__)
        values["second"] = chance.choice((None, None, "keeper2", "boss", "boss", "boss", "keeper"))
        values["is_signed"] = chance.random() < 0.9
        values["reason"] = chance.choice(("", "because", "because"))
        likely = [name for name, kinds in DUTIES.items() if line.kind in kinds.split()]
        values["actor"] = chance.choice(likely if chance.random() < 0.9 else sorted(DUTIES))
        if line.kind == "inspection":
            values["outcome"] = chance.choice(("released", "rejected"))
            values["target"] = values["source"]
        if values["second"] == values["actor"] and chance.random() < 0.7:
            values["second"] = "boss"
        if lot.has_serials and line.kind != "inspection":
            here = [number for number, shelf in lot.units.items() if shelf == source]
            units = here if here and chance.random() < 0.8 else list(lot.units)
            values["unit"] = unit or (chance.choice(units) if chance.random() < 0.9 else None)
            values["quantity"] = 1
        if chance.random() < 0.02 and self.model.operations:
            values["op_id"] = chance.choice(sorted(self.model.operations)[: -1 or None] or [line.op_id])
        return Attempt(**values)

    def _way(self, kind: str) -> tuple[tuple[str, str] | None, tuple[str, str] | None]:
        ways = WAYS[kind].split()
        if not ways:
            return self._any_shelf(), self._any_shelf()
        source, _, target = self.chance.choice(ways).partition(">")
        return self._place(source), self._place(target)

    def _place(self, state: str) -> tuple[str, str] | None:
        if not state:
            return None
        likely = {
            "in_stock": ("store", "store2"), "in_transit": ("store2",), "par": ("icu",), "expensed": ("clinic",),
            "quarantined": ("quarantine", "icu", "store"),
        }.get(state, tuple(PLACES))  # fmt: skip
        return self.chance.choice(likely), state

    def _any_shelf(self) -> tuple[str, str] | None:
        if self.chance.random() < 0.1:
            return None
        return self.chance.choice(list(PLACES)), self.chance.choice(STATES)

    def _op(self) -> str:
        self._number += 1
        return f"sim-{self.seed}-{self._number}"

    # locks and receipts ---------------------------------------------------------
    def _lock(self) -> None:
        lot = self.chance.choice([lot.lot for lot in self.model.lots.values()])
        is_whole = self.chance.random() < 0.05
        layer = self.chance.choice(("on_hold", "recall_quarantine"))
        batch = next(number for number, kept in self.model.lots.items() if kept.lot == lot)
        product = "SER" if self.model.lots[batch].has_serials else "CVC"
        by = self.house.persons["coordinator"]
        with self.database.writing(by) as session:
            lock = LotLock(
                product_id=self.house.products[product],
                lot_key=None if is_whole else lot,
                layer=layer,
                case_id=self.case_id if layer == "recall_quarantine" else None,
                reason="simulated",
                locked_by=by,
                locked_at=self.database.clock(),
            )
            session.add(lock)
            session.flush()
            lock_id = lock.id
        self.model.locks.setdefault(f"all of {product}" if is_whole else lot, {})[lock_id] = layer

    def _lift(self) -> None:
        standing = [(lot, lock) for lot, locks in self.model.locks.items() for lock in locks]
        if not standing:
            return
        lot, lock_id = self.chance.choice(standing)
        op_id, persons = self._op(), self.house.persons
        self.house.sign("boss", op_id)
        with self.database.writing(persons["coordinator"]) as session:
            session.add(
                LockLift(
                    lock_id=lock_id,
                    op_id=op_id,
                    reason="simulated",
                    lifted_by=persons["coordinator"],
                    second_person_id=persons["boss"],
                    lifted_at=self.database.clock(),
                )
            )
        del self.model.locks[lot][lock_id]

    def _receive(self) -> None:
        """A new receipt of a lot that may be locked, or expired; judged like any other line."""
        if len(self.model.lots) > 22:
            return
        is_expired = self.chance.random() < 0.2
        lot = self.chance.choice([*(f"L{number}" for number in range(len(POOL))), f"N{self._number}"])
        expiry = date(2020, 1, 31) if is_expired else date(2099, 12, 31)
        batch = self._new_batch(lot, expiry)
        self.model.lots[batch] = Lot(lot, is_expired=is_expired)
        target = self.chance.choice((("store", "in_stock"), ("quarantine", "quarantined")))
        self._attempt(self._signed(Attempt(self._op(), "receipt", batch, 500, None, target), None))

    def _new_batch(self, lot: str, expiry: date) -> int:
        with self.database.writing(self.house.persons["keeper"]) as session:
            batch = Batch(
                product_id=self.house.products["CVC"],
                lot_no=lot,
                lot_key=lot,
                is_lot_unknown=False,
                expiry_on=expiry,
                supplier_id=self.house.suppliers["supplier"],
                receipt_no=self._op(),
                inspection=Inspection.PENDING,
                received_at=self.database.clock(),
            )
            session.add(batch)
            session.flush()
            return batch.id

    # comparing ------------------------------------------------------------------
    def _compare(self, batch: int) -> None:
        with self.database.reading() as session:
            found = session.execute(
                text("SELECT location_id, state, quantity FROM balance WHERE batch_id = :batch AND quantity <> 0"),
                {"batch": batch},
            )
            kept = {(place, state): quantity for place, state, quantity in found}
        places = self.house.places
        ours = {
            (places[place], state): quantity
            for (place, state), quantity in self.model.lots[batch].shelves.items()
            if quantity
        }
        if kept != ours:
            self._differs(f"balance of batch {batch}: model {ours}, database {kept}")

    def _compare_all(self) -> None:
        for batch, lot in self.model.lots.items():
            self._compare(batch)
            with self.database.reading() as session:
                query = text("SELECT inspection FROM batch WHERE id = :batch")
                inspection = session.execute(query, {"batch": batch}).scalar_one()
            if inspection != lot.inspection:
                self._differs(f"batch {batch}: model {lot.inspection}, database {inspection}")

    def _differs(self, what: str) -> None:
        self.tally.differences.append(f"seed {self.seed}, operation {self.tally.operations}: {what}")


def covered(tally: Tally) -> set[tuple[str, str]]:
    """The cells that were tried."""
    return set(tally.accepted) | set(tally.refused)


def every_cell() -> set[tuple[str, str]]:
    """Every movement on every layer, and on a free batch."""
    return set(MARKS) | {(kind, "free") for kind in WAYS}
