"""The ward page: five big tabs, a scan anywhere, and the sign that takes the whole window."""

from typing import Protocol

from PySide6.QtCore import Qt
from PySide6.QtGui import QHideEvent, QKeySequence, QShortcut, QShowEvent
from PySide6.QtWidgets import QStackedWidget

from app.core.errors import AppError
from app.core.statuses.ward import WardAnswer
from app.core.words import describe
from app.services.ward import Returned, Used
from app.ui.language import language, say, spoken
from app.ui.page import Page
from app.ui.pages.ward import sign
from app.ui.pages.ward.check_tab import CheckTab
from app.ui.pages.ward.presenter import Answer, WardPresenter
from app.ui.pages.ward.return_tab import ReturnTab
from app.ui.pages.ward.stock_tab import StockTab
from app.ui.pages.ward.tasks.presenter import WardTasksPresenter
from app.ui.pages.ward.tasks.tab import TasksTab
from app.ui.pages.ward.use_tab import UseTab
from app.ui.sounds import Sound
from app.ui.widgets.chips import Choice, FilterChips
from app.ui.widgets.verdict_screen import VerdictScreen

TARGET = 56
TABS = ("check", "tasks", "stock", "use", "return")
_SOUNDS: dict[WardAnswer, Sound] = {
    WardAnswer.OK: "taken",
    WardAnswer.DO_NOT_USE: "stop",
    WardAnswer.ASK: "look",
}


class SoundPlayer(Protocol):
    """What plays the three sounds."""

    def play(self, sound: Sound) -> None:
        """Return at once."""
        ...


