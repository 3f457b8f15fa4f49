"""A quantity on its way: hop cards with equal figures, then its flow to places, then to what has become of it."""

from collections.abc import Sequence
from dataclasses import dataclass, field

from PySide6.QtCore import QPointF, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QColor, QKeyEvent, QMouseEvent, QPainter, QPainterPath, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from app.ui import icons, theme
from app.ui.formats import number
from app.ui.widgets import painting

HOP, HOP_PITCH, NODE, HEAD = 108.0, 122.0, 8.0, 26.0
PLACE_GAP, STATE_LEAST, STATE_GAP, SUM_ROOM = 14.0, 20.0, 4.0, 30.0


@dataclass(frozen=True, slots=True)
class Hop:
    """One step of the way: how much, under which document, by whom, when, and whether it equals the step before."""

    title: str
    quantity: int
    document: str
    person: str
    day: str
    is_equal: bool = True


@dataclass(frozen=True, slots=True)
class FlowNode:
    """A place or a state with its quantity; states name a fill token."""

    key: str
    name: str
    value: int
    fill: str = "fill_blue"
    ink: str = "text"


@dataclass(frozen=True, slots=True)
class FlowLink:
    """How much of a place is in a state."""

    place: str
    state: str
    value: int


@dataclass(frozen=True, slots=True)
class Flow:
    """The whole picture; titles head the three columns after the hops."""

    hops: tuple[Hop, ...] = ()
    source_title: str = ""
    places_title: str = ""
    states_title: str = ""
    sum_title: str = ""
    places: tuple[FlowNode, ...] = ()
    states: tuple[FlowNode, ...] = ()
    links: tuple[FlowLink, ...] = ()

    @property
    def total(self) -> int:
        return sum(node.value for node in self.places)


@dataclass(slots=True)
class _Layout:
    """Where everything lies, for one size."""

    scale: float
    source: QRectF
    places: dict[str, QRectF] = field(default_factory=dict)
    states: dict[str, QRectF] = field(default_factory=dict)
    states_x: float = 0.0


