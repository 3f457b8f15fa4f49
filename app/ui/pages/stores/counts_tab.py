"""Stock-takes: the list, the blind sheet, the differences; one of them at a time."""

from functools import partial
from pathlib import Path
from typing import Any

from PySide6.QtCore import Qt, QUrl, Signal
from PySide6.QtGui import QDesktopServices
from PySide6.QtWidgets import QHBoxLayout, QStackedWidget, QVBoxLayout, QWidget

from app.queries.scanned import ProductRow
from app.services.count_entering import Counted
from app.services.count_papers import PrintedCount
from app.services.count_posting import CountPosted
from app.services.counting import CountStep, Opened
from app.udi.reading import Reading
from app.ui import words
from app.ui.language import Caption, language, say, spoken
from app.ui.pages.stores.count_blind import BlindView
from app.ui.pages.stores.count_list import CountList
from app.ui.pages.stores.count_review import ReviewView
from app.ui.pages.stores.counts_presenter import Counts, CountsPresenter, OpenSheet
from app.ui.pages.stores.parts import SoundPlayer, Teller
from app.ui.widgets.buttons import KeycapButton
from app.ui.widgets.chips import Chip
from app.ui.widgets.labels import Label
from app.ui.widgets.scan_strip import ScanStrip


class CountsTab(QWidget):
    """Esc goes back to the list; the sheet stays as it is."""

    said = Signal(str, str)
    waiting_changed = Signal(int)

    def __init__(self, presenter: CountsPresenter, sounds: SoundPlayer | None) -> None:
        super().__init__()
        self._presenter = presenter
        self.strip = ScanStrip()
        self._teller = Teller(self.strip, sounds)
        self.back = KeycapButton(spoken("stores.count.back"), icon="arrow-left", key="Esc")
        self.number = Label("", "text", bold=True, mono=True)
        self.state = Chip("")
        self.bar = QWidget()
        self.list, self.blind, self.review = CountList(presenter), BlindView(presenter), ReviewView(presenter)
        self.stack = QStackedWidget()
        for view in (self.list, self.blind, self.review):
            self.stack.addWidget(view)
        self._arrange()
        self._connect()
        self._show_sheet(None)

    def _arrange(self) -> None:
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(12)
        row = QHBoxLayout(self.bar)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(12)
        for widget in (self.back, self.number, self.state):
            row.addWidget(widget, 0, Qt.AlignmentFlag.AlignVCenter)
        row.addStretch(1)
        column.addWidget(self.bar)
        column.addWidget(self.strip)
        column.addWidget(self.stack, 1)

    def _connect(self) -> None:
        presenter = self._presenter
        presenter.sheet_changed.connect(self._show_sheet)
        presenter.counts_changed.connect(self._count)
        presenter.counted.connect(self._say_counted)
        presenter.half_read.connect(self._say_half)
        presenter.refused.connect(self._teller.refuse)
        presenter.failed.connect(self._teller.refuse)
        presenter.product_scanned.connect(self._say_product)
        presenter.opened.connect(self._say_opened)
        presenter.finished.connect(self._say_finished)
        presenter.posted.connect(self._say_posted)
        presenter.printed.connect(self._say_printed)
        self.list.asked_for.connect(presenter.choose)
        self.back.clicked.connect(presenter.close)

    def set_visible(self, visible: bool) -> None:
        self._presenter.set_visible(visible)

    def take_scan(self, raw: str) -> None:
        """In review nothing is counted, and that is said."""
        opened = self._presenter.open_sheet
        if opened is not None and not opened.sheet.head.is_blind:
            words_now, state = spoken("stores.count.not_counting"), spoken("stores.not_taken")
            self._teller.taken(words_now, raw.lstrip("]")[:14], state, tone="attention")
            return
        self._presenter.take_scan(raw)

    def open_count(self, count_id: int) -> None:
        self._presenter.choose(count_id)

    def _show_sheet(self, opened: OpenSheet | None) -> None:
        self.bar.setVisible(opened is not None)
        if opened is None:
            self.stack.setCurrentWidget(self.list)
        else:
            head = opened.sheet.head
            view = self.blind if head.is_blind else self.review
            view.show_sheet(opened)
            self.stack.setCurrentWidget(view)
            self._show_head(opened)
        self._invite()

    def _show_head(self, opened: OpenSheet) -> None:
        head = opened.sheet.head
        look = words.look(head.state)
        self.number.set_text(f"{head.number} · {head.place.said_in(language())}")
        self.state.set_look(words.word(head.state), look.tone, look.icon)

    def _invite(self) -> None:
        opened = self._presenter.open_sheet
        if opened is None:
            self._teller.invite(spoken("stores.count.prompt_list"))
        elif opened.sheet.head.is_blind and not opened.sheet.found:
            self._teller.invite(spoken("stores.count.prompt"))
        elif not opened.sheet.head.is_blind:
            self._teller.invite(spoken("stores.count.prompt_review"))

    def _count(self, counts: Counts) -> None:
        self.waiting_changed.emit(sum(1 for row in counts.rows if row.is_open))

    # answers ----------------------------------------------------------------------
    def _say_counted(self, counted: Counted, _product: ProductRow | None) -> None:
        values: dict[str, Any] = {"lot": counted.lot or "—", "total": counted.total}
        state: Caption
        if not counted.is_known:
            key, state, tone = "counted_unknown", spoken("stores.count.unknown"), "attention"
        elif counted.layers:
            key, state, tone = "counted_locked", partial(words.word, counted.layers[0]), "attention"
            values["layer"] = counted.layers[0]
        else:
            key, state, tone = "counted", str(counted.total), "ok"
        self._teller.taken(spoken(f"stores.count.{key}", **values), counted.lot[:20], state, tone=tone)

    def _say_half(self, _reading: Reading) -> None:
        self._teller.half()

    def _say_product(self, product: ProductRow) -> None:
        self._teller.taken(spoken("stores.count.product_chosen", product=product.name), product.ref, product.code)

    def _say_opened(self, opened: Opened) -> None:
        self.said.emit(say("stores.count.opened", number=opened.number), "ok")

    def _say_finished(self, step: CountStep) -> None:
        key = "finished" if step.differences else "finished_clean"
        self.said.emit(say(f"stores.count.{key}", count=step.differences), "attention" if step.differences else "ok")

    def _say_posted(self, posted: CountPosted) -> None:
        key = "posted_aside" if posted.quarantined else "posted"
        values = {"number": posted.number, "gained": posted.gained, "lost": posted.lost, "aside": posted.quarantined}
        text = say(f"stores.count.{key}", **values)
        self._teller.taken(text)
        self.said.emit(text, "ok")

    def _say_printed(self, printed: PrintedCount) -> None:
        path = printed.path or Path()
        self.said.emit(say("stores.printed", path=str(path)), "ok")
        QDesktopServices.openUrl(QUrl.fromLocalFile(str(path)))

    def retranslate(self) -> None:
        for view in (self.list, self.blind, self.review):
            view.retranslate()
        opened = self._presenter.open_sheet
        if opened is not None:
            self._show_head(opened)
        self._teller.speak_again()
        self._invite()
