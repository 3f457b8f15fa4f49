"""Boxes back to the store, scanned one by one."""

from collections.abc import Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from app.queries.locations import LocationRow
from app.ui import formats, theme
from app.ui.language import language, say, spoken
from app.ui.pages.ward.presenter import ReturnLine
from app.ui.widgets.buttons import KeycapButton
from app.ui.widgets.card import Card
from app.ui.widgets.cell_delegate import RowLook
from app.ui.widgets.cells import Cell, ChipLook
from app.ui.widgets.fields import ComboField, Option
from app.ui.widgets.quantity_field import QuantityField
from app.ui.widgets.rows_model import Column
from app.ui.widgets.table import DataTable

TARGET = 56


class ReturnTab(QWidget):
    """``sent`` carries the id of the store; ``+`` and ``-`` change the chosen line, Del takes it away."""

    sent = Signal(int)
    quantity_changed = Signal(int, int)

    def __init__(self) -> None:
        super().__init__()
        self._stores: Sequence[LocationRow] = ()
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(12)
        self.table = DataTable(
            return_columns(),
            in_card=True,
            look=lambda line: RowLook("stop") if line.is_locked else RowLook(),
            name=spoken("ward.tab.return"),
            empty=spoken("ward.return.empty"),
            row_height=TARGET,
            sortable=False,
        )
        card = Card(spoken("ward.tab.return"), spoken("ward.return.prompt"), flush=True)
        card.add(self.table, 1)
        column.addWidget(card, 1)
        row = QHBoxLayout()
        row.setSpacing(12)
        self.store = ComboField(spoken("ward.return.to"), icon="box", height=TARGET)
        self.store.setFixedWidth(320)
        self.post = KeycapButton(
            spoken("ward.return.post"), kind="primary", icon="return", key="F9", height=TARGET, size=theme.HEAD
        )
        self.remove = KeycapButton(
            spoken("ward.return.remove"), icon="minus-circle", key="Del", height=TARGET, size=theme.HEAD
        )
        self.quantity = QuantityField(spoken("ward.return.how_many"), least=1, height=TARGET)
        self.quantity.setFixedWidth(240)
        row.addWidget(self.store, 0, Qt.AlignmentFlag.AlignTop)
        row.addWidget(self.quantity, 0, Qt.AlignmentFlag.AlignTop)
        row.addStretch(1)
        row.addWidget(self.remove, 0, Qt.AlignmentFlag.AlignBottom)
        row.addWidget(self.post, 0, Qt.AlignmentFlag.AlignBottom)
        column.addLayout(row)
        self._connect()

    def _connect(self) -> None:
        self.post.clicked.connect(self._send)
        self.quantity.entered.connect(self._type)
        self.table.chosen.connect(self._show_line)
        self.remove.clicked.connect(lambda: self._change(None))
        for keys, step in (("+", 1), ("-", -1)):
            shortcut = QShortcut(QKeySequence(keys), self, context=Qt.ShortcutContext.WidgetWithChildrenShortcut)
            shortcut.activated.connect(lambda step=step: self._change(step))

    def show_stores(self, stores: Sequence[LocationRow]) -> None:
        self._stores = stores
        self.store.set_options([Option(str(store.id), store.name.said_in(language())) for store in stores])
        if stores and not self.store.value():
            self.store.set_value(str(stores[0].id))

    def show_lines(self, lines: Sequence[ReturnLine]) -> None:
        self.table.set_rows(lines)
        self.post.setEnabled(bool(lines))
        self.remove.setEnabled(bool(lines))
        if lines and self.table.chosen_row() is None:
            self.table.choose(lines[-1].id)
        self._show_line()

    def _change(self, step: int | None) -> None:
        line = self.table.chosen_row()
        if line is not None:
            self.quantity_changed.emit(line.id, 0 if step is None else max(1, line.quantity + step))

    def _show_line(self, *_: object) -> None:
        """The chosen line's quantity may be typed, in packages too; serial units are counted by scans."""
        line = self.table.chosen_row()
        self.quantity.setEnabled(line is not None and not line.answer.verdict.serial)
        self.quantity.set_levels(line.answer.levels if line else ())
        self.quantity.set_number(line.quantity if line else None)
        self.quantity.set_error("")

    def _type(self, *_: object) -> None:
        line, number = self.table.chosen_row(), self.quantity.number()
        if line is not None and number is not None:
            self.quantity_changed.emit(line.id, number)

    def _send(self) -> None:
        if self.store.value() and self.table.rows:
            self.sent.emit(int(self.store.value()))

    def retranslate(self) -> None:
        self.show_stores(self._stores)


def return_columns() -> list[Column[ReturnLine]]:
    """Lot, product, expiry, how many, and whether it goes to quarantine."""
    return [
        Column(spoken("ward.stock.lot"), lambda line: line.answer.verdict.lot, width=190, is_mono=True),
        Column(spoken("ward.stock.product"), lambda line: line.answer.name.zh, cell=_product, stretch=3),
        Column(
            spoken("ward.stock.expiry"),
            lambda line: line.answer.verdict.expiry_on,
            text=formats.day,
            width=120,
            is_mono=True,
        ),
        Column(
            spoken("ward.return.quantity"), lambda line: line.quantity, text=formats.number, align="right", width=100
        ),
        Column(spoken("ward.stock.state"), lambda line: line.is_locked, cell=_state, width=290),
    ]


def _product(line: ReturnLine) -> Cell:
    return Cell(text=line.answer.name.said_in(language()))


def _state(line: ReturnLine) -> Cell:
    if line.is_locked:
        return Cell(chip=ChipLook(say("ward.return.locked"), "hold", "pause-circle"))
    return Cell(chip=ChipLook(say("ward.stock.free"), "ok", "check-circle"))
