"""Tables and tuples: labels in a row, then rows of values in the same order.

"Product Code/UDI-DI/Lots: A-1/00850022960338/1300001, ..." and a header line with tabs or wide gaps. In a framed table,
cells between tabs or upright lines, an empty cell keeps its column.
"""

import re
from collections.abc import Iterator
from typing import NamedTuple

from app.notices.clauses import IDENTITY_KEYS, PRODUCT_KEYS, ClauseKey
from app.notices.tokens import Token

_BETWEEN_LABELS = frozenset(" \t|/,、&")
_LONGEST_ROW = 2000
_GAPS = re.compile(r"[ ]*[\t|][ \t|]*|[ ]{2,}")
_COMMAS = re.compile(r"[ ]*[,，][ ]*")
_SPACES = re.compile(r"[ \t|]+")
_RULER = re.compile(r"[ \t|:+=-]+")
_FRAME = " \t|"
_NOTHING = frozenset({"", "-", "--", "/", "n/a", "na", "none", "无", "\u2013"})
_TITLES = {"di": ClauseKey.DI, "udi": ClauseKey.DI, "sn": ClauseKey.SERIAL, "货号": ClauseKey.REF}
"""What is a label only where it fills a cell of the header."""
_FRAMES = {"\t": re.compile(r"[ ]*\t[ ]*"), "|": re.compile(r"[ ]*\|[ ]*")}


class Cell(NamedTuple):
    """Where a cell of the present row begins and what its column means; None for a column without a known label."""

    start: int
    key: ClauseKey | None


