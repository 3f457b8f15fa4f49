"""What waits to leave, what is under way and what left: in units that add up to the ledger."""

import uuid
from datetime import timedelta

import pytest

from app.core.statuses.leaving import DepartureKind, DepartureState
from app.core.statuses.locks import LockLayer
from app.models.stock import Movement
from app.queries.departures import departure_by_number, departure_card, finished_departures, open_departures
from app.queries.leaving import WaitReason, leaving_figures, waiting_goods
from tests.kit_life import kit_life
from tests.services.test_departing import DISPOSAL, Gate


@pytest.fixture
def gate(database):
    return Gate(database, kit_life(database).house)


def ask(gate, query, *args):
    with gate.database.reading() as session:
        return query(session, *args)


def waiting(gate, after: timedelta = timedelta()):
    return {row.lot_no: row for row in ask(gate, waiting_goods, gate.database.clock() + after)}


def test_expired_rejected_and_quarantined_goods_wait_with_their_age(gate):
    gate.locked_batch("BAD", LockLayer.REJECTED, 3)
    gate.locked_batch("OLD", LockLayer.EXPIRED, 4)
    gate.house.batch("CVC", "TORN", 9)
    gate.aside("TORN", 2)
    gate.house.batch("CVC", "GOOD", 5)
    gate.house.batch("CVC", "CALLED", 5)
    gate.aside("CALLED", 5)
    gate.recall("CALLED", number="RC-2026-0009")

    rows = waiting(gate, timedelta(days=3, hours=1))

    assert {lot: (row.why, row.quantity) for lot, row in rows.items()} == {
        "BAD": (WaitReason.REJECTED, 3),
        "OLD": (WaitReason.EXPIRED, 4),
        "TORN": (WaitReason.QUARANTINED, 2),
        "CALLED": (WaitReason.RECALLED, 5),
    }
    assert rows["TORN"].days == 3
    assert rows["OLD"].days > 365
    assert rows["CALLED"].case_number == "RC-2026-0009"


def test_what_stands_on_a_draft_is_counted_once(gate):
    gate.locked_batch("BAD", LockLayer.REJECTED, 5)
    draft = gate.draft()
    gate.scan_in(draft, "BAD", 3)

    row = waiting(gate)["BAD"]
    assert (row.quantity, row.on_drafts, row.left) == (5, 3, 2)

    gate.leave(draft)
    row = waiting(gate)["BAD"]
    assert (row.quantity, row.on_drafts, row.left) == (2, 0, 2)


def test_documents_are_under_way_until_they_are_received_or_destroyed(gate):
    gate.house.batch("CVC", "A1", 20)
    back, waste, dropped = gate.draft(), gate.draft(DISPOSAL), gate.draft()
    gate.scan_in(back, "A1", 5)
    gate.scan_in(waste, "A1", 4)
    gate.departing.cancel(actor=gate.actor("keeper"), op_id=uuid.uuid4().hex, departure_id=dropped)
    gate.leave(back, waybill="SF-9")

    under_way = {row.id: row for row in ask(gate, open_departures)}
    assert {key: (row.state, row.units) for key, row in under_way.items()} == {
        back: (DepartureState.HANDED_OVER, 5),
        waste: (DepartureState.DRAFT, 4),
    }
    assert (under_way[back].waybill, under_way[back].second.said_in("en")) == ("SF-9", "Inspector")

    gate.leave(waste)
    gate.departing.confirm(
        actor=gate.actor("keeper"), op_id=uuid.uuid4().hex, departure_id=back, received_at=gate.database.clock()
    )
    finished = {row.id: row.state for row in ask(gate, finished_departures)}
    assert finished == {
        back: DepartureState.RECEIVED,
        waste: DepartureState.DESTROYED,
        dropped: DepartureState.CANCELLED,
    }
    record = ask(gate, departure_card, waste)
    assert record.row.method.said_in("en") == "Shredded by machine"
    assert [(line.lot_no, line.quantity, line.line_id) for line in record.lines] == [("A1", 4, None)]
    assert ask(gate, departure_by_number, record.row.number.lower()) == waste


def test_a_draft_shows_what_its_shelves_have(gate):
    gate.locked_batch("A1", LockLayer.ON_HOLD, 6)
    draft = gate.draft()
    gate.scan_in(draft, "A1", 2)

    line = ask(gate, departure_card, draft).lines[0]

    assert (line.quantity, line.there, line.layers) == (2, 6, (LockLayer.ON_HOLD,))


def test_the_figures_are_the_ledgers(gate):
    batch = gate.house.batch("CVC", "A1", 20)
    back, waste = gate.draft(), gate.draft(DepartureKind.DISPOSAL)
    gate.scan_in(back, "A1", 5)
    gate.scan_in(waste, "A1", 4)
    left = gate.leave(back)
    gate.leave(waste)
    op_id = uuid.uuid4().hex
    with gate.database.reading() as session:
        line = session.query(Movement.id).filter_by(document_no=left.number).scalar()
    gate.correcting.reverse(actor=gate.actor("keeper"), op_id=op_id, movement_id=line, reason="The carrier came back")

    figures = ask(gate, leaving_figures)

    assert (figures.returned, figures.returned_here, figures.returned_cases) == (0, 0, 0)
    assert (figures.destroyed, figures.destroyed_here, figures.destroyed_cases) == (4, 4, 0)
    assert sum(gate.states(batch).values()) == 20
