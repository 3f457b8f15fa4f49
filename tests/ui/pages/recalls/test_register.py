"""A notice coming in: fields from the text, the answer at once, registering with and without a hold."""

from datetime import timedelta

import pytest

from app.core.statuses.recall import CaseState, RecallClass
from app.core.statuses.verdict import Verdict
from app.queries.case_head import case_head
from app.queries.case_scope import scope_rows
from app.services.registering import NoticeEmptyError, ReceivedLaterError
from app.ui import formats
from app.ui.pages.recalls.register_presenter import NoticeField, ReceivedUnreadableError
from tests.services.recall_stage import NOTICE
from tests.ui.pages.recalls.office import heard

TEXT = f"{NOTICE}Manufacturer: CVC Test Devices\nThis is a Class II recall.\n"


@pytest.fixture
def desk(office):
    office.register.set_visible(True)
    return office.register


def pasted(desk, text=TEXT):
    desk.set_text(text)
    desk.read_now()


def test_the_fields_follow_the_text_and_say_so(desk):
    pasted(desk)
    draft = desk.draft
    assert draft.values[NoticeField.MANUFACTURER] == "CVC Test Devices"
    assert draft.values[NoticeField.RECALL_CLASS] == "II"
    assert {NoticeField.MANUFACTURER, NoticeField.RECALL_CLASS, NoticeField.KIND} <= draft.taken
    assert draft.values[NoticeField.RECEIVED]


def test_what_a_person_typed_stays(desk):
    desk.edit(NoticeField.RECALL_CLASS, "I")
    pasted(desk)
    assert desk.draft.values[NoticeField.RECALL_CLASS] == "I"
    assert NoticeField.RECALL_CLASS not in desk.draft.taken


def test_a_field_goes_back_to_empty_with_the_passage_it_came_from(desk):
    pasted(desk)
    pasted(desk, NOTICE)
    assert desk.draft.values[NoticeField.RECALL_CLASS] == RecallClass.UNCLASSIFIED.value


def test_the_answer_names_batches_and_units_before_anything_is_kept(desk, office):
    touches = heard(desk.touch_changed)
    pasted(desk)
    touch = touches[-1]
    assert touch.batches[Verdict.AFFECTED] == 2
    assert touch.units[Verdict.AFFECTED] == 140
    assert (
        touch.batches[Verdict.AFFECTED] + touch.batches[Verdict.NEED_INFO] + touch.batches[Verdict.NOT_AFFECTED]
        == touch.compared
    )
    assert {line.lot_no for line in touch.lines if line.verdict is Verdict.AFFECTED} == {"A100", "A200"}
    rows = heard(office.list.list_changed)
    office.list.set_visible(True)
    assert rows[-1].rows == ()


def test_a_text_that_names_nothing_is_not_compared(desk):
    touches, readings = heard(desk.touch_changed), heard(desk.read_changed)
    pasted(desk, "Dear customer, please take care.")
    assert touches[-1] is None
    assert not readings[-1].is_bounded


def test_typing_waits_a_moment_before_it_is_read(desk, qtbot):
    readings = heard(desk.read_changed)
    desk.set_text(TEXT[:40])
    desk.set_text(TEXT)
    assert readings == [] or readings[-1] is None
    qtbot.waitUntil(lambda: bool(readings) and readings[-1] is not None and readings[-1].text == TEXT, timeout=3000)


def test_registering_assesses_and_opens_the_case(desk, office):
    pasted(desk)
    registered = heard(desk.registered)
    desk.register()
    case_id, number, is_held = registered[-1]
    head = office.reader.fetch(case_head, case_id, office.stage.database.clock())
    assert (head.row.number, head.row.state, is_held) == (number, CaseState.ASSESSING, False)
    assert head.notice_text == TEXT
    assert desk.draft.is_empty


def test_one_key_registers_and_holds(desk, office):
    pasted(desk)
    registered = heard(desk.registered)
    desk.register(hold=True)
    case_id, _number, is_held = registered[-1]
    rows = office.reader.fetch(scope_rows, case_id, Verdict.AFFECTED, Verdict.NEED_INFO)
    assert is_held
    assert rows
    assert all(row.is_held for row in rows)


def test_what_cannot_be_compared_is_registered_all_the_same_and_says_why(desk):
    pasted(desk, "Voluntary recall\nAll products are recalled.")
    registered, refused = heard(desk.registered), heard(desk.hold_refused)
    desk.register(hold=True)
    assert registered[-1][2] is False
    assert refused[-1][1].code == "recall.unbounded"


@pytest.mark.parametrize(
    ("field", "value", "error"),
    [
        (NoticeField.TITLE, " ", NoticeEmptyError),
        (NoticeField.RECEIVED, "gestern", ReceivedUnreadableError),
        (NoticeField.RECEIVED, "2026-03-12 25:61", ReceivedUnreadableError),
    ],
)
def test_a_refusal_stands_at_its_field_and_the_draft_stays(desk, field, value, error):
    pasted(desk)
    desk.edit(field, value)
    refused = heard(desk.refused)
    desk.register()
    assert refused[-1][0] is field
    assert isinstance(refused[-1][1], error)
    assert desk.draft.text == TEXT


def test_a_notice_from_the_future_is_refused(desk, office):
    pasted(desk)
    desk.edit(NoticeField.RECEIVED, formats.moment(office.stage.database.clock() + timedelta(days=1)))
    refused = heard(desk.refused)
    desk.register()
    assert refused[-1][0] is NoticeField.RECEIVED
    assert isinstance(refused[-1][1], ReceivedLaterError)


def test_each_person_has_a_draft_and_finds_it_again(desk, office):
    pasted(desk)
    office.sit("boss")
    assert desk.draft.is_empty
    office.sit("coordinator")
    assert desk.draft.text == TEXT
    desk.throw_away()
    assert desk.draft.is_empty
