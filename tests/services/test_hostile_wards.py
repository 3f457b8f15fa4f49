"""Two people at once, and people who try what they should not: nothing is used twice, lost, or freed."""

import threading
import uuid

import pytest
from sqlalchemy import func, select

from app.core.errors import AppError
from app.core.permissions import Role
from app.core.statuses.leaving import DepartureKind
from app.core.statuses.stock import MovementKind, StockState
from app.models.locks import LotLock
from app.models.refusals import LockedError, MustQuarantineError, OwnSecondError, ShortError, UnsignedError
from app.models.stock import Movement, PatientUse
from app.queries.layers import LayerRow
from app.services.checking import CheckingService
from app.services.collecting import CollectingService, Portion
from app.services.departing import DepartingService
from app.services.kitting import KitGoneError, Opened
from app.services.picking import NoSuchSerialError, TooFewError
from app.services.repeating import OperationReusedError
from app.services.stops import LotStoppedError
from app.services.ward import Returned, Used, UseDespiteLockError
from tests.kit_life import kit_life
from tests.services.test_kits_in_recalls import recall

K, S = MovementKind, StockState
SOLD_OUT = (ShortError, TooFewError)
HELD = (LockedError, UseDespiteLockError, LotStoppedError)


@pytest.fixture
def life(database):
    life = kit_life(database)
    life.house.person("nurse2", Role.DEPT_LIAISON, place="icu")
    return life


