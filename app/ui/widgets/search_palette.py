"""Ctrl+K: one field that finds anything, and a list to choose from, over the window."""

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import QEvent, QObject, QRectF, Qt, QTimer, Signal
from PySide6.QtGui import QKeyEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QVBoxLayout, QWidget

from app.ui import theme
from app.ui.language import say
from app.ui.widgets import painting
from app.ui.widgets.cells import Cell
from app.ui.widgets.fields import TextInput
from app.ui.widgets.labels import Label, Rule, muted
from app.ui.widgets.rows_model import Column
from app.ui.widgets.table import DataTable

WIDTH, TOP, PAUSE_MS, SHOWN = 640, 72, 120, 8


@dataclass(frozen=True, slots=True)
class Found:
    """One thing that was found: ``kind`` in words, ``key`` and ``target`` say where it leads."""

    key: str
    title: str
    note: str = ""
    kind: str = ""
    icon: str = "search"
    ink: str = "muted"
    target: object = None

    @property
    def id(self) -> tuple[str, object]:
        return self.key, self.target


class SearchPalette(QWidget):
    """Opens over its parent; Esc or a click beside it closes it. Never modal, never a window of its own."""

    typed = Signal(str)
    """What to look for, after a pause of 120 ms; an empty text asks for what is usual."""
    picked = Signal(object)
    """The ``Found`` a person chose."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self._host = parent
        column = QVBoxLayout(self)
        column.setContentsMargins(12, 12, 12, 8)
        column.setSpacing(8)
        self.entry = TextInput(lambda: say("widgets.search.hint"), icon="search", height=40)
        self.entry.setAccessibleName(say("widgets.search.name"))
        self._table: DataTable[Found] = DataTable(
            (
                Column("", lambda f: f.title, cell=_title, stretch=1),
                Column("", lambda f: f.kind, cell=_kind, width=130, align="right"),
            ),
            two_lines=True,
            sortable=False,
            name=lambda: say("widgets.search.name"),
        )
        self._table.horizontalHeader().hide()
        self._table.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self._nothing = Label(lambda: say("widgets.search.nothing"), "muted", theme.BODY)
        self._nothing.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self._nothing.setFixedHeight(64)
        for widget in (self.entry, Rule(), self._table, self._nothing, muted(lambda: say("widgets.search.keys"))):
            column.addWidget(widget)
        self._pause = QTimer(self, singleShot=True, interval=PAUSE_MS)
        self._pause.timeout.connect(self._ask)
        self.entry.textChanged.connect(self._pause.start)
        self.entry.installEventFilter(self)
        self._table.opened.connect(self._pick)
        self._table.clicked.connect(lambda: self._pick(self._table.chosen_row()))
        parent.installEventFilter(self)
        self.hide()

    def open(self, words: str = "") -> None:
        """Show the palette with the cursor in its field."""
        self.entry.setText(words)
        self.entry.selectAll()
        self.show_results(())
        self.show()
        self.raise_()
        self.entry.setFocus()
        self._ask()

    def show_results(self, found: Sequence[Found]) -> None:
        """Show what was found; the first is chosen."""
        self._table.set_rows(found)
        if found:
            self._table.choose(found[0].id)
        self._table.setVisible(bool(found))
        self._table.setFixedHeight(48 * min(SHOWN, len(found)) + 1)
        self._nothing.setVisible(not found and bool(self.entry.text()))
        self._place()

    def _ask(self) -> None:
        self._pause.stop()
        self.typed.emit(self.entry.text().strip())

    def _pick(self, found: Found | None) -> None:
        if found is not None:
            self.hide()
            self.picked.emit(found)

    def _place(self) -> None:
        self.setFixedWidth(min(WIDTH, self._host.width() - 40))
        self.adjustSize()
        self.move((self._host.width() - self.width()) // 2, TOP)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if not self.isVisible():
            return False
        if watched is self._host:
            if event.type() == QEvent.Type.Resize:
                self._place()
            elif event.type() == QEvent.Type.MouseButtonPress:
                self.hide()
            return False
        return isinstance(event, QKeyEvent) and event.type() == QEvent.Type.KeyPress and self._steer(event)

    def _steer(self, event: QKeyEvent) -> bool:
        if event.key() in (Qt.Key.Key_Up, Qt.Key.Key_Down, Qt.Key.Key_PageUp, Qt.Key.Key_PageDown):
            self._table.keyPressEvent(event)
            return True
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self._pick(self._table.chosen_row())
            return True
        if event.key() == Qt.Key.Key_Escape:
            self.hide()
            return True
        return False

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painting.rounded(painter, QRectF(self.rect()), 10, theme.colour("raised"), theme.colour("field"))
        painter.end()


def _title(found: Found) -> Cell:
    return Cell(found.title, found.note, icon=found.icon, icon_ink=found.ink)


def _kind(found: Found) -> Cell:
    return Cell(found.kind, ink="muted", is_small=True)
