"""Threads that issue against a recall that locks: what escapes, what goes below nothing, what drifts."""

import random
import threading
import time
from collections.abc import Callable
from dataclasses import dataclass, field

from sqlalchemy import text

from app.core.clock import system_clock
from app.core.errors import AppError, ConflictError
from app.core.permissions import Role
from app.core.statuses.stock import MovementKind, StockState
from app.models.database import Database
from app.models.locks import LotLock
from app.models.refusals import LockedError, ShortError
from app.services.posting import Line, Operation, Shelf, post
from tests.builders import Hospital, small_hospital

UNITS, PRODUCTS = 40, 8
THINKING = 0.2  # seconds at most between two acts of one person: the server is the bottleneck, not this process
ISSUED = "SELECT coalesce(sum(quantity), 0) FROM movement WHERE kind = 'issue' AND batch_id = :batch"


@dataclass
class Outcome:
    """What a race left behind; ``escaped`` are units issued that the recall had not seen."""

    issued: int = 0
    locked: int = 0
    escaped: int = 0
    negative: int = 0
    drift: int = 0
    conflicts: int = 0
    slowest_lock: float = 0.0
    unexpected: list[str] = field(default_factory=list)


class Race:
    """One recall, many issuers; each thread is a person at a desk of their own."""

    def __init__(self, database: Database, seed: int, threads: int, lots: int) -> None:
        self.seed, self.threads = seed, threads
        self.hospital: Hospital = small_hospital(database)
        self.database = database
        self.lots = [f"L{number:03d}" for number in range(lots)]
        products = [f"P{number}" for number in range(PRODUCTS)]
        for code in products:
            self.hospital.product(code)
        self.product_of = {lot: products[number % PRODUCTS] for number, lot in enumerate(self.lots)}
        self.batches = {lot: self.hospital.batch(self.product_of[lot], lot, UNITS) for lot in self.lots}
        self.issuers = [self.hospital.person(f"issuer{n}", Role.STOREKEEPER) for n in range(threads)]
        self.outcome = Outcome()
        self._guard = threading.Lock()
        self._over = threading.Event()

    def run(self) -> Outcome:
        """All threads to the end; the recall locks every lot once, in a random order."""
        seen: dict[str, int] = {}
        threads = [threading.Thread(target=self._caught, args=(self._issuing(n),)) for n in range(self.threads)]
        threads.append(threading.Thread(target=self._caught, args=(lambda: self._recalling(seen),)))
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
        self._count(seen)
        return self.outcome

    def _caught(self, work: Callable[[], None]) -> None:
        try:
            work()
        except AppError as error:
            self.outcome.unexpected.append(repr(error))
        finally:
            if self.outcome.unexpected:
                self._over.set()

    def _issuing(self, number: int) -> Callable[[], None]:
        chance = random.Random(f"{self.seed}-{number}")
        actor = self.issuers[number]

        def work() -> None:
            desk = Database(self.database.url.render_as_string(hide_password=False), system_clock)
            turn = 0
            while not self._over.wait(chance.random() * THINKING):
                turn += 1
                lots = sorted(chance.sample(self.lots, 2), key=lambda _: chance.random())
                self._issue(desk, actor, f"{self.seed}-{number}-{turn}", [self.batches[lot] for lot in lots])
            desk.close()

        return work

    def _issue(self, desk: Database, actor: int, op_id: str, batches: list[int]) -> None:
        store, icu = self.hospital.places["store"], self.hospital.places["icu"]
        source, target = Shelf(store, StockState.IN_STOCK), Shelf(icu, StockState.PAR)
        lines = [Line(MovementKind.ISSUE, batch, 1, source, target, "FF-1") for batch in batches]
        try:
            with desk.writing(actor) as session:
                post(session, system_clock, Operation(op_id, actor, system_clock()), lines)
        except (LockedError, ShortError):
            return
        except ConflictError:
            with self._guard:
                self.outcome.conflicts += 1
            return
        with self._guard:
            self.outcome.issued += len(lines)

    def _recalling(self, seen: dict[str, int]) -> None:
        desk = Database(self.database.url.render_as_string(hide_password=False), system_clock)
        try:
            order = random.Random(self.seed).sample(self.lots, len(self.lots))
            for lot in order:
                started = time.perf_counter()
                self._lock(desk, lot)
                self.outcome.slowest_lock = max(self.outcome.slowest_lock, time.perf_counter() - started)
                with desk.reading() as session:
                    seen[lot] = int(session.execute(text(ISSUED), {"batch": self.batches[lot]}).scalar_one())
        finally:
            self._over.set()
            desk.close()

    def _lock(self, desk: Database, lot: str) -> None:
        coordinator = self.hospital.persons["coordinator"]
        with desk.writing(coordinator, goes_first=True) as session:
            session.add(
                LotLock(
                    product_id=self.hospital.products[self.product_of[lot]],
                    lot_key=lot,
                    layer="on_hold",
                    reason="race",
                    locked_by=coordinator,
                    locked_at=system_clock(),
                )
            )
        self.outcome.locked += 1

    def _count(self, seen: dict[str, int]) -> None:
        with self.database.reading() as session:
            for lot, was in seen.items():
                now = int(session.execute(text(ISSUED), {"batch": self.batches[lot]}).scalar_one())
                self.outcome.escaped += now - was
            self.outcome.negative = session.execute(
                text("SELECT count(*) FROM balance WHERE quantity < 0")
            ).scalar_one()
            for batch in self.batches.values():
                issued = int(session.execute(text(ISSUED), {"batch": batch}).scalar_one())
                left = session.execute(
                    text("SELECT quantity FROM balance WHERE batch_id = :b AND state = 'in_stock'"), {"b": batch}
                ).scalar_one()
                self.outcome.drift += abs(UNITS - issued - left)


