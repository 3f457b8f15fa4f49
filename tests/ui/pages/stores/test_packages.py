"""Transfers and stock-takes take quantities in packages, show them, and say a unit nobody knows."""

from tests.stock_life import GOOD_UNTIL, gs1


def test_a_transfer_is_counted_in_packages(page, floor, presenters):
    floor.life.house.batch("CVC", "B1", 60, expiry=GOOD_UNTIL)
    page.take_scan(gs1("B1"))
    send = page.transfers.send
    send.quantity.set_value("2箱 3件")
    send.quantity.entered.emit("")
    assert presenters.sending.lines[0].quantity == 43
    send.quantity.set_value("2托")
    send.quantity.entered.emit("")
    assert "1 箱 = 20 件" in send.quantity.error()
    send.quantity.set_value("4箱")
    send.quantity.entered.emit("")
    assert "60" in send.quantity.error()
    assert presenters.sending.lines[0].quantity == 43


def test_a_stock_take_is_typed_in_packages(page, floor, presenters):
    count_id = floor.open_count("store", "CVC")
    page.show_target(("count", count_id))
    blind = page.counts.blind
    blind.product.set_value(str(floor.life.house.products["CVC"]))
    blind.product.chosen.emit(blind.product.value())
    blind.lot.set_value("A1")
    blind.hand_total.set_value("1托")
    blind.add.click()
    assert "1 箱 = 20 件" in blind.hand_total.error()
    blind.hand_total.set_value("1箱 4")
    blind.add.click()
    assert [(row.lot_no, row.total) for row in floor.count(count_id).found] == [("A1", 24)]
    blind.total.set_value("2箱")
    blind.total.entered.emit("")
    assert [row.total for row in floor.count(count_id).found] == [40]


def test_an_arrival_is_counted_in_packages(page, floor, presenters):
    floor.life.house.batch("CVC", "B1", 60, expiry=GOOD_UNTIL)
    sent = floor.send(floor.life.wanted("B1", 45), reason="近效期先调")
    presenters.coming.choose_store(floor.places["store2"])
    page.show_target(("transfer", sent.transfer_id))
    view = page.transfers.incoming
    view.good.set_value("2箱 4")
    view.good.entered.emit("")
    assert presenters.coming.document.lines[0].good == 44
    view.good.set_value("1托")
    view.good.entered.emit("")
    assert "1 箱 = 20 件" in view.good.error()
