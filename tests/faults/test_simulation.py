"""Random operations against a model of the table "movements and locks": the database and the paper always agree."""

import pytest
from sqlalchemy import text

from app.models.database import Database
from tests.faults.scale import FULL
from tests.faults.simulated_model import MARKS, Model
from tests.faults.simulation import Simulation, covered, every_cell

OPERATIONS = 25_000 if FULL else 500
SEED = 20260312


def test_model_and_database_agree_on_every_operation(database):
    tally = Simulation(database, SEED).run(OPERATIONS)

    print(f"\n{database.url.get_backend_name()}, seed {SEED}\n{tally.table()}")
    assert tally.differences == []
    assert tally.operations == OPERATIONS
    if FULL:
        assert every_cell() - covered(tally) == set()


@pytest.mark.parametrize("cell", [("issue", "on_hold"), ("use", "recall_quarantine"), ("ward_return", "expired")])
def test_a_model_that_reads_one_cell_wrongly_is_found_out(sqlite_database, cell):
    """The control: without it agreement would prove nothing."""
    wrong = MARKS | {cell: "✓" if MARKS[cell] != "✓" else "✗"}

    assert Simulation(sqlite_database, SEED, Model(wrong)).run(4_000).differences


def test_a_wall_without_one_of_its_triggers_is_found_out(database):
    simulation = Simulation(database, SEED)
    without_locks(database)

    assert simulation.run(2_000).differences


def without_locks(database: Database) -> None:
    """What somebody does who owns the database."""
    with database.migrating() as engine, engine.connect() as connection:
        if database.is_sqlite:
            connection.execute(text("DROP TRIGGER movement_wall_3_locks"))
        else:
            connection.execute(
                text(
                    "CREATE OR REPLACE FUNCTION movement_locks(line movement) RETURNS text LANGUAGE plpgsql "
                    "SECURITY DEFINER SET search_path = public, pg_temp AS 'BEGIN RETURN NULL; END'"
                )
            )
        connection.commit()
