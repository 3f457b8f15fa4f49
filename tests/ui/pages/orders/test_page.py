"""The buyer orders by search and by scan, sees what came, and cancels the rest with a reason."""

from datetime import timedelta

import pytest
from sqlalchemy import select

from app.core.permissions import Role
from app.core.statuses.requisition import OrderState
from app.core.validity import Validity
from app.models.catalogue import Certificate, Product, Supplier
from app.queries.reader import Reader
from app.services.ordering import OrderingService
from app.services.renewing import RenewingService
from app.ui import language
from app.ui.pages.orders.page import OrdersPage
from app.ui.pages.orders.presenter import OrdersPresenter
from app.ui.pages.orders.suppliers_presenter import SuppliersPresenter
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
    suppliers = SuppliersPresenter(Reader(life.database), RenewingService(life.database), seat, ImmediateBackground())
    page = OrdersPage(presenter, suppliers)
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


def test_papers_that_end_are_marked_and_renewed_on_the_page(page, life):
    """The licence lapsed, a certificate ends soon; the new dates are typed, a wrong scope says so at its field."""
    said, today = heard(page.said), life.database.clock().date()
    life.house.batch("CVC", "A1", 5)
    with life.database.writing(None) as session:
        session.scalars(select(Supplier)).one().licence_valid_until = today - timedelta(days=3)
        certificate = session.get_one(Product, life.house.products["CVC"]).certificate_id
        session.get_one(Certificate, certificate).valid_until = today + timedelta(days=40)
    page.papers.click()
    view = page.suppliers
    assert [row.validity for row in view.papers.rows] == [Validity.LAPSED, Validity.SOON]
    assert "不能向这家供应商订货" in view.blocks.text()

    view.until.set_value((today + timedelta(days=900)).isoformat())
    view.scope.set_value("甲类")
    view.save.click()
    assert view.scope.error()
    view.scope.set_value("II、III")
    view.save.click()
    assert said[-1][1] == "ok"
    assert [row.validity for row in view.papers.rows] == [Validity.VALID, Validity.SOON]

    view.papers.choose(view.papers.rows[1].id)
    assert "到期" in view.blocks.text()
    language.switch_language("en")
    page.retranslate()
    assert "Ends on" in view.blocks.text()
    view.since.set_value("soon")
    view.save.click()
    assert view.since.error()
    view.since.set_value("2020-01-01")
    view.until.set_value((today + timedelta(days=900)).isoformat())
    view.save.click()
    assert view.suppliers.rows[0].worst is Validity.VALID
    page._step_back()
    assert page.stack.currentIndex() == 0
    page.show_target("suppliers")
    page.new.click()
    assert page.stack.currentIndex() == 1
