"""The end of a case: the checklist, the stamps, the words, and the other person who closes it."""

import pytest
from PySide6.QtCore import QCoreApplication, Qt
from sqlalchemy import select, update

from app.core.errors import ConflictError
from app.core.permissions import Role
from app.core.statuses.recall import CaseState, RecallClass, Treatment
from app.core.statuses.stock import StockState
from app.core.statuses.verdict import Verdict
from app.models.persons import Person
from app.models.recalls import ScopeLine
from app.queries.case_closing import ClosingItem
from app.queries.case_collecting import collecting
from app.queries.case_goods import sealed_goods
from app.queries.case_head import case_head
from app.queries.reader import Reader
from app.queries.tasks import task_board, task_lines
from app.services.closing import ChecklistOpenError, ClosingService, OwnReadingError
from app.services.collecting import CollectingService, Portion
from app.services.picking import Wanted
from app.services.signing_in import SigningInService, WrongPasswordError
from app.ui.language import switch_language
from app.ui.pages.recalls.closing_presenter import ClosingPresenter, ClosingStep
from app.ui.pages.recalls.closing_tab import ClosingTab
from app.ui.seat import Seat
from app.ui.signers import Signed
from tests.fakes.immediate import ImmediateBackground
from tests.services.recall_stage import op, recall_stage
from tests.ui.desks import PASSWORD, password_hash


@pytest.fixture
def stage(sqlite_database):
    stage = recall_stage(sqlite_database)
    with stage.database.writing(None) as session:
        session.execute(update(Person).where(Person.login == "coordinator").values(password_hash=password_hash()))
    stage.hospital.person("second_boss", Role.EXECUTIVE, password_hash=password_hash())
    stage.hospital.person("witness", Role.QUALITY_INSPECTOR, password_hash=password_hash())
    return stage


@pytest.fixture
def seat(stage):
    seat = Seat()
    seat.take(stage.actor("coordinator"))
    return seat


@pytest.fixture
def make(stage, seat, qapp):
    def make(case_id):
        database = stage.database
        presenter = ClosingPresenter(
            Reader(database),
            ClosingService(database, SigningInService(database)),
            database.clock,
            seat,
            ImmediateBackground(),
        )
        presenter.set_visible(True)
        presenter.show_case(case_id)
        return presenter

    return make


def finish_tasks(stage, case_id):
    """Every department counts what it has, puts it aside and is done."""
    reader, clock, actor = Reader(stage.database), stage.database.clock, stage.actor("coordinator")
    for row in reader.fetch(task_board, case_id, clock()).tasks:
        found = {line.batch_id: line.expected for line in reader.fetch(task_lines, row.id)}
        given = {"actor": actor, "task_id": row.id, "note": "by phone"}
        stage.answering.count(op_id=op(), found=found, **given)
        stage.answering.quarantine_here(op_id=op(), **given)
        stage.answering.finish(op_id=op(), **given)


def destroy_all(stage, case_id):
    """Collect everything and destroy it before a witness."""
    reader, actor = Reader(stage.database), stage.actor("coordinator")
    service = CollectingService(stage.database)
    for row in reader.fetch(collecting, case_id):
        wanted = Wanted(row.product_id, row.lot_no, row.left)
        service.collect(actor=actor, op_id=op(), case_id=case_id, place_id=row.location_id, wanted=wanted)
    portions = [
        Portion(row.batch_id, row.location_id, StockState.QUARANTINED, row.quantity)
        for row in reader.fetch(sealed_goods, case_id)
    ]
    op_id = op()
    stage.hospital.sign("witness", op_id, "destroy")
    service.destroy(
        actor=actor, op_id=op_id, case_id=case_id, portions=portions, reason="burnt", second=stage.actor("witness")
    )


@pytest.fixture
def case_id(stage):
    return stage.launched()


@pytest.fixture
def presenter(make, case_id):
    return make(case_id)


@pytest.fixture
def ready(stage, case_id, make):
    """Reconciled, replied, with words: nothing is open."""
    finish_tasks(stage, case_id)
    destroy_all(stage, case_id)
    presenter = make(case_id)
    presenter.take(ClosingStep.RECONCILE)
    presenter.reply("Test Supplier by mail", "R-1")
    presenter.write_review("The coating process drifted.", "Ask for the test report of each lot.")
    return presenter


def tab_of(presenter, stage, qtbot):
    tab = ClosingTab(presenter)
    qtbot.addWidget(tab)
    tab.resize(1138, 586)
    tab.show_case(Reader(stage.database).fetch(case_head, presenter.case_id, stage.database.clock()))
    tab.show()
    presenter.reload()
    return tab


@pytest.fixture
def tab(presenter, stage, qtbot):
    return tab_of(presenter, stage, qtbot)


def heard(signal):
    told = []
    signal.connect(lambda *values: told.append(values))
    return told


def test_a_running_case_says_what_is_missing_and_stamps_what_is_done(presenter):
    checklist = presenter.sight.checklist
    assert ClosingItem.TASKS in {row.item for row in checklist.open_rows}
    assert [row.step for row in checklist.evidence if row.at] == ["received", "distributed"]
    assert presenter.sight.main_step is ClosingStep.RECONCILE


