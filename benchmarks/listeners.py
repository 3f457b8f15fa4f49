"""Two hundred workstations listen on one PostgreSQL: how soon each has its alarm, and what it costs the postings."""

import json
import subprocess
import sys
import time
from collections.abc import Iterator
from statistics import median
from typing import Any

from sqlalchemy import insert, text

from app.core.permissions import Role
from app.core.statuses.stock import LocationKind, MovementKind, StockState
from app.models.places import Location
from benchmarks.registry import Figure, benchmark
from benchmarks.stage import Stage
from tests.builders import Hospital
from tests.services.recall_stage import Stage as RecallStage
from tests.services.recall_stage import op

LISTENERS, LISTENING, POSTING, DESKS = 200, 4, 4, 8
WARDS, ROUNDS, SECONDS, LOTS, UNITS = 20, 3, 4.0, 160, 100_000
OPEN_RATE = 150
"""Postings a second: three hundred workstations with a scan every two seconds."""


@benchmark("listeners")
def listeners(stage: Stage) -> Iterator[Figure]:
    """Alarms after the commit of the launch, from notice to the rows read; postings with and without listeners."""
    for engine, hospital in stage.fresh("listeners"):
        if engine != "PostgreSQL":
            continue
        field = _Field(hospital)
        try:
            yield from field.run()
        finally:
            field.end()


