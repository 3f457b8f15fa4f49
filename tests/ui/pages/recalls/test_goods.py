"""The goods of a case: in by scan, out with two signatures, differences explained, and the balance."""

from datetime import timedelta

import pytest

from app.core.statuses.documents import DocumentKind
from app.core.statuses.recall import CaseKind, TaskState
from app.core.statuses.stock import StockState
from app.queries.case_documents import case_documents
from app.queries.reader import Reader
from app.queries.tasks import task_board
from app.services.collecting import MoreThanThereError, NotInCaseError
from app.services.returning import ReceiptEarlyError
from app.services.signing_in import WrongPasswordError
from app.ui.signers import Signed
from tests.services.recall_stage import op
from tests.ui.pages.recalls.goods_stage import *  # noqa: F403
from tests.ui.pages.recalls.goods_stage import BOX, CARTON, WITNESS, collect_all, heard, loose, row_at

# ---- in by scan ---------------------------------------------------------------------------------


def test_a_lot_that_only_one_place_still_has_is_collected_from_there(presenter):
    answers = heard(presenter.answered)
    assert presenter.take_scan(BOX + "A200")
    assert answers[0][0].key == "collected"
    assert (row_at(presenter, "Second store", "A200").collected, presenter.sight.left) == (1, 134)


def test_a_carton_counts_as_what_it_holds(presenter):
    presenter.take_scan(CARTON + "A200")
    assert row_at(presenter, "Second store", "A200").collected == 20


def test_a_lot_that_several_places_have_asks_which_and_then_is_taken(presenter, stage):
    answers = heard(presenter.answered)
    presenter.take_scan(BOX + "A100")
    assert answers[-1][0].key == "which_place"
    presenter.choose_place(stage.hospital.places["icu"])
    assert answers[-1][0].sound == "taken"
    assert row_at(presenter, "ICU").collected == 1


def test_a_task_sheet_and_a_place_label_say_where_goods_come_from(presenter, stage, case_id):
    board = Reader(stage.database).fetch(task_board, case_id, stage.database.clock())
    task = next(row for row in board.tasks if row.place.en == "Clinic")
    presenter.take_scan(f"RD:TASK:{task.number}")
    presenter.take_scan(BOX + "A100")
    presenter.take_scan("RD:PLACE:store")
    presenter.take_scan(BOX + "A100")
    assert row_at(presenter, "Clinic").collected == 1
    assert row_at(presenter, "Central store").collected == 1


def test_a_foreign_lot_is_refused_in_words(presenter):
    answers = heard(presenter.answered)
    presenter.take_scan(BOX + "B900")
    assert isinstance(answers[-1][0].error, NotInCaseError)
    assert answers[-1][0].sound == "stop"
    assert presenter.sight.collected == 0


def test_more_than_the_books_have_is_refused(presenter):
    answers = heard(presenter.answered)
    presenter.collect_row(row_at(presenter, "ICU"), 99)
    assert isinstance(answers[-1][0].error, MoreThanThereError)


def test_a_label_in_two_pieces_is_joined(presenter):
    answers = heard(presenter.answered)
    presenter.take_scan("]C10106999999012016")
    assert answers[-1][0].key == "half"
    presenter.take_scan("]C110A200")
    assert answers[-1][0].sound == "taken"


def test_a_lot_alone_waits_for_its_other_half(presenter):
    answers = heard(presenter.answered)
    presenter.take_scan("]C110A200")
    presenter.take_scan("]C10106999999012016")
    assert [answer[0].sound for answer in answers] == ["look", "taken"]


@pytest.mark.parametrize(("raw", "key"), [("]d20106999999099990", "unknown"), ("%%%", "unreadable")])
def test_what_cannot_be_known_is_not_taken(presenter, raw, key):
    answers = heard(presenter.answered)
    presenter.take_scan(raw)
    assert answers[-1][0].key in (key, "unreadable", "unknown")
    assert presenter.sight.collected == 0


def test_when_all_is_in_another_box_is_a_surplus_to_explain(presenter):
    collect_all(presenter)
    answers = heard(presenter.answered)
    presenter.take_scan(BOX + "A200")
    assert answers[-1][0].key == "nothing_left"


def test_each_answer_has_its_sound(make, case_id):
    sounds = []
    presenter = make(case_id, play=sounds.append)
    presenter.take_scan(BOX + "A200")
    presenter.take_scan(BOX + "A100")
    presenter.take_scan(BOX + "B900")
    assert sounds == ["taken", "look", "stop"]


def test_the_task_is_handed_over_when_the_last_unit_is_in(presenter, stage, case_id):
    icu = next(
        row
        for row in Reader(stage.database).fetch(task_board, case_id, stage.database.clock()).tasks
        if row.place.en == "ICU"
    )
    batch = row_at(presenter, "ICU").batch_id
    stage.answering.count(actor=stage.actor("nurse"), op_id=op(), task_id=icu.id, found={batch: 25})
    presenter.reload()
    answers = heard(presenter.answered)
    collect_all(presenter, "ICU")
    assert answers[-1][0].key == "handed_over"
    board = Reader(stage.database).fetch(task_board, case_id, stage.database.clock())
    assert next(row for row in board.tasks if row.place.en == "ICU").state is TaskState.HANDED_OVER


