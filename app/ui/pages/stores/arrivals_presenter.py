"""Decides for the documents on their way: what is open, what was counted on arrival, what may be settled or undone."""

from dataclasses import dataclass, replace
from pathlib import Path
from uuid import uuid4

from PySide6.QtCore import QObject, Signal, Slot

from app.core.actor import Actor
from app.core.changes import Topic
from app.core.errors import AppError, RuleError
from app.core.lots import lot_key
from app.core.permissions import Duty
from app.core.shown import Facts
from app.core.statuses.stock import LocationKind
from app.core.statuses.store_work import TransferState
from app.queries.locations import LocationRow, locations
from app.queries.reader import Reader
from app.queries.scanned import ProductRow
from app.queries.transfers import (
    TransferLineRow,
    TransferRow,
    TransferSheet,
    incoming,
    outgoing,
    transfer_by_number,
    transfer_sheet,
)
from app.services.signing_in import SigningInService
from app.services.transfer_papers import TransferPaperService
from app.services.transferring import Arrived, Ended, Received, TransferringService
from app.udi.reading import Reading
from app.ui.background import Background
from app.ui.pages.stores.signing import Signer, signers
from app.ui.presenter import Presenter
from app.ui.scan_queue import Scan, ScanQueue
from app.ui.seat import Seat


class NotOnTransferError(RuleError):
    """Nothing of ``lot`` is missing on transfer ``number``."""

    code = "store_work.not_on_transfer"


@dataclass(frozen=True, slots=True)
class Documents:
    """What a store's lists show."""

    incoming: tuple[TransferRow, ...]
    outgoing: tuple[TransferRow, ...]

    @property
    def waiting(self) -> int:
        return sum(1 for row in self.incoming if row.is_open)


@dataclass(frozen=True, slots=True)
class ArrivalLine:
    """A line of the open document with what was counted of it just now."""

    row: TransferLineRow
    good: int
    damaged: int

    @property
    def id(self) -> int:
        return self.row.id

    @property
    def left(self) -> int:
        """Units that would still be missing."""
        return self.row.missing - self.good - self.damaged


@dataclass(frozen=True, slots=True)
class OpenDocument:
    """One document as this person sees it; ``can_receive`` where it leads to the chosen store."""

    head: TransferRow
    lines: tuple[ArrivalLine, ...]
    signers: tuple[Signer, ...]
    can_receive: bool
    can_take_back: bool
    can_settle: bool
    needs_second: bool

    @property
    def facts(self) -> Facts:
        """What stands above a signature: the document, and each lot with what is missing of it."""
        lines = [(f"{line.row.lot_no} {line.row.serial_no}".strip(), line.row.missing) for line in self.lines]
        return (("transfer", self.head.number), *lines)

    @property
    def counted(self) -> int:
        return sum(line.good + line.damaged for line in self.lines)


@dataclass(frozen=True, slots=True)
class TransferServices:
    """What transfers are done with."""

    transferring: TransferringService
    signing: SigningInService
    papers: TransferPaperService
    folder: Path
    """Where printed slips go."""


