"""A few real clicks and keys on the batches page; how a batch and its trace read."""

import pytest

from app.core.statuses.locks import LockLayer
from app.core.statuses.verdict import Verdict
from app.queries.batch_card import batch_card
from app.queries.reader import Reader
from app.services.correcting import Corrected
from app.services.reassessing import CaseChanged
from app.services.supplementing import Supplemented
from app.ui import language
from app.ui.pages.batches.columns import where_text
from app.ui.pages.batches.page import BatchesPage
from app.ui.pages.batches.trace_look import flow_of
from tests.stock_life import gs1


@pytest.fixture
def page(qtbot, presenter, master, files, visits):
    page = BatchesPage(presenter, master, files, visits)
    qtbot.addWidget(page)
    page.resize(1178, 720)
    page.show()
    return page


def test_the_list_models_behave(page, qtmodeltester):
    qtmodeltester.check(page.list.table.model())


def test_enter_opens_a_batch_and_esc_steps_back(page):
    page.list.table.opened.emit(page.list.table.rows[0])
    assert page.stack.currentWidget() is page.card
    page.ask_hold()
    page.step_back()
    assert not page.form.isVisible()
    page.step_back()

    assert page.stack.currentWidget() is page.list


def test_typing_searches_after_a_pause_and_enter_at_once(page, qtbot):
    page.list.words.setText("ZZ9")
    page.list.words.returnPressed.emit()

    assert page.list.table.rows == ()
    page.list.set_words("")
    page.list.words.textEdited.emit("")
    qtbot.waitUntil(lambda: len(page.list.table.rows) == 1)


def test_a_filter_shows_only_its_batches(page, life):
    page.list.filters.chosen.emit("locked")

    assert page.list.table.rows == ()


def test_a_hold_asks_for_a_reason_then_stands_on_the_card(page, listen):
    said = listen(page.said)
    page.take_scan(gs1())
    page.ask_hold()
    page.form.send.click()
    assert page.form.reason.error()
    page.form.reason.set_value("外包装破损")
    page.form.send.click()

    assert said[-1] == ("批号 A1 已全院冻结。", "hold")
    assert not page.card.hold.isVisible()


def test_shelves_are_chosen_and_put_aside(page, listen):
    said = listen(page.said)
    page.take_scan(gs1())
    page.ask_aside()
    for box, _ in page.form._boxes:
        box.setChecked(False)
    page.form.send.click()
    assert page.form.reason.error()
    page.form._boxes[0][0].setChecked(True)
    page.form.send.click()

    assert said[-1][1] == "ok"


def test_lifting_shows_the_signature_with_what_is_lifted(page, life):
    life.hold("A1", reason="外包装破损")
    page.take_scan(gs1())
    page.ask_lift()

    assert page.pane.isVisible()
    page.pane.cancelled.emit()
    assert not page.pane.isVisible()


def test_a_line_is_corrected_from_the_ledger(page, life, listen):
    said = listen(page.said)
    life.issue("A1", 5, to="clinic")
    page.take_scan(gs1())
    issue = next(row for row in page.card.ledger.rows if row.document_no.startswith("FF-"))
    page.card._choose_line(issue)
    assert page.card.correct.isVisible()
    page.card.line_chosen.emit(issue)
    page.form.reason.set_value("点错科室")
    page.form.send.click()

    assert said[-1][1] == "ok"


def test_a_locked_correction_takes_a_second_person(page, life):
    life.issue("A1", 5, to="clinic")
    life.hold("A1")
    page.take_scan(gs1())
    issue = next(row for row in page.card.ledger.rows if row.document_no.startswith("FF-"))
    page.card.line_chosen.emit(issue)

    assert page.pane.isVisible()
    page.pane.signed.emit("inspector", "wrong", "点错科室")
    assert page.pane.password.error()


def test_a_place_in_the_picture_narrows_the_ledger(page, life):
    page.take_scan(gs1())
    every = len(page.card.ledger.rows)
    page.card.flow.opened.emit(f"place:{life.house.places['icu']}")
    assert 0 < len(page.card.ledger.rows) < every
    page.card.flow.opened.emit("used")
    assert len(page.card.ledger.rows) == 1
    page.card.flow.opened.emit("used")

    assert len(page.card.ledger.rows) == every


def test_the_picture_adds_up_and_names_locked_shelves(life):
    life.hold("A1")
    card = Reader(life.database).fetch(batch_card, life.batch_id)

    flow = flow_of(card)

    assert flow.total == sum(node.value for node in flow.states) == 50
    assert {node.name for node in flow.states} == {"在库（已锁）", "科室（已锁）", "已用于患者"}
    assert sum(link.value for link in flow.links) == 50
    assert all(hop.is_equal for hop in flow.hops)
    assert flow.source_title == "中心库"


def test_many_places_are_summed_up_as_others(life):
    card = Reader(life.database).fetch(batch_card, life.batch_id)
    place = card.trace.destinations[0]
    from dataclasses import replace

    many = replace(card, trace=replace(card.trace, destinations=tuple(replace(place, location_id=n) for n in range(9))))

    flow = flow_of(many)

    assert len(flow.places) == 5
    assert flow.places[-1].name == "其他 5 处"
    assert sum(link.value for link in flow.links) == 9 * place.quantity


def test_history_is_said_in_both_languages_without_the_patient(life):
    life.hold("A1", reason="外包装破损")
    rows = Reader(life.database).fetch(batch_card, life.batch_id).history

    zh = [where_text(row) for row in rows]
    language.switch_language("en")
    en = [where_text(row) for row in rows]

    assert "重症医学科 · 患者 ●●●● 4471" in zh
    assert "ICU · patient ●●●● 4471" in en
    assert "Central store → ICU" in en
    assert not any("ZY2026" in words for words in zh + en)


def test_a_language_switch_speaks_the_card_again(page, qtbot):
    page.take_scan(gs1())
    language.switch_language("en")

    qtbot.waitUntil(lambda: "CVC catheter" in page.card.head.trail.text())


def test_a_target_opens_the_card(page, life):
    page.show_target(life.batch_id)
    page.show_target(None)

    assert page.card.head.title.text() == "A1"


def test_a_filter_without_a_chip_has_one_while_the_workbench_asks_for_it(page):
    page.show_target("state:no_production")

    assert page.list.filters.current() == "no_production"
    assert [row.lot_no for row in page.list.table.rows] == ["A1"]
    page.show_target("")
    assert page.list.filters.current() == "all"


def test_what_is_owed_again_or_judged_anew_is_said(page, listen):
    """A correction of an issue opens its requisition; a corrected lot is judged anew by the open cases."""
    said = listen(page.said)
    page._say_corrected(Corrected("CZ-1", 1, quarantined=False, requisition="LY-7", changes=frozenset()))
    case = CaseChanged("RC-2026-0017", Verdict.AFFECTED, Verdict.NOT_AFFECTED)
    page.master._completed(Supplemented(1, (LockLayer.ON_HOLD,), (case,)))

    assert said[0] == ("已冲正 CZ-1。申领单 LY-7 重新待发。", "ok")
    assert said[1][0].endswith("重新判定：RC-2026-0017 涉及 → 不涉及。")
