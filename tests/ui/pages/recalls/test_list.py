"""The list of recalls: chips, words, the case under the cursor, and the row of each."""

from datetime import timedelta

import pytest

from app.core.statuses.recall import CaseKind, RecallClass
from app.queries.recalls import CaseFilter
from app.ui.pages.recalls.columns import accounted_cell, clock_cell, state_chip, tasks_cell
from app.ui.pages.recalls.detail_pane import next_things
from tests.ui.pages.recalls.office import heard


@pytest.fixture
def shown(office):
    lists = heard(office.list.list_changed)
    office.list.set_visible(True)
    return lists


def test_an_empty_list_counts_nothing(shown):
    assert shown[-1].rows == ()
    assert set(shown[-1].counts.values()) == {0}


def test_a_case_registered_elsewhere_appears_at_once(office, shown):
    office.stage.registered()
    office.background.announce(office.list.topics)
    assert len(shown[-1].rows) == 1


def test_chips_show_what_they_count(office, shown):
    office.stage.launched()
    office.stage.registered(title="Drill", kind=CaseKind.DRILL)
    for chosen in CaseFilter:
        office.list.choose_filter(chosen)
        assert len(shown[-1].rows) == shown[-1].counts[chosen]


def test_words_find_a_case_by_its_lot(office, shown):
    office.stage.launched()
    office.list.search("A100")
    assert len(shown[-1].rows) == 1
    office.list.search("no such thing")
    assert shown[-1].rows == ()


def test_the_pane_says_where_the_units_are_and_what_comes_next(office, shown):
    details = heard(office.list.detail_changed)
    office.stage.launched()
    office.list.reload()
    office.list.choose_case(shown[-1].rows[0])
    detail = details[-1]
    assert detail.impact.received == detail.row.received == 140
    assert [thing.icon for thing in next_things(detail)] == ["bell", "box"]
    office.list.choose_case(None)
    assert details[-1] is None


def test_before_the_launch_nothing_is_accounted_for(office, shown):
    office.stage.assessed()
    office.list.reload()
    row = shown[-1].rows[0]
    assert accounted_cell(row).text == tasks_cell(row).text == "—"
    assert clock_cell(row).bar is not None


def test_a_case_that_waits_for_the_second_person_says_so(office, shown):
    office.stage.assessed()
    office.list.reload()
    assert state_chip(shown[-1].rows[0]).icon == "signature"


def test_a_late_case_is_loud(office, shown):
    office.stage.launched(recall_class=RecallClass.I)
    office.stage.database.clock.advance(timedelta(days=30))
    office.list.reload()
    row = shown[-1].rows[0]
    assert clock_cell(row).ink == "stop"
    assert tasks_cell(row).second


def test_a_scanned_case_code_is_found_and_an_unknown_one_is_named(office):
    case_id = office.stage.registered()
    found, missing = heard(office.list.case_found), heard(office.list.case_missing)
    numbers = heard(office.list.list_changed)
    office.list.set_visible(True)
    office.list.find_case(f"RD:CASE:{numbers[-1].rows[0].number}")
    assert found == [case_id]
    office.list.find_case("RD:CASE:RC-1999-0001")
    assert missing == ["RC-1999-0001"]


def test_only_who_runs_recalls_may_register(office):
    assert office.list.may_register
    office.sit("nurse")
    assert not office.list.may_register
