"""Tables and tuples: labels in a row, then rows of values in the same order.

"Product Code/UDI-DI/Lots: A-1/00850022960338/1300001, ..." and a header line with tabs or wide gaps.
"""

import re
from collections.abc import Iterator

from app.notices.clauses import ClauseKey
from app.notices.tokens import Token

Cell = tuple[int, ClauseKey]
_BETWEEN_LABELS = frozenset(" \t|/,、&")
_LONGEST_ROW = 2000
_GAPS = re.compile(r"[ ]*[\t|][ \t|]*|[ ]{2,}")


class Columns:
    """The header that the last labels form, and where the cells of the present row begin."""

    def __init__(self, text: str, flat: str) -> None:
        self._text = text
        self._flat = flat
        self._keys: list[ClauseKey] = []
        self._last: Token | None = None
        self._is_slashed = False
        self._cells: list[Cell] = []

    def label(self, token: Token, key: ClauseKey) -> None:
        """A label: it continues the header if only a separator stands between it and the label before."""
        gap = self._text[self._last.end : token.start] if self._last else "-"
        if self._keys and len(gap) <= 12 and set(gap) <= _BETWEEN_LABELS and key not in self._keys:
            self._keys.append(key)
            self._is_slashed = self._is_slashed or "/" in gap
        else:
            self._keys, self._is_slashed = [key], "/" in gap and not self._keys
        self._last, self._cells = token, []

    def stop(self) -> None:
        """The table is over."""
        self._keys, self._cells, self._last = [], [], None

    def row(self, start: int) -> None:
        """A row begins at ``start`` if a header stands; a row that does not fit ends the table."""
        if len(self._keys) < 2:
            return
        start = _after_blanks(self._flat, start)
        end = min(self._end("\n", start), self._end(";", start))
        if start >= end:
            return
        cells = self._split(start, end)
        if len(cells) != len(self._keys):
            self._cells = []
            if "\n" in self._text[start : end + 1] or not self._is_slashed:
                self._keys = self._keys[:1]
            return
        self._cells = list(zip(cells, self._keys, strict=True))

    def _end(self, sign: str, start: int) -> int:
        limit = min(start + _LONGEST_ROW, len(self._flat))
        at = self._flat.find(sign, start, limit)
        return at if at >= 0 else limit

    def _split(self, start: int, end: int) -> list[int]:
        if self._is_slashed:
            parts = self._flat[start:end].split("/", len(self._keys) - 1)
            return _starts(start, parts) if len(parts) == len(self._keys) else []
        starts = [start]
        row = self._text[start:end].rstrip()
        starts += [start + match.end() for match in _GAPS.finditer(row)]
        if len(starts) == len(self._keys):
            return starts
        words = [start + match.start() for match in re.finditer(r"\S+", row)]
        return words if len(words) == len(self._keys) else []

    @property
    def has_cells(self) -> bool:
        """Whether a row is being read."""
        return bool(self._cells)

    def key_at(self, place: int) -> ClauseKey | None:
        """The key of the cell that begins at or before ``place``, once: the cell is then used up."""
        key = None
        while self._cells and self._cells[0][0] <= place:
            key = self._cells.pop(0)[1]
        return key

    def splits(self, start: int, end: int) -> Iterator[tuple[int, int]]:
        """A code cut where a cell begins inside it."""
        for at, _ in self._cells:
            if start < at < end:
                yield start, at - 1
                start = at
        yield start, end


def _after_blanks(flat: str, at: int) -> int:
    while at < len(flat) and flat[at] in " \n:":
        at += 1
    return at


def _starts(start: int, parts: list[str]) -> list[int]:
    starts: list[int] = []
    for part in parts:
        starts.append(start)
        start += len(part) + 1
    return starts
