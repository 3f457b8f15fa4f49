"""Form fields: a label above, an input, and under it the error that belongs to it."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import TypedDict

from PySide6.QtCore import QEvent, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QPainter, QPaintEvent, QWheelEvent
from PySide6.QtWidgets import QComboBox, QLineEdit, QPlainTextEdit, QSizePolicy, QVBoxLayout, QWidget

from app.ui import formats, icons, theme
from app.ui.language import Caption, read, say
from app.ui.widgets import painting
from app.ui.widgets.labels import Label, muted

HEIGHT = 32


class TextInput(QLineEdit):
    """One line; ``icon`` stands at its left. Mono for lots and codes."""

    def __init__(
        self, hint: Caption = "", *, icon: str = "", mono: bool = False, secret: bool = False, height: int = HEIGHT
    ) -> None:
        super().__init__()
        self._hint, self._icon = hint, icon
        self.setFixedHeight(height)
        self.setFont(theme.font(10 if mono else theme.BODY, mono=mono))
        _hint_at(self, read(hint))
        if secret:
            self.setEchoMode(QLineEdit.EchoMode.Password)
        if icon:
            self.setTextMargins(26, 0, 0, 0)

    def set_wrong(self, wrong: bool) -> None:
        """Ring the field in the stop colour."""
        if self.property("wrong") != wrong:
            self.setProperty("wrong", wrong)
            self.style().unpolish(self)
            self.style().polish(self)

    def paintEvent(self, event: QPaintEvent) -> None:
        super().paintEvent(event)
        if not self._icon:
            return
        painter = QPainter(self)
        icons.paint(painter, self._icon, theme.colour("muted"), QRectF(10, self.height() / 2 - 8, 16, 16))
        painter.end()

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.LanguageChange:
            _hint_at(self, read(self._hint))


def _hint_at(control: "TextInput | Combo", words: str) -> None:
    """Say in the empty control what belongs there; one without another name is called so."""
    if control.accessibleName() in ("", control.placeholderText()):
        control.setAccessibleName(words)
    control.setPlaceholderText(words)


@dataclass(frozen=True, slots=True)
class Option:
    """One entry of a list to choose from."""

    key: str
    text: Caption


class Combo(QComboBox):
    """A list to choose from, drawn like the other fields; the wheel turns it only while it has the focus."""

    chosen = Signal(str)
    """The key a person chose; not sent by ``choose`` or ``set_options``."""

    def __init__(self, options: Sequence[Option] = (), *, icon: str = "", height: int = HEIGHT, hint: Caption = ""):
        super().__init__()
        self._options: tuple[Option, ...] = ()
        self._icon, self._hint = icon, hint
        self._is_wrong = False
        self.setFixedHeight(height)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setMaxVisibleItems(12)
        _hint_at(self, read(hint))
        self.set_options(options)
        self.activated.connect(self._tell)

    def _tell(self, place: int) -> None:
        self.chosen.emit(self._options[place].key)

    def set_options(self, options: Sequence[Option]) -> None:
        """Offer these; the chosen key stays chosen if it is still there, else none is."""
        before = self.key()
        self._options = tuple(options)
        self.clear()
        self.addItems([read(option.text) for option in self._options])
        self.choose(before)

    def key(self) -> str:
        """The chosen key, or nothing."""
        place = self.currentIndex()
        return self._options[place].key if 0 <= place < len(self._options) else ""

    def choose(self, key: str) -> None:
        keys = [option.key for option in self._options]
        self.setCurrentIndex(keys.index(key) if key in keys else -1)

    def set_wrong(self, wrong: bool) -> None:
        self._is_wrong = wrong
        self.update()

    def sizeHint(self) -> QSize:
        widest = max((painting.width_of(read(option.text), theme.font()) for option in self._options), default=60)
        return QSize(round(widest) + (28 if self._icon else 0) + 50, self.height())

    def minimumSizeHint(self) -> QSize:
        return QSize(80, self.height())

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        rect = QRectF(self.rect())
        edge = "stop" if self._is_wrong else "field"
        painting.rounded(painter, rect, 6, theme.colour("surface"), theme.colour(edge))
        if self.hasFocus():
            painting.focus_ring(painter, rect)
        left = 12.0
        if self._icon:
            icons.paint(painter, self._icon, theme.colour("muted"), QRectF(12, rect.center().y() - 8, 16, 16))
            left = 38.0
        words = self.currentText() or read(self._hint)
        ink = theme.colour("text" if self.currentText() and self.isEnabled() else "muted")
        painting.draw_text(painter, rect.adjusted(left, 0, -34, 0), words, theme.font(), ink)
        icons.paint(
            painter, "chevron-down", theme.colour("text"), QRectF(rect.right() - 29, rect.center().y() - 8, 16, 16)
        )
        painter.end()

    def wheelEvent(self, event: QWheelEvent) -> None:
        if self.hasFocus():
            super().wheelEvent(event)
        else:
            event.ignore()

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.LanguageChange:
            _hint_at(self, read(self._hint))
            for place, option in enumerate(self._options):
                self.setItemText(place, read(option.text))


class Field(QWidget):
    """Label, input, and the place for its error or hint. Subclasses put their input into the constructor."""

    edited = Signal()
    """A person changed the value; any error shown is withdrawn first."""

    def __init__(self, label: Caption, control: QWidget, hint: Caption = "") -> None:
        super().__init__()
        self.control = control
        self._label_text, self._hint = label, hint
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(3)
        self.label = muted(label)
        self.label.setVisible(bool(read(label)))
        self.label.setBuddy(control)
        self._below = Label("", "muted", theme.SMALL, wrap=True)
        self._error: Caption = ""
        column.addWidget(self.label)
        column.addWidget(control)
        column.addWidget(self._below)
        self.setFocusProxy(control)
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)
        self._speak()

    def set_error(self, error: Caption) -> None:
        """Say under the field what is wrong and what to do; the input stays. Nothing withdraws it."""
        self._error = error
        wrong = getattr(self.control, "set_wrong", None)
        if wrong is not None:
            wrong(bool(read(error)))
        self._speak()

    def error(self) -> str:
        """The error shown now, or nothing."""
        return read(self._error)

    def set_hint(self, hint: Caption) -> None:
        self._hint = hint
        self._speak()

    def _speak(self) -> None:
        below = self.error() or read(self._hint)
        self._below.set_ink("stop" if self.error() else "muted")
        self._below.set_text(below)
        self._below.setVisible(bool(below))
        name = read(self._label_text).strip() or self.label.text().strip()
        if name:  # a control without a label is called by what it hints at
            self.control.setAccessibleName(name)
        self.control.setAccessibleDescription(below)

    def _was_edited(self, *_value: str) -> None:
        if self.error():
            self.set_error("")
        self.edited.emit()

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.LanguageChange:
            self._speak()


class TextField(Field):
    """One line of text."""

    entered = Signal(str)
    """Enter was pressed in the field."""

    def __init__(
        self,
        label: Caption = "",
        *,
        hint: Caption = "",
        placeholder: Caption = "",
        icon: str = "",
        mono: bool = False,
        secret: bool = False,
        height: int = HEIGHT,
    ) -> None:
        self.entry = TextInput(placeholder, icon=icon, mono=mono, secret=secret, height=height)
        super().__init__(label, self.entry, hint)
        self.entry.textEdited.connect(self._was_edited)
        self.entry.returnPressed.connect(lambda: self.entered.emit(self.value()))

    def value(self) -> str:
        return self.entry.text().strip()

    def set_value(self, value: str) -> None:
        self.entry.setText(value)


class SecretField(TextField):
    """A password: never trimmed."""

    def __init__(self, label: Caption, *, height: int = HEIGHT) -> None:
        super().__init__(label, secret=True, height=height)

    def value(self) -> str:
        return self.entry.text()


class Limits(TypedDict, total=False):
    """What a field of numbers may be told: ends included."""

    least: int
    most: int
    hint: Caption
    height: int


class NumberField(TextField):
    """A whole number within limits, right where it is typed; ``number`` tells None where it cannot be read."""

    def __init__(
        self,
        label: Caption = "",
        *,
        least: int = 0,
        most: int = 9_999_999,
        hint: Caption = "",
        height: int = HEIGHT,
    ) -> None:
        super().__init__(label, hint=hint, mono=True, height=height)
        self._least, self._most = least, most

    def number(self) -> int | None:
        """The number, or None after showing at the field why there is none."""
        words = self.value().replace(",", "").replace("，", "")
        if not words.isdecimal():
            self.set_error(lambda: say("widgets.number.unreadable"))
            return None
        if not self._least <= int(words) <= self._most:
            self.set_error(lambda: say("widgets.number.range", least=self._least, most=self._most))
            return None
        return int(words)

    def set_number(self, value: int | None) -> None:
        self.set_value("" if value is None else str(value))


class DateField(TextField):
    """A date typed in any usual way (see ``formats.typed_date``); a month alone becomes its last day, and says so."""

    def __init__(self, label: Caption = "", *, hint: Caption = "", height: int = HEIGHT) -> None:
        self._own_hint = hint
        super().__init__(label, hint=hint, placeholder=lambda: say("widgets.date.pattern"), mono=True, height=height)
        self.entry.editingFinished.connect(self._settle)

    def day(self) -> date | None:
        """The date, or None where the field is empty or, with an error shown, unreadable."""
        typed = self._typed()
        return typed.day if typed else None

    def set_day(self, day: date | None) -> None:
        self.set_value("" if day is None else day.isoformat())
        self.set_hint(self._own_hint)

    def _typed(self) -> formats.TypedDate | None:
        if not self.value():
            return None
        try:
            return formats.typed_date(self.value())
        except ValueError:
            self.set_error(lambda: say("widgets.date.unreadable"))
            return None

    def _settle(self) -> None:
        typed = self._typed()
        if typed is None:
            return
        self.entry.setText(typed.day.isoformat())
        if typed.is_month_only:
            self.set_hint(lambda: say("widgets.date.month_only", day=typed.day))


class ComboField(Field):
    """A choice of one key from a list."""

    chosen = Signal(str)

    def __init__(
        self,
        label: Caption,
        options: Sequence[Option] = (),
        *,
        icon: str = "",
        hint: Caption = "",
        placeholder: Caption = "",
        height: int = HEIGHT,
    ) -> None:
        self.combo = Combo(options, icon=icon, height=height, hint=placeholder)
        super().__init__(label, self.combo, hint)
        self.combo.chosen.connect(self._take)

    def _take(self, key: str) -> None:
        self._was_edited()
        self.chosen.emit(key)

    def value(self) -> str:
        return self.combo.key()

    def set_value(self, key: str) -> None:
        self.combo.choose(key)

    def set_options(self, options: Sequence[Option]) -> None:
        self.combo.set_options(options)


class TextArea(QPlainTextEdit):
    """Several lines of plain text; Tab leaves it."""

    def __init__(self, hint: Caption = "", rows: int = 3) -> None:
        super().__init__()
        self._hint = hint
        self.setTabChangesFocus(True)
        self.setFont(theme.font())
        self.setPlaceholderText(read(hint))
        self.setFixedHeight(21 * rows + 16)

    def set_wrong(self, wrong: bool) -> None:
        self.setProperty("wrong", wrong)
        self.style().unpolish(self)
        self.style().polish(self)


class AreaField(Field):
    """Several lines of text under a label."""

    def __init__(self, label: Caption, *, rows: int = 3, hint: Caption = "", placeholder: Caption = "") -> None:
        self.area = TextArea(placeholder, rows)
        super().__init__(label, self.area, hint)
        self.area.textChanged.connect(self._was_edited)

    def value(self) -> str:
        return self.area.toPlainText().strip()

    def set_value(self, value: str) -> None:
        self.area.setPlainText(value)
