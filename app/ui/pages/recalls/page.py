"""The recalls page: the list, the notice coming in, and one case; one of them at a time."""

from collections.abc import Sequence
from typing import NamedTuple

from PySide6.QtGui import QHideEvent, QShowEvent
from PySide6.QtWidgets import QStackedWidget, QWidget

from app.core.errors import AppError
from app.core.words import describe
from app.queries.news import ArrivalRow
from app.ui.language import language, say
from app.ui.page import Page
from app.ui.pages.recalls.arrivals_card import ArrivalsCard, ArrivalsStrip
from app.ui.pages.recalls.arrivals_presenter import ArrivalsPresenter
from app.ui.pages.recalls.case_presenter import CasePresenter
from app.ui.pages.recalls.case_tab import TabPlan
from app.ui.pages.recalls.case_view import CaseView
from app.ui.pages.recalls.list_view import ListView
from app.ui.pages.recalls.presenter import CASE_CODE, RecallsPresenter
from app.ui.pages.recalls.register_presenter import RegisterPresenter
from app.ui.pages.recalls.register_view import RegisterView

NEW = "new"


class CasePlace(NamedTuple):
    """A case and the tab to open there, as a target of this page."""

    case_id: int
    tab: str


class RecallsPage(Page):
    """Targets: a case's id or number, ``new`` for a notice, a ``CasePlace``; a scanned case code opens its case."""

    def __init__(
        self,
        presenter: RecallsPresenter,
        register: RegisterPresenter,
        arrivals: ArrivalsPresenter,
        case: CasePresenter,
        tabs: Sequence[TabPlan],
    ) -> None:
        super().__init__()
        self._presenter, self._register_presenter = presenter, register
        self._arrivals = arrivals
        self.list = ListView(presenter)
        self.register = RegisterView(register)
        self.arrivals = ArrivalsCard(arrivals)
        self.register.place_arrivals(self.arrivals)
        self.notice = ArrivalsStrip()
        self.column.addWidget(self.notice)
        self.case = CaseView(case, tabs)
        self.stack = QStackedWidget()
        for view in (self.list, self.register, self.case):
            self.stack.addWidget(view)
        self.column.addWidget(self.stack)
        self._connect()

    def _connect(self) -> None:
        self.list.opened.connect(self.open_case)
        self.list.new_pressed.connect(self.open_register)
        self.register.left.connect(self.open_list)
        self.case.left.connect(self.open_list)
        self.case.asked_to_open.connect(self.asked_to_open)
        self.case.said.connect(self.said)
        self._presenter.case_found.connect(self.open_case)
        self._presenter.case_missing.connect(self._tell_missing)
        for presenter in (self._presenter, self._register_presenter, self._arrivals):
            presenter.failed.connect(self._fail)
        self._register_presenter.registered.connect(self._registered)
        self._arrivals.arrivals_changed.connect(self._show_arrivals)
        self._arrivals.taken.connect(self._take_arrival)
        self._arrivals.brought.connect(self._tell_brought)
        self.register.file_given.connect(self._arrivals.bring_in)
        self.register.case_wanted.connect(self.open_case)
        self.notice.pressed.connect(self.open_register)
        self.stack.currentChanged.connect(self._show_strip)
        self._register_presenter.hold_refused.connect(self._half_done)

    def open_list(self) -> None:
        """Back to the list; a draft and the case stay as they are."""
        self._show(self.list, self.list.table)

    def open_register(self) -> None:
        """A notice comes in; a draft that was left is still there."""
        if self._presenter.may_register:
            self._show(self.register, self.register.editor)
        else:
            self.said.emit(say("recalls.new.not_yours"), "attention")

    def open_case(self, case_id: int, tab: str = "") -> None:
        """One case, on the tab it was left on or on ``tab``."""
        self.case.open_case(case_id, tab)
        self._show(self.case, self.case.tabs)

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self._arrivals.set_visible(True)

    def hideEvent(self, event: QHideEvent) -> None:
        super().hideEvent(event)
        self._arrivals.set_visible(False)

    def _show_arrivals(self, rows: list[ArrivalRow]) -> None:
        self.arrivals.show_arrivals(rows)
        self.notice.show_arrivals(rows)
        self._show_strip()

    def _show_strip(self) -> None:
        """Only beside the list: whoever registers has the notices themselves before them."""
        self.notice.setVisible(self.notice.has_any and self.stack.currentWidget() is self.list)

    def _take_arrival(self, row: ArrivalRow, text: str) -> None:
        if self._register_presenter.take_arrival(row, text):
            self.register.editor.setFocus()
        else:
            self.said.emit(say("recalls.arrivals.desk_full"), "attention")

    def _tell_brought(self, name: str, count: int) -> None:
        self.said.emit(say("recalls.arrivals.brought", name=name, count=count), "ok")

    def _show(self, view: QWidget, focus: QWidget) -> None:
        self.stack.setCurrentWidget(view)
        focus.setFocus()

    def show_target(self, target: object) -> None:
        if isinstance(target, CasePlace):
            self.open_case(*target)
        elif isinstance(target, int):
            self.open_case(target)
        elif target == NEW:
            self.open_register()
        elif isinstance(target, str):
            self._presenter.find_case(target)

    def take_scan(self, raw: str) -> bool:
        if raw.startswith(CASE_CODE):
            self._presenter.find_case(raw)
            return True
        return self.stack.currentWidget() is self.case and self.case.take_scan(raw)

    def _registered(self, case_id: int, number: str, is_held: bool) -> None:
        self.open_case(case_id)
        self.case.tell_registered(number, is_held=is_held)

    def _half_done(self, _case_id: int, error: AppError) -> None:
        self.case.tell_refusal(error)

    def _tell_missing(self, number: str) -> None:
        self.said.emit(say("recalls.list.missing", number=number), "attention")

    def _fail(self, error: AppError) -> None:
        self.said.emit(describe(error, language()), "stop")
