"""A hospital with a recalled lot in four places, and the steps of its case, for tests."""

import uuid
from dataclasses import dataclass
from datetime import timedelta

from app.core.actor import Actor
from app.core.statuses.recall import CaseKind, RecallClass, Treatment
from app.core.statuses.stock import MovementKind, StockState
from app.core.statuses.verdict import Verdict
from app.models.database import Database
from app.services.answering import AnsweringService
from app.services.assessing import AssessingService
from app.services.closing import ClosingService
from app.services.collecting import CollectingService
from app.services.launching import LaunchingService
from app.services.lifting import LiftingService
from app.services.papers import PaperService
from app.services.registering import Notice, RegisteringService
from app.services.returning import ReturningService
from app.services.second_reading import SecondReadingService
from app.services.signing_in import SigningInService, actor_of
from tests.builders import Hospital, small_hospital
from tests.copies import moved, prepared

NOTICE = """Voluntary recall of central venous catheters.
REF: CVC-7F-20
GTIN: 06999999012016
Lot: A100, A200
The guide wire may shed its coating. Stop using these products at once.
"""


def op() -> str:
    return uuid.uuid4().hex


@dataclass
class Stage:
    """The hospital and its services."""

    hospital: Hospital

    @property
    def database(self) -> Database:
        return self.hospital.database

    def actor(self, login: str) -> Actor:
        with self.database.reading() as session:
            return actor_of(session, self.hospital.persons[login])

    @property
    def registering(self) -> RegisteringService:
        return RegisteringService(self.database)

    @property
    def assessing(self) -> AssessingService:
        return AssessingService(self.database)

    @property
    def second_reading(self) -> SecondReadingService:
        return SecondReadingService(self.database, SigningInService(self.database))

    @property
    def launching(self) -> LaunchingService:
        return LaunchingService(self.database, SigningInService(self.database))

    @property
    def answering(self) -> AnsweringService:
        return AnsweringService(self.database)

    @property
    def collecting(self) -> CollectingService:
        return CollectingService(self.database)

    @property
    def returning(self) -> ReturningService:
        return ReturningService(self.database)

    @property
    def closing(self) -> ClosingService:
        return ClosingService(self.database, SigningInService(self.database))

    @property
    def papers(self) -> PaperService:
        return PaperService(self.database)

    @property
    def lifting(self) -> LiftingService:
        return LiftingService(self.database)

    def notice(self, text: str = NOTICE, **changes) -> Notice:
        values = {
            "text": text,
            "title": "Central venous kit: coating sheds",
            "manufacturer": "CVC Test Devices",
            "received_at": self.database.clock() - timedelta(hours=1),
            "hazard": "coating sheds",
            "kind": CaseKind.VOLUNTARY,
            "recall_class": RecallClass.I,
            "treatment": Treatment.RETRIEVE,
        } | changes
        return Notice(**values)

    def registered(self, text: str = NOTICE, **changes) -> int:
        notice = self.notice(text, **changes)
        return self.registering.register(actor=self.actor("coordinator"), op_id=op(), notice=notice).case_id

    def assessed(self, text: str = NOTICE, **changes) -> int:
        if changes or text != NOTICE or not self.database.is_sqlite:  # a server's case would have begun long ago
            return self._assessed(text, **changes)
        return prepared(self.database, "assessed", lambda database: self._at(database)._assessed())

    def _assessed(self, text: str = NOTICE, **changes) -> int:
        case_id = self.registered(text, **changes)
        self.assessing.assess(actor=self.actor("coordinator"), op_id=op(), case_id=case_id)
        return case_id

    def approved(self, text: str = NOTICE, **changes) -> int:
        case_id = self.assessed(text, **changes)
        self.registering.confirm_clauses(actor=self.actor("coordinator"), op_id=op(), case_id=case_id)
        self.read_again(case_id)
        self.launching.approve(actor=self.actor("boss"), op_id=self.signed("boss", "approve_recall"), case_id=case_id)
        return case_id

    def read_again(self, case_id: int, by: str = "boss") -> None:
        """The second reading of a notice of class I."""
        self.second_reading.read_again(actor=self.actor(by), op_id=self.signed(by, "read_again"), case_id=case_id)

    def excluded(self, case_id: int, batch_id: int, reason: str = "label read", by: str = "coordinator") -> None:
        """This person declares that the notice does not mean the batch, and signs."""
        decided = {"case_id": case_id, "batch_id": batch_id, "verdict": Verdict.NOT_AFFECTED, "reason": reason}
        self.assessing.decide(actor=self.actor(by), op_id=self.signed(by, "exclude_batch"), **decided)

    def signed(self, login: str, meaning: str) -> str:
        """An operation that this person has signed."""
        op_id = op()
        self.hospital.sign(login, op_id, meaning)
        return op_id

    def launched(self, text: str = NOTICE, **changes) -> int:
        if changes or text != NOTICE or not self.database.is_sqlite:  # a server's case would have begun long ago
            return self._launched(text, **changes)
        return prepared(self.database, "launched", lambda database: self._at(database)._launched())

    def _at(self, database: Database) -> "Stage":
        return Stage(moved(self.hospital, self.database, database))

    def _launched(self, text: str = NOTICE, **changes) -> int:
        case_id = self.approved(text, **changes)
        self.launching.launch(actor=self.actor("coordinator"), op_id=op(), case_id=case_id)
        return case_id


def recall_stage(database: Database) -> Stage:
    """Lot A100: 50 in the store, 30 at the ICU of which 5 used, 20 issued to the clinic; A200: 40 in the second store;
    B900 is not meant; lot A100 of another product is not meant either."""
    return Stage(prepared(database, "recall stage", _with_recalled_lots))


def _with_recalled_lots(database: Database) -> Hospital:
    hospital = small_hospital(database)
    hospital.product("TUBE", "06999999013037")
    recalled = hospital.batch("CVC", "A100", 100)
    hospital.move(MovementKind.ISSUE, recalled, 30, ("store", StockState.IN_STOCK), ("icu", StockState.PAR))
    hospital.move(MovementKind.ISSUE, recalled, 20, ("store", StockState.IN_STOCK), ("clinic", StockState.EXPENSED))
    hospital.move(MovementKind.USE, recalled, 5, ("icu", StockState.PAR), ("icu", StockState.USED), by="nurse")
    hospital.batch("CVC", "A200", 40, place="store2")
    hospital.batch("CVC", "B900", 70)
    hospital.batch("TUBE", "A100", 60)
    return hospital
