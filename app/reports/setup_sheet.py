"""The set-up sheet of a scanner: what to set, in order, and the codes that show whether it is set.

Makers' own programming codes differ and are in their manuals; what a hospital's scanner has to do is the same for all.
"""

from app.reports.blocks import Prose, Whole, both_lines
from app.reports.codes import bracketed, human_readable
from app.reports.flow import Block, Gap
from app.reports.frame import WIDTH, Sheet, Subject, speech_of
from app.reports.pen import MM, Pen
from app.reports.rows import Paper
from app.reports.speech import NOTHING, Pair
from app.reports.styles import CODE_SMALL, HEADING, LINE, NOTE
from app.reports.symbols import Symbol, code_128, gs1_data_matrix
from app.reports.typesetting import fitted

STEPS = ("interface", "aim", "separator", "suffix", "layout", "repeat")
TEST = (("01", "06999999012016"), ("10", "TEST-A1"), ("17", "281231"))
"""An invented product; its lot is followed by a separator, so that a lost one shows."""
TEST_HIBC = "+A999TEST10/$$3281231TEST-A1Y"
MODULE = 0.75 * MM
LINEAR, BAR = 0.25 * MM, 12 * MM
QUIET = 10


class TestCode(Whole):
    """A code to try, what it shows, and its content in letters."""

    def __init__(self, words: Pair, content: str, symbol: Symbol) -> None:
        self._words, self._content, self._symbol = words, content, symbol

    @property
    def _size(self) -> tuple[float, float, float]:
        """Module, width and height of the symbol."""
        if self._symbol.height == 1:
            return LINEAR, self._symbol.width * LINEAR, BAR
        return MODULE, self._symbol.width * MODULE, self._symbol.height * MODULE

    def height(self) -> float:
        return self._size[2] + 56

    def draw(self, pen: Pen, x: float, y: float) -> None:
        module, width, height = self._size
        pen.box(x, y, WIDTH, self.height() - 6, stroke=LINE, radius=4)
        left = x + QUIET * module
        pen.symbol(left, y + 12, self._symbol, module=module, bar=BAR if self._symbol.height == 1 else None)
        pen.text(left, y + height + 20, self._content, fitted(self._content, CODE_SMALL, WIDTH - 2 * QUIET, 5))
        beside = max(left + width + 24, x + WIDTH / 2)
        room = x + WIDTH - beside - 12
        pen.text(beside, y + 14, self._words.first, fitted(self._words.first, HEADING, room, 7))
        pen.text(beside, y + 32, self._words.second, fitted(self._words.second, NOTE, room, 5))


def render_setup_sheet(paper: Paper) -> bytes:
    """One page as PDF, in both languages or as the paper says."""
    speech = speech_of(paper)
    rows: list[Block] = [Prose(both_lines(speech.say("setup.hint"), WIDTH)), Gap(6)]
    for number, step in enumerate(STEPS, start=1):
        words = speech.say(f"setup.{step}")
        numbered = Pair(f"{number}. {words.first}", words.second)
        rows += [Prose(both_lines(numbered, WIDTH)), Gap(3)]
    rows += [Gap(6), Prose(both_lines(speech.say("setup.try"), WIDTH)), Gap(3)]
    matrix = TestCode(speech.say("setup.matrix"), "".join(human_readable(TEST)), gs1_data_matrix(bracketed(TEST)))
    linear = TestCode(speech.say("setup.linear"), TEST_HIBC, code_128(TEST_HIBC))
    rows += [matrix, Gap(3), linear]
    return Sheet(paper, Subject(speech.say("title.setup"), "", "", NOTHING)).render(rows)
