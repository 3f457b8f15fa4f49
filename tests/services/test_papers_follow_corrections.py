"""A correction takes goods back: the paper under which they left says so, with reason and document number."""

import uuid

import pytest
from sqlalchemy import select, update

from app.core.errors import RuleError
from app.core.statuses.leaving import DepartureKind, DepartureState
from app.core.statuses.stock import MovementKind, StockState
from app.core.statuses.transitions import TransitionError
from app.models.leaving import Departure
from app.models.stock import Movement
from app.queries.case_closing import ClosingItem, closing_checklist
from app.queries.case_goods import shipments
from app.queries.departures import departure_card, finished_departures, open_departures
from app.services.collecting import Portion
from app.services.correcting import AlreadyReversedError
from app.services.departing import DepartingService
from app.services.departure_papers import DeparturePaperService
from app.services.returning import ReturningService, ShipmentTakenBackError
from tests.kit_life import kit_life
from tests.reports.reading import all_text, squeezed
from tests.services.recall_stage import op

K, S = MovementKind, StockState


@pytest.fixture
def life(database):
    return kit_life(database)


def ask(life, query, *args, **more):
    with life.database.reading() as session:
        return query(session, *args, **more)


def leave(life, kind: DepartureKind, *quantities: int) -> int:
    """Goods of one batch after another leave from quarantine under one paper."""
    house, service, keeper = life.house, DepartingService(life.database), life.actor("keeper")
    portions = []
    for number, quantity in enumerate(quantities):
        batch = house.batch("CVC", f"L{number}", 10)
        house.move(K.QUARANTINE, batch, 10, ("store", S.IN_STOCK), ("quarantine", S.QUARANTINED))
        portions.append(Portion(batch, house.places["quarantine"], S.QUARANTINED, quantity))
    draft = service.start_portions(actor=keeper, op_id=op(), kind=kind, portions=portions)
    op_id = uuid.uuid4().hex
    house.sign("inspector", op_id)
    more = {"actor": keeper, "op_id": op_id, "departure_id": draft.departure_id, "second": life.actor("inspector")}
    if kind is DepartureKind.RETURN:
        service.hand_over(carrier="SF", waybill="SF-1", reason="Torn", **more)
    else:
        service.destroy(method="shred", place="waste_store", reason="Torn", **more)
    return draft.departure_id


def movements(life, departure_id: int) -> list[int]:
    number = ask(life, departure_card, departure_id).row.number
    with life.database.reading() as session:
        return list(session.scalars(select(Movement.id).where(Movement.document_no == number).order_by(Movement.id)))


def take_back(life, movement_id: int, reason: str = "Wrong box"):
    op_id = uuid.uuid4().hex
    second = life.actor("inspector") if life.correcting.needs_second(movement_id) else None
    if second is not None:
        life.house.sign("inspector", op_id)
    return life.correcting.reverse(
        actor=life.actor("keeper"), op_id=op_id, movement_id=movement_id, reason=reason, second=second
    )


@pytest.mark.parametrize("kind", DepartureKind)
def test_a_paper_of_which_everything_was_taken_back_is_reversed_and_names_the_correction(life, kind):
    departure_id = leave(life, kind, 4)
    corrected = take_back(life, *movements(life, departure_id))

    card = ask(life, departure_card, departure_id)
    assert card.row.state is DepartureState.REVERSED
    (back,) = card.row.taken_back
    assert (back.document_no, back.quantity, back.reason) == (corrected.document_no, 4, "Wrong box")
    assert card.lines[0].taken_back == corrected.document_no
    assert [row.id for row in ask(life, finished_departures)] == [departure_id]
    assert ask(life, open_departures) == []


def test_a_paper_of_which_one_line_was_taken_back_stays_and_names_the_line(life):
    departure_id = leave(life, DepartureKind.RETURN, 4, 3)
    first, second = movements(life, departure_id)
    corrected = take_back(life, first)

    card = ask(life, departure_card, departure_id)
    assert card.row.state is DepartureState.HANDED_OVER
    assert [line.taken_back for line in card.lines] == [corrected.document_no, ""]
    take_back(life, second)
    assert ask(life, departure_card, departure_id).row.state is DepartureState.REVERSED
    with pytest.raises(AlreadyReversedError):
        take_back(life, second)


def test_a_receipt_that_was_noted_stays_on_the_reversed_paper_and_no_new_one_is_taken(life):
    departure_id = leave(life, DepartureKind.RETURN, 4)
    service, keeper = DepartingService(life.database), life.actor("keeper")
    service.confirm(
        actor=keeper, op_id=op(), departure_id=departure_id, received_at=life.database.clock(), note="by fax"
    )
    take_back(life, *movements(life, departure_id))

    row = ask(life, departure_card, departure_id).row
    assert (row.state, row.received_note) == (DepartureState.REVERSED, "by fax")
    with pytest.raises(TransitionError):
        service.confirm(actor=keeper, op_id=op(), departure_id=departure_id, received_at=life.database.clock())


def test_the_printed_form_says_what_was_taken_back(life):
    departure_id = leave(life, DepartureKind.DISPOSAL, 4)
    corrected = take_back(life, *movements(life, departure_id))
    printed = DeparturePaperService(life.database).print_form(actor=life.actor("keeper"), departure_id=departure_id)

    text = squeezed(all_text(printed.content))
    assert f"已冲正4件（{corrected.document_no}" in text


def test_the_wall_reverses_no_paper_whose_goods_are_gone(life):
    departure_id = leave(life, DepartureKind.RETURN, 4)
    with pytest.raises(RuleError), life.database.writing(life.house.persons["keeper"]) as session:
        session.execute(update(Departure).where(Departure.id == departure_id).values(state=DepartureState.REVERSED))
    take_back(life, *movements(life, departure_id))
    for change in ({"waybill": "other"}, {"reason": "other"}, {"state": DepartureState.HANDED_OVER}):
        with pytest.raises(RuleError), life.database.writing(life.house.persons["keeper"]) as session:
            session.execute(update(Departure).where(Departure.id == departure_id).values(**change))


def test_a_shipment_of_a_case_that_was_taken_back_waits_for_no_receipt(life):
    from tests.services.test_kits_in_recalls import recall

    component, _ = life.stocked()
    case_id = recall(life, component)
    life.house.move(K.QUARANTINE, component, 10, ("store", S.IN_STOCK), ("quarantine", S.QUARANTINED))
    service, keeper, op_id = ReturningService(life.database), life.actor("keeper"), op()
    life.house.sign("inspector", op_id)
    portion = Portion(component, life.house.places["quarantine"], S.QUARANTINED, 10)
    shipped = service.ship(
        actor=keeper, op_id=op_id, case_id=case_id, portions=[portion], carrier="SF", waybill="1",
        second=life.actor("inspector"),
    )  # fmt: skip
    with life.database.reading() as session:
        movement = session.scalars(select(Movement.id).where(Movement.document_no == shipped.number)).one()
    corrected = take_back(life, movement)

    (row,) = ask(life, shipments, case_id)
    assert (row.is_taken_back, row.waits, row.taken_back[0].document_no) == (True, False, corrected.document_no)
    items = {one.item: one.is_done for one in ask(life, closing_checklist, case_id).rows}
    assert items[ClosingItem.SHIPMENTS]
    assert not items[ClosingItem.QUARANTINE]
    with pytest.raises(ShipmentTakenBackError):
        service.confirm(actor=keeper, op_id=op(), shipment_id=shipped.shipment_id, received_at=life.database.clock())