class _Field:
    def __init__(self, hospital: Hospital) -> None:
        self.hospital = hospital
        self.url = hospital.database.url.render_as_string(hide_password=False)
        self.wards = self._wards()
        self.issuers = [hospital.person(f"desk{n}", Role.STOREKEEPER) for n in range(POSTING * DESKS)]
        codes = [f"S{number}" for number in range(8)]
        for code in codes:
            hospital.product(code)
        self.lots = [(hospital.products[codes[n % 8]], f"ST{n:03}") for n in range(LOTS)]
        for number, (_product, lot) in enumerate(self.lots):
            hospital.batch(codes[number % 8], lot, UNITS)
        self.office = RecallStage(hospital)
        self.cases = [self._case(number) for number in range(ROUNDS)]
        with hospital.database.writing(None) as session:
            session.execute(text("ANALYZE"))
        each = LISTENERS // LISTENING
        self.ears = [
            self._client({"mode": "listen", "places": [self.wards[n % WARDS] for n in range(each)]})
            for _ in range(LISTENING)
        ]

    def _wards(self) -> list[int]:
        """Departments that keep stock, in the site of the first store."""
        with self.hospital.database.writing(None) as session:
            site = session.get_one(Location, self.hospital.places["store"]).site_id
            rows = [
                {
                    "site_id": site,
                    "kind": LocationKind.DEPARTMENT,
                    "code": f"W{number:02}",
                    "name_zh": f"测试{number}病区",
                    "name_en": f"Test ward {number}",
                    "keeps_stock": True,
                    "is_active": True,
                    "phone": "",
                }
                for number in range(WARDS)
            ]
            return list(session.scalars(insert(Location).returning(Location.id), rows))

    def _case(self, number: int) -> int:
        """Approved, and every ward has some of it."""
        lot = f"REC{number}"
        batch = self.hospital.batch("CVC", lot, 1000)
        for place, ward in enumerate(self.wards):
            self.hospital.places[f"ward{place}"] = ward
            shelf = ("store", StockState.IN_STOCK), (f"ward{place}", StockState.PAR)
            self.hospital.move(MovementKind.ISSUE, batch, 10, *shelf)
        notice = f"Recall of catheters.\nREF: CVC-7F-20\nGTIN: 06999999012016\nLot: {lot}\nThe coating may shed.\n"
        return self.office.approved(notice, title=f"Catheters, lot {lot}")

    def run(self) -> Iterator[Figure]:
        """Rounds with and without listeners in turns, so that a busy machine slows both; the launches in between."""
        alone: list[float] = []
        heard: list[float] = []
        alarms: list[float] = []
        pressed: list[float] = []
        opened = 0
        for case_id in self.cases:
            alone.append(self._post(tells=False))
            opened = sum(self._say(ear, "open")["open"] for ear in self.ears)
            heard.append(self._post(tells=True))
            pressed_at, committed_at = self._launch(case_id)
            for ear in self.ears:
                moments = self._say(ear, "close")["alarms"]
                alarms += [1000 * (moment - committed_at) for moment in moments]
                pressed += [1000 * (moment - pressed_at) for moment in moments]
        told = f"{median(heard):.0f} postings/s with {opened} listeners, {median(alone):.0f}/s without"
        shares = sorted(100 * one / other for one, other in zip(heard, alone, strict=True))
        print(f"    {told}; round by round {', '.join(f'{share:.0f} %' for share in shares)}")
        print(f"    {len(alarms)} alarms of {opened * ROUNDS}")
        yield _figure(f"alarm, {OPEN_RATE} postings/s meanwhile", alarms)
        yield _figure("slowest alarm after the commit", [max(alarms)] * 2)
        yield _figure("slowest alarm after the key", [max(pressed)] * 2)
        yield Figure(f"posting beside {opened} listeners", *_milliseconds(heard, alone), ROUNDS)

    def _post(self, *, tells: bool) -> float:
        """Postings a second of desks that never rest."""
        desks = self._desks(tells=tells)
        self._start(desks)
        return self._rate(desks)

    def _launch(self, case_id: int) -> tuple[float, float]:
        """While three hundred workstations scan every two seconds: when the key was pressed, when it was committed."""
        desks = self._desks(tells=True, every=POSTING * DESKS / OPEN_RATE)
        self._start(desks)
        time.sleep(SECONDS / 2)
        pressed = time.monotonic()
        actor = self.office.actor("coordinator")
        launched = self.office.launching.launch(actor=actor, op_id=op(), case_id=case_id)
        self._rate(desks)
        return pressed, pressed + launched.seconds

    def _desks(self, *, tells: bool, every: float = 0.0) -> list[Any]:
        store, ward = self.hospital.places["store"], self.hospital.places["icu"]
        desks = [
            self._client(
                {
                    "mode": "post",
                    "actors": self.issuers[part * DESKS : (part + 1) * DESKS],
                    "lots": self.lots,
                    "store": store,
                    "ward": ward,
                    "seconds": SECONDS,
                    "tells": tells,
                    "every": every,
                }
            )
            for part in range(POSTING)
        ]
        for desk in desks:
            desk.stdout.readline()
        return desks

    def _start(self, desks: list[Any]) -> None:
        for desk in desks:
            desk.stdin.write("go\n")
            desk.stdin.flush()

    def _rate(self, desks: list[Any]) -> float:
        posted = 0
        for desk in desks:
            posted += json.loads(desk.stdout.readline())["posted"]
            desk.wait()
        return posted / SECONDS

    def _client(self, asked: dict[str, Any]) -> Any:
        command = [sys.executable, "-m", "benchmarks.listeners_client", json.dumps({"url": self.url, **asked})]
        return subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)

    def _say(self, ear: Any, word: str) -> dict[str, Any]:
        ear.stdin.write(word + "\n")
        ear.stdin.flush()
        return json.loads(ear.stdout.readline())

    def end(self) -> None:
        """No process stays behind."""
        for ear in self.ears:
            ear.stdin.close()
            ear.wait()


def _milliseconds(heard: list[float], alone: list[float]) -> tuple[float, float, float]:
    """Of one posting, of all desks together: with listeners, without, and the slowest round with them."""
    return 1000 / median(heard), 1000 / median(alone), 1000 / min(heard)


def _figure(name: str, times: list[float]) -> Figure:
    """No floor: held against one second."""
    ordered = sorted(times)
    return Figure(name, median(times), median(times), ordered[int(0.95 * (len(ordered) - 1))], len(times))
