"""The goods of a case: in by scan, out with two signatures, differences explained, and the balance."""

from datetime import timedelta

import pytest
from PySide6.QtCore import QCoreApplication, Qt

from app.core.permissions import Role
from app.core.statuses.documents import DocumentKind
from app.core.statuses.recall import CaseKind, TaskState
from app.core.statuses.stock import StockState
from app.queries.case_documents import case_documents
from app.queries.case_head import case_head
from app.queries.reader import Reader
from app.queries.tasks import task_board
from app.services.collecting import CollectingService, MoreThanThereError, NotInCaseError
from app.services.papers import PaperService
from app.services.returning import ReceiptEarlyError, ReturningService
from app.services.signing_in import SigningInService, WrongPasswordError
from app.ui.language import switch_language
from app.ui.pages.recalls.goods_presenter import GoodsPresenter
from app.ui.pages.recalls.goods_tab import GoodsTab
from app.ui.pages.recalls.signers import Signed
from app.ui.seat import Seat
from tests.fakes.immediate import ImmediateBackground
from tests.services.recall_stage import op, recall_stage
from tests.ui.desks import PASSWORD, password_hash

BOX, CARTON = "]d2010699999901201610", "]d2011699999901201310"
WITNESS = Signed("witness", PASSWORD, "counted together")


@pytest.fixture
def stage(sqlite_database):
    stage = recall_stage(sqlite_database)
    stage.hospital.person("witness", Role.QUALITY_INSPECTOR, place="store", password_hash=password_hash())
    return stage


@pytest.fixture
def case_id(stage):
    return stage.launched()


@pytest.fixture
def seat(stage):
    seat = Seat()
    seat.take(stage.actor("coordinator"))
    return seat


@pytest.fixture
def make(stage, seat, qapp):
    def make(case_id, **more):
        database = stage.database
        presenter = GoodsPresenter(
            Reader(database),
            CollectingService(database),
            ReturningService(database),
            PaperService(database),
            SigningInService(database),
            database.clock,
            seat,
            ImmediateBackground(),
            **more,
        )
        presenter.set_visible(True)
        presenter.show_case(case_id)
        return presenter

    return make


@pytest.fixture
def presenter(make, case_id):
    return make(case_id)


@pytest.fixture
def tab(presenter, stage, case_id, qtbot):
    tab = GoodsTab(presenter)
    qtbot.addWidget(tab)
    tab.resize(1138, 586)
    tab.show_case(Reader(stage.database).fetch(case_head, case_id, stage.database.clock()))
    tab.show()
    presenter.reload()
    return tab


def heard(signal):
    told = []
    signal.connect(lambda *values: told.append(values))
    return told


def row_at(presenter, place, lot="A100"):
    return next(row for row in presenter.sight.rows if row.place.en == place and row.lot_no == lot)


def collect_all(presenter, *places):
    for row in presenter.sight.rows:
        if row.left and (not places or row.place.en in places):
            presenter.collect_row(row, row.left)


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


def loose(presenter, place):
    return next(row for row in presenter.sight.loose if row.place.en == place)


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


# ---- on the screen ------------------------------------------------------------------------------


def test_a_scan_shows_the_collecting_whatever_was_open(tab):
    tab.open_view("balance")
    assert tab.take_scan(BOX + "A200")
    assert tab.views.current() == "collect"
    assert "A200" in tab.collect.strip.message()
    assert tab.collect.strip.verdicts()[0].verdict == "已收"


def test_a_row_is_collected_with_the_keyboard(tab, presenter, qtbot):
    tab.collect.table.choose((row_at(presenter, "ICU").location_id, row_at(presenter, "ICU").batch_id))
    qtbot.keyClick(tab.collect.table, Qt.Key.Key_Return)
    qtbot.keyClicks(tab.collect.quantity.entry, "5")
    qtbot.keyClick(tab.collect.quantity.entry, Qt.Key.Key_Return)
    assert row_at(presenter, "ICU").collected == 5


def test_a_place_is_chosen_from_the_list(tab, presenter, stage):
    tab.collect.place.chosen.emit(str(stage.hospital.places["icu"]))
    assert presenter.place_id == stage.hospital.places["icu"]
    tab.collect.place.chosen.emit("any")
    assert presenter.place_id is None


def test_a_shipment_is_made_with_the_keyboard(tab, presenter, qtbot):
    collect_all(presenter)
    tab.open_view("return")
    qtbot.keyClick(tab.leave.ship, Qt.Key.Key_Return)
    assert tab.leave.carrier.error()
    qtbot.keyClicks(tab.leave.carrier.entry, "Test Express")
    qtbot.keyClicks(tab.leave.waybill.entry, "TE-7")
    qtbot.keyClick(tab.leave.waybill.entry, Qt.Key.Key_Return)
    pane = tab.leave.pane.signature
    pane.person.set_value("witness")
    qtbot.keyClicks(pane.password.entry, PASSWORD)
    qtbot.keyClick(pane.password.entry, Qt.Key.Key_Return)
    assert presenter.sight.shipments[0].waybill == "TE-7"
    assert not tab.leave.pane.is_asking
    assert tab.leave.carrier.value() == ""


