"""A hospital in which the person ``same`` has done the first of every two steps that are kept apart."""

from collections.abc import Callable
from dataclasses import dataclass, field
from functools import partial

from sqlalchemy import select, text, update

from app.core.actor import Actor, Bilingual
from app.core.errors import AppError
from app.core.permissions import DUTIES, NotEntitledError, Role
from app.core.responsibilities import SEPARATIONS, TASKS, Separation, Step
from app.core.statuses.recall import CaseAct, CaseState, RecallClass, Treatment
from app.core.statuses.stock import Inspection, MovementKind, StockState
from app.models.database import Database
from app.models.locks import LockLift, LotLock
from app.models.recalls import CaseEntry, RecallCase, RecallClause
from app.models.requisitions import Requisition
from app.models.store_work import StockCount
from app.services.closing import ClosingService
from app.services.count_entering import Goods
from app.services.count_posting import CountPostingService
from app.services.counting import CountingService
from app.services.holding import HoldingService, Lot
from app.services.inspecting import InspectingService
from app.services.launching import LaunchingService
from app.services.lifting import LiftingService
from app.services.posting import Line, Shelf, post
from app.services.requisitioning import RequisitioningService
from app.services.signing_in import SigningInService
from tests.builders import Hospital
from tests.services.recall_stage import NOTICE, Stage, op, recall_stage

SAME = "same"
Act = Callable[[Actor], object]


@dataclass(frozen=True)
class Trial:
    """``act`` is the second step through the service, ``write`` the same past every service."""

    act: Act
    write: Callable[[], object]


