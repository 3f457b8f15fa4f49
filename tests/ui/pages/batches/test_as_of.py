"""The time machine on the batch card: there, back, and into a file."""

import json
from datetime import timedelta

import pytest

from app.ui import formats, language
from app.ui.pages.batches.page import BatchesPage
from app.ui.pages.batches.places_then import then_rows
from tests.stock_life import gs1


@pytest.fixture
def page(qtbot, presenter, life, master, files, visits):
    life.later(days=2)
    life.issue("A1", 5, to="clinic")
    page = BatchesPage(presenter, master, files, visits)
    qtbot.addWidget(page)
    page.resize(1178, 720)
    page.show()
    page.take_scan(gs1())
    page.card.ask_as_of.click()
    return page


def test_the_bar_opens_on_the_present_and_esc_closes_it(page):
    bar = page.card.as_of
    assert (bar.isVisible(), bar.words.isVisible(), bar.now.isVisible()) == (True, False, False)

    page.step_back()

    assert not bar.isVisible()


def test_yesterday_shows_what_was_then_and_nothing_can_be_done_to_it(page):
    page.card.as_of.shortcut.emit("yesterday")

    assert page.card.as_of.words.isVisible()
    assert "不是现在" in page.card.as_of.words.text()
    assert [(row.quantity, row.patients) for row in page.card.places.table.rows] == [(40, 0), (7, 1), (3, 0)]
    assert page.card.places.isVisible()
    assert not page.card.layers.isVisible()
    assert not any(button.isVisible() for button in (page.card.hold, page.card.aside, page.card.print))
    page.card._choose_line(page.card.ledger.rows[0])
    assert not page.card.correct.isVisible()
    page.step_back()
    assert page._presenter.card.as_of is None
    assert page.card.layers.isVisible()
    assert page.card.hold.isVisible()


def test_a_typed_moment_is_shown_and_one_before_everything_is_empty(page, life):
    page.card.as_of.field.set_value("2001-01-01 08:00")
    page.card.as_of.show_button.click()

    assert "还没有这个批次" in page.card.as_of.words.text()
    assert page.card.places.table.rows == ()
    language.switch_language("en")
    page.retranslate()
    assert "nothing of this batch" in page.card.as_of.words.text()
    page.card.as_of.now.click()
    assert page._presenter.card.as_of is None


@pytest.mark.parametrize("typed", ["gestern", "", "2999-01-01"])
def test_a_moment_that_cannot_be_shown_is_refused_at_its_field(page, typed):
    page.card.as_of.field.set_value(typed)
    page.card.as_of.show_button.click()

    assert page.card.as_of.words.isVisible()
    assert page.card.as_of.words.text()
    assert page.card.as_of.field.value() == typed


def test_the_start_of_a_case_and_the_end_of_last_month_are_a_press_away(page, life, presenter):
    life.recall("A1")
    life.later(hours=1)
    presenter.reload()

    page.card.as_of.shortcut.emit("RC-2026-0017")
    assert presenter.card.as_of == presenter.card.cases[0].at
    page.card.as_of.shortcut.emit("month")
    assert formats.moment(presenter.card.as_of)[11:] == "23:59"
    assert presenter.card.as_of < life.database.clock()


def test_what_is_shown_is_written_as_a_file(page, listen, tmp_path):
    said = listen(page.said)
    page.card.as_of.shortcut.emit("yesterday")
    page.card.as_of.csv.click()
    page.card.as_of.json.click()

    assert [tone for _, tone in said] == ["ok", "ok"]
    written = sorted((tmp_path / "papers").iterdir())
    assert [path.suffix for path in written] == [".csv", ".json"]
    told = json.loads(written[1].read_bytes())
    assert told["as_of"] == page._presenter.card.as_of.isoformat()
    assert told["lots"][0]["patients"] == 1


def test_another_batch_opens_on_the_present(page, life, presenter):
    other = life.house.batch("CVC", "B2", 5)
    page.card.as_of.shortcut.emit("yesterday")

    presenter.open(other)

    assert presenter.card.as_of is None
    assert not page.card.as_of.isVisible()


def test_patients_stand_once_per_ward(page, presenter, life):
    presenter._travel(life.database.clock() - timedelta(days=1))

    assert sum(row.patients for row in then_rows(presenter.card)) == 1
