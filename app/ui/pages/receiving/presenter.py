"""Decides what the receiving page shows and does: which delivery, which line, what a scan is answered with."""

import uuid
from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import datetime
from functools import partial
from pathlib import Path
from time import perf_counter
from typing import Any, TypeVar

from PySide6.QtCore import QObject, Signal, Slot

from app.core.changes import Topic
from app.core.clock import Clock
from app.core.errors import AppError
from app.core.permissions import Duty, duties
from app.queries.deliveries import (
    DeliveryCard,
    DeliveryRow,
    LineRow,
    SupplierRow,
    delivery_card,
    find_products,
    open_deliveries,
    suppliers,
)
from app.queries.orders import OrderRow, open_orders, order_of
from app.queries.persons import PersonRow, persons
from app.queries.reader import Reader
from app.services.cataloguing import CataloguingService, NewProduct
from app.services.receipt_papers import ReceiptPaperService, save
from app.services.receiving import DeliveryHead, LineOutcome, NotAStoreError, OpenedDelivery, ReceivingService
from app.services.receiving_lines import Typed
from app.ui.background import Background
from app.ui.pages.receiving.ordered import OrderedLine, ordered_lines, overrun
from app.ui.pages.receiving.scan_answer import ScanAnswer, Sound
from app.ui.presenter import Presenter
from app.ui.seat import Seat

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class StartView:
    """No delivery is open: the drafts to go on with, the suppliers to begin with, and a scan that waits for one."""

    deliveries: tuple[DeliveryRow, ...]
    suppliers: tuple[SupplierRow, ...]
    held_scan: str
    orders: tuple[OrderRow, ...] = ()


def silent(_sound: Sound) -> None:
    """For workstations without sound, and for tests."""