@dataclass
class Apart:
    """``trials`` by first and second step."""

    stage: Stage
    trials: dict[tuple[Step, Step], Trial] = field(default_factory=dict)
    batch_id: int = 0
    lock_id: int = 0
    pending_id: int = 0
    op_id: str = ""

    @property
    def hospital(self) -> Hospital:
        return self.stage.hospital

    @property
    def database(self) -> Database:
        return self.hospital.database

    @property
    def persons(self) -> dict[str, int]:
        return self.hospital.persons

    @property
    def now(self):
        return self.database.clock()

    def with_roles(self, *roles: Role, login: str = SAME, place: str | None = None) -> Actor:
        places = self.hospital.places
        return Actor(self.persons[login], login, Bilingual(login, login), frozenset(roles), places.get(place or ""))

    def write(self, by: str, *rows: object, **change) -> None:
        """Straight into the tables, in the name of ``by``."""
        with self.database.writing(self.persons[by]) as session:
            session.add_all(rows)
            if change:
                model, row_id = change.pop("model"), change.pop("row_id")
                session.execute(update(model).where(model.id == row_id).values(**change))

    # goods ---------------------------------------------------------------------
    def arrange_inspection(self) -> None:
        batch = self.hospital.batch("CVC", "OWN1", 10, by=SAME, released_by=None)
        self.pending_id = self.hospital.batch("CVC", "OWN2", 5, released_by=None)
        inspecting = InspectingService(self.database, SigningInService(self.database))
        self.trials[Step.RECEIVE, Step.INSPECT] = Trial(
            lambda actor: inspecting.release(actor=actor, op_id=op(), batch_id=batch, answers=[], password="no"),
            lambda: self.hospital.inspect(batch, 10, SAME),
        )

    def inspect_unsigned(self) -> None:
        """Past the service, by another person than who received, who has not signed."""
        shelf = Shelf(self.hospital.places["store"], StockState.IN_STOCK)
        line = Line(MovementKind.INSPECTION, self.pending_id, 5, shelf, shelf, "YS-9", outcome=Inspection.RELEASED)
        with self.database.writing(self.persons["inspector"]) as session:
            post(session, self.database.clock, self.hospital.act("inspector"), [line])

    def arrange_count(self) -> None:
        keeper, same = self.stage.actor("keeper"), self.with_roles(Role.STOREKEEPER)
        counting, store = CountingService(self.database), self.hospital.places["store2"]
        count_id = counting.open(actor=keeper, op_id=op(), location_id=store).count_id
        goods = Goods(self.hospital.products["CVC"], "A200", 40)
        counting.enter(actor=same, op_id=op(), count_id=count_id, goods=goods)
        version = counting_version(self.database, count_id)
        counting.finish(actor=keeper, count_id=count_id, version=version)
        version = counting_version(self.database, count_id)
        posting, signed = CountPostingService(self.database), op()
        self.hospital.sign(SAME, signed)

        def approve(second: Actor) -> object:
            return posting.approve(actor=keeper, op_id=op(), count_id=count_id, version=version, second=second)

        values = {"state": "posted", "posted_by": keeper.id, "approved_by": same.id, "post_op_id": signed}
        self.trials[Step.COUNT, Step.APPROVE_COUNT] = Trial(
            approve, lambda: self.write("keeper", model=StockCount, row_id=count_id, posted_at=self.now, **values)
        )

    def arrange_requisition(self) -> None:
        service, places = RequisitioningService(self.database), self.hospital.places
        asked = service.ask(
            actor=self.with_roles(Role.DEPT_LIAISON, place="icu"),
            department_id=places["icu"],
            store_id=places["store"],
            lines=[(self.hospital.products["CVC"], 9000)],
        )

        def decide(actor: Actor) -> object:
            there = Actor(actor.id, actor.login, actor.name, actor.roles, places["icu"])
            return service.decide(actor=there, requisition_id=asked.id, approves=True)

        self.trials[Step.ASK, Step.APPROVE_REQUEST] = Trial(
            decide,
            lambda: self.write(SAME, model=Requisition, row_id=asked.id, decided_by=self.persons[SAME]),
        )

    # locks ---------------------------------------------------------------------
    def arrange_hold(self) -> None:
        holding, keeper = HoldingService(self.database), self.stage.actor("keeper")
        lot = Lot(self.hospital.products["TUBE"], "A100")
        lock_id = holding.hold(actor=self.with_roles(Role.STOREKEEPER), lots=[lot], reason="torn").lock_ids[0]
        self.lock_id = lock_id

        def lift(second: Actor) -> object:
            return holding.lift(actor=keeper, op_id=op(), second=second, lock_id=lock_id, reason="sound")

        self.trials[Step.HOLD, Step.LIFT_HOLD] = Trial(lift, lambda: self.lift(lock_id, "keeper"))

    def lift(self, lock_id: int, by: str) -> None:
        self.write_lift(lock_id, by, self.signed())

    def signed(self) -> str:
        """An operation that ``same`` has signed."""
        op_id = op()
        self.hospital.sign(SAME, op_id)
        return op_id

    def write_lift(self, lock_id: int, by: str, signed: str) -> None:
        lifted = {"reason": "sound", "lifted_by": self.persons[by], "second_person_id": self.persons[SAME]}
        self.write(by, LockLift(lock_id=lock_id, op_id=signed, lifted_at=self.now, **lifted))

    # cases ---------------------------------------------------------------------
    def case(self, name: str, *, registered=None, launched=None, review=None) -> int:
        """A case in its closing review; ``coordinator`` and ``keeper`` do what nobody is named for."""
        number, registered = f"RC-{name}", registered or "coordinator"
        values = {"kind": "voluntary", "recall_class": "II", "treatment": Treatment.REPAIR.value, "state": "registered"}
        row = RecallCase(number=number, notice_text="notice", notice_hash="-", title=name, version=1, **values)
        row.registered_by, row.registered_at, row.notice_received_at = self.persons[registered], self.now, self.now
        for column in RecallCase.__table__.columns:
            if not column.nullable and not column.primary_key and getattr(row, column.name) is None:
                setattr(row, column.name, column.type.python_type())
        self.write(registered, row)
        with self.database.reading() as session:
            case_id = session.execute(text("SELECT id FROM recall_case WHERE number = :n"), {"n": number}).scalar_one()
        if launched is None and review is None and registered == SAME and name == "approval":
            return case_id
        step = {"model": RecallCase, "row_id": case_id}
        self.write("keeper", **step, state=CaseState.ASSESSING)
        self.hospital.sign("boss", op(), "approve_recall")
        self.write("boss", **step, approved_by=self.persons["boss"], approved_at=self.now)
        launcher, reviewer = launched or "keeper", review or "keeper"
        self.write(launcher, **step, state=CaseState.ACTIVE, launched_by=self.persons[launcher], launched_at=self.now)
        self.write("keeper", **step, state=CaseState.RECONCILING)
        self.write(reviewer, **step, state=CaseState.CLOSING_REVIEW, review_by=self.persons[reviewer])
        return case_id

    def arrange_approval(self) -> None:
        case_id = self.case("approval", registered=SAME)
        self.write("keeper", model=RecallCase, row_id=case_id, state=CaseState.ASSESSING)
        self.hospital.sign(SAME, op(), "approve_recall")
        launching = LaunchingService(self.database, SigningInService(self.database))
        self.trials[Step.REGISTER, Step.APPROVE] = Trial(
            lambda actor: launching.approve(actor=actor, op_id=op(), case_id=case_id),
            lambda: self.write(SAME, model=RecallCase, row_id=case_id, approved_by=self.persons[SAME]),
        )

    def arrange_reading(self) -> None:
        unknown = "REF: ZZ-1-99\nGTIN: 06999999990016\nLot: Q1"
        case_id = self.stage.assessed(unknown, title="read by hand", recall_class=RecallClass.II)
        corrected = {"act": CaseAct.CLAUSE_CORRECTED, "note": "", "document_no": "", "at": self.now}
        self.write(SAME, CaseEntry(op_id=op(), case_id=case_id, person_id=self.persons[SAME], **corrected))
        closing = ClosingService(self.database, SigningInService(self.database))
        self.hospital.sign(SAME, op(), "not_affected")
        ended = {"state": CaseState.NOT_AFFECTED, "closed_by": self.persons[SAME], "closed_at": self.now}
        self.trials[Step.READ_BY_HAND, Step.END_UNAFFECTED] = Trial(
            lambda actor: closing.close_not_affected(actor=actor, op_id=op(), case_id=case_id, reason="none"),
            lambda: self.write(SAME, model=RecallCase, row_id=case_id, **ended),
        )

    def arrange_second_reading(self) -> None:
        case_id = self.stage.assessed("Recall. REF: CVC-7F-20\nLot: TWICE", title="read twice")
        confirming = self.with_roles(Role.RECALL_COORDINATOR)
        self.stage.registering.confirm_clauses(actor=confirming, op_id=op(), case_id=case_id)
        self.hospital.sign(SAME, op(), "read_again")
        with self.database.reading() as session:
            clause_id = session.scalars(select(RecallClause.id).where(RecallClause.case_id == case_id)).first()
        self.trials[Step.CONFIRM, Step.READ_AGAIN] = Trial(
            lambda actor: self.stage.second_reading.read_again(actor=actor, op_id=op(), case_id=case_id),
            lambda: self.write(SAME, model=RecallClause, row_id=clause_id, second_by=self.persons[SAME]),
        )

    def arrange_closing(self, first: Step, **done: str) -> None:
        case_id = self.case(first.value, **done)
        self.hospital.sign(SAME, op(), "close_recall")
        closing = ClosingService(self.database, SigningInService(self.database))
        self.trials[first, Step.CLOSE] = Trial(
            lambda actor: closing.close(actor=actor, op_id=op(), case_id=case_id),
            lambda: self.write(
                SAME, model=RecallCase, row_id=case_id, state=CaseState.CLOSED, closed_by=self.persons[SAME]
            ),
        )

    def arrange_recall_lock(self) -> None:
        case_id = self.case("lifting", launched="keeper")
        lock = LotLock(
            product_id=self.hospital.products["CVC"], lot_key="A100", layer="recall_quarantine", case_id=case_id,
            reason="recall", locked_by=self.persons[SAME], locked_at=self.now,
        )  # fmt: skip
        coordinator = self.stage.actor("coordinator")
        active = self.stage.approved(NOTICE + "\nSent to this house alone.")
        self.stage.launching.hold(actor=coordinator, op_id=op(), case_id=active)
        self.stage.launching.launch(actor=coordinator, op_id=op(), case_id=active)
        lock.case_id = active
        self.write(SAME, lock)
        lifting = LiftingService(self.database)
        self.write("coordinator", model=RecallCase, row_id=active, treatment=Treatment.REPAIR)
        with self.database.reading() as session:
            lock_id = session.execute(text("SELECT max(id) FROM lot_lock")).scalar_one()

        def lift(second: Actor) -> object:
            return lifting.lift_recall(actor=coordinator, op_id=op(), case_id=active, second=second, reason="repaired")

        self.trials[Step.LAUNCH, Step.LIFT_RECALL] = Trial(lift, lambda: self.lift(lock_id, "coordinator"))

    def own_seconds(self) -> dict[str, Callable[[], object]]:
        """The same person twice, past every service."""
        move, store = self.hospital.move, ("store", StockState.IN_STOCK)
        area, gone = ("quarantine", StockState.QUARANTINED), ("store", StockState.UNACCOUNTED)
        twice = {"by": SAME, "second": SAME, "reason": "twice"}
        batch = self.hospital.batch("CVC", "TWICE", 10)
        return {
            "loss": lambda: move(MovementKind.STOCK_LOSS, batch, 1, store, gone, **twice),
            "disposal": lambda: move(MovementKind.DISPOSAL, batch, 1, store, ("store", StockState.DESTROYED), **twice),
            "quarantine": lambda: move(MovementKind.QUARANTINE, batch, 1, store, area, **twice),
        }


