"""The A4 frame of every document: head, running head, class strip, foot with the audit seal and page x of y."""

from collections.abc import Sequence
from dataclasses import dataclass

from app.reports.blocks import Whole
from app.reports.flow import Block, Placed, paginate
from app.reports.pen import MM, Pen
from app.reports.rows import CaseHead, Code, Paper
from app.reports.speech import NOTHING, Pair, Speech, plain
from app.reports.styles import (
    BODY,
    CODE_HEAD,
    CODE_SMALL,
    CODE_SMALL_STRONG,
    HEADING,
    INK,
    LINE,
    NOTE,
    PAPER,
    SMALL_STRONG,
    STOP,
    STOP_SOFT,
    STRIP,
    STRONG,
    TITLE,
    TITLE_SECOND,
    WATERMARK,
    inked,
)
from app.reports.symbols import data_matrix
from app.reports.typesetting import Ink, Style, fitted, set_text

A4 = (210 * MM, 297 * MM)
SIDE = 18 * MM
WIDTH = A4[0] - 2 * SIDE
TOP = 33.0
FIRST_BODY = TOP + 90.0
LATER_BODY = TOP + 48.0
FOOT = A4[1] - 48.0
BODY_END = FOOT - 6.0
CODE_SIZE = 51.0
CODE_SIZE_SMALL = 33.0
SEAL_DIGITS = 16


@dataclass(frozen=True)
class Subject:
    """What a sheet is about: its title, its number in the head, and what its symbol says (nothing: no symbol)."""

    title: Pair
    number: str
    code: str
    hint: Pair
    note: Pair = NOTHING
    chip: Pair = NOTHING
    issued: str = ""
    is_drill: bool = False


def speech_of(paper: Paper) -> Speech:
    """The words in the language and the zone of the sheet."""
    return Speech(paper.language, paper.zone)


def class_words(speech: Speech, recall_class: Code) -> Pair:
    """The class as a person reads it: 一级召回, Class I recall."""
    return speech.code("class", recall_class)


def is_drill(case: CaseHead) -> bool:
    """Whether the sheet must carry the watermark."""
    return plain(case.kind) == "drill"


class ClassStrip(Whole):
    """The band that says how serious it is: Class I solid, Class II tinted, others outlined, so grey print tells."""

    def __init__(self, speech: Speech, recall_class: Code, demand: Pair, aside: Pair, width: float = WIDTH) -> None:
        self._class = plain(recall_class)
        words = class_words(speech, recall_class)
        self._head = f"{words.first}·{demand.first}" if speech.main == "zh" else f"{words.first}: {demand.first}"
        self._second = f"{words.second}: {demand.second}" if words.second else ""
        self._aside = aside
        self._width = width

    def height(self) -> float:
        return 42 if self._second or self._aside.second else 36

    def draw(self, pen: Pen, x: float, y: float) -> None:
        fill, ink = {"I": (STOP, PAPER), "II": (STOP_SOFT, STOP)}.get(self._class, (PAPER, INK))
        edge = STOP if self._class in ("I", "II") else INK
        pen.box(x + 0.5, y, self._width - 1, self.height(), fill=fill, stroke=edge, weight=1.0, radius=4)
        stop_sign(pen, x + 25, y + self.height() / 2, 13, ink, fill)
        room = self._width - 50 - 15
        aside = Style(12, 18, STRIP.face, ink)
        head = fitted(self._head, inked(STRIP, ink), room * 0.58, 10.5)
        top = y + (3 if self._second else (self.height() - head.leading) / 2)
        pen.text(x + 47, top, self._head, head)
        pen.text(x + self._width - 15, y + (4.5 if self._second else 9), self._aside.first, aside, align=1)
        second = inked(BODY, ink)
        pen.text(x + 47, y + 22.5, self._second, fitted(self._second, second, room * 0.58, 8))
        pen.text(x + self._width - 15, y + 22.5, self._aside.second, second, align=1)


def stop_sign(pen: Pen, x: float, y: float, radius: float, ink: Ink, hole: Ink) -> None:
    """The octagon with a bar, centred on (x, y)."""
    near, far = radius * 0.4142, radius
    corners = ((-near, -far), (near, -far), (far, -near), (far, near), (near, far), (-near, far), (-far, near))
    pen.polygon([(x + dx, y + dy) for dx, dy in (*corners, (-far, -near))], ink)
    pen.box(x - radius * 0.62, y - radius * 0.17, radius * 1.24, radius * 0.34, fill=hole, radius=radius * 0.06)


