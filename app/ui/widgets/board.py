"""A board: columns of cards that move from left to right as work is done."""

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import QRectF, QSize, Qt, Signal
from PySide6.QtGui import QKeyEvent, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QFrame, QHBoxLayout, QScrollArea, QSizePolicy, QVBoxLayout, QWidget

from app.ui import icons, theme
from app.ui.language import Caption, read, say
from app.ui.widgets import painting
from app.ui.widgets.card import Surface, clear
from app.ui.widgets.cells import BarLook
from app.ui.widgets.labels import IconMark, Label
from app.ui.widgets.plain_button import PlainButton

CARD, STRIP = 100, 28
STEPS = {Qt.Key.Key_Left: (-1, 0), Qt.Key.Key_Right: (1, 0), Qt.Key.Key_Up: (0, -1), Qt.Key.Key_Down: (0, 1)}


@dataclass(frozen=True, slots=True)
class CardFigure:
    """A small label and its bold value."""

    label: str
    value: str
    ink: str = "text"


@dataclass(frozen=True, slots=True)
class BoardCard:
    """One card. ``foot`` is the sentence at the lower left with its icon, ``strip`` an extra line in a tint."""

    key: str
    title: str
    corner: str = ""
    figures: tuple[CardFigure, ...] = ()
    gap: str = ""
    bar: BarLook | None = None
    foot: str = ""
    foot_icon: str = "clock"
    foot_ink: str = "muted"
    corner_foot: str = ""
    strip: str = ""
    strip_icon: str = "arrow-up"
    tone: str = ""


@dataclass(frozen=True, slots=True)
class BoardColumn:
    """One column: ``empty`` says what comes here."""

    key: str
    title: Caption
    icon: str
    ink: str
    empty: Caption = ""


class CardButton(PlainButton):
    """A card as a button: Enter, Space or a click opens it."""

    stepped = Signal(int, int)
    """An arrow key: columns to the right, cards down. It must not reach the scroll area, which would eat it."""

    def __init__(self, card: BoardCard) -> None:
        super().__init__()
        self.card = card
        self.setFixedHeight(CARD + (STRIP if card.strip else 0))
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        figures = " ".join(f"{figure.label} {figure.value}" for figure in card.figures)
        self.setAccessibleName(" ".join(filter(None, (card.title, card.corner, figures, card.gap, card.foot))))
        self.setAccessibleDescription(f"{card.corner_foot} {card.strip}".strip())

    def sizeHint(self) -> QSize:
        return QSize(180, self.height())

    def keyPressEvent(self, event: QKeyEvent) -> None:
        step = STEPS.get(Qt.Key(event.key()))
        if step is None:
            super().keyPressEvent(event)
        else:
            self.stepped.emit(*step)

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        rect = QRectF(self.rect())
        painting.rounded(painter, rect, 8, theme.colour("surface"), theme.colour(self.card.tone or "line"))
        inner = rect.adjusted(12, 0, -12, 0)
        self._paint_head(painter, QRectF(inner.x(), 10, inner.width(), 22))
        self._paint_figures(painter, QRectF(inner.x(), 34, inner.width(), 22))
        if self.card.bar is not None:
            painting.draw_bar(painter, QRectF(inner.x(), 60, inner.width(), 4), self.card.bar)
        self._paint_foot(painter, QRectF(inner.x(), 71, inner.width(), 20))
        if self.card.strip:
            self._paint_strip(painter, QRectF(inner.x(), 96, inner.width(), 24))
        if self.hasFocus():
            painting.focus_ring(painter, rect, 8)
        painter.end()

    def _paint_head(self, painter: QPainter, rect: QRectF) -> None:
        small = theme.font(theme.SMALL)
        corner = painting.width_of(self.card.corner, small)
        painting.draw_text(painter, rect, self.card.corner, small, theme.colour("muted"), painting.RIGHT)
        name = rect.adjusted(0, 0, -corner - 6, 0)
        painting.draw_text(painter, name, self.card.title, theme.font(bold=True), theme.colour("text"))

    def _paint_figures(self, painter: QPainter, rect: QRectF) -> None:
        x = rect.x()
        for figure in self.card.figures:
            for words, letters, ink in (
                (figure.label, theme.font(theme.SMALL), "muted"),
                (figure.value, theme.font(bold=True), figure.ink),
            ):
                room = QRectF(x, rect.y(), rect.right() - x, rect.height())
                painting.draw_text(painter, room, words, letters, theme.colour(ink))
                x += painting.width_of(words, letters) + 5
            x += 9
        if self.card.gap:
            room = QRectF(x - 8, rect.y(), rect.right() - x + 10, rect.height())
            painting.draw_text(painter, room, self.card.gap, theme.font(theme.SMALL), theme.colour("stop"))

    def _paint_foot(self, painter: QPainter, rect: QRectF) -> None:
        small = theme.font(theme.SMALL)
        who = painting.width_of(self.card.corner_foot, small)
        painting.draw_text(painter, rect, self.card.corner_foot, small, theme.colour("muted"), painting.RIGHT)
        if not self.card.foot:
            return
        ink = theme.colour(self.card.foot_ink)
        icons.paint(painter, self.card.foot_icon, ink, QRectF(rect.x(), rect.center().y() - 7, 14, 14))
        painting.draw_text(painter, rect.adjusted(19, 0, -who - 6, 0), self.card.foot, small, ink)

    def _paint_strip(self, painter: QPainter, rect: QRectF) -> None:
        tone = self.card.tone or "stop"
        painting.rounded(painter, rect, 4, theme.tone_tint(tone))
        ink = theme.colour(tone)
        icons.paint(painter, self.card.strip_icon, ink, QRectF(rect.x() + 6, rect.center().y() - 7, 14, 14))
        painting.draw_text(painter, rect.adjusted(25, 0, -4, 0), self.card.strip, theme.font(theme.SMALL), ink)


