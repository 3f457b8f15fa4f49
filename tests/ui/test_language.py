"""One switch, and every widget speaks the other language."""

import pytest
from PySide6.QtWidgets import QVBoxLayout, QWidget

from app.core import words
from app.ui import language
from app.ui.language import read, say, spoken, switch_language
from app.ui.widgets.labels import Label


def test_a_caption_is_a_text_or_asks_for_one():
    assert read("plain") == "plain"
    assert read(spoken("widgets.undo")) == "撤销"


def test_a_switch_reaches_nested_widgets(qtbot):
    window = QWidget()
    label, fixed = Label(spoken("widgets.undo")), Label("CVC-7F-20")
    column = QVBoxLayout(window)
    column.addWidget(label)
    column.addWidget(fixed)
    qtbot.addWidget(window)
    switch_language("en")
    qtbot.waitUntil(lambda: label.text() == "Undo")
    assert fixed.text() == "CVC-7F-20"
    assert (language.language(), language.other_language()) == ("en", "zh")


def test_an_unknown_language_changes_nothing():
    switch_language("fr")
    assert language.language() == "zh"


def test_values_are_filled_in():
    assert say("widgets.board.count", column="待签收", count=1240) == "待签收：1,240 项"


@pytest.mark.parametrize("tongue", words.LANGUAGES)
def test_the_widgets_words_are_complete(tongue):
    keys = {key for key in words.catalogue(tongue) if key.startswith("widgets.")}
    other = {key for key in words.catalogue("en" if tongue == "zh" else "zh") if key.startswith("widgets.")}
    assert keys == other
