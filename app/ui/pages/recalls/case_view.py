"""One case: its head, its tabs, and the step that brings it forward."""

from collections.abc import Sequence
from functools import partial
from typing import Any

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent, QKeySequence, QResizeEvent, QShortcut
from PySide6.QtWidgets import QStackedWidget, QVBoxLayout

from app.core.actor import Bilingual
from app.core.errors import AppError
from app.core.permissions import DUTIES, Role
from app.core.statuses.recall import OPEN_STATES, SIGNED_ACTS, CaseAct
from app.core.words import describe
from app.queries.case_head import CaseHead, NextStep
from app.queries.recalls import BEFORE_LAUNCH
from app.services.launching import (
    DoubtOpenError,
    Launched,
    NotAssessedError,
    ScopeChangedError,
    SecondReadingError,
    UnconfirmedError,
)
from app.services.papers import Printed
from app.services.scoping import UnboundedError
from app.ui.language import language, say, spoken
from app.ui.pages.recalls.banner import Banner
from app.ui.pages.recalls.case_bar import CaseBar, steps_of
from app.ui.pages.recalls.case_presenter import STEP_DUTIES, CaseFile, CasePresenter
from app.ui.pages.recalls.case_tab import CaseTab, TabPlan
from app.ui.pages.recalls.scope_tab import ScopeTab
from app.ui.presented_view import PresentedView
from app.ui.signers import Signer
from app.ui.widgets.chips import Choice
from app.ui.widgets.fields import Option
from app.ui.widgets.signature_pane import SignaturePane
from app.ui.widgets.tabs import Stepper, TabsBar
from app.ui.words import word

SCOPE, DOCUMENTS = "scope", "documents"
ADD_CLAUSE = "scope:add"
SIGN_WIDTH = 320
STEP_ICONS: dict[NextStep, str] = {
    NextStep.ASSESS: "search",
    NextStep.CONFIRM: "check",
    NextStep.DECIDE: "question",
    NextStep.READ_AGAIN: "signature",
    NextStep.APPROVE: "signature",
    NextStep.LAUNCH: "send",
    NextStep.NOT_AFFECTED: "check-circle",
    NextStep.CHASE: "bell",
    NextStep.RECONCILE: "scale",
    NextStep.ASK_REVIEW: "clipboard",
    NextStep.CLOSE: "archive",
    NextStep.REOPEN: "refresh",
}
MEANINGS = {
    NextStep.READ_AGAIN: SIGNED_ACTS[CaseAct.READ_AGAIN],
    NextStep.APPROVE: SIGNED_ACTS[CaseAct.APPROVED],
}
AT_SCOPE = (DoubtOpenError, ScopeChangedError, UnconfirmedError, NotAssessedError, SecondReadingError)
"""Refusals that are set right on the tab of notice and scope."""