class _Count(QWidget):
    """A number in a white pill."""

    def __init__(self) -> None:
        super().__init__()
        self._count = 0
        self.setFixedSize(34, 22)

    def set_count(self, count: int) -> None:
        self._count = count
        self.update()

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        pill = QRectF(4, 2, 28, 18)
        painting.rounded(painter, pill, 8.5, theme.colour("surface"), theme.colour("line"))
        letters = theme.font(theme.SMALL, bold=True)
        painting.draw_text(painter, pill, str(self._count), letters, theme.colour("text"), painting.CENTRE, elide=False)
        painter.end()


class _EmptyColumn(QWidget):
    """A dashed outline that says what comes here."""

    def __init__(self, text: Caption) -> None:
        super().__init__()
        self.setFixedHeight(CARD)
        row = QHBoxLayout(self)
        row.setContentsMargins(14, 8, 14, 8)
        label = Label(text, "muted", theme.SMALL, wrap=True)
        label.setAlignment(Qt.AlignmentFlag.AlignCenter)
        row.addWidget(label)

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(QPen(theme.colour("control"), 1, Qt.PenStyle.DashLine))
        painter.drawRoundedRect(QRectF(self.rect()).adjusted(0.5, 0.5, -0.5, -0.5), 8, 8)
        painter.end()


class _Column(Surface):
    """One column: its head and its scrolling cards."""

    opened = Signal(str)
    stepped = Signal(int, int)

    def __init__(self, column: BoardColumn) -> None:
        super().__init__("well", "", 8)
        self.column = column
        self.cards: list[CardButton] = []
        outer = QVBoxLayout(self)
        outer.setContentsMargins(8, 4, 8, 8)
        outer.setSpacing(4)
        head = QHBoxLayout()
        head.setContentsMargins(3, 7, 0, 7)
        head.setSpacing(7)
        self._count = _Count()
        head.addWidget(IconMark(column.icon, column.ink, 16))
        head.addWidget(Label(column.title, "text", theme.BODY, bold=True, elide=True), 1)
        head.addWidget(self._count)
        outer.addLayout(head)
        scroll = QScrollArea()
        scroll.setFrameShape(QFrame.Shape.NoFrame)
        scroll.setWidgetResizable(True)
        scroll.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        scroll.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        inside = QWidget()
        self._list = QVBoxLayout(inside)
        self._list.setContentsMargins(0, 0, 0, 0)
        self._list.setSpacing(8)
        scroll.setWidget(inside)
        inside.setAutoFillBackground(False)  # setWidget has just switched it on
        scroll.viewport().setAutoFillBackground(False)
        outer.addWidget(scroll, 1)

    def set_cards(self, cards: Sequence[BoardCard]) -> None:
        clear(self._list)
        self.cards = [CardButton(card) for card in cards]
        for button in self.cards:
            button.clicked.connect(lambda _=False, key=button.card.key: self.opened.emit(key))
            button.stepped.connect(self.stepped)
            self._list.addWidget(button)
        if not cards and read(self.column.empty):
            self._list.addWidget(_EmptyColumn(self.column.empty))
        self._list.addStretch(1)
        self._count.set_count(len(cards))
        self.setAccessibleName(say("widgets.board.count", column=read(self.column.title), count=len(cards)))


class Board(QWidget):
    """Columns side by side. Arrows move between cards; Enter opens the card that has the focus."""

    opened = Signal(str)
    """The key of the card a person opened."""

    def __init__(self, columns: Sequence[BoardColumn]) -> None:
        super().__init__()
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(10)
        self._columns = [_Column(column) for column in columns]
        for column in self._columns:
            column.opened.connect(self.opened)
            column.stepped.connect(self._move)
            row.addWidget(column, 1)

    def set_cards(self, cards: dict[str, Sequence[BoardCard]]) -> None:
        """Cards by column key; a column that is left out is empty. The focus stays on its card where it moved to."""
        focused = next((b.card.key for c in self._columns for b in c.cards if b.hasFocus()), "")
        for column in self._columns:
            column.set_cards(cards.get(column.column.key, ()))
        for column in self._columns:
            for button in column.cards:
                if button.card.key == focused:
                    button.show()
                    button.setFocus()

    def _move(self, across: int, down: int) -> None:
        for place, column in enumerate(self._columns):
            for number, button in enumerate(column.cards):
                if button.hasFocus():
                    target = self._beside(place, across) if across else column.cards
                    if target:
                        target[max(0, min(len(target) - 1, number + down))].setFocus()
                    return

    def _beside(self, place: int, across: int) -> list[CardButton]:
        place += across
        while 0 <= place < len(self._columns):
            if self._columns[place].cards:
                return self._columns[place].cards
            place += across
        return []
