"""The surfaces of a page: card, head of a page, pane at the right, empty state, flowing layout host."""

from collections.abc import Sequence

from PySide6.QtCore import QRectF, QSize, Qt, Signal
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLayout, QScrollArea, QSizePolicy, QVBoxLayout, QWidget

from app.ui import theme
from app.ui.language import Caption
from app.ui.widgets import painting
from app.ui.widgets.buttons import KeycapButton
from app.ui.widgets.labels import IconMark, Label, LinkButton, Rule, muted


class Surface(QWidget):
    """A rounded ground with a one-pixel edge, drawn from tokens. ``edge_bar`` marks the left side."""

    def __init__(self, ground: str = "surface", edge: str = "line", radius: float = 8.0) -> None:
        super().__init__()
        self._ground, self._edge, self._radius = ground, edge, radius
        self._edge_bar = ""

    def set_look(self, ground: str, edge: str, edge_bar: str = "") -> None:
        self._ground, self._edge, self._edge_bar = ground, edge, edge_bar
        self.update()

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        rect = QRectF(self.rect())
        edge = theme.colour(self._edge) if self._edge else None
        painting.rounded(painter, rect, self._radius, theme.colour(self._ground), edge)
        if self._edge_bar:
            path = painting.side_rounded(QRectF(0, 0, 8, rect.height()), 4, left=True, right=False)
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            painter.setClipRect(QRectF(0, 0, 4, rect.height()))
            painter.fillPath(path, theme.colour(self._edge_bar))
        painter.end()


class Card(Surface):
    """A card: head row 40 with title, muted note and widgets at the right; then ``body``.

    ``flush`` bodies (tables) reach the card's edge; without ``rule`` no line parts head and body. Put things in with
    ``body.addWidget`` or ``add``.
    """

    def __init__(
        self,
        text: Caption = "",
        note: Caption = "",
        *,
        flush: bool = False,
        rule: bool = True,
        head_height: int = 40,
    ) -> None:
        super().__init__()
        self._has_rule = rule
        outer = QVBoxLayout(self)
        outer.setContentsMargins(1, 1, 1, 1)
        outer.setSpacing(0)
        self.head = QWidget()
        self.head.setFixedHeight(head_height)
        self._head_row = QHBoxLayout(self.head)
        self._head_row.setContentsMargins(16, 0, 16, 0)
        self._head_row.setSpacing(8)
        self.title = Label(text, "text", theme.BODY, bold=True)
        self.note = muted(note, elide=False)
        self._head_row.addWidget(self.title)
        self._head_row.addWidget(self.note)
        self._head_row.addStretch(1)
        self._rule = Rule()
        outer.addWidget(self.head)
        outer.addWidget(self._rule)
        self.body = QVBoxLayout()
        self.body.setSpacing(0 if flush else 8)
        self.body.setContentsMargins(*((0, 0, 0, 6) if flush else (16, 12, 16, 14)))
        outer.addLayout(self.body, 1)
        self._outer = outer
        self.set_title(text, note)

    def set_title(self, text: Caption, note: Caption = "") -> None:
        self.title.set_text(text)
        self.note.set_text(note)
        shown = bool(self.title.text())
        self.head.setVisible(shown)
        self._rule.setVisible(shown and self._has_rule)

    def add(self, widget: QWidget, stretch: int = 0) -> None:
        self.body.addWidget(widget, stretch)

    def add_to_head(self, widget: QWidget) -> None:
        """Place a link or a number at the right end of the head row."""
        self._head_row.addWidget(widget)

    def add_footer(self, widget: QWidget, height: int = 40, *, tinted: bool = False) -> None:
        """A row under the body, above it a line."""
        self._outer.addWidget(Rule())
        foot = Surface("head", "", 7) if tinted else QWidget()
        foot.setFixedHeight(height)
        row = QHBoxLayout(foot)
        row.setContentsMargins(16, 0, 12, 0)
        row.addWidget(widget)
        self._outer.addWidget(foot)


class _Note(Label):
    """The muted words after a title; takes no room while it says nothing."""

    def __init__(self, text: Caption) -> None:
        super().__init__("", "muted", theme.SMALL)
        self.setContentsMargins(8, 0, 0, 0)
        self.set_text(text)

    def set_text(self, text: Caption) -> None:
        super().set_text(text)
        self.setVisible(bool(self.text()))


