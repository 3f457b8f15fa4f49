"""Every batch gets a verdict with its reasons; doubt never becomes "not affected"."""

from datetime import date

import pytest
from sqlalchemy import text

from app.core.statuses.stock import MovementKind, StockState
from app.core.statuses.verdict import Verdict
from app.core.words import describe
from app.models.refusals import UnsignedError
from app.queries.case_scope import scope_rows
from app.services.assessing import SureLineError, UndecidedError
from app.services.registering import ReasonNeededError
from app.services.scoping import UnboundedError
from tests.services.recall_stage import op, recall_stage


@pytest.fixture
def stage(database):
    return recall_stage(database)


def rows(stage, case_id, *wanted):
    with stage.database.reading() as session:
        return scope_rows(session, case_id, *wanted)


def assess(stage, notice, **changes):
    case_id = stage.registered(notice, **changes)
    return case_id, stage.assessing.assess(actor=stage.actor("coordinator"), op_id=op(), case_id=case_id)


def test_the_counts_cover_every_batch_ever_received(stage):
    case_id, assessed = assess(stage, "GTIN: 06999999012016\nLot: A100, A200")
    assert (assessed.affected, assessed.need_info, assessed.not_affected, assessed.compared) == (2, 0, 2, 4)
    received = {row.lot_no: row.quantity for row in rows(stage, case_id, Verdict.AFFECTED)}
    assert received == {"A100": 100, "A200": 40}


def test_used_up_batches_are_found_for_their_patients(stage):
    gone = stage.hospital.batch("CVC", "A300", 2)
    stage.hospital.move(MovementKind.ISSUE, gone, 2, ("store", StockState.IN_STOCK), ("icu", StockState.PAR))
    stage.hospital.move(MovementKind.USE, gone, 2, ("icu", StockState.PAR), ("icu", StockState.USED), by="nurse")
    case_id, _ = assess(stage, "GTIN: 06999999012016\nLot: A300")
    (row,) = rows(stage, case_id, Verdict.AFFECTED)
    assert (row.batch_id, row.quantity) == (gone, 2)


def test_both_receipts_of_one_lot_are_affected(stage):
    stage.hospital.batch("CVC", "a100", 5)
    case_id, _ = assess(stage, "GTIN: 06999999012016\nLot: A100")
    assert [row.quantity for row in rows(stage, case_id, Verdict.AFFECTED)] == [100, 5]


def test_a_lot_that_looks_alike_needs_information_and_says_whom_it_resembles(stage):
    stage.hospital.batch("CVC", "A1OO", 5)
    case_id, _ = assess(stage, "GTIN: 06999999012016\nLot: A100")
    confused, edited = rows(stage, case_id, Verdict.NEED_INFO)
    assert (confused.lot_no, edited.lot_no) == ("A1OO", "A200")
    assert "A100" in confused.alike[0].en
    assert "one character differs" in edited.alike[0].en
    assert {row.machine for row in (confused, edited)} == {Verdict.NEED_INFO}


def test_a_lot_that_looks_alike_and_is_excluded_by_its_date_stays_excluded(stage):
    stage.hospital.batch("CVC", "A300", 5, production=date(2026, 1, 31))
    case_id, _ = assess(stage, "GTIN: 06999999012016\nLot: A100\nManufactured before 2025-06-30")
    found = {row.lot_no: row.verdict for row in rows(stage, case_id)}
    assert found["A300"] is Verdict.NOT_AFFECTED


def test_a_same_lot_of_an_excluded_product_is_shown_with_the_reason(stage):
    case_id, _ = assess(stage, "GTIN: 06999999012016\nLot: A100")
    tube = next(row for row in rows(stage, case_id) if row.product_id == stage.hospital.products["TUBE"])
    assert tube.verdict is Verdict.NOT_AFFECTED
    assert "06999999013037" in tube.reasons[0].text.en


def test_a_lot_alone_of_another_maker_is_doubtful(stage):
    case_id, _ = assess(stage, "Lot: A100", title="Catheter recall", manufacturer="CVC Test Devices")
    found = {row.product_id: row.verdict for row in rows(stage, case_id) if row.lot_no == "A100"}
    assert found == {
        stage.hospital.products["CVC"]: Verdict.AFFECTED,
        stage.hospital.products["TUBE"]: Verdict.NEED_INFO,
    }
    doubtful = next(row for row in rows(stage, case_id) if row.verdict is Verdict.NEED_INFO)
    assert "(TUBE Test Devices)" in doubtful.reasons[-1].text.en
    assert "（TUBE测试器械厂）" in doubtful.reasons[-1].text.zh


