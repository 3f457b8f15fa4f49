"""A field to search by: typing asks after a short pause, Enter at once."""

from PySide6.QtCore import QTimer, Signal

from app.ui.language import Caption
from app.ui.widgets.fields import TextInput

TYPING_PAUSE_MS = 250


class SearchInput(TextInput):
    """``searched`` carries the words without blanks around them; ``entered`` follows it where Enter was pressed."""

    searched = Signal(str)
    entered = Signal()

    def __init__(self, placeholder: Caption) -> None:
        super().__init__(placeholder, icon="search")
        self._pause = QTimer(self, singleShot=True, interval=TYPING_PAUSE_MS)
        self._pause.timeout.connect(self.search)
        self.textEdited.connect(self._wait)
        self.returnPressed.connect(self._enter)

    def search(self) -> None:
        """Ask now for what stands there."""
        self._pause.stop()
        self.searched.emit(self.text().strip())

    def _wait(self, _words: str) -> None:
        self._pause.start()

    def _enter(self) -> None:
        self.search()
        self.entered.emit()
