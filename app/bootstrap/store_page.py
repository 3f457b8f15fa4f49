"""The store page with the presenters and services of its tabs."""

from typing import TYPE_CHECKING

from app.core import settings
from app.core.permissions import Duty

if TYPE_CHECKING:
    from app.models.database import Database
    from app.ui.page import Page
    from app.ui.shell.desk import DeskParts


def store_page(database: "Database", parts: "DeskParts") -> "Page":
    """Transfers, shelves and stock-takes."""
    from app.services.count_papers import CountPaperService
    from app.services.count_posting import CountPostingService
    from app.services.counting import CountingService
    from app.services.shelving import ShelvingService
    from app.services.transfer_papers import TransferPaperService
    from app.services.transferring import TransferringService
    from app.ui.pages.stores.arrivals_presenter import ArrivalsPresenter, TransferServices
    from app.ui.pages.stores.counts_presenter import CountServices, CountsPresenter
    from app.ui.pages.stores.page import StorePresenters, StoresPage
    from app.ui.pages.stores.sending_presenter import SendingPresenter
    from app.ui.pages.stores.shelves_presenter import ShelvesPresenter

    reader, seat, background = parts.reader, parts.seat, parts.background
    transferring, folder = TransferringService(database), settings.papers_path()
    transfers = TransferServices(transferring, parts.signing_in, TransferPaperService(database), folder)
    services = CountServices(
        CountingService(database), CountPostingService(database), CountPaperService(database), parts.signing_in
    )
    presenters = StorePresenters(
        SendingPresenter(reader, transferring, seat, background),
        ArrivalsPresenter(reader, transfers, seat, background),
        ArrivalsPresenter(reader, transfers, seat, background),
        ShelvesPresenter(reader, ShelvingService(database), seat, background, folder),
        CountsPresenter(reader, services, seat, background, folder),
    )
    return StoresPage(presenters, lambda: seat.is_taken and seat.actor.may(Duty.STORE_WORK), parts.sounds)