class PageHead(QWidget):
    """Crumb (optional), title 18 pt, muted text, chips, buttons at the right: the primary one comes last.

    After the crumb stand ``code`` in mono letters and ``trail`` in small muted ones.
    """

    crumb_pressed = Signal()

    def __init__(
        self, text: Caption = "", note: Caption = "", *, crumb: Caption = "", code: Caption = "", trail: Caption = ""
    ) -> None:
        super().__init__()
        outer = QVBoxLayout(self)
        outer.setContentsMargins(0, 0, 0, 0)
        outer.setSpacing(8)
        self.code = Label(code, "muted", theme.SMALL, mono=True)
        self.trail = muted(trail)
        if crumb:
            outer.addLayout(self._crumb_row(crumb))
        self.title = Label(text, "text", theme.TITLE, bold=True, elide=True)
        self.note = _Note(note)
        self.lead, self.chips, self.buttons = QHBoxLayout(), QHBoxLayout(), QHBoxLayout()
        row = QHBoxLayout()
        row.setSpacing(8)
        for part in (self.lead, self.chips, self.buttons):
            part.setSpacing(8)
        row.addLayout(self.lead)
        row.addWidget(self.title)
        row.addWidget(self.note)
        row.addLayout(self.chips)
        row.addStretch(1)
        row.addLayout(self.buttons)
        outer.addLayout(row)
        self.setFixedHeight(64 if crumb else 38)

    def minimumSizeHint(self) -> QSize:
        return QSize(320, self.height())

    def _crumb_row(self, crumb: Caption) -> QHBoxLayout:
        row = QHBoxLayout()
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(0)
        self.crumb = LinkButton(crumb, flush=True)
        self.crumb.setFixedHeight(20)
        self.crumb.clicked.connect(self.crumb_pressed)
        row.addWidget(self.crumb)
        row.addSpacing(3)
        row.addWidget(IconMark("chevron-right", "muted", 12))
        row.addSpacing(8)
        row.addWidget(self.code)
        if self.code.text():
            row.addSpacing(20)
        row.addWidget(self.trail, 1)
        self.crumb_end = QHBoxLayout()
        row.addLayout(self.crumb_end)
        return row

    def set_title(self, text: Caption, note: Caption = "") -> None:
        self.title.set_text(text)
        self.note.set_text(note)

    def set_chips(self, chips: Sequence[QWidget]) -> None:
        """Replace the chips after the title."""
        clear(self.chips)
        for chip in chips:
            self.chips.addWidget(chip)

    def set_lead(self, widgets: Sequence[QWidget]) -> None:
        """Replace what stands before the title, such as a badge."""
        clear(self.lead)
        for widget in widgets:
            self.lead.addWidget(widget)

    def add_action(self, button: QWidget) -> None:
        self.buttons.addWidget(button)


def clear(layout: QLayout) -> None:
    """Take everything out of a layout and let it go."""
    while (item := layout.takeAt(0)) is not None:  # pyright: ignore[reportUnnecessaryComparison]
        widget, inner = item.widget(), item.layout()
        if widget is not None:  # pyright: ignore[reportUnnecessaryComparison]
            widget.hide()
            widget.deleteLater()
        elif inner is not None:  # pyright: ignore[reportUnnecessaryComparison]
            clear(inner)


class SidePane(Surface):
    """The pane at the right of a table: scrolls by itself, ``foot`` stays. Put things into ``body``."""

    def __init__(self, width: int = 296) -> None:
        super().__init__()
        self.setFixedWidth(width)
        outer = QVBoxLayout(self)
        outer.setContentsMargins(1, 1, 1, 1)
        outer.setSpacing(0)
        self._scroll = QScrollArea()
        self._scroll.setFrameShape(QFrame.Shape.NoFrame)
        self._scroll.setWidgetResizable(True)
        self._scroll.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self._scroll.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self._scroll.viewport().setAutoFillBackground(False)
        inside = QWidget()
        self.body = QVBoxLayout(inside)
        self.body.setContentsMargins(16, 14, 14, 12)
        self.body.setSpacing(6)
        self._scroll.setWidget(inside)
        inside.setAutoFillBackground(False)  # setWidget has just switched it on
        self.foot = QHBoxLayout()
        self.foot.setContentsMargins(16, 0, 16, 0)
        self.foot.setSpacing(8)
        outer.addWidget(self._scroll, 1)
        outer.addLayout(self.foot)

    def clear(self) -> None:
        """Empty the body."""
        clear(self.body)

    def add(self, widget: QWidget) -> None:
        self.body.addWidget(widget)

    def add_foot(self, widget: QWidget) -> None:
        """Pin a button under the scrolling part."""
        self.foot.setContentsMargins(16, 8, 16, 14)
        self.foot.addWidget(widget)
        self.foot.addStretch(1)


class EmptyState(QWidget):
    """What comes to an empty page, and the next step as a button."""

    def __init__(self, icon: str, text: Caption, note: Caption = "", action: KeycapButton | None = None) -> None:
        super().__init__()
        column = QVBoxLayout(self)
        column.setSpacing(8)
        column.addStretch(1)
        self.title = Label(text, "text", theme.HEAD, bold=True, wrap=True)
        self.note = muted(note, wrap=True)
        column.addWidget(IconMark(icon, "muted", 40, 1.5), 0, Qt.AlignmentFlag.AlignHCenter)
        for label in (self.title, self.note):
            label.setAlignment(Qt.AlignmentFlag.AlignCenter)
            column.addWidget(label)
        if action is not None:
            column.addSpacing(4)
            column.addWidget(action, 0, Qt.AlignmentFlag.AlignHCenter)
        column.addStretch(2)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)
