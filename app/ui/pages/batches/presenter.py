"""Decides for the batches page: which list, which batch, what is done to it. No widget."""

from datetime import UTC, datetime, timedelta
from pathlib import Path
from uuid import uuid4

from PySide6.QtCore import QObject, Signal, Slot

from app.core.changes import Topic
from app.core.clock import Clock, system_clock
from app.core.errors import AppError, NotFoundError
from app.core.lots import lot_key
from app.core.permissions import Duty
from app.core.shown import Facts
from app.core.statuses.locks import LockLayer
from app.queries.batch_card import BatchCard, HistoryRow, PlaceRow, batch_card
from app.queries.batches import BatchFilter, BatchRow, batches_scanned, count_batches, find_batches
from app.queries.reader import Reader
from app.queries.tracing import trace_of_batch
from app.services.correcting import Corrected, CorrectingService
from app.services.holding import Held, HoldingService, Lot
from app.services.labelling import LabellingService
from app.services.quarantining import ON_SHELVES, Moved, Portion, QuarantiningService
from app.services.signing_in import SigningInService
from app.services.trace_files import past_moment, write_trace
from app.udi.reader import read
from app.ui.background import Background
from app.ui.language import language
from app.ui.presenter import Presenter
from app.ui.seat import Seat

BATCH_CODE = "RD:BATCH:"
"""On labels of batches without a GS1 identifier; the batch's id follows."""


