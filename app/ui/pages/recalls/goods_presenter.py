"""Decides what the goods tab shows and does: scans into quarantine, returns, destruction, differences; no widget."""

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime
from functools import partial
from itertools import count
from typing import Any, Literal
from uuid import uuid4

from PySide6.QtCore import QObject, Signal

from app.core.actor import Actor
from app.core.changes import Topic
from app.core.clock import Clock
from app.core.errors import AppError
from app.core.permissions import Duty
from app.core.statuses.stock import StockState
from app.queries.case_collecting import CollectRow, sealed_serials
from app.queries.case_goods import SealedRow
from app.queries.impact_rows import DrillRow
from app.queries.locations import LocationRow, location_by_code
from app.queries.reader import Reader
from app.queries.scanned import ProductRow, product_of_di, serial_unit
from app.queries.tasks import TaskRow, task_by_number
from app.services.collecting import Collected, CollectingService, NotInCaseError, Portion
from app.services.papers import PaperService
from app.services.picking import NoSuchSerialError, Wanted
from app.services.returning import ReturningService, Shipped
from app.services.signing_in import SigningInService
from app.udi.composing import compose
from app.udi.reader import read
from app.udi.reading import Reading, ReadState
from app.ui.background import Background
from app.ui.pages.recalls.case_tab import CaseTabPresenter
from app.ui.pages.recalls.goods_sight import GoodsSight, SealedKey, fetch_sight
from app.ui.seat import Seat
from app.ui.signers import Signed, Signer, signers

TASK_CODE, PLACE_CODE, OWN_CODE = "RD:TASK:", "RD:PLACE:", "RD:"
Sound = Literal["taken", "look", "stop"]


def silent(_sound: Sound) -> None:
    """For workstations without sound, and for tests."""


@dataclass(frozen=True, slots=True)
class ScanAnswer:
    """What became of a scan: a key of ``[recalls.goods.scan]`` with its values, or the error that says why not."""

    sound: Sound
    key: str
    lot: str = ""
    values: dict[str, Any] = field(default_factory=dict[str, Any])
    error: AppError | None = None


