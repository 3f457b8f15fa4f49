"""Work leaves the GUI thread and its answers come back to it."""

import gc
import socket
import threading
import weakref

import pytest
import shiboken6
from PySide6.QtCore import QObject
from PySide6.QtWidgets import QApplication

from app.core.changes import Topic
from app.core.errors import NotFoundError, UnexpectedError
from app.ui.background import Background, Collector

STOCK = frozenset({Topic.STOCK})


class Outcome:
    changes = STOCK
    receipt = 7


def test_answers_arrive_on_the_gui_thread(qtbot, background):
    seen = []
    owner = QObject()
    background.read(owner, threading.get_ident, lambda ident: seen.append((ident, threading.get_ident())), seen.append)
    qtbot.waitUntil(lambda: bool(seen))
    worker, gui = seen[0]
    assert worker != threading.get_ident() == gui


def test_nothing_is_delivered_to_a_closed_page(qtbot, background):
    seen = []
    owner = QObject()
    gate = threading.Event()
    background.read(owner, gate.wait, seen.append, seen.append)
    shiboken6.delete(owner)
    gate.set()
    qtbot.waitUntil(lambda: not background.is_busy())
    assert seen == []


def test_the_changes_of_a_write_are_told_even_if_its_page_has_closed(qtbot, background):
    heard = []
    background.changed.connect(heard.append)
    owner = QObject()
    gate = threading.Event()

    def act():
        gate.wait()
        return STOCK

    background.write(owner, act, lambda _: None, heard.append)
    shiboken6.delete(owner)
    gate.set()
    qtbot.waitUntil(lambda: heard == [STOCK])


def test_writes_never_overlap_and_keep_their_order(qtbot, background):
    active, most, order, finished = [0], [0], [], []
    meet = threading.Event()

    def act(number):
        active[0] += 1
        most[0] = max(most[0], active[0])
        meet.wait(0.005)
        order.append(number)
        active[0] -= 1
        return STOCK

    owner = QObject()
    for number in range(10):
        background.write(owner, lambda number=number: act(number), finished.append, finished.append)
    qtbot.waitUntil(lambda: len(finished) == 10)
    assert most == [1]
    assert order == list(range(10))


def test_reads_run_side_by_side(qtbot, background):
    both = threading.Barrier(2, timeout=5)
    done = []
    owner = QObject()
    for _ in range(2):
        background.read(owner, both.wait, done.append, done.append)
    qtbot.waitUntil(lambda: len(done) == 2)
    assert sorted(done) == [0, 1]


def test_a_read_does_not_wait_for_a_long_write(qtbot, background):
    gate, done = threading.Event(), []
    owner = QObject()

    def act():
        gate.wait()
        return STOCK

    background.write(owner, act, lambda _: done.append("write"), done.append)
    background.read(owner, lambda: "read", done.append, done.append)
    qtbot.waitUntil(lambda: done == ["read"])
    gate.set()
    qtbot.waitUntil(lambda: done == ["read", "write"])


@pytest.mark.logs
@pytest.mark.parametrize(
    ("raised", "shown"), [(NotFoundError(id=1), NotFoundError), (ZeroDivisionError("x"), UnexpectedError)]
)
def test_failures_reach_the_page(qtbot, background, raised, shown):
    seen = []
    owner = QObject()

    def work():
        raise raised

    background.read(owner, work, seen.append, seen.append)
    qtbot.waitUntil(lambda: bool(seen))
    assert isinstance(seen[0], shown)


def test_a_refused_write_announces_nothing(qtbot, background):
    heard, failed = [], []
    background.changed.connect(heard.append)
    owner = QObject()

    def act():
        raise NotFoundError(id=1)

    background.write(owner, act, heard.append, failed.append)
    qtbot.waitUntil(lambda: bool(failed))
    assert heard == []


