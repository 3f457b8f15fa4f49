"""A sheet of paper on the screen: a PDF page by page, larger and smaller, by keyboard."""

from collections.abc import Callable
from contextlib import closing
from typing import Any, cast

from pypdfium2 import PdfDocument
from PySide6.QtCore import QEvent, QRectF, Qt, Signal
from PySide6.QtGui import QImage, QKeyEvent, QPainter, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QScrollArea, QSizePolicy, QVBoxLayout, QWidget

from app.ui import theme
from app.ui.language import Caption, read, say, spoken
from app.ui.widgets import painting
from app.ui.widgets.buttons import KeycapButton
from app.ui.widgets.labels import Label

POINTS_AN_INCH = 72.0
ZOOMS = (0.5, 0.75, 1.0, 1.25, 1.5, 2.0, 3.0)
EDGE = 10
SCREEN_DPI = 96.0


def page_image(document: PdfDocument, number: int, dots_an_inch: float) -> QImage:
    """One page (from 0) as pixels. Only for the GUI thread: PDFium is not safe between threads."""
    page = document[number]
    try:
        render = cast("Callable[..., Any]", page.render)  # its own types miss what it takes
        bitmap = render(scale=dots_an_inch / POINTS_AN_INCH, prefer_bgrx=True)
        image = QImage(bytes(bitmap.buffer), bitmap.width, bitmap.height, bitmap.stride, QImage.Format.Format_RGB32)
        return image.copy()  # its own memory: the bitmap's goes with it
    finally:
        page.close()


def page_size(document: PdfDocument, number: int) -> tuple[float, float]:
    """Width and height of a page (from 0) in points."""
    size = cast("Callable[[int], tuple[float, float]]", document.get_page_size)
    return size(number)


def _widths(content: bytes) -> tuple[float, ...]:
    """The width of each page in points."""
    with closing(PdfDocument(content)) as document:
        return tuple(page_size(document, number)[0] for number in range(len(document)))


class _Sheet(QWidget):
    """The page itself, on its shadowless ground."""

    def __init__(self) -> None:
        super().__init__()
        self.image = QImage()
        self._empty: Caption = ""
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)

    def set_image(self, image: QImage, empty: Caption = "") -> None:
        self.image, self._empty = image, empty
        size = image.deviceIndependentSize().toSize()
        edge = 0 if image.isNull() else 2 * EDGE
        self.setMinimumSize(size.width() + edge, size.height() + edge)
        self.update()

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.fillRect(self.rect(), theme.colour("well"))
        if self.image.isNull():
            rect = QRectF(self.rect()).adjusted(12, 0, -12, 0)
            painting.draw_text(
                painter, rect, read(self._empty), theme.font(), theme.colour("muted"), painting.CENTRE, elide=False
            )
        else:
            size = self.image.deviceIndependentSize()
            left = max(float(EDGE), (self.width() - size.width()) / 2)
            target = QRectF(round(left), EDGE, size.width(), size.height())
            painter.drawImage(target, self.image)
            painter.setPen(theme.colour("line"))
            painter.drawRect(target)
        painter.end()