def test_a_refused_signature_keeps_what_was_typed(tab, presenter, qtbot):
    collect_all(presenter)
    tab.open_view("return")
    tab.leave.carrier.set_value("Test Express")
    tab.leave.waybill.set_value("TE-8")
    tab.leave.ship.click()
    tab.leave.pane.signature.signed.emit("witness", "Wrong-Horse-9", "")
    assert tab.leave.pane.signature.password.error()
    tab.leave.pane.signature.cancelled.emit()
    assert tab.leave.waybill.value() == "TE-8"


def test_space_takes_goods_along_or_leaves_them(tab, presenter, qtbot):
    collect_all(presenter)
    tab.open_view("return")
    tab.leave.sealed.selectRow(0)
    before = len(presenter.chosen)
    qtbot.keyClick(tab.leave.sealed, Qt.Key.Key_Space)
    assert len(presenter.chosen) == before - 1
    qtbot.keyClick(tab.leave.sealed, Qt.Key.Key_Return)
    assert len(presenter.chosen) == before
    tab.leave.sealed.clicked.emit(tab.leave.sealed.model().index(0, 0))
    assert len(presenter.chosen) == before - 1


def test_the_receipt_is_confirmed_from_the_list_of_returns(tab, presenter, qtbot):
    collect_all(presenter)
    presenter.ship("Test Express", "TE-1", WITNESS)
    counts = heard(tab.count_changed)
    tab.open_view("return")
    tab.leave.shipments.selectRow(0)
    qtbot.keyClick(tab.leave.shipments, Qt.Key.Key_Return)
    tab.leave.received_at.set_value("soon")
    tab.leave.confirm.click()
    assert tab.leave.received_at.error()
    tab.leave.received_at.set_value((presenter.now + timedelta(minutes=1)).astimezone().strftime("%Y-%m-%d %H:%M"))
    qtbot.keyClick(tab.leave.received_note.entry, Qt.Key.Key_Return)
    assert counts[-1] == (0,)


def test_a_refused_receipt_is_said_in_the_form(tab, presenter):
    collect_all(presenter)
    presenter.ship("Test Express", "TE-1", WITNESS)
    tab.open_view("return")
    tab.leave.shipments.selectRow(0)
    tab.leave.received_at.set_value("2020-01-01 00:00")
    tab.leave.confirm.click()
    assert tab.leave.message.text()


def test_goods_are_destroyed_from_the_same_list(tab, presenter):
    collect_all(presenter)
    tab.open_view("return")
    tab.leave.dispose.click()
    assert tab.leave.pane.signature.reason.isVisible()
    tab.leave.pane.signature.signed.emit("witness", PASSWORD, "burnt")
    assert presenter.sight.sealed == ()


def test_a_difference_is_explained_with_the_keyboard(tab, presenter, qtbot):
    tab.open_view("differences")
    view = tab.differences
    view.loose.selectRow(0)
    qtbot.keyClick(view.loose, Qt.Key.Key_Return)
    qtbot.keyClicks(view.quantity.entry, "9999")
    qtbot.keyClick(view.quantity.entry, Qt.Key.Key_Return)
    assert view.quantity.error()
    view.quantity.set_value("x")
    view.ask.click()
    assert view.quantity.error()
    view.quantity.set_value("1")
    view.ask.click()
    view.pane.signature.signed.emit("witness", "Wrong-Horse-9", "lost")
    assert view.pane.signature.password.error()
    view.pane.signature.signed.emit("witness", PASSWORD, "lost")
    assert presenter.sight.differences[0].quantity == 1
    assert view.quantity.value() == ""


def test_the_balance_adds_up_and_says_so_in_both_languages(tab, presenter):
    collect_all(presenter)
    tab.open_view("balance")
    assert "140" in tab.balance.words.text()
    switch_language("en")
    QCoreApplication.processEvents()
    assert "Received 140" in tab.balance.words.text()
    assert tab.collect.strip.message().startswith("Lot")


def test_who_only_looks_is_told_so(make, seat, stage, case_id, qtbot):
    seat.take(stage.actor("auditor"))
    presenter = make(case_id)
    tab = GoodsTab(presenter)
    qtbot.addWidget(tab)
    tab.show()
    presenter.reload()
    assert tab.note.text()
    assert not tab.collect.button.isEnabled()
    assert not tab.take_scan(BOX + "A200")
