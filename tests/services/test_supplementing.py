"""A gap is completed with reason and proof; a lot is corrected by two, and both spellings go on finding it."""

import json
import uuid
from datetime import date, timedelta

import pytest
from sqlalchemy import select

from app.core.permissions import NotEntitledError, Role
from app.core.statuses.locks import LockLayer
from app.core.statuses.supplement import SupplementField
from app.core.statuses.ward import WardAnswer
from app.models.catalogue import Supplier
from app.models.proof import AuditEntry
from app.models.refusals import OwnSecondError, ReasonMissingError, SecondMissingError, UnsignedError
from app.models.stock import Batch
from app.models.supplements import BatchSupplement
from app.queries.batch_masters import value_of
from app.queries.batches import batches_scanned, find_batches
from app.queries.completeness import completeness
from app.queries.finding import find
from app.queries.ward_check import may_i_use
from app.services.stops import LotExpiredError, LotOnHoldError
from app.services.supplementing import (
    CameWithGoodsError,
    LotOnReceiptError,
    MadeLaterError,
    SameValueError,
    ScopeUnknownError,
    SupplementDatesError,
    SupplementingService,
    ValueNeededError,
)
from app.udi.reader import read
from tests.stock_life import DI, stock_life

LABEL = "the label says so"


@pytest.fixture
def life(database):
    life = stock_life(database)
    life.house.person("buyer", Role.BUYER)
    return life


def complete(life, batch_id, field, value, by="keeper", second=None, reason=LABEL, signs=True):
    op_id = uuid.uuid4().hex
    if second and signs:
        life.house.sign(second, op_id, "supplement")
    return SupplementingService(life.database).complete(
        actor=life.actor(by), op_id=op_id, batch_id=batch_id, field=field, value=value, reason=reason,
        second=life.actor(second) if second else None,
    )  # fmt: skip


def stored(life, batch_id):
    with life.database.reading() as session:
        return session.get_one(Batch, batch_id)


def test_a_production_date_read_later_completes_the_batch(life):
    batch_id = life.house.batch("CVC", "A1")

    complete(life, batch_id, SupplementField.PRODUCTION_ON, date(2025, 3, 1))

    assert stored(life, batch_id).production_on == date(2025, 3, 1)
    with life.database.reading() as session:
        kept = session.scalars(select(BatchSupplement)).one()
        told = session.scalars(
            select(AuditEntry.after).where(AuditEntry.table_name == "batch", AuditEntry.action == "update")
        ).all()
    assert (kept.old_value, kept.new_value, kept.reason) == ("", "2025-03-01", LABEL)
    assert json.loads(told[-1])["production_on"] == "2025-03-01"


def test_a_date_that_was_added_may_be_set_right_one_that_came_with_the_goods_not(life):
    batch_id = life.house.batch("CVC", "A1", expiry=date(2049, 12, 31))
    complete(life, batch_id, SupplementField.PRODUCTION_ON, date(2025, 3, 1))
    complete(life, batch_id, SupplementField.PRODUCTION_ON, date(2025, 3, 2))

    assert stored(life, batch_id).production_on == date(2025, 3, 2)
    with pytest.raises(CameWithGoodsError):
        complete(life, batch_id, SupplementField.EXPIRY_ON, date(2048, 1, 1), second="boss")


def test_dates_must_make_sense(life):
    batch_id = life.house.batch("CVC", "A1", expiry=date(2030, 1, 1))
    tomorrow = life.database.clock().date() + timedelta(days=3)

    with pytest.raises(SupplementDatesError):
        complete(life, batch_id, SupplementField.PRODUCTION_ON, date(2030, 1, 2))
    with pytest.raises(MadeLaterError):
        complete(life, batch_id, SupplementField.PRODUCTION_ON, tomorrow)
    with pytest.raises(ValueNeededError):
        complete(life, batch_id, SupplementField.PRODUCTION_ON, " ")


def test_an_expiry_added_later_takes_two_and_stops_the_batch_when_it_has_passed(life):
    batch_id = life.house.batch("CVC", "A1", expiry=None)
    gone = date(2026, 1, 1)

    with pytest.raises(SecondMissingError):
        complete(life, batch_id, SupplementField.EXPIRY_ON, gone)
    done = complete(life, batch_id, SupplementField.EXPIRY_ON, gone, second="boss")

    assert done.layers == (LockLayer.EXPIRED,)
    with pytest.raises(LotExpiredError):
        life.issue("A1", 1)


def test_a_second_person_must_have_signed_and_be_another(life):
    batch_id = life.house.batch("CVC", "A1")

    with pytest.raises(UnsignedError):
        complete(life, batch_id, SupplementField.LOT_NO, "A2", second="boss", signs=False)
    with pytest.raises(OwnSecondError):
        complete(life, batch_id, SupplementField.LOT_NO, "A2", second="keeper")
    with pytest.raises(ReasonMissingError):
        complete(life, batch_id, SupplementField.LOT_NO, "A2", second="boss", reason=" ")
    with pytest.raises(SameValueError):
        complete(life, batch_id, SupplementField.LOT_NO, "A1", second="boss")
    assert stored(life, batch_id).lot_no == "A1"


