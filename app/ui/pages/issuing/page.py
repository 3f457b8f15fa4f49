"""The issuing page: where to, lines growing by scan, one key to post."""

from collections.abc import Sequence
from typing import Protocol

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout

from app.core.errors import AppError
from app.core.words import describe
from app.queries.locations import LocationRow
from app.services.issuing import Issued
from app.udi.reading import Reading
from app.ui import formats
from app.ui.language import language, say, spoken
from app.ui.page import Page
from app.ui.pages.issuing.columns import issue_columns, issue_look
from app.ui.pages.issuing.presenter import IssueLine, IssuingPresenter, Stopped
from app.ui.pages.issuing.side import IssuePane
from app.ui.pages.issuing.stop_sign import OPEN, stop_sign
from app.ui.sounds import Sound
from app.ui.widgets.buttons import KeycapButton
from app.ui.widgets.card import PageHead, Surface
from app.ui.widgets.fields import ComboField, Option
from app.ui.widgets.scan_strip import ScanPart, ScanStrip, ScanVerdict
from app.ui.widgets.table import DataTable
from app.ui.widgets.verdict_screen import VerdictScreen


class SoundPlayer(Protocol):
    """What plays the three sounds."""

    def play(self, sound: Sound) -> None:
        """Return at once."""
        ...


