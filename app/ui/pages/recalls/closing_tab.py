"""The closing tab: what is still open and where to do it, the five stamps, cause and lessons, and the last steps."""

from typing import Any

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout

from app.core.errors import AppError
from app.core.statuses.recall import SIGNED_ACTS
from app.core.words import describe
from app.queries.case_closing import ChecklistRow, ClosingItem
from app.services.closing import ENDINGS
from app.ui.language import language, say, spoken
from app.ui.pages.recalls.case_tab import CaseTab, TabAction
from app.ui.pages.recalls.closing_parts import Stamps, checklist_columns
from app.ui.pages.recalls.closing_presenter import SIGNED, WHERE, ClosingPresenter, ClosingSight, ClosingStep
from app.ui.pages.recalls.meanings import meaning
from app.ui.signers import Signer
from app.ui.widgets.buttons import KeycapButton
from app.ui.widgets.card import Card
from app.ui.widgets.cell_delegate import RowLook
from app.ui.widgets.fields import AreaField, TextField
from app.ui.widgets.flow_layout import FlowLayout
from app.ui.widgets.labels import Label, Rule
from app.ui.widgets.signed_pane import SignedPane
from app.ui.widgets.table import DataTable

PANE_WIDTH = 380
STEP_ICONS = {
    ClosingStep.RECONCILE: "scale",
    ClosingStep.ASK_REVIEW: "clipboard",
    ClosingStep.CLOSE: "archive",
    ClosingStep.SEND_BACK: "undo",
    ClosingStep.REOPEN: "refresh",
    ClosingStep.NOT_AFFECTED: "check-circle",
    ClosingStep.WITHDRAW: "ban",
}


