"""The blocks of an A4 sheet that are no table: headings, facts, paragraphs, steps, signature boxes, proof strip."""

from abc import ABC, abstractmethod
from collections.abc import Sequence
from dataclasses import dataclass, field

from app.reports.flow import Block
from app.reports.pen import Pen
from app.reports.speech import Pair
from app.reports.styles import (
    BODY,
    CODE_SMALL,
    HEADING,
    HEADING_SECOND,
    INK,
    LINE,
    NOTE,
    NOTE_SECOND,
    PAPER,
    SECOND,
    SMALL_STRONG,
    STRONG,
    inked,
)
from app.reports.symbols import Symbol
from app.reports.typesetting import Line, Run, Style, fitted, measure, set_runs, set_text

LABEL_SECOND = 51.0
LABEL_WIDTH = 105.0
LABEL_ALONE = 81.0
WIDOW = 2
COLUMN_GAP = 15.0


class Whole(ABC):
    """A block that is never split."""

    keeps_next = False

    @abstractmethod
    def height(self) -> float:
        """In points."""

    def least(self) -> float:
        return self.height()

    def split(self, room: float) -> "tuple[Block, Block] | None":
        return None


class Heading(Whole):
    """The title of a section; it stays with what follows."""

    keeps_next = True

    def __init__(self, words: Pair, width: float, note: str = "") -> None:
        runs = [Run(words.first, HEADING)]
        runs += [Run(f"  {text}", HEADING_SECOND) for text in (words.second, note) if text]
        self._lines = set_runs(runs, width)

    def height(self) -> float:
        return sum(line.leading for line in self._lines) + 6

    def draw(self, pen: Pen, x: float, y: float) -> None:
        pen.lines(x, y, self._lines)


class Rule(Whole):
    """A line across the text area."""

    def height(self) -> float:
        return 12

    def __init__(self, width: float) -> None:
        self._width = width

    def draw(self, pen: Pen, x: float, y: float) -> None:
        pen.rule(x, y + 6, self._width, INK, 0.75)


@dataclass(frozen=True)
class Prose:
    """Lines of text that may go over a page, but never one line alone on either side."""

    lines: tuple[Line, ...]
    indent: float = 0.0
    keeps_next: bool = False

    def height(self) -> float:
        return sum(line.leading for line in self.lines)

    def least(self) -> float:
        few = self.lines[:WIDOW] if len(self.lines) > WIDOW + 1 else self.lines
        return sum(line.leading for line in few)

    def split(self, room: float) -> tuple[Block, Block] | None:
        fit, used = 0, 0.0
        while fit < len(self.lines) and used + self.lines[fit].leading <= room:
            used += self.lines[fit].leading
            fit += 1
        fit = min(fit, len(self.lines) - WIDOW)
        if fit < WIDOW:
            return None
        return Prose(self.lines[:fit], self.indent), Prose(self.lines[fit:], self.indent, self.keeps_next)

    def draw(self, pen: Pen, x: float, y: float) -> None:
        pen.lines(x + self.indent, y, self.lines)


def prose(text: str, width: float, style: Style = BODY) -> Prose:
    """A paragraph, or several where the text has line feeds."""
    return Prose(set_text(text, style, width))


def both_lines(words: Pair, width: float, style: Style = BODY, second: Style = SECOND) -> tuple[Line, ...]:
    """A value with its English beside it where one line holds both, under it where not."""
    if not words.second:
        return set_text(words.first, style, width)
    beside = set_runs((Run(words.first, style), Run(f"  {words.second}", inked(style, second.ink))), width)
    if len(beside) == 1 and "\n" not in words.first:
        return beside
    return set_text(words.first, style, width) + set_text(words.second, second, width)


