"""The goods tab: in by scan, out by shipment or destruction, differences explained, and the balance of it all."""

from typing import Any

from PySide6.QtWidgets import QHBoxLayout, QStackedWidget, QVBoxLayout

from app.core.errors import AppError
from app.core.words import describe
from app.ui.language import language, say, spoken
from app.ui.pages.recalls.case_tab import CaseTab
from app.ui.pages.recalls.goods_balance import BalanceView
from app.ui.pages.recalls.goods_collect import CollectView
from app.ui.pages.recalls.goods_differences import DifferencesView
from app.ui.pages.recalls.goods_presenter import GoodsPresenter
from app.ui.pages.recalls.goods_return import ReturnView
from app.ui.pages.recalls.goods_sight import GoodsSight
from app.ui.widgets.chips import Choice, FilterChips
from app.ui.widgets.labels import muted

RETURN_CODE = "RD:RETURN:"
VIEWS = ("collect", "return", "differences", "balance")


class GoodsTab(CaseTab):
    """Any scan collects, whichever view is open; the answer is shown where goods come in."""

    def __init__(self, presenter: GoodsPresenter) -> None:
        super().__init__(presenter)
        self._presenter = presenter
        self.collect, self.leave = CollectView(presenter), ReturnView(presenter)
        self.differences, self.balance = DifferencesView(presenter), BalanceView()
        self.views = FilterChips([Choice(key, spoken(f"recalls.goods.view.{key}")) for key in VIEWS], height=28)
        self.note = muted()
        self.stack = QStackedWidget()
        self._arrange()
        self._connect()

    def _arrange(self) -> None:
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(10)
        top = QHBoxLayout()
        top.addWidget(self.views)
        top.addStretch(1)
        top.addWidget(self.note)
        column.addLayout(top)
        for view in (self.collect, self.leave, self.differences, self.balance):
            self.stack.addWidget(view)
        column.addWidget(self.stack, 1)

    def _connect(self) -> None:
        presenter = self._presenter
        presenter.sight_changed.connect(self.show_sight)
        presenter.sign_refused.connect(self._refuse)
        presenter.done.connect(self._say_done)
        presenter.failed.connect(self._fail)
        self.views.chosen.connect(self.open_view)

    def open_view(self, key: str) -> None:
        """Show one of the views: collect, return, differences or balance."""
        self.views.choose(key)
        self.stack.setCurrentIndex(VIEWS.index(key))

    # shown ------------------------------------------------------------------------
    def show_sight(self, sight: GoodsSight) -> None:
        counts = (sight.left, len(sight.sealed), len(sight.differences), len(sight.balance))
        self.views.set_choices(
            [Choice(key, spoken(f"recalls.goods.view.{key}"), count) for key, count in zip(VIEWS, counts, strict=True)]
        )
        self.note.set_text("" if sight.can_move else say("recalls.goods.read_only"))
        for view in (self.collect, self.leave, self.differences, self.balance):
            view.show_sight(sight)
        self.count_changed.emit(sight.unconfirmed)

    def retranslate(self) -> None:
        if self._presenter.sight is not None:
            self.show_sight(self._presenter.sight)
        self.collect.retranslate()

    # acts ---------------------------------------------------------------------------
    def take_scan(self, raw: str) -> bool:
        if raw.startswith(RETURN_CODE):
            return self._show_return(raw.removeprefix(RETURN_CODE))
        taken = self._presenter.take_scan(raw)
        if taken:
            self.open_view("collect")
        return taken

    def _show_return(self, number: str) -> bool:
        """The form of one of this case's returns was scanned."""
        sight = self._presenter.sight
        shipment = next((row for row in sight.shipments if row.number == number), None) if sight else None
        if shipment is None:
            return False
        self.open_view("return")
        self.leave.shipments.setFocus()
        return self.leave.shipments.choose(shipment.id)

    def _refuse(self, error: AppError) -> None:
        if self.views.current() == "differences":
            self.differences.refuse(error)
        else:
            self.leave.refuse(error)

    def _say_done(self, key: str, values: dict[str, Any]) -> None:
        if key in ("shipped", "destroyed"):
            self.leave.finish()
        elif key == "explained":
            self.differences.finish()
        self.said.emit(say(f"recalls.goods.said.{key}", **values), "ok")

    def _fail(self, error: AppError) -> None:
        self.said.emit(describe(error, language()), "stop")
