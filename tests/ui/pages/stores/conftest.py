"""Two stores with stock behind the page; everything answers at once."""

import pytest

from app.queries.reader import Reader
from app.services.count_papers import CountPaperService
from app.services.shelving import ShelvingService
from app.services.signing_in import SigningInService
from app.services.transfer_papers import TransferPaperService
from app.ui.pages.stores.arrivals_presenter import ArrivalsPresenter, TransferServices
from app.ui.pages.stores.counts_presenter import CountServices, CountsPresenter
from app.ui.pages.stores.page import StorePresenters, StoresPage
from app.ui.pages.stores.sending_presenter import SendingPresenter
from app.ui.pages.stores.shelves_presenter import ShelvesPresenter
from app.ui.seat import Seat
from tests.fakes.immediate import ImmediateBackground
from tests.stock_life import GOOD_UNTIL
from tests.store_floor import store_floor
from tests.ui.desks import PASSWORD, password_hash


@pytest.fixture
def floor(sqlite_database):
    floor = store_floor(sqlite_database)
    floor.life.house.batch("CVC", "A1", 10, expiry=GOOD_UNTIL)
    return floor


@pytest.fixture
def witness(floor):
    """Somebody with a password: login and password."""
    from app.core.permissions import Role

    floor.life.house.person("witness", Role.QUALITY_INSPECTOR, place="store", password_hash=password_hash())
    return "witness", PASSWORD


@pytest.fixture
def seat(floor):
    seat = Seat()
    seat.take(floor.actor("keeper"))
    seat.move_to(floor.places["store"])
    return seat


@pytest.fixture
def presenters(floor, seat, qapp, tmp_path):
    database, background = floor.life.database, ImmediateBackground()
    reader, signing = Reader(database), SigningInService(database)
    services = CountServices(floor.counting, floor.count_posting, CountPaperService(database), signing)
    transfers = TransferServices(floor.transferring, signing, TransferPaperService(database), tmp_path)
    return StorePresenters(
        SendingPresenter(reader, floor.transferring, seat, background),
        ArrivalsPresenter(reader, transfers, seat, background),
        ArrivalsPresenter(reader, transfers, seat, background),
        ShelvesPresenter(reader, ShelvingService(database), seat, background, tmp_path),
        CountsPresenter(reader, services, seat, background, tmp_path),
    )


class Ears:
    """Stands for the sounds."""

    def __init__(self):
        self.heard = []

    def play(self, sound):
        self.heard.append(sound)


@pytest.fixture
def ears():
    return Ears()


@pytest.fixture
def page(qtbot, presenters, ears):
    page = StoresPage(presenters, lambda: True, ears)
    qtbot.addWidget(page)
    page.resize(1178, 720)
    page.show()
    return page


@pytest.fixture
def listen():
    def heard(signal):
        said = []
        signal.connect(lambda *what: said.append(what[0] if len(what) == 1 else what))
        return said

    return heard
