"""Half a year in the sample hospital: deliveries, inspections, issues, uses, returns, and some faults.

Planned per batch, then posted in the order of time through the one door, while the database is in loading mode.
"""

import uuid
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from random import Random
from typing import Any

from sqlalchemy import insert
from sqlalchemy.orm import Session

from app.core.lots import lot_key
from app.core.statuses.stock import ExpiryPrecision, Inspection, MovementKind, StockState
from app.models.catalogue import Product
from app.models.locks import LotLock
from app.models.stock import Batch, PatientUse, SerialUnit
from app.services.posting import Line, Operation, Shelf, post

DAYS = 183
BATCHES = 400
WAITING = 7
STORES = {"ZXK": "zhoumin", "DYK": "suyan", "XYK": "aibai", "GZK": "hanlei"}
WARDS = {
    "ZXK": ("ICU", "OR", "ER", "CARD", "DIAL", "ORTH", "NEUR", "ENDO", "OPD"),
    "GZK": ("CARD", "OR", "ORTH", "NEUR"),
    "DYK": ("EICU", "EOR", "EER", "EOBS", "EPED"),
    "XYK": ("WICU", "WOR", "WER", "WRES"),
}


@dataclass(frozen=True)
class Item:
    """A product of the sample: units per carton and the monthly use of a busy ward."""

    product: Product
    carton: int
    use: int


@dataclass(frozen=True)
class Ids:
    """Database keys by code, login and supplier code; the liaison's login by ward."""

    places: dict[str, int]
    persons: dict[str, int]
    suppliers: dict[str, int]
    liaisons: dict[str, str]


@dataclass(frozen=True, order=True)
class _Step:
    """One movement to come; ``visit`` belongs to a use."""

    at: datetime
    order: int
    by: str
    line: Line
    visit: str = ""
    reason: str = ""
    second: str = ""


