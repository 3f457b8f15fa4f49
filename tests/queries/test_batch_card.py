"""The batch card: where now adds up to received, and every act is in the history."""

import pytest

from app.core.errors import NotFoundError
from app.core.statuses.locks import LockLayer
from app.core.statuses.stock import MovementKind, StockState
from app.queries.batch_card import LockAct, SignedAct, batch_card
from app.queries.reader import Reader
from tests.stock_life import stock_life


@pytest.fixture
def life(database):
    life = stock_life(database)
    life.batch_id = life.house.batch("CVC", "A1", 50)
    life.issue("A1", 10)
    life.use("A1", 3)
    return life


def card(life):
    return Reader(life.database).fetch(batch_card, life.batch_id)


def test_where_now_adds_up_to_what_was_received(life):
    shown = card(life)

    assert {(row.name.en, row.state, row.quantity) for row in shown.places} == {
        ("Central store", StockState.IN_STOCK, 40),
        ("ICU", StockState.PAR, 7),
        ("ICU", StockState.USED, 3),
    }
    assert shown.received == 50
    assert shown.is_balanced


def test_identity_and_paper_are_on_the_card(life):
    shown = card(life)

    assert shown.product.certificate_no.startswith("国械注准")
    assert shown.product.manufacturer.en == "CVC Test Devices"
    assert shown.receipt_no.startswith("RK-")
    assert shown.layers == ()
    assert shown.days_left > 0


def test_history_is_newest_first_with_places_persons_and_the_patient_masked(life):
    history = card(life).history
    rows = [row for row in history if row.what is not SignedAct.SIGNED]

    assert len(history) == 5
    assert [row.what for row in rows] == [
        MovementKind.USE,
        MovementKind.ISSUE,
        MovementKind.INSPECTION,
        MovementKind.RECEIPT,
    ]
    assert rows[0].line.visit == "●●●● 4471"
    assert (rows[1].line.source.en, rows[1].line.target.en) == ("Central store", "ICU")
    assert rows[3].by.en == "Keeper"


def test_locks_stand_in_the_layers_and_in_the_history(life):
    lock_id = life.hold("A1", reason="外包装破损").lock_ids[0]
    life.recall("A1")
    shown = card(life)

    assert [row.layer for row in shown.layers] == [LockLayer.RECALL_QUARANTINE, LockLayer.ON_HOLD]
    assert shown.layer(LockLayer.ON_HOLD).reason == "外包装破损"
    assert shown.layer(LockLayer.RECALL_QUARANTINE).case_number == "RC-2026-0017"
    assert shown.layer(LockLayer.EXPIRED) is None
    life.lift(lock_id)
    acts = [row.what for row in card(life).history if isinstance(row.what, LockAct)]
    assert sorted(act.value for act in acts) == ["held", "lifted", "recalled"]


def test_an_expired_batch_says_since_when(database):
    life = stock_life(database)
    life.batch_id = life.expired_batch("A1")

    layer = card(life).layer(LockLayer.EXPIRED)

    assert layer.last_good_day == card(life).expiry_on


def test_a_batch_that_never_was_is_not_found(life):
    with pytest.raises(NotFoundError):
        Reader(life.database).fetch(batch_card, 999)


def test_a_visit_number_shows_its_end_only_and_of_a_short_one_even_less(life):
    for visit in ("ZY20261234471", "123456", "1234", "7"):
        life.use("A1", visit_no=visit)

    shown = [row.line.visit for row in card(life).history if row.what is MovementKind.USE]
    assert shown[:4] == ["●●●● 7", "●●●● 4", "●●●● 3456", "●●●● 4471"]