def test_reconciling_with_open_tasks_is_refused_by_name(presenter):
    refused = heard(presenter.refused)
    presenter.take(ClosingStep.RECONCILE)
    assert isinstance(refused[0][0], ChecklistOpenError)
    assert presenter.sight.head.row.state is CaseState.ACTIVE


def test_the_review_is_refused_while_goods_lie_in_quarantine(stage, case_id, make):
    finish_tasks(stage, case_id)
    presenter = make(case_id)
    refused = heard(presenter.refused)
    presenter.take(ClosingStep.RECONCILE)
    presenter.take(ClosingStep.ASK_REVIEW)
    assert isinstance(refused[0][0], ChecklistOpenError)


def test_words_and_reply_are_kept_and_close_their_items(ready):
    assert ready.sight.head.root_cause == "The coating process drifted."
    assert ready.sight.checklist.is_complete
    assert [row.step for row in ready.sight.checklist.evidence if row.at is None] == []


def test_who_asked_for_the_review_lets_another_person_close_in_place(ready):
    ready.take(ClosingStep.ASK_REVIEW)
    assert ready.sight.in_place
    asked, refused, done = heard(ready.asked_to_sign), heard(ready.sign_refused), heard(ready.done)
    ready.take(ClosingStep.CLOSE)
    assert {one.login for one in asked[0][0].closers} == {"boss", "second_boss"}
    ready.close_in_place(Signed("second_boss", "Wrong-Horse-9"))
    assert isinstance(refused[0][0], WrongPasswordError)
    ready.close_in_place(Signed("second_boss", PASSWORD))
    assert done[-1][0] == "closed_by"
    assert ready.sight.head.row.state is CaseState.CLOSED


def test_an_executive_closes_in_their_own_session(ready, seat, stage):
    ready.take(ClosingStep.ASK_REVIEW)
    seat.take(stage.actor("second_boss"))
    ready.reload()
    assert not ready.sight.in_place
    asked = heard(ready.asked_to_sign)
    ready.take(ClosingStep.CLOSE)
    assert [one.login for one in asked[0][0].closers] == ["second_boss"]
    ready.close_in_place(Signed("second_boss", PASSWORD))
    assert ready.sight.head.row.state is CaseState.CLOSED


def test_the_reviewer_sends_back_with_a_reason(ready, seat, stage):
    ready.take(ClosingStep.ASK_REVIEW)
    seat.take(stage.actor("boss"))
    ready.reload()
    assert ClosingStep.SEND_BACK in ready.sight.reason_steps
    ready.take(ClosingStep.SEND_BACK, "the cause is too thin")
    assert ready.sight.head.row.state is CaseState.RECONCILING


def test_a_closed_case_is_reopened_with_a_reason(ready, seat, stage):
    ready.take(ClosingStep.ASK_REVIEW)
    ready.close_in_place(Signed("second_boss", PASSWORD))
    assert ready.sight.steps == (ClosingStep.REOPEN,)
    ready.take(ClosingStep.REOPEN, "another box was found")
    assert ready.sight.head.row.state is CaseState.REOPENED


def test_a_case_that_touches_nothing_is_closed_as_not_affected(make, stage):
    text = "Recall of TUBE.\nGTIN: 06999999013037\nLot: NONE1\n"
    presenter = make(stage.assessed(text, treatment=Treatment.CHECK, recall_class=RecallClass.II))
    refused = heard(presenter.refused)
    asked = heard(presenter.asked_to_end)
    presenter.take(ClosingStep.NOT_AFFECTED, "no such lot was ever received")
    ((step, (signer,)),) = asked
    assert presenter.sits_here((signer,))
    assert (step, signer.login) == (ClosingStep.NOT_AFFECTED, "coordinator")
    assert presenter.sight.head.row.state is CaseState.ASSESSING
    presenter.end(step, "no such lot was ever received", Signed(signer.login, PASSWORD))
    assert refused == []
    assert presenter.sight.head.row.state is CaseState.NOT_AFFECTED


def test_who_read_by_hand_lets_another_end_the_case_here(make, stage):
    checked = {"treatment": Treatment.CHECK, "recall_class": RecallClass.II}
    case_id = stage.assessed("GTIN: 06999999013037\nLot: A1OO", **checked)
    with stage.database.reading() as session:
        (doubt,) = session.scalars(select(ScopeLine.batch_id).where(ScopeLine.verdict == Verdict.NEED_INFO))
    stage.excluded(case_id, doubt, "label read: letter O")
    presenter = make(case_id)
    asked, refused = heard(presenter.asked_to_end), heard(presenter.sign_refused)
    presenter.take(ClosingStep.NOT_AFFECTED, "none of that lot")
    ((step, people),) = asked
    assert "coordinator" not in [one.login for one in people]
    assert not presenter.sits_here(people)
    presenter.end(step, "none of that lot", Signed("coordinator", PASSWORD))
    assert isinstance(refused[0][0], OwnReadingError)
    presenter.end(step, "none of that lot", Signed("second_boss", PASSWORD))
    assert presenter.sight.head.row.state is CaseState.NOT_AFFECTED
    assert presenter.sight.head.closed_by == people[[one.login for one in people].index("second_boss")].name


