"""The shared half of every presenter."""

import threading
from typing import ClassVar

from app.core.changes import Topic
from app.core.errors import NotFoundError
from app.ui.presenter import Presenter
from tests.fakes.immediate import ImmediateBackground


class Shelf(Presenter):
    topics: ClassVar = frozenset({Topic.STOCK})

    def __init__(self, background):
        super().__init__(background)
        self.loads = 0

    def reload(self):
        self.loads += 1


def test_an_answer_that_comes_late_is_not_shown(qtbot, background):
    presenter = Presenter(background)
    gate = threading.Event()
    shown = []

    def slow():
        gate.wait()
        return "old"

    presenter._load(slow, shown.append)
    presenter._load(lambda: "new", shown.append)
    qtbot.waitUntil(lambda: shown == ["new"])
    gate.set()
    qtbot.waitUntil(lambda: not background.is_busy())
    assert shown == ["new"]


def test_the_failure_of_an_old_load_is_not_shown_either(qtbot, background):
    presenter = Presenter(background)
    gate, failed, shown = threading.Event(), [], []
    presenter.failed.connect(failed.append)

    def slow():
        gate.wait()
        raise NotFoundError(id=1)

    presenter._load(slow, shown.append)
    presenter._load(lambda: "new", shown.append)
    gate.set()
    qtbot.waitUntil(lambda: not background.is_busy())
    assert (shown, failed) == (["new"], [])


def test_loads_of_different_lanes_do_not_displace_one_another(qtbot, background):
    presenter = Presenter(background)
    shown = []
    presenter._load(lambda: "list", shown.append, lane="list")
    presenter._load(lambda: "detail", shown.append, lane="detail")
    qtbot.waitUntil(lambda: sorted(shown) == ["detail", "list"])


def test_the_first_look_loads(qapp):
    shelf = Shelf(ImmediateBackground())
    assert shelf.loads == 0
    shelf.set_visible(True)
    shelf.set_visible(False)
    shelf.set_visible(True)
    assert shelf.loads == 1


def test_a_visible_page_reloads_at_once_and_a_hidden_one_when_it_is_shown(qapp):
    background = ImmediateBackground()
    shelf = Shelf(background)
    shelf.set_visible(True)
    background.announce(frozenset({Topic.STOCK}))
    assert shelf.loads == 2
    shelf.set_visible(False)
    background.announce(frozenset({Topic.STOCK}))
    background.announce(frozenset({Topic.STOCK}))
    assert shelf.loads == 2
    shelf.set_visible(True)
    assert shelf.loads == 3


def test_changes_of_other_topics_do_not_matter(qapp):
    background = ImmediateBackground()
    shelf = Shelf(background)
    shelf.set_visible(True)
    heard = []
    shelf.changed.connect(heard.append)
    background.announce(frozenset({Topic.PERSONS}))
    assert (shelf.loads, heard) == (1, [])
    background.announce(frozenset({Topic.PERSONS, Topic.STOCK}))
    assert len(heard) == 1


def test_an_action_tells_all_then_its_asker(qapp):
    background = ImmediateBackground()
    shelf, order = Shelf(background), []
    shelf.changed.connect(lambda _: order.append("changed"))
    shelf._act(lambda: frozenset({Topic.STOCK}), lambda _: order.append("done"))
    assert order == ["changed", "done"]


def test_a_refusal_goes_to_failed_or_to_whom_it_concerns(qapp):
    shelf = Shelf(ImmediateBackground())
    failed, mine = [], []
    shelf.failed.connect(failed.append)

    def refuse():
        raise NotFoundError(id=1)

    shelf._act(refuse)
    shelf._act(refuse, failed=mine.append)
    assert (len(failed), len(mine)) == (1, 1)


def test_busy_lasts_from_the_first_question_to_the_last_answer(qtbot, background):
    presenter = Presenter(background)
    states = []
    presenter.busy_changed.connect(states.append)
    presenter._load(lambda: 1, lambda _: None, lane="a")
    presenter._load(lambda: 2, lambda _: None, lane="b")
    presenter._act(lambda: frozenset())
    qtbot.waitUntil(lambda: states[-1:] == [False])
    assert states == [True, False]