class ReceivingPresenter(Presenter):
    """One delivery at a time; everything scanned or typed is already in the database when it is shown."""

    topics = frozenset({Topic.DELIVERIES, Topic.CATALOGUE, Topic.LOCKS, Topic.RECALLS})
    start_shown = Signal(object)
    """StartView."""
    card_shown = Signal(object)
    """DeliveryCard; the line in focus is ``focus``."""
    answered = Signal(object)
    """ScanAnswer, after the card that contains its line."""
    products_found = Signal(object)
    posted = Signal(object)
    """PostedDelivery."""
    registered = Signal()
    paper_saved = Signal(str)
    """Where a paper lies now."""
    refused = Signal(object, str)
    """An AppError and where it belongs: head, line, register, hand, sign, post."""

    def __init__(
        self,
        reader: Reader,
        receiving: ReceivingService,
        cataloguing: CataloguingService,
        clock: Clock,
        seat: Seat,
        background: Background,
        *,
        play: Callable[[Sound], None] = silent,
        papers: ReceiptPaperService | None = None,
        folder: Path | None = None,
        parent: QObject | None = None,
    ) -> None:
        super().__init__(background, parent)
        self._reader, self._receiving, self._cataloguing = reader, receiving, cataloguing
        self._clock, self._seat, self._play = clock, seat, play
        self._papers, self._folder = papers, folder
        self._delivery_id: int | None = None
        self._card: DeliveryCard | None = None
        self._order: OrderRow | None = None
        self._focus_id: int | None = None
        self._held_scan = ""
        self._asked: tuple[LineOutcome, float] | None = None
        self._before_repeat: dict[int, int] = {}
        self._acting = 0
        self.witnesses: tuple[PersonRow, ...] = ()
        seat.actor_changed.connect(self.leave)
        seat.place_changed.connect(self.leave)

    # what is shown ---------------------------------------------------------------
    @property
    def card(self) -> DeliveryCard | None:
        return self._card

    @property
    def focus(self) -> LineRow | None:
        """The line that is answered, corrected or taken back next."""
        lines = self._card.lines if self._card else ()
        return next((line for line in lines if line.id == self._focus_id), None)

    @property
    def can_register(self) -> bool:
        """Whether the person may put a product into the catalogue."""
        actor = self._seat.actor
        return actor.may(Duty.RECEIVE) or actor.may(Duty.MAINTAIN_CATALOGUE)

    @Slot()
    def reload(self) -> None:
        if not self._seat.is_taken:
            return
        now, delivery_id = self._clock(), self._delivery_id
        if delivery_id is not None:
            self._load(lambda: self._look_at(delivery_id, now), lambda answer: self._show_card(*answer), "page")
        else:
            self._load(partial(self._start_view, self._place_id()), self._show_start, "page")

    def _look_at(self, delivery_id: int, now: datetime) -> tuple[DeliveryCard, OrderRow | None]:
        """Runs on a reader's thread."""
        card = self._reader.fetch(delivery_card, delivery_id, now)
        return card, self._reader.fetch(order_of, card.order_no) if card.order_no else None

    @property
    def ordered(self) -> tuple[OrderedLine, ...]:
        """How far the order of the open delivery has come; empty where the delivery names none of ours."""
        return ordered_lines(self._order, self._card.lines) if self._card else ()

    def _place_id(self) -> int | None:
        return self._seat.place_id or self._seat.actor.location_id

    def _start_view(self, place_id: int | None) -> tuple[StartView, tuple[PersonRow, ...]]:
        """Runs on a reader's thread."""
        if place_id is None:
            raise NotAStoreError
        drafts = self._reader.fetch(open_deliveries, place_id)
        known = self._reader.fetch(suppliers, place_id, self._clock())
        staff = self._reader.fetch(persons, only_active=True)
        return StartView(tuple(drafts), tuple(known), "", tuple(self._reader.fetch(open_orders))), tuple(staff)

    def _show_start(self, answer: tuple[StartView, tuple[PersonRow, ...]]) -> None:
        view, staff = answer
        self._card = None
        self._remember_staff(staff)
        self.start_shown.emit(replace(view, held_scan=self._held_scan))

    def _remember_staff(self, staff: tuple[PersonRow, ...]) -> None:
        me = self._seat.actor.id if self._seat.is_taken else None
        self.witnesses = tuple(person for person in staff if person.id != me and _may_witness(person))

    def _show_card(self, card: DeliveryCard, order: OrderRow | None) -> None:
        if card.id != self._delivery_id:
            return
        self._card, self._order = card, order
        asked, self._asked = self._asked, None
        if asked is not None:
            self._focus_id = asked[0].line_id
        if self.focus is None:
            self._focus_id = card.lines[-1].id if card.lines else None
        self.card_shown.emit(card)
        if asked is not None and self.focus is not None:
            outcome, began = asked
            spent = round((perf_counter() - began) * 1000)
            over = overrun(order, card.lines, self.focus)
            answer = ScanAnswer(self.focus, outcome.is_repeat, outcome.is_joined, spent, over)
            self._play(answer.sound)
            self.answered.emit(answer)

    # which delivery ----------------------------------------------------------------
    def start(self, head: DeliveryHead) -> None:
        """Begin a delivery at this workstation's store; a scan that waited is taken into it."""
        place_id = self._place_id()
        if place_id is None:
            self.refused.emit(NotAStoreError(), "head")
            return
        actor = self._seat.actor

        def begun(opened: OpenedDelivery) -> None:
            self._delivery_id = opened.delivery_id
            held, self._held_scan = self._held_scan, ""
            if held:
                self.scan(held)

        self._do(
            lambda: self._receiving.open_delivery(actor=actor, location_id=place_id, head=head), "head", done=begun
        )

    def resume(self, delivery_id: int) -> None:
        """Go on with a draft, here or on another workstation."""
        self._delivery_id, self._focus_id = delivery_id, None
        held, self._held_scan = self._held_scan, ""
        if held:
            self.scan(held)
        else:
            self.reload()

    @Slot()
    def leave(self) -> None:
        """Keep the delivery for later: everything is in the database already."""
        self._delivery_id, self._card, self._focus_id, self._asked = None, None, None, None
        self._held_scan = ""
        if self._is_visible:
            self.reload()

    def change_head(self, head: DeliveryHead) -> None:
        self._on_delivery(self._receiving.change_head, "head", head=head)

    def cancel(self) -> None:
        """Give the delivery up and go back to the list."""
        self._on_delivery(self._receiving.cancel, "post", done=lambda _changes: self.leave())

    # lines -----------------------------------------------------------------------
    def scan(self, raw: str) -> None:
        """Without a delivery the scan waits until one is begun."""
        if self._delivery_id is None:
            self._held_scan = raw
            self._play("look")
            self.reload()
            return
        began = perf_counter()
        before = {line.id: line.packages for line in self._card.lines} if self._card else {}

        def taken(outcome: LineOutcome) -> None:
            self._before_repeat = {outcome.line_id: before.get(outcome.line_id, 0)} if outcome.is_repeat else {}
            self._asked = outcome, began

        self._on_delivery(self._receiving.take_scan, "line", done=taken, raw=raw)

    def choose_line(self, line_id: int) -> None:
        self._focus_id = line_id
        self._before_repeat = {}

    def complete(self, typed: Typed) -> None:
        """Type what the line in focus lacks."""
        self._on_line(self._receiving.complete, typed=typed)

    def confirm(self) -> None:
        self._on_line(self._receiving.confirm)

    def choose(self, number: int) -> None:
        self._on_line(self._receiving.choose, number=number)

    def times_ten(self) -> None:
        self._on_line(self._receiving.times_ten)

    def set_packages(self, packages: int) -> None:
        self._on_line(self._receiving.set_packages, packages=packages)

    def take_back(self) -> None:
        """Undo the last scan: one package less where it only added to a line, else the line in focus."""
        line = self.focus
        before = self._before_repeat.get(line.id, 0) if line else 0
        self._before_repeat = {}
        if line is not None and before > 0:
            self._on_line(self._receiving.set_packages, packages=before)
        elif line is not None:
            self._focus_id = None
            self._on_delivery(self._receiving.take_back, "line", line_id=line.id)

    def override(self, login: str, password: str, reason: str) -> None:
        """A second person signs in place for the line in focus."""
        self._on_line(
            self._receiving.override, "sign", login=login, password=password, reason=reason, op_id=uuid.uuid4().hex
        )

    def find_products(self, words: str) -> None:
        self._load(lambda: self._reader.fetch(find_products, words), self.products_found.emit, "products")

    def add_by_hand(self, product_id: int, typed: Typed, packages: int, units: int) -> None:
        began = perf_counter()

        def added(outcome: LineOutcome) -> None:
            self._asked = outcome, began

        given = {"product_id": product_id, "typed": typed, "packages": packages, "units": units}
        self._on_delivery(self._receiving.add_by_hand, "hand", done=added, **given)

    def register(self, product: NewProduct) -> None:
        """Put the product of the line in focus into the catalogue; every waiting line of it is then judged anew."""
        actor, delivery_id = self._seat.actor, self._delivery_id
        if delivery_id is None:
            return

        def both() -> Any:
            outcome = self._cataloguing.register(actor=actor, product=product)
            self._receiving.recheck(actor=actor, delivery_id=delivery_id)
            return outcome

        self._do(both, "register", done=lambda _outcome: self.registered.emit())

    def post(self) -> None:
        """Post what is shown as ready, and nothing that is not."""
        if self._card is None:
            return
        expected = frozenset(line.id for line in self._card.postable)

        def done(outcome: Any) -> None:
            self._play("taken")
            self.leave()
            self.posted.emit(outcome)

        self._on_delivery(self._receiving.post, "post", done=done, op_id=uuid.uuid4().hex, expected=expected)

    # papers ------------------------------------------------------------------------
    @property
    def can_print(self) -> bool:
        return self._papers is not None and self._folder is not None

    def print_slip(self, receipt_no: str) -> None:
        """Keep the slip of a receipt on file, and write it into the folder for papers."""
        if self._papers is not None:
            act = partial(self._papers.print_slip, actor=self._seat.actor, receipt_no=receipt_no, folder=self._folder)
            self._act(act, lambda made: self.paper_saved.emit(str(made.path)))

    def print_controls(self) -> None:
        """The sheet of control barcodes for this bench."""
        papers, folder, place_id = self._papers, self._folder, self._place_id()
        if papers is None or folder is None or place_id is None:
            return
        actor = self._seat.actor

        def make() -> str:
            sheet = papers.control_sheet(actor=actor, location_id=place_id)
            return str(save(folder / "control-barcodes.pdf", sheet))

        self._load(make, self.paper_saved.emit, "paper")

    # plumbing ----------------------------------------------------------------------
    def _on_line(self, act: Callable[..., Any], where: str = "line", **given: Any) -> None:
        if self.focus is not None:
            self._on_delivery(act, where, line_id=self.focus.id, **given)

    def _on_delivery(
        self, act: Callable[..., T], where: str, *, done: Callable[[T], None] | None = None, **given: Any
    ) -> None:
        if self._delivery_id is None:
            return
        self._do(partial(act, actor=self._seat.actor, delivery_id=self._delivery_id, **given), where, done=done)

    def _do(self, action: Callable[[], T], where: str, *, done: Callable[[T], None] | None = None) -> None:
        """Write, then show the outcome; a refusal goes to its place, and what is shown is fresh either way."""
        self._acting += 1

        def finished(outcome: T) -> None:
            self._acting -= 1
            if done is not None:
                done(outcome)
            self.reload()

        def failed(error: AppError) -> None:
            self._acting -= 1
            self._play("look")
            self.refused.emit(error, where)
            self.reload()

        self._act(action, finished, failed)

    @Slot(object)
    def _on_changed(self, changes: Any) -> None:
        """Own writes are shown by their own answer, with the right line in focus."""
        if self._acting and changes & self.topics:
            self._is_stale = True
            return
        super()._on_changed(changes)


def _may_witness(person: PersonRow) -> bool:
    return Duty.WITNESS in duties(frozenset(person.roles))
