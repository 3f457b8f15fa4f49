"""Small parts of the receiving page: the totals with their keys, a part of a label with its source, a hint."""

from PySide6.QtCore import QEvent, QRectF, QSize, Qt
from PySide6.QtGui import QKeySequence, QPainter, QPaintEvent, QShortcutEvent
from PySide6.QtWidgets import QAbstractButton, QHBoxLayout, QSizePolicy, QWidget

from app.core.statuses.receipt import LineElement
from app.queries.deliveries import DeliveryCard, Lamp
from app.ui import formats, theme
from app.ui.language import Caption, read, say, spoken
from app.ui.pages.receiving.columns import lamp_look
from app.ui.widgets import painting
from app.ui.widgets.card import Surface
from app.ui.widgets.chips import LampRow
from app.ui.widgets.labels import IconMark, Label, muted


class KeyHint(QAbstractButton):
    """A key and what it does: for the eye, for the mouse, and the key itself."""

    def __init__(self, key: str, text: Caption, cap: str = "") -> None:
        super().__init__()
        self._cap, self._caption = cap or key, text
        self.setShortcut(QKeySequence(key))
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        self.speak()

    def speak(self) -> None:
        self.setAccessibleName(read(self._caption))
        self.updateGeometry()
        self.update()

    def event(self, event: QEvent) -> bool:
        if isinstance(event, QShortcutEvent) and event.type() == QEvent.Type.Shortcut and not event.isAmbiguous():
            self.click()  # Qt's own answer comes 100 ms later
            return True
        return super().event(event)

    def sizeHint(self) -> QSize:
        width = painting.keycap_width(self._cap) + 6 + painting.width_of(read(self._caption), theme.font(theme.SMALL))
        return QSize(round(width) + 4, 32)

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        middle, ink = self.height() / 2, theme.colour("text" if self.underMouse() else "muted")
        used = painting.draw_keycap(painter, 0, middle, self._cap, ink, theme.colour("control"))
        room = QRectF(used + 6, 0, self.width() - used - 6, self.height())
        painting.draw_text(painter, room, read(self._caption), theme.font(theme.SMALL), ink)
        painter.end()


class Totals(QWidget):
    """What would be posted, what waits, what stays out."""

    def __init__(self) -> None:
        super().__init__()
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(5)
        self._figures: list[tuple[Label, Label]] = []
        for ink in ("text", "text", "attention", "stop"):
            figure, name = Label("", ink, theme.BODY, bold=True), muted("")
            row.addWidget(figure)
            row.addWidget(name)
            row.addSpacing(11)
            self._figures.append((figure, name))

    def show_card(self, card: DeliveryCard) -> None:
        units = {line.unit.said_in("zh"): line.unit for line in card.postable}
        counts = (len(card.postable), card.units, len(card.open_lines), len(card.refused))
        keys = ("ready", "units" if len(units) != 1 else "unit", "open", "refused")
        for place, (count, key) in enumerate(zip(counts, keys, strict=True)):
            figure, name = self._figures[place]
            figure.set_text(formats.number(count))
            name.set_text(say(f"receiving.total.{key}", count=count))
            is_shown = place < 2 or count > 0
            figure.setVisible(is_shown)
            name.setVisible(is_shown)


class ElementRow(QWidget):
    """One part of the label: its lamp, its name, what it is, where it came from."""

    def __init__(self, element: LineElement) -> None:
        super().__init__()
        self._element = element
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(8)
        name = Label(spoken(f"receiving.element.{element.value}"), "text", theme.SMALL)
        name.setFixedWidth(78)
        self._lamps = LampRow()
        self.value = Label("", "text", theme.SMALL, mono=True)
        self._source = Label("", "muted", theme.SMALL)
        row.addWidget(self._lamps)
        row.addWidget(name)
        row.addWidget(self.value, 1)
        row.addWidget(self._source)
        self.setFixedHeight(25)

    def show_part(self, lamp: Lamp, value: str, source: str, ink: str) -> None:
        """What it is, and where that came from."""
        self._lamps.set_lamps((lamp_look(self._element, lamp),))
        self.value.set_text(value)
        self._source.set_text(source)
        self._source.set_ink(ink)


class HintBox(Surface):
    """A sentence and what to do, on a quieter ground."""

    def __init__(self, first: str, second: str = "", *, icon: str = "info", ink: str = "accent") -> None:
        super().__init__("well", "", 6)
        row = QHBoxLayout(self)
        row.setContentsMargins(12, 4, 10, 4)
        row.setSpacing(9)
        row.addWidget(IconMark(icon, ink, 16), 0, Qt.AlignmentFlag.AlignVCenter)
        label = Label(f"{first}\n{second}" if second else first, "text", theme.SMALL, wrap=True)
        row.addWidget(label, 1)
