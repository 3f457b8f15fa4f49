"""The program's mark beside the clock: it stays while the window is closed, and tells of an alarm."""

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QApplication, QMenu, QSystemTrayIcon

from app.ui.language import say

TOLD_MS = 20_000


class Tray(QObject):
    """Shown only when there is something to say; some desktops have no such place."""

    opened = Signal()
    """A click on the mark, on its message, or the menu: show the window."""
    quit_pressed = Signal()

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._icon: QSystemTrayIcon | None = None
        self._menu: QMenu | None = None

    @property
    def is_available(self) -> bool:
        """Whether this desktop has a place for it."""
        return QSystemTrayIcon.isSystemTrayAvailable()

    def stay(self) -> None:
        """The window is closed: the mark says that the program still runs."""
        self.tell(say("alarm.stay.tray_title"), say("alarm.stay.tray"), is_alarm=False)

    def tell(self, title: str, words: str, *, is_alarm: bool = True) -> None:
        if not self.is_available:
            return
        icon = self._icon or self._make()
        icon.setToolTip(say("alarm.stay.tray_title"))
        icon.show()
        kinds = QSystemTrayIcon.MessageIcon
        icon.showMessage(title, words, kinds.Critical if is_alarm else kinds.Information, TOLD_MS)

    def _make(self) -> QSystemTrayIcon:
        self._icon = QSystemTrayIcon(QApplication.windowIcon(), self)
        self._icon.messageClicked.connect(self.opened)
        self._icon.activated.connect(self._activated)
        self._menu = QMenu()
        self._menu.aboutToShow.connect(self._fill)
        self._fill()
        self._icon.setContextMenu(self._menu)
        return self._icon

    def _fill(self) -> None:
        """In the language of the moment."""
        if self._menu is not None:
            self._menu.clear()
            self._menu.addAction(say("alarm.stay.open"), self.opened.emit)
            self._menu.addAction(say("alarm.stay.quit"), self.quit_pressed.emit)

    def _activated(self, why: QSystemTrayIcon.ActivationReason) -> None:
        if why is not QSystemTrayIcon.ActivationReason.Context:
            self.opened.emit()

    def close(self) -> None:
        """The program ends."""
        if self._icon is not None:
            self._icon.hide()
        self._icon = self._menu = None