class BatchesPresenter(Presenter):
    """One list and, over it, one card."""

    topics = frozenset({Topic.STOCK, Topic.LOCKS, Topic.RECALLS, Topic.DELIVERIES})
    rows_changed = Signal(list)
    counts_changed = Signal(object)
    """How many batches each ``BatchFilter`` shows."""
    card_changed = Signal(object)
    """``BatchCard``, or None: the list is shown."""
    words_changed = Signal(str)
    filter_changed = Signal(str)
    found = Signal(str)
    """The lot of the one batch that a scan meant."""
    held = Signal(object)
    lifted = Signal()
    moved = Signal(object)
    corrected = Signal(object)
    label_saved = Signal(str)
    trace_saved = Signal(str)
    moment_refused = Signal(object)
    sign_failed = Signal(object)
    correction_asked = Signal(object, bool)
    """A line of history and whether its reversal takes a second person."""

    def __init__(
        self,
        reader: Reader,
        holding: HoldingService,
        quarantining: QuarantiningService,
        correcting: CorrectingService,
        signing_in: SigningInService,
        labelling: LabellingService,
        seat: Seat,
        background: Background,
        papers: Path,
        clock: Clock = system_clock,
        parent: QObject | None = None,
    ) -> None:
        super().__init__(background, parent)
        self._reader, self._seat, self._papers, self._clock = reader, seat, papers, clock
        self._holding, self._quarantining = holding, quarantining
        self._correcting, self._signing_in, self._labelling = correcting, signing_in, labelling
        self._words, self._show = "", BatchFilter.ALL
        self._batch_id: int | None = None
        self._card: BatchCard | None = None
        self._as_of: datetime | None = None

    @property
    def card(self) -> BatchCard | None:
        """The batch shown, if one is."""
        return self._card

    def may(self, duty: Duty) -> bool:
        """Whether the person here has a duty."""
        return self._seat.is_taken and self._seat.actor.may(duty)

    # the list -----------------------------------------------------------------
    @Slot()
    def reload(self) -> None:
        words, show = self._words, self._show
        self._load(lambda: self._reader.fetch(find_batches, words, show), self.rows_changed.emit, "rows")
        self._load(lambda: self._reader.fetch(count_batches), self.counts_changed.emit, "counts")
        if self._batch_id is not None:
            self._load_card(self._batch_id)

    def search(self, words: str) -> None:
        self._words = words
        self.reload()

    def show_only(self, show: BatchFilter) -> None:
        self._show = show
        self.reload()

    def show_target(self, target: object) -> None:
        """A batch id, ``state:<filter>``, or words to search."""
        if isinstance(target, int):
            self.open(target)
            return
        self.close()
        words = str(target or "")
        if words.startswith("state:"):
            words, show = "", BatchFilter(words.removeprefix("state:"))
        else:
            show = BatchFilter.ALL
        self._words, self._show = words, show
        self.words_changed.emit(words)
        self.filter_changed.emit(show.value)
        self.reload()

    def take_scan(self, raw: str) -> None:
        """One batch of the lot opens; several are listed; a code without lot lists the product."""
        if raw.startswith(BATCH_CODE) and raw.removeprefix(BATCH_CODE).isdecimal():
            self.open(int(raw.removeprefix(BATCH_CODE)))
            return
        reading = read(raw)

        def look() -> list[BatchRow]:
            return self._reader.fetch(batches_scanned, reading)

        def show(rows: list[BatchRow]) -> None:
            if len(rows) == 1:
                self.open(rows[0].id)
                self.found.emit(rows[0].lot_no)
            else:
                self._list(rows, reading.lot or reading.di or "")

        self._load(look, show, "scan")

    def _list(self, rows: list[BatchRow], words: str) -> None:
        self.close()
        self._words, self._show = words, BatchFilter.ALL
        self.words_changed.emit(words)
        self.filter_changed.emit(BatchFilter.ALL.value)
        self.rows_changed.emit(rows)

    # the card -----------------------------------------------------------------
    def open(self, batch_id: int) -> None:
        if batch_id != self._batch_id:
            self._as_of = None
        self._batch_id = batch_id
        self._load_card(batch_id)

    def _load_card(self, batch_id: int) -> None:
        as_of = self._as_of
        self._load(lambda: self._reader.fetch(batch_card, batch_id, as_of), self._show_card, "card")

    def _show_card(self, card: BatchCard) -> None:
        if self._batch_id == card.id and self._as_of == card.as_of:
            self._card = card
            self.card_changed.emit(card)

    @Slot()
    def close(self) -> None:
        """Back to the list."""
        self._batch_id = self._card = self._as_of = None
        self.card_changed.emit(None)

    # the time machine ---------------------------------------------------------
    def show_as_of(self, typed: str) -> None:
        """The card as it was on record at a typed moment; ``moment_refused`` says why it cannot be shown."""
        try:
            self._travel(past_moment(typed, self._clock()))
        except AppError as error:
            self.moment_refused.emit(error)

    def show_shortcut(self, key: str) -> None:
        """``yesterday`` at this hour, ``month``: the last minute of last month, or the start of a case by number."""
        now = self._clock()
        starts = {case.number: case.at for case in self._shown().cases}
        if key == "month":
            first = now.astimezone().replace(day=1, hour=0, minute=0, second=0, microsecond=0)
            self._travel((first - timedelta(minutes=1)).astimezone(UTC))
        else:
            self._travel(starts.get(key, now - timedelta(days=1)))

    def show_now(self) -> None:
        """Back to the live card."""
        self._travel(None)

    def _travel(self, moment: datetime | None) -> None:
        self._as_of = moment
        if self._batch_id is not None:
            self._load_card(self._batch_id)

    def export(self, suffix: str) -> None:
        """Write the trace that is shown, ``.csv`` or ``.json``, into the folder for papers."""
        card, shown_at, tongue = self._shown(), self._as_of or self._clock(), language()
        stamp = f"{shown_at.astimezone():%Y%m%d-%H%M}"
        path = self._papers / f"{card.receipt_no}-{lot_key(card.lot_no).replace('/', '_')}-{stamp}{suffix}"

        def make() -> str:
            write_trace(path, [self._reader.fetch(trace_of_batch, card.id, card.as_of)], shown_at, tongue)
            return str(path)

        self._load(make, self.trace_saved.emit, "export")

    def movable(self) -> list[PlaceRow]:
        """What may be moved into quarantine: on shelves, or put aside outside an area."""
        places = self._card.places if self._card and self._card.as_of is None else ()
        return [place for place in places if place.state in ON_SHELVES]

    # acts ---------------------------------------------------------------------
    def hold(self, reason: str) -> None:
        """Hold the lot everywhere."""
        card, actor = self._shown(), self._seat.actor
        lot = Lot(card.product.id, card.lot_no)
        self._act(lambda: self._holding.hold(actor=actor, lots=[lot], reason=reason), self._say_held)

    def _say_held(self, held: Held) -> None:
        self.held.emit(held)

    def lift(self, login: str, password: str, reason: str) -> None:
        """Lift the hold that stands, with a second person who signs in place."""
        card, actor = self._shown(), self._seat.actor
        layer = card.layer(LockLayer.ON_HOLD)
        lock_id = layer.lock_id if layer and layer.lock_id else 0
        op_id = uuid4().hex

        def act() -> frozenset[Topic]:
            second = self._signing_in.sign(
                first=actor,
                login=login,
                password=password,
                op_id=op_id,
                meaning="lift_hold",
                reason=reason,
                facts=(("receipt", card.receipt_no), ("lot", card.lot_no), ("hold", layer.reason if layer else "")),
            )
            return self._holding.lift(actor=actor, op_id=op_id, second=second, lock_id=lock_id, reason=reason)

        self._act(act, lambda _changes: self.lifted.emit(), self.sign_failed.emit)

    def put_aside(self, places: list[PlaceRow], reason: str) -> None:
        """Whole shelves of the batch into the quarantine area of their sites."""
        card, actor, op_id = self._shown(), self._seat.actor, uuid4().hex
        portions = [Portion(card.id, place.location_id, place.state, place.quantity) for place in places]

        def act() -> Moved:
            return self._quarantining.put_aside(actor=actor, op_id=op_id, portions=portions, reason=reason)

        self._act(act, self.moved.emit)

    def ask_correction(self, row: HistoryRow) -> None:
        """Find out whether the reversal of a line takes a second person."""
        if row.line is None:
            return
        line = row.line
        self._load(
            lambda: self._correcting.needs_second(line.id),
            lambda needs: self.correction_asked.emit(row, needs),
            "correction",
        )

    def correct(self, movement_id: int, reason: str) -> None:
        actor, op_id = self._seat.actor, uuid4().hex
        self._act(
            lambda: self._correcting.reverse(actor=actor, op_id=op_id, movement_id=movement_id, reason=reason),
            self.corrected.emit,
        )

    def correct_with_second(self, movement_id: int, login: str, password: str, reason: str) -> None:
        """The batch is locked: a second person signs in place."""
        actor, op_id = self._seat.actor, uuid4().hex
        facts = correction_facts(self._shown(), movement_id)

        def act() -> Corrected:
            second = self._signing_in.sign(
                first=actor,
                login=login,
                password=password,
                op_id=op_id,
                meaning="second",
                reason=reason,
                facts=facts,
            )
            return self._correcting.reverse(
                actor=actor, op_id=op_id, movement_id=movement_id, reason=reason, second=second
            )

        self._act(act, self.corrected.emit, self.sign_failed.emit)

    def print_label(self) -> None:
        """Write the label as a PDF into the folder for papers."""
        card, papers = self._shown(), self._papers

        def make() -> str:
            papers.mkdir(parents=True, exist_ok=True)
            path = papers / f"{card.receipt_no}-{lot_key(card.lot_no).replace('/', '_')}.pdf"
            path.write_bytes(self._labelling.batch_label(card.id))
            return str(path)

        self._load(make, self.label_saved.emit, "label")

    def _shown(self) -> BatchCard:
        if self._card is None:
            raise NotFoundError
        return self._card


def correction_facts(card: BatchCard, movement_id: int) -> Facts:
    """The line that is taken back, in words: lot, document, what, how many, between which places."""
    line = next((row.line for row in card.history if row.line is not None and row.line.id == movement_id), None)
    batch = (("receipt", card.receipt_no), ("lot", card.lot_no))
    if line is None:
        return batch
    ends = " → ".join(f"{end.zh} / {end.en}" for end in (line.source, line.target) if end is not None)
    moved = (("document", line.document_no), ("reverses", line.kind.value), ("units", line.quantity), ("places", ends))
    return (*batch, *moved)
