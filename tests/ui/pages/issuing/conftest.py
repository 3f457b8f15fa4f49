"""A store with stock behind the issuing page; everything answers at once."""

import pytest

from app.queries.reader import Reader
from app.ui.pages.issuing.presenter import IssuingPresenter
from app.ui.seat import Seat
from tests.fakes.immediate import ImmediateBackground
from tests.stock_life import GOOD_UNTIL, stock_life


@pytest.fixture
def life(sqlite_database):
    life = stock_life(sqlite_database)
    life.house.batch("CVC", "A1", 10, expiry=GOOD_UNTIL)
    return life


@pytest.fixture
def seat(life):
    seat = Seat()
    seat.take(life.actor("keeper"))
    seat.move_to(life.house.places["store"])
    return seat


@pytest.fixture
def presenter(life, seat, qapp):
    presenter = IssuingPresenter(Reader(life.database), life.issuing, seat, ImmediateBackground())
    presenter.reload()
    return presenter


@pytest.fixture
def listen():
    def heard(signal):
        said = []
        signal.connect(lambda *what: said.append(what[0] if len(what) == 1 else what))
        return said

    return heard
