"""The pane at the right of an issue: sums, the chosen line, the reason where one is asked for."""

from collections.abc import Sequence

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QVBoxLayout

from app.queries.free_stock import FreeStock
from app.ui import formats, theme
from app.ui.language import Caption, language, say, spoken
from app.ui.pages.issuing.presenter import IssueLine
from app.ui.widgets.buttons import KeycapButton
from app.ui.widgets.card import SidePane, clear
from app.ui.widgets.facts import Fact, FieldRow
from app.ui.widgets.fields import AreaField
from app.ui.widgets.labels import Label, Rule, muted
from app.ui.widgets.quantity_field import QuantityField


class IssuePane(SidePane):
    """Enter in the quantity field takes it over."""

    quantity_changed = Signal(int, int)

    def __init__(self) -> None:
        super().__init__(300)
        self._line: IssueLine | None = None
        self.sums = self._section(spoken("issuing.summary"))
        self.add(Rule())
        self.caption = muted(spoken("issuing.line"))
        self.add(self.caption)
        self.name = Label("", "text", theme.BODY, bold=True, wrap=True)
        self.quantity = QuantityField(spoken("issuing.quantity"), least=1)
        self.remove = KeycapButton(spoken("issuing.remove"), icon="minus-circle", key="Del")
        for widget in (self.name, self.quantity, self.remove):
            self.add(widget)
        self.stock_caption = muted(spoken("issuing.stock.title"))
        self.add(self.stock_caption)
        self.stock = Label("", "text", theme.SMALL, wrap=True)
        self.add(self.stock)
        self.rule = Rule()
        self.reason = AreaField(spoken("issuing.reason"), rows=3, hint=spoken("issuing.reason_hint"))
        self.add(self.rule)
        self.add(self.reason)
        self.body.addStretch(1)
        self.quantity.entered.connect(self._take_quantity)
        self.remove.clicked.connect(self._remove)
        self.show_sums((), needs_reason=False)
        self.show_line(None)

    def _section(self, title: Caption) -> QVBoxLayout:
        self.add(muted(title))
        column = QVBoxLayout()
        column.setSpacing(2)
        self.body.addLayout(column)
        return column

    def show_sums(self, lines: Sequence[IssueLine], *, needs_reason: bool) -> None:
        clear(self.sums)
        units = sum(line.quantity for line in lines)
        for key, value in (("lines", len(lines)), ("units", units)):
            self.sums.addWidget(FieldRow(Fact(say(f"issuing.{key}"), formats.number(value), is_bold=True)))
        self.rule.setVisible(needs_reason)
        self.reason.setVisible(needs_reason)
        if not needs_reason:
            self.reason.set_error("")

    def show_line(self, line: IssueLine | None) -> None:
        self._line = line
        for widget in (self.caption, self.name, self.quantity, self.remove, self.stock_caption, self.stock):
            widget.setVisible(line is not None)
        if line is not None:
            self.name.set_text(f"{line.product.name.said_in(language())} · {line.wanted.lot or formats.DASH}")
            self.quantity.set_levels(line.product.levels)
            self.quantity.set_number(line.quantity)
            self.quantity.set_error("")
            self.quantity.setEnabled(not line.product.needs_serial)
            self._show_stock(line.stock.product)

    def _show_stock(self, stock: FreeStock) -> None:
        keys = ("free", "in_stock", "reserved", "inbound")
        self.stock.set_text(spoken("issuing.stock.sum", **{key: getattr(stock, key) for key in keys}))

    def ask_reason(self, error: Caption) -> None:
        """Say that a reason is missing, and go there."""
        self.rule.show()
        self.reason.show()
        self.reason.set_error(error)
        self.reason.setFocus()

    def _take_quantity(self, *_: object) -> None:
        number = self.quantity.number()
        line = self._line
        if line is None or number is None:
            return
        if number > line.available:
            self.quantity.set_error(lambda: say("issuing.too_many", available=line.available))
            return
        self.quantity_changed.emit(line.id, number)

    def _remove(self) -> None:
        if self._line is not None:
            self.quantity_changed.emit(self._line.id, 0)
