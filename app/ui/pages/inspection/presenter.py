"""Decides what the inspection page shows and does: the queue, one batch with its checklist, the signature."""

import uuid
from collections.abc import Sequence
from dataclasses import dataclass
from functools import partial
from pathlib import Path

from PySide6.QtCore import QObject, Signal, Slot

from app.core.changes import Topic
from app.core.errors import AppError, NotFoundError
from app.core.statuses.requisition import AttachmentKind
from app.queries.inspections import (
    CheckAnswer,
    InspectionCard,
    PendingRow,
    inspection_card,
    pending_batches,
    pending_of_scan,
    why_not_pending,
)
from app.queries.reader import Reader
from app.services.attaching import Attached, AttachingService
from app.services.inspecting import Inspected, InspectingService, RejectedPart
from app.ui.background import Background
from app.ui.presenter import Presenter
from app.ui.seat import Seat


@dataclass(frozen=True, slots=True)
class Queue:
    """The waiting batches: of this place or of all, with both counts."""

    rows: tuple[PendingRow, ...]
    here: int
    everywhere: int
    shows_all: bool


@dataclass(frozen=True, slots=True)
class Desk:
    """The batch that is being inspected, and what has been answered of its checklist."""

    card: InspectionCard
    answers: tuple[CheckAnswer, ...]
    is_mine: bool
    """Received by the person who sits here: another inspector must do it."""

    @property
    def open_items(self) -> int:
        return len(self.card.checklist.items) - len(self.answers)

    def answer(self, item: str) -> CheckAnswer | None:
        return next((answer for answer in self.answers if answer.item == item), None)