@dataclass(frozen=True)
class Fact:
    """A label and its value: one row of the facts at the head of a sheet. Long values go on over pages.

    Without a value it is a line ``blank`` points wide to write on.
    """

    label: Pair
    lines: tuple[Line, ...]
    label_width: float
    blank: float = 0.0
    keeps_next: bool = False

    @property
    def reach(self) -> float:
        """How far its longest line goes, from the left edge."""
        return self.label_width + max([self.blank, *(line.width for line in self.lines)])

    def height(self) -> float:
        return max(sum(line.leading for line in self.lines), BODY.leading) + 3

    def least(self) -> float:
        return Prose(self.lines).least() + 3

    def split(self, room: float) -> tuple[Block, Block] | None:
        parts = Prose(self.lines, self.label_width).split(room)
        if parts is None or not isinstance(parts[0], Prose):
            return None
        return Fact(self.label, parts[0].lines, self.label_width), parts[1]

    def draw(self, pen: Pen, x: float, y: float) -> None:
        pen.text(x, y, self.label.first, STRONG)
        if self.label.second:
            pen.text(x + LABEL_SECOND, y, self.label.second, Style(9, BODY.leading, NOTE.face, NOTE.ink))
        pen.lines(x + self.label_width, y, self.lines)
        if self.blank:
            pen.rule(x + self.label_width, y + 14, self.blank, LINE)


BLANK = 132.0


def fact(label: Pair, value: Pair | str, width: float, style: Style = BODY) -> Fact:
    """One fact; ``width`` is that of the text area."""
    indent = LABEL_WIDTH if label.second else LABEL_ALONE
    words = Pair(value) if isinstance(value, str) else value
    return Fact(label, both_lines(words, width - indent, style), indent, 0.0 if words.first else BLANK)


class FactPair(Whole):
    """Two short facts side by side."""

    def __init__(self, left: Fact, right: Fact, width: float) -> None:
        self._facts = (left, right)
        self._half = (width + COLUMN_GAP) / 2

    def height(self) -> float:
        return self._facts[0].height()

    def draw(self, pen: Pen, x: float, y: float) -> None:
        for index, one in enumerate(self._facts):
            one.draw(pen, x + index * self._half, y)


def paired(facts: Sequence[Fact], width: float) -> list[Block]:
    """The facts in their order, two neighbours on one row wherever both are short enough."""
    room = (width - COLUMN_GAP) / 2
    made: list[Block] = []
    waiting = list(facts)
    while waiting:
        first, *rest = waiting
        if rest and all(len(one.lines) <= 1 and one.reach <= room for one in waiting[:2]):
            made.append(FactPair(first, rest[0], width))
            waiting = rest[1:]
        else:
            made.append(first)
            waiting = rest
    return made


class Steps(Whole):
    """Numbered demands, two beside one another."""

    def __init__(self, steps: Sequence[Pair], width: float, first_number: int = 1) -> None:
        self._half = width / 2
        room = self._half - 24 - 6
        self._texts = [
            (number, set_text(step.first, STRONG, room) + set_text(step.second, SECOND, room))
            for number, step in enumerate(steps, first_number)
        ]

    def height(self) -> float:
        return max(max(sum(line.leading for line in lines), 18) for _, lines in self._texts) + 6

    def draw(self, pen: Pen, x: float, y: float) -> None:
        for column, (number, lines) in enumerate(self._texts):
            left = x + column * self._half
            total = sum(line.leading for line in lines)
            middle = y + min(total, 27) / 2
            pen.disc(left + 8.5, middle, 8.5, INK)
            pen.text(left + 8.5, middle - 6, str(number), inked(SMALL_STRONG, PAPER), align=0.5)
            pen.lines(left + 24, y, lines)


def steps(demands: Sequence[Pair], width: float) -> list[Block]:
    """The demands in rows of two."""
    return [Steps(demands[start : start + 2], width, start + 1) for start in range(0, len(demands), 2)]


