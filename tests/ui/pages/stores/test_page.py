"""A few real scans, clicks and keys on the store page."""

import pytest

from app.ui import language
from app.ui.pages.stores.page import StoresPage
from tests.stock_life import gs1


def test_a_scan_becomes_a_line_and_is_sent_by_one_key(page, floor, listen, ears):
    said = listen(page.said)
    page.take_scan(gs1())

    assert page.transfers.strip.message() == "已加 CVC导管，批号 A1，1 件"
    page.transfers.send.send.click()
    assert said[-1][1] == "ok"
    assert "DB-" in said[-1][0]
    assert ears.heard == ["taken", "taken"]


def test_a_shelf_label_goes_to_the_shelves_from_any_tab(page):
    page.take_scan("RD:SHELF:A-01")

    assert page.tabs.current() == "shelves"
    assert page.shelves.strip.message() == "当前货架 A-01，请扫要上架的盒子"


def test_part_of_a_lot_is_laid_by_scan_with_a_typed_quantity(page, presenters):
    page.take_scan("RD:SHELF:A-01")
    presenters.shelves.add_shelves(["A-01"])
    tab = page.shelves
    tab.units.set_value("x")
    page.take_scan(gs1())
    assert tab.units.error()
    tab.units.set_value("3")
    tab.units.edited.emit()
    tab.units.set_error("")
    page.take_scan(gs1())
    assert tab.strip.message() == "批号 A1 的 3 件已放到货架 A-01"
    assert tab.units.value() == ""
    rows = {row.shelf: row.quantity for row in presenters.shelves.floor.lying if row.lot_no == "A1"}
    assert rows["A-01"] == 3
    assert rows[""] > 0
    tab.table.choose(tab.table.rows[0].id)
    tab.units.set_value("1 箱")
    page.take_scan(gs1())
    assert "基本单位" in tab.strip.message()
    tab.lay.click()
    assert "基本单位" not in tab.strip.message()


def test_a_document_on_its_way_is_opened_counted_and_booked(page, floor, seat, presenters, listen):
    sent = floor.send(floor.life.wanted("A1", 3), source="store", target="store2")
    presenters.coming.choose_store(floor.places["store2"])
    page.show_target(("transfer", sent.transfer_id))
    view = page.transfers.incoming
    page.take_scan(gs1())
    assert view.good.value() == "1"
    view.all_here.click()
    view.book.click()

    assert "全部收齐" in page.transfers.strip.message()
    assert not view.book.isVisible()


def test_a_slip_is_printed_and_its_code_opens_the_transfer(page, floor, listen):
    said = listen(page.said)
    sent = floor.send(floor.life.wanted("A1", 3), source="store", target="store2")
    assert page.take_scan(f"RD:TRANSFER:{sent.number}")
    view = page.transfers.incoming
    assert view._presenter.document.head.number == sent.number
    view.slip.click()
    assert sent.number in said[-1][0]


def test_a_stock_take_on_the_page(page, floor, listen):
    said = listen(page.said)
    page.show_target("counts")
    page.counts.list.start.click()
    page.take_scan(gs1())
    assert page.counts.strip.message() == "批号 A1：已点 1 件"
    page.counts.blind.finish.click()
    assert said[-1] == ("清点完成，1 行与账不符", "attention")
    page.take_scan(gs1())
    assert "核对" in page.counts.strip.message()
    page.counts.review.keep.click()
    assert page.counts.review.reason.error()
    page.counts.back.click()
    assert page.counts.stack.currentWidget() is page.counts.list


def test_typed_input_and_last_scans_follow_a_language_switch(page, floor, qtbot):
    page.take_scan(gs1())
    page.transfers.send.reason.set_value("因为")
    language.switch_language("en")

    qtbot.waitUntil(lambda: page.transfers.strip.verdicts()[0].verdict == "In order")
    assert page.transfers.send.reason.value() == "因为"


@pytest.mark.parametrize("target", ["send", "shelves", ("transfer", 1)])
def test_a_ward_gets_stock_takes_only(qtbot, presenters, target):
    page = StoresPage(presenters, lambda: False)
    qtbot.addWidget(page)
    page.show_target(target)

    assert page.tabs.current() == "counts"
    assert page.stack.currentWidget() is page.counts