class InspectionPresenter(Presenter):
    """Answers given stay with their batch while another one is looked at."""

    topics = frozenset({Topic.STOCK, Topic.DELIVERIES, Topic.LOCKS})
    queue_shown = Signal(object)
    """Queue."""
    desk_shown = Signal(object)
    """Desk, or None."""
    scan_found = Signal(object, str)
    """PendingRow, or the AppError that says why there is none; and the raw scan."""
    inspected = Signal(object)
    """Inspected."""
    attached = Signal(str)
    file_saved = Signal(str)
    refused = Signal(object)
    """An AppError about the signature or the checklist."""

    def __init__(
        self,
        reader: Reader,
        inspecting: InspectingService,
        attaching: AttachingService,
        papers: Path,
        seat: Seat,
        background: Background,
        parent: QObject | None = None,
    ) -> None:
        super().__init__(background, parent)
        self._reader, self._inspecting, self._seat = reader, inspecting, seat
        self._attaching, self._papers = attaching, papers
        self._rows: tuple[PendingRow, ...] = ()
        self._shows_all = False
        self._chosen_id: int | None = None
        self._card: InspectionCard | None = None
        self._answers: dict[int, dict[str, CheckAnswer]] = {}
        seat.actor_changed.connect(self._begin_anew)
        seat.place_changed.connect(self._show_queue)

    # the queue -----------------------------------------------------------------------
    @Slot()
    def reload(self) -> None:
        if self._seat.is_taken:
            self._load(lambda: self._reader.fetch(pending_batches), self._take_rows, "queue")

    def show_all(self, all_places: bool) -> None:
        """Look at every place's queue, or only at this one's."""
        self._shows_all = all_places
        self._show_queue()

    @property
    def chosen_id(self) -> int | None:
        return self._chosen_id

    def _take_rows(self, rows: Sequence[PendingRow]) -> None:
        self._rows = tuple(rows)
        self._show_queue()

    def _visible(self) -> tuple[PendingRow, ...]:
        here = tuple(row for row in self._rows if row.location_id == self._seat.place_id)
        return self._rows if self._shows_all or not here else here

    @Slot()
    def _show_queue(self) -> None:
        rows = self._visible()
        here = sum(row.location_id == self._seat.place_id for row in self._rows)
        if self._chosen_id not in {row.id for row in rows}:
            self._chosen_id = rows[0].id if rows else None
        self.queue_shown.emit(Queue(rows, here, len(self._rows), self._shows_all or not here))
        self._load_card()

    @Slot()
    def _begin_anew(self) -> None:
        """Nobody signs for what another person has looked at."""
        self._answers.clear()
        self._chosen_id = self._card = None
        if self._is_visible:
            self.reload()

    # one batch -----------------------------------------------------------------------
    def choose(self, batch_id: int) -> None:
        if batch_id != self._chosen_id:
            self._chosen_id = batch_id
            self._load_card()

    def _load_card(self) -> None:
        batch_id = self._chosen_id
        if batch_id is None:
            self._card = None
            self.desk_shown.emit(None)
            return
        self._load(lambda: self._reader.fetch(inspection_card, batch_id), self._show_card, "card")

    def _show_card(self, card: InspectionCard) -> None:
        if card.row.id == self._chosen_id:
            self._card = card
            self._show_desk()

    def _show_desk(self) -> None:
        card = self._card
        if card is None:
            return
        given = self._answers.get(card.row.id, {})
        answers = tuple(given[item.key] for item in card.checklist.items if item.key in given)
        is_mine = self._seat.is_taken and card.row.receiver_id == self._seat.actor.id
        self.desk_shown.emit(Desk(card, answers, is_mine))

    def answer(self, item: str, passed: bool | None) -> None:
        """Pass, fail, or (None) does not apply."""
        if self._card is not None:
            self._answers.setdefault(self._card.row.id, {})[item] = CheckAnswer(item, passed, "")
            self._show_desk()

    def pass_all(self) -> None:
        """Everything that has no answer yet is in order."""
        if self._card is not None:
            given = self._answers.setdefault(self._card.row.id, {})
            for item in self._card.checklist.items:
                given.setdefault(item.key, CheckAnswer(item.key, True, ""))
            self._show_desk()

    def scan(self, raw: str) -> None:
        """Find the batch that a box belongs to; one of another place widens the view."""

        def find() -> tuple[list[int], AppError | None]:
            found = self._reader.fetch(pending_of_scan, raw)
            return found, None if found else self._reader.fetch(why_not_pending, raw)

        self._load(find, lambda found: self._show_found(*found, raw), "scan")

    def _show_found(self, found: Sequence[int], missed: AppError | None, raw: str) -> None:
        row = next((row for row in self._rows if row.id in found), None)
        if row is not None:
            if row not in self._visible():
                self._shows_all = True
            self._chosen_id = row.id
            self._show_queue()
        self.scan_found.emit(row if row is not None else missed or NotFoundError(), raw)

    # signing ---------------------------------------------------------------------------
    def release(self, password: str) -> None:
        self._sign(partial(self._inspecting.release, password=password))

    def reject(self, reason: str, password: str) -> None:
        self._sign(partial(self._inspecting.reject, reason=reason, password=password))

    def release_part(self, part: str, reason: str, password: str) -> None:
        """``part`` is how many units do not pass, or their serial numbers between blanks."""
        if self._card is None:
            return
        words = part.split()
        if self._card.serials:
            rejected = RejectedPart(0, reason, tuple(words))
        else:
            rejected = RejectedPart(int(part) if part.isdecimal() else 0, reason)
        self._sign(partial(self._inspecting.release_part, part=rejected, password=password))

    # files -------------------------------------------------------------------------------
    def attach(self, path: Path) -> None:
        """A PDF is a certificate, a picture a photo."""
        card, actor = self._card, self._seat.actor
        if card is None:
            return
        kind = AttachmentKind.CERTIFICATE if path.suffix.lower() == ".pdf" else AttachmentKind.PHOTO

        def done(attached: Attached) -> None:
            self.attached.emit(attached.name)
            self._load_card()

        self._act(lambda: self._attaching.attach_file(actor=actor, batch_id=card.row.id, kind=kind, path=path), done)

    def save_file(self, attachment_id: int) -> None:
        """A copy into the folder for papers."""
        papers = self._papers
        self._load(lambda: str(self._attaching.save(attachment_id, papers)), self.file_saved.emit, "file")

    def _sign(self, act: "partial[Inspected]") -> None:
        card = self._card
        if card is None:
            return
        answers = tuple(self._answers.get(card.row.id, {}).values())
        given = partial(act, actor=self._seat.actor, batch_id=card.row.id, answers=answers, op_id=uuid.uuid4().hex)

        def done(outcome: Inspected) -> None:
            self._answers.pop(outcome.batch_id, None)
            self.inspected.emit(outcome)

        def failed(error: AppError) -> None:
            self.refused.emit(error)
            self.reload()

        self._act(given, done, failed)
