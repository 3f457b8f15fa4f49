"""Decides for requisitions: a ward's list and what it asks for, or a store's queue and what was picked. No widget."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from uuid import uuid4

from PySide6.QtCore import QObject, Signal, Slot

from app.core.actor import Actor, Bilingual
from app.core.changes import Topic
from app.core.errors import AppError, NotFoundError
from app.core.permissions import Duty
from app.core.statuses.requisition import OPEN_REQUISITIONS, RequisitionState
from app.core.statuses.stock import LocationKind
from app.queries.batches import NoScanError, UnknownProductError
from app.queries.locations import locations
from app.queries.reader import Reader
from app.queries.requisitions import (
    AskableProduct,
    RequisitionRow,
    askable,
    requisition,
    requisitions_of_ward,
    requisitions_to_issue,
)
from app.queries.scanned import ProductRow, product_of_di
from app.services.issuing import Checked, EarlierExpiryError, IssuingService
from app.services.picking import Wanted
from app.services.requisitioning import NotAskedForError, RequisitioningService, Served, SubstituteReasonError
from app.udi.reader import read
from app.ui.background import Background
from app.ui.presenter import Presenter
from app.ui.seat import Seat

_MAY_VISIT = frozenset({Duty.ISSUE, Duty.RUN_RECALL, Duty.APPROVE_RECALL, Duty.AUDIT})
"""Who reads a requisition of another place: those who serve wards, run or approve recalls, or audit."""


@dataclass(frozen=True, slots=True)
class CartLine:
    """A product that the ward is about to ask for."""

    product: AskableProduct
    quantity: int


@dataclass(frozen=True, slots=True)
class PickedLine:
    """A box scanned against a requisition; ``replaces`` names the product that was asked for instead."""

    line_id: int
    product: Bilingual
    wanted: Wanted
    warns: bool
    replaces: Bilingual | None

    @property
    def quantity(self) -> int:
        return self.wanted.quantity


@dataclass(frozen=True, slots=True)
class _Places:
    """Where the person sits, and from which store a ward asks."""

    store_id: int | None
    ward_id: int | None


class RequisitionsPresenter(Presenter):
    """At a store's workstation the queue of the store, else the ward's own requisitions."""

    topics = frozenset({Topic.STOCK, Topic.TASKS, Topic.LOCKS, Topic.CATALOGUE})
    rows_changed = Signal(list)
    shown_changed = Signal(object)
    products_changed = Signal(list)
    cart_changed = Signal(list)
    picked_changed = Signal(list)
    asked = Signal(object)
    decided = Signal(object)
    issued = Signal(object)
    taken = Signal(object)
    """``CartLine`` or ``PickedLine`` that a scan made."""
    refused = Signal(AppError)
    reason_needed = Signal(AppError)

    def __init__(
        self,
        reader: Reader,
        requisitioning: RequisitioningService,
        issuing: IssuingService,
        seat: Seat,
        background: Background,
        parent: QObject | None = None,
    ) -> None:
        super().__init__(background, parent)
        self._reader, self._requisitioning, self._issuing, self._seat = reader, requisitioning, issuing, seat
        self._places = _Places(None, None)
        self._rows: list[RequisitionRow] = []
        self._visited_id: int | None = None
        self._shown_id: int | None = None
        self._words = ""
        self._is_asking = False
        self._cart: tuple[CartLine, ...] = ()
        self._picked: tuple[PickedLine, ...] = ()
        seat.actor_changed.connect(self._person_changed)

    @Slot()
    def _person_changed(self) -> None:
        self._cart, self._picked, self._shown_id, self._is_asking = (), (), None, False
        self._rows, self._visited_id = [], None

    # who sits here ------------------------------------------------------------
    @property
    def is_store(self) -> bool:
        """The store's side: a person who issues, at a store."""
        return self._seat.is_taken and self._seat.actor.may(Duty.ISSUE) and self._places.store_id is not None

    @property
    def may_ask(self) -> bool:
        """A person of a ward."""
        return self._seat.is_taken and self._seat.actor.may(Duty.WARD) and self._places.ward_id is not None

    def may_decide(self, row: RequisitionRow) -> bool:
        """The head of that ward, who did not ask."""
        if not self._seat.is_taken or row.state is not RequisitionState.ASKED:
            return False
        actor = self._seat.actor
        own = actor.location_id == row.department_id and actor.id != row.asked_by_id
        return own and actor.may(Duty.APPROVE_REQUISITION)

    def may_withdraw(self, row: RequisitionRow) -> bool:
        """Those who asked, and the store for a rest that will not come."""
        if not self._seat.is_taken or RequisitionState.WITHDRAWN not in row.state.successors():
            return False
        actor = self._seat.actor
        return actor.may(Duty.ISSUE) or (actor.may(Duty.WARD) and actor.location_id == row.department_id)

    def may_issue(self, row: RequisitionRow) -> bool:
        """The store that owes it."""
        return self.is_store and row.store_id == self._places.store_id and row.state in OPEN_REQUISITIONS

    @property
    def is_asking(self) -> bool:
        """Whether a new requisition is being put together."""
        return self._is_asking

    @property
    def shown(self) -> RequisitionRow | None:
        """The requisition in the pane."""
        return next((row for row in self._rows if row.id == self._shown_id), None)

    @property
    def cart(self) -> tuple[CartLine, ...]:
        return self._cart

    @property
    def picked(self) -> tuple[PickedLine, ...]:
        return self._picked

    @property
    def needs_reason(self) -> bool:
        """A later expiry or another product was picked."""
        return any(line.warns or line.replaces is not None for line in self._picked)

    # loading ------------------------------------------------------------------
    @Slot()
    def reload(self) -> None:
        if not self._seat.is_taken:
            return
        actor, place = self._seat.actor, self._seat.place_id or self._seat.actor.location_id

        visited_id = self._visited_id if _MAY_VISIT & actor.duties else None

        def fetch() -> tuple[_Places, list[RequisitionRow]]:
            places, rows = here()
            if visited_id is None or any(row.id == visited_id for row in rows):
                return places, rows
            visited = self._reader.fetch(requisition, visited_id)
            return places, [visited, *rows] if visited is not None else rows

        def here() -> tuple[_Places, list[RequisitionRow]]:
            stores = sorted(self._reader.fetch(locations, LocationKind.STORE), key=lambda store: store.id)
            wards = {ward.id for ward in self._reader.fetch(locations, LocationKind.DEPARTMENT)}
            first = next((store.id for store in stores), None)
            if actor.may(Duty.ISSUE):
                store = own_place(actor, Duty.ISSUE, place, [one.id for one in stores])
                rows = self._reader.fetch(requisitions_to_issue, store) if store is not None else []
                return _Places(store, None), rows
            own = sorted(wards & (actor.places(Duty.WARD) or {actor.location_id}))
            ward = own_place(actor, Duty.WARD, actor.location_id, own)
            rows = self._reader.fetch(requisitions_of_ward, ward) if ward is not None else []
            return _Places(first, ward), rows

        self._load(fetch, lambda found: self._show(*found), "rows")
        if self._is_asking:
            self._load_products()

    def _show(self, places: _Places, rows: list[RequisitionRow]) -> None:
        self._places, self._rows = places, rows
        if self.shown is None and self._shown_id is not None and self._shown_id == self._visited_id:
            self._visited_id = None
            self.failed.emit(NotFoundError())
        if self.shown is None:
            self._shown_id = rows[0].id if rows and not self._is_asking else None
            self._picked = ()
        self.rows_changed.emit(rows)
        self._tell()

    def _tell(self) -> None:
        self.shown_changed.emit(self.shown)
        self.cart_changed.emit(list(self._cart))
        self.picked_changed.emit(list(self._picked))

    def choose(self, requisition_id: int) -> None:
        """Show one; what was picked for another goes back. One that is not this person's business is said."""
        if requisition_id != self._shown_id:
            self._picked = ()
        self._shown_id, self._is_asking = requisition_id, False
        if self.shown is None:
            self._visited_id = requisition_id
            self.reload()
        else:
            self._tell()

    def start(self) -> None:
        """A new requisition."""
        self._is_asking, self._shown_id = True, None
        self._load_products()
        self._tell()

    def stop_asking(self) -> None:
        """Back to the list; what was chosen stays for later."""
        self._is_asking = False
        self._shown_id = self._rows[0].id if self._rows else None
        self._tell()

    def search(self, words: str) -> None:
        """The catalogue by words, or the usual list."""
        self._words = words
        self._load_products()

    def _load_products(self) -> None:
        places, words = self._places, self._words
        if places.ward_id is not None and places.store_id is not None:
            ward, store = places.ward_id, places.store_id
            self._load(lambda: self._reader.fetch(askable, ward, store, words), self.products_changed.emit, "products")

    # asking -------------------------------------------------------------------
    def put(self, product: AskableProduct, quantity: int | None = None) -> None:
        """Into the cart: the usual quantity, or this one; zero takes it out."""
        wanted = max(1, product.usual) if quantity is None else quantity
        others = tuple(line for line in self._cart if line.product.id != product.id)
        self._cart = (*others, CartLine(product, wanted)) if wanted > 0 else others
        self.cart_changed.emit(list(self._cart))

    def ask(self, note: str) -> None:
        """Send the cart."""
        actor, places = self._seat.actor, self._places
        if places.ward_id is None or places.store_id is None:
            return
        ward, store = places.ward_id, places.store_id
        lines = [(line.product.id, line.quantity) for line in self._cart]

        def done(asked: object) -> None:
            self._cart, self._is_asking = (), False
            self.asked.emit(asked)
            self.reload()

        self._act(
            lambda: self._requisitioning.ask(actor=actor, department_id=ward, store_id=store, lines=lines, note=note),
            done,
        )

    def decide(self, approves: bool, reason: str) -> None:
        """Approve or refuse what is shown."""
        actor, row = self._seat.actor, self.shown
        if row is not None:
            self._act(
                lambda: self._requisitioning.decide(
                    actor=actor, requisition_id=row.id, approves=approves, reason=reason
                ),
                self.decided.emit,
            )

    def withdraw(self) -> None:
        """Take back, or end the rest of, what is shown."""
        actor, row = self._seat.actor, self.shown
        if row is not None:
            self._act(lambda: self._requisitioning.withdraw(actor=actor, requisition_id=row.id), self.decided.emit)

    # picking ------------------------------------------------------------------
    def take_scan(self, raw: str, line_id: int | None = None) -> None:
        """A box for what is shown (``line_id``: the line it may replace), or an empty box to ask for again."""
        reading = read(raw)
        shown, store = self.shown, self._places.store_id
        if shown is not None and self.may_issue(shown) and store is not None:
            self._load(
                lambda: self._check(reading.di, reading.lot, reading.serial, store, raw),
                lambda found: self._pick(shown, line_id, *found),
                f"scan {uuid4().hex}",
            )
            return
        if self.may_ask and not self._is_asking:
            self.start()
        if self.may_ask:
            self._load(lambda: self._again(reading.di, raw), self._put_scanned, f"scan {uuid4().hex}")
        else:
            self.refused.emit(NoScanError(raw=raw[:60]))

    def _product(self, di: str | None, raw: str) -> ProductRow:
        if di is None:
            raise NoScanError(raw=raw[:60])
        product = self._reader.fetch(product_of_di, di)
        if product is None:
            raise UnknownProductError(di=di)
        return product

    def _check(
        self, di: str | None, lot: str | None, serial: str | None, store: int, raw: str
    ) -> tuple[ProductRow, Wanted, Checked]:
        product = self._product(di, raw)
        units = 1 if product.needs_serial else product.units
        one = Wanted(product.id, lot, units, serial if product.needs_serial else None)
        before = sum(line.quantity for line in self._picked if _same(line.wanted, one))
        whole = replace(one, quantity=units + before)
        return product, whole, self._issuing.check(whole, store)

    def _pick(
        self, row: RequisitionRow, line_id: int | None, product: ProductRow, wanted: Wanted, checked: Checked
    ) -> None:
        own = next((line for line in row.lines if line.product_id == product.id and line.missing), None)
        line = own or next((one for one in row.lines if one.id == line_id), None)
        if line is None:
            self.refused.emit(NotAskedForError(number=row.number, product=product.name))
            return
        replaces = None if own else line.product
        fresh = PickedLine(line.id, product.name, wanted, checked.earlier is not None, replaces)
        others = tuple(one for one in self._picked if not _same(one.wanted, wanted))
        self._picked = (*others, fresh)
        self.picked_changed.emit(list(self._picked))
        self.taken.emit(fresh)

    def drop(self, picked: PickedLine) -> None:
        """Put a box back."""
        self._picked = tuple(one for one in self._picked if one != picked)
        self.picked_changed.emit(list(self._picked))

    def _again(self, di: str | None, raw: str) -> tuple[AskableProduct | None, int]:
        product, places = self._product(di, raw), self._places
        found = self._reader.fetch(askable, places.ward_id or 0, places.store_id or 0, product.ref)
        return next((one for one in found if one.id == product.id), None), product.units

    def _put_scanned(self, found: tuple[AskableProduct | None, int]) -> None:
        product, units = found
        if product is None:
            return
        before = sum(line.quantity for line in self._cart if line.product.id == product.id)
        self.put(product, before + units)
        self.taken.emit(CartLine(product, before + units))

    def issue(self, reason: str) -> None:
        """Post what was picked."""
        actor, row, op_id = self._seat.actor, self.shown, uuid4().hex
        if row is None:
            return
        goods = _goods(self._picked)

        def done(issued: object) -> None:
            self._picked = ()
            self.issued.emit(issued)
            self.reload()

        self._act(
            lambda: self._requisitioning.issue(
                actor=actor, op_id=op_id, requisition_id=row.id, goods=goods, reason=reason
            ),
            done,
            self._not_issued,
        )

    def _not_issued(self, error: AppError) -> None:
        asks = isinstance(error, EarlierExpiryError | SubstituteReasonError)
        (self.reason_needed if asks else self.failed).emit(error)


def _same(first: Wanted, second: Wanted) -> bool:
    return replace(first, quantity=1) == replace(second, quantity=1)


def _goods(picked: Sequence[PickedLine]) -> list[Served]:
    return [Served(line.wanted, line.line_id) for line in picked]


def own_place(actor: Actor, duty: Duty, here: int | None, places: Sequence[int]) -> int | None:
    """``here`` if it is among the places and the person may do it there, else the first one where they may."""
    reach = [place for place in places if actor.may(duty, at=place) or not actor.may(duty)] or list(places)
    return here if here in reach else next(iter(reach), None)
