"""Labels: fields flowed into a narrow box, made smaller until everything fits; only a product name may be shortened.

Distances are multiples of 0.125 mm, one dot of a 203 dpi printer, and symbols have whole-dot modules: at other sizes
such printers draw modules of uneven width, which scanners refuse.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import ClassVar

from app.core.errors import AppError
from app.reports.fonts import Face
from app.reports.pen import MM, Pen
from app.reports.rows import LabelSize
from app.reports.speech import Pair
from app.reports.symbols import Symbol
from app.reports.typesetting import BLACK, Line, Style, measure, set_text

DOT = 0.125 * MM
SCALES = (1.0, 0.94, 0.88, 0.82, 0.76, 0.7, 0.64, 0.58, 0.52, 0.46, 0.4)
LINE_HEIGHT = 1.2
ELLIPSIS = "…"


class LabelOverflowError(AppError):
    """What the label must say does not fit on the stock, even in the smallest letters."""

    code: ClassVar[str] = "label_overflow"


@dataclass(frozen=True)
class Field:
    """A labelled value. ``max_lines`` shortens the value; 0 keeps all of it."""

    label: str
    value: str
    size: float
    face: Face = Face.SANS
    share: float = 1.0
    max_lines: int = 0


Band = tuple[Field, ...]
RULE: Band = ()


@dataclass(frozen=True)
class Stock:
    """One label stock: where the text and the symbol may stand, in points, and its type."""

    size: LabelSize
    head: float
    margin: float
    text_width: float
    label_width: float
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


LARGE = Stock(LabelSize.LARGE, 21 * MM, 4 * MM, 66 * MM, 14.5 * MM, 7.5)
SMALL = Stock(LabelSize.SMALL, 11.75 * MM, 2.5 * MM, 39 * MM, 9 * MM, 5.5)
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
    """The bands of a label set at one scale."""

    def __init__(self, bands: Sequence[Band], stock: Stock, scale: float) -> None:
        self._stock, self._scale = stock, scale
        self._bands = [(band, [self._set(band, field) for field in band]) for band in bands]

    def height(self) -> float:
        return sum(self._band_height(lines) for _, lines in self._bands)

    def _room(self, band: Band, field: Field) -> float:
        share = field.share / sum(one.share for one in band)
        return share * self._stock.text_width - self._indent(field) - (3 if len(band) > 1 else 0)

    def _indent(self, field: Field) -> float:
        if not field.label:
            return 0.0
        return max(self._stock.label_width, measure(field.label, self._label_style()) + 3) * self._scale

    def _label_style(self) -> Style:
        size = self._stock.label_size * self._scale
        return Style(size, size * LINE_HEIGHT)

    def _set(self, band: Band, field: Field) -> tuple[Line, ...]:
        size = field.size * self._scale
        style = Style(size, size * LINE_HEIGHT, field.face)
        return shortened(field.value, style, self._room(band, field), field.max_lines)

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
        left = x
        whole = sum(field.share for field in band) or 1.0
        for field, lines in zip(band, columns, strict=True):
            if field.label and lines:
                style = replace(self._label_style(), leading=lines[0].leading)
                pen.text(left, y + 0.08 * (lines[0].size - style.size), field.label, style)
            pen.lines(left + self._indent(field), y, lines)
            left += field.share / whole * self._stock.text_width


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
