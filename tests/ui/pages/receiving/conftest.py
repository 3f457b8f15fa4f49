"""A receiving bay with its page, without threads."""

import pytest

from app.services.cataloguing import CataloguingService
from app.services.receipt_papers import ReceiptPaperService
from app.services.receiving import DeliveryHead
from app.ui.pages.receiving.page import ReceivingPage
from app.ui.pages.receiving.presenter import ReceivingPresenter
from app.ui.seat import Seat
from tests.builders import small_hospital
from tests.fakes.immediate import ImmediateBackground
from tests.services.receiving_bay import Bay


@pytest.fixture
def bay(sqlite_database):
    return Bay(sqlite_database, small_hospital(sqlite_database))


@pytest.fixture
def played():
    return []


@pytest.fixture
def presenter(qapp, bay, played, tmp_path):
    seat = Seat()
    seat.take(bay.actor())
    seat.move_to(bay.hospital.places["store"])
    presenter = ReceivingPresenter(
        bay.reader,
        bay.service,
        CataloguingService(bay.database),
        bay.database.clock,
        seat,
        ImmediateBackground(),
        play=played.append,
        papers=ReceiptPaperService(bay.database),
        folder=tmp_path / "papers",
    )
    presenter.seat = seat
    presenter.refusals = []
    presenter.refused.connect(lambda error, where: presenter.refusals.append((type(error).__name__, where)))
    return presenter


@pytest.fixture
def opened(presenter, bay):
    """The presenter, looking at the bay's delivery."""
    presenter.set_visible(True)
    presenter.resume(bay.delivery_id)
    return presenter


@pytest.fixture
def page(qtbot, presenter):
    page = ReceivingPage(presenter)
    qtbot.addWidget(page)
    page.resize(1138, 720)
    page.show()
    qtbot.waitExposed(page)
    return page


@pytest.fixture
def head(bay):
    return DeliveryHead(bay.hospital.suppliers["supplier"], "PO-9", "DN-9", "WB-9", 48)
