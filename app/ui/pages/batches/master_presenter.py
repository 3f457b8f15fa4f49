"""Decides for the master of a batch: what it lacks, who may complete it, and the list of all gaps. No widget."""

from datetime import date
from pathlib import Path
from uuid import uuid4

from PySide6.QtCore import QObject, Signal, Slot

from app.core.changes import Topic
from app.core.clock import Clock
from app.core.statuses.supplement import TWO_PERSONS, SupplementField
from app.queries.batch_masters import BatchMaster, batch_master
from app.queries.completeness import gap_rows
from app.queries.reader import Reader
from app.services.gap_files import write_gaps
from app.services.signing_in import SigningInService
from app.services.supplementing import Supplemented, SupplementingService, may_supplement
from app.ui.background import Background
from app.ui.language import language
from app.ui.presenter import Presenter
from app.ui.seat import Seat


class MasterPresenter(Presenter):
    """The batch whose card is open, if one is."""

    topics = frozenset({Topic.STOCK, Topic.CATALOGUE, Topic.DELIVERIES})
    master_changed = Signal(object)
    completed = Signal(object)
    """``Supplemented``."""
    sign_failed = Signal(object)
    exported = Signal(str, int)
    """The file and how many gaps it lists."""

    def __init__(
        self,
        reader: Reader,
        supplementing: SupplementingService,
        signing_in: SigningInService,
        seat: Seat,
        background: Background,
        papers: Path,
        clock: Clock,
        parent: QObject | None = None,
    ) -> None:
        super().__init__(background, parent)
        self._reader, self._supplementing, self._signing_in = reader, supplementing, signing_in
        self._seat, self._papers, self._clock = seat, papers, clock
        self._batch_id: int | None = None
        self._master: BatchMaster | None = None

    @property
    def master(self) -> BatchMaster | None:
        """What was loaded of the batch shown."""
        return self._master

    def may(self, field: SupplementField) -> bool:
        """Whether the person here completes such a field."""
        return self._seat.is_taken and may_supplement(self._seat.actor, field)

    def show(self, batch_id: int | None) -> None:
        """Load the master of this batch; None forgets it."""
        if batch_id != self._batch_id:
            self._master = None
        self._batch_id = batch_id
        self.reload()

    @Slot()
    def reload(self) -> None:
        batch_id = self._batch_id
        if batch_id is not None:
            self._load(lambda: self._reader.fetch(batch_master, batch_id), self._show, "master")

    def _show(self, master: BatchMaster) -> None:
        if master.batch_id == self._batch_id:
            self._master = master
            self.master_changed.emit(master)

    @staticmethod
    def needs_second(field: SupplementField) -> bool:
        """Whether two persons sign."""
        return field in TWO_PERSONS

    def complete(self, field: SupplementField, value: str | date, reason: str) -> None:
        """One person's word."""
        self._complete(field, value, reason, None)

    def complete_with_second(
        self, field: SupplementField, value: str | date, reason: str, login: str, password: str
    ) -> None:
        """The second person signs in place."""
        self._complete(field, value, reason, (login, password))

    def _complete(self, field: SupplementField, value: str | date, reason: str, second: tuple[str, str] | None) -> None:
        if self._batch_id is None:
            return
        actor, batch_id, op_id = self._seat.actor, self._batch_id, uuid4().hex
        named = (("receipt", self._master.receipt_no), ("lot", self._master.lot_no)) if self._master else ()

        def act() -> Supplemented:
            other = None
            if second is not None:
                other = self._signing_in.sign(
                    first=actor,
                    login=second[0],
                    password=second[1],
                    op_id=op_id,
                    meaning="supplement",
                    reason=reason,
                    facts=(*named, (field.value, value)),
                )
            return self._supplementing.complete(
                actor=actor, op_id=op_id, batch_id=batch_id, field=field, value=value, reason=reason, second=other
            )

        self._act(act, self.completed.emit, self.sign_failed.emit if second else None)

    def export(self) -> None:
        """Every gap of every batch, as a file for a spreadsheet in the folder for papers."""
        papers, tongue = self._papers, language()
        name = f"gaps-{self._clock().astimezone():%Y%m%d-%H%M%S}.csv"

        def make() -> tuple[str, int]:
            rows = self._reader.fetch(gap_rows)
            return str(write_gaps(papers, name, rows, tongue)), len(rows)

        self._load(make, lambda made: self.exported.emit(*made), "export")
