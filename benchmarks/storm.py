"""Thirty-two sessions that issue through the services on one PostgreSQL, and recalls that lock meanwhile."""

import gc
import json
import math
import subprocess
import sys
import time
from collections.abc import Iterator
from statistics import median, quantiles
from typing import Any

from sqlalchemy import text

from app.core.permissions import Role
from app.services.holding import HoldingService, Lot
from app.services.signing_in import actor_of
from benchmarks.registry import Figure, benchmark
from benchmarks.stage import Stage
from tests.builders import Hospital

PROCESSES, DESKS, LOTS, UNITS, SECONDS, HOLDS = 32, 1, 160, 100_000, 8.0, 40
"""A process for each desk, as in a hospital: desks that share a process wait for each other's interpreter."""
OPEN_RATE = 150
"""Postings a second: three hundred workstations with a scan every two seconds."""


@benchmark("storm")
def storm(stage: Stage) -> Iterator[Figure]:
    """Closed loop: postings a second and their times, and the slowest hold; open loop: times at a fixed pace."""
    for engine, hospital in stage.fresh("storm"):
        if engine != "PostgreSQL":
            continue
        field = _Field(hospital)
        yield from field.run("closed loop", every=0.0)
        yield from field.run("documents of 2 lines", every=0.0, lines=2)
        yield from field.run("documents of 5 lines", every=0.0, lines=5)
        yield from field.run(f"open loop, {OPEN_RATE}/s", every=PROCESSES * DESKS / OPEN_RATE)


class _Field:
    def __init__(self, hospital: Hospital) -> None:
        self.hospital = hospital
        self.issuers = [hospital.person(f"storm{n}", Role.STOREKEEPER) for n in range(PROCESSES * DESKS)]
        codes = [f"S{number}" for number in range(8)]
        for code in codes:
            hospital.product(code)
        self.lots = [(hospital.products[codes[n % 8]], f"ST{n:03}") for n in range(LOTS)]
        for number, (_product, lot) in enumerate(self.lots):
            hospital.batch(codes[number % 8], lot, UNITS)
        with hospital.database.writing(None) as session:
            session.execute(text("ANALYZE"))  # as the server does by itself within a minute
        self.held = 0
        self._hold(1)  # the coordinator's desk is warm too
        gc.collect()
        gc.freeze()  # as the program does: a look through all that it imported cost the desk its turn for seconds

    def run(self, name: str, every: float, lines: int = 1) -> Iterator[Figure]:
        """One storm with holds in the middle of it."""
        clients = [self._client(part, every, lines) for part in range(PROCESSES)]
        for client in clients:
            client.stdout.readline()
        for client in clients:
            client.stdin.write("go\n")
            client.stdin.flush()
        holds = self._hold(until=time.perf_counter() + SECONDS)
        taken: list[float] = []
        posted, here, there = 0, 0.0, 0.0
        refused: dict[str, int] = {}
        for client in clients:
            told = json.loads(client.stdout.readline())
            client.wait()
            taken += told["taken"]
            posted += told["lines"]
            here, there = here + told["here"], there + told["there"]
            for code in told["refused"]:
                refused[code] = refused.get(code, 0) + 1
        calls = (len(taken) + sum(refused.values())) / SECONDS
        pace = f"{posted / SECONDS:.0f} postings/s in {len(taken) / SECONDS:.0f} documents/s, {calls:.0f} calls/s"
        each = len(taken) + sum(refused.values())
        cost = f"processor of a call: desk {1000 * here / each:.2f} ms, server {1000 * there / each:.2f} ms"
        print(f"    {name}: {pace} through IssuingService; {cost}; refused {refused}")
        yield _figure(f"issue, {name}", taken)
        yield _figure(f"issue p99, {name}", [quantiles(taken, n=100)[-1]] * 2)
        yield _figure(f"hold in the {name}", holds)
        yield _figure(f"slowest hold, {name}", [max(holds)] * 2)

    def _client(self, part: int, every: float, lines: int) -> Any:
        hospital = self.hospital
        asked = {
            "url": hospital.database.url.render_as_string(hide_password=False),
            "actors": self.issuers[part * DESKS : (part + 1) * DESKS],
            "products": self.lots[self.held :],
            "lines": lines,
            "store": hospital.places["store"],
            "ward": hospital.places["icu"],
            "seconds": SECONDS,
            "every": every,
        }
        command = [sys.executable, "-m", "benchmarks.storm_client", json.dumps(asked)]
        return subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)

    def _hold(self, times: int = HOLDS, until: float = math.inf) -> list[float]:
        """One lot after another, spread over the storm and no longer than it; seconds until each is locked."""
        service = HoldingService(self.hospital.database)
        with self.hospital.database.reading() as session:
            actor = actor_of(session, self.hospital.persons["coordinator"])
        holds: list[float] = []
        for _ in range(times):
            if time.perf_counter() > until - 0.5:
                break
            time.sleep(SECONDS / HOLDS * 0.9)
            product, lot = self.lots[self.held]
            self.held += 1
            began = time.perf_counter()
            service.hold(actor=actor, lots=[Lot(product, lot)], reason="storm")
            holds.append(time.perf_counter() - began)
        return holds


def _figure(name: str, seconds: list[float]) -> Figure:
    """No floor: the figure is held against the target in the README."""
    times = [1000 * one for one in seconds]
    return Figure(name, median(times), median(times), quantiles(times, n=20)[-1], len(times))
