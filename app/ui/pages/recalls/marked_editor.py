"""An editor that marks passages of its own text while a person types."""

from collections.abc import Sequence
from functools import partial

from PySide6.QtCore import QMimeData, Signal
from PySide6.QtGui import QTextCharFormat, QTextCursor
from PySide6.QtWidgets import QFrame, QPlainTextEdit, QTextEdit

from app.ui import theme
from app.ui.language import Caption, read
from app.ui.widgets.notice_view import Mark

LONGEST_SHOWN = 40_000
"""Characters; of a longer text the beginning is shown, and it is not typed in."""
MOST_MARKS = 600


class MarkedEditor(QPlainTextEdit):
    """Marks are laid over the text and never change it. Tab leaves the editor; markup is pasted as plain text."""

    pasted_long = Signal(str)
    """A text too long to be laid out; it has not been put into the editor."""

    def __init__(self, hint: Caption, name: Caption) -> None:
        super().__init__()
        self._hint, self._name = hint, name
        self._marks: tuple[Mark, ...] = ()
        self._current = 0
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setTabChangesFocus(True)
        self.setFont(theme.font())
        self.document().setDocumentMargin(0)
        self.retranslate()

    def retranslate(self) -> None:
        self.setPlaceholderText(read(self._hint))
        self.setAccessibleName(read(self._name))

    def show_text(self, text: str) -> None:
        """The text, or the beginning of one that is too long to be typed in."""
        shown = text[:LONGEST_SHOWN]
        self.setReadOnly(len(text) > LONGEST_SHOWN)
        if self.toPlainText() != shown:
            self.setPlainText(shown)

    def insertFromMimeData(self, source: QMimeData) -> None:  # noqa: N802 Qt's name
        if source.hasText() and len(source.text()) > LONGEST_SHOWN:
            self.pasted_long.emit(source.text())
        else:
            super().insertFromMimeData(source)

    def set_marks(self, marks: Sequence[Mark]) -> None:
        """Positions count code points of ``toPlainText``."""
        self._marks = tuple(marks[:MOST_MARKS])
        self._current = 0
        self.repaint_marks()

    def emphasise(self, number: int) -> None:
        """Bring a mark into view and show it as the current one; 0 for none."""
        self._current = number
        self.repaint_marks()
        for mark in self._marks:
            if mark.number == number:
                cursor = self.textCursor()
                text = self.toPlainText()
                if mark.end > len(text):
                    return
                cursor.setPosition(_utf16(text, mark.start))
                self.setTextCursor(cursor)
                self.ensureCursorVisible()

    def repaint_marks(self) -> None:
        """Lay the marks again, in the colours of the theme of the moment."""
        text = self.toPlainText()
        place = _plain_place if text.isascii() or max(text) < _ASTRAL else partial(_utf16, text)
        selections: list[QTextEdit.ExtraSelection] = []
        for mark in self._marks:
            if mark.end > len(text):
                continue
            selection = QTextEdit.ExtraSelection()
            cursor = QTextCursor(self.document())
            cursor.setPosition(place(mark.start))
            cursor.setPosition(place(mark.end), QTextCursor.MoveMode.KeepAnchor)
            letters = QTextCharFormat()
            is_current = mark.number == self._current
            letters.setForeground(theme.colour("on_solid" if is_current else mark.tone))
            letters.setBackground(theme.colour(mark.tone) if is_current else theme.tone_tint(mark.tone))
            selection.cursor, selection.format = cursor, letters  # pyright: ignore[reportAttributeAccessIssue]
            selections.append(selection)
        self.setExtraSelections(selections)


_ASTRAL = "\U00010000"


def _plain_place(place: int) -> int:
    return place


def _utf16(text: str, place: int) -> int:
    """Qt counts UTF-16 units, Python code points."""
    return len(text[:place].encode("utf-16-le")) // 2
