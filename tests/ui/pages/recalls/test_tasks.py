"""The board of department tasks: who may answer what, by keyboard and by scan."""

from datetime import timedelta

import pytest
from PySide6.QtCore import QCoreApplication, Qt

from app.core.errors import ConflictError
from app.core.statuses.recall import TaskState
from app.queries.case_head import case_head
from app.queries.reader import Reader
from app.services.answering import StillOpenError
from app.ui.language import switch_language
from app.ui.pages.recalls.tasks_cards import cards_by_site, cards_by_state, gap_words
from app.ui.pages.recalls.tasks_presenter import TaskAnswer, TasksPresenter
from app.ui.pages.recalls.tasks_tab import TasksTab
from app.ui.seat import Seat
from tests.fakes.immediate import ImmediateBackground
from tests.services.recall_stage import op, recall_stage


@pytest.fixture
def stage(sqlite_database):
    return recall_stage(sqlite_database)


@pytest.fixture
def case_id(stage):
    return stage.launched()


@pytest.fixture
def seat(stage):
    seat = Seat()
    seat.take(stage.actor("coordinator"))
    return seat


@pytest.fixture
def presenter(stage, seat, case_id, qapp):
    database = stage.database
    presenter = TasksPresenter(Reader(database), stage.answering, database.clock, seat, ImmediateBackground())
    presenter.set_visible(True)
    presenter.show_case(case_id)
    return presenter


@pytest.fixture
def tab(presenter, stage, case_id, qtbot):
    tab = TasksTab(presenter)
    qtbot.addWidget(tab)
    tab.resize(1138, 586)
    tab.show_case(Reader(stage.database).fetch(case_head, case_id, stage.database.clock()))
    tab.show()
    presenter.reload()
    return tab


def task_of(presenter, stage, place):
    return next(row for row in presenter.sight.board.tasks if row.location_id == stage.hospital.places[place])


def heard(signal):
    told = []
    signal.connect(lambda *values: told.append(values))
    return told


def open_(presenter, stage, place):
    presenter.open_task(task_of(presenter, stage, place).id)
    return presenter.open_row


def test_every_department_with_goods_or_a_use_has_a_card(presenter, stage):
    cards = cards_by_state(presenter.sight.board, stage.database.clock())
    assert len(cards["sent"]) == 4
    assert presenter.sight.board.expected == 135


def test_an_acknowledgement_by_telephone_needs_whom_they_spoke_to(presenter, stage):
    refused = heard(presenter.refused)
    assert open_(presenter, stage, "icu").needs_note
    presenter.acknowledge("")
    assert refused[0][0] is TaskAnswer.ACKNOWLEDGE
    presenter.acknowledge("Sister Li, 8000")
    assert presenter.open_row.row.state is TaskState.ACKNOWLEDGED
    assert presenter.open_row.row.note == "Sister Li, 8000"


def test_a_department_that_answers_for_itself_needs_no_note(presenter, stage, seat):
    seat.take(stage.actor("nurse"))
    opened = open_(presenter, stage, "icu")
    assert not opened.needs_note
    assert TaskAnswer.EXEMPT not in opened.answers
    presenter.acknowledge("")
    assert presenter.open_row.row.state is TaskState.ACKNOWLEDGED


def test_who_only_reads_gives_no_answer(presenter, stage, seat):
    seat.take(stage.actor("auditor"))
    assert open_(presenter, stage, "icu").answers == ()
    presenter.reload()
    assert not presenter.sight.can_chase


def test_a_count_puts_the_task_where_it_belongs_on_the_board(presenter, stage):
    opened = open_(presenter, stage, "icu")
    presenter.count({opened.lines[0].batch_id: 23}, {opened.lines[0].batch_id: "two are missing"}, "by phone")
    row = task_of(presenter, stage, "icu")
    assert row.state is TaskState.FOUND
    assert gap_words(row) == "差 2"
    assert presenter.open_row.next_answer is TaskAnswer.QUARANTINE


def test_goods_are_put_aside_and_the_department_reports_done(presenter, stage):
    opened = open_(presenter, stage, "store2")
    presenter.count({opened.lines[0].batch_id: 40}, {}, "by phone")
    done = heard(presenter.done)
    presenter.quarantine("by phone")
    assert presenter.open_row.row.state is TaskState.QUARANTINED
    assert done[-1][1]["document"] != "—"
    presenter.finish("by phone")
    assert presenter.open_row.row.state is TaskState.DONE
    assert presenter.open_row.answers == ()


def test_nothing_found_still_leaves_the_goods_on_the_books(presenter, stage):
    open_(presenter, stage, "icu")
    refused = heard(presenter.refused)
    presenter.none_found("by phone")
    assert presenter.open_row.row.state is TaskState.NONE_FOUND
    presenter.finish("by phone")
    assert isinstance(refused[-1][1], StillOpenError)


def test_an_exemption_keeps_its_reason(presenter, stage):
    open_(presenter, stage, "clinic")
    presenter.exempt("moved to another building")
    assert task_of(presenter, stage, "clinic").state is TaskState.EXEMPTED
    assert task_of(presenter, stage, "clinic").note == "moved to another building"


def test_an_answer_to_a_task_that_somebody_else_changed_is_refused(presenter, stage):
    opened = open_(presenter, stage, "icu")
    stage.answering.acknowledge(actor=stage.actor("nurse"), op_id=op(), task_id=opened.row.id)
    refused = heard(presenter.refused)
    presenter.acknowledge("by phone")
    assert isinstance(refused[0][1], ConflictError)


def test_an_answer_that_the_state_does_not_offer_is_not_even_asked(presenter, stage):
    open_(presenter, stage, "icu")
    presenter.quarantine("by phone")
    assert presenter.open_row.row.state is TaskState.SENT