class Sheet:
    """Draws the blocks of one document into its frame."""

    def __init__(self, paper: Paper, subject: Subject) -> None:
        self._paper, self._subject = paper, subject
        self._speech = speech_of(paper)
        self._symbol = data_matrix(subject.code) if subject.code else None
        title = f"{subject.title.inline} {subject.number}".rstrip()
        self._pen = Pen(size=A4, title=title, author=paper.hospital, subject=subject.code)

    def render(self, blocks: Sequence[Block], closing: Sequence[Block] = ()) -> bytes:
        """The PDF. ``closing`` blocks (signatures) stay together and never open a page alone if it can be helped."""
        flow = [*blocks, *([Together(closing)] if closing else [])]
        pages = paginate(flow, first=BODY_END - FIRST_BODY, later=BODY_END - LATER_BODY)
        for number, page in enumerate(pages, 1):
            self._page(page, number, len(pages))
        return self._pen.finish()

    def _page(self, page: Sequence[Placed], number: int, count: int) -> None:
        if self._subject.is_drill:
            mark = self._speech.say("drill_mark")
            self._pen.watermark(mark.inline, Style(66, 72, TITLE.face, WATERMARK))
        if number == 1:
            self._head()
        else:
            self._running_head()
        top = FIRST_BODY if number == 1 else LATER_BODY
        for placed in page:
            placed.block.draw(self._pen, SIDE, top + placed.y)
        self._foot(number, count)
        self._pen.next_page()

    def _code(self, size: float) -> float:
        """Paint the symbol at the right edge; the answer is where the text beside it must end."""
        if self._symbol is None:
            return A4[0] - SIDE
        module = size / self._symbol.width
        left = A4[0] - SIDE - size
        self._pen.symbol(left, TOP, self._symbol, module=module)
        return left - 12

    def _head(self) -> None:
        pen, subject, paper = self._pen, self._subject, self._paper
        edge = self._code(CODE_SIZE)
        room = WIDTH * 0.6
        names = [self._speech.name(paper.hospital, paper.hospital_en)]
        if paper.office or paper.office_en:
            names.append(self._speech.name(paper.office, paper.office_en))
        dot = "·" if self._speech.main == "zh" else ", "
        house = dot.join(name.first for name in names)
        pen.text(SIDE, TOP - 3, house, fitted(house, STRONG, room, 8))
        second = ", ".join(name.second for name in names if name.second)
        pen.text(SIDE, TOP + 11, second, fitted(second, NOTE, room, 7))
        pen.text(SIDE, TOP + 30, subject.title.first, fitted(subject.title.first, TITLE, edge - SIDE - 9, 12))
        pen.text(SIDE, TOP + 60, subject.title.second, fitted(subject.title.second, TITLE_SECOND, room, 7))
        number = fitted(subject.number, CODE_HEAD, edge - SIDE - room - 9, 4)
        pen.text(edge, TOP - 3, subject.number, number, align=1)
        note = subject.note.inline
        pen.text(edge, TOP + 16, note, fitted(note, NOTE, edge - SIDE - room - 9, 4), align=1)
        pen.text(A4[0] - SIDE, TOP + CODE_SIZE + 4, subject.hint.inline, NOTE, align=1)

    def _running_head(self) -> None:
        pen, subject = self._pen, self._subject
        edge = self._code(CODE_SIZE_SMALL)
        pen.text(SIDE, TOP - 2, subject.title.first, HEADING)
        pen.text(SIDE, TOP + 17, subject.title.second, NOTE)
        pen.text(edge, TOP - 2, subject.number, fitted(subject.number, CODE_HEAD, 240, 7), align=1)
        about = " · ".join(part for part in (subject.chip.inline, subject.note.inline) if part)
        pen.text(edge, TOP + 17, about, fitted(about, NOTE, 300, 7), align=1)
        pen.rule(SIDE, TOP + 39, WIDTH, LINE)

    def _foot(self, number: int, count: int) -> None:
        pen, paper, speech = self._pen, self._paper, self._speech
        pen.rule(SIDE, FOOT - 3, WIDTH, INK, 0.75)
        right = A4[0] - SIDE
        page = speech.say("page", number=str(number), count=str(count))
        pen.text(right, FOOT + 1, page.first, SMALL_STRONG, align=1)
        pen.text(right, FOOT + 14, page.second, NOTE, align=1)
        printed = speech.say("printed", at=speech.moment(paper.printed_at), by=paper.printed_by or "—")
        record = " · ".join(part for part in (self._subject.issued, printed.first) if part)
        pen.text(SIDE, FOOT + 1, record, fitted(record, NOTE, WIDTH * 0.8, 6.5))
        label = speech.say("seal").inline
        x = SIDE
        for text, style in (
            (label, NOTE),
            (str(paper.seal_number), CODE_SMALL_STRONG),
            ("·", NOTE),
            (paper.seal[:SEAL_DIGITS], CODE_SMALL),
        ):
            pen.text(x, FOOT + 14, text, style)
            x += sum(line.width for line in set_text(text, style, 1e6)) + 4.5


class Together(Whole):
    """Blocks that stay on one page."""

    def __init__(self, blocks: Sequence[Block]) -> None:
        self._blocks = blocks

    def height(self) -> float:
        return sum(block.height() for block in self._blocks)

    def draw(self, pen: Pen, x: float, y: float) -> None:
        for block in self._blocks:
            block.draw(pen, x, y)
            y += block.height()
