"""Decides for the page of returns and disposals: the draft that is open, what a scan adds, who signs."""

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime
from functools import partial
from pathlib import Path
from typing import Any
from uuid import uuid4

from PySide6.QtCore import QObject, Signal, Slot

from app.core.actor import Actor
from app.core.changes import Topic
from app.core.clock import Clock
from app.core.errors import AppError
from app.core.statuses.leaving import DepartureKind, DepartureState
from app.queries.departures import DepartureCard, departure_by_number, departure_card
from app.queries.leaving import WaitingRow, serials_at
from app.queries.locations import location_by_code
from app.queries.reader import Reader
from app.queries.scanned import ProductRow
from app.services.collecting import Portion
from app.services.departing import Departed, DepartingService, Drafted
from app.services.departure_papers import DeparturePaperService, PrintedForm
from app.services.picking import Wanted
from app.services.signing_in import SigningInService
from app.ui.background import Background
from app.ui.boxes import BATCH_CODE, BoxReader
from app.ui.pages.leaving.sight import LeavingSight, WaitingKey, fetch_sight, key_of
from app.ui.presenter import Presenter
from app.ui.seat import Seat
from app.ui.signers import Signed
from app.ui.sounds import Sound

PLACE_CODE, RETURN_CODE, OWN_CODE = "RD:PLACE:", "RD:RETURN:", "RD:"


@dataclass(frozen=True, slots=True)
class Said:
    """The answer to a scan: a key of ``[leaving.said]`` with its values, or an error."""

    sound: Sound
    key: str
    code: str = ""
    values: dict[str, Any] = field(default_factory=dict[str, Any])
    error: AppError | None = None