def test_a_case_registered_by_mistake_is_withdrawn_under_the_own_password(tab, presenter, qtbot):
    qtbot.mouseClick(tab.steps[ClosingStep.WITHDRAW], Qt.MouseButton.LeftButton)
    assert not tab.pane.is_asking
    tab.reason.set_value("registered twice")
    qtbot.mouseClick(tab.steps[ClosingStep.WITHDRAW], Qt.MouseButton.LeftButton)
    assert tab.pane.is_asking
    pane = tab.pane.signature
    pane.password.set_value("not mine")
    qtbot.mouseClick(pane.sign_button, Qt.MouseButton.LeftButton)
    assert pane.password.error()
    assert presenter.sight.head.row.state is CaseState.ACTIVE
    pane.password.set_value(PASSWORD)
    qtbot.mouseClick(pane.sign_button, Qt.MouseButton.LeftButton)
    assert presenter.sight.head.row.state is CaseState.WITHDRAWN
    assert not presenter.sight.can_reply
    assert not tab.pane.is_asking


def test_a_step_that_is_not_offered_is_not_taken(presenter, seat, stage):
    seat.take(stage.actor("auditor"))
    presenter.reload()
    assert presenter.sight.steps == ()
    presenter.take(ClosingStep.WITHDRAW, "no")
    assert presenter.sight.head.row.state is CaseState.ACTIVE


def test_a_step_on_a_case_that_somebody_else_changed_is_refused(presenter, stage, case_id):
    ClosingService(stage.database, SigningInService(stage.database)).write_review(
        actor=stage.actor("coordinator"), op_id=op(), case_id=case_id, root_cause="a", lessons="b"
    )
    refused = heard(presenter.refused)
    presenter.write_review("mine", "mine")
    assert isinstance(refused[0][0], ConflictError)


# ---- on the screen ------------------------------------------------------------------------------


def test_enter_on_an_open_item_leads_to_where_it_is_done(tab, qtbot):
    asked = heard(tab.asked_for_tab)
    tab.table.choose(ClosingItem.TASKS)
    qtbot.keyClick(tab.table, Qt.Key.Key_Return)
    tab.table.choose(ClosingItem.QUARANTINE)
    qtbot.keyClick(tab.table, Qt.Key.Key_Return)
    assert asked == [("tasks",), ("goods",)]
    for item, field in (
        (ClosingItem.REPLIED, tab.reply_note.control),
        (ClosingItem.ROOT_CAUSE, tab.root_cause.control),
        (ClosingItem.LESSONS, tab.lessons.control),
    ):
        tab.table.choose(item)
        qtbot.keyClick(tab.table, Qt.Key.Key_Return)
        assert tab.focusWidget() is field


def test_a_refusal_names_the_open_item_in_the_language_of_the_screen(tab):
    assert tab.action() is not None
    tab.act()
    assert "未完成" in tab.message.text()
    switch_language("en")
    QCoreApplication.processEvents()
    assert "not done" in tab.message.text()


def test_words_that_are_being_written_survive_a_reload_and_are_kept_by_the_button(tab, presenter):
    counts = heard(tab.count_changed)
    tab.root_cause.set_value("drift")
    presenter.reload()
    assert tab.root_cause.value() == "drift"
    tab.save.click()
    assert tab.lessons.error()
    tab.lessons.set_value("ask")
    tab.save.click()
    assert presenter.sight.head.lessons == "ask"
    assert counts[-1][0] == len(presenter.sight.checklist.open_rows)


def test_a_reply_is_recorded_with_its_number(tab, presenter, qtbot):
    tab.reply.click()
    assert tab.reply_note.error()
    tab.reply_no.set_value("R-1")
    qtbot.keyClicks(tab.reply_note.entry, "Supplier by mail")
    qtbot.keyClick(tab.reply_note.entry, Qt.Key.Key_Return)
    replied = presenter.sight.checklist.evidence[-1]
    assert replied.document_no == "R-1"
    assert tab.reply_note.value() == ""


def test_another_person_closes_in_the_same_window(ready, stage, qtbot):
    ready.take(ClosingStep.ASK_REVIEW)
    tab = tab_of(ready, stage, qtbot)
    said = heard(tab.said)
    assert tab.action() is not None
    tab.act()
    assert tab.pane.is_asking
    tab.pane.signature.signed.emit("second_boss", "Wrong-Horse-9", "")
    assert tab.pane.signature.password.error()
    tab.pane.signature.signed.emit("second_boss", PASSWORD, "")
    assert not tab.pane.is_asking
    assert "Second_Boss" in said[-1][0] or "second_boss" in said[-1][0]


def test_another_case_starts_with_its_own_words(tab, presenter, stage):
    tab.root_cause.set_value("drift")
    presenter.show_case(stage.registered("Recall of REF: CVC-7F-20 Lot: B900"))
    assert tab.root_cause.value() == ""
    assert not tab.root_cause.isEnabled()
