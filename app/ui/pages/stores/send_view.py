"""A new transfer: where from and where to, lines by scan or from the list, one key to send."""

from collections.abc import Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from app.core.errors import AppError
from app.core.words import describe
from app.queries.locations import LocationRow
from app.services.transferring import Sent
from app.udi.reading import Reading
from app.ui import formats, theme
from app.ui.document_lines import DocumentLine
from app.ui.language import language, say, spoken
from app.ui.pages.stores.parts import PANE_WIDTH, Teller, place_options
from app.ui.pages.stores.send_columns import line_columns, line_look, stock_columns, stock_look
from app.ui.pages.stores.sending_presenter import SendingPresenter
from app.ui.widgets.buttons import KeycapButton
from app.ui.widgets.card import Card, SidePane
from app.ui.widgets.fields import AreaField, ComboField
from app.ui.widgets.labels import Label, Rule, muted
from app.ui.widgets.quantity_field import QuantityField
from app.ui.widgets.table import DataTable


class SendView(QWidget):
    """F2 chooses the target, Enter in the stock list adds a lot, + and - change a line, Del removes it, F9 sends."""

    said = Signal(str, str)

    def __init__(self, presenter: SendingPresenter, teller: Teller) -> None:
        super().__init__()
        self._presenter, self._teller = presenter, teller
        self._stores: Sequence[LocationRow] = ()
        self._line: DocumentLine | None = None
        self.source = ComboField(spoken("stores.send.from"), icon="box")
        self.target = ComboField(spoken("stores.send.to"), icon="truck", placeholder=spoken("widgets.choose"))
        self.lines = DataTable(
            line_columns(),
            two_lines=True,
            in_card=True,
            look=line_look,
            name=spoken("stores.send.lines"),
            empty=spoken("stores.send.empty"),
            sortable=False,
        )
        self.stock = DataTable(
            stock_columns(),
            in_card=True,
            look=stock_look,
            key=lambda row: (row.batch_id, row.state),
            name=spoken("stores.send.stock"),
            empty=spoken("stores.send.no_stock"),
        )
        self.pane = SidePane(PANE_WIDTH)
        self._fill_pane()
        self._arrange()
        self._connect()

    def _fill_pane(self) -> None:
        self.sums = muted("")
        self.name = Label("", "text", theme.BODY, bold=True, wrap=True)
        self.quantity = QuantityField(spoken("stores.quantity"), least=1)
        self.remove = KeycapButton(spoken("stores.send.remove"), icon="minus-circle", key="Del")
        self.reason = AreaField(spoken("stores.send.reason"), rows=3, hint=spoken("stores.send.reason_hint"))
        self.send = KeycapButton(spoken("stores.send.post"), kind="primary", icon="send", key="F9")
        for widget in (self.sums, Rule(), self.name, self.quantity, self.remove, self.reason):
            self.pane.add(widget)
        self.pane.body.addStretch(1)
        self.pane.add_foot(self.send)
        self.send.setEnabled(False)
        self._show_lines(())

    def _arrange(self) -> None:
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(12)
        places = QHBoxLayout()
        places.setSpacing(12)
        for field in (self.source, self.target):
            field.setFixedWidth(240)
            places.addWidget(field, 0, Qt.AlignmentFlag.AlignTop)
        places.addStretch(1)
        column.addLayout(places)
        row = QHBoxLayout()
        row.setSpacing(12)
        left = QVBoxLayout()
        left.setSpacing(12)
        for key, table, share in (("lines", self.lines, 5), ("stock", self.stock, 4)):
            card = Card(spoken(f"stores.send.{key}"), spoken(f"stores.send.{key}_note"), flush=True, head_height=36)
            card.add(table, 1)
            left.addWidget(card, share)
        row.addLayout(left, 1)
        row.addWidget(self.pane)
        column.addLayout(row, 1)

    def _connect(self) -> None:
        presenter = self._presenter
        presenter.stores_changed.connect(self._show_stores)
        presenter.target_chosen.connect(self._take_target)
        presenter.place_unknown.connect(self._say_unknown_place)
        presenter.stock_changed.connect(self.stock.set_rows)
        presenter.lines_changed.connect(self._show_lines)
        presenter.line_taken.connect(self._say_taken)
        presenter.half_read.connect(self._say_half)
        presenter.refused.connect(self._teller.refuse)
        presenter.sent.connect(self._say_sent)
        presenter.reason_needed.connect(self._ask_reason)
        presenter.failed.connect(self._teller.refuse)
        self.source.chosen.connect(self._choose_source)
        self.stock.opened.connect(presenter.add_row)
        self.lines.chosen.connect(self._show_line)
        self.quantity.entered.connect(self._take_quantity)
        self.remove.clicked.connect(self._remove)
        self.send.clicked.connect(self._send)
        scope = Qt.ShortcutContext.WidgetWithChildrenShortcut
        QShortcut(QKeySequence("F2"), self, context=scope).activated.connect(self._ask_target)
        for keys, step in (("+", 1), ("-", -1)):
            shortcut = QShortcut(QKeySequence(keys), self.lines, context=scope)
            shortcut.activated.connect(lambda step=step: self._step(step))

    def take_scan(self, raw: str) -> None:
        self._presenter.take_scan(raw)

    def invite(self) -> None:
        self._teller.invite(spoken("stores.send.prompt"))

    # places -------------------------------------------------------------------
    def _show_stores(self, stores: Sequence[LocationRow]) -> None:
        self._stores = stores
        self.source.set_options(place_options(stores))
        if self._presenter.source_id is not None:
            self.source.set_value(str(self._presenter.source_id))
        others = [store for store in stores if store.id != self._presenter.source_id]
        self.target.set_options(place_options(others))
        if len(others) == 1 and not self.target.value():
            self.target.set_value(str(others[0].id))

    def _take_target(self, store_id: int) -> None:
        self.target.set_value(str(store_id))
        self.target.set_error("")
        place = self.target.combo.currentText()
        self._teller.taken(spoken("stores.send.target_chosen", place=place))

    def _say_unknown_place(self, code: str) -> None:
        self._teller.taken(spoken("stores.send.place_unknown", code=code), tone="attention")

    def _say_half(self, _reading: Reading) -> None:
        self._teller.half()

    def _choose_source(self, key: str) -> None:
        self._presenter.choose_source(int(key))

    def _ask_target(self) -> None:
        self.target.setFocus()
        self.target.combo.showPopup()

    # lines --------------------------------------------------------------------
    def _show_lines(self, lines: Sequence[DocumentLine]) -> None:
        self.lines.set_rows(lines)
        self.send.setEnabled(bool(lines))
        units = formats.number(sum(line.quantity for line in lines))
        self.sums.set_text(spoken("stores.send.sums", lines=len(lines), units=units))
        self._show_line(self.lines.chosen_row())
        self._show_stores(self._stores)

    def _show_line(self, line: DocumentLine | None) -> None:
        self._line = line
        for widget in (self.name, self.quantity, self.remove):
            widget.setVisible(line is not None)
        self.reason.setVisible(self._presenter.needs_reason)
        if line is not None:
            self.name.set_text(f"{line.product.name.said_in(language())} · {line.wanted.lot or formats.DASH}")
            self.quantity.set_levels(line.product.levels)
            self.quantity.set_number(line.quantity)
            self.quantity.set_error("")
            self.quantity.setEnabled(not line.product.needs_serial)

    def _say_taken(self, line: DocumentLine, _reading: Reading | None) -> None:
        lot = line.wanted.lot or formats.DASH
        words = spoken("stores.send.taken", product=line.product.name, lot=lot, quantity=line.quantity)
        state = spoken("stores.earlier_chip" if line.warns else "stores.fine")
        self._teller.taken(words, lot, state, tone="attention" if line.warns else "ok")
        self.lines.choose(line.id)

    def _take_quantity(self, *_: object) -> None:
        number = self.quantity.number()
        line = self._line
        if line is None or number is None:
            return
        if number > line.available:
            self.quantity.set_error(lambda: say("issuing.too_many", available=line.available))
            return
        self._presenter.set_quantity(line.id, number)

    def _step(self, step: int) -> None:
        line = self.lines.chosen_row()
        if line is not None:
            self._presenter.set_quantity(line.id, max(1, line.quantity + step))

    def _remove(self) -> None:
        if self._line is not None:
            self._presenter.set_quantity(self._line.id, 0)

    # sending ------------------------------------------------------------------
    def _send(self) -> None:
        if not self.target.value():
            self.target.set_error(spoken("stores.send.to_missing"))
            self._ask_target()
        elif self._presenter.needs_reason and not self.reason.value():
            self.reason.show()
            self.reason.set_error(spoken("stores.send.reason_missing"))
            self.reason.setFocus()
        else:
            self._presenter.send(int(self.target.value()), self.reason.value())

    def _ask_reason(self, error: AppError) -> None:
        self.reason.show()
        self.reason.set_error(lambda: describe(error, language()))
        self.reason.setFocus()

    def _say_sent(self, sent: Sent) -> None:
        place = self.target.combo.currentText()
        words = say("stores.send.done", document=sent.number, quantity=sent.quantity, place=place)
        self._teller.taken(words)
        self.said.emit(words, "ok")
        self.reason.set_value("")

    def retranslate(self) -> None:
        self._show_stores(self._stores)
        self._show_lines(self._presenter.lines)
        self.stock.set_rows(self.stock.rows)
