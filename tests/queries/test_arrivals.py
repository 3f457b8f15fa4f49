"""A lot that the hospital never had is stopped where a running recall names it."""

from datetime import date

import pytest

from app.core.statuses.stock import LineState
from app.core.statuses.verdict import Verdict
from app.queries.arrivals import Arrival, recalls_against, running_cases
from tests.services.recall_stage import recall_stage
from tests.services.receiving_bay import Bay, label

RANGE = "GTIN: 06999999012016\nLots A100 thru A300"


@pytest.fixture
def stage(database):
    return recall_stage(database)


def verdict(stage, lot, product="CVC", **label):
    arrival = Arrival(1, stage.hospital.products[product], lot, **label)
    with stage.database.reading() as session:
        return [recall.verdict for recall in recalls_against(session, [arrival], running_cases(session)).get(1, ())]


def test_a_lot_within_the_range_is_named_and_one_outside_is_not(stage):
    stage.assessed(RANGE)
    assert verdict(stage, "A150") == [Verdict.AFFECTED]
    assert verdict(stage, "A301") == []
    assert verdict(stage, "A150", "TUBE") == []


def test_a_date_that_the_notice_asks_for_and_the_label_lacks_is_a_doubt(stage):
    case_id = stage.registered("GTIN: 06999999012016\nAll lots manufactured between 2025-09-01 and 2025-10-31.")
    assert case_id
    assert verdict(stage, "Z1") == [Verdict.NEED_INFO]
    assert verdict(stage, "Z1", production_on=date(2025, 9, 9)) == [Verdict.AFFECTED]
    assert verdict(stage, "Z1", production_on=date(2024, 9, 9)) == []


def test_an_ended_case_stops_nothing_new(stage):
    case_id = stage.assessed(RANGE)
    stage.closing.withdraw(
        actor=stage.actor("coordinator"),
        op_id=stage.signed("coordinator", "withdraw_recall"),
        case_id=case_id,
        reason="revoked",
    )
    assert verdict(stage, "A150") == []


def test_a_scan_at_the_receiving_bay_of_a_lot_within_the_range_is_a_recall_stop(sqlite_database):
    stage = recall_stage(sqlite_database)
    stage.assessed(RANGE)
    bay = Bay(sqlite_database, stage.hospital)
    stopped = bay.scan(label(lot="A150", expiry=date(2030, 12, 31)))
    assert stopped.state is LineState.RECALL_STOP
    free = bay.scan(label(lot="A901", expiry=date(2030, 12, 31)))
    assert free.state is LineState.READY
