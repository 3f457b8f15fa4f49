"""Labels: fields flowed into a narrow box, made smaller until everything fits; only a product name may be shortened.

Distances are multiples of 0.125 mm, one dot of a 203 dpi printer, and symbols have whole-dot modules: at other sizes
such printers draw modules of uneven width, which scanners refuse.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import ClassVar

from app.core.errors import AppError
from app.reports.fonts import Face
from app.reports.pen import BASELINE, MM, Pen
from app.reports.rows import LabelSize
from app.reports.speech import Pair
from app.reports.symbols import Symbol
from app.reports.typesetting import BLACK, Ink, Line, Style, fitted, measure, set_text

DOT = 0.125 * MM
SCALES = (1.0, 0.94, 0.88, 0.82, 0.76, 0.7, 0.64, 0.58, 0.52, 0.46, 0.4)
LINE_HEIGHT = 1.2
ON_BASELINE = (LINE_HEIGHT - 1) / 2 + BASELINE
ELLIPSIS = "…"


class LabelOverflowError(AppError):
    """What the label must say does not fit on the stock, even in the smallest letters."""

    code: ClassVar[str] = "label_overflow"


@dataclass(frozen=True)
class Field:
    """A labelled value. ``max_lines`` shortens it, 0 keeps all of it; ``is_chip`` is white on black, on one line."""

    label: str
    value: str
    size: float
    face: Face = Face.SANS
    share: float = 1.0
    max_lines: int = 0
    is_chip: bool = False


Band = tuple[Field, ...]
RULE: Band = ()


@dataclass(frozen=True)
class Stock:
    """One label stock: where the text and the symbol may stand, in points, and its type."""

    size: LabelSize
    head: float
    margin: float
    text_width: float
    label_size: float

    @property
    def width(self) -> float:
        return self.size.value[0] * MM

    @property
    def height(self) -> float:
        return self.size.value[1] * MM

    @property
    def symbol_room(self) -> float:
        return self.width - self.text_width - 3 * self.margin


LARGE = Stock(LabelSize.LARGE, 21 * MM, 4 * MM, 66 * MM, 7.5)
SMALL = Stock(LabelSize.SMALL, 11.75 * MM, 2.5 * MM, 39 * MM, 5.5)
STOCKS = {LabelSize.LARGE: LARGE, LabelSize.SMALL: SMALL}


def caption(words: Pair) -> str:
    """批号 LOT on a label in both languages."""
    return words.inline


def shortened(text: str, style: Style, width: float, lines: int) -> tuple[Line, ...]:
    """``text`` on at most ``lines`` lines, ended by an ellipsis where something is left out."""
    whole = set_text(text, style, width)
    if not lines or len(whole) <= lines:
        return whole
    low, high = 0, len(text)
    while low < high:
        middle = (low + high + 1) // 2
        if len(set_text(text[:middle].rstrip() + ELLIPSIS, style, width)) <= lines:
            low = middle
        else:
            high = middle - 1
    return set_text(text[:low].rstrip() + ELLIPSIS, style, width)


class Column:
    """The bands of a label set at one scale; labels of one column share an indent, a band shares a baseline."""

    def __init__(self, bands: Sequence[Band], stock: Stock, scale: float) -> None:
        self._stock, self._scale = stock, scale
        size = stock.label_size * scale
        self._label = Style(size, size * LINE_HEIGHT)
        self._indents = [self._widest(bands, index) for index in range(max(len(band) for band in bands))]
        self._bands = [(band, [self._set(band, index) for index in range(len(band))]) for band in bands]

    def height(self) -> float:
        return sum(self._band_height(lines) for _, lines in self._bands)

    def _widest(self, bands: Sequence[Band], index: int) -> float:
        labels = [band[index].label for band in bands if len(band) > index]
        return max((measure(label, self._label) for label in labels if label), default=0.0) + 5 * self._scale

    def _indent(self, band: Band, index: int) -> float:
        return self._indents[index] if band[index].label else 0.0

    def _room(self, band: Band, index: int) -> float:
        share = band[index].share / sum(one.share for one in band)
        return share * self._stock.text_width - self._indent(band, index) - (3 if len(band) > 1 else 0)

    def _set(self, band: Band, index: int) -> tuple[Line, ...]:
        field, room = band[index], self._room(band, index)
        size = field.size * self._scale
        style = Style(size, size * LINE_HEIGHT, field.face)
        if field.is_chip:
            style = replace(fitted(field.value, style, room - size, 4), ink=Ink(1, 1, 1))
        return shortened(field.value, style, room, field.max_lines)

    def _band_height(self, columns: Sequence[tuple[Line, ...]]) -> float:
        if not columns:
            return 5 * self._scale
        return max(sum(line.leading for line in lines) for lines in columns) + 1.5 * self._scale

    def draw(self, pen: Pen, x: float, y: float, spare: float) -> None:
        """Draw from the top; what is left of the height is shared out between the bands."""
        between = min(spare / max(len(self._bands) - 1, 1), 5)
        for band, columns in self._bands:
            if not band:
                pen.rule(x, y + 2.5 * self._scale, self._stock.text_width, BLACK, 1.0)
            self._draw_band(pen, x, y, band, columns)
            y += self._band_height(columns) + between

    def _draw_band(self, pen: Pen, x: float, y: float, band: Band, columns: Sequence[tuple[Line, ...]]) -> None:
        largest = max((lines[0].size for lines in columns if lines), default=0.0)
        whole = sum(field.share for field in band) or 1.0
        for index, (field, lines) in enumerate(zip(band, columns, strict=True)):
            if lines:
                top = y + ON_BASELINE * (largest - lines[0].size)
                if field.is_chip:
                    self._draw_chip(pen, x, top, lines[0])
                    top_left = x + lines[0].size / 2
                else:
                    pen.text(x, y + ON_BASELINE * (largest - self._label.size), field.label, self._label)
                    top_left = x + self._indent(band, index)
                pen.lines(top_left, top, lines)
            x += field.share / whole * self._stock.text_width

    def _draw_chip(self, pen: Pen, x: float, y: float, line: Line) -> None:
        pen.box(x, y - 0.5, line.width + line.size, line.leading + 1, fill=BLACK, radius=line.size * 0.2)


def draw_column(pen: Pen, stock: Stock, bands: Sequence[Band], top: float) -> None:
    """The bands in the largest type that fits between ``top`` and the lower edge. Raises LabelOverflowError."""
    room = stock.height - top - stock.margin * 0.75
    filled = [band for band in bands if not band or any(field.value for field in band)]
    for scale in SCALES:
        column = Column(filled, stock, scale)
        if column.height() <= room:
            column.draw(pen, stock.margin, top, room - column.height())
            return
    raise LabelOverflowError(width=stock.size.value[0], height=stock.size.value[1])


def symbol_module(symbol: Symbol, room: float) -> float:
    """The largest module of whole printer dots with which the symbol fits into ``room``."""
    return max(int(room / symbol.width / DOT), 2) * DOT
