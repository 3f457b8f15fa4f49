"""A ward with stock behind its presenter; everything answers at once."""

import pytest

from app.queries.reader import Reader
from app.services.signing_in import SigningInService
from app.ui.pages.ward.presenter import WardPresenter
from app.ui.seat import Seat
from tests.fakes.immediate import ImmediateBackground
from tests.stock_life import GOOD_UNTIL, stock_life


@pytest.fixture
def life(sqlite_database):
    life = stock_life(sqlite_database)
    life.house.batch("CVC", "A1", 50, expiry=GOOD_UNTIL)
    life.issue("A1", 10)
    return life


@pytest.fixture
def immediate(qapp):
    return ImmediateBackground()


@pytest.fixture
def seat(life):
    seat = Seat()
    seat.take(life.actor("nurse"))
    seat.move_to(life.house.places["icu"])
    return seat


@pytest.fixture
def presenter(life, seat, immediate):
    reader = Reader(life.database)
    return WardPresenter(reader, life.ward, SigningInService(life.database), seat, immediate)


def heard(signal):
    """What a signal says, in order; one argument as itself, more as a tuple."""
    said = []
    signal.connect(lambda *what: said.append(what[0] if len(what) == 1 else what))
    return said


@pytest.fixture
def listen():
    return heard
