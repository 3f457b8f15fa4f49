"""Several statements in one journey: told in order, refused as one, right again after whatever happened to them."""

import threading
from datetime import UTC, date, datetime

import psycopg
import pytest
from sqlalchemy import bindparam, select, text

from app.models.direct import Direct, together
from app.models.journey import MOST_PREPARED, forget, one_journey
from app.models.places import Location
from tests.builders import small_hospital

PREPARED = "SELECT count(*) FROM pg_prepared_statements WHERE name LIKE 'recalldesk%%'"


@pytest.fixture
def driver(postgres_database):
    url = postgres_database.url.set(drivername="postgresql").render_as_string(hide_password=False)
    with psycopg.connect(url, options="-c TimeZone=UTC") as connection:
        yield connection


def ask(driver, *statements, and_commit=False):
    return one_journey(driver, statements, and_commit=and_commit)


def prepared(driver) -> int:
    return driver.execute(PREPARED).fetchone()[0]


def test_values_go_and_come_in_their_types(driver):
    moment = datetime(2026, 3, 12, 8, 30, tzinfo=UTC)
    values = [7, None, True, "纱布 'O''Neil' \\", date(2026, 3, 12), moment, 2**40]
    (rows,) = ask(
        driver,
        ("SELECT $1::integer, $2::integer, $3::boolean, $4::varchar, $5::date, $6::timestamptz, $7::bigint", values),
    )
    assert rows == [tuple(values)]


def test_a_transaction_is_begun_once_and_ended_by_the_commit(driver):
    ask(driver, ("CREATE TABLE parcel (n integer)", ()), ("INSERT INTO parcel VALUES ($1)", [1]))
    assert driver.info.transaction_status == psycopg.pq.TransactionStatus.INTRANS
    ask(driver, ("INSERT INTO parcel VALUES ($1)", [2]), and_commit=True)
    assert driver.info.transaction_status == psycopg.pq.TransactionStatus.IDLE
    driver.rollback()
    assert ask(driver, ("SELECT n FROM parcel ORDER BY n", ())) == [[(1,), (2,)]]


def test_the_first_that_fails_is_named_and_nothing_after_it_is_done(driver):
    driver.execute("CREATE TABLE parcel (n integer PRIMARY KEY)")
    driver.commit()
    one = ("INSERT INTO parcel VALUES ($1)", [1])
    with pytest.raises(psycopg.errors.UniqueViolation):
        ask(driver, one, one, ("SELECT 1 / 0", ()), and_commit=True)
    driver.rollback()
    assert ask(driver, ("SELECT count(*) FROM parcel", ())) == [[(0,)]]


def test_a_statement_is_prepared_once_and_again_when_the_connection_let_go_of_it(driver):
    for _ in range(3):
        ask(driver, ("SELECT $1::integer", [1]))
    assert prepared(driver) == 2  # with the BEGIN before it
    driver.commit()
    driver.execute("DEALLOCATE ALL")
    with pytest.raises(psycopg.errors.InvalidSqlStatementName):
        ask(driver, ("SELECT $1::integer", [1]))
    driver.rollback()
    assert ask(driver, ("SELECT $1::integer", [1])) == [[(1,)]]
    forget(driver)
    assert ask(driver, ("SELECT $1::integer", [2])) == [[(2,)]]


def test_a_connection_keeps_no_more_than_it_should(driver):
    for number in range(MOST_PREPARED + 20):
        assert ask(driver, (f"SELECT {number} + $1::integer", [1])) == [[(number + 1,)]]
    assert prepared(driver) == MOST_PREPARED


def test_a_long_journey_neither_blocks_nor_mixes_its_answers(driver):
    """More than the sockets' buffers hold in either direction."""
    letters = "x" * 200_000
    answers = ask(driver, *(("SELECT $1::integer, $2::text", [n, letters]) for n in range(60)))
    assert [rows[0] for rows in answers] == [(n, letters) for n in range(60)]


def test_a_server_that_goes_in_the_middle_is_said(driver):
    with pytest.raises(psycopg.OperationalError):
        ask(driver, ("SELECT pg_terminate_backend(pg_backend_pid())", ()), ("SELECT 1", ()))
    assert driver.closed


def test_a_question_that_waits_can_be_cancelled(driver):
    waiting = threading.Timer(0.2, driver.cancel_safe)
    waiting.start()
    with pytest.raises(psycopg.errors.QueryCanceled):
        ask(driver, ("SELECT pg_sleep(30)", ()))
    waiting.join()
    driver.rollback()
    assert ask(driver, ("SELECT 1", ())) == [[(1,)]]


@pytest.mark.parametrize("upset", ["roll back", "savepoint", "alter"])
def test_what_psycopg_lets_go_of_is_prepared_anew(postgres_database, upset):
    """It drops all prepared statements of a connection, ours too, as soon as it kept one of its own."""
    house = small_hospital(postgres_database)
    named = Direct(select(Location.code).where(Location.id == bindparam("place")))
    store = house.places["store"]

    def upset_it(session) -> None:
        if upset == "savepoint":
            session.begin_nested().rollback()
        elif upset == "alter":
            session.execute(text("ALTER TABLE news ALTER COLUMN id SET STATISTICS 10"))
        else:
            session.rollback()

    for _ in range(3):
        with postgres_database.writing(None) as session:
            for _ in range(6):
                session.execute(text("SELECT code FROM location"))  # psycopg prepares it the fifth time
            before = named.rows(session, place=store)
            upset_it(session)
            if upset != "roll back":
                assert named.rows(session, place=store) == before
    with postgres_database.writing(None) as session:
        together(session, named.asking(place=store), named.asking(place=store))
