"""A hospital's ten years, a million lines of the ledger: the first minute's questions, and the longest lists.

The lines are laid in by one statement without the wall, which only writing passes; reading is what is measured.
"""

from collections.abc import Callable, Iterator
from functools import partial
from typing import Any

from sqlalchemy import text
from sqlalchemy.orm import Session

from app.core.clock import system_clock
from app.models.database import Database
from app.queries.deliveries import delivery_card
from app.queries.reader import Reader
from app.queries.tracing import trace_batch
from app.queries.ward_stock import stock_at
from app.queries.whereabouts import where_is, who_got
from benchmarks.ledger import Plain, filled_delivery
from benchmarks.registry import Figure, benchmark, compare
from benchmarks.stage import Stage
from tests.builders import Hospital

BATCHES, LINES_EACH, WARDS, BIG, LARGE_WARD = 4_900, 204, 40, 2_000, 1_000
TIMES, LONG_TIMES, NOTE_LINES = 200, 15, 1_000
WHERE_FLOOR = "SELECT location_id, state, quantity FROM balance WHERE batch_id = ? AND quantity <> 0"
WHO_FLOOR = (
    "SELECT target_id, sum(quantity), max(acted_at) FROM movement WHERE batch_id = ? AND kind = 'issue' GROUP BY 1"
)
WARD_FLOOR = (
    "SELECT * FROM balance JOIN batch ON batch.id = balance.batch_id JOIN product ON product.id = batch.product_id"
    " WHERE balance.location_id = ? AND quantity > 0 ORDER BY expiry_on"
)
LEDGER_FLOOR = "SELECT * FROM movement WHERE batch_id = ? ORDER BY id"
NOTE_FLOOR = "SELECT * FROM delivery_line WHERE delivery_id = ? ORDER BY line_no"


@benchmark("million")
def million(stage: Stage) -> Iterator[Figure]:
    """Where is this batch, who got it, a long ledger, a large ward, a long delivery note; each beside its one query."""
    for engine, hospital in stage.fresh("million"):
        first = lay_in(hospital)
        reader, plain = Reader(hospital.database), Plain(hospital)
        batches = [first + 97 * turn % BATCHES for turn in range(TIMES + 1)]
        big, ward = first + BATCHES, hospital.places["icu"]
        yield _figure(f"where is it, {engine}", reader, where_is, plain, WHERE_FLOOR, batches)
        yield _figure(f"who got it, {engine}", reader, who_got, plain, WHO_FLOOR, batches)
        note = filled_delivery(hospital, NOTE_LINES)
        for name, query, asked, floor in (
            (f"trace of {BIG:,} lines", trace_batch, big, LEDGER_FLOOR),
            (f"ward of {LARGE_WARD:,} batches", stock_at, ward, WARD_FLOOR),
            (f"note of {NOTE_LINES:,} lines", _note_now, note, NOTE_FLOOR),
        ):
            ours, bare = partial(reader.fetch, query, asked), partial(plain.run, floor, asked)
            yield compare(f"{name}, {engine}", _each_turn(ours), _each_turn(bare), LONG_TIMES)
        print(*plan(plain, hospital.database, WHERE_FLOOR), *plan(plain, hospital.database, WHO_FLOOR), sep="\n")
        plain.close()


def _each_turn(ask: Callable[[], object]) -> Callable[[int], object]:
    return lambda _turn: ask()


def _note_now(session: Session, delivery_id: int) -> object:
    return delivery_card(session, delivery_id, system_clock())


def _figure(
    name: str, reader: Reader, query: Callable[..., Any], plain: Plain, floor: str, batches: list[int]
) -> Figure:
    return compare(
        name,
        lambda turn: reader.fetch(query, [batches[turn]]),
        lambda turn: plain.run(floor, batches[turn]),
        TIMES,
    )


def plan(plain: Plain, database: Database, query: str) -> list[str]:
    """How the database means to answer."""
    explain = "EXPLAIN QUERY PLAN " if database.is_sqlite else "EXPLAIN "
    return [f"    plan: {row[-1]}" for row in plain.run(explain + query, 1)]


