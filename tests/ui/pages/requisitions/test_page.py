"""A ward asks by scan and from its usual list; the store picks by scan and issues; a lock is said to the ward."""

from datetime import date

import pytest

from app.core.permissions import Role
from app.core.statuses.requisition import RequisitionState
from app.models.persons import Setting
from app.queries.house_rules import LIMIT_KEY
from app.queries.reader import Reader
from app.services.requisitioning import RequisitioningService
from app.ui import language
from app.ui.pages.requisitions.columns import DECIDING_COLUMNS
from app.ui.pages.requisitions.page import RequisitionsPage
from app.ui.pages.requisitions.presenter import RequisitionsPresenter
from app.ui.seat import Seat
from tests.fakes.immediate import ImmediateBackground
from tests.stock_life import DI, stock_life


@pytest.fixture
def life(sqlite_database):
    life = stock_life(sqlite_database)
    life.house.person("head2", Role.DEPT_HEAD, place="icu")
    life.house.batch("CVC", "LATE", 40, expiry=date(2049, 1, 1))
    life.house.batch("CVC", "SOON", 30, expiry=date(2047, 1, 1))
    life.issue("SOON", 5)
    return life


@pytest.fixture
def sit(life, qtbot):
    def sit(login: str) -> RequisitionsPage:
        seat = Seat()
        seat.take(life.actor(login))
        presenter = RequisitionsPresenter(
            Reader(life.database), RequisitioningService(life.database), life.issuing, seat, ImmediateBackground()
        )
        page = RequisitionsPage(presenter)
        qtbot.addWidget(page)
        page.resize(1178, 720)
        page.show()
        return page

    return sit


def box(lot: str, expiry: str) -> str:
    return f"01{DI}17{expiry}10{lot}"


def heard(signal) -> list:
    said = []
    signal.connect(lambda *what: said.append(what))
    return said


def ask(page, quantity=20):
    page.new.click()
    page.asking.products.opened.emit(page.asking.products.rows[0])
    page.asking.basket.choose(page.asking.basket.rows[0].product.id)
    page.asking.quantity.set_number(quantity)
    page.asking.send.click()


def test_a_ward_asks_from_its_usual_list(sit):
    page = sit("nurse")
    said = heard(page.said)
    ask(page)

    assert said[-1][1] == "ok"
    assert [row.state for row in page.table.rows] == [RequisitionState.APPROVED]
    assert page.one.lines.rows[0].reserved == 20
    assert page.one.withdraw.isVisible()
    assert not page.one.issue.isVisible()


def test_a_scan_of_an_empty_box_asks_for_it_again(sit):
    page = sit("nurse")
    page.take_scan(f"01{DI}")
    page.take_scan(f"01{DI}")

    assert [(line.product.ref, line.quantity) for line in page.asking.basket.rows] == [("REF-CVC", 2)]


def test_the_store_picks_by_scan_and_a_later_expiry_asks_why(sit):
    ask(sit("nurse"), 30)
    page = sit("keeper")
    said = heard(page.said)
    page.take_scan(box("LATE", "490101"))
    assert page.one.reason.isVisible()
    page.one.issue.click()
    assert page.one.reason.error()
    page.one.drop.click()
    for _ in range(25):
        page.take_scan(box("SOON", "470101"))
    assert not page.one.reason.isVisible()
    page.one.issue.click()

    assert said[-1][1] == "ok"
    assert [(row.state, row.missing) for row in page.table.rows] == [(RequisitionState.PARTLY, 5)]


def test_a_box_nobody_asked_for_is_refused(sit, life):
    life.house.product("ALT", "06999999912028")
    life.house.batch("ALT", "SUB", 30, expiry=date(2047, 1, 1))
    ask(sit("nurse"))
    page = sit("keeper")
    page.one.lines.clearSelection()
    page.one.lines.setCurrentIndex(page.one.lines.model().index(-1, -1))
    refused = heard(page._presenter.refused)
    page.take_scan("0106999999912028" + "17470101" + "10SUB")

    assert refused[0][0].code == "requisition.not_asked_for"
    assert page.one.picked.rows == ()


