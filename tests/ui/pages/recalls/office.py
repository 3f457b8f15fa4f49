"""A recall office for tests: the stage of the services, with the presenters of the recalls page over it."""

from dataclasses import dataclass, field
from pathlib import Path

from app.models.persons import Person
from app.queries.reader import Reader
from app.services.arriving import ArrivingService
from app.services.closing import ClosingService
from app.services.completing import CompletingService
from app.services.papers import PaperService
from app.services.previewing import PreviewingService
from app.services.signing_in import SigningInService, hash_password
from app.ui.pages.recalls.arrivals_presenter import ArrivalsPresenter
from app.ui.pages.recalls.case_presenter import CasePresenter
from app.ui.pages.recalls.case_tab import TabPlan
from app.ui.pages.recalls.page import RecallsPage
from app.ui.pages.recalls.presenter import RecallsPresenter
from app.ui.pages.recalls.register_presenter import RegisterPresenter
from app.ui.pages.recalls.scope_presenter import ScopeTabPresenter
from app.ui.pages.recalls.scope_tab import ScopeTab
from app.ui.seat import Seat
from tests.fakes.immediate import ImmediateBackground
from tests.services.recall_stage import Stage

PASSWORD = "Ward-Round-7"


@dataclass
class Office:
    """The coordinator sits at the workstation."""

    stage: Stage
    folder: str = "papers"
    background: ImmediateBackground = field(default_factory=ImmediateBackground)
    seat: Seat = field(default_factory=Seat)

    def __post_init__(self) -> None:
        self.sit("coordinator")
        self.reader = Reader(self.stage.database)
        clock, shared = self.stage.database.clock, (self.seat, self.background)
        registering, assessing, launching = self.stage.registering, self.stage.assessing, self.stage.launching
        database = self.stage.database
        self.list = RecallsPresenter(self.reader, clock, *shared)
        self.register = RegisterPresenter(
            PreviewingService(database), registering, assessing, launching, clock, *shared
        )
        closing = ClosingService(database, SigningInService(database))
        self.case = CasePresenter(
            self.reader, registering, assessing, launching, self.stage.second_reading, closing, PaperService(database),
            clock, *shared,
        )  # fmt: skip
        self.arrivals = ArrivalsPresenter(self.reader, ArrivingService(database), *shared)
        files = ArrivingService(database), CompletingService(database), Path(self.folder)
        self.scope = ScopeTabPresenter(self.reader, registering, assessing, *files, *shared)

    def sit(self, login: str) -> None:
        self.seat.take(self.stage.actor(login))

    def password(self, login: str) -> None:
        """Give a person a password that is known to the test."""
        with self.stage.database.writing(None) as session:
            session.get_one(Person, self.stage.hospital.persons[login]).password_hash = hash_password(PASSWORD)

    def page(self) -> RecallsPage:
        return RecallsPage(
            self.list, self.register, self.arrivals, self.case, [TabPlan("scope", lambda: ScopeTab(self.scope))]
        )


def heard(signal):
    """What a signal says, in order; one argument as itself, more as a tuple."""
    said = []
    signal.connect(lambda *what: said.append(what[0] if len(what) == 1 else what))
    return said
