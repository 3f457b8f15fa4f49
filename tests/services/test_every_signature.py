"""Every act that stands under a signature, listed from the source, is refused while nobody has signed."""

import ast

import pytest
from sqlalchemy import func, select, update

from app.core.permissions import Role
from app.core.places import root
from app.core.shown import digest, shown_text
from app.core.statuses.leaving import DepartureKind
from app.core.statuses.recall import SIGNED_ACTS, CaseAct, CaseState, RecallClass, Treatment
from app.core.statuses.stock import MovementKind, StockState
from app.core.statuses.supplement import SupplementField
from app.core.statuses.verdict import Verdict
from app.models.persons import Signature
from app.models.recalls import CaseEntry, RecallCase
from app.models.refusals import UnsignedError
from app.models.stock import Movement
from app.queries.case_scope import scope_rows
from app.queries.inspections import CheckAnswer, inspection_card
from app.services.collecting import Portion
from app.services.diary import Act, enter
from app.services.granting import GrantingService
from app.services.holding import Lot
from app.services.inspecting import InspectingService, RejectedPart
from app.services.quarantining import Portion as Aside
from app.services.signed_facts import ending_facts
from app.services.signing_in import SigningInService, WrongPasswordError
from app.services.staffing import NewPerson, StaffingService
from app.services.supplementing import SupplementingService
from tests.services.recall_stage import NOTICE, Stage, op, recall_stage
from tests.services.receiving_bay import FAR, Bay, label
from tests.services.test_closing import balanced
from tests.services.test_departing import Gate
from tests.store_floor import store_floor

SERVICES = root() / "app/services"
CHECKS = {"demand_signed", "_demand_granted", "_end"}
WRONG = {"login": "boss", "password": "Not-The-Word-1"}
NEW = NewPerson("fresh", "新人", "Fresh", "Right-Kettle-9", frozenset({Role.BUYER}))


def signing_acts() -> set[str]:
    """Public methods that take who acts, which operation, and a second person or a password; and those that look."""
    found: set[str] = set()
    for path in SERVICES.rglob("*.py"):
        tree = ast.parse(path.read_text(encoding="utf-8"))
        for owner in (node for node in tree.body if isinstance(node, ast.ClassDef)):
            for method in (node for node in owner.body if isinstance(node, ast.FunctionDef)):
                taken = {argument.arg for argument in method.args.kwonlyargs}
                called = {
                    node.func.id if isinstance(node.func, ast.Name) else getattr(node.func, "attr", "")
                    for node in ast.walk(method)
                    if isinstance(node, ast.Call)
                }
                signs = bool(CHECKS & called) or ({"actor", "op_id"} <= taken and bool({"second", "password"} & taken))
                if signs and not method.name.startswith("_"):
                    found.add(f"{owner.name}.{method.name}")
    return found


