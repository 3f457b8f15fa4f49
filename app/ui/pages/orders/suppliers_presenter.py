"""Decides what the buyer sees of suppliers' papers, and writes a renewal. No widget."""

from datetime import date

from PySide6.QtCore import QObject, Signal, Slot

from app.core.changes import Topic
from app.core.permissions import Duty
from app.queries.reader import Reader
from app.queries.supplier_papers import PaperRow, SupplierRow, supplier_papers
from app.services.renewing import Paper, RenewingService
from app.ui.background import Background
from app.ui.presenter import Presenter
from app.ui.seat import Seat


class SuppliersPresenter(Presenter):
    """A list of suppliers; of the chosen one the papers; of the chosen paper the renewal."""

    topics = frozenset({Topic.CATALOGUE, Topic.DELIVERIES})
    suppliers_changed = Signal(list)
    renewed = Signal(object)
    refused = Signal(object)

    def __init__(
        self,
        reader: Reader,
        renewing: RenewingService,
        seat: Seat,
        background: Background,
        parent: QObject | None = None,
    ) -> None:
        super().__init__(background, parent)
        self._reader, self._renewing, self._seat = reader, renewing, seat

    def may_renew(self) -> bool:
        """Whether the person here keeps the catalogue."""
        return self._seat.is_taken and self._seat.actor.may(Duty.MAINTAIN_CATALOGUE)

    @Slot()
    def reload(self) -> None:
        def show(rows: list[SupplierRow]) -> None:
            self.suppliers_changed.emit(rows)

        self._load(lambda: self._reader.fetch(supplier_papers), show, "suppliers")

    def renew(self, row: PaperRow, number: str, since: date | None, until: date | None, scope: str) -> None:
        """As the new paper says."""
        actor, paper = self._seat.actor, Paper(number, since, until, scope)
        if row.certificate_id is None:
            self._act(
                lambda: self._renewing.renew_licence(actor=actor, supplier_id=row.supplier_id, paper=paper),
                self.renewed.emit,
                self.refused.emit,
            )
            return
        certificate_id = row.certificate_id
        self._act(
            lambda: self._renewing.renew_certificate(actor=actor, certificate_id=certificate_id, paper=paper),
            self.renewed.emit,
            self.refused.emit,
        )