def at_once(*acts):
    """What each act said or raised; they start together, each on a thread of its own."""
    start, said = threading.Barrier(len(acts), timeout=20), {}

    def run(number, act):
        start.wait()
        try:
            said[number] = act()
        except AppError as error:
            said[number] = error

    threads = [threading.Thread(target=run, args=pair) for pair in enumerate(acts)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(60)
    return [said[number] for number in range(len(acts))]


def use(life, login: str, wanted, *, op_id: str = "", visit: str = "ZY1", second: str = "", reason: str = ""):
    actor, witness = life.actor(login), life.actor(second) if second else None
    return lambda: life.ward.use(
        actor=actor, op_id=op_id or uuid.uuid4().hex, place_id=life.house.places["icu"], wanted=wanted,
        visit_no=visit, second=witness, reason=reason,
    )  # fmt: skip


def used(life) -> tuple[int, int]:
    """Units used by the ledger, and patients who got one."""
    with life.database.reading() as session:
        units = session.scalar(select(func.sum(Movement.quantity)).where(Movement.kind == K.USE))
        return int(units or 0), session.scalar(select(func.count()).select_from(PatientUse)) or 0


def is_sound(life) -> bool:
    return CheckingService(life.database).check().is_sound


def test_the_last_unit_goes_to_one_of_two_nurses(life):
    batch = life.house.batch("CVC", "A1", 3)
    life.issue("A1", 1)
    said = at_once(*(use(life, login, life.wanted("A1"), visit=login) for login in ("nurse", "nurse2")))

    assert sorted(type(one) is Used for one in said) == [False, True]
    assert isinstance(next(one for one in said if type(one) is not Used), SOLD_OUT)
    assert used(life) == (1, 1)
    assert life.states(batch)["icu", S.USED] == 1
    assert ("icu", S.PAR) not in life.states(batch)
    assert is_sound(life)


def test_one_numbered_unit_goes_to_one_patient(life):
    life.house.product("STENT", "06999999912028", needs_serial=True)
    life.house.batch("STENT", "S1", serials=("SN-1", "SN-2"))
    life.issue("S1", 1, product="STENT", serial="SN-1")
    wanted = life.wanted("S1", 1, "STENT", serial="SN-1")
    said = at_once(*(use(life, login, wanted, visit=login) for login in ("nurse", "nurse2")))

    assert sorted(type(one) is Used for one in said) == [False, True]
    lost = next(one for one in said if type(one) is not Used)
    assert isinstance(lost, (*SOLD_OUT, NoSuchSerialError)) or lost.code == "serial_elsewhere"
    assert used(life) == (1, 1)


def test_a_double_click_is_one_use_and_both_are_told(life):
    life.house.batch("CVC", "A1", 3)
    life.issue("A1", 3)
    op_id = uuid.uuid4().hex
    said = at_once(*(use(life, "nurse", life.wanted("A1"), op_id=op_id) for _ in range(3)))

    assert [type(one) for one in said] == [Used] * 3
    assert len({one.document_no for one in said}) == 1
    assert used(life) == (1, 1)
    with pytest.raises(OperationReusedError):
        use(life, "nurse", life.wanted("A1"), op_id=op_id, visit="ZY2")()


def test_a_recall_that_comes_in_the_same_moment_is_before_the_use_or_after_it(life):
    life.house.batch("CVC", "A1", 3)
    life.issue("A1", 3)
    said = at_once(use(life, "nurse", life.wanted("A1")), lambda: life.recall("A1"))

    assert isinstance(said[0], (Used, *HELD))
    with life.database.reading() as session:
        locked = session.scalars(select(LotLock.id)).all()
    assert len(locked) == 1
    with pytest.raises(UseDespiteLockError):
        use(life, "nurse", life.wanted("A1"))()
    assert used(life)[0] == (1 if isinstance(said[0], Used) else 0)


def test_what_happened_despite_the_lock_is_kept_with_both_names_and_the_patient(life):
    batch = life.house.batch("CVC", "A1", 3)
    life.issue("A1", 2)
    life.recall("A1")
    op_id = uuid.uuid4().hex
    life.house.sign("head", op_id)
    told = use(life, "nurse", life.wanted("A1"), op_id=op_id, second="head", reason="Found out after surgery")()

    assert told.despite_lock
    assert isinstance(told.layers[0], LayerRow)
    assert told.layers[0].case_number == "RC-2026-0017"
    with life.database.reading() as session:
        line = session.scalars(select(Movement).where(Movement.kind == K.USE)).one()
    assert (line.batch_id, line.despite_lock, line.second_person_id) == (batch, True, life.house.persons["head"])
    assert used(life) == (1, 1)


@pytest.mark.parametrize("who", ["the nurse signs for herself", "nobody signed"])
def test_no_use_despite_a_lock_without_another_person(life, who):
    life.house.batch("CVC", "A1", 3)
    life.issue("A1", 2)
    life.recall("A1")
    op_id, second = uuid.uuid4().hex, "head"
    if who == "the nurse signs for herself":
        second = "nurse"
        life.house.sign("nurse", op_id)
    with pytest.raises((OwnSecondError, UnsignedError)):
        use(life, "nurse", life.wanted("A1"), op_id=op_id, second=second, reason="I was alone")()
    assert used(life) == (0, 0)


def give_back(life, login: str, quantity: int):
    actor, places = life.actor(login), life.house.places
    return lambda: life.ward.give_back(
        actor=actor, op_id=uuid.uuid4().hex, place_id=places["icu"], store_id=places["store"],
        wanted=life.wanted("A1", quantity),
    )  # fmt: skip


def test_two_returns_of_everything_bring_back_what_was_issued_and_no_more(life):
    batch = life.house.batch("CVC", "A1", 20)
    life.issue("A1", 10)
    said = at_once(give_back(life, "nurse", 10), give_back(life, "nurse2", 10))

    assert sorted(type(one) is Returned for one in said) == [False, True]
    assert life.states(batch) == {("store", S.IN_STOCK): 20}
    with pytest.raises(TooFewError) as refused:
        give_back(life, "nurse", 1)()
    assert refused.value.values["available"] == 0


def test_a_ward_gives_back_no_more_than_it_got_although_another_ward_has_the_lot(life):
    life.house.batch("CVC", "A1", 20)
    life.issue("A1", 3)
    life.issue("A1", 5, to="clinic")
    with pytest.raises(TooFewError) as refused:
        give_back(life, "nurse", 4)()
    assert refused.value.values["available"] == 3


def test_who_destroys_is_not_their_own_witness_by_any_way(life):
    batch = life.house.batch("CVC", "A1", 10)
    life.house.move(K.QUARANTINE, batch, 10, ("store", S.IN_STOCK), ("quarantine", S.QUARANTINED))
    keeper, op_id = life.actor("keeper"), uuid.uuid4().hex
    portion = Portion(batch, life.house.places["quarantine"], S.QUARANTINED, 4)
    departing = DepartingService(life.database)
    draft = departing.start_portions(
        actor=keeper, op_id=uuid.uuid4().hex, kind=DepartureKind.DISPOSAL, portions=[portion]
    )
    life.house.sign("keeper", op_id)
    with pytest.raises(OwnSecondError):
        departing.destroy(
            actor=keeper, op_id=op_id, departure_id=draft.departure_id, method="shred", place="waste_store",
            reason="Torn", second=keeper,
        )  # fmt: skip
    case_id = recall(life, batch)
    with pytest.raises(OwnSecondError):
        CollectingService(life.database).destroy(
            actor=keeper, op_id=op_id, case_id=case_id, portions=[portion], reason="Torn", second=keeper
        )
    assert life.states(batch) == {("quarantine", S.QUARANTINED): 10}


def test_a_kit_opened_while_its_component_is_recalled_frees_nothing(life):
    component, tray = life.stocked()
    kit = life.build()
    keeper, op_id = life.actor("keeper"), uuid.uuid4().hex
    said = at_once(
        lambda: life.kitting.open(actor=keeper, op_id=op_id, kit_batch_id=kit.batch_id), lambda: life.recall("A1")
    )

    opened = said[0]
    assert isinstance(opened, (Opened, LockedError, MustQuarantineError))
    if not isinstance(opened, Opened):
        opened = life.open(kit.batch_id)
    assert sum(life.states(component).values()) == sum(life.states(tray).values()) == 10
    if opened.quarantine is not None:
        assert life.states(component)["quarantine", S.QUARANTINED] == 2
    with pytest.raises(LotStoppedError):
        life.issue("A1", 1)
    with pytest.raises(KitGoneError):
        life.open(kit.batch_id)
    assert is_sound(life)


def test_a_kit_that_was_on_the_bench_when_its_component_was_recalled_opens_into_quarantine(life):
    component, tray = life.stocked()
    kit = life.build()
    life.issue(kit.number, 1, product="KIT")
    life.recall("A1")
    opened = life.open(kit.batch_id, by="nurse")

    assert opened.quarantine is not None
    assert life.states(component)["quarantine", S.QUARANTINED] == 2
    assert life.states(tray)["quarantine", S.QUARANTINED] == 1
    with pytest.raises(LotStoppedError):
        life.build()
