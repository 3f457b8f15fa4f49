"""Blocks down a page: what a block must be able to do, and how blocks are dealt out over pages."""

from collections.abc import Iterable, Sequence
from typing import NamedTuple, Protocol

from app.reports.pen import Pen

ROUNDING = 0.01


class Block(Protocol):
    """A piece of a page as wide as the text area. Heights are in points."""

    @property
    def keeps_next(self) -> bool:
        """Whether the block must stand on the page of the following one, as a heading does."""
        ...

    def height(self) -> float: ...

    def least(self) -> float:
        """The smallest part that may stand alone at the foot of a page."""
        ...

    def split(self, room: float) -> "tuple[Block, Block] | None":
        """The block in two, the first no higher than ``room``; None where it cannot be."""
        ...

    def draw(self, pen: Pen, x: float, y: float) -> None:
        """Draw with the top left corner at (x, y)."""
        ...


class Placed(NamedTuple):
    """A block and how far under the top of the text area it stands."""

    y: float
    block: Block


class Gap:
    """White space, dropped at the top of a page."""

    keeps_next = True

    def __init__(self, height: float) -> None:
        self._height = height

    def height(self) -> float:
        return self._height

    def least(self) -> float:
        return self._height

    def split(self, room: float) -> None:
        """White space is never split."""

    def draw(self, pen: Pen, x: float, y: float) -> None:
        """White space has no ink."""


class _Pages:
    def __init__(self, first: float, later: float) -> None:
        self.done: list[list[Placed]] = [[]]
        self._later = later
        self._room = first
        self._y = 0.0

    @property
    def left(self) -> float:
        return self._room - self._y + ROUNDING

    @property
    def is_fresh(self) -> bool:
        return not self.done[-1]

    def turn(self) -> None:
        self.done.append([])
        self._room, self._y = self._later, 0.0

    def put(self, block: Block) -> None:
        if self.is_fresh and isinstance(block, Gap):
            return
        self.done[-1].append(Placed(self._y, block))
        self._y += block.height()

    def fill(self, block: Block) -> None:
        """Put the block, over as many pages as it needs; one that no page can hold runs over the foot."""
        while block.height() > self.left:
            parts = block.split(self.left)
            if parts is None and self.is_fresh:
                break
            if parts is not None:
                self.put(parts[0])
                block = parts[1]
            self.turn()
        self.put(block)


def paginate(blocks: Sequence[Block], *, first: float, later: float) -> list[list[Placed]]:
    """The blocks on pages: the first page has ``first`` points of room, the others ``later``."""
    pages = _Pages(first, later)
    for group in _groups(blocks):
        head, last = group[:-1], group[-1]
        need = sum(block.height() for block in head) + last.least()
        if need > pages.left and not pages.is_fresh:
            pages.turn()
        for block in head:
            pages.put(block)
        pages.fill(last)
    return pages.done


def _groups(blocks: Iterable[Block]) -> Iterable[list[Block]]:
    """Runs of blocks that keep together, each ended by one that lets go."""
    group: list[Block] = []
    for block in blocks:
        group.append(block)
        if not block.keeps_next:
            yield group
            group = []
    if group:
        yield group
