"""Closing the window is not the end where recalls are watched for: the screen is locked and the program stays."""

from collections.abc import Callable

from PySide6.QtCore import QEvent, QObject, Qt, Signal, Slot
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QApplication, QHBoxLayout, QVBoxLayout, QWidget

from app.ui import theme
from app.ui.language import spoken
from app.ui.shell.alarm_watch import AlarmWatch
from app.ui.shell.tray import Tray
from app.ui.widgets.buttons import KeycapButton
from app.ui.widgets.card import Surface
from app.ui.widgets.labels import IconMark, Label

WIDTH = 540


class StayPane(Surface):
    """Over the lock screen, where there is no place beside the clock: keep the watch minimised, or end it knowingly."""

    stayed = Signal()
    ended = Signal()

    def __init__(self, over: QWidget) -> None:
        super().__init__("surface", "line", 10)
        self.setParent(over)
        self._over = over
        self.setFixedWidth(WIDTH)
        column = QVBoxLayout(self)
        column.setContentsMargins(28, 24, 28, 24)
        column.setSpacing(12)
        head = QHBoxLayout()
        head.setSpacing(12)
        head.addWidget(IconMark("bell", "attention", 24), 0, Qt.AlignmentFlag.AlignTop)
        head.addWidget(Label(spoken("alarm.stay.title"), "text", theme.HEAD, bold=True, wrap=True), 1)
        self.stay = KeycapButton(spoken("alarm.stay.minimise"), kind="primary", cap="Esc", height=40)
        self.end = KeycapButton(spoken("alarm.stay.end"), kind="quiet", height=40)
        row = QHBoxLayout()
        row.setSpacing(8)
        row.addWidget(self.stay)
        row.addWidget(self.end)
        row.addStretch(1)
        column.addLayout(head)
        column.addWidget(Label(spoken("alarm.stay.words"), "text", wrap=True))
        column.addSpacing(4)
        column.addLayout(row)
        self.stay.clicked.connect(self.stayed)
        self.end.clicked.connect(self.ended)
        over.installEventFilter(self)
        self.hide()

    def ask(self) -> None:
        self.show()
        self._place()
        self.raise_()
        self.stay.setFocus()

    def _place(self) -> None:
        self.adjustSize()
        self.move((self._over.width() - self.width()) // 2, (self._over.height() - self.height()) * 2 // 5)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() == QEvent.Type.Resize and self.isVisible():
            self._place()
        return super().eventFilter(watched, event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape:
            self.stayed.emit()
            return
        super().keyPressEvent(event)


class Staying(QObject):
    """Guards the windows against being closed for good, unless this computer stands at no place or somebody says so.

    Whoever was signed in is not left behind an invisible window: the screen is locked first, typed work stays.
    """

    lock_asked = Signal()

    def __init__(
        self,
        watch: AlarmWatch,
        tray: Tray,
        lock_screen: QWidget,
        end: Callable[[], None],
        parent: QObject | None = None,
    ) -> None:
        super().__init__(parent)
        self._watch, self.tray, self._screen, self._end = watch, tray, lock_screen, end
        self._is_ending = self._is_away = False
        self.pane = StayPane(lock_screen)
        self.pane.stayed.connect(self._minimise)
        self.pane.ended.connect(self.end)
        tray.opened.connect(self.come_back)
        tray.quit_pressed.connect(self.end)
        self.guard(lock_screen)

    def begin(self) -> None:
        """From now on only we end the program; a computer that is shut down is not held up."""
        app = QApplication.instance()
        if isinstance(app, QApplication):
            app.setQuitOnLastWindowClosed(False)
            app.commitDataRequest.connect(self._shut_down)

    def guard(self, window: QWidget) -> None:
        window.installEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() == QEvent.Type.Show:
            self._is_away = False
        if event.type() != QEvent.Type.Close or self._is_ending:
            return super().eventFilter(watched, event)
        if not self._watch.has_place:
            self.end()
            return False
        event.ignore()
        self.lock_asked.emit()
        self._go()
        return True

    def _go(self) -> None:
        if self.tray.is_available:
            self._screen.hide()
            self._is_away = True
            self.tray.stay()
        else:
            self.pane.ask()

    @Slot()
    def _minimise(self) -> None:
        self.pane.hide()
        self._screen.showMinimized()

    @Slot()
    def come_back(self) -> None:
        """Show the lock screen again, unless somebody has come in meanwhile, through the alarm."""
        if not self._is_away:
            return
        self._screen.showNormal()
        self._screen.raise_()
        self._screen.activateWindow()

    @Slot()
    def end(self) -> None:
        """The program ends; nothing is watched here any more."""
        self._is_ending = True
        self._end()

    @Slot()
    def _shut_down(self) -> None:
        self._is_ending = True
