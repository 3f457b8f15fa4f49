"""The language of the screens, and its switch at run time.

Widgets hear of a switch as Qt's own ``LanguageChange`` event, which reaches every widget in every window.
"""

from collections.abc import Callable
from functools import partial
from typing import Any

from PySide6.QtCore import QEvent
from PySide6.QtWidgets import QApplication

from app.core.words import LANGUAGES, Language, text

Caption = str | Callable[[], str]
"""A text that stays, or one that is asked for again in the language of the moment."""


class _Current:
    """The language of this process's windows, as Qt keeps its locale."""

    language: Language = "zh"


def language() -> Language:
    """The language the screens speak now."""
    return _Current.language


def other_language() -> Language:
    """The second line of a sign that must be understood in both languages."""
    return LANGUAGES[1 - LANGUAGES.index(_Current.language)]


def say(key: str, **values: Any) -> str:
    """The text at ``key`` of the word catalogue, in the screen's language."""
    return text(key, _Current.language, **values)


def spoken(key: str, **values: Any) -> Callable[[], str]:
    """A caption that follows the language: pass it where a ``Caption`` is taken."""
    return partial(say, key, **values)


def read(caption: Caption) -> str:
    """The caption's text now."""
    return caption if isinstance(caption, str) else caption()


def switch_language(chosen: Language) -> None:
    """Speak ``chosen`` from now on; every widget gets a LanguageChange event and re-reads its captions."""
    if chosen not in LANGUAGES or chosen == _Current.language:
        return
    _Current.language = chosen
    app = QApplication.instance()
    if app is not None:
        QApplication.sendEvent(app, QEvent(QEvent.Type.LanguageChange))
