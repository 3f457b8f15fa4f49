"""A page tells its presenter when it is seen, and speaks again after a switch."""

from PySide6.QtWidgets import QStackedWidget

from app.ui.language import switch_language
from app.ui.page import Page
from app.ui.presenter import Presenter
from tests.fakes.immediate import ImmediateBackground


class Counting(Presenter):
    def __init__(self):
        super().__init__(ImmediateBackground())
        self.loads = 0

    def reload(self):
        self.loads += 1


class Spoken(Page):
    def __init__(self, presenter=None):
        super().__init__(presenter)
        self.spoken = 0

    def retranslate(self):
        self.spoken += 1


def test_only_the_page_on_top_is_seen(qtbot):
    stack = QStackedWidget()
    qtbot.addWidget(stack)
    presenters = [Counting(), Counting()]
    for presenter in presenters:
        stack.addWidget(Spoken(presenter))
    assert [presenter.loads for presenter in presenters] == [0, 0]
    stack.show()
    assert [presenter.loads for presenter in presenters] == [1, 0]
    stack.setCurrentIndex(1)
    assert [presenter._is_visible for presenter in presenters] == [False, True]


def test_a_page_speaks_again_after_a_switch(qtbot):
    page = Spoken()
    qtbot.addWidget(page)
    page.show()
    switch_language("en")
    qtbot.waitUntil(lambda: page.spoken == 1)


def test_a_page_without_an_answer_leaves_scans_to_the_window(qtbot):
    page = Page()
    qtbot.addWidget(page)
    assert not page.take_scan("2509A17")
    page.show_target(7)
    page.retranslate()