def test_a_notice_that_names_nothing_is_not_compared_with_the_whole_house(stage):
    case_id = stage.registered("All lots are affected. Please see the attachment.")
    with pytest.raises(UnboundedError) as refusal:
        stage.assessing.assess(actor=stage.actor("coordinator"), op_id=op(), case_id=case_id)
    assert "产品" in describe(refusal.value, "zh")
    stage.registering.add_product(
        actor=stage.actor("coordinator"),
        op_id=op(),
        case_id=case_id,
        product_id=stage.hospital.products["CVC"],
        reason="by telephone",
    )
    assessed = stage.assessing.assess(actor=stage.actor("coordinator"), op_id=op(), case_id=case_id)
    assert assessed.affected + assessed.need_info == 3
    assert all(row.product_id == stage.hospital.products["CVC"] for row in rows(stage, case_id))


def test_a_production_window_asks_for_a_missing_date_and_excludes_with_one(stage):
    inside = stage.hospital.batch("CVC", "D1", 5, production=date(2025, 9, 10))
    outside = stage.hospital.batch("CVC", "D2", 5, production=date(2024, 1, 10))
    notice = "GTIN: 06999999012016\nAll lots manufactured between 2025-09-01 and 2025-10-31."
    case_id, _ = assess(stage, notice)
    found = {row.batch_id: row.verdict for row in rows(stage, case_id)}
    assert (found[inside], found[outside]) == (Verdict.AFFECTED, Verdict.NOT_AFFECTED)
    assert found[1] is Verdict.NEED_INFO


def test_of_a_batch_with_serial_units_the_worst_unit_decides(stage):
    stage.hospital.product("PACE", "06999999014034", needs_serial=True, ref="PM-100")
    batch = stage.hospital.batch("PACE", "P1", serials=("S001", "S002"))
    case_id, _ = assess(stage, "GTIN: 06999999014034\nSerial numbers: S002")
    found = {row.batch_id: row.verdict for row in rows(stage, case_id)}
    assert found[batch] is Verdict.AFFECTED


def test_a_person_decides_a_doubt_with_a_reason_and_the_decision_survives_a_new_assessment(stage):
    doubtful = stage.hospital.batch("CVC", "A1OO", 5)
    case_id, _ = assess(stage, "GTIN: 06999999012016\nLot: A100")
    coordinator = stage.actor("coordinator")
    arguments = {"actor": coordinator, "case_id": case_id, "batch_id": doubtful}
    with pytest.raises(UndecidedError):
        stage.assessing.decide(op_id=op(), verdict=Verdict.NEED_INFO, reason="hm", **arguments)
    with pytest.raises(ReasonNeededError):
        stage.assessing.decide(op_id=op(), verdict=Verdict.NOT_AFFECTED, reason=" ", **arguments)
    with pytest.raises(UnsignedError):
        stage.assessing.decide(op_id=op(), verdict=Verdict.NOT_AFFECTED, reason="label read: letter O", **arguments)
    stage.excluded(case_id, doubtful, "label read: letter O")
    stage.assessing.assess(actor=coordinator, op_id=op(), case_id=case_id)
    row = next(row for row in rows(stage, case_id) if row.batch_id == doubtful)
    assert (row.verdict, row.machine, row.decided_by) == (Verdict.NOT_AFFECTED, Verdict.NEED_INFO, coordinator.name)


def test_what_the_notice_says_beyond_doubt_is_never_made_milder(stage):
    case_id, _ = assess(stage, "GTIN: 06999999012016\nLot: A100")
    arguments = {"actor": stage.actor("coordinator"), "case_id": case_id, "reason": "I think so"}
    with pytest.raises(SureLineError):
        stage.assessing.decide(op_id=op(), batch_id=1, verdict=Verdict.NOT_AFFECTED, **arguments)
    stage.assessing.decide(op_id=op(), batch_id=3, verdict=Verdict.AFFECTED, **arguments)
    assert {row.lot_no for row in rows(stage, case_id, Verdict.AFFECTED)} == {"A100", "B900"}


def test_no_batch_is_ever_silently_left_out(stage):
    """Without a line a batch is excluded by its product: the judge says so for each of them."""
    case_id, assessed = assess(stage, "GTIN: 06999999012016\nLot: A100")
    with stage.database.reading() as session:
        total = session.execute(text("SELECT count(*) FROM batch")).scalar_one()
    assert assessed.compared == total
    listed = {row.batch_id for row in rows(stage, case_id)}
    with stage.database.reading() as session:
        left_out = session.execute(text("SELECT id FROM batch WHERE product_id = 1")).scalars()
        assert set(left_out) <= listed
