"""The short way of an issue picks what the close look would pick, or leaves it to the close look."""

import random
from datetime import date, timedelta

import pytest

from app.core.errors import AppError
from app.core.lots import lot_key
from app.models.direct import together
from app.queries.ready_stock import ReadyStock, asking_ready_stock
from app.services import issuing
from app.services.holding import Lot
from app.services.picking import Wanted
from tests.stock_life import stock_life

DAY = date(2098, 1, 1)
LOTS = ("A1", "A2", "B1", "B2", "C1")


@pytest.fixture
def life(database):
    return stock_life(database)


def scene(life, chance):
    """Receipts of five lots with any expiry, some elsewhere, pending or held."""
    for number in range(chance.randint(3, 8)):
        expiry = chance.choice([None, DAY, DAY + timedelta(days=chance.randint(0, 3))])
        released = chance.choice(["inspector", "inspector", "inspector", "inspector", None])
        life.house.batch(
            "CVC",
            chance.choice(LOTS),
            chance.randint(1, 9),
            expiry=expiry,
            place=chance.choice(["store", "store", "store", "store2"]),
            released_by=released,
            receipt=f"R{number}",
        )
    if chance.random() < 0.4:
        held = Lot(life.house.products["CVC"], chance.choice([*LOTS, None]))
        life.holding.hold(actor=life.actor("coordinator"), lots=[held], reason="random")


def answer(ask):
    try:
        return ask()
    except AppError as error:
        return error.code, str(error.values)


def ready_stock(session, store, lots):
    asked = asking_ready_stock(store, lots)
    together(session, asked)
    return ReadyStock([asked])


def document(life, chance):
    product = life.house.products["CVC"]
    return [
        Wanted(product, lot, chance.randint(1, 6), expiry_on=chance.choice([None, None, DAY]))
        for lot in chance.sample(LOTS, chance.randint(1, 3))
    ]


@pytest.mark.parametrize("seed", range(8))
def test_the_short_way_and_the_close_look_say_the_same(life, seed, monkeypatch):
    chance = random.Random(seed)
    scene(life, chance)
    asked = [(document(life, chance), chance.choice(["", "an old one is wanted"])) for _ in range(12)]

    def answers():
        with life.database.reading() as session:
            store = life.house.places["store"]
            return [answer(lambda d=d, why=why: issuing.take(session, d, store, why)) for d, why in asked]

    short = answers()
    monkeypatch.setattr(issuing, "_ready_picks", lambda *_: None)
    assert short == answers()


def test_most_lines_take_the_short_way(life):
    life.house.batch("CVC", "A1", 10, expiry=DAY)
    life.house.batch("CVC", "A2", 10, expiry=DAY)
    product, store = life.house.products["CVC"], life.house.places["store"]

    with life.database.reading() as session:
        ready = ready_stock(session, store, [(product, lot_key("A1")), (product, lot_key("A2"))])

    assert all(ready.of_lot(product, lot_key(lot)) is not None for lot in ("A1", "A2"))


@pytest.mark.parametrize("lot", ["A1", None])
def test_a_lock_on_the_lot_or_the_product_asks_for_the_close_look(life, lot):
    life.house.batch("CVC", "A1", 10, expiry=DAY)
    product, store = life.house.products["CVC"], life.house.places["store"]
    life.holding.hold(actor=life.actor("coordinator"), lots=[Lot(product, lot)], reason="noise")

    with life.database.reading() as session:
        assert ready_stock(session, store, [(product, lot_key("A1"))]).of_lot(product, lot_key("A1")) is None
