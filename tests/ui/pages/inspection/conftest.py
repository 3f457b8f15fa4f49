"""An inspector's desk with a receipt to look at, without threads."""

import pytest

from app.services.attaching import AttachingService
from app.services.inspecting import InspectingService
from app.services.signing_in import SigningInService
from app.ui.pages.inspection.page import InspectionPage
from app.ui.pages.inspection.presenter import InspectionPresenter
from app.ui.seat import Seat
from tests.builders import small_hospital
from tests.fakes.immediate import ImmediateBackground
from tests.services.receiving_bay import CARTON, FAR, Bay, label


@pytest.fixture
def bay(sqlite_database):
    bay = Bay(sqlite_database, small_hospital(sqlite_database))
    bay.give_password()
    bay.scan(label(CARTON, "26A0418", FAR))
    bay.scan(label(CARTON, "26A0419", FAR))
    bay.receipt_no = bay.post().receipt_no
    bay.delivery_id = bay.open("store2")
    bay.scan(label(CARTON, "26A0420", FAR))
    bay.post()
    return bay


@pytest.fixture
def presenter(qapp, bay, tmp_path):
    seat = Seat()
    seat.take(bay.actor("inspector"))
    seat.move_to(bay.hospital.places["store"])
    service = InspectingService(bay.database, SigningInService(bay.database))
    presenter = InspectionPresenter(
        bay.reader, service, AttachingService(bay.database), tmp_path / "papers", seat, ImmediateBackground()
    )
    presenter.seat = seat
    presenter.queues, presenter.desks, presenter.errors = [], [], []
    presenter.queue_shown.connect(presenter.queues.append)
    presenter.desk_shown.connect(presenter.desks.append)
    presenter.refused.connect(lambda error: presenter.errors.append(type(error).__name__))
    return presenter


@pytest.fixture
def page(qtbot, presenter):
    page = InspectionPage(presenter)
    qtbot.addWidget(page)
    page.resize(1138, 720)
    page.show()
    qtbot.waitExposed(page)
    return page
