"""Before a delivery: begin one from its papers, or go on with a draft."""

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from app.queries.deliveries import DeliveryRow
from app.queries.orders import OrderRow
from app.ui import formats
from app.ui.language import language, say, spoken
from app.ui.pages.receiving.head import HeadForm
from app.ui.pages.receiving.presenter import StartView
from app.ui.widgets.buttons import KeycapButton
from app.ui.widgets.card import Card
from app.ui.widgets.cells import Cell
from app.ui.widgets.rows_model import Column
from app.ui.widgets.table import DataTable

FORM_WIDTH = 420


class StartPane(QWidget):
    """The form at the left, the drafts at the right."""

    resumed = Signal(int)
    slip_wanted = Signal(str)
    """The number of the receipt that was posted last."""

    def __init__(self) -> None:
        super().__init__()
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(12)
        self.form = HeadForm()
        self.begin_button = KeycapButton(spoken("receiving.begin"), kind="primary", icon="receive", key="F9")
        self.begin_button.clicked.connect(self.form.submit)
        self._receipt_no = ""
        self.slip_button = KeycapButton("", icon="printer", key="Ctrl+P")
        self.slip_button.clicked.connect(lambda: self.slip_wanted.emit(self._receipt_no))
        self.slip_button.hide()
        card = Card(spoken("receiving.new"), spoken("receiving.new_note"))
        card.setFixedWidth(FORM_WIDTH)
        card.add(self.form)
        card.body.addSpacing(6)
        card.add(self.begin_button)
        card.body.addStretch(1)
        card.add(self.slip_button)
        row.addWidget(card)
        row.addLayout(self._lists(), 1)

    def _lists(self) -> QVBoxLayout:
        """The drafts, and under them the orders that wait for goods."""
        self.drafts = DataTable[DeliveryRow](
            _columns(),
            two_lines=True,
            in_card=True,
            name=spoken("receiving.drafts"),
            empty=spoken("receiving.no_drafts"),
            sortable=False,
        )
        self.drafts.opened.connect(self._resume)
        drafts = Card(spoken("receiving.drafts"), spoken("receiving.drafts_note"), flush=True)
        drafts.add(self.drafts, 1)
        self.orders = DataTable[OrderRow](
            _order_columns(),
            two_lines=True,
            in_card=True,
            name=spoken("receiving.orders"),
            empty=spoken("receiving.no_orders"),
            sortable=False,
        )
        self.orders.opened.connect(self._take_order)
        waiting = Card(spoken("receiving.orders"), spoken("receiving.orders_note"), flush=True)
        waiting.add(self.orders, 1)
        right = QVBoxLayout()
        right.setSpacing(12)
        right.addWidget(drafts, 1)
        right.addWidget(waiting, 1)
        return right

    def offer_slip(self, receipt_no: str) -> None:
        """The delivery that was just posted can be printed from here."""
        self._receipt_no = receipt_no
        self.slip_button.set_text(lambda: say("receiving.print_slip", receipt=receipt_no))
        self.slip_button.show()

    def _take_order(self, row: OrderRow) -> None:
        """The delivery belongs to this order: supplier and number are known."""
        self.form.supplier.set_value(str(row.supplier_id))
        self.form.order.set_value(row.number)
        self.form.note.setFocus()

    def _resume(self, row: DeliveryRow) -> None:
        self.resumed.emit(row.id)

    def show_start(self, view: StartView) -> None:
        self.form.set_suppliers(view.suppliers)
        self.drafts.set_rows(list(view.deliveries))
        self.orders.set_rows(list(view.orders))


def _order_columns() -> list[Column[OrderRow]]:
    return [
        Column(spoken("receiving.column.order"), lambda row: row.number, is_mono=True, width=150),
        Column(
            spoken("receiving.column.supplier"),
            lambda row: row.supplier.zh,
            cell=lambda row: Cell(row.supplier.said_in(language()), formats.day(row.expected_on)),
            stretch=1,
            width=140,
        ),
        Column(
            spoken("receiving.column.came"),
            lambda row: row.inbound,
            cell=lambda row: Cell(
                f"{formats.number(row.quantity - row.inbound)}/{formats.number(row.quantity)}", is_bold=True
            ),
            align="right",
            width=110,
        ),
    ]


def _columns() -> list[Column[DeliveryRow]]:
    return [
        Column(spoken("receiving.column.number"), lambda row: row.number, is_mono=True, width=150),
        Column(
            spoken("receiving.column.supplier"),
            lambda row: row.supplier.zh,
            cell=lambda row: Cell(row.supplier.said_in(language()), row.note_no, is_second_mono=True),
            stretch=1,
            width=140,
        ),
        Column(
            spoken("receiving.column.begun"),
            lambda row: row.created_at,
            cell=lambda row: Cell(formats.moment(row.created_at), row.created_by.said_in(language()), is_mono=True),
            width=150,
        ),
        Column(spoken("receiving.column.lines"), lambda row: row.lines, align="right", width=70),
    ]