def counting_version(database: Database, count_id: int) -> int:
    with database.reading() as session:
        return session.get_one(StockCount, count_id).version


def apart(database: Database) -> Apart:
    return apart_in(recall_stage(database))


def apart_in(stage: Stage) -> Apart:
    """The same in a hospital that stands already."""
    house = Apart(stage)
    for login in (SAME, "other"):
        house.hospital.person(login, Role.STOREKEEPER, Role.QUALITY_INSPECTOR, place="icu")
    house.arrange_inspection()
    house.arrange_count()
    house.arrange_requisition()
    house.arrange_hold()
    house.arrange_recall_lock()
    house.arrange_approval()
    house.arrange_reading()
    house.arrange_second_reading()
    house.arrange_closing(Step.REGISTER, registered=SAME)
    house.arrange_closing(Step.LAUNCH, launched=SAME)
    house.arrange_closing(Step.REVIEW, review=SAME)
    return house


AT_THE_WALL = {
    "store_work.counter_approves": "own_step",
    "requisition.own": "own_step",
    "recall.own_reading": "own_step",
}
"""Where the wall's word for it is another one."""


def code_of(act: Callable[[], object]) -> str:
    """The refusal's code, empty where nothing was refused."""
    try:
        act()
    except AppError as error:
        return error.code
    return ""


