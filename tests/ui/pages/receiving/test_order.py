"""A delivery that names an order: what is still missing is shown, what is too much is said, and nothing is blocked."""

import pytest

from app.core.permissions import Role
from app.services.ordering import OrderingService
from app.services.receiving import DeliveryHead
from app.ui import language
from tests.services.receiving_bay import CARTON, FAR, MASK, label


@pytest.fixture
def order(bay):
    """60 boxes of CVC from the supplier, of which 20 came yesterday."""
    hospital = bay.hospital
    hospital.person("the_buyer", Role.BUYER)
    lines = [(hospital.products["CVC"], 60), (hospital.products["STENT"], 2)]
    ordered = OrderingService(bay.database).order(
        actor=bay.actor("the_buyer"), supplier_id=hospital.suppliers["supplier"], lines=lines
    )
    name_order(bay, ordered.number)
    bay.scan(label(CARTON, "26A0001", FAR))
    bay.post()
    bay.delivery_id = bay.open()
    name_order(bay, ordered.number)
    return ordered.number


def name_order(bay, number: str) -> None:
    head = DeliveryHead(bay.hospital.suppliers["supplier"], number)
    bay.service.change_head(actor=bay.actor(), delivery_id=bay.delivery_id, head=head)


def figures(presenter):
    return [(line.ordered, line.received, line.here, line.missing, line.over) for line in presenter.ordered]


def test_each_scan_moves_what_is_still_missing(order, opened):
    assert figures(opened) == [(60, 20, 0, 40, 0), (2, 0, 0, 2, 0)]
    opened.scan(label(CARTON, "26A0418", FAR))
    assert figures(opened) == [(60, 20, 20, 20, 0), (2, 0, 0, 2, 0)]
    opened.scan(label(CARTON, "26A0418", FAR))
    assert figures(opened)[0] == (60, 20, 40, 0, 0)
    opened.take_back()
    assert figures(opened)[0] == (60, 20, 20, 20, 0)


def test_more_than_ordered_is_said_and_taken(order, opened, played, bay):
    answers = []
    opened.answered.connect(answers.append)
    for _ in range(3):
        opened.scan(label(CARTON, "26A0418", FAR))
    assert [answer.over.units if answer.over else 0 for answer in answers] == [0, 0, 20]
    assert played == ["taken", "taken", "look"]
    opened.scan(label(MASK))
    assert (answers[-1].over.is_ordered, answers[-1].over.number) == (False, order)
    opened.post()
    assert opened.refusals == []
    assert bay.card().receipt_no


def test_goods_that_are_refused_do_not_count(order, opened):
    opened.scan(label(CARTON, "26A0419", FAR.replace(year=2020)))
    assert figures(opened)[0] == (60, 20, 0, 40, 0)


def test_the_page_shows_the_order_in_both_languages(order, page, bay, qapp):
    page.show_target(bay.delivery_id)
    bar = page.order_bar
    assert bar.isVisible()
    assert "还差 40" in bar.chips[0].accessibleName()
    for _ in range(3):
        page.take_scan(label(CARTON, "26A0418", FAR))
    assert "超出 20" in page.order_bar.chips[0].accessibleName()
    assert "采购员" in page.strip.message()
    language.switch_language("en")
    qapp.processEvents()
    try:
        assert "20 too many" in page.order_bar.chips[0].accessibleName()
    finally:
        language.switch_language("zh")


def test_a_number_that_is_no_order_of_ours_shows_no_order(page, bay):
    page.show_target(bay.delivery_id)
    assert not page.order_bar.isVisible()
