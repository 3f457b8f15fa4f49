"""The seven groups on the card: what lacks is said with its reason, and a person completes it there."""

import csv

import pytest

from app.core.batch_master import MasterGroup
from app.core.permissions import Role
from app.core.statuses.supplement import SupplementField
from app.models.catalogue import Product
from app.queries.batches import BatchFilter
from app.services.signing_in import hash_password
from app.ui import language
from app.ui.pages.batches.page import BatchesPage

PASSWORD = "Second-Hand-12"


@pytest.fixture
def page(qtbot, presenter, master, files, visits, life):
    with life.database.writing(None) as session:
        session.get_one(Product, life.house.products["CVC"]).needs_production = True
    page = BatchesPage(presenter, master, files, visits)
    qtbot.addWidget(page)
    page.resize(1178, 720)
    page.show()
    presenter.open(life.batch_id)
    return page


def words(widget) -> str:
    from PySide6.QtWidgets import QAbstractButton, QLabel

    labels = [one.text() for one in widget.findChildren(QLabel)]
    return "\n".join(labels + [one.accessibleName() for one in widget.findChildren(QAbstractButton)])


def test_the_strip_says_the_score_and_a_lamp_for_each_group(page):
    assert page.card.strip.score.text() == "完整度 94 分"
    assert page.card.strip.links[MasterGroup.DATES].text() == "日期 缺 1"
    assert page.card.strip.links[MasterGroup.IDENTITY].text() == "身份"


def test_a_group_opens_the_pane_with_the_gap_and_its_source(page):
    page.card.strip.links[MasterGroup.DATES].click()

    assert page.master.isVisible()
    told = words(page.master.pane)
    assert "缺：生产日期" in told
    assert "注册的唯一标识" in told
    assert "补录生产日期" in told
    language.switch_language("en")
    page.retranslate()
    assert "Missing: Production date" in words(page.master.pane)


def test_a_production_date_is_added_with_a_reason(page, listen, master):
    said = listen(page.said)
    page.ask_master("")
    page.master.ask(SupplementField.PRODUCTION_ON)
    page.master.form.send.click()
    assert page.master.form.day.error()
    page.master.form.day.set_value("2025-03-01")
    page.master.form.send.click()
    assert page.master.form.reason.error()
    page.master.form.reason.set_value("外箱标签")
    page.master.form.send.click()

    assert said[-1][1] == "ok"
    assert master.master.value(SupplementField.PRODUCTION_ON) == "2025-03-01"
    assert "外箱标签" in words(page.master.pane)


def test_a_lot_is_corrected_by_a_second_person_who_signs_in_place(page, listen, life, presenter):
    life.house.person("second", Role.STOREKEEPER, password_hash=hash_password(PASSWORD))
    said = listen(page.said)
    page.ask_master("")
    page.master.ask(SupplementField.LOT_NO)
    page.master.form.text.set_value("AI")
    page.master.form.reason.set_value("标签复核")
    page.master.form.send.click()
    assert page.master.signing.isVisible()
    page.master.signing.signed.emit("second", "wrong", "")
    assert page.master.signing.password.error()
    page.master.signing.signed.emit("second", PASSWORD, "")

    assert said[-1][1] == "ok"
    assert presenter.card.lot_no == "AI"
    presenter.search("A1")
    assert [row.lot_no for row in page.list.table.rows] == ["AI"]


def test_a_refused_value_says_why_and_stays(page):
    page.ask_master("")
    page.master.ask(SupplementField.PRODUCTION_ON)
    page.master.form.day.set_value("2098-01-01")
    page.master.form.reason.set_value("外箱标签")
    page.master.form.send.click()

    assert page.master.form.day.error()
    assert page.master.form.day.value() == "2098-01-01"


def test_esc_goes_from_the_form_to_the_pane_to_the_card(page):
    page.ask_master("")
    page.master.ask(SupplementField.PRODUCTION_ON)
    page.step_back()
    assert page.master.pane.isVisible()
    page.step_back()
    assert not page.master.isVisible()
    assert page.stack.currentWidget() is page.card


def test_the_list_of_gaps_goes_into_a_file(page, presenter, master, listen, tmp_path):
    made = listen(master.exported)
    presenter.close()
    presenter.show_target("state:gaps")
    assert page.list.export.isVisible()
    assert page.list.filters.current() == BatchFilter.GAPS.value
    page.list.export.click()

    path, count = made[-1]
    with open(path, encoding="utf-8-sig", newline="") as file:
        rows = list(csv.reader(file))
    assert (len(rows), rows[0][0]) == (count + 1, "批号")
    assert any(row[7] == "生产日期" for row in rows[1:])