class CaseView(PresentedView):
    """F9 takes the next step, F8 holds at once, Ctrl+1… opens a tab, Esc goes back to the list."""

    left = Signal()
    asked_to_open = Signal(str, object)
    said = Signal(str, str)

    def __init__(self, presenter: CasePresenter, plans: Sequence[TabPlan]) -> None:
        super().__init__(presenter)
        self._presenter = presenter
        self._plans = {plan.key: plan for plan in plans}
        self.opened_tabs: dict[str, CaseTab] = {}
        self._told_counts: dict[str, int] = {}
        self.bar, self.tabs, self.stepper = CaseBar(), TabsBar(), Stepper()
        self.banner, self.stack, self.signature = Banner(), QStackedWidget(), SignaturePane()
        self._arrange()
        self._connect()
        self.tabs.set_choices([Choice(key, spoken(f"recalls.tab.{key}")) for key in self._plans])
        self._open_tab(next(iter(self._plans)))

    def _arrange(self) -> None:
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(12)
        self.tabs.add_right(self.stepper)
        self.signature.setParent(self)  # it lies over the tab, which keeps its width
        self.signature.setFixedWidth(SIGN_WIDTH)
        self.signature.hide()
        head = QVBoxLayout()
        head.setSpacing(4)
        head.addWidget(self.bar)
        head.addWidget(self.tabs)
        column.addLayout(head)
        column.addWidget(self.banner)
        column.addWidget(self.stack, 1)

    def _connect(self) -> None:
        presenter = self._presenter
        presenter.file_changed.connect(self._show_file)
        presenter.failed.connect(self._fail)
        presenter.refused.connect(self._refuse)
        presenter.done.connect(self._tell_done)
        presenter.launched.connect(self._tell_launched)
        presenter.printed.connect(self._tell_printed)
        presenter.print_refused.connect(self._tell_unprinted)
        presenter.asked_for_tab.connect(self._step_to_tab)
        presenter.asked_to_sign.connect(self._ask_to_sign)
        presenter.signed.connect(self._tell_signed)
        presenter.sign_refused.connect(self._refuse_signature)
        self.bar.back_pressed.connect(self.left)
        self.bar.main_button.clicked.connect(self._take_step)
        self.bar.hold_button.clicked.connect(presenter.hold)
        self.banner.pressed.connect(self._follow_banner)
        self.signature.signed.connect(self._sign)
        self.tabs.chosen.connect(self._open_tab)
        for number, key in enumerate(self._plans, start=1):
            shortcut = QShortcut(
                QKeySequence(f"Ctrl+{number}"), self, context=Qt.ShortcutContext.WidgetWithChildrenShortcut
            )
            shortcut.activated.connect(partial(self.open_tab, key))

    # the case -----------------------------------------------------------------------
    def open_case(self, case_id: int, tab: str = "") -> None:
        """Show a case, on its first tab or on ``tab``."""
        if case_id != self._presenter.case_id:
            self.banner.hide()
            self.signature.hide()
            self.bar.show_head(None)
            self._told_counts.clear()
            tab = tab or next(iter(self._plans))
        self._presenter.open_case(case_id)
        if tab:
            self.open_tab(tab)

    def _show_file(self, shown: CaseFile) -> None:
        if shown.head.approved_by is not None:
            self.signature.hide()
        for tab in self.opened_tabs.values():
            tab.show_case(shown.head)
        self.retranslate()

    def retranslate(self) -> None:
        shown = self._presenter.file
        self._count_tabs()
        if shown is None:
            return
        self.bar.show_head(shown.head)
        steps, place = steps_of(shown.head.row.state)
        self.stepper.set_steps(steps, place)
        self.stepper.name_all(language() == "zh")
        self._offer()

    def _offer(self) -> None:
        """The tab's own action first, else the next step of the case."""
        shown = self._presenter.file
        if shown is None:
            return
        is_open = shown.head.row.state in OPEN_STATES
        hold = say("recalls.act.hold", count=shown.loose) if shown.loose else say("recalls.act.hold_all")
        self.bar.offer_hold(hold if shown.can_hold and is_open else "")
        self.bar.wait_for("")
        action = self._current().action()
        if action is not None:
            self.bar.offer(action.text, action.icon, is_enabled=action.is_enabled)
        elif shown.offer is not None and (shown.offer.is_mine or shown.offer.in_place):
            step = shown.offer.step
            key = step.value if shown.offer.is_mine else f"{step.value}_in_place"
            self.bar.offer(say(f"recalls.act.{key}", **_figures(shown)), STEP_ICONS[step])
        else:
            self.bar.offer("", "")
            self.bar.wait_for(_waiting(shown))

    def _take_step(self) -> None:
        if self._current().action() is not None:
            self._current().act()
        else:
            self.banner.hide()
            self._presenter.take_step()

    # tabs ---------------------------------------------------------------------------
    def _current(self) -> CaseTab:
        return self.opened_tabs[self.tabs.current()]

    def _count_tabs(self) -> None:
        shown = self._presenter.file
        counts = (_counts(shown.head) if shown else {}) | self._told_counts
        for key in self._plans:
            self.tabs.set_count(key, counts.get(key) or None)

    def open_tab(self, key: str) -> None:
        """Go to a tab; unknown keys leave everything as it is."""
        if key in self._plans:
            self.tabs.choose(key)
            self._open_tab(key)

    def _open_tab(self, key: str) -> None:
        tab = self.opened_tabs.get(key) or self._build(key)
        self.stack.setCurrentWidget(tab)
        if self._presenter.file is not None:
            tab.show_case(self._presenter.file.head)
        self._offer()

    def _build(self, key: str) -> CaseTab:
        tab = self.opened_tabs[key] = self._plans[key].build()
        self.stack.addWidget(tab)
        tab.asked_to_open.connect(self.asked_to_open)
        tab.asked_for_tab.connect(self.open_tab)
        tab.said.connect(self.said)
        tab.action_changed.connect(self._offer)
        tab.count_changed.connect(partial(self._count, key))
        return tab

    def _count(self, key: str, count: int) -> None:
        self._told_counts[key] = count
        self.tabs.set_count(key, count or None)

    def _step_to_tab(self, key: str) -> None:
        self.open_tab(key)
        tab = self._current()
        if key == SCOPE and isinstance(tab, ScopeTab):
            tab.decide_first()

    def take_scan(self, raw: str) -> bool:
        """The open tab answers first."""
        return self._current().take_scan(raw)

    # answers ------------------------------------------------------------------------
    def tell_registered(self, number: str, *, is_held: bool) -> None:
        """The notice has just been registered; holding is one key away."""
        key = "recalls.done.registered_held" if is_held else "recalls.done.registered"
        self.banner.tell(say(key, number=number), "hold" if is_held else "ok")

    def tell_refusal(self, error: AppError) -> None:
        """Why a step was refused, and the tab where it can be set right."""
        target, link = "", ""
        if isinstance(error, UnboundedError):
            target, link = ADD_CLAUSE, say("recalls.scope.add")
        elif isinstance(error, AT_SCOPE) and self.tabs.current() != SCOPE:
            target, link = SCOPE, say("recalls.go.scope")
        self.banner.tell(describe(error, language()), "stop", link, target)

    def _refuse(self, _step: NextStep | None, error: AppError) -> None:
        self.tell_refusal(error)

    def _fail(self, error: AppError) -> None:
        self.said.emit(describe(error, language()), "stop")

    def _tell_done(self, key: str, values: dict[str, Any]) -> None:
        self.banner.hide()
        self.said.emit(say(f"recalls.done.{key}", **values), "ok")

    def _tell_launched(self, launched: Launched) -> None:
        self._launched = launched
        words = say(
            "recalls.done.launched",
            locks=launched.locks,
            tasks=len(launched.task_ids),
            seconds=f"{launched.seconds:.2f}",
        )
        self.banner.tell(words + say("recalls.done.printing"), "ok")
        self._words = words

    def _tell_printed(self, printed: Printed) -> None:
        words = self._words + say("recalls.done.printed", count=len(printed.document_ids))
        tone = "attention" if printed.failures else "ok"
        if printed.failures:
            words += " " + describe(printed.failures[0], language())
        self.banner.tell(words, tone, say("recalls.go.documents"), DOCUMENTS if DOCUMENTS in self._plans else "")

    def _tell_unprinted(self, error: AppError) -> None:
        words = self._words + say("recalls.done.unprinted") + describe(error, language())
        self.banner.tell(words, "attention", say("recalls.go.documents"), DOCUMENTS)

    def _follow_banner(self, target: str) -> None:
        self.open_tab(SCOPE if target == ADD_CLAUSE else target)
        tab = self._current()
        if target == ADD_CLAUSE and isinstance(tab, ScopeTab):
            tab.card.ask_to_add()

    # the second person ----------------------------------------------------------------
    def _ask_to_sign(self, step: str, signers: list[Signer]) -> None:
        people = [Option(one.login, one.name.said_in(language())) for one in signers]
        meaning, button = spoken(f"recalls.meaning.{MEANINGS[NextStep(step)]}"), spoken(f"recalls.act.{step}")
        self.signature.ask(meaning, people, needs_reason=False, button=button)
        if step == NextStep.READ_AGAIN.value and self.tabs.current() != SCOPE:
            self.open_tab(SCOPE)  # what is read again is looked at
        self._place_signature()

    def _place_signature(self) -> None:
        top = self.stack.y()
        height = min(self.signature.sizeHint().height() + 8, self.height() - top)
        self.signature.setGeometry(self.width() - SIGN_WIDTH, top, SIGN_WIDTH, height)
        self.signature.raise_()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._place_signature()

    def _sign(self, login: str, password: str, _reason: str) -> None:
        self._presenter.sign(login, password)

    def _tell_signed(self, step: str, who: Bilingual) -> None:
        self.signature.hide()
        self.said.emit(say("recalls.done.signed" if step == "approve" else f"recalls.done.{step}", who=who), "ok")

    def _refuse_signature(self, error: AppError) -> None:
        self.signature.refuse(lambda: describe(error, language()))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Esc closes what lies over the case, then leaves it."""
        if event.key() != Qt.Key.Key_Escape:
            super().keyPressEvent(event)
        elif self.banner.isVisible():
            self.banner.hide()
        else:
            self.left.emit()


def _counts(head: CaseHead) -> dict[str, int]:
    row = head.row
    return {
        "tasks": row.tasks - row.tasks_done if row.state in OPEN_STATES else 0,
        SCOPE: row.doubtful if row.state in BEFORE_LAUNCH else 0,
    }


def _figures(shown: CaseFile) -> dict[str, int]:
    row = shown.head.row
    return {
        "clauses": shown.head.clauses - shown.head.confirmed,
        "doubtful": row.doubtful,
        "late": row.unacknowledged or row.tasks - row.tasks_done,
    }


def _waiting(shown: CaseFile) -> str:
    """Who has to act, where the person signed in may not."""
    if shown.offer is None:
        return ""
    duty = STEP_DUTIES[shown.offer.step]
    role = next((role for role in Role if duty in DUTIES[role]), None)
    step = say(f"recalls.act.{shown.offer.step.value}", **_figures(shown))
    return say("recalls.waiting.step", step=step, role=word(role)) if role else ""
