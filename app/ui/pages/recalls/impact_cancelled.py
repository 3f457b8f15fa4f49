"""The reservations that the locks of a case took from wards: who waits for what, and a door to each requisition."""

from collections.abc import Sequence

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from app.queries.reservations import ReservationRow
from app.ui.language import language, say, spoken
from app.ui.widgets.card import Card, clear
from app.ui.widgets.labels import LinkButton, muted


class CancelledCard(Card):
    """Hidden while no reservation was cancelled; a requisition's number opens it."""

    opened = Signal(int)

    def __init__(self) -> None:
        super().__init__(spoken("requisitions.of_case"), head_height=38)
        self.body.setSpacing(6)
        self.hide()

    def show_rows(self, rows: Sequence[ReservationRow]) -> None:
        """Two lines a reservation: number, ward and units; lot and who asked."""
        clear(self.body)
        self.setVisible(bool(rows))
        units = sum(row.quantity for row in rows)
        self.set_title(spoken("requisitions.of_case"), say("requisitions.of_case_count", count=len(rows), units=units))
        for row in rows:
            self.add(self._lines(row))

    def _lines(self, row: ReservationRow) -> QWidget:
        lines = QWidget()
        column = QVBoxLayout(lines)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(2)
        first = QHBoxLayout()
        link = LinkButton(row.requisition_no)
        link.setFixedHeight(22)
        link.clicked.connect(lambda _=False: self.opened.emit(row.requisition_id))
        first.addWidget(link)
        first.addWidget(muted(f"×{row.quantity} · {row.department.said_in(language())}", elide=True), 1)
        column.addLayout(first)
        by = row.asked_by.said_in(language())
        column.addWidget(muted(say("requisitions.of_case_line", lot=row.lot_no, by=by), elide=True))
        return lines
