"""The frame around the pages: rail, top bar, the page that is open, and what may lie over it."""

from collections.abc import Callable, Sequence

from PySide6.QtCore import QEvent, Qt, Signal
from PySide6.QtGui import QCloseEvent, QKeyEvent, QKeySequence, QResizeEvent, QShortcut
from PySide6.QtWidgets import QHBoxLayout, QStackedWidget, QVBoxLayout, QWidget

from app.ui.language import Caption, say, spoken
from app.ui.page import Page
from app.ui.shell.doors import DeviceState, Door, Person
from app.ui.shell.help_pane import HelpPane
from app.ui.shell.outage_strip import OutageStrip
from app.ui.shell.rail import Rail
from app.ui.shell.top_bar import TopBar
from app.ui.widgets.search_palette import Found, SearchPalette
from app.ui.widgets.toast import Toast
from app.ui.widgets.verdict_screen import VerdictScreen

PageFactory = Callable[[], Page]
REMEMBERED = 30


class MainWindow(QWidget):
    """Takes plain values and sends signals; whoever builds it connects them to services.

    Pages are built when they are first opened. ``register`` their factories, then ``set_doors``, then ``open_page``.
    """

    page_opened = Signal(str)
    scan_unanswered = Signal(str)
    """A scan that the open page had no answer for."""
    scan_held = Signal(str)
    """A scan that came while a stop stood on the screen; it went nowhere."""
    searched = Signal(str)
    """What was typed into the palette; answer with ``show_found``."""
    found_picked = Signal(object)
    help_asked = Signal(str)
    """The key of the open page; answer with ``help.explain``."""
    language_chosen = Signal(str)
    theme_switched = Signal(bool)
    sound_switched = Signal(bool)
    bell_pressed = Signal()
    lock_pressed = Signal()
    sign_out_pressed = Signal()
    closing = Signal()

    def __init__(self) -> None:
        super().__init__()
        self._factories: dict[str, PageFactory] = {}
        self._pages: dict[str, Page] = {}
        self._way: list[str] = []
        self.rail, self.top_bar, self.help = Rail(), TopBar(), HelpPane()
        self.outage = OutageStrip()
        self._stack = QStackedWidget()
        self._lay_out()
        self.toast_strip = Toast(self)
        self.palette_pane = SearchPalette(self)
        self._connect()
        self.setMinimumSize(1024, 640)
        self.resize(1366, 768)
        self._name()

    def _lay_out(self) -> None:
        row = QHBoxLayout(self)
        right = QVBoxLayout()
        for layout in (row, right):
            layout.setContentsMargins(0, 0, 0, 0)
            layout.setSpacing(0)
        row.addWidget(self.rail)
        row.addLayout(right, 1)
        right.addWidget(self.top_bar)
        right.addWidget(self.outage)
        right.addWidget(self._stack, 1)
        self.help.setParent(self)

    def _connect(self) -> None:
        self.rail.opened.connect(self.open_page)
        self.rail.search_asked.connect(self.open_palette)
        self.rail.help_asked.connect(self.toggle_help)
        bar = self.top_bar
        for signal, onward in (
            (bar.bell_pressed, self.bell_pressed),
            (bar.language_chosen, self.language_chosen),
            (bar.theme_switched, self.theme_switched),
            (bar.sound_switched, self.sound_switched),
            (bar.lock_pressed, self.lock_pressed),
            (bar.sign_out_pressed, self.sign_out_pressed),
            (self.palette_pane.typed, self.searched),
            (self.palette_pane.picked, self.found_picked),
        ):
            signal.connect(onward)
        for keys, slot in (
            ("Ctrl+K", self.open_palette),
            ("F1", self.toggle_help),
            ("Alt+Left", self.step_back),
            ("Ctrl+L", self.lock_pressed.emit),
        ):
            QShortcut(QKeySequence(keys), self, slot)

    def register(self, key: str, factory: PageFactory) -> None:
        """Say how to build the page behind a door, or one that only other pages lead to."""
        self._factories[key] = factory

    def set_doors(self, doors: Sequence[Door]) -> None:
        self.rail.set_doors(doors)

    def set_place(self, place: str) -> None:
        self.top_bar.set_place(place)

    def set_scanner(self, state: DeviceState) -> None:
        self.top_bar.scanner.set_state(state)

    def set_database(self, state: DeviceState) -> None:
        self.top_bar.database.set_state(state)

    def set_person(self, person: Person) -> None:
        self.top_bar.person.set_person(person)

    def set_alerts(self, count: int) -> None:
        self.top_bar.bell.set_count(count)

    def open_page(self, key: str, target: object = None) -> Page | None:
        """Show a page, building it if need be; ``target`` is what to show there. None for an unknown key."""
        page = self._pages.get(key) or self._build(key)
        if page is None:
            return None
        if not self._way or self._way[-1] != key:
            self._way = [*self._way, key][-REMEMBERED:]
        if key in self.rail.keys():  # noqa: SIM118 a method, not a mapping
            self.rail.choose(key)
        self._stack.setCurrentWidget(page)
        page.setFocus()
        if target is not None:
            page.show_target(target)
        self.page_opened.emit(key)
        if self.help.isVisible():
            self.help_asked.emit(key)
        return page

    def _build(self, key: str) -> Page | None:
        factory = self._factories.get(key)
        if factory is None:
            return None
        page = self._pages[key] = factory()
        self._stack.addWidget(page)
        page.asked_to_open.connect(self.open_page)
        page.said.connect(self.say)
        return page

    def current_key(self) -> str:
        """The open page's key."""
        return self._way[-1] if self._way else ""

    def current_page(self) -> Page | None:
        return self._pages.get(self.current_key())

    def step_back(self) -> None:
        """Go to the page before this one; nothing typed there is lost."""
        if len(self._way) > 1:
            self._way.pop()
            self.open_page(self._way[-1])

    def take_scan(self, raw: str) -> None:
        """Give a scan to the open page. While a stop stands on the screen no scan goes anywhere."""
        if any(screen.holds for screen in self.findChildren(VerdictScreen)):
            self.say(spoken("widgets.shell.scan_held"), "attention")
            self.scan_held.emit(raw)
            return
        page = self.current_page()
        if page is None or not page.take_scan(raw):
            self.scan_unanswered.emit(raw)

    def say(self, text: Caption, tone: str = "ok", undo: Callable[[], None] | None = None) -> None:
        """A toast; with ``undo`` it offers to take the step back."""
        self.toast_strip.say(text, tone, undo=undo)

    def open_palette(self) -> None:
        self.palette_pane.open()

    def show_found(self, found: Sequence[Found]) -> None:
        self.palette_pane.show_results(found)

    def toggle_help(self) -> None:
        if self.help.isVisible():
            self.help.hide()
            return
        self.help.show()
        self.help.raise_()
        self.help_asked.emit(self.current_key())

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape and self.help.isVisible():
            self.help.hide()
            return
        super().keyPressEvent(event)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        bar = self.top_bar.height()
        self.help.setGeometry(self.width() - self.help.width(), bar, self.help.width(), self.height() - bar)

    def closeEvent(self, event: QCloseEvent) -> None:
        self.closing.emit()
        super().closeEvent(event)

    def _name(self) -> None:
        self.setWindowTitle(say("widgets.shell.brand"))

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.LanguageChange:
            self._name()