class ClosingTab(CaseTab):
    """F9 takes the next step; Enter on an open item goes where it is done; Ctrl+S keeps cause and lessons."""

    def __init__(self, presenter: ClosingPresenter) -> None:
        super().__init__(presenter)
        self._presenter = presenter
        self._shown_case: int | None = None
        self._kept = ("", "")
        self._error: AppError | None = None
        self.stamps = Stamps()
        self.table = DataTable(
            checklist_columns(),
            in_card=True,
            look=lambda row: RowLook(edge="" if row.is_done else "stop"),
            key=lambda row: row.item,
            name=spoken("recalls.closing.tab.list"),
            sortable=False,
        )
        self.card = Card(spoken("recalls.closing.tab.list"), flush=True, head_height=34)
        self.pane = SignedPane(PANE_WIDTH)
        self.message = Label("", "stop", wrap=True)
        self.root_cause = AreaField(spoken("recalls.closing.tab.root_cause"), rows=3)
        self.lessons = AreaField(spoken("recalls.closing.tab.lessons"), rows=3)
        self.save = KeycapButton(spoken("recalls.closing.tab.save"), icon="save", key="Ctrl+S")
        self.reply_note = TextField(spoken("recalls.closing.tab.reply_note"), icon="external")
        self.reply_no = TextField(spoken("recalls.closing.tab.reply_no"), mono=True)
        self.reply = KeycapButton(spoken("recalls.closing.tab.reply"), icon="check")
        self.reason = AreaField(spoken("recalls.closing.tab.reason"), rows=2)
        self.steps = {step: KeycapButton(icon=icon) for step, icon in STEP_ICONS.items()}
        self._arrange()
        self._connect()
        self._tell(None)

    def _arrange(self) -> None:
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(10)
        column.addWidget(self.stamps)
        row = QHBoxLayout()
        row.setSpacing(12)
        self.card.add(self.table, 1)
        row.addWidget(self.card, 1)
        row.addWidget(self.pane)
        column.addLayout(row, 1)
        form = self.pane.form
        for widget in (self.message, self.root_cause, self.lessons, self.save, Rule(), self.reply_note):
            form.add(widget)
        line = QHBoxLayout()
        line.setSpacing(8)
        line.addWidget(self.reply_no, 1)
        line.addWidget(self.reply, 0, Qt.AlignmentFlag.AlignBottom)
        form.body.addLayout(line)
        form.add(self.reason)
        flow = FlowLayout(gap=8)
        for step, button in self.steps.items():
            button.set_text(spoken(f"recalls.closing.tab.step.{step.value}"))
            flow.addWidget(button)
        form.body.addLayout(flow)
        form.body.addStretch(1)

    def _connect(self) -> None:
        presenter = self._presenter
        presenter.sight_changed.connect(self.show_sight)
        presenter.asked_to_sign.connect(self._ask_to_sign)
        presenter.asked_to_end.connect(self._ask_to_end)
        presenter.refused.connect(self._refuse)
        presenter.sign_refused.connect(self.pane.refuse)
        presenter.done.connect(self._say_done)
        presenter.failed.connect(self._fail)
        self.table.opened.connect(self._go)
        self.save.clicked.connect(self._save)
        self.reply.clicked.connect(self._reply)
        self.reply_note.entered.connect(self._reply)
        for step, button in self.steps.items():
            button.clicked.connect(lambda _checked=False, step=step: self._take(step))

    # shown ------------------------------------------------------------------------
    def show_sight(self, sight: ClosingSight) -> None:
        checklist = sight.checklist
        self.stamps.show_evidence(checklist.evidence)
        self.table.set_rows(checklist.rows)
        done = len(checklist.rows) - len(checklist.open_rows)
        note = say("recalls.closing.tab.progress", done=done, all=len(checklist.rows))
        self.card.set_title(spoken("recalls.closing.tab.list"), note)
        self._show_words(sight)
        self._show_steps(sight)
        is_running = sight.head.launched_at is not None and sight.head.closed_by is None
        self.count_changed.emit(len(checklist.open_rows) if is_running else 0)
        self.action_changed.emit()

    def _show_words(self, sight: ClosingSight) -> None:
        """What somebody is writing stays, until it is kept or another case is shown."""
        stored = (sight.head.root_cause, sight.head.lessons)
        is_other = self._shown_case != sight.head.id
        if is_other or self._typed() == self._kept:
            self.root_cause.set_value(stored[0])
            self.lessons.set_value(stored[1])
        if is_other:
            self._tell(None)
            self.reason.set_value("")
            self.pane.finish()
        self._shown_case, self._kept = sight.head.id, stored
        for widget in (self.root_cause, self.lessons, self.save):
            widget.setEnabled(sight.can_write)
        for widget in (self.reply_note, self.reply_no, self.reply):
            widget.setEnabled(sight.can_reply)

    def _typed(self) -> tuple[str, str]:
        return self.root_cause.value(), self.lessons.value()

    def _show_steps(self, sight: ClosingSight) -> None:
        for step, button in self.steps.items():
            button.setVisible(step in sight.reason_steps)
        self.reason.setVisible(bool(sight.reason_steps))

    def retranslate(self) -> None:
        if self._presenter.sight is not None:
            self.show_sight(self._presenter.sight)
        self._tell(self._error)

    # acts ---------------------------------------------------------------------------
    def action(self) -> TabAction | None:
        sight = self._presenter.sight
        if sight is None or sight.main_step is None:
            return None
        step = sight.main_step
        key = "close_in_place" if step is ClosingStep.CLOSE and sight.in_place else step.value
        return TabAction(spoken(f"recalls.closing.tab.step.{key}"), STEP_ICONS[step])

    def act(self) -> None:
        sight = self._presenter.sight
        if sight is not None and sight.main_step is not None:
            self._take(sight.main_step)

    def _take(self, step: ClosingStep) -> None:
        self._tell(None)
        if self.steps[step].isVisibleTo(self) and not self.reason.value():
            self.reason.set_error(spoken("recalls.closing.tab.reason_missing"))
            self.reason.setFocus()
            return
        self._presenter.take(step, self.reason.value())

    def _ask_to_sign(self, sight: ClosingSight) -> None:
        button = spoken("recalls.closing.tab.step.close")
        self.pane.ask(
            meaning("close_recall"),
            sight.closers,
            self._presenter.close_in_place,
            needs_reason=False,
            button=button,
            is_own=not sight.in_place,
        )

    def _ask_to_end(self, step: ClosingStep, people: tuple[Signer, ...]) -> None:
        reason = self.reason.value()
        self.pane.ask(
            meaning(SIGNED_ACTS[ENDINGS[SIGNED[step]]]),
            people,
            lambda signed: self._presenter.end(step, reason, signed),
            needs_reason=False,
            button=spoken(f"recalls.closing.tab.step.{step.value}"),
            is_own=self._presenter.sits_here(people),
        )

    def _save(self) -> None:
        self._tell(None)
        empty = [field for field in (self.root_cause, self.lessons) if not field.value()]
        for field in empty:
            field.set_error(spoken("recalls.closing.tab.words_missing"))
        if empty:
            empty[0].setFocus()
        else:
            self._presenter.write_review(*self._typed())

    def _reply(self) -> None:
        self._tell(None)
        if self.reply_note.value():
            self._presenter.reply(self.reply_note.value(), self.reply_no.value())
        else:
            self.reply_note.set_error(spoken("recalls.closing.tab.reply_missing"))
            self.reply_note.setFocus()

    def _go(self, row: ChecklistRow) -> None:
        """To the tab, or the field, where the item is done."""
        if row.item in WHERE:
            self.asked_for_tab.emit(WHERE[row.item])
            return
        fields = {
            ClosingItem.REPLIED: self.reply_note,
            ClosingItem.ROOT_CAUSE: self.root_cause,
            ClosingItem.LESSONS: self.lessons,
        }
        fields[row.item].setFocus()

    def _refuse(self, error: AppError) -> None:
        self._tell(error)

    def _tell(self, error: AppError | None) -> None:
        self._error = error
        self.message.set_text(describe(error, language()) if error else "")
        self.message.setVisible(error is not None)

    def _say_done(self, key: str, values: dict[str, Any]) -> None:
        if key == "reply":
            self.reply_note.set_value("")
            self.reply_no.set_value("")
        elif key != "review":
            self.reason.set_value("")
            self.pane.finish()
        self.said.emit(say(f"recalls.closing.tab.said.{key}", **values), "ok")

    def _fail(self, error: AppError) -> None:
        self.said.emit(describe(error, language()), "stop")