class TraceFlow(QWidget):
    """Up and Down move along places and states, Enter or a click opens one."""

    opened = Signal(str)
    """The key of the place or state a person opened."""

    def __init__(self, flow: Flow | None = None) -> None:
        super().__init__()
        self._flow = flow or Flow()
        self._layout: _Layout | None = None
        self._current = -1
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)

    def set_flow(self, flow: Flow) -> None:
        self._flow = flow
        self._layout = None
        self._current = -1
        nodes = (*flow.places, *flow.states)
        listed = ", ".join(f"{node.name} {number(node.value)}" for node in nodes)
        self.setAccessibleName(listed or f"{flow.states_title} {number(0)}")
        self.update()

    def minimumSizeHint(self) -> QSize:
        return QSize(760, 240)

    def sizeHint(self) -> QSize:
        return QSize(1100, 320)

    def _arranged(self) -> _Layout:
        flow, height = self._flow, self.height() - HEAD
        left = len(flow.hops) * HOP_PITCH + 12
        rest = self.width() - left
        scale = self._scale(height)
        gap = PLACE_GAP
        used = flow.total * scale + gap * (len(flow.places) - 1)
        y = HEAD + max(0.0, (height - SUM_ROOM - used) / 2)
        made = _Layout(scale, QRectF(left, y + 4, NODE, used - 8), states_x=left + rest * 0.7)
        for node in flow.places:
            made.places[node.key] = QRectF(left + rest * 0.26, y, NODE, max(2.0, node.value * scale))
            y += node.value * scale + gap
        self._place_states(made, height)
        return made

    def _scale(self, height: float) -> float:
        """Pixels a unit, so that places with their gaps and states with their least heights both fit."""
        flow, total = self._flow, max(1, self._flow.total)
        scale = max(0.0, height - SUM_ROOM - PLACE_GAP * max(0, len(flow.places) - 1)) / total
        for _ in range(60):
            tall = sum(max(STATE_LEAST, node.value * scale) + STATE_GAP for node in flow.states)
            if tall <= height - SUM_ROOM + STATE_GAP:
                break
            scale *= 0.95
        return scale

    def _place_states(self, made: _Layout, height: float) -> None:
        blocks = [max(STATE_LEAST, node.value * made.scale) for node in self._flow.states]
        used = sum(blocks) + STATE_GAP * max(0, len(blocks) - 1)
        y = HEAD + max(0.0, (height - SUM_ROOM - used) / 2)
        for node, block in zip(self._flow.states, blocks, strict=True):
            tall = max(2.0, node.value * made.scale)
            made.states[node.key] = QRectF(made.states_x, y + (block - tall) / 2, NODE, tall)
            y += block + STATE_GAP

    def resizeEvent(self, event: object) -> None:
        self._layout = None

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        if not self._flow.places:
            painter.end()
            return
        self._layout = made = self._layout or self._arranged()
        for place, hop in enumerate(self._flow.hops):
            self._paint_hop(painter, hop, QRectF(place * HOP_PITCH, made.source.y(), HOP, made.source.height()))
        self._paint_titles(painter, made)
        self._paint_ribbons(painter, made)
        self._paint_nodes(painter, made)
        self._paint_states(painter, made)
        self._paint_focus(painter, made)
        painter.end()

    def _paint_hop(self, painter: QPainter, hop: Hop, rect: QRectF) -> None:
        small, text = theme.font(theme.SMALL), theme.colour("text")
        painting.draw_text(painter, QRectF(rect.x(), 0, HOP_PITCH, 20), hop.title, theme.font(9, bold=True), text)
        painting.rounded(painter, rect, 6, theme.colour("head"), theme.colour("line"))
        bar = painting.side_rounded(QRectF(rect.x(), rect.y(), 5, rect.height()), 2.5, left=True, right=False)
        painter.fillPath(bar, theme.colour("fill_blue"))
        sign = "check-circle" if hop.is_equal else "x-circle"
        ink = theme.colour("ok" if hop.is_equal else "stop")
        icons.paint(painter, sign, ink, QRectF(rect.right() - 25, rect.y() + 10, 15, 15))
        inner = QRectF(rect.x() + 14, rect.center().y() - 42, rect.width() - 18, 30)
        painting.draw_text(painter, inner, number(hop.quantity), theme.font(theme.TITLE, bold=True), text)
        code = theme.font(8.25, mono=True)
        if painting.width_of(hop.document, code) > rect.width() - 18:
            code = theme.font(7.5, mono=True)
        lines = ((hop.document, code, "text"), (hop.person, small, "text"), (hop.day, small, "muted"))
        for place, (words, letters, ink_name) in enumerate(lines):
            line = QRectF(inner.x(), inner.bottom() + 3 + 20 * place, inner.width() + 3, 19)
            painting.draw_text(painter, line, words, letters, theme.colour(ink_name))
        chevron = QRectF(rect.right() + 2, rect.center().y() - 7, 13, 13)
        icons.paint(painter, "chevron-right", theme.colour("muted"), chevron)

    def _paint_titles(self, painter: QPainter, made: _Layout) -> None:
        places_x = next(iter(made.places.values())).x()
        for x, words in (
            (made.source.x() - 4, self._flow.source_title),
            (places_x, self._flow.places_title),
            (made.states_x, self._flow.states_title),
        ):
            rect = QRectF(x, 0, 180, 20)
            painting.draw_text(painter, rect, words, theme.font(theme.SMALL, bold=True), theme.colour("text"))

    def _paint_ribbons(self, painter: QPainter, made: _Layout) -> None:
        y = made.source.y()
        for node in self._flow.places:
            rect = made.places[node.key]
            leaves = node.value * made.source.height() / max(1, self._flow.total)
            talls = leaves, node.value * made.scale
            self._ribbon(painter, (made.source.right(), y), (rect.x(), rect.y()), talls, "fill_blue", 46)
            y += leaves
        arrived = {key: rect.y() for key, rect in made.states.items()}
        fills = {node.key: node.fill for node in self._flow.states}
        for node in self._flow.places:
            rect = made.places[node.key]
            y = rect.y()
            for state in self._flow.states:
                for link in self._flow.links:
                    if (link.place, link.state) != (node.key, state.key):
                        continue
                    tall = link.value * made.scale
                    end = (made.states_x, arrived[state.key])
                    self._ribbon(painter, (rect.right(), y), end, (tall, tall), fills[state.key], 95)
                    y += tall
                    arrived[state.key] += tall

    def _ribbon(
        self,
        painter: QPainter,
        start: tuple[float, float],
        end: tuple[float, float],
        talls: tuple[float, float],
        fill: str,
        alpha: int,
    ) -> None:
        middle, leaves, arrives = (start[0] + end[0]) / 2, max(1.0, talls[0]), max(1.0, talls[1])
        path = QPainterPath(QPointF(*start))
        path.cubicTo(QPointF(middle, start[1]), QPointF(middle, end[1]), QPointF(*end))
        path.lineTo(end[0], end[1] + arrives)
        path.cubicTo(
            QPointF(middle, end[1] + arrives), QPointF(middle, start[1] + leaves), QPointF(start[0], start[1] + leaves)
        )
        path.closeSubpath()
        colour = QColor(theme.colour(fill))
        colour.setAlpha(alpha)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.fillPath(path, colour)

    def _paint_nodes(self, painter: QPainter, made: _Layout) -> None:
        painting.rounded(painter, made.source, 2, theme.colour("fill_blue"))
        total = QRectF(made.source.right() + 6, made.source.center().y() - 42, 120, 30)
        letters = theme.font(theme.TITLE, bold=True)
        painting.draw_text(painter, total, number(self._flow.total), letters, theme.colour("text"))
        for node in self._flow.places:
            rect = made.places[node.key]
            painting.rounded(painter, rect, 2, theme.colour(node.fill))
            self._paint_place_label(painter, node, rect)

    def _paint_place_label(self, painter: QPainter, node: FlowNode, rect: QRectF) -> None:
        words, figure = node.name, number(node.value)
        bold = theme.font(bold=True)
        width = painting.width_of(words, theme.font(9.75)) + painting.width_of(figure, bold) + 18
        box = QRectF(rect.right() + 5, rect.center().y() - 11, width, 22)
        ground = QColor(theme.colour("surface"))
        ground.setAlpha(215)
        painting.rounded(painter, box, 4, ground)
        inner = box.adjusted(6, 0, -6, 0)
        painting.draw_text(painter, inner, words, theme.font(9.75), theme.colour("text"), elide=False)
        painting.draw_text(painter, inner, figure, bold, theme.colour("text"), painting.RIGHT, elide=False)

    def _paint_states(self, painter: QPainter, made: _Layout) -> None:
        bold = theme.font(bold=True)
        bottom = HEAD
        for node in self._flow.states:
            rect = made.states[node.key]
            painting.rounded(painter, rect, 2, theme.colour(node.fill))
            line = QRectF(rect.right() + 10, rect.center().y() - 11, self.width() - rect.right() - 10, 22)
            painting.draw_text(painter, line, node.name, theme.font(), theme.colour("text"))
            painting.draw_text(painter, line, number(node.value), bold, theme.colour(node.ink), painting.RIGHT)
            bottom = max(bottom, line.bottom(), rect.bottom())
        y = round(bottom) + 4.0
        painting.line(painter, QPointF(made.states_x, y), QPointF(self.width(), y))
        line = QRectF(made.states_x + NODE + 10, y + 3, self.width() - made.states_x - NODE - 10, 22)
        painting.draw_text(painter, line, self._flow.sum_title, theme.font(), theme.colour("muted"))
        total = number(sum(node.value for node in self._flow.states))
        painting.draw_text(painter, line, total, bold, theme.colour("text"), painting.RIGHT)

    def _spots(self, made: _Layout) -> list[tuple[str, QRectF]]:
        places = [(key, rect.adjusted(-2, -4, 150, 4)) for key, rect in made.places.items()]
        room = self.width() - made.states_x
        states = [(key, QRectF(rect.x() - 2, rect.center().y() - 13, room, 26)) for key, rect in made.states.items()]
        return places + states

    def _paint_focus(self, painter: QPainter, made: _Layout) -> None:
        spots = self._spots(made)
        if self.hasFocus() and 0 <= self._current < len(spots):
            painting.focus_ring(painter, spots[self._current][1], 4)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        made = self._layout or self._arranged()
        spots = self._spots(made)
        step = {Qt.Key.Key_Up: -1, Qt.Key.Key_Down: 1}.get(Qt.Key(event.key()), 0)
        if step and spots:
            self._current = max(0, min(len(spots) - 1, self._current + step))
            self.update()
        elif event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and 0 <= self._current < len(spots):
            self.opened.emit(spots[self._current][0])
        else:
            super().keyPressEvent(event)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        if self._layout is None:
            return
        for place, (key, rect) in enumerate(self._spots(self._layout)):
            if rect.contains(event.position()):
                self._current = place
                self.update()
                self.opened.emit(key)
                return


def links_from(values: Sequence[tuple[str, str, int]]) -> tuple[FlowLink, ...]:
    """Links from plain (place, state, value) triples, empty ones left out."""
    return tuple(FlowLink(place, state, value) for place, state, value in values if value)
