"""The drawing surface: a reportlab canvas with the origin at the top left, in points, and nothing else of reportlab.

The same calls give the same bytes: no time stamp and no random name goes into the file, so its hash can be filed.
"""

from collections.abc import Sequence
from io import BytesIO
from typing import Any

from reportlab.pdfgen.canvas import Canvas

from app.reports.fonts import load
from app.reports.symbols import Symbol
from app.reports.typesetting import BLACK, Ink, Line, Style, set_text

MM = 72 / 25.4
BASELINE = 0.88  # of the size, from the top of the em box of Noto Sans SC


class Pen:
    """One document being drawn; ``title`` and ``subject`` go into its properties."""

    def __init__(self, *, size: tuple[float, float], title: str, author: str, subject: str = "") -> None:
        load()
        self.width, self.height = size
        self._file = BytesIO()
        self._canvas: Any = Canvas(self._file, pagesize=size, invariant=1, pageCompression=1)
        self._canvas.setTitle(title)
        self._canvas.setAuthor(author)
        self._canvas.setSubject(subject)
        self._canvas.setCreator("RecallDesk")
        self._canvas.setProducer("RecallDesk")

    def next_page(self) -> None:
        self._canvas.showPage()

    def finish(self) -> bytes:
        self._canvas.save()
        return self._file.getvalue()

    def line_of_text(self, x: float, top: float, line: Line) -> None:
        """Draw a set line whose box starts ``top`` points from the top of the page."""
        baseline = self.height - top - (line.leading - line.size) / 2 - BASELINE * line.size
        for piece in line.pieces:
            self._canvas.setFillColorRGB(piece.ink.red, piece.ink.green, piece.ink.blue)
            self._canvas.setFont(piece.face.value, piece.size)
            self._canvas.drawString(x + piece.x, baseline, piece.text)

    def lines(self, x: float, top: float, lines: Sequence[Line]) -> float:
        """Draw lines one under the other; the answer is where the next one would start."""
        for line in lines:
            self.line_of_text(x, top, line)
            top += line.leading
        return top

    def text(self, x: float, top: float, text: str, style: Style, *, align: float = 0.0) -> None:
        """One line that is never broken; ``align`` 0 starts at ``x``, 0.5 centres on it, 1 ends at it."""
        for line in set_text(text.replace("\n", " "), style, 1e6):
            self.line_of_text(x - align * line.width, top, line)

    def rule(self, x: float, y: float, width: float, ink: Ink = BLACK, weight: float = 0.5) -> None:
        self._stroke(ink, weight)
        self._canvas.line(x, self.height - y, x + width, self.height - y)

    def upright(self, x: float, y: float, height: float, ink: Ink = BLACK, weight: float = 0.5) -> None:
        self._stroke(ink, weight)
        self._canvas.line(x, self.height - y, x, self.height - y - height)

    def box(
        self,
        x: float,
        y: float,
        width: float,
        height: float,
        *,
        fill: Ink | None = None,
        stroke: Ink | None = None,
        weight: float = 0.75,
        radius: float = 0.0,
    ) -> None:
        """A rectangle, with round corners where ``radius`` is given."""
        self._fill(fill or BLACK)
        self._stroke(stroke or BLACK, weight)
        flags = {"fill": int(fill is not None), "stroke": int(stroke is not None)}
        self._canvas.roundRect(x, self.height - y - height, width, height, radius, **flags)

    def disc(self, x: float, y: float, radius: float, fill: Ink) -> None:
        """A filled circle around (x, y)."""
        self._fill(fill)
        self._canvas.circle(x, self.height - y, radius, fill=1, stroke=0)

    def polygon(self, points: Sequence[tuple[float, float]], fill: Ink) -> None:
        self._fill(fill)
        path = self._canvas.beginPath()
        first, *rest = points
        path.moveTo(first[0], self.height - first[1])
        for x, y in rest:
            path.lineTo(x, self.height - y)
        path.close()
        self._canvas.drawPath(path, fill=1, stroke=0)

    def symbol(self, x: float, y: float, symbol: Symbol, *, module: float, bar: float | None = None) -> None:
        """A barcode as one black path; ``module`` is its X dimension, ``bar`` the height of a row where it differs."""
        row_height = bar or module
        self._fill(BLACK)
        path = self._canvas.beginPath()
        for column, row, length in symbol.bars():
            top = self.height - y - row * row_height
            path.rect(x + column * module, top - row_height, length * module, row_height)
        self._canvas.drawPath(path, fill=1, stroke=0)

    def watermark(self, text: str, style: Style) -> None:
        """Pale letters across the page, under whatever is drawn later."""
        self._canvas.saveState()
        self._canvas.translate(self.width / 2, self.height / 2)
        self._canvas.rotate(52)
        for line in set_text(text, style, 1e6):
            for piece in line.pieces:
                self._fill(piece.ink)
                self._canvas.setFont(piece.face.value, piece.size)
                self._canvas.drawString(piece.x - line.width / 2, -style.size / 3, piece.text)
        self._canvas.restoreState()

    def _fill(self, ink: Ink) -> None:
        self._canvas.setFillColorRGB(ink.red, ink.green, ink.blue)

    def _stroke(self, ink: Ink, weight: float) -> None:
        self._canvas.setStrokeColorRGB(ink.red, ink.green, ink.blue)
        self._canvas.setLineWidth(weight)
