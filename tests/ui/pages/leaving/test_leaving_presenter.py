"""What a scan starts and adds, what is ticked, who signs, and the paper that is made at once."""

import pytest

from app.core.permissions import Role
from app.core.statuses.leaving import DepartureKind, DepartureState
from app.core.statuses.locks import LockLayer
from app.queries.reader import Reader
from app.services.departing import DepartingService
from app.services.departure_papers import DeparturePaperService
from app.services.signing_in import SigningInService
from app.ui.pages.leaving.page import LeavingPage
from app.ui.pages.leaving.presenter import LeavingPresenter
from app.ui.seat import Seat
from app.ui.signers import Signed
from tests.fakes.immediate import ImmediateBackground
from tests.kit_life import kit_life
from tests.services.test_departing import Gate
from tests.stock_life import gs1
from tests.ui.desks import PASSWORD, password_hash

WITNESS = Signed("witness", PASSWORD, "torn boxes")


@pytest.fixture
def gate(sqlite_database):
    gate = Gate(sqlite_database, kit_life(sqlite_database).house)
    gate.house.person("witness", Role.QUALITY_INSPECTOR, place="store", password_hash=password_hash())
    gate.house.batch("CVC", "A1", 10)
    return gate


@pytest.fixture
def presenter(gate, qapp, tmp_path):
    seat, database = Seat(), gate.database
    seat.move_to(gate.house.places["store"])
    seat.take(gate.actor("keeper"))
    presenter = LeavingPresenter(
        Reader(database),
        DepartingService(database),
        DeparturePaperService(database),
        SigningInService(database),
        database.clock,
        seat,
        ImmediateBackground(),
        tmp_path,
    )
    presenter.set_visible(True)
    presenter.choose_place(gate.house.places["store"])
    return presenter


def heard(signal) -> list:
    got: list = []
    signal.connect(lambda *values: got.append(values[0] if len(values) == 1 else values))
    return got


def box(lot: str = "A1") -> str:
    return gs1(lot, None)


def test_a_box_asks_first_whether_it_goes_back_or_is_destroyed(presenter):
    said = heard(presenter.answered)

    presenter.take_scan(box())
    presenter.begin(DepartureKind.RETURN)
    presenter.take_scan(box())
    presenter.take_scan(box())

    assert [one.key for one in said] == ["choose_kind", "added", "added"]
    assert presenter.card.row.supplier.said_in("en") == "Test Supplier"
    assert [line.quantity for line in presenter.card.lines] == [2]


def test_another_suppliers_box_is_refused_and_the_draft_stays(presenter, gate):
    gate.house.batch("CVC", "B1", 5, supplier="other")
    said = heard(presenter.answered)
    presenter.begin(DepartureKind.RETURN)
    presenter.take_scan(box())
    presenter.take_scan(box("B1"))

    assert said[-1].error.code == "departures.other_supplier"
    assert len(presenter.card.lines) == 1


def test_ticked_goods_start_a_disposal_and_the_witness_signs_in_place(presenter, gate, tmp_path):
    gate.locked_batch("BAD", LockLayer.REJECTED, 3)
    presenter.reload()
    presenter.toggle(next(row for row in presenter.sight.waiting if row.lot_no == "BAD"))
    done, refused = heard(presenter.done), heard(presenter.sign_refused)
    presenter.begin(DepartureKind.DISPOSAL)
    assert [(line.lot_no, line.quantity) for line in presenter.card.lines] == [("BAD", 3)]

    presenter.destroy("shred", "waste_store", Signed("witness", "wrong", "torn"))
    assert refused[0].code == "wrong_password"
    presenter.destroy("shred", "waste_store", WITNESS)

    assert presenter.card.row.state is DepartureState.DESTROYED
    assert [key for key, _ in done] == ["destroy", "printed"]
    assert (tmp_path / f"{presenter.card.row.number}.pdf").read_bytes().startswith(b"%PDF")
    assert presenter.sight.figures.destroyed == 3
    assert presenter.sight.waiting == ()


def test_what_a_recall_holds_cannot_be_ticked(presenter, gate):
    gate.aside("A1", 2)
    gate.recall("A1", number="RC-2026-0031")
    presenter.reload()
    said = heard(presenter.answered)

    presenter.toggle(presenter.sight.waiting[0])

    assert said[0].key == "through_case"
    assert presenter.chosen == ()


def test_a_paper_opens_its_document_and_an_unknown_one_is_answered(presenter, gate):
    draft = gate.draft()
    number = gate.of(draft).number
    said = heard(presenter.answered)

    presenter.take_scan(f"RD:RETURN:{number}")
    presenter.take_scan("RD:RETURN:TC-0")
    presenter.take_scan("RD:PLACE:quarantine")
    presenter.take_scan("RD:PLACE:nowhere")

    assert [one.key for one in said] == ["opened", "no_paper", "place", "refused"]
    assert presenter.card.row.id == draft
    assert not presenter.take_scan("RD:TASK:1")


def test_a_return_goes_all_the_way_on_the_page(presenter, gate, qtbot):
    page = LeavingPage(presenter)
    qtbot.addWidget(page)
    page.show()
    presenter.reload()
    page.begin_return.click()
    assert page.take_scan(box())
    page.pane.act.click()
    assert page.pane.carrier.error()
    page.pane.carrier.set_value("SF")
    page.pane.waybill.set_value("SF-1")

    page.pane.act.click()
    assert page.pane.is_asking
    page.pane.signature.person.set_value("witness")
    page.pane.signature.reason.set_value("Torn boxes")
    page.pane.signature.password.set_value(PASSWORD)
    page.pane.signature.sign_button.click()

    assert presenter.card.row.state is DepartureState.HANDED_OVER
    assert not page.pane.is_asking
    page.pane.received_at.set_value("yesterday")
    page.pane.act.click()
    assert page.pane.received_at.error()
    page.pane.received_at.set_value(presenter.now.astimezone().strftime("%Y-%m-%d %H:%M"))
    page.pane.act.click()
    assert presenter.card.row.state is DepartureState.RECEIVED


def test_a_line_is_changed_and_taken_off_in_the_pane(presenter, qtbot):
    page = LeavingPage(presenter)
    qtbot.addWidget(page)
    page.show()
    page.begin_disposal.click()
    page.take_scan(box())
    page.lines.selectRow(0)
    page.pane.quantity.set_value("4")
    page.pane.quantity.entered.emit("4")
    assert presenter.card.lines[0].quantity == 4
    page.pane.show_line(presenter.card.lines[0])
    page.pane.quantity.set_value("3 件")
    page.pane.quantity.entered.emit("3 件")
    assert presenter.card.lines[0].quantity == 3

    page.lines.selectRow(0)
    page.pane.remove.click()

    assert presenter.card.lines == ()
    page.pane.cancel.click()
    assert presenter.card.row.state is DepartureState.CANCELLED
