"""The requisitions page: a ward asks and sees its state; the store sees its queue and picks by scan."""

from typing import Protocol

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QHBoxLayout, QStackedWidget, QVBoxLayout, QWidget

from app.core.errors import AppError
from app.core.statuses.requisition import RequisitionState
from app.core.words import describe
from app.queries.requisitions import RequisitionRow
from app.services.issuing import Issued
from app.services.requisitioning import Asked, Decided
from app.ui import formats
from app.ui.language import language, say, spoken
from app.ui.page import Page
from app.ui.pages.requisitions.ask_view import AskView
from app.ui.pages.requisitions.columns import requisition_columns, requisition_look
from app.ui.pages.requisitions.one_view import OneView
from app.ui.pages.requisitions.presenter import CartLine, PickedLine, RequisitionsPresenter
from app.ui.sounds import Sound
from app.ui.widgets.buttons import KeycapButton
from app.ui.widgets.card import PageHead, Surface
from app.ui.widgets.scan_strip import ScanStrip, ScanVerdict
from app.ui.widgets.table import DataTable
from app.ui.words import word


class SoundPlayer(Protocol):
    """What plays the three sounds."""

    def play(self, sound: Sound) -> None:
        """Return at once."""
        ...


class RequisitionsPage(Page):
    """Ctrl+N asks anew, F9 sends or issues, Esc goes back."""

    def __init__(self, presenter: RequisitionsPresenter, sounds: SoundPlayer | None = None) -> None:
        super().__init__(presenter)
        self._presenter, self._sounds = presenter, sounds
        self.head = PageHead(spoken("requisitions.title"), "")
        self.new = KeycapButton(spoken("requisitions.new"), kind="primary", icon="plus", key="Ctrl+N")
        self.head.add_action(self.new)
        self.strip = ScanStrip()
        self.table = DataTable(
            requisition_columns(),
            two_lines=True,
            look=requisition_look,
            key=lambda row: row.id,
            name=spoken("requisitions.title"),
            empty=spoken("requisitions.none"),
            sortable=False,
        )
        self.one, self.asking = OneView(presenter), AskView(presenter)
        self.stack = QStackedWidget()
        self.stack.addWidget(self._both())
        self.stack.addWidget(self.asking)
        for widget in (self.head, self.strip):
            self.column.addWidget(widget)
        self.column.addWidget(self.stack, 1)
        self._connect()
        self._invite()

    def _both(self) -> QWidget:
        both = QWidget()
        row = QHBoxLayout(both)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(12)
        surface = Surface()
        inside = QVBoxLayout(surface)
        inside.setContentsMargins(1, 1, 1, 1)
        inside.addWidget(self.table)
        row.addWidget(surface, 9)
        row.addWidget(self.one, 11)
        return both

    def _connect(self) -> None:
        presenter = self._presenter
        presenter.rows_changed.connect(self._show_rows)
        presenter.shown_changed.connect(self._show_step)
        presenter.asked.connect(self._say_asked)
        presenter.decided.connect(self._say_decided)
        presenter.issued.connect(self._say_issued)
        presenter.taken.connect(self._say_taken)
        presenter.refused.connect(self._refuse_scan)
        presenter.failed.connect(self._fail)
        self.table.chosen.connect(self._choose)
        self.new.clicked.connect(presenter.start)
        self.asking.left.connect(presenter.stop_asking)
        escape = QShortcut(QKeySequence("Esc"), self, context=Qt.ShortcutContext.WidgetWithChildrenShortcut)
        escape.activated.connect(self._step_back)

    def _step_back(self) -> None:
        if self._presenter.is_asking:
            self._presenter.stop_asking()

    # scans and targets ------------------------------------------------------------
    def take_scan(self, raw: str) -> bool:
        self._presenter.take_scan(raw, self.one.chosen_line())
        return True

    def show_target(self, target: object) -> None:
        """A requisition's id, or ``new``."""
        if isinstance(target, int):
            self._presenter.choose(target)
        elif target == "new":
            self._presenter.start()

    # showing ----------------------------------------------------------------------
    def _show_rows(self, rows: list[RequisitionRow]) -> None:
        self.table.set_rows(rows)
        self.new.setVisible(self._presenter.may_ask)
        side = "requisitions.note_store" if self._presenter.is_store else "requisitions.note_ward"
        self.head.set_title(spoken("requisitions.title"), spoken(side))

    def _show_step(self, row: RequisitionRow | None) -> None:
        self.stack.setCurrentIndex(1 if self._presenter.is_asking else 0)
        if row is not None:
            self.table.choose(row.id)

    def _choose(self, row: RequisitionRow | None) -> None:
        if row is not None and not self._presenter.is_asking:
            shown = self._presenter.shown
            if shown is None or shown.id != row.id:
                self._presenter.choose(row.id)

    def _invite(self) -> None:
        self.strip.answer(spoken("requisitions.prompt"))

    def _play(self, sound: Sound) -> None:
        if self._sounds is not None:
            self._sounds.play(sound)

    # answers ------------------------------------------------------------------------
    def _say_taken(self, line: CartLine | PickedLine) -> None:
        if isinstance(line, CartLine):
            product, lot, warns = line.product.name, "", False
        else:
            product, lot, warns = line.product, line.wanted.lot or formats.DASH, line.warns or line.replaces is not None
        tone, icon = ("attention", "hourglass") if warns else ("ok", "check-circle")
        words = spoken("requisitions.taken", product=product, lot=lot, quantity=line.quantity)
        self.strip.answer(words, tone, icon)
        self.strip.remember(ScanVerdict(lot or product.said_in(language()), str(line.quantity), tone, icon))
        self._play("look" if warns else "taken")

    def _refuse_scan(self, error: AppError) -> None:
        self.strip.answer(lambda: describe(error, language()), "stop", "x-circle")
        self._play("look")

    def _say_asked(self, asked: Asked) -> None:
        key = "requisitions.said.asked" if asked.state is RequisitionState.APPROVED else "requisitions.said.waits"
        rest = asked.quantity - asked.reserved
        self.said.emit(say(key, number=asked.number, reserved=asked.reserved, rest=rest), "ok")

    def _say_decided(self, decided: Decided) -> None:
        self.said.emit(say("requisitions.said.decided", number=decided.number, state=word(decided.state)), "ok")

    def _say_issued(self, issued: Issued) -> None:
        words = say("requisitions.said.issued", document=issued.document_no, quantity=issued.quantity)
        self.strip.answer(words, "ok", "check-circle")
        self.said.emit(words, "ok")

    def _fail(self, error: AppError) -> None:
        self.strip.answer(lambda: describe(error, language()), "stop", "x-circle")
        if self._presenter.is_asking:
            self.asking.refuse(error)
        elif not self.one.reason.isHidden():
            self.one.refuse(error)
        self._play("look")

    def retranslate(self) -> None:
        self._show_rows(list(self.table.rows))
        self.one.retranslate()
