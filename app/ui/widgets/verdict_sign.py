"""What a full-page verdict says, its sign, and its buttons."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

from PySide6.QtCore import QPointF, QRectF, QSize, Qt
from PySide6.QtGui import (
    QColor,
    QKeyEvent,
    QPainter,
    QPainterPath,
    QPaintEvent,
    QPen,
    QPolygonF,
)
from PySide6.QtWidgets import QAbstractButton, QSizePolicy, QWidget

from app.ui import icons, theme
from app.ui.widgets import painting
from app.ui.widgets.facts import Fact

Tone = Literal["stop", "ok", "attention"]
SIGN, SIGN_LEAST, BAND, FOOT, PANEL = 212.0, 150.0, 48, 96, 316


@dataclass(frozen=True, slots=True)
class Step:
    """One thing to do, or (with an ``icon``) one thing that was checked."""

    title: str
    note: str = ""
    icon: str = ""
    ink: str = "ok"


@dataclass(frozen=True, slots=True)
class SignAction:
    """A button of the sign and the key that presses it; never Enter."""

    name: str
    text: str
    key: str
    is_primary: bool = False


@dataclass(frozen=True, slots=True)
class Sign:
    """Everything a verdict screen shows. ``holds``: only an action leads on. ``seconds``: leaves by itself."""

    tone: Tone
    words: str
    other_words: str
    reason: str
    note: str = ""
    place: str = ""
    person: str = ""
    facts_caption: str = ""
    facts_title: str = ""
    facts: tuple[Fact, ...] = ()
    steps_caption: str = ""
    steps: tuple[Step, ...] = ()
    hint: str = ""
    contact: str = ""
    contact_note: str = ""
    actions: tuple[SignAction, ...] = ()
    holds: bool = True
    seconds: int = 0


class SignButton(QAbstractButton):
    """56 px high; pressed by the mouse, or by its key, which the screen listens to."""

    def __init__(self, action: SignAction, ground: str) -> None:
        super().__init__()
        self.action_name, self.key = action.name, action.key
        self._action, self._ground = action, ground
        self.setFixedHeight(56)
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        self.setAccessibleName(f"{action.text} {action.key}")
        self.setCursor(Qt.CursorShape.PointingHandCursor)

    def sizeHint(self) -> QSize:
        words = painting.width_of(self._action.text, theme.font(theme.HEAD, bold=True))
        return QSize(round(max(232.0, words + (168 if self._action.is_primary else 106))), 56)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        event.ignore()

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        rect = QRectF(self.rect())
        white = theme.colour("ink_light")
        ink = theme.colour(self._ground) if self._action.is_primary else white
        painting.rounded(painter, rect, 6, white if self._action.is_primary else None, white)
        if not self._action.is_primary:
            painting.rounded(painter, rect.adjusted(1, 1, -1, -1), 5, None, white)
        cap = theme.font(theme.HEAD, bold=True)
        width = painting.width_of(self._action.key, cap) + 10
        box = QRectF(rect.right() - 36 - width, rect.center().y() - 15, width + 2, 30)
        painting.rounded(painter, box, 4, None, ink)
        painting.draw_text(painter, box, self._action.key, theme.font(12, bold=True), ink, painting.CENTRE)
        words = QRectF(24, 0, box.x() - 30, rect.height())
        painting.draw_text(painter, words, self._action.text, theme.font(12.75, bold=True), ink)
        if self.hasFocus():
            painting.rounded(painter, rect.adjusted(3, 3, -3, -3), 4, None, ink)
        painter.end()


class Hero(QWidget):
    """The sign and the big words on the bare ground."""

    def __init__(self) -> None:
        super().__init__()
        self.sign: Sign | None = None
        self.setMinimumHeight(220)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)

    def paintEvent(self, event: QPaintEvent) -> None:
        if self.sign is None:
            return
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        size = max(SIGN_LEAST, min(SIGN, self.height() - 40.0))
        draw_sign(painter, QRectF(60, (self.height() - size) / 2 + 12, size, size), self.sign.tone)
        self._paint_words(painter, self.sign, QRectF(323, (self.height() - 236) / 2 + 6, self.width() - 347, 236))
        painter.end()

    def _paint_words(self, painter: QPainter, sign: Sign, rect: QRectF) -> None:
        white = theme.colour("ink_light")
        big = (
            theme.DISPLAY if painting.width_of(sign.words, theme.font(theme.DISPLAY, bold=True)) < rect.width() else 44
        )
        painting.draw_text(
            painter, QRectF(rect.x(), rect.y(), rect.width(), 110), sign.words, theme.font(big, bold=True), white
        )
        second = QRectF(rect.x(), rect.y() + 112, rect.width(), 44)
        painting.draw_text(painter, second, sign.other_words, theme.font(28), white)
        reason = QRectF(rect.x(), rect.y() + 172, rect.width(), 34)
        painting.draw_text(painter, reason, sign.reason, theme.font(16), white)
        quiet = QColor(white)
        quiet.setAlpha(205)
        note = QRectF(rect.x(), rect.y() + 208, rect.width(), 22)
        painting.draw_text(painter, note, sign.note, theme.font(), quiet)


def draw_sign(painter: QPainter, rect: QRectF, tone: Tone) -> None:
    """The octagon with a bar, the round tick, or the triangle: told apart by shape alone."""
    white, ground = theme.colour("ink_light"), theme.colour(f"sign_{tone}")
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(white)
    if tone == "stop":
        painter.drawPolygon(_octagon(rect))
        painter.setPen(QPen(ground, 3))
        painter.drawPolygon(_octagon(rect.adjusted(10, 10, -10, -10)))
        bar = QRectF(rect.x() + rect.width() * 0.2, rect.center().y() - 16, rect.width() * 0.6, 32)
        painting.rounded(painter, bar, 5, ground)
        return
    if tone == "ok":
        painter.drawEllipse(rect)
        icons.paint(painter, "check", ground, rect.adjusted(24, 24, -24, -24), 3.0)
        return
    path = QPainterPath(QPointF(rect.center().x(), rect.y() + 8))
    path.lineTo(rect.right(), rect.bottom() - 10)
    path.lineTo(rect.x(), rect.bottom() - 10)
    path.closeSubpath()
    painter.setPen(QPen(white, 16, Qt.PenStyle.SolidLine, Qt.PenCapStyle.RoundCap, Qt.PenJoinStyle.RoundJoin))
    painter.drawPath(path)
    stem = QRectF(rect.center().x() - 11, rect.y() + rect.height() * 0.36, 22, rect.height() * 0.30)
    painting.rounded(painter, stem, 9, ground)
    painting.rounded(painter, QRectF(stem.x(), stem.bottom() + 14, 22, 22), 11, ground)


def _octagon(rect: QRectF) -> QPolygonF:
    cut = rect.width() * 0.293
    left, top, right, bottom = rect.x(), rect.y(), rect.right(), rect.bottom()
    corners = [
        (left + cut, top),
        (right - cut, top),
        (right, top + cut),
        (right, bottom - cut),
        (right - cut, bottom),
        (left + cut, bottom),
        (left, bottom - cut),
        (left, top + cut),
    ]
    return QPolygonF([QPointF(x, y) for x, y in corners])


def actions_from(pairs: Sequence[tuple[str, str, str]]) -> tuple[SignAction, ...]:
    """Actions from (name, text, key) triples, the last one primary."""
    return tuple(
        SignAction(name, text, key, is_primary=place == len(pairs) - 1) for place, (name, text, key) in enumerate(pairs)
    )
