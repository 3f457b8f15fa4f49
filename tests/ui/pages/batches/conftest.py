"""Batches behind their page; everything answers at once."""

import pytest

from app.queries.reader import Reader
from app.services.attaching import AttachingService
from app.services.labelling import LabellingService
from app.services.looking import LookingService
from app.services.signing_in import SigningInService
from app.services.supplementing import SupplementingService
from app.ui.pages.batches.files_presenter import FilesPresenter
from app.ui.pages.batches.master_presenter import MasterPresenter
from app.ui.pages.batches.presenter import BatchesPresenter
from app.ui.pages.batches.visits_presenter import VisitsPresenter
from app.ui.seat import Seat
from tests.fakes.immediate import ImmediateBackground
from tests.stock_life import GOOD_UNTIL, stock_life


@pytest.fixture
def life(sqlite_database):
    life = stock_life(sqlite_database)
    life.batch_id = life.house.batch("CVC", "A1", 50, expiry=GOOD_UNTIL)
    life.issue("A1", 10)
    life.use("A1", 3)
    return life


@pytest.fixture
def seat(life):
    seat = Seat()
    seat.take(life.actor("keeper"))
    return seat


@pytest.fixture
def instantly(qapp):
    return ImmediateBackground()


@pytest.fixture
def presenter(life, seat, instantly, tmp_path):
    database = life.database
    return BatchesPresenter(
        Reader(database),
        life.holding,
        life.quarantining,
        life.correcting,
        SigningInService(database),
        LabellingService(database),
        seat,
        instantly,
        tmp_path / "papers",
        database.clock,
    )


@pytest.fixture
def master(life, seat, instantly, tmp_path):
    database = life.database
    return MasterPresenter(
        Reader(database),
        SupplementingService(database),
        SigningInService(database),
        seat,
        instantly,
        tmp_path / "papers",
        database.clock,
    )


@pytest.fixture
def files(life, seat, instantly, tmp_path):
    database = life.database
    return FilesPresenter(Reader(database), AttachingService(database), seat, instantly, tmp_path / "papers")


@pytest.fixture
def visits(life, seat, instantly):
    return VisitsPresenter(LookingService(life.database), seat, instantly)


@pytest.fixture
def listen():
    def heard(signal):
        said = []
        signal.connect(lambda *what: said.append(what[0] if len(what) == 1 else what))
        return said

    return heard
