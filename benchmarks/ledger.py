"""One posting, one receipt by scan, one trace: each against the same rows in plain SQL without a wall."""

import uuid
from collections.abc import Callable, Iterator
from dataclasses import replace

import psycopg
import pysqlite3.dbapi2 as sqlite
from sqlalchemy import text

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

POSTINGS, RECEIPTS, TRACES, CARTONS = 200, 8, 40, 50
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
    """One carton by scan, kept when scanned and in the ledger when posted: a delivery of them, shared out.

    The floor writes the same rows into the same tables, as durably, by plain statements without a question asked.
    """
    for engine, hospital in stage.hospitals.items():
        ours = compare(
            f"receipt by scan, {engine}", receiving(hospital, stage.seed), bare_receiving(hospital), RECEIPTS
        )
        yield replace(
            ours, ours=ours.ours / CARTONS, floor=ours.floor / CARTONS, ninety_fifth=ours.ninety_fifth / CARTONS
        )


BARE_LINE = text(
    "INSERT INTO delivery_line (delivery_id, line_no, raw, product_id, di, lot_no, expiry_on, expiry_precision,"
    " packages, units, state, problem, typed, override_reason, override_op_id, version) VALUES (:delivery, :number,"
    " :raw, :product, :di, :lot, '2049-12-31', 'day', 1, 1, 'ready', '', '', '', '', 1)"
)
BARE_BATCH = text(
    "INSERT INTO batch (product_id, lot_no, lot_key, is_lot_unknown, expiry_on, expiry_precision, supplier_id,"
    " receipt_no, inspection, received_at) VALUES (:product, :lot, :lot, false, '2049-12-31', 'day', :supplier,"
    " :receipt, 'pending', :now) RETURNING id"
)
BARE_MOVEMENT = text(
    "INSERT INTO movement (op_id, line_no, kind, batch_id, quantity, target_id, target_state, document_no,"
    " despite_lock, reason, actor_id, acted_at, recorded_at) VALUES (:receipt, :number, 'receipt', :batch, 1, :place,"
    " 'in_stock', :receipt, false, '', :actor, :now, :now)"
)


def bare_receiving(hospital: Hospital) -> Callable[[int], object]:
    """A function that writes what a delivery of cartons leaves behind."""
    database, actor = hospital.database, hospital.persons["keeper"]
    service = ReceivingService(database, SigningInService(database))
    with database.reading() as session:
        person = actor_of(session, actor)
    head = DeliveryHead(hospital.suppliers["supplier"])
    known = {
        "product": hospital.products["CVC"],
        "supplier": hospital.suppliers["supplier"],
        "place": hospital.places["store"],
        "actor": actor,
        "di": DI,
    }

    def receive(_turn: int) -> None:
        delivery = service.open_delivery(actor=person, location_id=hospital.places["store"], head=head).delivery_id
        receipt_no = uuid.uuid4().hex[:24]
        for number in range(1, CARTONS + 1):
            raw = f"01{DI}17{EXPIRY}10{receipt_no}{number}"
            values = {"delivery": delivery, "number": number, "raw": raw, "lot": f"{receipt_no}{number}"}
            with database.writing(actor) as session:
                session.execute(BARE_LINE, known | values)
        now = f"{system_clock():%Y-%m-%d %H:%M:%S.%f}"
        with database.writing(actor) as session:
            common = known | {"receipt": receipt_no, "now": now}
            lots = [f"{receipt_no}{number}" for number in range(1, CARTONS + 1)]
            batches = [session.execute(BARE_BATCH, {**common, "lot": lot}).scalar_one() for lot in lots]
            for number, batch in enumerate(batches, start=1):
                session.execute(BARE_MOVEMENT, {**common, "number": number, "batch": batch})

    return receive


def filled_delivery(hospital: Hospital, lines: int) -> int:
    """An open delivery of so many cartons, each of its own lot; returns its id."""
    service = ReceivingService(hospital.database, SigningInService(hospital.database))
    with hospital.database.reading() as session:
        actor = actor_of(session, hospital.persons["keeper"])
    head = DeliveryHead(hospital.suppliers["supplier"])
    delivery = service.open_delivery(actor=actor, location_id=hospital.places["store"], head=head).delivery_id
    for carton in range(lines):
        raw = "]d2" + gs1_element_string([("01", DI), ("17", EXPIRY), ("10", f"LONG-{carton}")])
        service.take_scan(actor=actor, delivery_id=delivery, raw=raw)
    return delivery


def receiving(hospital: Hospital, seed: int) -> Callable[[int], object]:
    """A function that takes in one delivery by scan and posts it."""
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
