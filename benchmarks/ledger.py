"""One posting, one receipt by scan, one trace: each against the same rows in plain SQL without a wall."""

import uuid
from collections.abc import Callable, Iterator

import psycopg
import pysqlite3.dbapi2 as sqlite

from app.core.clock import system_clock
from app.core.statuses.stock import MovementKind, StockState
from app.queries.reader import Reader
from app.queries.tracing import trace_batch
from app.services.posting import Line, Operation, Shelf, post
from app.services.receiving import DeliveryHead, ReceivingService
from app.services.signing_in import SigningInService, actor_of
from app.udi.building import gs1_element_string
from benchmarks.registry import Figure, benchmark, compare
from benchmarks.stage import LEDGER_LINES, Stage
from tests.builders import Hospital

POSTINGS, RECEIPTS, TRACES, CARTONS = 200, 20, 40, 5
DI, EXPIRY = "06999999012016", "491231"
FLOOR_TABLES = (
    "CREATE TABLE IF NOT EXISTS floor_line (op_id text PRIMARY KEY, batch_id integer, quantity integer, at text)",
    "CREATE TABLE IF NOT EXISTS floor_balance (batch_id integer PRIMARY KEY, quantity integer)",
    "INSERT INTO floor_balance VALUES (1, 1000000000) ON CONFLICT DO NOTHING",
)


class Plain:
    """A driver's connection with two bare tables: what a posting would cost without rules, proof or an ORM."""

    def __init__(self, hospital: Hospital) -> None:
        database = hospital.database
        if database.is_sqlite:
            self._connection = sqlite.connect(str(database.path), isolation_level=None)
            self._connection.execute("PRAGMA journal_mode = WAL")
            self._connection.execute("PRAGMA synchronous = FULL")
            self._mark = "?"
        else:
            url = database.url.set(drivername="postgresql").render_as_string(hide_password=False)
            self._connection = psycopg.connect(url, autocommit=True)
            self._mark = "%s"
        for statement in FLOOR_TABLES:
            self.run(statement)

    def run(self, sql: str, *values: object) -> list[tuple[object, ...]]:
        cursor = self._connection.execute(sql.replace("?", self._mark), values)
        return cursor.fetchall() if cursor.description else []

    def post(self, lines: int = 1) -> None:
        """The same durable commit: rows into a ledger, and a balance."""
        self.run("BEGIN IMMEDIATE" if self._mark == "?" else "BEGIN")
        for _ in range(lines):
            self.run("INSERT INTO floor_line VALUES (?, 1, 1, ?)", uuid.uuid4().hex, "now")
            self.run("UPDATE floor_balance SET quantity = quantity - 1 WHERE batch_id = 1")
        self.run("COMMIT")

    def close(self) -> None:
        self._connection.close()


@benchmark("posting")
def posting(stage: Stage) -> Iterator[Figure]:
    """One issue of one line: checked, balanced, audited, committed."""
    for engine, hospital in stage.hospitals.items():
        plain = Plain(hospital)
        issue = issuing(hospital, stage.batches[engine])
        yield compare(f"posting, {engine}", issue, lambda _turn, plain=plain: plain.post(), POSTINGS)
        plain.close()


def issuing(hospital: Hospital, batch: int) -> Callable[[int], object]:
    """A function that issues one unit of the batch to the ward."""
    actor = hospital.persons["keeper"]
    shelves = Shelf(hospital.places["store"], StockState.IN_STOCK), Shelf(hospital.places["icu"], StockState.PAR)

    def issue(_turn: int) -> None:
        with hospital.database.writing(actor) as session:
            line = Line(MovementKind.ISSUE, batch, 1, *shelves, "FF-1")
            post(session, system_clock, Operation(uuid.uuid4().hex, actor, system_clock()), [line])

    return issue


@benchmark("receipt")
def receipt(stage: Stage) -> Iterator[Figure]:
    """A delivery of five cartons: opened, scanned, posted; the floor is as many durable commits of the same lines."""
    for engine, hospital in stage.hospitals.items():
        plain = Plain(hospital)
        yield compare(
            f"receipt of {CARTONS} scans, {engine}",
            receiving(hospital, stage.seed),
            lambda _turn, plain=plain: [plain.post() for _ in range(CARTONS + 2)],
            RECEIPTS,
        )
        plain.close()


def receiving(hospital: Hospital, seed: int) -> Callable[[int], object]:
    """A function that takes in one delivery by scan."""
    service = ReceivingService(hospital.database, SigningInService(hospital.database))
    with hospital.database.reading() as session:
        actor = actor_of(session, hospital.persons["keeper"])
    head = DeliveryHead(hospital.suppliers["supplier"])

    def receive(turn: int) -> None:
        opened = service.open_delivery(actor=actor, location_id=hospital.places["store"], head=head)
        for carton in range(CARTONS):
            raw = "]d2" + gs1_element_string([("01", DI), ("17", EXPIRY), ("10", f"B{seed}-{turn}-{carton}")])
            service.take_scan(actor=actor, delivery_id=opened.delivery_id, raw=raw)
        service.post(actor=actor, delivery_id=opened.delivery_id, op_id=uuid.uuid4().hex)

    return receive


@benchmark("trace")
def trace(stage: Stage) -> Iterator[Figure]:
    """The whole way of one batch, from delivery to wards, over some hundred lines."""
    query = "SELECT * FROM movement WHERE batch_id = ? ORDER BY id"
    for engine, hospital in stage.hospitals.items():
        batch = stage.batches[engine]
        issue = issuing(hospital, batch)
        for turn in range(LEDGER_LINES):
            issue(turn)
        reader = Reader(hospital.database)
        plain = Plain(hospital)
        yield compare(
            f"trace of {LEDGER_LINES}+ lines, {engine}",
            lambda _turn, reader=reader, batch=batch: reader.fetch(trace_batch, batch),
            lambda _turn, plain=plain, batch=batch: plain.run(query, batch),
            TRACES,
        )
        plain.close()