class GoodsPresenter(CaseTabPresenter):
    """``place_id`` is where scanned goods come from; without one it is the only place that still has the lot."""

    topics = frozenset({Topic.STOCK, Topic.TASKS, Topic.RECALLS, Topic.LOCKS})
    sight_changed = Signal(object)
    """``GoodsSight``."""
    answered = Signal(object)
    """``ScanAnswer``."""
    place_changed = Signal()
    ticks_changed = Signal()
    sign_refused = Signal(AppError)
    """What two persons wanted to do was not taken; the input stays."""
    done = Signal(str, dict)
    """A key of ``[recalls.goods.said]`` and its values."""

    def __init__(
        self,
        reader: Reader,
        collecting: CollectingService,
        returning: ReturningService,
        papers: PaperService,
        signing: SigningInService,
        clock: Clock,
        seat: Seat,
        background: Background,
        *,
        play: Callable[[Sound], None] = silent,
        parent: QObject | None = None,
    ) -> None:
        super().__init__(background, parent)
        self._reader, self._clock, self._seat, self._play = reader, clock, seat, play
        self._collecting, self._returning, self._papers, self._signing = collecting, returning, papers, signing
        self._sight: GoodsSight | None = None
        self._half: Reading | None = None
        self._waiting: Wanted | None = None
        self._scans = count()
        self.place_id: int | None = None
        self.ticked: frozenset[SealedKey] = frozenset()
        self._has_ticked = False

    @property
    def sight(self) -> GoodsSight | None:
        return self._sight

    @property
    def now(self) -> datetime:
        return self._clock()

    def forget(self) -> None:
        self._sight = self._half = self._waiting = self.place_id = None
        self.ticked, self._has_ticked = frozenset(), False

    def load_case(self, case_id: int) -> None:
        if not self._seat.is_taken:
            return
        actor, now, reader = self._seat.actor, self._clock(), self._reader

        def ask() -> GoodsSight:
            people: tuple[Signer, ...] = signers(reader, Duty.WITNESS, actor)
            return fetch_sight(reader, case_id, now, people, may_move=actor.may(Duty.COLLECT_GOODS))

        self._load(ask, self._show, "sight")

    def _show(self, sight: GoodsSight) -> None:
        if sight.head.id != self.case_id:
            return
        self._sight = sight
        if not self._has_ticked:
            self._tick_first_supplier(sight)
        self.ticked &= frozenset(map(key_of, sight.sealed))
        self.sight_changed.emit(sight)

    # scans ------------------------------------------------------------------------
    def choose_place(self, place_id: int | None) -> None:
        """Goods come from here; a box that waited for it is collected now."""
        self.place_id = place_id
        self.place_changed.emit()
        waiting, self._waiting = self._waiting, None
        if waiting is not None and place_id is not None:
            self._collect(place_id, waiting)

    def take_scan(self, raw: str) -> bool:
        """A task sheet or a place label chooses the place, a box is collected from it; False for anything else."""
        sight = self._sight
        if sight is None or not sight.can_move:
            return False
        if raw.startswith(TASK_CODE):
            number, now = raw.removeprefix(TASK_CODE), self._clock()
            self._load(lambda: self._reader.fetch(task_by_number, number, now), self._take_task, "place")
        elif raw.startswith(PLACE_CODE):
            code = raw.removeprefix(PLACE_CODE)
            self._load(lambda: self._reader.fetch(location_by_code, code), self._take_place, "place")
        elif raw.startswith(OWN_CODE):
            return False
        else:
            self._take_box(raw)
        return True

    def _take_task(self, row: TaskRow) -> None:
        if row.case_id != self.case_id:
            self._answer(ScanAnswer("stop", "other_case", values={"number": row.case_number}))
            return
        self.choose_place(row.location_id)
        self._answer(ScanAnswer("taken", "place", values={"place": row.place}))

    def _take_place(self, row: LocationRow) -> None:
        self.choose_place(row.id)
        self._answer(ScanAnswer("taken", "place", values={"place": row.name}))

    def _take_box(self, raw: str) -> None:
        reading = read(raw)
        half, self._half = self._half, None
        joined = compose(half, reading) if half is not None else None
        reading = joined or reading
        di = reading.di
        if di is None:
            if reading.is_secondary:
                self._half = reading
            self._answer(ScanAnswer("look", "half" if reading.is_secondary else "unreadable", reading.lot or ""))
            return

        def ask() -> ProductRow | None:
            return self._reader.fetch(product_of_di, di)

        self._load(ask, partial(self._know_product, reading), f"scan {next(self._scans)}")

    def _know_product(self, reading: Reading, product: ProductRow | None) -> None:
        lot = reading.lot or ""
        if product is None:
            self._answer(ScanAnswer("stop", "unknown", lot or (reading.di or "")))
        elif reading.state is ReadState.AMBIGUOUS:
            self._answer(ScanAnswer("look", "ambiguous", lot))
        elif product.needs_lot and not lot:
            self._half = reading
            self._answer(ScanAnswer("look", "half", reading.di or ""))
        else:
            self._place_box(product, Wanted(product.id, reading.lot, product.units, reading.serial, reading.expiry))

    def _place_box(self, product: ProductRow, wanted: Wanted) -> None:
        sight, lot = self._sight, wanted.lot or ""
        if sight is None:
            return
        places = sight.places_with(product.ref, lot)
        if not sight.knows(product.ref, lot):
            error = NotInCaseError(lot=lot or product.ref, number=sight.head.row.number)
            self._answer(ScanAnswer("stop", "refused", lot, error=error))
        elif self.place_id is not None:
            self._collect(self.place_id, wanted)
        elif len(places) == 1:
            self._collect(places[0].location_id, wanted)
        elif places:
            self._waiting = wanted
            self._answer(ScanAnswer("look", "which_place", lot, {"places": [row.place for row in places]}))
        else:
            self._answer(ScanAnswer("look", "nothing_left", lot))

    def collect_row(self, row: CollectRow, quantity: int, serial: str = "") -> None:
        """Units that a person counted instead of scanning each."""
        self._collect(row.location_id, Wanted(row.product_id, row.lot_no, quantity, serial or None))

    def _collect(self, place_id: int, wanted: Wanted) -> None:
        sight, actor, op_id = self._sight, self._seat.actor, uuid4().hex
        if sight is None or not sight.can_move:
            return
        lot = wanted.lot or ""
        act = partial(
            self._collecting.collect,
            actor=actor, op_id=op_id, case_id=sight.head.id, place_id=place_id, wanted=wanted,
        )  # fmt: skip
        place = next((row.place for row in sight.rows if row.location_id == place_id), "")

        def done(collected: Collected) -> None:
            values = {"quantity": collected.quantity, "left": collected.left, "place": place}
            key = "handed_over" if not collected.left else "collected"
            self._answer(ScanAnswer("taken", key, lot, values | {"document": collected.document_no}))

        self._act(act, done, lambda error: self._answer(ScanAnswer("stop", "refused", lot, error=error)))

    def _answer(self, answer: ScanAnswer) -> None:
        self._play(answer.sound)
        self.answered.emit(answer)

    # returns and destruction ----------------------------------------------------------
    def _tick_first_supplier(self, sight: GoodsSight) -> None:
        """Until a person chooses: what lies in an area goes back together, supplier by supplier."""
        areas = [row for row in sight.sealed if row.is_area]
        first = areas[0].supplier_id if areas else None
        self.ticked = frozenset(key_of(row) for row in areas if row.supplier_id == first)

    def toggle(self, row: SealedRow) -> None:
        """Into the shipment, or out of it."""
        self.ticked, self._has_ticked = self.ticked ^ {key_of(row)}, True
        self.ticks_changed.emit()

    @property
    def chosen(self) -> tuple[SealedRow, ...]:
        """The goods that go together."""
        rows = self._sight.sealed if self._sight else ()
        return tuple(row for row in rows if key_of(row) in self.ticked)

    def ship(self, carrier: str, waybill: str, signed: Signed) -> None:
        """Hand the chosen goods to a carrier before a second person; the return form is made at once."""
        rows = self.chosen

        def work(actor: Actor, second: Actor, op_id: str, case_id: int) -> Shipped:
            return self._returning.ship(
                actor=actor, op_id=op_id, case_id=case_id, portions=self._portions(rows),
                carrier=carrier, waybill=waybill, second=second,
            )  # fmt: skip

        self._with_second("hand_over", signed, work, self._print_form)

    def _print_form(self, shipped: Shipped) -> None:
        self._has_ticked = False
        self.done.emit("shipped", {"number": shipped.number, "quantity": shipped.quantity})
        actor, shipment = self._seat.actor, shipped.shipment_id
        self._act(
            lambda: self._papers.print_return(actor=actor, shipment_id=shipment),
            lambda _printed: self.done.emit("form", {"number": shipped.number}),
        )

    def destroy(self, signed: Signed) -> None:
        """Destroy the chosen goods before a witness."""
        rows = self.chosen

        def work(actor: Actor, second: Actor, op_id: str, case_id: int) -> Collected:
            return self._collecting.destroy(
                actor=actor, op_id=op_id, case_id=case_id, portions=self._portions(rows),
                reason=signed.reason, second=second,
            )  # fmt: skip

        self._with_second("destroy", signed, work, partial(self._tell, "destroyed"))

    def confirm(self, shipment_id: int, received_at: datetime, note: str) -> None:
        """The supplier has confirmed the receipt."""
        actor, op_id = self._seat.actor, uuid4().hex
        act = partial(
            self._returning.confirm,
            actor=actor, op_id=op_id, shipment_id=shipment_id, received_at=received_at, note=note,
        )  # fmt: skip
        self._act(act, lambda _done: self.done.emit("confirmed", {}), self.sign_refused.emit)

    def _portions(self, rows: tuple[SealedRow, ...]) -> list[Portion]:
        """Serial units go one by one."""
        portions: list[Portion] = []
        for row in rows:
            units = self._reader.fetch(sealed_serials, row.batch_id, row.location_id) if row.needs_serial else []
            portions += [Portion(row.batch_id, row.location_id, StockState.QUARANTINED, 1, unit) for unit in units] or [
                Portion(row.batch_id, row.location_id, StockState.QUARANTINED, row.quantity)
            ]
        return portions

    # differences -------------------------------------------------------------------------
    def explain(self, row: DrillRow, quantity: int, signed: Signed, *, is_surplus: bool, serial: str = "") -> None:
        """Units that are missing from a shelf, or that are there beyond the books."""

        def work(actor: Actor, second: Actor, op_id: str, case_id: int) -> Collected:
            unit = self._serial(row, serial)
            portion = Portion(row.batch_id, row.location_id, row.state, quantity, unit)
            explain = self._collecting.explain_surplus if is_surplus else self._collecting.explain
            return explain(
                actor=actor, op_id=op_id, case_id=case_id, portion=portion, reason=signed.reason, second=second
            )

        self._with_second("difference", signed, work, partial(self._tell, "explained"))

    def _serial(self, row: DrillRow, serial: str) -> int | None:
        known = self._sight.product_of(row.batch_id) if self._sight else None
        if known is None or not serial:
            return None
        unit = self._reader.fetch(serial_unit, known.product_id, serial)
        if unit is None or unit.batch_id != row.batch_id:
            raise NoSuchSerialError(serial=serial, place=row.place)
        return unit.id

    # two persons ---------------------------------------------------------------------------
    def _with_second(
        self,
        meaning: str,
        signed: Signed,
        work: Callable[[Actor, Actor, str, int], Any],
        done: Callable[[Any], None],
    ) -> None:
        case_id, op_id = self.case_id, uuid4().hex
        if case_id is None:
            return
        actor = self._seat.actor
        number = self._sight.head.row.number if self._sight else ""
        goods = [(f"{row.lot_no} · {row.place.zh} / {row.place.en}", row.quantity) for row in self.chosen]

        def both() -> Any:
            second = self._signing.sign(
                first=actor, login=signed.login, password=signed.password, op_id=op_id, meaning=meaning,
                reason=signed.reason, facts=(("case", number), *goods),
            )  # fmt: skip
            return work(actor, second, op_id, case_id)

        self._act(both, done, self.sign_refused.emit)

    def _tell(self, key: str, collected: Collected) -> None:
        self.done.emit(key, {"quantity": collected.quantity, "document": collected.document_no})


def key_of(row: SealedRow) -> SealedKey:
    """What makes it the same heap of goods after a reload."""
    return row.batch_id, row.location_id