def lay_in(hospital: Hospital) -> int:
    """A million lines over ``BATCHES`` batches and one long one; returns the id of the first batch."""
    database = hospital.database
    series = "generate_series(1, {})" if not database.is_sqlite else None
    with database.migrating() as engine, engine.begin() as connection:

        def run(statement: str, **values: Any) -> Any:
            return connection.execute(text(statement), values)

        for statement in _without_wall(database, connection):
            run(statement)
        known: dict[str, Any] = {
            "product": hospital.products["CVC"],
            "supplier": hospital.suppliers["supplier"],
            "store": hospital.places["store"],
            "icu": hospital.places["icu"],
            "keeper": hospital.persons["keeper"],
        }
        for number in range(WARDS):
            run(WARD.format(number=number))
        first_ward = run("SELECT min(id) FROM location WHERE code LIKE 'mw%'").scalar_one()
        first = 1 + run("SELECT coalesce(max(id), 0) FROM batch").scalar_one()
        numbers = {**known, "first": first, "ward": first_ward, "wards": WARDS, "large": LARGE_WARD}
        run(_counted(BATCH, BATCHES + 1, series), **_only(BATCH, numbers))
        run(_counted(MOVE, BATCHES * LINES_EACH, series), each=LINES_EACH, **_only(MOVE, numbers))
        run(_counted(MOVE, BIG, series), each=BIG, **_only(MOVE, numbers | {"first": first + BATCHES}))
        run(SUM, first=first)
        run("ANALYZE")
    return first


WARD = (
    "INSERT INTO location (site_id, kind, code, name_zh, name_en, keeps_stock, is_active, phone)"
    " SELECT site_id, 'department', 'mw{number:02}', '病区{number}', 'Ward {number}', true, true, ''"
    " FROM location LIMIT 1"
)
BATCH = (
    "INSERT INTO batch (id, product_id, lot_no, lot_key, is_lot_unknown, expiry_on, expiry_precision, supplier_id,"
    " receipt_no, inspection, received_at) SELECT :first + n - 1, :product, 'M' || n, 'M' || n, false, '2049-12-31',"
    " 'day', :supplier, 'RK-M' || n, 'released', '2026-01-01 00:00:00' FROM {numbers}"
)
MOVE = (
    "INSERT INTO movement (op_id, line_no, kind, batch_id, quantity, source_id, source_state, target_id, target_state,"
    " document_no, despite_lock, reason, actor_id, acted_at, recorded_at)"
    " SELECT 'm' || :first || '-' || n, 1, CASE WHEN (n - 1) % :each = 0 THEN 'receipt' ELSE 'issue' END,"
    " :first + (n - 1) / :each, CASE WHEN (n - 1) % :each = 0 THEN 100000 ELSE 2 END,"
    " CASE WHEN (n - 1) % :each = 0 THEN NULL ELSE :store END,"
    " CASE WHEN (n - 1) % :each = 0 THEN NULL ELSE 'in_stock' END,"
    " CASE WHEN (n - 1) % :each = 0 THEN :store"
    "  WHEN (n - 1) % :each = 1 AND (n - 1) / :each < :large THEN :icu ELSE :ward + n % :wards END,"
    " CASE WHEN (n - 1) % :each = 0 THEN 'in_stock' ELSE 'par' END,"
    " 'FF-' || (n / 20), false, '', :keeper, '2026-01-02 00:00:00', '2026-01-02 00:00:00' FROM {numbers}"
)
SUM = (
    "INSERT INTO balance (batch_id, location_id, state, quantity, last_movement_id)"
    " SELECT batch_id, place, state, sum(quantity), max(id) FROM ("
    "  SELECT id, batch_id, target_id AS place, target_state AS state, quantity FROM movement WHERE batch_id >= :first"
    "  UNION ALL SELECT id, batch_id, source_id, source_state, -quantity FROM movement"
    "   WHERE batch_id >= :first AND source_id IS NOT NULL) AS moved GROUP BY batch_id, place, state"
)


def _counted(statement: str, most: int, series: str | None) -> str:
    if series is not None:
        return statement.format(numbers=f"{series.format(most)} AS n")
    counter = f"WITH RECURSIVE counter(n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM counter WHERE n < {most}) "
    return counter + statement.format(numbers="counter")


def _only(statement: str, values: dict[str, Any]) -> dict[str, Any]:
    """The values that the statement asks for."""
    return {name: value for name, value in values.items() if f":{name}" in statement}


def _without_wall(database: Database, connection: Any) -> list[str]:
    """What lets rows in unasked; this database is thrown away."""
    if database.is_sqlite:
        named = connection.execute(text("SELECT name FROM sqlite_master WHERE type = 'trigger'")).scalars().all()
        return [f'DROP TRIGGER "{name}"' for name in named]
    return [f"ALTER TABLE {table} DISABLE TRIGGER ALL" for table in ("location", "batch", "movement", "balance")]
