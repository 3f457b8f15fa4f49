"""A text as it was received, with marked passages that can be pressed. The text is never read as markup."""

from bisect import bisect_left
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import takewhile

from PySide6.QtCore import QEvent, QUrl, Signal
from PySide6.QtGui import QFont, QTextBlockFormat, QTextCharFormat, QTextCursor
from PySide6.QtWidgets import QFrame, QTextBrowser

from app.ui import theme
from app.ui.language import Caption, read

LINE_HEIGHT = 106
LONGEST_SHOWN = 40_000
"""Characters: of a longer text as much is shown, around the mark that is chosen."""
_SCHEME = "mark:"


@dataclass(frozen=True, slots=True)
class Mark:
    """A passage from ``start`` up to ``end`` (code points of the text), its tone, and the number shown after it."""

    start: int
    end: int
    tone: str
    number: int


class NoticeView(QTextBrowser):
    """Tab moves from mark to mark, Enter or a click presses it. Of overlapping marks the earlier one is shown.

    Of a text that is too long to be laid out at once a part is shown, the one with the chosen mark.
    """

    pressed = Signal(int)
    """The number of the mark a person pressed."""

    def __init__(self, name: Caption = "") -> None:
        super().__init__()
        self._name = name
        self._text = ""
        self._marks: tuple[Mark, ...] = ()
        self._from = 0
        self._current = 0
        self._starts: dict[int, tuple[int, int]] = {}
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setOpenLinks(False)
        self.setFont(theme.font())
        self.document().setDocumentMargin(0)
        self.setAccessibleName(read(name))
        self.anchorClicked.connect(self._press)

    def set_notice(self, text: str, marks: Sequence[Mark] = ()) -> None:
        """Show the text with its marks; what stands already stays where it is scrolled to."""
        apart = tuple(_apart(sorted(marks, key=lambda mark: (mark.start, -mark.end))))
        if (text, apart) == (self._text, self._marks):
            return
        self._text, self._marks, self._from = text, apart, 0
        self._rebuild()

    def emphasise(self, number: int) -> None:
        """Show a mark as the current one and bring it into view; 0 for none."""
        if number != self._current:
            self._current = number
            self._turn_to(number)
            self._rebuild()
        if number in self._starts:
            cursor = self.textCursor()
            cursor.setPosition(self._starts[number][0])
            self.setTextCursor(cursor)
            self.ensureCursorVisible()

    def _turn_to(self, number: int) -> None:
        """The part of a long text in which this mark stands."""
        mark = next((one for one in self._marks if one.number == number), None)
        if mark is not None and not self._from <= mark.start < mark.end <= self._from + LONGEST_SHOWN:
            self._from = max(0, mark.start - LONGEST_SHOWN // 4)

    def shown_ranges(self) -> dict[int, tuple[int, int]]:
        """Where each numbered mark stands in the document, in UTF-16 positions."""
        return dict(self._starts)

    def _rebuild(self) -> None:
        bar = self.verticalScrollBar()
        was_at = bar.value()
        self.document().clear()
        self._starts.clear()
        cursor = QTextCursor(self.document())
        block = QTextBlockFormat()
        block.setLineHeight(LINE_HEIGHT, QTextBlockFormat.LineHeightTypes.ProportionalHeight.value)
        block.setBottomMargin(2)
        cursor.setBlockFormat(block)
        at, until = self._from, min(len(self._text), self._from + LONGEST_SHOWN)
        first = bisect_left(self._marks, at, key=lambda mark: mark.start)
        if at:
            cursor.insertText("…\n", self._plain())
        for mark in takewhile(lambda one: one.end <= until, self._marks[first:]):
            cursor.insertText(self._text[at : mark.start], self._plain())
            self._insert_mark(cursor, mark)
            at = mark.end
        cursor.insertText(self._text[at:until] + ("\n…" if until < len(self._text) else ""), self._plain())
        bar.setValue(was_at)

    def _plain(self) -> QTextCharFormat:
        letters = QTextCharFormat()
        letters.setFont(theme.font())
        letters.setForeground(theme.colour("text"))
        return letters

    def _insert_mark(self, cursor: QTextCursor, mark: Mark) -> None:
        letters = self._plain()
        letters.setFont(theme.font(bold=True))
        letters.setForeground(theme.colour(mark.tone))
        letters.setBackground(theme.tone_tint(mark.tone))
        if mark.number == self._current:
            letters.setForeground(theme.colour("on_solid"))
            letters.setBackground(theme.colour(mark.tone))
        letters.setAnchor(True)
        letters.setAnchorHref(f"{_SCHEME}{mark.number}")
        start = cursor.position()
        cursor.insertText(self._text[mark.start : mark.end], letters)
        number = QTextCharFormat(letters)
        small = QFont(theme.font(theme.BODY, bold=True))
        number.setFont(small)
        number.setVerticalAlignment(QTextCharFormat.VerticalAlignment.AlignSuperScript)
        cursor.insertText(f"\u00a0{mark.number}", number)
        self._starts.setdefault(mark.number, (start, cursor.position()))

    def _press(self, link: QUrl) -> None:
        words = link.toString()
        if words.startswith(_SCHEME):
            self.pressed.emit(int(words.removeprefix(_SCHEME)))

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.StyleChange and self._text:
            self._rebuild()
        elif event.type() == QEvent.Type.LanguageChange:
            self.setAccessibleName(read(self._name))


def _apart(marks: Sequence[Mark]) -> list[Mark]:
    """Marks that do not overlap, in order."""
    kept: list[Mark] = []
    for mark in marks:
        if mark.start < mark.end and (not kept or mark.start >= kept[-1].end):
            kept.append(mark)
    return kept
