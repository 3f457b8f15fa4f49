"""Tables and tuples: labels in a row, then rows of values in the same order.

"Product Code/UDI-DI/Lots: A-1/00850022960338/1300001, ..." and a header line with tabs or wide gaps.
"""

import re
from collections.abc import Iterator
from typing import NamedTuple

from app.notices.clauses import ClauseKey
from app.notices.tokens import Token

_BETWEEN_LABELS = frozenset(" \t|/,、&")
_LONGEST_ROW = 2000
_GAPS = re.compile(r"[ ]*[\t|][ \t|]*|[ ]{2,}")
_COMMAS = re.compile(r"[ ]*[,，][ ]*")
_SPACES = re.compile(r"[ \t|]+")
_RULER = re.compile(r"[ \t|:+=-]+")
_FRAME = " \t|"


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
        self._cells: list[Cell] = []

    def label(self, token: Token, key: ClauseKey) -> None:
        """A label: it continues the header if only a separator or another column stands between it and the last."""
        gap = self._text[self._end : token.start] if self._labels else "\n"
        is_new = all(key is not one for _, one in self._labels)
        if is_new and self._continues(gap):
            self._labels.append((token.start, key))
            self._is_slashed = self._is_slashed or "/" in gap
        else:
            self._labels, self._is_slashed = [(token.start, key)], False
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
        self._labels, self._keys, self._cells = [], [], []

    @property
    def has_cells(self) -> bool:
        """Whether a row is being read."""
        return bool(self._cells)

    def row(self, start: int) -> None:
        """A row begins at ``start`` if a header stands; a row that does not fit ends the table."""
        self._cells = []
        if len(self._labels) < 2:
            return
        if not self._keys:
            self._keys = self._header(start)
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
