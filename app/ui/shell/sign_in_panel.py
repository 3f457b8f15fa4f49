"""The left half of the sign-in: what the program is for, in three questions."""

from PySide6.QtCore import QEvent, QPointF, QRectF
from PySide6.QtGui import QColor, QLinearGradient, QPainter, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from app.ui import icons, theme
from app.ui.language import say
from app.ui.widgets import painting

LEFT, CELL, PITCH = 56.0, 20.0, 23.0
_MATRIX = (
    "00000000001",
    "00000000001",
    "00000000001",
    "00000000010",
    "00000010101",
    "00001010011",
    "00011101011",
    "00010001010",
    "01100101011",
)
"""A corner of a data matrix; only a picture, no code can be read from it."""


class SignInPanel(QWidget):
    """Shows only."""

    def __init__(self) -> None:
        super().__init__()
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)
        self._speak()

    def _speak(self) -> None:
        self.setAccessibleName(say("widgets.sign_in.promise"))

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        rect = QRectF(self.rect())
        ground = QLinearGradient(QPointF(0, 0), QPointF(rect.width() * 0.75, rect.height()))
        ground.setColorAt(0, theme.colour("brand_from"))
        ground.setColorAt(1, theme.colour("brand_to"))
        painter.fillRect(rect, ground)
        self._paint_matrix(painter, rect)
        white = theme.colour("ink_light")
        quiet = QColor(white)
        quiet.setAlpha(205)
        self._paint_brand(painter, white, quiet)
        y = rect.height() * 0.335
        for key in ("question1", "question2", "question3"):
            line = QRectF(LEFT, y, rect.width() - LEFT, 46)
            painting.draw_text(painter, line, say(f"widgets.sign_in.{key}"), theme.font(26, bold=True), white)
            y += 62
        promise = QRectF(LEFT, y + 8, rect.width() - LEFT - 20, 30)
        painting.draw_text(painter, promise, say("widgets.sign_in.promise"), theme.font(theme.HEAD), quiet)
        for place, (icon, key) in enumerate((("audit", "proof"), ("lock", "offline"))):
            top = rect.height() - 76 + place * 26
            icons.paint(painter, icon, quiet, QRectF(LEFT, top + 3, 17, 17))
            words = QRectF(LEFT + 28, top, rect.width(), 23)
            painting.draw_text(painter, words, say(f"widgets.sign_in.{key}"), theme.font(), quiet)
        painter.end()

    def _paint_brand(self, painter: QPainter, white: QColor, quiet: QColor) -> None:
        tile = QRectF(LEFT, 56, 44, 44)
        painting.rounded(painter, tile, 10, white)
        icons.paint(painter, "brand", theme.colour("brand_from"), tile.adjusted(8, 8, -8, -8), 2.0)
        name = QRectF(114, 54, 300, 30)
        painting.draw_text(painter, name, say("widgets.shell.brand"), theme.font(theme.TITLE, bold=True), white)
        other = QRectF(114, 82, 300, 22)
        painting.draw_text(painter, other, say("widgets.shell.brand_other"), theme.font(), quiet)

    def _paint_matrix(self, painter: QPainter, rect: QRectF) -> None:
        rows, columns = len(_MATRIX), len(_MATRIX[0])
        for row, line in enumerate(_MATRIX):
            for column, mark in enumerate(line):
                if mark == "0":
                    continue
                square = QColor(theme.colour("ink_light"))
                square.setAlpha(6 + row + column)
                x, y = rect.right() - (columns - column) * PITCH + 7, rect.bottom() - (rows - row) * PITCH + 7
                painter.fillRect(QRectF(x, y, CELL, CELL), square)

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.LanguageChange:
            self._speak()
            self.update()
