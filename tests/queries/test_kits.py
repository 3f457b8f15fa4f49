"""Kits in the lists: where they stand, what is inside, and that a component's trace and a recall find them."""

import pytest

from app.core.statuses.locks import LockLayer
from app.core.statuses.stock import StockState
from app.core.statuses.verdict import Verdict
from app.models.recalls import ScopeLine
from app.queries.case_closing import ClosingItem, closing_checklist
from app.queries.impact import patient_count
from app.queries.kits import kit_card, kit_of_number, kit_rows, kits_of_case
from app.queries.recipes import choices, recipes
from app.queries.tracing import trace_batch, trace_lot
from tests.kit_life import kit_life


@pytest.fixture
def life(database):
    return kit_life(database)


def ask(life, query, *args, **more):
    with life.database.reading() as session:
        return query(session, *args, **more)


def affect(life, case_id: int, batch_id: int) -> None:
    with life.database.writing(life.house.persons["coordinator"]) as session:
        session.add(
            ScopeLine(
                case_id=case_id, batch_id=batch_id, verdict=Verdict.AFFECTED, because="[]", quantity=10,
                decided_reason="",
            )
        )  # fmt: skip


def test_the_list_shows_where_each_kit_stands_and_what_holds_it(life):
    life.stocked()
    first, second, third = (life.build() for _ in range(3))
    life.issue(second.number, 1, product="KIT")
    life.open(third.batch_id)
    life.hold("T1", product="TRAY")

    rows = {row.number: row for row in ask(life, kit_rows)}
    whole = {row.number: row for row in ask(life, kit_rows, with_opened=True)}

    assert set(rows) == {first.number, second.number}
    assert rows[first.number].state is StockState.IN_STOCK
    assert rows[first.number].units == 3
    assert rows[second.number].state is StockState.PAR
    assert rows[second.number].layers == (LockLayer.ON_HOLD,)
    assert whole[third.number].is_opened


def test_the_card_names_every_component_with_its_own_locks(life):
    life.stocked()
    kit = life.build()
    life.hold("T1", product="TRAY")

    card = ask(life, kit_card, ask(life, kit_of_number, kit.number.lower()))

    assert [(row.lot_no, row.quantity, row.layers) for row in card.contents] == [
        ("A1", 2, ()),
        ("T1", 1, (LockLayer.ON_HOLD,)),
    ]


def test_the_trace_of_a_component_shows_the_kit_its_fate_and_the_patient(life):
    cvc, _ = life.stocked()
    kit = life.build()
    life.issue(kit.number, 1, product="KIT")
    life.use(kit.number, product="KIT", visit_no="ZY-1")

    trace = ask(life, trace_batch, cvc)

    assert [(one.kit_number, one.quantity, one.fate) for one in trace.kits] == [(kit.number, 2, StockState.USED)]
    assert trace.patients == 1
    assert trace.is_even
    assert ask(life, trace_lot, "A1")[0].patients == 1
    own = ask(life, trace_batch, kit.batch_id)
    assert (own.received, own.patients, own.is_even) == (1, 1, True)


def test_an_opened_kit_leaves_even_books(life):
    cvc, _ = life.stocked()
    kit = life.build()
    life.open(kit.batch_id)

    assert ask(life, trace_batch, kit.batch_id).is_even
    assert ask(life, trace_batch, kit.batch_id).received == 0
    trace = ask(life, trace_batch, cvc)
    assert trace.is_even
    assert [one.fate for one in trace.kits] == [None]


def test_a_recall_of_a_component_finds_the_kits_and_their_patients(life):
    cvc, _ = life.stocked()
    used, waiting = life.build(), life.build()
    life.issue(used.number, 1, product="KIT")
    life.use(used.number, product="KIT", visit_no="ZY-7")
    case_id = life.recall("A1")
    affect(life, case_id, cvc)

    found = {one.kit_number: one for one in ask(life, kits_of_case, case_id)}

    assert found[used.number].fate is StockState.USED
    assert found[waiting.number].fate is StockState.IN_STOCK
    assert found[waiting.number].place.said_in("en") == "Central store"
    assert ask(life, patient_count, case_id) == 1


def test_a_recall_is_not_closed_while_a_kit_with_affected_goods_stands_on_a_shelf(life):
    cvc, _ = life.stocked()
    kit = life.build()
    life.issue(kit.number, 1, product="KIT")
    case_id = life.recall("A1")
    affect(life, case_id, cvc)

    def free() -> int:
        rows = ask(life, closing_checklist, case_id).rows
        return next(row.count for row in rows if row.item is ClosingItem.FREE_STOCK)

    assert free() == 8 + 2
    life.open(kit.batch_id)
    assert free() == 8


def test_the_newest_recipe_counts_and_says_how_many_kits_were_built(life):
    life.stocked()
    life.build()
    life.recipe("KIT", {"CVC": 1})

    recipe = ask(life, recipes)[0]

    assert (recipe.version, recipe.units, recipe.built, recipe.is_ended) == (2, 1, 1, False)
    assert [choice.code for choice in ask(life, choices)] == ["CVC", "KIT", "TRAY"]
