"""Corrections are reversing lines, and never a way around a lock."""

import uuid

import pytest
from sqlalchemy import select

from app.core.errors import NotFoundError
from app.core.permissions import NotEntitledError
from app.core.statuses.stock import MovementKind, StockState
from app.models.refusals import ReasonMissingError, SecondMissingError, ShortError
from app.models.stock import Movement
from app.queries.batch_card import batch_card
from app.services.correcting import AlreadyReversedError, MovedOnError, NotReversibleError
from tests.stock_life import stock_life


@pytest.fixture
def life(database):
    life = stock_life(database)
    life.batch_id = life.house.batch("CVC", "A1", 50)
    life.issued = life.movements(life.issue("A1", 10).document_no)[0]
    return life


def reverse(life, movement_id, by="keeper", second=None, reason="点错科室"):
    op_id = uuid.uuid4().hex
    if second:
        life.house.sign(second, op_id)
    return life.correcting.reverse(
        actor=life.actor(by),
        op_id=op_id,
        movement_id=movement_id,
        reason=reason,
        second=life.actor(second) if second else None,
    )


def places(life):
    with life.database.reading() as session:
        return {(row.name.en, row.state): row.quantity for row in batch_card(session, life.batch_id).places}


def test_an_issue_to_the_wrong_ward_is_taken_back(life):
    corrected = reverse(life, life.issued)

    assert corrected.document_no.startswith("CZ-")
    assert not corrected.quarantined
    assert places(life) == {("Central store", StockState.IN_STOCK): 50}


def test_a_line_is_reversed_once(life):
    first = reverse(life, life.issued)

    with pytest.raises(AlreadyReversedError) as refused:
        reverse(life, life.issued)
    assert refused.value.values["document"] == first.document_no


def test_a_correction_takes_a_reason_and_the_duty_of_the_act(life):
    with pytest.raises(ReasonMissingError):
        reverse(life, life.issued, reason="")
    with pytest.raises(NotEntitledError):
        reverse(life, life.issued, by="nurse")


def test_what_has_moved_on_cannot_be_taken_back(life):
    life.use("A1", 4)

    with pytest.raises(MovedOnError) as refused:
        reverse(life, life.issued)
    assert (refused.value.values["quantity"], refused.value.values["there"]) == (10, 6)


def test_what_moves_on_in_the_same_moment_is_refused_by_the_wall(life, monkeypatch):
    life.use("A1", 10)
    monkeypatch.setattr("app.services.correcting._demand_there", lambda *_: None)

    with pytest.raises(ShortError):
        reverse(life, life.issued)


def test_an_inspection_stands_and_so_does_a_reversal(life):
    with life.database.reading() as session:
        inspection = session.scalars(select(Movement.id).where(Movement.kind == MovementKind.INSPECTION)).one()

    with pytest.raises(NotReversibleError):
        reverse(life, inspection)
    with pytest.raises(NotReversibleError):
        reverse(life, reverse(life, life.issued).movement_id)
    with pytest.raises(NotFoundError):
        reverse(life, 999_999)


def test_a_correction_of_locked_goods_takes_two_and_lands_in_quarantine(life):
    life.hold("A1")

    assert life.correcting.needs_second(life.issued)
    with pytest.raises(SecondMissingError):
        reverse(life, life.issued)
    corrected = reverse(life, life.issued, second="inspector")

    assert corrected.quarantined
    assert places(life)["Central store", StockState.QUARANTINED] == 10


def test_a_receipt_taken_back_leaves_the_hospital(life):
    other = life.house.batch("CVC", "B2", 5, released_by=None)
    with life.database.reading() as session:
        receipt = session.scalars(select(Movement.id).where(Movement.batch_id == other)).one()

    corrected = reverse(life, receipt, second="inspector")

    assert not corrected.quarantined
    with life.database.reading() as session:
        assert batch_card(session, other).places == ()


def test_a_use_taken_back_no_longer_counts_its_patient(life):
    used = life.use("A1")

    reverse(life, used.movement_ids[0], by="nurse")

    with life.database.reading() as session:
        assert batch_card(session, life.batch_id).trace.patients == 0