class IssuingPage(Page):
    """F2 chooses the department, F9 posts, + and - change the chosen line, Del removes it."""

    def __init__(self, presenter: IssuingPresenter, sounds: SoundPlayer | None = None) -> None:
        super().__init__(presenter)
        self._presenter, self._sounds = presenter, sounds
        self._stopped: Stopped | None = None
        self._stores: Sequence[LocationRow] = ()
        self._departments: Sequence[LocationRow] = ()
        self.head = PageHead(spoken("issuing.title"), spoken("issuing.note"))
        self.post = KeycapButton(spoken("issuing.post"), kind="primary", icon="issue", key="F9")
        self.queue = KeycapButton(spoken("requisitions.queue"), icon="clipboard", key="F4")
        self.head.add_action(self.queue)
        self.head.add_action(self.post)
        self.store = ComboField(spoken("issuing.from"), icon="box")
        self.department = ComboField(spoken("issuing.to"), icon="ward", placeholder=spoken("widgets.choose"))
        self.strip = ScanStrip()
        self.table = DataTable(
            issue_columns(),
            two_lines=True,
            look=issue_look,
            name=spoken("issuing.summary"),
            empty=spoken("issuing.empty"),
            sortable=False,
        )
        self.pane = IssuePane()
        self.screen_sign = VerdictScreen(self)
        self._arrange()
        self._connect()
        self._connect_keys()
        self._invite()

    def _arrange(self) -> None:
        self.column.addWidget(self.head)
        places = QHBoxLayout()
        places.setSpacing(12)
        for field, width in ((self.store, 240), (self.department, 280)):
            field.setFixedWidth(width)
            places.addWidget(field, 0, Qt.AlignmentFlag.AlignTop)
        places.addStretch(1)
        self.column.addLayout(places)
        self.column.addWidget(self.strip)
        row = QHBoxLayout()
        row.setSpacing(12)
        surface = Surface()
        inside = QVBoxLayout(surface)
        inside.setContentsMargins(1, 1, 1, 1)
        inside.addWidget(self.table)
        row.addWidget(surface, 1)
        row.addWidget(self.pane)
        self.column.addLayout(row, 1)

    def _connect(self) -> None:
        presenter = self._presenter
        presenter.places_changed.connect(self._show_places)
        presenter.place_chosen.connect(self._choose_place)
        presenter.place_unknown.connect(self._say_unknown_place)
        presenter.lines_changed.connect(self._show_lines)
        presenter.line_taken.connect(self._say_taken)
        presenter.half_read.connect(self._say_half)
        presenter.refused.connect(self._say_refused)
        presenter.stopped.connect(self._show_stop)
        presenter.issued.connect(self._say_issued)
        presenter.reason_needed.connect(self._ask_reason)
        presenter.failed.connect(self._fail)
        self.store.chosen.connect(self._choose_store)
        self.post.clicked.connect(self._post)
        self.queue.clicked.connect(self._open_queue)
        self.table.chosen.connect(self.pane.show_line)
        self.pane.quantity_changed.connect(presenter.set_quantity)
        self.screen_sign.acted.connect(self._leave_stop)

    def _connect_keys(self) -> None:
        scope = Qt.ShortcutContext.WidgetWithChildrenShortcut
        choose = QShortcut(QKeySequence("F2"), self, context=scope)
        choose.activated.connect(self._ask_department)
        for keys, step in (("+", 1), ("-", -1)):
            shortcut = QShortcut(QKeySequence(keys), self.table, context=scope)
            shortcut.activated.connect(lambda step=step: self._step(step))

    def _open_queue(self) -> None:
        self.asked_to_open.emit("requisitions", None)

    def _ask_department(self) -> None:
        self.department.setFocus()
        self.department.combo.showPopup()

    def _step(self, step: int) -> None:
        line = self.table.chosen_row()
        if line is not None:
            self._presenter.set_quantity(line.id, max(1, line.quantity + step))

    # scans ----------------------------------------------------------------------
    def take_scan(self, raw: str) -> bool:
        if not self.screen_sign.holds:
            self._presenter.take_scan(raw)
        return True

    def _play(self, sound: Sound) -> None:
        if self._sounds is not None:
            self._sounds.play(sound)

    def _invite(self) -> None:
        self.strip.answer(spoken("issuing.prompt"))

    def _say_taken(self, line: IssueLine, reading: Reading) -> None:
        lot = line.wanted.lot or formats.DASH
        words = spoken("issuing.taken", product=line.product.name, lot=lot, quantity=line.quantity)
        tone, icon = ("attention", "hourglass") if line.warns else ("ok", "check-circle")
        parts = [ScanPart(f"({element.ai})", element.value) for element in reading.elements]
        self.strip.answer(words, tone, icon, parts)
        state = say("issuing.earlier_chip") if line.warns else say("issuing.fine")
        self.strip.remember(ScanVerdict(lot, state, tone, icon))
        self.table.choose(line.id)
        self._play("look" if line.warns else "taken")

    def _say_half(self, _reading: Reading) -> None:
        self.strip.answer(spoken("issuing.halves"), "attention", "scan")
        self._play("look")

    def _say_refused(self, error: AppError, reading: Reading) -> None:
        self.strip.answer(lambda: describe(error, language()), "stop", "x-circle")
        code = reading.lot or reading.raw[:14]
        self.strip.remember(ScanVerdict(code, say("issuing.stop.words"), "stop", "x-circle"))
        self._play("look")

    def _show_stop(self, stopped: Stopped) -> None:
        self._stopped = stopped
        self.strip.answer(lambda: describe(stopped.error, language()), "stop", "ban")
        self.strip.remember(ScanVerdict(stopped.lot, say("issuing.stop.words"), "stop", "ban"))
        store = next((place for place in self._stores if place.id == self._presenter.store_id), None)
        self.screen_sign.show_sign(stop_sign(stopped, store.name.said_in(language()) if store else ""))
        self._play("stop")

    def _leave_stop(self, name: str) -> None:
        self.screen_sign.hide()
        if name == OPEN and self._stopped is not None:
            self.asked_to_open.emit("batches", self._stopped.lot)

    # places -----------------------------------------------------------------------
    def _show_places(self, stores: Sequence[LocationRow], departments: Sequence[LocationRow]) -> None:
        self._stores, self._departments = stores, departments
        tongue = language()
        self.store.set_options([Option(str(place.id), place.name.said_in(tongue)) for place in stores])
        self.department.set_options([Option(str(place.id), place.name.said_in(tongue)) for place in departments])
        if self._presenter.store_id is not None:
            self.store.set_value(str(self._presenter.store_id))

    def _choose_store(self, key: str) -> None:
        self._presenter.choose_store(int(key))

    def _choose_place(self, place_id: int) -> None:
        self.department.set_value(str(place_id))
        self.department.set_error("")
        self.strip.answer(say("issuing.place_chosen", place=self.department.combo.currentText()), "accent", "ward")
        self._play("taken")

    def _say_unknown_place(self, code: str) -> None:
        self.strip.answer(spoken("issuing.place_unknown", code=code), "attention", "question")
        self._play("look")

    # lines and posting ------------------------------------------------------------
    def _show_lines(self, lines: Sequence[IssueLine]) -> None:
        self.table.set_rows(lines)
        self.post.setEnabled(bool(lines))
        self.pane.show_sums(lines, needs_reason=self._presenter.needs_reason)
        self.pane.show_line(self.table.chosen_row())

    def _post(self) -> None:
        if not self.department.value():
            self.department.set_error(spoken("issuing.to_missing"))
            self._ask_department()
            return
        if self._presenter.needs_reason and not self.pane.reason.value():
            self.pane.ask_reason(spoken("issuing.reason_missing"))
            return
        self._presenter.issue(int(self.department.value()), self.pane.reason.value())

    def _ask_reason(self, error: AppError) -> None:
        self.pane.ask_reason(lambda: describe(error, language()))

    def _say_issued(self, issued: Issued) -> None:
        place = self.department.combo.currentText()
        words = say("issuing.done", document=issued.document_no, quantity=issued.quantity, place=place)
        self.strip.answer(words, "ok", "check-circle")
        self.said.emit(words, "ok")
        self.pane.reason.set_value("")

    def _fail(self, error: AppError) -> None:
        self.strip.answer(lambda: describe(error, language()), "stop", "x-circle")
        self._play("look")

    def retranslate(self) -> None:
        self._show_places(self._stores, self._departments)
        self._show_lines(self._presenter.lines)
        self._invite()