class House:
    """One hospital in which each act could be done at once, but for the signature."""

    def __init__(self, database) -> None:
        self.floor = store_floor(database)
        self.life, self.hospital, self.database = self.floor.life, self.floor.life.house, database
        self.stage, self.gate = Stage(self.hospital), Gate(database, self.hospital)
        self.bay = Bay(database, self.hospital)
        self.hospital.person("security", Role.SECURITY_ADMIN)
        self.free = self.hospital.batch("CVC", "FREE", 50)
        self.actor, self.places = self.stage.actor, self.hospital.places

    def two(self, by: str = "keeper", second: str = "inspector") -> dict:
        return {"actor": self.actor(by), "second": self.actor(second), "op_id": op()}

    def case(self):
        """Approved, active, five of its units in quarantine."""
        self.recalled = self.hospital.batch("CVC", "A100", 20)
        case_id, area = self.stage.launched(), self.places["quarantine"]
        store = self.places["store"]
        held = self.life.wanted("A100", 5)
        self.stage.collecting.collect(
            actor=self.actor("keeper"), op_id=op(), case_id=case_id, place_id=store, wanted=held, area_id=None
        )
        at_store = Portion(self.recalled, store, StockState.IN_STOCK, 1)
        sealed = Portion(self.recalled, area, StockState.QUARANTINED, 1)
        return case_id, at_store, sealed

    def cases(self) -> dict:
        stage = self.stage
        case_id, at_store, sealed = self.case()
        because = {"case_id": case_id, "reason": "why"}
        way = {"carrier": "C", "waybill": "W-1"}
        ready = stage.assessed("Recall. REF: CVC-7F-20 GTIN: 06999999012016 Lot: FREE", title="second")
        stage.registering.confirm_clauses(actor=self.actor("coordinator"), op_id=op(), case_id=ready)
        unread = stage.assessed("Recall. REF: CVC-7F-20 GTIN: 06999999012016 Lot: FREE, A1OO", title="unread")
        stage.registering.confirm_clauses(actor=self.actor("coordinator"), op_id=op(), case_id=unread)
        stage.read_again(ready)
        self.set_case(case_id, Treatment.REPAIR)
        boss = {"actor": self.actor("boss"), "op_id": op()}
        nothing = stage.assessed(
            "REF: ZZ-1-99\nGTIN: 06999999990016\nLot: Q1", title="nothing", recall_class=RecallClass.II
        )
        with self.stage.database.reading() as session:
            doubtful = scope_rows(session, unread, Verdict.NEED_INFO)[0].batch_id
        out = {
            "actor": self.actor("coordinator"),
            "op_id": op(),
            "case_id": unread,
            "batch_id": doubtful,
            "reason": "why",
        }
        own = {"actor": self.actor("coordinator"), "op_id": op(), "case_id": nothing, "reason": "why"}
        closing = stage.closing
        collecting, lifting = stage.collecting, stage.lifting
        return {
            "CollectingService.explain": lambda: collecting.explain(**self.two(), **because, portion=at_store),
            "CollectingService.explain_surplus": lambda: collecting.explain_surplus(
                **self.two(), **because, portion=at_store
            ),
            "CollectingService.destroy": lambda: collecting.destroy(**self.two(), **because, portions=[sealed]),
            "ReturningService.ship": lambda: stage.returning.ship(
                **self.two(), case_id=case_id, portions=[sealed], **way
            ),
            "LiftingService.lift_recall": lambda: lifting.lift_recall(**self.two("coordinator"), **because),
            "ClosingService.close_not_affected": lambda: closing.close_not_affected(**own),
            "ClosingService.withdraw": lambda: closing.withdraw(**own),
            "ClosingService.end_in_place": lambda: closing.end_in_place(
                **own, ending=CaseState.NOT_AFFECTED, password=WRONG["password"]
            ),
            "SecondReadingService.read_again": lambda: stage.second_reading.read_again(**boss, case_id=unread),
            "SecondReadingService.read_again_in_place": lambda: stage.second_reading.read_again_in_place(
                **boss, case_id=unread, **WRONG
            ),
            "AssessingService.decide": lambda: stage.assessing.decide(**out, verdict=Verdict.NOT_AFFECTED),
            "AssessingService.exclude_in_place": lambda: stage.assessing.exclude_in_place(
                **out, password=WRONG["password"]
            ),
            "LaunchingService.approve": lambda: stage.launching.approve(**boss, case_id=ready),
            "LaunchingService.approve_in_place": lambda: stage.launching.approve_in_place(
                **boss, case_id=ready, **WRONG
            ),
        }

    def set_case(self, case_id: int, treatment: Treatment) -> None:
        with self.database.writing(self.hospital.persons["coordinator"]) as session:
            session.get_one(RecallCase, case_id).treatment = treatment

    def holds(self) -> dict:
        """A hold of the store, and the holds of a case that was withdrawn."""
        product, store = self.hospital.products["CVC"], self.places["store"]
        self.hospital.batch("CVC", "HELD", 9)
        lock = self.life.holding.hold(actor=self.actor("keeper"), lots=[Lot(product, "HELD")], reason="smell").lock_ids[
            0
        ]
        coordinator = self.actor("coordinator")
        self.hospital.batch("CVC", "MEANT", 9)
        case_id = self.stage.assessed("Recall. REF: CVC-7F-20 GTIN: 06999999012016 Lot: MEANT", title="third")
        self.stage.launching.hold(actor=coordinator, op_id=op(), case_id=case_id)
        withdrawn = self.stage.signed("coordinator", "withdraw_recall")
        self.stage.closing.withdraw(actor=coordinator, op_id=withdrawn, case_id=case_id, reason="revoked")
        aside = self.hospital.batch("CVC", "ASIDE", 9)
        ends = (("store", StockState.IN_STOCK), ("quarantine", StockState.QUARANTINED))
        self.hospital.move(MovementKind.QUARANTINE, aside, 3, *ends)
        back = Aside(aside, self.places["quarantine"], StockState.QUARANTINED, 1)
        issued = self.hospital.batch("CVC", "TURNED", 9)
        moved = self.life.issue("TURNED", 2).document_no
        self.life.hold("TURNED")
        line = self.life.movements(moved)[0]
        self.life.issue("FREE", 2)
        despite = {"place_id": self.places["icu"], "wanted": self.life.wanted("TURNED"), "visit_no": "ZY20261234471"}
        return {
            "HoldingService.lift": lambda: self.life.holding.lift(**self.two(), lock_id=lock, reason="sound"),
            "LiftingService.lift_holds": lambda: self.stage.lifting.lift_holds(
                **self.two("coordinator"), case_id=case_id, reason="revoked"
            ),
            "QuarantiningService.take_back": lambda: self.life.quarantining.take_back(
                **self.two(), portion=back, target_id=store, reason="sound"
            ),
            "CorrectingService.reverse": lambda: self.life.correcting.reverse(
                **self.two(), movement_id=line, reason="wrong ward"
            ),
            "WardService.use": lambda: self.life.ward.use(**self.two("nurse"), **despite, reason="no other"),
            "SupplementingService.complete": lambda: SupplementingService(self.database).complete(
                **self.two(), batch_id=issued, field=SupplementField.LOT_NO, value="TURNED-2", reason="label"
            ),
        }

    def stores(self) -> dict:
        floor = self.floor
        sent = floor.send(floor.life.wanted("FREE", 4)).transfer_id
        late = floor.send(floor.life.wanted("FREE", 3)).transfer_id
        floor.receive(sent, 3)
        count_id = floor.open_count("store2")
        floor.typed(count_id, "FREE", 3)
        floor.finish(count_id)
        return {
            "TransferringService.settle": lambda: floor.settle(sent, op_id=op()),
            "TransferringService.take_back": lambda: floor.transferring.take_back(
                **self.two(), transfer_id=late, version=floor.version(late), reason="why"
            ),
            "CountPostingService.approve": lambda: floor.approve(count_id, op_id=op()),
        }

    def leaving(self) -> dict:
        gate = self.gate
        drafts = {kind: gate.draft(kind) for kind in DepartureKind}
        gone = gate.draft()
        for draft in (*drafts.values(), gone):
            gate.scan_in(draft, "FREE", 1)
        gate.leave(gone)
        return {
            "DepartingService.hand_over": lambda: gate.leave(drafts[DepartureKind.RETURN], signs=False),
            "DepartingService.destroy": lambda: gate.leave(drafts[DepartureKind.DISPOSAL], signs=False),
            "DepartingService.settle": lambda: gate.departing.settle(**self.two(), departure_id=gone, reason="none"),
        }

    def inspections(self) -> dict:
        for _ in range(2):
            self.bay.scan(label("06999999012016", "B-NEW", FAR))
        (batch,) = self.bay.post().batch_ids
        with self.database.reading() as session:
            items = inspection_card(session, batch).checklist.items
        asked = {"batch_id": batch, "answers": [CheckAnswer(item.key, True, "") for item in items]}
        mine = {"actor": self.actor("inspector"), "password": WRONG["password"]}
        service, part = InspectingService(self.database, SigningInService(self.database)), RejectedPart(1, "torn")
        self.bay.delivery_id = self.bay.open()
        self.bay.hold("STOPPED")
        line = self.bay.scan(label("06999999012016", "STOPPED", FAR))
        override = {"delivery_id": self.bay.delivery_id, "line_id": line.id, "reason": "agreed"}
        return {
            "InspectingService.release": lambda: service.release(**mine, **asked, op_id=op()),
            "InspectingService.reject": lambda: service.reject(**mine, **asked, op_id=op(), reason="wet"),
            "InspectingService.release_part": lambda: service.release_part(**mine, **asked, op_id=op(), part=part),
            "ReceivingService.override": lambda: self.bay.service.override(
                actor=self.actor("keeper"), **override, **WRONG, op_id=op()
            ),
        }

    def grants(self) -> dict:
        signing = SigningInService(self.database)
        granting, staffing = GrantingService(self.database, signing), StaffingService(self.database, signing)
        roles = {"person_id": self.hospital.persons["nurse"], "roles": frozenset({Role.DEPT_HEAD})}
        mine = {"actor": self.actor("security")}
        wrong = {"password": WRONG["password"]}
        return {
            "GrantingService.grant": lambda: granting.grant(**mine, **wrong, **roles, op_id=op()),
            "GrantingService.add": lambda: granting.add(**mine, **wrong, person=NEW, op_id=op()),
            "StaffingService.set_roles": lambda: staffing.set_roles(**mine, **roles, under=op()),
            "StaffingService.add": lambda: staffing.add(**mine, person=NEW, under=op()),
        }