class History:
    """Deterministic: the same seed, moment and products give the same rows."""

    def __init__(self, session: Session, now: datetime, seed: int, ids: Ids) -> None:
        self._session, self._now, self._ids = session, now, ids
        self._random = Random(seed)  # noqa: S311 (a sample, not a secret)
        self._steps: list[_Step] = []
        self._uses: list[dict[str, Any]] = []
        self._documents = 0

    def write(self, items: list[Item]) -> None:
        """All batches and their movements; the caller's transaction."""
        for number in range(BATCHES):
            self._batch(items[number % len(items)], number)
        for step in sorted(self._steps):
            self._post(step)
        if self._uses:
            self._session.execute(insert(PatientUse), self._uses)
        self._hold(items)

    # one batch --------------------------------------------------------------
    def _batch(self, item: Item, number: int) -> None:
        store = self._store_of(item)
        received = self._working_hour(self._now - timedelta(days=DAYS * (1 - number / BATCHES) + self._random.random()))
        quantity = self._quantity(item)
        batch = self._write_batch(item, number, received, store)
        units = self._write_units(batch, quantity) if item.product.needs_serial else []
        shelf = Shelf(self._ids.places[store], StockState.IN_STOCK)
        receipt = batch.receipt_no
        for unit in units or [None]:
            self._plan(
                received,
                STORES[store],
                Line(
                    MovementKind.RECEIPT, batch.id, 1 if unit else quantity, None, shelf, receipt, serial_unit_id=unit
                ),
            )
        if number >= BATCHES - WAITING:
            return  # the newest deliveries wait for their inspection
        checked = received + timedelta(hours=self._random.randint(2, 6))
        outcome = Inspection.REJECTED if number % 170 == 60 else Inspection.RELEASED
        inspector = "luning" if store == "DYK" else "wangke"
        self._plan(
            checked,
            inspector,
            Line(
                MovementKind.INSPECTION,
                batch.id,
                quantity,
                shelf,
                shelf,
                self._document("YS", checked),
                outcome=outcome,
            ),
        )
        if outcome is Inspection.RELEASED:
            self._life(item, batch, shelf, checked, units, quantity)

    def _store_of(self, item: Item) -> str:
        if item.product.needs_serial:
            return "GZK"
        return self._random.choices(("ZXK", "DYK", "XYK"), (6, 2, 2))[0]

    def _quantity(self, item: Item) -> int:
        if item.product.needs_serial:
            return self._random.randint(4, 8)
        months = max(1, round(item.use * 5 / item.carton))
        return item.carton * self._random.randint(max(1, months // 2), months + 1)

    def _write_batch(self, item: Item, number: int, received: datetime, store: str) -> Batch:
        product, day = item.product, received.date()
        made = day - timedelta(days=self._random.randint(25, 110))
        lot = f"{made:%y%m}{self._random.choice('ABCDEFGH')}{self._random.randint(1, 99):02d}"
        known = product.needs_lot
        expiry = self._expiry(made, number) if product.needs_expiry else None
        forgotten = number % 37 == 5  # a label read badly: the production date is missing
        batch = Batch(
            product_id=product.id,
            lot_no=lot if known else "unknown",
            lot_key=lot_key(lot) if known else f"?RK-{received:%y%m%d}-{number:04d}",
            is_lot_unknown=not known,
            production_on=None if forgotten else made,
            expiry_on=expiry,
            expiry_precision=ExpiryPrecision.DAY if expiry else None,
            supplier_id=self._ids.suppliers[self._supplier(number)],
            receipt_no=f"RK-{received:%y%m%d}-{number % 10000:04d}",
            inspection=Inspection.PENDING,
            received_at=received,
        )
        self._session.add(batch)
        self._session.flush()
        return batch

    def _expiry(self, made: date, number: int) -> date:
        if number % 40 == 11:
            return self._now.date() + timedelta(days=self._random.randint(12, 80))  # near its end
        if number % 66 == 21:
            return self._now.date() - timedelta(days=self._random.randint(3, 20))  # forgotten on a shelf
        return made + timedelta(days=365 * self._random.choice((2, 3)))

    def _supplier(self, number: int) -> str:
        return "LT" if number < 40 and number % 5 == 0 else ("KS", "RY", "BD")[number % 3]

    def _write_units(self, batch: Batch, quantity: int) -> list[int | None]:
        units: list[int | None] = []
        for _ in range(quantity):
            serial = f"{self._random.randint(1000, 9999)}-{batch.id:04d}{len(units):02d}"
            unit = SerialUnit(
                product_id=batch.product_id,
                batch_id=batch.id,
                serial_no=serial,
                serial_key=lot_key(serial),
                last_movement_id=0,
            )
            self._session.add(unit)
            self._session.flush()
            units.append(unit.id)
        return units

    # out to the wards -------------------------------------------------------
    def _life(
        self, item: Item, batch: Batch, shelf: Shelf, since: datetime, units: list[int | None], quantity: int
    ) -> None:
        store = next(code for code, place in self._ids.places.items() if place == shelf.location_id)
        left, moment = quantity, since
        while left > 0:
            moment = self._working_hour(moment + timedelta(days=self._random.uniform(5, 22)))
            if moment > self._now - timedelta(hours=3):
                return
            size = min(left, 1 if units else max(1, round(item.use * self._random.uniform(0.4, 1.1))))
            ward = self._random.choice(WARDS[store])
            target = Shelf(self._ids.places[ward], StockState.EXPENSED if ward == "OPD" else StockState.PAR)
            unit = units[quantity - left] if units else None
            self._plan(
                moment,
                STORES[store],
                Line(
                    MovementKind.ISSUE, batch.id, size, shelf, target, self._document("FF", moment), serial_unit_id=unit
                ),
            )
            self._on_ward(batch, ward, target, shelf, moment, size, unit)
            left -= size

    def _on_ward(
        self, batch: Batch, ward: str, here: Shelf, store: Shelf, since: datetime, size: int, unit: int | None
    ) -> None:
        left, last = size, since
        for moment in self._use_times(since):
            last = moment
            part = min(left, max(1, round(size * self._random.uniform(0.3, 0.8))))
            used = Shelf(here.location_id, StockState.USED)
            line = Line(MovementKind.USE, batch.id, part, here, used, self._document("SY", moment), serial_unit_id=unit)
            self._plan(moment, self._ids.liaisons[ward], line, visit=f"V{self._random.randint(10**7, 10**8 - 1)}")
            left -= part
            if left == 0:
                return
        self._leftover(batch, ward, here, store, left, unit, last)

    def _use_times(self, since: datetime) -> Iterator[datetime]:
        moment = since
        while True:
            moment = moment + timedelta(days=self._random.uniform(3, 20))
            if moment > self._now - timedelta(hours=1):
                return
            yield moment

    def _leftover(
        self, batch: Batch, ward: str, here: Shelf, store: Shelf, left: int, unit: int | None, last: datetime
    ) -> None:
        """Now and then something goes back, or is missing at the count."""
        moment = max(self._now - timedelta(hours=self._random.uniform(1, 40)), last + timedelta(minutes=20))
        if moment >= self._now:
            return
        dice = self._random.random()
        if dice < 0.03 and unit is None:
            line = Line(MovementKind.WARD_RETURN, batch.id, left, here, store, self._document("TK", moment))
            self._plan(moment, self._ids.liaisons[ward], line)
        elif dice > 0.985 and unit is None and here.state is StockState.PAR:
            lost = Shelf(here.location_id, StockState.UNACCOUNTED)
            line = Line(MovementKind.STOCK_LOSS, batch.id, 1, here, lost, self._document("PD", moment))
            self._plan(moment, self._ids.liaisons[ward], line, reason="月末盘点少一件，已查找", second="hejing")

    # posting ------------------------------------------------------------------
    def _plan(self, at: datetime, by: str, line: Line, *, visit: str = "", reason: str = "", second: str = "") -> None:
        self._steps.append(_Step(at, len(self._steps), by, line, visit, reason, second))

    def _post(self, step: _Step) -> None:
        operation = Operation(
            op_id=uuid.UUID(int=self._random.getrandbits(128)).hex,
            actor_id=self._ids.persons[step.by],
            acted_at=step.at,
            second_person_id=self._ids.persons[step.second] if step.second else None,
            reason=step.reason,
        )
        (movement_id,) = post(self._session, lambda: step.at, operation, [step.line])
        if step.visit:
            self._uses.append({"movement_id": movement_id, "visit_no": step.visit, "used_at": step.at})

    def _document(self, prefix: str, moment: datetime) -> str:
        self._documents += 1
        return f"{prefix}-{moment:%y%m%d}-{self._documents:04d}"

    def _working_hour(self, moment: datetime) -> datetime:
        """The same day between 00:30 and 09:00 UTC, which is the day shift of the sites."""
        return moment.astimezone(UTC).replace(hour=self._random.randint(0, 8), minute=self._random.randint(30, 59))

    def _hold(self, items: list[Item]) -> None:
        """One lot is under a precautionary hold since yesterday."""
        product = items[24 % len(items)].product
        batch = self._session.query(Batch).filter(Batch.product_id == product.id).order_by(Batch.id.desc()).first()
        if batch is not None:
            self._session.add(
                LotLock(
                    product_id=product.id,
                    lot_key=batch.lot_key,
                    layer="on_hold",
                    case_id=None,
                    reason="科室反映包装密封不严，先冻结待查",
                    locked_by=self._ids.persons["linxiao"],
                    locked_at=self._now - timedelta(days=1),
                )
            )
