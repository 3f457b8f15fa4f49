"""Barcode symbols as modules: what is dark, counted in whole modules, for the pen to paint.

DataMatrix always square (a rectangle is read badly by cheap scanners). Encoded by zxing-cpp: reportlab's own
DataMatrix cannot write FNC1 and ends some contents with a NUL.
"""

from collections.abc import Iterator
from typing import Any, NamedTuple, cast

import zxingcpp


class Symbol(NamedTuple):
    """Rows of modules, True where dark, without the quiet zone. A linear symbol has one row."""

    rows: tuple[tuple[bool, ...], ...]

    @property
    def width(self) -> int:
        return len(self.rows[0])

    @property
    def height(self) -> int:
        return len(self.rows)

    def bars(self) -> Iterator[tuple[int, int, int]]:
        """Dark stretches as (column, row, length)."""
        for row_number, row in enumerate(self.rows):
            start = None
            for column, dark in enumerate((*row, False)):
                if dark and start is None:
                    start = column
                elif not dark and start is not None:
                    yield start, row_number, column - start
                    start = None


def data_matrix(content: str) -> Symbol:
    """A square DataMatrix of plain text, read back as ``]d1``."""
    return _symbol(zxingcpp.create_barcode(content, zxingcpp.BarcodeFormat.DataMatrix, force_square=True))


def gs1_data_matrix(bracketed: str) -> Symbol:
    """A square GS1 DataMatrix, read back as ``]d2``; ``bracketed`` as in ``app.reports.codes.bracketed``."""
    made = zxingcpp.create_barcode(bracketed, zxingcpp.BarcodeFormat.DataMatrix, gs1=True, force_square=True)
    return _symbol(made)


def code_128(content: str) -> Symbol:
    """One row of a Code 128."""
    whole = _symbol(zxingcpp.create_barcode(content, zxingcpp.BarcodeFormat.Code128))
    return Symbol(whole.rows[:1])


def _symbol(made: zxingcpp.Barcode) -> Symbol:
    image = cast("Any", made.to_image(scale=1, add_quiet_zones=False))
    pixels = cast("list[list[int]]", memoryview(image).tolist())
    return Symbol(tuple(tuple(value < 128 for value in row) for row in pixels))