def written(database) -> tuple[int, ...]:
    with database.reading() as session:
        return tuple(session.scalar(select(func.count()).select_from(table)) for table in (Movement, Signature))


def let_through(database, trials: dict) -> list[str]:
    """Acts that were not refused for want of a signature, or that left something behind."""
    found: list[str] = []
    for name, act in trials.items():
        before = written(database)
        try:
            act()
        except (UnsignedError, WrongPasswordError):
            found += [f"{name} wrote"] if written(database) != before else []
        except Exception as error:  # another refusal would hide that nobody asked for the signature
            found.append(f"{name}: {error!r}")
        else:
            found.append(name)
    return found


CLOSING = {"ClosingService.close", "ClosingService.close_in_place"}


def test_no_act_that_is_signed_is_done_without_the_signature(database):
    house = House(database)
    trials = house.holds() | house.stores() | house.leaving() | house.inspections() | house.grants() | house.cases()
    assert len(signing_acts()) > 25
    assert signing_acts() <= set(trials) | CLOSING
    assert let_through(database, trials) == []


def test_a_case_is_not_closed_without_the_signature(database):
    stage = recall_stage(database)
    case_id = balanced(stage)
    stage.closing.ask_review(actor=stage.actor("coordinator"), op_id=op(), case_id=case_id)
    asked = {"actor": stage.actor("boss"), "op_id": op(), "case_id": case_id}
    trials = {
        "ClosingService.close": lambda: stage.closing.close(**asked),
        "ClosingService.close_in_place": lambda: stage.closing.close_in_place(**asked, **WRONG),
    }
    assert set(trials) == CLOSING
    assert let_through(database, trials) == []
    stage.hospital.sign("boss", asked["op_id"], "approve_recall")
    with pytest.raises(UnsignedError):
        stage.closing.close(**asked)
    with database.reading() as session:
        assert session.get_one(RecallCase, case_id).state is CaseState.CLOSING_REVIEW