class NaiveRace(Race):
    """The control: read whether the lot is locked, think, then write; without the wall this must let units escape."""

    def __init__(self, database: Database, seed: int, threads: int, lots: int) -> None:
        super().__init__(database, seed, threads, lots)
        with database.writing(None) as session:
            session.execute(text("CREATE TABLE naive_lock (batch_id integer)"))
            session.execute(text("CREATE TABLE naive_issue (batch_id integer)"))

    def _issue(self, desk: Database, actor: int, op_id: str, batches: list[int]) -> None:
        with desk.reading() as session:
            locked = session.execute(
                text("SELECT count(*) FROM naive_lock WHERE batch_id = :batch"), {"batch": batches[0]}
            ).scalar_one()
        if not locked:
            threading.Event().wait(THINKING)
            with desk.writing(actor) as session:
                session.execute(text("INSERT INTO naive_issue VALUES (:batch)"), {"batch": batches[0]})

    def _lock(self, desk: Database, lot: str) -> None:
        with desk.writing(None) as session:
            session.execute(text("INSERT INTO naive_lock VALUES (:batch)"), {"batch": self.batches[lot]})
        self.outcome.locked += 1

    def _recalling(self, seen: dict[str, int]) -> None:
        desk = Database(self.database.url.render_as_string(hide_password=False), system_clock)
        try:
            for lot in self.lots:
                self._lock(desk, lot)
                seen[lot] = self._naively_issued(desk, lot)
        finally:
            self._over.set()
            desk.close()

    def _naively_issued(self, desk: Database, lot: str) -> int:
        with desk.reading() as session:
            query = text("SELECT count(*) FROM naive_issue WHERE batch_id = :batch")
            return int(session.execute(query, {"batch": self.batches[lot]}).scalar_one())

    def _count(self, seen: dict[str, int]) -> None:
        self.outcome.escaped = sum(self._naively_issued(self.database, lot) - was for lot, was in seen.items())
