"""What every page has in common with the window that shows it."""

from PySide6.QtCore import QObject, Qt, Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from app.ui.presented_view import PresentedView
from app.ui.presenter import Presenter


class Page(PresentedView):
    """Build widgets in the constructor (into ``self.column``), texts in ``retranslate``.

    The page tells its presenter when it is seen, which makes the first load. A language switch calls
    ``retranslate`` for texts that were given as plain strings; captions given as callables follow by themselves.
    """

    asked_to_open = Signal(str, object)
    """The key of a door (another page) and what to show there; the window goes to it."""
    said = Signal(str, str)
    """A sentence for a toast and its tone."""

    def __init__(self, presenter: Presenter | QObject | None = None, parent: QWidget | None = None) -> None:
        super().__init__(presenter if isinstance(presenter, Presenter) else None, parent)
        self.setFocusPolicy(Qt.FocusPolicy.ClickFocus)
        self.column = QVBoxLayout(self)
        self.column.setContentsMargins(20, 10, 20, 16)
        self.column.setSpacing(12)

    def take_scan(self, raw: str) -> bool:
        """Answer a scan; False lets the window open what was scanned."""
        return False

    def show_target(self, target: object) -> None:
        """Show what another page asked for, such as one record's id."""