def test_the_diary_takes_no_approval_and_no_closing_past_the_service(database):
    stage = recall_stage(database)
    case_id, boss = stage.assessed(), stage.hospital.persons["boss"]

    def write(act: CaseAct, op_id: str) -> None:
        with database.writing(boss) as session:
            nothing = {"document_no": "", "note": "", "at": database.clock()}
            session.add(CaseEntry(op_id=op_id, case_id=case_id, act=act, person_id=boss, **nothing))

    for act in SIGNED_ACTS:
        with pytest.raises(UnsignedError):
            write(act, op())
        with pytest.raises(UnsignedError):
            write(act, stage.signed("boss", "second"))
    for act, meaning in SIGNED_ACTS.items():
        write(act, stage.signed("boss", meaning))


def test_a_case_is_approved_and_ended_past_the_service_only_under_a_fresh_signature_over_itself(database):
    stage = recall_stage(database)
    persons, now = stage.hospital.persons, database.clock()
    other = stage.registered(NOTICE + "\nOther.", title="other")
    case_id = stage.assessed(title="this")
    stage.registering.confirm_clauses(actor=stage.actor("coordinator"), op_id=op(), case_id=case_id)
    stage.read_again(case_id)

    def write(by: str, **values: object) -> None:
        with database.writing(persons[by]) as session:
            session.execute(update(RecallCase).where(RecallCase.id == case_id).values(**values))

    def approve() -> None:
        write("boss", approved_by=persons["boss"], approved_at=now)

    def withdraw() -> None:
        write("coordinator", state=CaseState.WITHDRAWN, closed_by=persons["coordinator"], closed_at=now)

    with pytest.raises(UnsignedError):
        approve()
    sign_over(stage, "boss", "close_recall", case_id)
    sign_over(stage, "inspector", "approve_recall", case_id)
    sign_over(stage, "boss", "approve_recall", other)
    with pytest.raises(UnsignedError):
        approve()
    spent = sign_over(stage, "boss", "approve_recall", case_id)
    with database.writing(persons["boss"]) as session:
        enter(session, database, case_id, Act(spent, CaseAct.APPROVED, stage.actor("boss")))
    with pytest.raises(UnsignedError):
        approve()
    sign_over(stage, "boss", "approve_recall", case_id)
    approve()
    sign_over(stage, "coordinator", "not_affected", case_id)
    with pytest.raises(UnsignedError):
        withdraw()
    sign_over(stage, "coordinator", "withdraw_recall", case_id)
    withdraw()


def sign_over(stage: Stage, login: str, meaning: str, case_id: int) -> str:
    """An operation that this person signed over this one case."""
    op_id = op()
    with stage.database.writing(stage.hospital.persons[login]) as session:
        content = shown_text(meaning, ending_facts(session, case_id))
        values = {"op_id": op_id, "meaning": meaning, "reason": "", "signed_at": stage.database.clock()}
        person_id = stage.hospital.persons[login]
        session.add(Signature(person_id=person_id, content=content, content_hash=digest(content), **values))
    return op_id
