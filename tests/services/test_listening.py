"""What one workstation commits, the others hear of; and nobody hears of what they have written themselves."""

import random
import select
import time
from itertools import islice

import pytest

from app.core.changes import Topic
from app.core.clock import system_clock
from app.models.database import Database
from app.models.refusals import OutOfReachError
from app.models.wall.audit_sql import audited_tables
from app.models.wall.news_sql import TELLING
from app.services.holding import HoldingService, Lot
from app.services.listening import GOODS, TOPIC_OF_TABLE, PostgresWire, pauses, topics_of, wire_of
from app.services.signing_in import actor_of
from tests.builders import small_hospital

WITHIN = 1.0


@pytest.fixture
def hospital(database):
    return small_hospital(database)


def another(database):
    return Database(database.url.render_as_string(hide_password=False), system_clock)


def actor(hospital, login="coordinator"):
    with hospital.database.reading() as session:
        return actor_of(session, hospital.persons[login])


def heard_within(wire, descriptor, seconds=WITHIN):
    """The first news, or nothing."""
    end = time.monotonic() + seconds
    while (left := end - time.monotonic()) > 0:
        if descriptor is not None:
            select.select([descriptor], [], [], left)
            changes = wire.hear()
        else:
            changes = wire.look()
        if changes:
            return changes
    return frozenset()


def test_a_lock_set_elsewhere_is_heard_and_ones_own_is_not(hospital):
    hospital.batch("CVC", "A1", 5)
    there = another(hospital.database)
    wires = [wire_of(database) for database in (hospital.database, there)]
    opened = [wire.open() for wire in wires]
    holding = HoldingService(hospital.database)
    holding.hold(actor=actor(hospital), lots=[Lot(hospital.products["CVC"], "A1")], reason="smell")
    assert Topic.LOCKS in heard_within(wires[1], opened[1])
    assert heard_within(wires[0], opened[0], 0.05) == frozenset()
    for wire in wires:
        wire.close()
    assert wires[0].hear() == wires[0].look() == frozenset()
    there.close()


def test_goods_are_told_of_together_by_one_workstation_for_all(postgres_database):
    hospital = small_hospital(postgres_database)
    desks = [another(hospital.database) for _ in range(3)]
    wires = [wire_of(desk) for desk in desks]
    listening = wires[2].open()
    stock = frozenset({Topic.STOCK})
    first, second = wires[0].tell(stock, 0), wires[1].tell(stock, 0)
    assert first == 0
    assert second > 0, "somebody has just told: it must be asked again"
    assert heard_within(wires[2], listening) == GOODS
    assert wires[1].tell(stock, second) == second, "still too early, and the first notice came before"
    with hospital.database.writing(None) as session:
        session.connection().exec_driver_sql("SELECT setval('news_told', last_value - 500) FROM news_told")
    assert wires[1].tell(stock, second) == 0
    assert heard_within(wires[2], listening) == GOODS
    assert wires[0].tell(stock, second) == 0, "the second one's notice came after this moment: nothing is left to tell"
    assert heard_within(wires[2], listening, 0.05) == frozenset()
    wires[2].close()
    for desk in desks:
        desk.close()


def test_other_topics_are_told_by_their_names_and_those_of_the_wall_not_again(postgres_database):
    there = another(postgres_database)
    wire, listener = wire_of(postgres_database), wire_of(there)
    descriptor = listener.open()
    assert wire.tell(frozenset({Topic.LOCKS}), 0) == 0
    assert wire.tell(frozenset({Topic.PERSONS, Topic.TASKS}), 0) == 0
    assert heard_within(listener, descriptor) == {Topic.PERSONS, Topic.TASKS}
    listener.close()
    there.close()


def heard_until_cut(wire, descriptor) -> None:
    while not heard_within(wire, descriptor):
        pass


def test_a_connection_that_was_ended_is_said_to_be_out_of_reach(postgres_database):
    there = another(postgres_database)
    wire = PostgresWire(there)
    descriptor = wire.open()
    with postgres_database.writing(None) as session:
        session.connection().exec_driver_sql(
            "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE application_name = 'recalldesk news'"
        )
    with pytest.raises(OutOfReachError):
        heard_until_cut(wire, descriptor)
    wire.close()
    there.close()


def test_a_server_that_is_not_there_is_out_of_reach():
    nowhere = Database("postgresql://nobody@127.0.0.1:1/none", system_clock)
    with pytest.raises(OutOfReachError):
        wire_of(nowhere).open()
    nowhere.close()


def test_a_sqlite_file_that_cannot_be_read_is_out_of_reach(sqlite_database, tmp_path):
    wire = wire_of(sqlite_database)
    wire.open()
    wire._file.close()
    with pytest.raises(OutOfReachError):
        wire.look()
    empty = Database(f"sqlite:///{tmp_path / 'empty.db'}", system_clock)
    with pytest.raises(OutOfReachError):
        wire_of(empty).open()
    empty.close()
    assert wire.tell(GOODS, 0) == 0


def test_a_word_of_a_newer_version_stands_for_everything():
    assert topics_of("LOCKS goods") == GOODS | {Topic.LOCKS}
    assert topics_of("MARTIANS") == frozenset(Topic)
    assert topics_of("") == frozenset()


def test_pauses_grow_to_a_limit_and_differ_between_workstations():
    one, other = (list(islice(pauses(random.Random(seed)), 12)) for seed in (1, 2))
    assert one != other
    assert one == list(islice(pauses(random.Random(1)), 12))
    assert one[0] < 1 < one[3] < one[-1] < 14


def test_every_table_told_of_is_known_and_means_the_same_on_both_databases():
    names = {table.name for table in audited_tables()}
    assert TOPIC_OF_TABLE.keys() <= names
    for topic, tables in TELLING.items():
        assert {TOPIC_OF_TABLE[table] for table in tables} == {Topic[topic]}
