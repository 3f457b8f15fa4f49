"""Whose use it was, on the batch page: for the entitled, with a reason, and gone when the pane is."""

import pytest

from app.core.permissions import Role
from app.queries.patient_looks import patient_looks
from app.queries.reader import Reader
from app.ui.language import say
from app.ui.pages.batches.page import BatchesPage
from app.ui.pages.settings.looks_presenter import LooksPresenter
from app.ui.pages.settings.looks_tab import LooksTab
from tests.ui.pages.batches.test_master import words

VISIT = "ZY20261234471"


@pytest.fixture
def page(qtbot, presenter, master, files, visits, life):
    page = BatchesPage(presenter, master, files, visits)
    qtbot.addWidget(page)
    page.resize(1178, 720)
    page.show()
    return page


@pytest.fixture
def head(page, presenter, life, seat):
    """The head of the ICU looks at the batch of which three units were used there."""
    seat.take(life.actor("head"))
    presenter.open(life.batch_id)
    return page


def looks(life):
    return Reader(life.database).fetch(patient_looks)


def test_a_number_is_shown_for_a_reason_and_forgotten_when_the_pane_closes(head, life, qtbot):
    head.card.visits.click()
    assert VISIT not in words(head)
    head.visits.show_them.click()
    assert head.visits.reason.error() == say("visits.reason_missing")
    assert looks(life) == []

    head.visits.reason.set_value("召回随访")
    head.visits.show_them.click()
    assert VISIT in words(head.visits)
    assert [row.reason for row in looks(life)] == ["召回随访"]
    head.step_back()
    qtbot.waitUntil(lambda: VISIT not in words(head))
    head.card.visits.click()
    assert VISIT not in words(head.visits)
    assert head.visits.reason.value() == ""


def test_another_page_forgets_the_numbers_too(head, qtbot):
    head.card.visits.click()
    head.visits.reason.set_value("召回随访")
    head.visits.show_them.click()
    head.hide()
    head.show()

    qtbot.waitUntil(lambda: VISIT not in words(head))


def test_who_may_not_see_patients_finds_no_button_and_a_role_that_ended_is_refused(page, presenter, life, seat):
    presenter.open(life.batch_id)
    assert page.card.visits.isHidden()

    seat.take(life.actor("head"))
    presenter.open(life.batch_id)
    page.card.visits.click()
    seat.take(life.actor("keeper"))
    page.visits.reason.set_value("x")
    page.visits.show_them.click()
    assert page.visits.reason.error()
    assert looks(life) == []


def test_the_auditor_reads_who_looked_and_nobody_else_does(head, life, seat, instantly, qtbot):
    head.card.visits.click()
    head.visits.reason.set_value("召回随访")
    head.visits.show_them.click()
    presenter = LooksPresenter(Reader(life.database), seat, instantly)
    tab = LooksTab(presenter)
    qtbot.addWidget(tab)
    tab.show()
    assert tab.table.rows == ()

    life.house.person("auditor2", Role.AUDITOR)
    seat.take(life.actor("auditor2"))
    presenter.reload()
    assert [(row.person.en, row.lot_no, row.reason) for row in tab.table.rows] == [("Head", "A1", "召回随访")]
