"""The inspection page: the queue at the left, the batch with its checklist and signature at the right."""

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QHBoxLayout, QWidget

from app.core.errors import AppError
from app.core.statuses.stock import Inspection
from app.core.words import describe
from app.queries.inspections import PendingRow
from app.services.inspecting import Inspected
from app.ui.language import language, say, spoken
from app.ui.page import Page
from app.ui.pages.inspection.columns import lot_words, queue_columns
from app.ui.pages.inspection.desk_pane import DeskPane
from app.ui.pages.inspection.presenter import Desk, InspectionPresenter, Queue
from app.ui.widgets.card import Card, PageHead
from app.ui.widgets.chips import Choice, FilterChips
from app.ui.widgets.scan_strip import ScanStrip, ScanVerdict
from app.ui.widgets.table import DataTable

HERE, EVERYWHERE = "here", "all"


class InspectionPage(Page):
    """A scan finds the batch; Enter goes into its checklist, Esc back to the queue."""

    def __init__(self, presenter: InspectionPresenter) -> None:
        super().__init__(presenter)
        self._presenter = presenter
        self._queue: Queue | None = None
        self._desk: Desk | None = None
        self._is_showing = False
        self._done: list[Inspected] = []
        self.head = PageHead(spoken("inspection.title"))
        self.scope = FilterChips(
            [Choice(HERE, spoken("inspection.here")), Choice(EVERYWHERE, spoken("inspection.all"))]
        )
        self.head.add_action(self.scope)
        self.strip = ScanStrip()
        self.strip.answer(say("inspection.scan"), "plain", "scan")
        self.table = DataTable[PendingRow](
            queue_columns(), two_lines=True, name=spoken("inspection.queue"), empty=spoken("inspection.nothing")
        )
        self.desk = DeskPane()
        self._arrange()
        self._connect()

    def _arrange(self) -> None:
        card = Card(flush=True)
        card.body.setContentsMargins(0, 0, 0, 0)
        card.add(self.table, 1)
        work = QWidget()
        row = QHBoxLayout(work)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(12)
        row.addWidget(card, 1)
        row.addWidget(self.desk)
        for widget in (self.head, self.strip):
            self.column.addWidget(widget)
        self.column.addWidget(work, 1)

    def _connect(self) -> None:
        presenter = self._presenter
        self.scope.chosen.connect(self._choose_scope)
        self.table.chosen.connect(self._choose_row)
        self.table.opened.connect(self._open_row)
        self.desk.checklist.answered.connect(presenter.answer)
        self.desk.all_passed.connect(self._pass_all)
        self.desk.released.connect(presenter.release)
        self.desk.rejected.connect(presenter.reject)
        self.desk.part_released.connect(presenter.release_part)
        self.desk.files.chosen.connect(presenter.attach)
        self.desk.files.opened.connect(presenter.save_file)
        presenter.attached.connect(self._say_attached)
        presenter.file_saved.connect(self._say_saved)
        presenter.queue_shown.connect(self.show_queue)
        presenter.desk_shown.connect(self.show_desk)
        presenter.scan_found.connect(self.show_found)
        presenter.inspected.connect(self.show_inspected)
        presenter.refused.connect(self.desk.refuse)
        presenter.failed.connect(self._show_failure)

    # what the presenter shows ----------------------------------------------------------
    def show_queue(self, queue: Queue) -> None:
        self._queue = queue
        self.head.set_title(spoken("inspection.title"), say("inspection.waiting", count=len(queue.rows)))
        self.scope.set_choices(
            [
                Choice(HERE, spoken("inspection.here"), queue.here),
                Choice(EVERYWHERE, spoken("inspection.all"), queue.everywhere),
            ]
        )
        self.scope.choose(EVERYWHERE if queue.shows_all else HERE)
        self._is_showing = True
        self.table.set_rows(queue.rows)
        if self._presenter.chosen_id is not None:
            self.table.choose(self._presenter.chosen_id)
        self._is_showing = False

    def show_desk(self, desk: Desk | None) -> None:
        self._desk = desk
        self.desk.show_desk(desk)

    def show_found(self, row: PendingRow | AppError, raw: str) -> None:
        if isinstance(row, AppError):
            error = row
            self.strip.answer(lambda: describe(error, language()), "attention", "warning", note=_visible(raw))
            return
        words = say("inspection.found", lot=lot_words(row), product=row.product.said_in(language()))
        self.strip.answer(words, "accent", "inspect", note=row.receipt_no)
        if self._desk is not None:
            self.desk.checklist.focus_item(self._desk)

    def show_inspected(self, done: Inspected) -> None:
        words = say(f"inspection.{done.outcome.value}", number=done.document_no)
        tone, icon = _look(done)
        self.strip.answer(words, tone, icon)
        self._done = [done, *self._done][:3]
        self._show_done()
        self.said.emit(words, tone if done.outcome is Inspection.RELEASED else "attention")
        self.table.setFocus()

    def _show_done(self) -> None:
        self.strip.set_last(
            [
                ScanVerdict(done.document_no, say(f"inspection.{done.outcome.value}_short"), *_look(done))
                for done in self._done
            ]
        )

    def _say_attached(self, name: str) -> None:
        self.said.emit(say("inspection.attached", name=name), "ok")

    def _say_saved(self, path: str) -> None:
        self.said.emit(say("inspection.file_saved", path=path), "ok")

    def _show_failure(self, error: AppError) -> None:
        self.strip.answer(lambda: describe(error, language()), "stop", "x-circle")

    # what the person does --------------------------------------------------------------
    def take_scan(self, raw: str) -> bool:
        if raw.startswith("RD:") and not raw.startswith("RD:RECEIPT:"):
            return False
        self._presenter.scan(raw)
        return True

    def show_target(self, target: object) -> None:
        """A batch's id."""
        if isinstance(target, int):
            self._presenter.choose(target)
            self.table.choose(target)

    def _choose_scope(self, key: str) -> None:
        self._presenter.show_all(key == EVERYWHERE)

    def _choose_row(self, row: PendingRow | None) -> None:
        if row is not None and not self._is_showing:
            self._presenter.choose(row.id)

    def _open_row(self, row: PendingRow) -> None:
        self._presenter.choose(row.id)
        if self._desk is not None:
            self.desk.checklist.focus_item(self._desk)

    def _pass_all(self) -> None:
        self._presenter.pass_all()
        self.desk.password.setFocus()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape:
            self.table.setFocus()
            return
        super().keyPressEvent(event)

    def retranslate(self) -> None:
        self.strip.answer(say("inspection.scan"), "plain", "scan")
        self._show_done()
        if self._queue is not None:
            self.show_queue(self._queue)
        self.desk.speak_again()


def _look(done: Inspected) -> tuple[str, str]:
    return ("ok", "check-circle") if done.outcome is Inspection.RELEASED else ("stop", "x-circle")


def _visible(raw: str) -> str:
    shown = raw.replace("\x1d", "<GS>")
    return shown if len(shown) <= 60 else shown[:59] + "…"