class ArrivalsPresenter(Presenter):
    """``documents_changed`` with both lists; ``document_changed`` with the chosen one or None."""

    topics = frozenset({Topic.STOCK, Topic.LOCKS, Topic.RECALLS})
    stores_changed = Signal(list)
    documents_changed = Signal(object)
    document_changed = Signal(object)
    counted = Signal(object, object)
    """The ``ArrivalLine`` and the ``Reading`` that counted it."""
    half_read = Signal(object)
    refused = Signal(AppError, str)
    received = Signal(object)
    settled = Signal(object)
    taken_back = Signal(object)
    sign_failed = Signal(AppError)
    printed = Signal(object)

    def __init__(
        self,
        reader: Reader,
        services: TransferServices,
        seat: Seat,
        background: Background,
        parent: QObject | None = None,
    ) -> None:
        super().__init__(background, parent)
        self._reader, self._seat, self._services = reader, seat, services
        self._transferring, self._signing = services.transferring, services.signing
        self._scans = ScanQueue(reader, background, self)
        self._scans.half_read.connect(self.half_read)
        self._store_id: int | None = None
        self._chosen_id: int | None = None
        self._document: OpenDocument | None = None

    @Slot()
    def reload(self) -> None:
        self._load(lambda: self._reader.fetch(locations, LocationKind.STORE), self._show_stores, "stores")

    def _show_stores(self, stores: list[LocationRow]) -> None:
        ordered = self._seat.own_first(Duty.STORE_WORK, sorted(stores, key=lambda store: store.id))
        if self._store_id not in [store.id for store in ordered]:
            self._store_id = self._seat.start_at(Duty.STORE_WORK, ordered)
        self.stores_changed.emit(ordered)
        self._load_documents()

    @property
    def store_id(self) -> int | None:
        return self._store_id

    @property
    def document(self) -> OpenDocument | None:
        return self._document

    def choose_store(self, store_id: int) -> None:
        self._store_id = store_id
        self._load_documents()

    def _load_documents(self) -> None:
        store_id = self._store_id
        if store_id is None:
            return

        def lists() -> Documents:
            return Documents(
                tuple(self._reader.fetch(incoming, store_id)), tuple(self._reader.fetch(outgoing, store_id))
            )

        self._load(lists, self.documents_changed.emit, "lists")
        if self._chosen_id is not None:
            self._load_document(self._chosen_id)

    def open_number(self, number: str) -> None:
        """The document that a slip names."""
        self._load(lambda: self._reader.fetch(transfer_by_number, number), lambda row: self.choose(row.id), "number")

    def print_slip(self) -> None:
        """The slip of the chosen document as it stands; kept on file."""
        document, services = self._document, self._services
        if document is None:
            return
        actor, transfer_id, folder = self._seat.actor, document.head.id, services.folder
        self._act(
            lambda: services.papers.print_slip(actor=actor, transfer_id=transfer_id, folder=folder), self.printed.emit
        )

    def choose(self, transfer_id: int) -> None:
        """Open one document; what was counted of another one goes."""
        if transfer_id != self._chosen_id:
            self._chosen_id, self._document = transfer_id, None
            self._load_document(transfer_id)

    def _load_document(self, transfer_id: int) -> None:
        actor, store_id, before = self._seat.actor, self._store_id, self._document

        def load() -> OpenDocument:
            sheet = self._reader.fetch(transfer_sheet, transfer_id)
            return self._opened(sheet, actor, store_id, before)

        self._load(load, self._show, "document")

    def _opened(
        self, sheet: TransferSheet, actor: Actor, store_id: int | None, before: OpenDocument | None
    ) -> OpenDocument:
        head, may = sheet.head, actor.may(Duty.STORE_WORK)
        counts = {line.id: (line.good, line.damaged) for line in before.lines} if before else {}
        untouched = head.state is TransferState.SENT and head.missing == head.quantity
        return OpenDocument(
            head,
            tuple(_line(row, *counts.get(row.id, (0, 0))) for row in sheet.lines),
            signers(self._reader, actor),
            may and head.is_open and head.target_id == store_id,
            may and untouched and head.source_id == store_id,
            may and head.is_open and head.missing > 0,
            any(row.layers for row in sheet.lines),
        )

    def _show(self, document: OpenDocument | None) -> None:
        self._document = document
        self.document_changed.emit(document)

    # counting ---------------------------------------------------------------
    def take_scan(self, raw: str) -> None:
        """A box of the open document is one more that arrived."""
        document = self._document
        if document is None or not document.can_receive:
            return

        def done(reading: Reading, product: ProductRow) -> None:
            self._count(reading, product)

        def refuse(reading: Reading, error: AppError) -> None:
            self.refused.emit(error, reading.lot or reading.raw[:14])

        self._scans.take(Scan(raw, self._scans.product, done, refuse))

    def _count(self, reading: Reading, product: ProductRow) -> None:
        document = self._document
        if document is None:
            return
        wanted = lot_key(reading.lot or "") if product.needs_lot else None
        fitting = [line for line in document.lines if _fits(line, product, wanted, reading.serial)]
        if not fitting:
            error = NotOnTransferError(lot=reading.lot or reading.raw[:20], number=document.head.number)
            self.refused.emit(error, reading.lot or "")
            return
        line = next((one for one in fitting if one.left > 0), None)
        if line is None:
            error = NotOnTransferError(lot=fitting[0].row.lot_no, number=document.head.number)
            self.refused.emit(error, fitting[0].row.lot_no)
            return
        self.set_counts(line.id, min(line.good + product.units, line.good + line.left), line.damaged)
        now = self._document
        self.counted.emit(next(one for one in now.lines if one.id == line.id) if now else line, reading)

    def set_counts(self, line_id: int, good: int, damaged: int) -> None:
        """What was counted of a line, cut to what is missing of it."""
        document = self._document
        if document is None:
            return

        def counted(line: ArrivalLine) -> ArrivalLine:
            if line.id != line_id:
                return line
            spoilt = min(max(damaged, 0), line.row.missing)
            return replace(line, good=min(max(good, 0), line.row.missing - spoilt), damaged=spoilt)

        self._show(replace(document, lines=tuple(counted(line) for line in document.lines)))

    def count_all(self) -> None:
        """Everything that is missing has arrived sound."""
        document = self._document
        if document is not None:
            lines = tuple(replace(line, good=line.row.missing - line.damaged) for line in document.lines)
            self._show(replace(document, lines=lines))

    # acting -----------------------------------------------------------------
    def receive(self) -> None:
        """Post what was counted; the rest stays open."""
        document = self._document
        if document is None:
            return
        actor, op_id = self._seat.actor, uuid4().hex
        arrived = [Arrived(line.id, line.good, line.damaged) for line in document.lines]

        def post() -> Received:
            return self._transferring.receive(
                actor=actor,
                op_id=op_id,
                transfer_id=document.head.id,
                version=document.head.version,
                arrived=arrived,
            )

        def done(received: Received) -> None:
            self._forget_counts()
            self.received.emit(received)

        self._act(post, done)

    def settle(self, reason: str, note: str, login: str, password: str) -> None:
        """What never arrived is written off; the second person signs with their own password."""
        document = self._document
        if document is None:
            return
        actor, op_id = self._seat.actor, uuid4().hex

        def post() -> Ended:
            second = self._signing.sign(
                first=actor,
                login=login,
                password=password,
                op_id=op_id,
                meaning="transfer_loss",
                reason=note,
                facts=document.facts,
            )
            return self._transferring.settle(
                actor=actor,
                op_id=op_id,
                transfer_id=document.head.id,
                version=document.head.version,
                second=second,
                reason=reason,
                note=note,
            )

        self._act(post, self.settled.emit, self.sign_failed.emit)

    def take_back(self, reason: str, login: str = "", password: str = "") -> None:
        """The goods go back where they came from; locked ones with a second signature, into quarantine."""
        document = self._document
        if document is None:
            return
        actor, op_id = self._seat.actor, uuid4().hex

        def post() -> Ended:
            second = None
            if login:
                second = self._signing.sign(
                    first=actor,
                    login=login,
                    password=password,
                    op_id=op_id,
                    meaning="take_back",
                    reason=reason,
                    facts=document.facts,
                )
            return self._transferring.take_back(
                actor=actor,
                op_id=op_id,
                transfer_id=document.head.id,
                version=document.head.version,
                reason=reason,
                second=second,
            )

        self._act(post, self.taken_back.emit, self.sign_failed.emit if login else None)

    def _forget_counts(self) -> None:
        if self._document is not None:
            lines = tuple(replace(line, good=0, damaged=0) for line in self._document.lines)
            self._document = replace(self._document, lines=lines)
            self._load_document(self._document.head.id)


def _line(row: TransferLineRow, good: int, damaged: int) -> ArrivalLine:
    spoilt = min(damaged, row.missing)
    return ArrivalLine(row, min(good, row.missing - spoilt), spoilt)


def _fits(line: ArrivalLine, product: ProductRow, lot: str | None, serial: str | None) -> bool:
    row = line.row
    if row.product_id != product.id or (lot is not None and row.lot_key != lot):
        return False
    return not row.serial_no or lot_key(row.serial_no) == lot_key(serial or "")
