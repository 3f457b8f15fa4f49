"""A recall against thirty-two people who are issuing: nothing escapes; without the wall, units do."""

import threading
import time

import pytest

from app.core.clock import system_clock
from app.core.errors import AppError
from app.core.statuses.stock import MovementKind, StockState
from app.models.database import Database
from app.services.posting import Line, Operation, Shelf, post
from tests.builders import small_hospital
from tests.faults.races import NaiveRace, Race
from tests.faults.scale import FULL, LOTS, SEEDS, THREADS


@pytest.mark.parametrize("seed", SEEDS)
def test_nothing_escapes_a_recall(database, seed):
    started = time.perf_counter()
    outcome = Race(database, seed, THREADS, LOTS).run()
    print(f"seed {seed}: {outcome}, {outcome.issued / (time.perf_counter() - started):.0f} issues/s")
    assert outcome.unexpected == []
    assert outcome.locked == LOTS
    assert outcome.issued > 0
    assert outcome.slowest_lock < 3 or not FULL
    assert (outcome.escaped, outcome.negative, outcome.drift) == (0, 0, 0)
    assert outcome.conflicts == 0, "postings waited in a circle"


def test_without_the_wall_units_escape(database):
    """The control must fail, or the race above proves nothing."""
    outcome = NaiveRace(database, 1, THREADS, LOTS).run()
    assert outcome.unexpected == []
    assert outcome.escaped > 0


@pytest.mark.parametrize("same_person", [True, False], ids=["one person at two desks", "two persons"])
def test_postings_that_cross_wait_in_line_and_never_in_a_circle(postgres_database, same_person):
    hospital = small_hospital(postgres_database)
    first, second = (hospital.batch("CVC", lot, 100_000) for lot in ("A1", "A2"))
    people = ("keeper", "keeper" if same_person else "keeper2")
    refused: list[str] = []

    def desk(by: str, batches: tuple[int, int], name: str) -> None:
        database = Database(postgres_database.url.render_as_string(hide_password=False), system_clock)
        shelves = Shelf(hospital.places["store"], StockState.IN_STOCK), Shelf(hospital.places["icu"], StockState.PAR)
        lines = [Line(MovementKind.ISSUE, batch, 1, *shelves, "FF-1") for batch in batches]
        for turn in range(400 if FULL else 60):
            try:
                with database.writing(hospital.persons[by]) as session:
                    operation = Operation(f"{name}-{turn}", hospital.persons[by], system_clock())
                    post(session, system_clock, operation, lines)
            except AppError as error:
                refused.append(repr(error))
        database.close()

    orders = ((first, second), (second, first))
    threads = [
        threading.Thread(target=desk, args=(by, batches, name))
        for by, batches, name in zip(people, orders, "ab", strict=True)
    ]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert refused == []