@pytest.mark.parametrize("spelling", ["AO1", "A01", "a 01"])
def test_both_spellings_find_the_batch(life, spelling):
    batch_id = life.house.batch("CVC", "AO1")
    complete(life, batch_id, SupplementField.LOT_NO, "A01", second="boss")

    with life.database.reading() as session:
        assert [row.id for row in find_batches(session, spelling)] == [batch_id]
        assert batch_id in [row.target for row in find(session, spelling) if row.kind == "batch"]
        lot = spelling.replace(" ", "").upper()
        assert [row.id for row in batches_scanned(session, read(f"01{DI}17491231\u001d10{lot}"))] == [batch_id]


@pytest.mark.parametrize("held", ["AO1", "A01"])
def test_a_lock_on_either_spelling_holds_the_batch(life, held):
    batch_id = life.house.batch("CVC", "AO1")
    complete(life, batch_id, SupplementField.LOT_NO, "A01", second="boss")
    life.hold(held)

    for spelling in ("AO1", "A01"):
        with pytest.raises(LotOnHoldError):
            life.issue(spelling, 1)
    with life.database.reading() as session:
        assert find_batches(session, "A01")[0].layers == (LockLayer.ON_HOLD,)


def test_a_lock_that_stood_before_the_correction_goes_on_holding(life):
    batch_id = life.house.batch("CVC", "AO1")
    life.hold("AO1")

    done = complete(life, batch_id, SupplementField.LOT_NO, "A01", second="boss")

    assert done.layers == (LockLayer.ON_HOLD,)
    with pytest.raises(LotOnHoldError):
        life.issue("A01", 1)


def test_a_correction_onto_a_locked_lot_locks_the_batch_at_once(life):
    batch_id = life.house.batch("CVC", "AO1")
    life.hold("A01")

    assert complete(life, batch_id, SupplementField.LOT_NO, "A01", second="boss").layers == (LockLayer.ON_HOLD,)


def test_a_ward_that_scans_either_spelling_is_stopped(life):
    batch_id = life.house.batch("CVC", "AO1", expiry=date(2049, 12, 31))
    life.issue("AO1", 5)
    complete(life, batch_id, SupplementField.LOT_NO, "A01", second="boss")
    life.hold("AO1")

    with life.database.reading() as session:
        for lot in ("A01", "AO1"):
            reading = read(f"01{DI}17491231\u001d10{lot}")
            told = may_i_use(session, reading, life.house.places["icu"], life.database.clock())
            assert told.answer is WardAnswer.DO_NOT_USE


def test_two_batches_of_a_receipt_never_become_one_lot(life):
    batch_id = life.house.batch("CVC", "AO1")
    receipt = stored(life, batch_id).receipt_no
    other = life.house.batch("CVC", "A01", receipt=receipt)

    assert other
    with pytest.raises(LotOnReceiptError):
        complete(life, batch_id, SupplementField.LOT_NO, "A01", second="boss")


def test_the_buyer_completes_the_catalogue_and_the_storekeeper_does_not(life):
    batch_id = life.house.batch("CVC", "A1")
    with life.database.writing(None) as session:
        session.get_one(Supplier, life.house.suppliers["supplier"]).phone = ""
    with life.database.reading() as session:
        assert "supplier_phone" in {item.key for item in completeness(session, [batch_id])[batch_id].gaps}

    with pytest.raises(NotEntitledError):
        complete(life, batch_id, SupplementField.SUPPLIER_PHONE, "010-1111")
    complete(life, batch_id, SupplementField.SUPPLIER_PHONE, "010-1111", by="buyer")

    with life.database.reading() as session:
        assert session.get_one(Supplier, life.house.suppliers["supplier"]).phone == "010-1111"
        assert "supplier_phone" not in {item.key for item in completeness(session, [batch_id])[batch_id].gaps}


@pytest.mark.parametrize(
    ("field", "value", "kept"),
    [
        (SupplementField.LICENCE_SCOPE, "Ⅱ、Ⅲ类", "II,III"),
        (SupplementField.LICENCE_FROM, date(2024, 1, 1), "2024-01-01"),
        (SupplementField.CERTIFICATE_FROM, date(2023, 1, 1), "2023-01-01"),
        (SupplementField.CONTRACT_MAKER, "测试受托厂", "测试受托厂"),
    ],
)
def test_papers_and_the_contract_manufacturer_are_entered_by_the_buyer(life, field, value, kept):
    with life.database.writing(None) as session:
        session.get_one(Supplier, life.house.suppliers["supplier"]).licence_scope = ""
    batch_id = life.house.batch("CVC", "PAP1")
    complete(life, batch_id, field, value, by="buyer")
    with life.database.reading() as session:
        assert value_of(session, session.get_one(Batch, batch_id), field) == kept


def test_a_scope_that_is_no_class_is_refused(life):
    with pytest.raises(ScopeUnknownError):
        complete(life, life.house.batch("CVC", "PAP1"), SupplementField.LICENCE_SCOPE, "6815", by="buyer")