def test_a_head_approves_what_another_asked(sit, life):
    from app.models.persons import Setting

    with life.database.writing(None) as session:
        session.add(Setting(key="requisition.limit", value="3", changed_by=None, changed_at=life.database.clock()))
    ask(sit("nurse"))
    page = sit("head2")
    page.one.deny.click()
    assert page.one.reason.error()
    page.one.approve.click()

    assert page.table.rows[0].state is RequisitionState.APPROVED


def test_the_ward_reads_what_a_lock_took(sit, life):
    ask(sit("nurse"))
    life.hold("SOON")
    page = sit("nurse")

    assert "批号 SOON 的 20 件预留" in page.one.taken_away.text()
    language.switch_language("en")
    page.retranslate()
    told = page.one.taken_away.text()
    assert "put the lot on hold" in told
    assert "wait for the issue. 20 units are missing and the store has 20 of other lots" in told


def test_a_recall_is_named_and_the_ward_learns_that_nothing_is_left(sit, life):
    language.switch_language("en")
    ask(sit("nurse"))
    life.hold("LATE")
    life.recall("SOON")
    page = sit("nurse")
    told = page.one.taken_away.text()

    assert "recall RC-2026-0017 locked the lot" in told
    assert "only 0 of other lots are free. Ask the store for a substitute" in told


def test_the_coordinator_reads_a_requisition_of_any_ward_and_a_ward_does_not(sit, life):
    ask(sit("nurse"))
    page = sit("nurse")
    asked = page.table.rows[0].id
    page = sit("coordinator")
    page.show_target(asked)

    assert page.one.card.isVisible()
    assert [row.id for row in page.table.rows] == [asked]
    assert not any(button.isVisible() for button in (page.one.issue, page.one.approve, page.one.withdraw))
    life.house.person("nurse9", Role.DEPT_LIAISON, place="clinic")
    other = sit("nurse9")
    failed = heard(other._presenter.failed)
    other.show_target(asked)
    assert failed[0][0].code == "not_found"
    assert not other.table.rows


def test_esc_leaves_a_new_requisition_and_keeps_what_was_chosen(sit):
    page = sit("nurse")
    page.show_target("new")
    page.asking.products.opened.emit(page.asking.products.rows[0])
    page.asking.back.click()
    page.show_target("new")

    assert len(page.asking.basket.rows) == 1


def test_a_ward_asks_in_packages(sit):
    page = sit("nurse")
    page.new.click()
    page.asking.products.opened.emit(page.asking.products.rows[0])
    page.asking.basket.choose(page.asking.basket.rows[0].product.id)
    page.asking.quantity.set_value("2箱 5")
    page.asking.quantity.entered.emit("")
    assert [line.quantity for line in page.asking.basket.rows] == [45]
    page.asking.quantity.set_value("2托")
    page.asking.quantity.entered.emit("")
    assert "1 箱 = 20 件" in page.asking.quantity.error()
    assert [line.quantity for line in page.asking.basket.rows] == [45]


def test_the_head_sees_in_stock_reserved_free_and_inbound_before_deciding(sit, life):
    with life.database.writing(None) as session:
        session.add(Setting(key=LIMIT_KEY, value="10", changed_by=None, changed_at=life.database.clock()))
    ask(sit("nurse"), 8)
    ask(sit("nurse"), 20)
    head = sit("head2")
    shown = [not head.one.lines.isColumnHidden(number) for number in DECIDING_COLUMNS]
    row = head.one.lines.rows[0]
    assert shown == [True] * 4
    assert (row.stock.in_stock, row.stock.reserved, row.stock.free, row.stock.inbound) == (65, 8, 57, 0)