class WardPage(Page):
    """Ctrl+1 to Ctrl+5 are the tabs. While a stop stands, scans are for nobody."""

    def __init__(self, presenter: WardPresenter, tasks: WardTasksPresenter, sounds: SoundPlayer | None = None) -> None:
        super().__init__(presenter)
        self._presenter, self._tasks, self._sounds = presenter, tasks, sounds
        self._answer: Answer | None = None
        self.tabs = FilterChips(_choices(None), height=TARGET, name=spoken("ward.title"))
        self.check, self.stock, self.use, self.back = CheckTab(), StockTab(), UseTab(), ReturnTab()
        self.tasks = TasksTab(tasks)
        self.stack = QStackedWidget()
        for tab in (self.check, self.tasks, self.stock, self.use, self.back):
            self.stack.addWidget(tab)
        self.screen_sign = VerdictScreen(self)
        self.column.addWidget(self.tabs, 0, Qt.AlignmentFlag.AlignLeft)
        self.column.addWidget(self.stack, 1)
        self._connect()
        self._connect_tabs()

    def _connect(self) -> None:
        presenter = self._presenter
        presenter.answered.connect(self.show_answer)
        presenter.box_chosen.connect(self.use.choose_box)
        presenter.visit_scanned.connect(self.use.take_visit)
        presenter.stock_changed.connect(self.stock.show_stock)
        presenter.stores_changed.connect(self.back.show_stores)
        presenter.returns_changed.connect(self.back.show_lines)
        presenter.used.connect(self._say_used)
        presenter.use_held.connect(self._ask_second)
        presenter.use_failed.connect(self._refuse_use)
        presenter.sign_failed.connect(self.use.refuse_signature)
        presenter.returned.connect(self._say_returned)
        presenter.place_missing.connect(self._say_no_place)
        for source in (presenter, self._tasks):
            source.failed.connect(self._say_error)
        self._tasks.not_in_task.connect(self._say_not_in_task)
        self._tasks.scan_refused.connect(self._say_unread)
        self.screen_sign.acted.connect(self._act)
        self.screen_sign.timed_out.connect(self._leave_sign)

    def _connect_tabs(self) -> None:
        self.tabs.chosen.connect(self.open_tab)
        self.check.typed.connect(self._presenter.check)
        self.check.reopened.connect(self._show_sign)
        self.stock.opened.connect(self._open_batch)
        self.use.sent.connect(self._presenter.use)
        self.use.signed.connect(self._presenter.use_despite)
        self.back.sent.connect(self._presenter.give_back)
        self.back.quantity_changed.connect(self._presenter.set_return_quantity)
        self.tasks.said.connect(self.said)
        self.tasks.count_changed.connect(self._show_count)
        for number, key in enumerate(TABS, start=1):
            shortcut = QShortcut(
                QKeySequence(f"Ctrl+{number}"), self, context=Qt.ShortcutContext.WidgetWithChildrenShortcut
            )
            shortcut.activated.connect(lambda key=key: self.open_tab(key))

    def _open_batch(self, batch_id: int) -> None:
        self.asked_to_open.emit("batches", batch_id)

    def _show_count(self, count: int) -> None:
        self.tabs.set_choices(_choices(count))

    # what a scan and a target mean ---------------------------------------------
    def take_scan(self, raw: str) -> bool:
        """Each tab answers in its own way; a standing stop answers nothing."""
        if self.screen_sign.holds:
            return True
        self.screen_sign.hide()
        key = self.tabs.current()
        if key == "tasks" or raw.startswith("RD:TASK:"):
            self.open_tab("tasks")
            self._tasks.take_scan(raw)
        elif key == "use":
            self._presenter.choose_box(raw)
        elif key == "return":
            self._presenter.add_return(raw)
        else:
            self.open_tab("check")
            self._presenter.check(raw)
        return True

    def show_target(self, target: object) -> None:
        """A tab's key, or the id of a recall task."""
        if isinstance(target, int):
            self.open_tab("tasks")
            self._tasks.choose_id(target)
        elif target in TABS:
            self.open_tab(str(target))

    def open_tab(self, key: str) -> None:
        self.tabs.choose(key)
        self.stack.setCurrentIndex(TABS.index(key))

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self._tasks.set_visible(True)  # the number of open tasks stands on every tab

    def hideEvent(self, event: QHideEvent) -> None:
        super().hideEvent(event)
        self._tasks.set_visible(False)
        self.screen_sign.hide()

    # answers --------------------------------------------------------------------
    def show_answer(self, answer: Answer) -> None:
        """Sound, sign, and a place in the list."""
        self.check.remember(answer)
        if self._sounds is not None:
            self._sounds.play(_SOUNDS[answer.verdict.answer])
        self._show_sign(answer)

    def _show_sign(self, answer: Answer) -> None:
        self._answer = answer
        person = self._presenter.person.said_in(language())
        self.screen_sign.show_sign(sign.sign_of(answer.verdict, person=person, seconds=answer.seconds))

    def _leave_sign(self) -> None:
        self.screen_sign.hide()
        self.setFocus()

    def _act(self, name: str) -> None:
        self._leave_sign()
        answer = self._answer
        if answer is None:
            return
        if name in (sign.USE, sign.HAPPENED):
            self.open_tab("use")
            self._presenter.take_box(answer)
        elif name == sign.RETURN:
            self.open_tab("return")
            self._presenter.start_return(answer)
        elif name == sign.COUNT:
            self.open_tab("tasks")
            self._tasks.reload()

    def _ask_second(self, error: AppError) -> None:
        self.use.ask_second()
        self.said.emit(describe(error, language()), "stop")
        if self._sounds is not None:
            self._sounds.play("stop")

    def _refuse_use(self, error: AppError) -> None:
        self.use.refuse(error)

    def _say_used(self, used: Used) -> None:
        lot, quantity = self._used_words()
        key = "ward.use.done_despite" if used.despite_lock else "ward.use.done"
        words = say(key, document=used.document_no, lot=lot, quantity=quantity)
        self.said.emit(words, "stop" if used.despite_lock else "ok")
        self.use.start_again()

    def _used_words(self) -> tuple[str, str]:
        box = self.use.box_answer
        return (box.verdict.lot or "—") if box else "—", self.use.quantity.value()

    def _say_returned(self, posted: list[Returned]) -> None:
        quantity = sum(one.quantity for one in posted)
        aside = [one for one in posted if one.quarantine is not None]
        document = posted[0].document_no if len(posted) == 1 else f"{posted[0].document_no} … ×{len(posted)}"
        if not aside:
            self.said.emit(say("ward.return.done", document=document, quantity=quantity), "ok")
            return
        quarantined, area = sum(one.quarantined for one in aside), aside[0].quarantine
        words = say(
            "ward.return.done_quarantined", document=document, quantity=quantity, quarantined=quarantined, area=area
        )
        self.said.emit(words, "attention")

    def _say_no_place(self) -> None:
        self.said.emit(say("ward.no_place"), "attention")

    def _say_error(self, error: AppError) -> None:
        self.said.emit(describe(error, language()), "stop")

    def _say_not_in_task(self, lot: str) -> None:
        self.said.emit(say("ward.task.not_in_task", lot=lot), "attention")
        if self._sounds is not None:
            self._sounds.play("look")

    def _say_unread(self, error: AppError) -> None:
        self.said.emit(describe(error, language()), "attention")
        if self._sounds is not None:
            self._sounds.play("look")

    def retranslate(self) -> None:
        for tab in (self.stock, self.use, self.back, self.tasks):
            tab.retranslate()
        if self.screen_sign.isVisible() and self._answer is not None:
            self._show_sign(self._answer)


def _choices(tasks: int | None) -> list[Choice]:
    return [Choice(key, spoken(f"ward.tab.{key}"), (tasks or None) if key == "tasks" else None) for key in TABS]