@dataclass(frozen=True)
class SignatureBoxes(Whole):
    """Boxes to sign in, side by side; ``signed`` puts a printed name where the person is known."""

    roles: tuple[Pair, ...]
    moment: Pair
    width: float
    signed: tuple[str, ...] = ()
    keeps_next: bool = field(default=False)
    GAP = 12.0

    def height(self) -> float:
        return 66

    def draw(self, pen: Pen, x: float, y: float) -> None:
        each = (self.width - self.GAP * (len(self.roles) - 1)) / len(self.roles)
        for index, role in enumerate(self.roles):
            left = x + index * (each + self.GAP)
            pen.box(left, y, each, self.height(), stroke=INK, radius=3)
            name = self.signed[index] if index < len(self.signed) else ""
            name_style = fitted(name, BODY, each * 0.45, 6)
            room = each - 18 - (measure(name, name_style) + 6 if name else 0)
            pen.text(left + 9, y + 5, role.first, fitted(role.first, STRONG, room, 6))
            pen.text(left + 9, y + 19, role.second, fitted(role.second, NOTE, each - 18, 6))
            pen.text(left + each - 9, y + 5, name, name_style, align=1)
            pen.rule(left + 9, y + 46, each - 18, LINE)
            pen.text(left + 9, y + 50, self.moment.inline, NOTE)


@dataclass(frozen=True)
class StampStrip(Whole):
    """Cells in one row, each a label with what was stamped in it; an empty one gets a line to write on."""

    cells: tuple[tuple[Pair, str, str], ...]
    width: float

    def height(self) -> float:
        return 54 if any(note for _, _, note in self.cells) else 42

    def draw(self, pen: Pen, x: float, y: float) -> None:
        each = self.width / len(self.cells)
        pen.box(x, y, self.width, self.height(), stroke=LINE, weight=0.5, radius=3)
        for index, (label, stamp, note) in enumerate(self.cells):
            left = x + index * each
            if index:
                pen.upright(left, y, self.height(), LINE)
            pen.text(left + 7.5, y + 5, label.first, SMALL_STRONG)
            if measure(label.first, SMALL_STRONG) + measure(label.second, NOTE_SECOND) < each - 18:
                pen.text(left + each - 7.5, y + 5, label.second, NOTE_SECOND, align=1)
            if stamp:
                pen.text(left + 7.5, y + 20, stamp, CODE_SMALL)
            else:
                pen.rule(left + 7.5, y + 32, each - 15, LINE)
            pen.text(left + 7.5, y + 36, note, fitted(note, NOTE, each - 12, 6))


@dataclass(frozen=True)
class CheckRow(Whole):
    """Boxes to tick, each with its words."""

    words: tuple[Pair, ...]
    width: float
    SIDE = 12.0

    def height(self) -> float:
        return 33 if any(word.second for word in self.words) else 24

    def draw(self, pen: Pen, x: float, y: float) -> None:
        each = self.width / len(self.words)
        for index, word in enumerate(self.words):
            left = x + index * each
            pen.box(left + 0.5, y + 2, self.SIDE, self.SIDE, stroke=INK)
            pen.text(left + self.SIDE + 7.5, y + 0.5, word.first, BODY)
            pen.text(left + self.SIDE + 7.5, y + 15.5, word.second, NOTE)


class CodeAside(Whole):
    """A symbol at the right with its caption under it, beside blocks at the left."""

    SIZE = 57.0

    def __init__(self, blocks: Sequence[Block], symbol: Symbol, caption: Pair, width: float) -> None:
        self._blocks, self._symbol, self._width = blocks, symbol, width
        self._caption = caption

    def height(self) -> float:
        return max(sum(block.height() for block in self._blocks), self.SIZE + (33 if self._caption.second else 21))

    def draw(self, pen: Pen, x: float, y: float) -> None:
        right = x + self._width
        pen.symbol(right - self.SIZE, y + 3, self._symbol, module=self.SIZE / self._symbol.width)
        pen.text(right, y + self.SIZE + 6, self._caption.first, NOTE, align=1)
        pen.text(right, y + self.SIZE + 18, self._caption.second, NOTE, align=1)
        for block in self._blocks:
            block.draw(pen, x, y)
            y += block.height()