def test_who_does_not_collect_goods_takes_no_scan(make, seat, stage, case_id):
    seat.take(stage.actor("auditor"))
    presenter = make(case_id)
    assert not presenter.sight.can_move
    assert not presenter.take_scan(BOX + "A200")
    presenter.collect_row(presenter.sight.rows[0], 1)
    assert presenter.sight.collected == 0


def test_a_drill_moves_nothing(make, stage):
    presenter = make(stage.launched(kind=CaseKind.DRILL))
    assert not presenter.sight.can_move


def test_codes_of_other_papers_are_left_to_the_page(presenter):
    assert not presenter.take_scan("RD:CASE:RC-2026-0001")


# ---- out with two signatures --------------------------------------------------------------------


def test_what_lies_in_an_area_is_ticked_and_space_leaves_it(presenter):
    collect_all(presenter, "ICU", "Clinic")
    assert sum(row.quantity for row in presenter.chosen) == 45
    presenter.toggle(presenter.chosen[0])
    assert presenter.chosen == ()


def test_a_shipment_needs_the_second_person_and_makes_its_form(presenter, stage, case_id):
    collect_all(presenter)
    done = heard(presenter.done)
    presenter.ship("Test Express", "TE-1", WITNESS)
    assert [key for key, _ in done] == ["shipped", "form"]
    shipment = presenter.sight.shipments[0]
    assert (shipment.quantity, shipment.waybill) == (135, "TE-1")
    assert shipment.second.en == "Witness"
    kinds = [row.kind for row in Reader(stage.database).fetch(case_documents, case_id)]
    assert kinds == [DocumentKind.RETURN_FORM]
    assert presenter.sight.sealed == ()


def test_a_wrong_password_moves_nothing(presenter):
    collect_all(presenter)
    refused = heard(presenter.sign_refused)
    presenter.ship("Test Express", "TE-1", Signed("witness", "Wrong-Horse-9"))
    assert isinstance(refused[0][0], WrongPasswordError)
    assert presenter.sight.shipments == ()


def test_the_supplier_confirms_not_before_the_hand_over(presenter, clock):
    collect_all(presenter)
    presenter.ship("Test Express", "TE-1", WITNESS)
    refused, shipment = heard(presenter.sign_refused), presenter.sight.shipments[0]
    presenter.confirm(shipment.id, clock() - timedelta(days=1), "")
    assert isinstance(refused[0][0], ReceiptEarlyError)
    presenter.confirm(shipment.id, clock(), "by mail")
    assert presenter.sight.unconfirmed == 0
    assert presenter.sight.shipments[0].received_note == "by mail"


def test_goods_are_destroyed_before_a_witness(presenter):
    collect_all(presenter, "Clinic")
    presenter.destroy(WITNESS)
    row = next(row for row in presenter.sight.balance if row.share.name.zh == "A100")
    assert row.units(StockState.DESTROYED) == 20
    assert row.adds_up


# ---- differences --------------------------------------------------------------------------------


def test_missing_units_become_a_difference_with_reason_and_two_persons(presenter):
    presenter.explain(loose(presenter, "ICU"), 2, WITNESS, is_surplus=False)
    told = presenter.sight.differences[0]
    assert (told.quantity, told.reason, told.second.en) == (2, "counted together", "Witness")
    assert presenter.sight.adds_up


def test_units_too_many_are_put_aside_where_they_are(presenter):
    presenter.explain(loose(presenter, "ICU"), 3, WITNESS, is_surplus=True)
    assert presenter.sight.differences[0].quantity == -3
    assert any(row.place.en == "ICU" and row.quantity == 3 for row in presenter.sight.sealed)


def test_serial_units_are_returned_and_missed_one_by_one(make, stage):
    hospital = stage.hospital
    hospital.product("PUMP", "06999999015017", needs_serial=True)
    hospital.batch("PUMP", "P1", serials=("S1", "S2", "S3"))
    presenter = make(stage.launched("Recall.\nREF: REF-PUMP\nGTIN: 06999999015017\nLot: P1\nStop using it.\n"))
    row = presenter.sight.rows[0]
    presenter.collect_row(row, 1, "S1")
    presenter.take_scan("]d2010699999901501710P1\x1d21S2")
    assert presenter.sight.collected == 2
    presenter.explain(loose(presenter, "Central store"), 1, WITNESS, is_surplus=False, serial="S3")
    assert presenter.sight.differences[0].quantity == 1
    refused = heard(presenter.sign_refused)
    presenter.explain(presenter.sight.loose[0], 1, WITNESS, is_surplus=False, serial="S9")
    assert refused[0][0].code == "no_such_serial"
    presenter.ship("Test Express", "TE-1", WITNESS)
    assert presenter.sight.shipments[0].quantity == 2
