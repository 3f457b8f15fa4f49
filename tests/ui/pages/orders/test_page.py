"""The buyer orders by search and by scan, sees what came, and cancels the rest with a reason."""

import pytest

from app.core.permissions import Role
from app.core.statuses.requisition import OrderState
from app.queries.reader import Reader
from app.services.ordering import OrderingService
from app.ui import language
from app.ui.pages.orders.page import OrdersPage
from app.ui.pages.orders.presenter import OrdersPresenter
from app.ui.seat import Seat
from tests.fakes.immediate import ImmediateBackground
from tests.stock_life import DI, stock_life


@pytest.fixture
def life(sqlite_database):
    life = stock_life(sqlite_database)
    life.house.person("buyer", Role.BUYER)
    return life


@pytest.fixture
def page(life, qtbot):
    seat = Seat()
    seat.take(life.actor("buyer"))
    presenter = OrdersPresenter(Reader(life.database), OrderingService(life.database), seat, ImmediateBackground())
    page = OrdersPage(presenter)
    qtbot.addWidget(page)
    page.resize(1178, 720)
    page.show()
    return page


def heard(signal) -> list:
    said = []
    signal.connect(lambda *what: said.append(what))
    return said


def order(page, quantity=30):
    page.new.click()
    page.asking.words.setText("CVC")
    page.asking.words.returnPressed.emit()
    page.asking.products.opened.emit(page.asking.products.rows[0])
    page.asking.quantity.set_number(quantity)
    page.asking.supplier.set_value(page.asking.supplier.combo._options[0].key)
    page.asking.send.click()


def test_an_order_is_put_together_and_sent(page):
    said = heard(page.said)
    order(page)

    assert said[-1][1] == "ok"
    assert [(row.state, row.inbound) for row in page.table.rows] == [(OrderState.ORDERED, 30)]
    assert page.lines.rows[0].received == 0


def test_without_a_supplier_nothing_is_sent(page):
    page.take_scan(f"01{DI}")
    assert [line.quantity for line in page.asking.basket.rows] == [1]
    page.asking.send.click()

    assert page.asking.supplier.error()
    assert page.table.rows == ()


def test_a_cancelled_order_says_why(page):
    order(page)
    page.cancel.click()
    assert page.reason.error()
    page.reason.set_value("停产")
    page.cancel.click()

    assert page.table.rows[0].state is OrderState.CANCELLED
    assert not page.cancel.isVisible()


def test_an_unknown_box_is_answered_and_esc_goes_back(page):
    said = heard(page.said)
    page.take_scan("not a code")
    assert said[-1][1] == "attention"
    page.show_target("new")
    page.asking.back.click()
    assert page.stack.currentIndex() == 0
    language.switch_language("en")
    page.retranslate()