def test_an_outcome_may_carry_its_changes(qtbot, background):
    heard, done = [], []
    background.changed.connect(heard.append)
    owner = QObject()
    background.write(owner, Outcome, lambda outcome: done.append((outcome.receipt, list(heard))), done.append)
    qtbot.waitUntil(lambda: bool(done))
    assert done == [(7, [STOCK])]  # everybody has heard before the asker is told


class Witness(QObject):
    """Tells on which thread it was let go."""

    def __init__(self, told):
        super().__init__()
        weakref.finalize(self, lambda: told.append(threading.get_ident()))


class Asking:
    """Holds a QObject, as an object behind a page does, and asks with a method of its own."""

    def __init__(self, told):
        self.held = Witness(told)

    def work(self):
        """Answers with nothing that would keep the QObject alive."""

    def hand_out(self):
        return self.held

    def refuse(self):
        raise NotFoundError(id=1)


@pytest.mark.parametrize("way", ["work", "hand_out", "refuse"])
def test_no_worker_is_the_last_to_let_go_of_a_qobject(qtbot, background, way):
    told = []

    def ask():
        background.read(QObject(), getattr(Asking(told), way), lambda _: None, lambda _: None)

    for _ in range(200):
        ask()
    qtbot.waitUntil(lambda: not background.is_busy())
    gc.collect()
    assert set(told) == {threading.get_ident()}
    assert len(told) == 200


def test_a_background_lives_until_its_threads_are_idle_and_no_longer(qtbot):
    gone = []
    gate = threading.Event()
    background = Background()
    weakref.finalize(background, lambda: gone.append(threading.get_ident()))
    background.read(QApplication.instance(), gate.wait, lambda _: None, lambda _: None)
    del background
    gc.collect()
    assert gone == []
    gate.set()
    qtbot.waitUntil(lambda: gone == [threading.get_ident()])


def test_changes_from_elsewhere_come_in_by_a_socket(qtbot, background):
    ours, theirs = socket.socketpair()
    heard = []
    background.changed.connect(heard.append)

    def drain():
        ours.recv(10)
        return STOCK

    notifier = background.listen(ours.fileno(), drain)
    theirs.send(b"x")
    qtbot.waitUntil(lambda: heard == [STOCK])
    notifier.setEnabled(False)
    ours.close()
    theirs.close()


def test_changes_from_elsewhere_are_looked_for_at_intervals(qtbot, background):
    answers = iter([frozenset(), STOCK])
    heard = []
    background.changed.connect(heard.append)
    timer = background.poll(5, lambda: next(answers, frozenset()))
    qtbot.waitUntil(lambda: heard == [STOCK])
    timer.stop()


def test_looking_in_vain_disturbs_nobody(qtbot, background):
    tried = []

    def look():
        tried.append(1)
        raise NotFoundError(id=1)

    timer = background.poll(5, look)
    qtbot.waitUntil(lambda: bool(tried))
    timer.stop()


def test_nothing_changed_is_not_announced(qtbot):
    background = Background()
    heard = []
    background.changed.connect(heard.append)
    background.announce(frozenset())
    assert heard == []


def test_garbage_is_collected_on_the_gui_thread_only(qtbot):
    collector = Collector()
    collector.start()
    try:
        assert not gc.isenabled()
        for _ in range(2000):
            ring = []
            ring.append(ring)
        threads = []
        gc.callbacks.append(note := lambda *_: threads.append(threading.get_ident()))
        collector.collect()
        gc.callbacks.remove(note)
        assert set(threads) == {threading.get_ident()}
    finally:
        collector.stop()
    assert gc.isenabled()


def test_the_older_generations_are_collected_when_they_are_due(qtbot, monkeypatch):
    collected = []
    monkeypatch.setattr(gc, "collect", lambda generation: collected.append(generation) or 0)
    for counts in ((0, 0, 0), (701, 0, 0), (701, 11, 0), (701, 11, 11)):
        monkeypatch.setattr(gc, "get_count", lambda counts=counts: counts)
        Collector().collect()
    assert collected == [0, 1, 2]
