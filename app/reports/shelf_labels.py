"""Labels for the shelves of a store: an A4 sheet to be cut, each with a DataMatrix and its code in large letters."""

from collections.abc import Sequence

from app.reports.codes import shelf_code
from app.reports.fonts import Face
from app.reports.pen import MM, Pen
from app.reports.store_rows import ShelfLabel
from app.reports.styles import LINE
from app.reports.symbols import data_matrix
from app.reports.typesetting import Style, fitted

PAGE = (210 * MM, 297 * MM)
COLUMNS, ROWS = 2, 7
MARGIN = 12 * MM
WIDTH = (PAGE[0] - 2 * MARGIN) / COLUMNS
HEIGHT = (PAGE[1] - 2 * MARGIN) / ROWS
PAD = 4 * MM
SIDE = 24 * MM
CODE = Style(30, 36, Face.MONO_BOLD)
PLACE = Style(11, 15, Face.BOLD)
SMALL = Style(8, 11, Face.SANS)


def render_shelf_labels(labels: Sequence[ShelfLabel]) -> bytes:
    """Fourteen labels a page."""
    pen = Pen(size=PAGE, title="RD:SHELF", author="", subject="")
    for index, label in enumerate(labels):
        slot = index % (COLUMNS * ROWS)
        if index and not slot:
            pen.next_page()
        _draw(pen, MARGIN + slot % COLUMNS * WIDTH, MARGIN + slot // COLUMNS * HEIGHT, label)
    pen.next_page()
    return pen.finish()


def _draw(pen: Pen, x: float, y: float, label: ShelfLabel) -> None:
    pen.box(x, y, WIDTH, HEIGHT, stroke=LINE)
    content = shelf_code(label.code)
    symbol = data_matrix(content)
    pen.symbol(x + PAD, y + PAD, symbol, module=SIDE / symbol.width)
    left, room = x + 2 * PAD + SIDE, WIDTH - 3 * PAD - SIDE
    pen.text(left, y + PAD, label.place, fitted(label.place, PLACE, room, 7))
    pen.text(left, y + PAD + 15, label.place_en, fitted(label.place_en, SMALL, room, 6))
    pen.text(left, y + PAD + 28, label.code, fitted(label.code, CODE, room, 10))
    pen.text(left, y + HEIGHT - PAD - 11, label.note or content, fitted(label.note or content, SMALL, room, 6))
