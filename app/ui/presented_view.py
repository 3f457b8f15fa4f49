"""A page, or a part of one, that has a presenter and tells it when it is seen."""

from PySide6.QtCore import QEvent
from PySide6.QtGui import QHideEvent, QShowEvent
from PySide6.QtWidgets import QWidget

from app.ui.presenter import Presenter


class PresentedView(QWidget):
    """The first sight of it makes the first load. Texts that are not callables are set in ``retranslate``."""

    def __init__(self, presenter: Presenter | None = None, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._seen_by = presenter

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
