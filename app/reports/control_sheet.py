"""The sheet of control barcodes for the bench: a whole receipt without touching the keyboard."""

from app.reports.blocks import Prose, Whole, both_lines
from app.reports.codes import Control, control_code, place_code
from app.reports.flow import Block, Gap
from app.reports.frame import WIDTH, Sheet, Subject, speech_of
from app.reports.pen import MM, Pen
from app.reports.rows import ControlSheet
from app.reports.speech import NOTHING, Pair
from app.reports.styles import CODE_SMALL, HEADING, LINE, NOTE
from app.reports.symbols import code_128
from app.reports.typesetting import fitted

MODULE = 3 * 0.125 * MM
BAR = 15 * MM
QUIET = 10 * MODULE


class Card(Whole):
    """One control: its word, its Code 128 with ten modules of white on each side, its content in letters."""

    def __init__(self, words: Pair, content: str, width: float) -> None:
        self._words, self._content, self._width = words, content, width
        self._symbol = code_128(content)

    def height(self) -> float:
        return BAR + 69

    def draw(self, pen: Pen, x: float, y: float) -> None:
        middle = x + self._width / 2
        pen.box(x, y, self._width, self.height() - 9, stroke=LINE, radius=4)
        room = self._width - 18
        pen.text(middle, y + 6, self._words.first, fitted(self._words.first, HEADING, room, 7), align=0.5)
        pen.text(middle, y + 24, self._words.second, NOTE, align=0.5)
        module = min(MODULE, (self._width - 2 * QUIET) / self._symbol.width)
        left = middle - self._symbol.width * module / 2
        pen.symbol(left, y + 41, self._symbol, module=module, bar=BAR)
        pen.text(middle, y + 43 + BAR, self._content, fitted(self._content, CODE_SMALL, room, 5), align=0.5)


class CardRow(Whole):
    """Two cards side by side."""

    GAP = 12.0

    def __init__(self, cards: list[tuple[Pair, str]]) -> None:
        self._cards = [Card(words, content, (WIDTH - self.GAP) / 2) for words, content in cards]

    def height(self) -> float:
        return self._cards[0].height()

    def draw(self, pen: Pen, x: float, y: float) -> None:
        for index, card in enumerate(self._cards):
            card.draw(pen, x + index * (WIDTH + self.GAP) / 2, y)


def render_control_sheet(sheet: ControlSheet) -> bytes:
    """The control barcodes as PDF, two beside one another, the places after the controls."""
    speech = speech_of(sheet.paper)
    cards = [(speech.say(f"control.{control.value}"), control_code(control)) for control in Control]
    cards += [(Pair(name), place_code(code)) for code, name in sheet.places]
    subject = Subject(speech.say("title.controls"), "", "", NOTHING)
    rows: list[Block] = [Prose(both_lines(speech.say("control_hint"), WIDTH)), Gap(9)]
    for start in range(0, len(cards), 2):
        rows += [CardRow(cards[start : start + 2]), Gap(3)]
    return Sheet(sheet.paper, subject).render(rows)
