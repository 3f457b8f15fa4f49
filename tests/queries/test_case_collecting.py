"""What is expected, collected and still there, by place and batch."""

from app.core.statuses.stock import MovementKind, StockState
from app.queries.case_collecting import collecting, received_units, sealed_serials
from app.queries.reader import Reader
from app.services.collecting import CollectingService
from app.services.picking import Wanted
from tests.services.recall_stage import op, recall_stage
from tests.statements import counted


def rows_of(stage, case_id):
    return {row.place.en: row for row in Reader(stage.database).fetch(collecting, case_id)}


def collect(stage, case_id, place, quantity):
    hospital = stage.hospital
    return CollectingService(hospital.database).collect(
        actor=stage.actor("keeper"),
        op_id=op(),
        case_id=case_id,
        place_id=hospital.places[place],
        wanted=Wanted(hospital.products["CVC"], "A100", quantity),
    )


def test_before_anything_comes_in_all_that_is_expected_is_still_there(database):
    stage = recall_stage(database)
    rows = rows_of(stage, stage.launched())
    assert {name: (row.expected, row.collected, row.left) for name, row in rows.items()} == {
        "Central store": (50, 0, 50),
        "Second store": (40, 0, 40),
        "ICU": (25, 0, 25),
        "Clinic": (20, 0, 20),
    }


def test_what_was_collected_is_no_longer_there(database):
    stage = recall_stage(database)
    case_id = stage.launched()
    collect(stage, case_id, "icu", 20)
    row = rows_of(stage, case_id)["ICU"]
    assert (row.expected, row.collected, row.left) == (25, 20, 5)
    assert "Quarantine area" not in rows_of(stage, case_id)


def test_goods_put_aside_on_the_ward_are_still_to_be_collected(database):
    stage = recall_stage(database)
    case_id = stage.launched()
    hospital = stage.hospital
    batch = rows_of(stage, case_id)["ICU"].batch_id
    hospital.move(
        MovementKind.QUARANTINE, batch, 25, ("icu", StockState.PAR), ("icu", StockState.QUARANTINED), case_id=case_id
    )
    row = rows_of(stage, case_id)["ICU"]
    assert (row.collected, row.left) == (0, 25)


def test_a_case_that_touches_nothing_has_no_rows(database):
    stage = recall_stage(database)
    case_id = stage.assessed("Recall of REF: OTHER-1 GTIN: 06999999099017 Lot: ZZ1")
    assert rows_of(stage, case_id) == {}


def test_what_was_received_is_told_batch_by_batch(database):
    stage = recall_stage(database)
    case_id = stage.launched()
    assert sorted(Reader(database).fetch(received_units, case_id).values()) == [40, 100]


def test_serial_units_in_quarantine_are_named_one_by_one(database):
    stage = recall_stage(database)
    hospital = stage.hospital
    hospital.product("PUMP", "06999999015017", needs_serial=True)
    batch = hospital.batch("PUMP", "P1", serials=("S1", "S2"))
    with database.reading() as session:
        assert sealed_serials(session, batch, hospital.places["store"]) == []


def test_the_list_takes_four_statements_however_long_it_is(database):
    stage = recall_stage(database)
    case_id = stage.launched()
    with counted() as sent:
        rows_of(stage, case_id)
    assert len(sent) <= 5
