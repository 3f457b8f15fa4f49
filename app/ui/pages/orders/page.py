"""The orders page of the buyer: the list, one order against what came, a new order."""

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QHBoxLayout, QStackedWidget, QVBoxLayout, QWidget

from app.core.errors import AppError
from app.core.words import describe
from app.queries.orders import OrderRow
from app.services.ordering import Ordered
from app.ui import formats
from app.ui.language import language, say, spoken
from app.ui.page import Page
from app.ui.pages.orders.columns import line_columns, order_columns
from app.ui.pages.orders.new_view import NewOrderView
from app.ui.pages.orders.presenter import OrderList, OrdersPresenter
from app.ui.pages.orders.suppliers_presenter import SuppliersPresenter
from app.ui.pages.orders.suppliers_view import SuppliersView
from app.ui.widgets.buttons import KeycapButton
from app.ui.widgets.card import Card, EmptyState, PageHead, Surface
from app.ui.widgets.cell_delegate import RowLook
from app.ui.widgets.fields import AreaField
from app.ui.widgets.table import DataTable
from app.ui.words import look, word


class OrdersPage(Page):
    """Ctrl+N orders anew, F9 sends, Ctrl+P shows suppliers' papers, Esc goes back; a scanned box is ordered again."""

    def __init__(self, presenter: OrdersPresenter, suppliers: SuppliersPresenter) -> None:
        super().__init__(presenter)
        self._presenter = presenter
        self._list: OrderList | None = None
        self.head = PageHead(spoken("orders.title"), spoken("orders.head_note"))
        self.new = KeycapButton(spoken("orders.new"), kind="primary", icon="plus", key="Ctrl+N")
        self.papers = KeycapButton(spoken("orders.suppliers"), icon="shield", key="Ctrl+P")
        self.head.add_action(self.papers)
        self.head.add_action(self.new)
        self.table = DataTable(
            order_columns(),
            two_lines=True,
            look=self._look,
            key=lambda row: row.id,
            name=spoken("orders.title"),
            empty=spoken("orders.none"),
            sortable=False,
        )
        self.asking = NewOrderView(presenter)
        self.stack = QStackedWidget()
        self.stack.addWidget(self._both())
        self.suppliers = SuppliersView(suppliers)
        self.stack.addWidget(self.asking)
        self.stack.addWidget(self.suppliers)
        self.column.addWidget(self.head)
        self.column.addWidget(self.stack, 1)
        self._connect()

    def _both(self) -> QWidget:
        both = QWidget()
        row = QHBoxLayout(both)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(12)
        surface = Surface()
        inside = QVBoxLayout(surface)
        inside.setContentsMargins(1, 1, 1, 1)
        inside.addWidget(self.table)
        self.empty = EmptyState("truck", spoken("orders.empty"), spoken("orders.empty_note"))
        self.card = Card("")
        self.lines = DataTable(
            line_columns(),
            in_card=True,
            two_lines=True,
            key=lambda line: line.id,
            name=spoken("orders.lines"),
            sortable=False,
        )
        self.reason = AreaField(spoken("orders.reason"), rows=2)
        self.cancel = KeycapButton(spoken("orders.cancel"), icon="ban")
        self.card.add(self.lines, 1)
        self.card.add(self.reason)
        self.card.add(self.cancel)
        row.addWidget(surface, 1)
        row.addWidget(self.empty, 1)
        row.addWidget(self.card, 1)
        return both

    def _connect(self) -> None:
        presenter = self._presenter
        presenter.list_changed.connect(self._show_list)
        presenter.list_changed.connect(self.asking.show_list)
        presenter.shown_changed.connect(self._show)
        presenter.ordered.connect(self._say_ordered)
        presenter.cancelled.connect(self._say_cancelled)
        presenter.not_found.connect(self._say_not_found)
        presenter.failed.connect(self._fail)
        self.table.chosen.connect(self._choose)
        self.new.clicked.connect(self._start)
        self.asking.left.connect(presenter.stop)
        self.papers.clicked.connect(self._show_suppliers)
        self.suppliers.left.connect(self._leave_suppliers)
        self.suppliers.said.connect(self.said)
        self.cancel.clicked.connect(lambda: presenter.cancel(self.reason.value()))
        escape = QShortcut(QKeySequence("Esc"), self, context=Qt.ShortcutContext.WidgetWithChildrenShortcut)
        escape.activated.connect(self._step_back)

    def _step_back(self) -> None:
        if self.stack.currentWidget() is self.suppliers:
            self._leave_suppliers()
        elif self._presenter.is_new:
            self._presenter.stop()

    def _show_suppliers(self) -> None:
        self.stack.setCurrentWidget(self.suppliers)

    def _start(self) -> None:
        self._leave_suppliers()
        self._presenter.start()

    def _leave_suppliers(self) -> None:
        self.stack.setCurrentIndex(1 if self._presenter.is_new else 0)

    def take_scan(self, raw: str) -> bool:
        self._leave_suppliers()
        self._presenter.take_scan(raw)
        return True

    def show_target(self, target: object) -> None:
        """An order's id, ``new``, or ``suppliers``."""
        if target == "suppliers":
            self._show_suppliers()
            return
        self._leave_suppliers()
        if isinstance(target, int):
            self._presenter.choose(target)
        elif target == "new":
            self._presenter.start()

    def _look(self, row: OrderRow) -> RowLook:
        if self._list is not None and row.is_late(self._list.today):
            return RowLook(edge="stop", note=say("orders.late", day=formats.day(row.expected_on)))
        return RowLook(edge=look(row.state).tone)

    def _show_list(self, found: OrderList) -> None:
        self._list = found
        self.table.set_rows(found.rows)
        self.new.setVisible(self._presenter.may_order())

    def _show(self, row: OrderRow | None) -> None:
        if self.stack.currentWidget() is not self.suppliers:
            self._leave_suppliers()
        self.empty.setVisible(row is None)
        self.card.setVisible(row is not None)
        if row is None:
            return
        self.table.choose(row.id)
        words = f"{row.supplier.said_in(language())} · {word(row.state)}"
        self.card.set_title(row.number, f"{words} · {row.note}" if row.note else words)
        self.lines.set_rows(row.lines)
        may = self._presenter.may_order() and row.inbound > 0
        for widget in (self.reason, self.cancel):
            widget.setVisible(may)
        self.reason.set_error("")

    def _choose(self, row: OrderRow | None) -> None:
        shown = self._presenter.shown
        if row is not None and not self._presenter.is_new and (shown is None or shown.id != row.id):
            self._presenter.choose(row.id)

    def _say_ordered(self, ordered: Ordered) -> None:
        self.said.emit(say("orders.said.ordered", number=ordered.number), "ok")

    def _say_cancelled(self, ordered: Ordered) -> None:
        self.reason.set_value("")
        self.said.emit(say("orders.said.cancelled", number=ordered.number), "ok")

    def _say_not_found(self, raw: str) -> None:
        self.said.emit(say("orders.said.not_found", raw=raw[:40]), "attention")

    def _fail(self, error: AppError) -> None:
        if self._presenter.is_new:
            self.asking.refuse(error)
        elif not self.reason.isHidden():
            self.reason.set_error(lambda: describe(error, language()))
            self.reason.setFocus()
        else:
            self.said.emit(describe(error, language()), "stop")

    def retranslate(self) -> None:
        if self._list is not None:
            self._show_list(self._list)
            self.asking.show_list(self._list)
        self._show(self._presenter.shown)
        self.suppliers.retranslate()
