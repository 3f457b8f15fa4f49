"""A scan letter by letter: what each one is in hexadecimal, which belong together, and where something is wrong."""

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QPainter, QPaintEvent, QPen, QResizeEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from app.ui import theme
from app.ui.widgets import painting

WIDTH, HEIGHT, GAP, BELOW = 41.0, 46.0, 3.0, 24.0
MOST = 170
"""More letters than ten rows are not drawn; the list below keeps the whole scan."""
NAMES = {4: "EOT", 9: "TAB", 10: "LF", 13: "CR", 28: "FS", 29: "GS", 30: "RS", 31: "US", 32: "SP"}


@dataclass(frozen=True, slots=True)
class ByteSpan:
    """Letters ``begin`` to before ``end`` that belong together; ``tone`` is a tint of the theme, ``plain`` none."""

    begin: int
    end: int
    tone: str
    words: str = ""


class ByteStrip(QWidget):
    """As many letters a row as fit; the words of a span stand under its first row."""

    def __init__(self) -> None:
        super().__init__()
        self._letters = ""
        self._spans: tuple[ByteSpan, ...] = ()
        self._marks: frozenset[int] = frozenset()
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self._fit()

    def show_letters(self, letters: str, spans: Sequence[ByteSpan], marks: Sequence[int], name: str) -> None:
        """``marks`` are letters before which something is missing or wrong; ``name`` is read aloud."""
        self._letters = letters[:MOST]
        self._spans, self._marks = tuple(spans), frozenset(marks)
        self.setAccessibleName(name)
        self._fit()
        self.update()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fit()

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        columns = self._columns()
        tones = self._tones()
        for place, letter in enumerate(self._letters):
            self._draw_letter(painter, self._cell(place, columns), letter, tones[place])
        for span in self._spans:
            self._draw_span(painter, span, columns)
        for mark in self._marks:
            if mark < len(self._letters):
                cell = self._cell(mark, columns)
                painter.setPen(QPen(theme.colour("stop"), 2))
                left = int(cell.left()) - 2
                painter.drawLine(left, int(cell.top()) - 2, left, int(cell.bottom()) + 4)

    def _columns(self) -> int:
        return max(8, int((self.width() + GAP) // (WIDTH + GAP)))

    def _fit(self) -> None:
        rows = max(1, -(-len(self._letters) // self._columns()))
        self.setFixedHeight(int(rows * (HEIGHT + BELOW)))

    def _cell(self, place: int, columns: int) -> QRectF:
        row, column = divmod(place, columns)
        return QRectF(column * (WIDTH + GAP), row * (HEIGHT + BELOW), WIDTH, HEIGHT)

    def _tones(self) -> list[str]:
        tones = ["plain"] * len(self._letters)
        for span in self._spans:
            for place in range(span.begin, min(span.end, len(tones))):
                tones[place] = span.tone
        return tones

    def _draw_letter(self, painter: QPainter, cell: QRectF, letter: str, tone: str) -> None:
        painting.rounded(painter, cell, 3, theme.colour(f"{tone}_bg"))
        shown = NAMES.get(ord(letter), letter if letter.isprintable() else "?")
        size = theme.HEAD if len(shown) == 1 else theme.SMALL
        upper, lower = cell.adjusted(0, 4, 0, -18), cell.adjusted(0, 26, 0, -3)
        ink, centre = theme.colour(tone), Qt.AlignmentFlag.AlignHCenter
        painting.draw_text(painter, upper, shown, theme.font(size, bold=True, mono=True), ink, centre)
        painting.draw_text(painter, lower, f"{ord(letter):02X}", theme.font(theme.SMALL, mono=True), ink, centre)

    def _draw_span(self, painter: QPainter, span: ByteSpan, columns: int) -> None:
        if not span.words or span.begin >= len(self._letters):
            return
        last = min(span.end, len(self._letters), (span.begin // columns + 1) * columns) - 1
        begin, end = self._cell(span.begin, columns), self._cell(last, columns)
        line = QRectF(begin.left(), begin.bottom() + 3, end.right() - begin.left(), 2)
        painter.fillRect(line, theme.colour(span.tone))
        room = QRectF(line.left(), line.bottom() + 1, max(line.width(), 150), 16)
        room.moveRight(min(room.right(), float(self.width())))
        painting.draw_text(painter, room, span.words, theme.font(theme.SMALL), theme.colour(span.tone))