def carriers(rule: Separation) -> frozenset[Role]:
    task = TASKS[rule.then]
    duty = task.second if rule.signs else task.duty
    return frozenset(role for role in Role if duty in DUTIES[role])


def let_through(house: Apart) -> list[str]:
    """Rules and roles for which a service did not refuse the second step to who did the first."""
    wrong: list[str] = []
    for rule in SEPARATIONS:
        act = house.trials[rule.first, rule.then].act
        for role in Role:
            alone = code_of(partial(act, house.with_roles(role)))
            whole = code_of(partial(act, house.with_roles(role, *carriers(rule))))
            if alone not in {rule.code, NotEntitledError.code} or whole != rule.code:
                wrong.append(f"{rule.first.value} and {rule.then.value} by {role.value}: {alone}, {whole}")
    return wrong


def let_through_the_wall(house: Apart) -> list[str]:
    """The same past every service, and a second signature of the first person's."""
    codes = {rule: code_of(house.trials[rule.first, rule.then].write) for rule in SEPARATIONS}
    wrong = [f"{rule}: {code}" for rule, code in codes.items() if code != AT_THE_WALL.get(rule.code, rule.code)]
    return wrong + [name for name, write in house.own_seconds().items() if code_of(write) != "own_second"]


def stopped_wrongly(house: Apart) -> list[str]:
    """Rules that stop another person too, who did nothing before."""
    return [
        str(rule)
        for rule in SEPARATIONS
        for act in (house.trials[rule.first, rule.then].act,)
        if code_of(partial(act, house.with_roles(*carriers(rule), login="other"))) == rule.code
    ]
