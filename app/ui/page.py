"""What every page has in common with the window that shows it."""

from PySide6.QtCore import QEvent, QObject, Qt, Signal
from PySide6.QtGui import QHideEvent, QShowEvent
from PySide6.QtWidgets import QVBoxLayout, QWidget

from app.ui.presenter import Presenter


class Page(QWidget):
    """Build widgets in the constructor (into ``self.column``), texts in ``retranslate``.

    The page tells its presenter when it is seen, which makes the first load. A language switch calls
    ``retranslate`` for texts that were given as plain strings; captions given as callables follow by themselves.
    """

    asked_to_open = Signal(str, object)
    """The key of a door (another page) and what to show there; the window goes to it."""
    said = Signal(str, str)
    """A sentence for a toast and its tone."""

    def __init__(self, presenter: Presenter | QObject | None = None, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._seen_by = presenter if isinstance(presenter, Presenter) else None
        self.setFocusPolicy(Qt.FocusPolicy.ClickFocus)
        self.column = QVBoxLayout(self)
        self.column.setContentsMargins(20, 10, 20, 16)
        self.column.setSpacing(12)

    def take_scan(self, raw: str) -> bool:
        """Answer a scan; False lets the window open what was scanned."""
        return False

    def show_target(self, target: object) -> None:
        """Show what another page asked for, such as one record's id."""

    def retranslate(self) -> None:
        """Set again the texts that are not callables."""

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        if self._seen_by is not None and not event.spontaneous():
            self._seen_by.set_visible(True)

    def hideEvent(self, event: QHideEvent) -> None:
        super().hideEvent(event)
        if self._seen_by is not None and not event.spontaneous():
            self._seen_by.set_visible(False)

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.LanguageChange:
            self.retranslate()