class Columns:
    """The header that the last labels form, and where the cells of the present row begin."""

    def __init__(self, text: str, flat: str) -> None:
        self._text = text
        self._flat = flat
        self._labels: list[tuple[int, ClauseKey]] = []
        self._keys: list[ClauseKey | None] = []
        self._end = 0
        self._is_slashed = False
        self._frame = ""
        self._cells: list[Cell] = []
        self._open_row: tuple[int, int] | None = None
        self._of_lots: list[int] = []
        self._of_products: list[int] = []

    def label(self, token: Token, key: ClauseKey) -> None:
        """A label: it continues the header if only a separator or another column stands between it and the last."""
        gap = self._text[self._end : token.start] if self._labels else "\n"
        is_new = all(key is not one for _, one in self._labels)
        if is_new and self._continues(gap):
            self._labels.append((token.start, key))
            self._is_slashed = self._is_slashed or "/" in gap
        else:
            self._labels, self._is_slashed, self._frame = [(token.start, key)], False, ""
        self._end, self._keys, self._cells = token.end, [], []

    def other(self, token: Token) -> None:
        """A label that is no clause, such as a quantity: a column to skip if it stands in a header."""
        gap = self._text[self._end : token.start] if self._labels else "\n"
        if self._keys or not self._continues(gap):
            self.stop()
        else:
            self._end = token.end

    def _continues(self, gap: str) -> bool:
        if len(gap) <= 12 and set(gap) <= _BETWEEN_LABELS:
            return True
        return "\t" in gap and "\n" not in gap and len(gap) <= 40

    def stop(self) -> None:
        """The table is over."""
        self._labels, self._keys, self._cells, self._frame = [], [], [], ""

    @property
    def is_framed(self) -> bool:
        """Whether the text stands in a framed table, below its header."""
        return bool(self._frame)

    @property
    def has_cells(self) -> bool:
        """Whether a row is being read."""
        return bool(self._cells)

    def row(self, start: int, *, is_line: bool = False) -> bool:
        """A row begins at ``start`` if a header stands; a row that does not fit ends the table.

        ``is_line``: a new line begins there. True where a framed table has ended: what follows has no column.
        """
        if self._frame and not is_line:
            return False
        self._cells = []
        if len(self._labels) < 2:
            return False
        if not self._keys:
            self._keys = self._framed_header() if is_line else []
            self._keys = self._keys or self._header(start)
        if self._frame:
            return self._framed_row(start)
        self._plain_row(start)
        return False

    def _framed_header(self) -> list[ClauseKey | None]:
        """The column of each cell between tabs or upright lines; nothing where a cell speaks of two things."""
        begin = self._text.rfind("\n", max(0, self._labels[0][0] - _LONGEST_ROW), self._labels[0][0]) + 1
        for frame in _FRAMES:
            starts = self._framed(begin, self._line_end(self._labels[-1][0]), frame)
            if len(starts) < 2:
                continue
            keys: list[ClauseKey | None] = [None] * len(starts)
            places = [max(at for at, start in enumerate(starts) if start <= label) for label, _ in self._labels]
            if len(set(places)) == len(places) and self._labels[0][0] >= starts[0]:
                ends = [*starts[1:], self._line_end(starts[-1])]
                for at, (begin, end) in enumerate(zip(starts, ends, strict=True)):
                    keys[at] = _TITLES.get(self._flat[begin:end].strip(" \n"))
                for place, (_, key) in zip(places, self._labels, strict=True):
                    keys[place] = key
                self._frame = frame
                self._of_lots = [at for at, key in enumerate(keys) if key in IDENTITY_KEYS]
                self._of_products = [at for at, key in enumerate(keys) if key in PRODUCT_KEYS]
                return keys
        return []

    def _framed_row(self, start: int) -> bool:
        while start < len(self._text) and self._text[start] in "\r\n":
            start += 1
        end = self._line_end(start)
        line = self._text[start:end]
        if _RULER.fullmatch(line) or not line.strip():
            return False
        starts = self._framed(start, end, self._frame)
        while len(starts) > len(self._keys) and not self._text[starts[-1] : end].strip(_FRAME + "\r"):
            starts.pop()
        if len(starts) < 2 or len(starts) > len(self._keys):
            self.stop()
            return True
        self._cells = [Cell(at, key) for at, key in zip(starts, self._keys, strict=False)]
        self._open_row = (starts[0], end) if self._names_no_lot(starts, end) else None
        return False

    def _names_no_lot(self, starts: list[int], end: int) -> bool:
        """A row of a product whose cells for lot and serial number are empty, in a table that has such columns."""
        ends = [*starts[1:], end]
        if not self._of_lots or any(self._says(starts, ends, at) for at in self._of_lots):
            return False
        return any(self._says(starts, ends, at) for at in self._of_products)

    def _says(self, starts: list[int], ends: list[int], at: int) -> bool:
        return at < len(starts) and self._flat[starts[at] : ends[at]].strip(" |") not in _NOTHING

    def take_open_row(self) -> tuple[int, int] | None:
        """Where the row that ends here stands, if it names a product and leaves its lots open; once."""
        found, self._open_row = self._open_row, None
        return found

    def _framed(self, start: int, end: int, frame: str) -> list[int]:
        """Where the cells of a line begin; an upright line in front of the first cell opens none."""
        line = self._text[start:end]
        if frame == "|" and line.lstrip().startswith("|"):
            start += len(line) - len(line.lstrip()) + 1
        pattern = _FRAMES[frame]
        starts = [start, *(start + match.end() for match in pattern.finditer(self._text[start:end]))]
        blanks = self._text[start:end]
        return [start + len(blanks) - len(blanks.lstrip(" ")), *starts[1:]]

    def _line_end(self, start: int) -> int:
        end = self._text.find("\n", start, start + _LONGEST_ROW)
        return end if end >= 0 else min(len(self._text), start + _LONGEST_ROW)

    def _plain_row(self, start: int) -> None:
        start = self._behind_blanks(start)
        end = min(self._find("\n", start), self._find(";", start))
        if _RULER.fullmatch(self._text, start, end):
            return
        cells = self._split(start, end, len(self._keys)) if start < end else []
        if cells:
            self._cells = [Cell(at, key) for at, key in zip(cells, self._keys, strict=True)]
        elif start < end and not self._is_slashed:
            self.stop()

    def _header(self, end: int) -> list[ClauseKey | None]:
        """The column of each cell of the header line; without cells of its own, the labels in order."""
        keys: list[ClauseKey | None] = [key for _, key in self._labels]
        if self._is_slashed:
            return keys
        start = self._text.rfind("\n", max(0, self._labels[0][0] - _LONGEST_ROW), self._labels[0][0]) + 1
        start = self._behind_blanks(start)
        line = self._text[start:end].rstrip(_FRAME + "\r\n:：")
        places = dict(self._labels)
        for pattern in (_GAPS, _COMMAS, _SPACES):
            starts = [start, *(start + match.end() for match in pattern.finditer(line))]
            if all(at in starts for at in places):
                return [places.get(at) for at in starts]
        return keys

    def _behind_blanks(self, at: int) -> int:
        while at < len(self._text) and (self._flat[at] in " \n:" or self._text[at] == "|"):
            at += 1
        return at

    def _find(self, sign: str, start: int) -> int:
        limit = min(start + _LONGEST_ROW, len(self._flat))
        at = self._flat.find(sign, start, limit)
        return at if at >= 0 else limit

    def _split(self, start: int, end: int, count: int) -> list[int]:
        if self._is_slashed:
            parts = self._flat[start:end].split("/", count - 1)
            return _starts(start, parts) if len(parts) == count else []
        row = self._text[start:end].rstrip(_FRAME + "\r\n")
        for pattern in (_GAPS, _COMMAS, _SPACES):
            starts = [start, *(start + match.end() for match in pattern.finditer(row))]
            if len(starts) == count:
                return starts
        return []

    def cell_at(self, place: int) -> Cell | None:
        """The cell that begins at or before ``place``, once: it is then used up."""
        cell = None
        while self._cells and self._cells[0].start <= place:
            cell = self._cells.pop(0)
        return cell

    def splits(self, start: int, end: int) -> Iterator[tuple[int, int]]:
        """A code cut where a cell begins inside it."""
        for cell in self._cells:
            if start < cell.start < end:
                yield start, cell.start - 1
                start = cell.start
        yield start, end


def _starts(start: int, parts: list[str]) -> list[int]:
    starts: list[int] = []
    for part in parts:
        starts.append(start)
        start += len(part) + 1
    return starts