def test_chasing_reminds_every_open_department(presenter):
    done = heard(presenter.done)
    presenter.chase()
    assert done == [("chased", {"count": 4})]


def test_a_late_department_is_marked_with_its_number_to_ring(presenter, stage, clock):
    clock.advance(timedelta(days=3))
    presenter.reload()
    card = cards_by_state(presenter.sight.board, clock())["sent"][0]
    assert card.tone == "stop"
    assert "8000" in card.strip


def test_the_sites_stand_beside_each_other(presenter, stage):
    cards = cards_by_site(presenter.sight.board, stage.database.clock())
    assert [len(column) for column in cards.values()] == [4]
    assert cards["主院区"][0].corner == "待签收"


def test_a_task_sheet_opens_its_task(presenter, stage):
    row = task_of(presenter, stage, "icu")
    assert presenter.take_scan(f"RD:TASK:{row.number}")
    assert presenter.open_row.row.id == row.id


def test_a_box_counts_in_the_open_task_and_another_lot_does_not(presenter, stage):
    opened = open_(presenter, stage, "icu")
    counted, foreign = heard(presenter.counted_by_scan), heard(presenter.not_in_task)
    assert presenter.take_scan("]d2010699999901201610A100")
    assert presenter.take_scan("]d2011699999901201310A100")
    assert presenter.take_scan("]d2010699999901201610B900")
    assert counted == [(opened.lines[0].batch_id, 1), (opened.lines[0].batch_id, 20)]
    assert foreign == [("B900",)]


def test_without_an_open_task_a_box_is_left_to_the_page(presenter):
    assert not presenter.take_scan("]d2010699999901201610A100")


def test_another_case_closes_the_pane(presenter, stage):
    open_(presenter, stage, "icu")
    closed = heard(presenter.task_changed)
    presenter.show_case(stage.registered("Recall of REF: CVC-7F-20 Lot: B900"))
    assert closed[0] == (None,)
    assert presenter.sight.board.tasks == ()


# ---- on the screen ------------------------------------------------------------------------------


def card(tab, place):
    return next(button for column in tab.board._columns for button in column.cards if button.card.title == place)


def test_enter_on_a_card_opens_the_task_and_escape_closes_it(tab, qtbot):
    qtbot.keyClick(card(tab, "重症医学科"), Qt.Key.Key_Return)
    assert tab.pane.isVisible()
    qtbot.keyClick(tab.pane.note.entry, Qt.Key.Key_Escape)
    assert not tab.pane.isVisible()


def test_a_task_is_counted_with_the_keyboard_alone(tab, presenter, stage, qtbot):
    open_(presenter, stage, "icu")
    qtbot.keyClicks(tab.pane.note.entry, "Sister Li 8000")
    line = next(iter(tab.pane.lines.values()))
    qtbot.keyClicks(line.found.entry, "23")
    assert line.why.isVisible()
    qtbot.keyClick(line.found.entry, Qt.Key.Key_Return)
    assert line.why.error()
    qtbot.keyClicks(line.why.entry, "two used, not booked")
    qtbot.keyClick(line.why.entry, Qt.Key.Key_Return)
    assert task_of(presenter, stage, "icu").found == 23


def test_whom_they_spoke_to_is_asked_before_anything_is_sent(tab, presenter, stage, qtbot):
    open_(presenter, stage, "icu")
    tab.pane.primary.click()
    assert tab.pane.note.error()
    assert presenter.open_row.row.state is TaskState.SENT


def test_a_count_that_is_no_number_is_refused_at_its_field(tab, presenter, stage):
    open_(presenter, stage, "icu")
    tab.pane.note.set_value("8000")
    line = next(iter(tab.pane.lines.values()))
    line.found.set_value("two")
    tab._answer(TaskAnswer.COUNT)
    assert line.found.error()


def test_a_refusal_of_the_service_stands_in_the_pane(tab, presenter, stage):
    open_(presenter, stage, "icu")
    tab.pane.note.set_value("8000")
    presenter.none_found("8000")
    tab._answer(TaskAnswer.FINISH)
    assert tab.pane.message.isVisible()


def test_what_was_typed_survives_a_reload(tab, presenter, stage):
    open_(presenter, stage, "icu")
    next(iter(tab.pane.lines.values())).found.set_value("7")
    tab.pane.note.set_value("Li")
    presenter.reload()
    assert next(iter(tab.pane.lines.values())).found.value() == "7"
    assert tab.pane.note.value() == "Li"


def test_handing_over_leads_to_the_goods(tab, presenter, stage, qtbot):
    opened = open_(presenter, stage, "store2")
    presenter.count({opened.lines[0].batch_id: 40}, {}, "8000")
    asked = heard(tab.asked_for_tab)
    tab._answer(TaskAnswer.HAND_OVER)
    assert asked == [("goods",)]


def test_the_main_button_chases_and_the_tab_counts_what_is_open(tab, presenter):
    said, counts = heard(tab.said), heard(tab.count_changed)
    assert tab.action() is not None
    tab.act()
    assert "4" in said[0][0]
    assert counts[-1] == (4,)


def test_all_views_speak_both_languages(tab, presenter, stage):
    open_(presenter, stage, "icu")
    for key in ("list", "site", "board"):
        tab.views.choose(key)
        tab._view(key)
    switch_language("en")
    QCoreApplication.processEvents()
    assert card(tab, "ICU").card.figures[0].label == "Expect"
    assert tab.list.rows[0].place.en
    tab.list.opened.emit(tab.list.rows[0])
    assert presenter.open_row.row.id == tab.list.rows[0].id