class LeavingPresenter(Presenter):
    """``kind`` is what the next scan starts while no draft is open; ``card`` the document on the desk."""

    topics = frozenset({Topic.STOCK, Topic.LOCKS, Topic.RECALLS, Topic.DEPARTURES})
    sight_changed = Signal(object)
    """``LeavingSight``."""
    card_changed = Signal(object)
    """``DepartureCard``, or None while none is open."""
    ticks_changed = Signal()
    place_changed = Signal()
    begun = Signal(object)
    """``DepartureKind``: the next box starts such a document."""
    answered = Signal(object)
    """``Said``."""
    done = Signal(str, dict)
    """A key of ``[leaving.said]`` and its values."""
    sign_refused = Signal(AppError)
    left = Signal()
    """The goods are gone: the form is empty for the next document."""

    def __init__(
        self,
        reader: Reader,
        departing: DepartingService,
        papers: DeparturePaperService,
        signing: SigningInService,
        clock: Clock,
        seat: Seat,
        background: Background,
        folder: Path,
        *,
        play: Callable[[Sound], None] | None = None,
        parent: QObject | None = None,
    ) -> None:
        super().__init__(background, parent)
        self._reader, self._departing, self._papers, self._signing = reader, departing, papers, signing
        self._clock, self._seat, self._folder, self._play = clock, seat, folder, play
        self._boxes = BoxReader(reader)
        self._sight: LeavingSight | None = None
        self._card: DepartureCard | None = None
        self._departure_id: int | None = None
        self.kind: DepartureKind | None = None
        self.place_id: int | None = None
        self.ticked: frozenset[WaitingKey] = frozenset()

    @property
    def sight(self) -> LeavingSight | None:
        return self._sight

    @property
    def card(self) -> DepartureCard | None:
        return self._card

    @property
    def now(self) -> datetime:
        return self._clock()

    @property
    def is_draft(self) -> bool:
        return self._card is not None and self._card.row.state is DepartureState.DRAFT

    # loading ------------------------------------------------------------------------
    @Slot()
    def reload(self) -> None:
        if not self._seat.is_taken:
            return
        actor, now, reader = self._seat.actor, self._clock(), self._reader
        self._load(lambda: fetch_sight(reader, actor, now), self._show, "sight")
        self._load_card()

    def _show(self, sight: LeavingSight) -> None:
        self._sight = sight
        if self.place_id is None and sight.places:
            here = self._seat.place_id
            site = next((place.site_id for place in sight.places if place.id == here), sight.places[0].site_id)
            self.place_id = next(place.id for place in sight.places if place.site_id == site)
        self.ticked &= frozenset(key_of(row) for row in sight.waiting)
        self.sight_changed.emit(sight)

    def _load_card(self) -> None:
        departure_id = self._departure_id
        if departure_id is None:
            self._show_card(None)
            return
        self._load(lambda: self._reader.fetch(departure_card, departure_id), self._show_card, "card")

    def _show_card(self, card: DepartureCard | None) -> None:
        if card is not None and card.row.id != self._departure_id:
            return
        self._card = card
        self.card_changed.emit(card)

    def choose(self, departure_id: int | None) -> None:
        """Put a document on the desk; None clears the desk."""
        self._departure_id, self.kind = departure_id, None
        self._load_card()

    def choose_place(self, place_id: int) -> None:
        self.place_id = place_id
        self.place_changed.emit()

    # a new document ------------------------------------------------------------------
    def begin(self, kind: DepartureKind) -> None:
        """With ticked goods the document holds them at once; without, the next box starts it."""
        rows = self.chosen
        if not rows:
            self._departure_id, self.kind = None, kind
            self._show_card(None)
            self.begun.emit(kind)
            return
        actor, op_id = self._seat.actor, uuid4().hex

        def start() -> Drafted:
            return self._departing.start_portions(actor=actor, op_id=op_id, kind=kind, portions=self._portions(rows))

        def started(drafted: Drafted) -> None:
            self.ticked = frozenset()
            self.ticks_changed.emit()
            self._take(drafted, "started", "")

        self._act(start, started, lambda error: self._answer(Said("look", "refused", error=error)))

    def _portions(self, rows: tuple[WaitingRow, ...]) -> list[Portion]:
        """Serial units go one by one; what stands on another draft stays there."""
        portions: list[Portion] = []
        for row in rows:
            where = (row.batch_id, row.location_id, row.state)
            units = self._reader.fetch(serials_at, *where) if row.needs_serial else []
            portions += [Portion(row.batch_id, row.location_id, row.state, 1, unit) for unit in units] or [
                Portion(row.batch_id, row.location_id, row.state, row.left)
            ]
        return portions

    def toggle(self, row: WaitingRow) -> None:
        """Take goods of the list along, or leave them; what a recall holds leaves through its case."""
        if row.case_number:
            self._answer(Said("look", "through_case", row.lot_no, {"lot": row.lot_no, "case": row.case_number}))
            return
        if not row.left:
            self._answer(Said("look", "on_draft", row.lot_no, {"lot": row.lot_no}))
            return
        self.ticked ^= {key_of(row)}
        self.ticks_changed.emit()

    @property
    def chosen(self) -> tuple[WaitingRow, ...]:
        rows = self._sight.waiting if self._sight else ()
        return tuple(row for row in rows if key_of(row) in self.ticked)

    # scans ---------------------------------------------------------------------------
    def take_scan(self, raw: str) -> bool:
        """A paper opens its document, a place label chooses the place, a box goes on the draft; False: not ours."""
        if raw.startswith(RETURN_CODE):
            number = raw.removeprefix(RETURN_CODE)
            self._load(lambda: self._reader.fetch(departure_by_number, number), partial(self._open, number), "paper")
        elif raw.startswith(PLACE_CODE):
            self._find_place(raw.removeprefix(PLACE_CODE))
        elif raw.startswith(OWN_CODE) and not raw.startswith(BATCH_CODE):
            return False
        else:
            self._take_box(raw)
        return True

    def _open(self, number: str, departure_id: int | None) -> None:
        if departure_id is None:
            self._answer(Said("look", "no_paper", number, {"number": number}))
            return
        self.choose(departure_id)
        self._answer(Said("taken", "opened", number, {"number": number}))

    def _find_place(self, code: str) -> None:
        def found(place_id: int) -> None:
            self.choose_place(place_id)
            name = next(place.name for place in self._sight.places if place.id == place_id) if self._sight else code
            self._answer(Said("taken", "place", code, {"place": name}))

        self._background.read(
            self,
            lambda: self._reader.fetch(location_by_code, code).id,
            found,
            lambda error: self._answer(Said("look", "refused", code, error=error)),
        )

    def _take_box(self, raw: str) -> None:
        reading = self._boxes.reading(raw)
        code = reading.lot or raw[:14]

        def failed(error: AppError) -> None:
            if self._boxes.is_half(reading, error):
                self._answer(Said("look", "half", code))
            else:
                self._answer(Said("stop", "refused", code, error=error))

        self._background.read(self, lambda: self._boxes.goods(raw, reading), self._add, failed)

    def _add(self, found: tuple[ProductRow, Wanted]) -> None:
        product, wanted = found
        code, kind, draft = wanted.lot or product.ref, self.kind, self._departure_id if self.is_draft else None
        place_id = self._sight.place_of(product.ref, wanted.lot, self.place_id) if self._sight else self.place_id
        if place_id is None or (draft is None and kind is None):
            self._answer(Said("look", "choose_kind", code, {"lot": code}))
            return
        if place_id != self.place_id:
            self.choose_place(place_id)
        shared = {"actor": self._seat.actor, "op_id": uuid4().hex, "place_id": place_id, "wanted": wanted}
        if draft is not None:
            act = partial(self._departing.add_scanned, departure_id=draft, **shared)
        else:
            act = partial(self._departing.start_scanned, kind=kind or DepartureKind.RETURN, **shared)
        self._act(
            act,
            lambda drafted: self._take(drafted, "added", code),
            lambda error: self._answer(Said("stop", "refused", code, error=error)),
        )

    def _take(self, drafted: Drafted, key: str, code: str) -> None:
        self._departure_id, self.kind = drafted.departure_id, None
        self._answer(Said("taken", key, code, {"number": drafted.number, "quantity": drafted.added, "lot": code}))
        self._load_card()

    def _answer(self, said: Said) -> None:
        if self._play is not None:
            self._play(said.sound)
        self.answered.emit(said)

    # the document ----------------------------------------------------------------------
    def set_quantity(self, line_id: int, quantity: int) -> None:
        """Zero takes the line away."""
        actor, op_id = self._seat.actor, uuid4().hex
        self._act(
            lambda: self._departing.set_quantity(actor=actor, op_id=op_id, line_id=line_id, quantity=quantity),
            lambda _drafted: self._load_card(),
            self.sign_refused.emit,
        )

    def cancel(self) -> None:
        """The draft is not wanted any more."""
        self._change(partial(self._departing.cancel, actor=self._seat.actor, op_id=uuid4().hex), "cancelled")

    def confirm(self, received_at: datetime, note: str) -> None:
        """The supplier has the goods."""
        act = partial(
            self._departing.confirm, actor=self._seat.actor, op_id=uuid4().hex, received_at=received_at, note=note
        )
        self._change(act, "received")

    def _change(self, act: "partial[Drafted]", key: str) -> None:
        departure_id = self._departure_id
        if departure_id is None:
            return

        def changed(drafted: Drafted) -> None:
            self.done.emit(key, {"number": drafted.number})
            self._load_card()

        self._act(partial(act, departure_id=departure_id), changed, self.sign_refused.emit)

    def hand_over(self, carrier: str, waybill: str, signed: Signed) -> None:
        """The carrier has the goods, a second person has seen it; the form is made at once."""
        self._two(signed, "hand_over", partial(self._departing.hand_over, carrier=carrier, waybill=waybill))

    def destroy(self, method: str, place: str, signed: Signed) -> None:
        """Destroyed before the witness who signs; the record is made at once."""
        self._two(signed, "destroy", partial(self._departing.destroy, method=method, place=place))

    def settle(self, signed: Signed) -> None:
        """No receipt will come: two persons say why."""
        self._two(signed, "settle", partial(self._departing.settle))

    def _two(self, signed: Signed, meaning: str, act: "partial[Departed] | partial[Drafted]") -> None:
        actor, departure_id, op_id = self._seat.actor, self._departure_id, uuid4().hex
        if departure_id is None:
            return
        lines = self._card.lines if self._card else ()
        number = self._card.row.number if self._card else ""
        facts = [(f"{line.lot_no} {line.serial_no}".strip(), line.quantity) for line in lines]

        def work() -> Departed | Drafted:
            second: Actor = self._signing.sign(
                first=actor, login=signed.login, password=signed.password, op_id=op_id, meaning=meaning,
                reason=signed.reason, facts=(("document", number), *facts),
            )  # fmt: skip
            return act(actor=actor, op_id=op_id, departure_id=departure_id, reason=signed.reason, second=second)

        def finished(outcome: Departed | Drafted) -> None:
            quantity = outcome.quantity if isinstance(outcome, Departed) else 0
            self.left.emit()
            self.done.emit(meaning, {"number": outcome.number, "quantity": quantity})
            self._load_card()
            self.print_form()

        self._act(work, finished, self.sign_refused.emit)

    def print_form(self) -> None:
        """The paper of the open document, into the folder for papers."""
        actor, departure_id, folder = self._seat.actor, self._departure_id, self._folder
        if departure_id is None:
            return

        def printed(form: PrintedForm) -> None:
            self.done.emit("printed", {"number": form.number, "path": str(form.path)})

        self._act(lambda: self._papers.print_form(actor=actor, departure_id=departure_id, folder=folder), printed)
