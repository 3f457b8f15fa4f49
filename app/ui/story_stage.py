"""The stage of the demo: real windows, offscreen, driven as a person drives them, with a picture of each step."""

from collections.abc import Callable
from pathlib import Path
from typing import Any, TypeVar

from PySide6.QtCore import QCoreApplication, QEvent, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QAbstractButton, QWidget

from app.ui.background import Background
from app.ui.page import Page
from app.ui.shell.desk import Desk
from app.ui.widgets.labels import Label
from app.ui.widgets.verdict_screen import VerdictScreen

WIDTH, HEIGHT = 1366, 768
PATIENCE_ROUNDS = 400
W = TypeVar("W", bound=QWidget)


class StoryError(RuntimeError):
    """The window did not do what the story says: a bug of the program or of the story."""


class StoryStage:
    """Presses buttons, types, scans, and waits until nothing is under way; ``pictures`` are named by step."""

    def __init__(self, desk: Desk, background: Background, out: Path, password: str) -> None:
        self.desk, self._background, self._out, self.password = desk, background, out, password
        self._number = 0

    # waiting ------------------------------------------------------------------
    def settle(self) -> None:
        """Until every answer has arrived and every window is painted."""
        for _ in range(PATIENCE_ROUNDS):
            self._background.wait()
            QCoreApplication.sendPostedEvents()
            QCoreApplication.processEvents()
            if not self._background.is_busy():
                break
        QTest.qWait(30)
        QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete.value)
        QCoreApplication.processEvents()

    def until(self, condition: Callable[[], bool], what: str) -> None:
        """Wait for something to become true; raises StoryError naming it."""
        for _ in range(PATIENCE_ROUNDS):
            if condition():
                return
            self.settle()
        raise StoryError(what)

    # persons ------------------------------------------------------------------
    def sign_in(self, login: str, place_id: int) -> None:
        """Through the sign-in window, with the password typed."""
        if self.desk.window is not None:
            self.desk.leave()
        view = self.desk.sign_in_view
        view.resize(WIDTH, HEIGHT)
        self.until(lambda: view.place.combo.count() > 0, "places to sign in at")
        view.login.set_value(login)
        view.password.set_value(self.password)
        view.place.set_value(str(place_id))
        self.settle()
        self.press(view.button)
        self.until(lambda: self.desk.window is not None, f"{login} signed in")
        self.window.resize(WIDTH, HEIGHT)
        self.settle()

    @property
    def window(self) -> Any:
        if self.desk.window is None:
            raise StoryError("nobody is signed in")
        return self.desk.window

    # hands --------------------------------------------------------------------
    def open(self, door: str, target: object = None) -> Any:
        """The page behind a door; typed Any, because the story knows its widgets by name."""
        page: Page | None = self.window.open_page(door, target)
        if page is None:
            raise StoryError(f"no door {door}")
        self.settle()
        return page

    def scan(self, raw: str) -> None:
        """As the scanner would have typed it."""
        self.desk.take_scan(raw)
        self.settle()

    def press(self, button: QAbstractButton) -> None:
        """Click a button that a person could click; raises StoryError for one that is hidden or off."""
        if not button.isVisible() or not button.isEnabled():
            raise StoryError(f"cannot press {button.accessibleName() or button.text()!r}")
        QTest.mouseClick(button, Qt.MouseButton.LeftButton)
        self.settle()

    def key(self, key: Qt.Key, widget: QWidget | None = None) -> None:
        """A key to the widget that has the focus, or to ``widget``."""
        QTest.keyClick(widget or self.window.focusWidget() or self.window, key)
        self.settle()

    def edit(self, field: Any, words: str) -> None:
        """Replace what a field says, as typing over it would."""
        field.set_value(words)
        field.edited.emit()
        self.settle()

    def sign(self, pane: Any, login: str, reason: str = "") -> None:
        """A second person in a signature pane, in place."""
        self.until(pane.isVisible, "the signature pane")
        if pane.person.isVisible():
            pane.person.set_value(login)
        else:
            pane.login.set_value(login)
        pane.password.set_value(self.password)
        if pane.reason.isVisible():
            pane.reason.set_value(reason)
        self.settle()
        self.picture("signature")
        self.press(pane.sign_button)

    # eyes ---------------------------------------------------------------------
    def picture(self, name: str) -> Path:
        """What the screen shows now, as ``NN-name.png``."""
        self._number += 1
        path = self._out / "pictures" / f"{self._number:02d}-{name}.png"
        self.keep(path)
        return path

    def keep(self, path: Path) -> None:
        """Save the screen under a name of its own."""
        path.parent.mkdir(parents=True, exist_ok=True)
        shown = self.desk.windows()[-1]
        if not shown.grab().save(str(path)):
            raise StoryError(f"cannot write {path}")

    def stop_sign(self) -> VerdictScreen | None:
        """The full-page sign, if one stands."""
        return next((sign for sign in self.window.findChildren(VerdictScreen) if sign.isVisible()), None)

    def find(self, kind: type[W], inside: QWidget, **facts: object) -> W:
        """The visible widget of a kind whose properties have these values; raises StoryError."""
        for widget in inside.findChildren(kind):
            if widget.isVisible() and all(getattr(widget, name)() == value for name, value in facts.items()):
                return widget
        raise StoryError(f"no {kind.__name__} with {facts}")

    def reads(self, words: str) -> bool:
        """Whether some label on the screen holds these words."""
        return any(words in label.text() for label in self.window.findChildren(Label) if label.isVisible())
