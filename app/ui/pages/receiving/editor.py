"""The one field inside the table: types what a line lacks, where it lacks it."""

import unicodedata

from PySide6.QtCore import QEvent, QObject, Qt, Signal
from PySide6.QtGui import QKeyEvent

from app.core.statuses.receipt import LineElement
from app.core.statuses.stock import LineState
from app.queries.deliveries import LineRow
from app.services.receiving_lines import Typed
from app.ui import formats
from app.ui.language import Caption, say, spoken
from app.ui.pages.receiving.columns import EDITED_IN
from app.ui.widgets.fields import TextInput
from app.ui.widgets.table import DataTable

INSET = 6


class LineEditor(TextInput):
    """Sits in the cell of the part a line lacks. Enter takes what was typed; Delete in the empty field takes back."""

    typed = Signal(object)
    """Typed."""
    counted = Signal(int)
    wrong = Signal(str)
    changed = Signal(str)
    """What stands in the field, so that the pane can show it too."""
    take_back_wanted = Signal()

    def __init__(self, table: DataTable[LineRow]) -> None:
        super().__init__(self._hint, mono=True)
        self._table = table
        self._line: LineRow | None = None
        self.setParent(table.viewport())
        self.hide()
        self.returnPressed.connect(self._take)
        self.textEdited.connect(self._edited)
        table.viewport().installEventFilter(self)
        table.verticalScrollBar().valueChanged.connect(lambda: self._place())

    def _hint(self) -> str:
        return say("widgets.date.pattern") if self.element in (LineElement.EXPIRY, LineElement.PRODUCTION) else ""

    @property
    def element(self) -> LineElement | None:
        """What is asked for now."""
        line = getattr(self, "_line", None)
        return line.element if line is not None else None

    def ask(self, line: LineRow | None) -> None:
        """Open over the line, if it waits for something that can be typed into its row; else close."""
        if line is None or line.state is not LineState.INCOMPLETE or line.element not in EDITED_IN:
            self._line = None
            self.hide()
            return
        if not line.product_id:
            self._line = None
            self.hide()
            return
        is_new = self._line is None or (self._line.id, self._line.element) != (line.id, line.element)
        self._line = line
        if is_new:
            self.clear()
            self.set_wrong(False)
        self.setPlaceholderText(self._hint())
        self.setAccessibleName(say(f"status.line_element.{line.element.value}"))
        self._place()
        self.show()
        self.setFocus()

    def _place(self) -> None:
        if self._line is None:
            return
        rows = [row.id for row in self._table.rows]
        if self._line.id not in rows:
            self.hide()
            return
        index = self._table.model().index(rows.index(self._line.id), EDITED_IN[self._line.element or LineElement.LOT])
        cell = self._table.visualRect(index)
        self.setGeometry(cell.x() + INSET, cell.y() + 8, cell.width() - 2 * INSET, 32)

    def _edited(self, words: str) -> None:
        self.set_wrong(False)
        self.changed.emit(words)

    def _take(self) -> None:
        words, element = self.text().strip(), self.element
        if not words or element is None:
            return
        if element is LineElement.QUANTITY:
            plain = unicodedata.normalize("NFKC", words).replace(",", "")
            if plain.isdecimal():
                self.counted.emit(int(plain))
            else:
                self._refuse(spoken("widgets.number.unreadable"))
        elif element in (LineElement.LOT, LineElement.SERIAL):
            self.typed.emit(Typed(lot=words) if element is LineElement.LOT else Typed(serial=words))
        else:
            self._take_date(words, element)

    def _take_date(self, words: str, element: LineElement) -> None:
        try:
            read = formats.typed_date(words)
        except ValueError:
            self._refuse(spoken("widgets.date.unreadable"))
            return
        if element is LineElement.EXPIRY:
            self.typed.emit(Typed(expiry_on=read.day, expiry_is_month=read.is_month_only))
        else:
            self.typed.emit(Typed(production_on=read.day))

    def _refuse(self, words: Caption) -> None:
        self.set_wrong(True)
        self.wrong.emit(words if isinstance(words, str) else words())

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Delete and not self.text():
            self.take_back_wanted.emit()
            return
        if event.key() in (Qt.Key.Key_Up, Qt.Key.Key_Down):
            self._table.setFocus()
            self._table.keyPressEvent(event)
            return
        super().keyPressEvent(event)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() == QEvent.Type.Resize:
            self._place()
        return super().eventFilter(watched, event)
