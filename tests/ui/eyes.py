"""What a person sees: every text that is drawn, however it is drawn, and what is wrong with it."""

import html
import re
from collections.abc import Iterator
from dataclasses import dataclass

from PySide6.QtCore import QBuffer, QIODevice, QPoint, Qt
from PySide6.QtSvg import QSvgGenerator
from PySide6.QtWidgets import (
    QAbstractButton,
    QAbstractItemView,
    QAbstractScrollArea,
    QAbstractSpinBox,
    QComboBox,
    QHeaderView,
    QLabel,
    QLineEdit,
    QPlainTextEdit,
    QWidget,
)

from app.core.words import catalogue
from app.ui import theme
from app.ui.widgets.labels import Label

HANZI = re.compile(r"[\u4e00-\u9fff\u3001-\u303f\uff01-\uff60]")
PLACEHOLDER = re.compile(r"\{(?!typed\})\w*\}")
PYTHON = re.compile(
    r"^None$|[:=] None\b|object at 0x|Traceback|<class|<function|partial\(|\w+\.\w+Error\b|Role\.|State\."
)
DOTTED = re.compile(r"[a-z_]+(?:\.[a-z_0-9]+)+")
BOTH_TONGUES = frozenset({"召回台", "国械注准", "常温", "测试路 1 号", "中文"})
"""The name of the program; data that a hospital keeps in one language, such as certificate numbers and addresses."""
SWITCH = "中"
_TEXT = re.compile(r"<text([^>]*)>([^<]*)</text>")
ASKABLE = (
    QAbstractButton,
    QAbstractItemView,
    QAbstractSpinBox,
    QComboBox,
    QLineEdit,
    QPlainTextEdit,
)


@dataclass(frozen=True)
class Drawn:
    """One piece of text as it stands on the screen, already shortened where it is."""

    words: str
    is_mono: bool


def drawn(widget: QWidget) -> list[Drawn]:
    """Every text on a widget, painted ones too: the widget is drawn as SVG, which keeps letters as letters."""
    buffer = QBuffer()
    buffer.open(QIODevice.OpenModeFlag.WriteOnly)
    picture = QSvgGenerator()
    picture.setOutputDevice(buffer)
    picture.setSize(widget.size())
    widget.render(picture)
    told = bytes(buffer.data().data()).decode()
    return [
        Drawn(html.unescape(words).strip(), f'font-family="{theme.MONO}' in style)
        for style, words in _TEXT.findall(told)
        if words.strip()
    ]


def called(widget: QWidget) -> str:
    """How a person would point at a widget."""
    words = getattr(widget, "words", None)
    said = words() if callable(words) else ""
    text = getattr(widget, "text", None)
    said = said or (text() if callable(text) and not isinstance(widget, QLineEdit) else "")
    return str(said or widget.accessibleName() or widget.toolTip() or type(widget).__name__)


def seen(root: QWidget) -> list[QWidget]:
    """Everything visible under ``root``; what is hidden is not searched, which is most of a desk."""
    found: list[QWidget] = []
    for child in root.children():
        if child.isWidgetType() and child.isVisible() and not child.isWindow():
            found.append(child)
            found += seen(child)
    return found


def entered(root: QWidget) -> str:
    """What stands in the fields, where a Chinese name is what was asked for."""
    return "\n".join(widget.text() for widget in seen(root) if isinstance(widget, QLineEdit))


def wrong_words(texts: list[Drawn], tongue: str, typed: str = "") -> Iterator[str]:
    """Texts nobody should read; ``typed`` is what persons entered themselves."""
    tables = catalogue(tongue)
    for text in texts:
        words = text.words
        if PLACEHOLDER.search(words) or PYTHON.search(words):
            yield f"raw text {words!r}"
        if any(key in tables for key in DOTTED.findall(words)):
            yield f"key of a word {words!r}"
        if text.is_mono and words.endswith("…") and not words.endswith("– …"):
            yield f"a code is cut: {words!r}"
        if tongue == "en" and words != SWITCH and words not in typed and HANZI.search(_without(words, BOTH_TONGUES)):
            yield f"Chinese on the English screen: {words!r}"


def _without(words: str, known: frozenset[str]) -> str:
    for one in known:
        words = words.replace(one, "")
    return words


def unnamed(root: QWidget) -> Iterator[str]:
    """What can be used but has no name for a screen reader."""
    for widget in seen(root):
        takes_keys = bool(widget.focusPolicy() & Qt.FocusPolicy.TabFocus)
        is_part = isinstance(widget.parentWidget(), QComboBox | QAbstractSpinBox) or isinstance(widget, QHeaderView)
        if is_part or not (isinstance(widget, ASKABLE) or takes_keys):
            continue
        if isinstance(widget, QAbstractScrollArea) and not isinstance(widget, ASKABLE):
            continue
        if not (widget.accessibleName() or (isinstance(widget, QAbstractButton) and widget.text())):
            yield f"no name: {_way(widget)}"
        if isinstance(widget, QAbstractButton) and called(widget) == type(widget).__name__:
            yield f"nothing on the button: {_way(widget)}"


def cut_off(root: QWidget) -> Iterator[str]:
    """Labels and buttons that are narrower than their words, or reach out of what holds them."""
    for widget in seen(root):
        if isinstance(widget, Label):
            if not widget.wordWrap() and not widget._elides and widget.width() < widget.minimumSizeHint().width():
                yield f"cut: {called(widget)!r} {widget.width()} < {widget.minimumSizeHint().width()} in {_way(widget)}"
        elif isinstance(widget, QLabel) and not widget.wordWrap() and widget.width() < widget.sizeHint().width():
            yield f"cut: {called(widget)!r} in {_way(widget)}"
        elif isinstance(widget, QAbstractButton) and widget.width() + 1 < widget.minimumSizeHint().width():
            yield f"cut button: {called(widget)!r} {widget.width()} < {widget.minimumSizeHint().width()}"
        if isinstance(widget, QAbstractButton | QLineEdit | QComboBox):
            yield from _outside(widget, root)


def _outside(widget: QWidget, root: QWidget) -> Iterator[str]:
    """Whether a control lies beyond what holds it, unless one can scroll to it."""
    parent = widget.parentWidget()
    while parent is not None and parent is not root.window():
        if isinstance(parent.parentWidget(), QAbstractScrollArea):
            return
        place = widget.mapTo(parent, QPoint(0, 0))
        if place.x() < -1 or place.y() < -1 or place.x() + widget.width() > parent.width() + 1:
            yield f"outside: {called(widget)!r} beyond {type(parent).__name__}"
            return
        if place.y() + widget.height() > parent.height() + 1:
            yield f"below: {called(widget)!r} {place.y()}+{widget.height()} in {parent.height()} of {_way(parent)}"
            return
        parent = parent.parentWidget()


def _way(widget: QWidget) -> str:
    names: list[str] = []
    one: QWidget | None = widget
    while one is not None and len(names) < 4:
        names.append(type(one).__name__)
        one = one.parentWidget()
    return " < ".join(names)
