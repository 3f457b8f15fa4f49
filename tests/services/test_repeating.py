"""The same operation asked again is told, not done; the same id for something else is refused."""

import threading

import pytest
from sqlalchemy import text

from app.core.errors import AppError
from app.core.plain import plain, rebuilt
from app.core.statuses.stock import StockState
from app.services.repeating import OperationReusedError
from tests.services.test_ward import on_ward
from tests.stock_life import stock_life


@pytest.fixture
def life(database):
    life = stock_life(database)
    life.house.batch("CVC", "A1", 50)
    life.issue("A1", 10)
    return life


def act(life, **changed):
    return {
        "actor": life.actor("nurse"),
        "op_id": "one-act",
        "place_id": life.house.places["icu"],
        "wanted": life.wanted("A1"),
        "visit_no": "ZY1",
    } | changed


def lines(life) -> int:
    with life.database.reading() as session:
        return session.execute(text("SELECT count(*) FROM movement")).scalar_one()


def test_the_first_answer_comes_back(life):
    first = life.ward.use(**act(life))
    before = lines(life)
    assert life.ward.use(**act(life)) == first
    assert (lines(life), on_ward(life, StockState.USED)) == (before, 1)


@pytest.mark.parametrize("changed", [{"visit_no": "ZY2"}, {"reason": "another"}])
def test_the_same_id_for_something_else_is_refused(life, changed):
    life.ward.use(**act(life))
    before = lines(life)
    with pytest.raises(OperationReusedError):
        life.ward.use(**act(life, **changed))
    assert lines(life) == before


def test_the_same_id_of_another_person_is_refused(life):
    life.ward.use(**act(life))
    with pytest.raises(OperationReusedError):
        life.ward.use(**act(life, actor=life.actor("head")))


def test_what_was_refused_may_be_asked_again(life):
    too_many = life.wanted("A1", 10_000)
    with pytest.raises(AppError):
        life.ward.use(**act(life, wanted=too_many))
    life.ward.use(**act(life))
    assert on_ward(life, StockState.USED) == 1


def test_two_that_come_at_the_same_moment_get_one_answer(life):
    told: list[object] = []
    gate = threading.Barrier(4)

    def ask() -> None:
        gate.wait()
        told.append(life.ward.use(**act(life)))

    threads = [threading.Thread(target=ask) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(told) == 4
    assert all(one == told[0] for one in told)
    assert on_ward(life, StockState.USED) == 1


def test_an_answer_survives_being_written_down(life):
    answer = life.ward.use(**act(life))
    assert rebuilt(type(life.ward).use, plain(answer)) == answer
