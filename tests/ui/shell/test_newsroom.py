"""The newsroom with a wire of thread: what it tells when, how it comes back, what it says meanwhile."""

import os
import random
from datetime import UTC, datetime

import pytest

from app.core.changes import Topic
from app.core.clock import SimulatedClock
from app.models.refusals import OutOfReachError
from app.services.listening import GOODS
from app.ui.shell.newsroom import Newsroom

STOCK = frozenset({Topic.STOCK})


class Thread:
    """A wire that is cut by a word."""

    def __init__(self):
        self.ours, self.theirs = os.pipe()
        self.is_cut = self.is_open = False
        self.news, self.told, self.answers = frozenset(), [], []

    def open(self):
        if self.is_cut:
            raise OutOfReachError(reason="cut")
        self.is_open = True
        return self.ours

    def hear(self):
        os.read(self.ours, 1)
        if self.is_cut:
            raise OutOfReachError(reason="cut")
        news, self.news = self.news, frozenset()
        return news

    look = hear

    def tell(self, changes, since):
        if self.is_cut:
            raise OutOfReachError(reason="cut")
        self.told.append((changes, since))
        return self.answers.pop(0) if self.answers else 0

    def close(self):
        self.is_open = False

    def say(self, news=frozenset()):
        self.news = news
        os.write(self.theirs, b"x")


@pytest.fixture
def wire():
    wire = Thread()
    yield wire
    os.close(wire.ours)
    os.close(wire.theirs)


@pytest.fixture
def newsroom(qapp, wire, background, clock):
    newsroom = Newsroom(wire, background, clock, random.Random(1))
    newsroom.heard, newsroom.cuts, newsroom.backs = [], [], []
    background.changed.connect(newsroom.heard.append)
    newsroom.cut.connect(newsroom.cuts.append)
    newsroom.restored.connect(newsroom.backs.append)
    newsroom.start()
    background.wait()
    yield newsroom
    newsroom.close()


@pytest.fixture
def clock():
    return SimulatedClock(datetime(2026, 3, 12, 6, 2, tzinfo=UTC))


def test_a_burst_of_news_is_one_refresh(newsroom, wire, background, qtbot):
    qtbot.waitUntil(lambda: wire.is_open and newsroom._notifier is not None)
    for topic in (Topic.LOCKS, Topic.TASKS, Topic.RECALLS):
        background.gather(frozenset({topic}))
    wire.say(STOCK)
    qtbot.waitUntil(lambda: bool(newsroom.heard))
    assert newsroom.heard == [STOCK | {Topic.LOCKS, Topic.TASKS, Topic.RECALLS}]


def test_a_cut_is_said_and_healed_and_then_everything_is_asked_anew(newsroom, wire, clock, qtbot):
    qtbot.waitUntil(lambda: newsroom._notifier is not None)
    wire.is_cut = True
    wire.say()
    qtbot.waitUntil(lambda: len(newsroom.cuts) == 1)
    assert newsroom.outage.since == clock()
    newsroom.try_now()
    newsroom.try_now()
    qtbot.waitUntil(lambda: len(newsroom.cuts) == 2)
    assert (newsroom.outage.tries, newsroom.heard) == (1, [])
    wire.is_cut = False
    newsroom.try_now()
    qtbot.waitUntil(lambda: len(newsroom.backs) == 1)
    assert newsroom.outage is None
    assert newsroom.heard == [frozenset(Topic)]


def test_it_comes_back_by_itself(newsroom, wire, qtbot):
    qtbot.waitUntil(lambda: newsroom._notifier is not None)
    wire.is_cut = True
    wire.say()
    qtbot.waitUntil(lambda: bool(newsroom.cuts))
    wire.is_cut = False
    qtbot.waitUntil(lambda: bool(newsroom.backs), timeout=3000)


def test_work_that_did_not_reach_the_database_raises_a_doubt(newsroom, wire, background, qtbot):
    qtbot.waitUntil(lambda: newsroom._notifier is not None)
    wire.is_cut = True
    background.out_of_reach.emit()
    qtbot.waitUntil(lambda: bool(newsroom.cuts), timeout=3000)


def test_own_work_is_told_at_once_and_what_follows_together(newsroom, wire, background, qtbot):
    for topic in (Topic.STOCK, Topic.DELIVERIES, Topic.STOCK):
        background.wrote.emit(frozenset({topic}))
    qtbot.waitUntil(lambda: len(wire.told) == 2)
    assert wire.told == [(STOCK, 0), (STOCK | {Topic.DELIVERIES}, 0)]


def test_what_somebody_else_has_just_told_is_asked_again(newsroom, wire, background, qtbot):
    wire.answers = [77, 0]
    background.wrote.emit(STOCK)
    qtbot.waitUntil(lambda: len(wire.told) == 2)
    assert wire.told == [(STOCK, 0), (STOCK, 77)]


def test_own_work_that_could_not_be_told_is_told_when_the_database_is_back(newsroom, wire, background, qtbot):
    qtbot.waitUntil(lambda: newsroom._notifier is not None)
    wire.is_cut = True
    background.wrote.emit(GOODS)
    qtbot.waitUntil(lambda: bool(newsroom.cuts), timeout=3000)
    wire.is_cut = False
    newsroom.try_now()
    qtbot.waitUntil(lambda: wire.told == [(GOODS, 0)])


def test_a_newsroom_that_was_closed_does_nothing_more(background, wire, clock):
    newsroom = Newsroom(wire, background, clock, random.Random(1))
    newsroom.close()
    newsroom.start()
    background.wait()
    assert not wire.is_open