class PaperView(QWidget):
    """Page Up and Page Down turn the page, + and − change the size, 0 fits the width; Home and End jump.

    Further buttons may stand at the right of its bar (``add_action``).
    """

    page_changed = Signal(int, int)
    """The page shown, from 1, and how many there are."""

    def __init__(self, empty: Caption = "") -> None:
        super().__init__()
        self._empty = empty
        self._content, self._page = b"", 0
        self._name: Caption = ""
        self._widths: tuple[float, ...] = ()
        self._zoom: float | None = None
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self._sheet = _Sheet()
        self._area = QScrollArea()
        self._area.setFrameShape(QFrame.Shape.NoFrame)
        self._area.setWidgetResizable(True)
        self._area.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self._area.setWidget(self._sheet)
        self.place = Label("", "text", theme.SMALL)
        self.size_label = Label("", "muted", theme.SMALL)
        self.before = _small("chevron-left", spoken("widgets.paper.before"))
        self.after = _small("chevron-right", spoken("widgets.paper.after"))
        self.smaller = _small("minus", spoken("widgets.paper.smaller"))
        self.larger = _small("plus", spoken("widgets.paper.larger"))
        self.fit = _small("expand", spoken("widgets.paper.fit"))
        self._arrange()
        self._connect()
        self.set_paper(b"")

    def _arrange(self) -> None:
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(6)
        self._bar = QHBoxLayout()
        self._bar.setSpacing(4)
        for widget in (self.before, self.place, self.after):
            self._bar.addWidget(widget)
        self._bar.addSpacing(10)
        for widget in (self.smaller, self.size_label, self.larger, self.fit):
            self._bar.addWidget(widget)
        self._bar.addStretch(1)
        column.addLayout(self._bar)
        column.addWidget(self._area, 1)

    def _connect(self) -> None:
        self.before.clicked.connect(lambda: self.turn(-1))
        self.after.clicked.connect(lambda: self.turn(1))
        self.smaller.clicked.connect(lambda: self.step_size(-1))
        self.larger.clicked.connect(lambda: self.step_size(1))
        self.fit.clicked.connect(self.fit_width)

    def add_action(self, button: QWidget) -> None:
        """Place a button at the right end of the bar."""
        self._bar.addWidget(button)

    # what is shown -------------------------------------------------------------
    def set_paper(self, content: bytes, name: Caption = "") -> None:
        """Show the first page of a PDF; nothing where ``content`` is empty."""
        self._content, self._page = content, 0
        self._widths = _widths(content) if content else ()
        self._name = name
        self._area.verticalScrollBar().setValue(0)
        self._draw()

    @property
    def pages(self) -> int:
        return len(self._widths)

    @property
    def page(self) -> int:
        """The page shown, from 1; 0 where there is none."""
        return self._page + 1 if self.pages else 0

    def image(self) -> QImage:
        """The page as it is drawn now."""
        return self._sheet.image

    def turn(self, step: int) -> None:
        """Forward or back; at the ends nothing happens."""
        self.go(self._page + 1 + step)

    def go(self, page: int) -> None:
        """Show a page, from 1."""
        wanted = min(max(page, 1), max(self.pages, 1)) - 1
        if wanted != self._page:
            self._page = wanted
            self._area.verticalScrollBar().setValue(0)
            self._draw()

    def step_size(self, step: int) -> None:
        """The next larger or smaller size."""
        now = self.zoom()
        if step > 0:
            self._zoom = next((size for size in ZOOMS if size > now + 0.01), ZOOMS[-1])
        else:
            self._zoom = next((size for size in reversed(ZOOMS) if size < now - 0.01), ZOOMS[0])
        self._draw()

    def fit_width(self) -> None:
        """As wide as there is room, from now on."""
        self._zoom = None
        self._draw()

    def zoom(self) -> float:
        """1.0 is the paper's own size at 96 dots an inch."""
        if self._zoom is not None or not self._widths:
            return self._zoom or 1.0
        width = self._widths[self._page] * SCREEN_DPI / POINTS_AN_INCH
        room = self._area.width() - 2 * EDGE - self._area.verticalScrollBar().sizeHint().width()
        return max(0.2, room / width)

    def _draw(self) -> None:
        zoom = self.zoom()
        image = QImage()
        if self._content:
            ratio = self.devicePixelRatioF()
            with closing(PdfDocument(self._content)) as document:
                image = page_image(document, self._page, SCREEN_DPI * zoom * ratio)
            image.setDevicePixelRatio(ratio)
        self._sheet.set_image(image, self._empty)
        self._speak(zoom)
        self.page_changed.emit(self.page, self.pages)

    def _speak(self, zoom: float) -> None:
        self.setAccessibleName(read(self._name) or read(self._empty))
        self.place.set_text(say("widgets.paper.page", page=self.page, pages=self.pages) if self.pages else "")
        self.size_label.set_text(f"{round(100 * zoom)} %" if self.pages else "")
        for button in (self.smaller, self.larger, self.fit):
            button.setEnabled(self.pages > 0)
        self.before.setEnabled(self._page > 0)
        self.after.setEnabled(self._page + 1 < self.pages)

    # events ----------------------------------------------------------------------
    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        if self._zoom is None and event.oldSize().width() != event.size().width():
            self._draw()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        acts = {
            Qt.Key.Key_PageDown: lambda: self.turn(1),
            Qt.Key.Key_PageUp: lambda: self.turn(-1),
            Qt.Key.Key_Home: lambda: self.go(1),
            Qt.Key.Key_End: lambda: self.go(self.pages),
            Qt.Key.Key_Plus: lambda: self.step_size(1),
            Qt.Key.Key_Minus: lambda: self.step_size(-1),
            Qt.Key.Key_0: self.fit_width,
            Qt.Key.Key_Down: lambda: self._scroll(60),
            Qt.Key.Key_Up: lambda: self._scroll(-60),
        }
        act = acts.get(Qt.Key(event.key()))
        if act is None:
            super().keyPressEvent(event)
        else:
            act()

    def _scroll(self, pixels: int) -> None:
        bar = self._area.verticalScrollBar()
        bar.setValue(bar.value() + pixels)

    def paintEvent(self, event: QPaintEvent) -> None:
        super().paintEvent(event)
        if self.hasFocus():
            painter = QPainter(self)
            painting.focus_ring(painter, QRectF(self._area.geometry()).adjusted(-1, -1, 1, 1), 4)
            painter.end()

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.LanguageChange:
            self._speak(self.zoom())


def _small(icon: str, name: Caption) -> KeycapButton:
    return KeycapButton(icon=icon, name=name, height=28, kind="quiet")
