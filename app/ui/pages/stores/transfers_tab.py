"""Transfers: a new one, what is coming, what has gone."""

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QStackedWidget, QVBoxLayout, QWidget

from app.ui.language import spoken
from app.ui.pages.stores.arrivals_presenter import ArrivalsPresenter, Documents
from app.ui.pages.stores.documents_view import DocumentsView
from app.ui.pages.stores.parts import SoundPlayer, Teller
from app.ui.pages.stores.send_view import SendView
from app.ui.pages.stores.sending_presenter import SendingPresenter
from app.ui.widgets.chips import Choice, FilterChips
from app.ui.widgets.scan_strip import ScanStrip

VIEWS = ("send", "incoming", "outgoing")


class TransfersTab(QWidget):
    """``waiting_changed`` with how many documents are still to be received here."""

    said = Signal(str, str)
    waiting_changed = Signal(int)

    def __init__(
        self,
        sending: SendingPresenter,
        coming: ArrivalsPresenter,
        going: ArrivalsPresenter,
        sounds: SoundPlayer | None,
    ) -> None:
        super().__init__()
        self._presenters = (sending, coming, going)
        self._coming, self._going = coming, going
        self.strip = ScanStrip()
        self._teller = teller = Teller(self.strip, sounds)
        self.chips = FilterChips(_choices(0), name=spoken("stores.tab.transfers"))
        self.send = SendView(sending, teller)
        self.incoming = DocumentsView(coming, teller, is_incoming=True)
        self.outgoing = DocumentsView(going, teller, is_incoming=False)
        self.stack = QStackedWidget()
        for view in self._views():
            self.stack.addWidget(view)
            view.said.connect(self.said)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(12)
        column.addWidget(self.chips, 0, Qt.AlignmentFlag.AlignLeft)
        column.addWidget(self.strip)
        column.addWidget(self.stack, 1)
        self.chips.chosen.connect(self.open_view)
        coming.documents_changed.connect(self._count)
        self.open_view("send")

    def _views(self) -> tuple[SendView, DocumentsView, DocumentsView]:
        return self.send, self.incoming, self.outgoing

    def open_view(self, key: str) -> None:
        """send, incoming or outgoing."""
        self.chips.choose(key)
        self.stack.setCurrentIndex(VIEWS.index(key))
        self._views()[VIEWS.index(key)].invite()

    def open_document(self, transfer_id: int) -> None:
        """A document that is on its way to this store."""
        self.open_view("incoming")
        self._coming.choose(transfer_id)

    def open_number(self, number: str) -> None:
        """The document that a slip names."""
        self.open_view("incoming")
        self._coming.open_number(number)

    def take_scan(self, raw: str) -> None:
        """To the view that is open."""
        self._views()[VIEWS.index(self.chips.current())].take_scan(raw)

    def set_visible(self, visible: bool) -> None:
        """Loads when it is seen; the others' changes come in as long as it is."""
        for presenter in self._presenters:
            presenter.set_visible(visible)

    def _count(self, documents: Documents) -> None:
        self.chips.set_choices(_choices(documents.waiting))
        self.waiting_changed.emit(documents.waiting)

    def retranslate(self) -> None:
        for view in self._views():
            view.retranslate()
        self._teller.speak_again()
        self._views()[VIEWS.index(self.chips.current())].invite()


def _choices(waiting: int) -> list[Choice]:
    counts = {"incoming": waiting or None}
    return [Choice(key, spoken(f"stores.view.{key}"), counts.get(key)) for key in VIEWS]
