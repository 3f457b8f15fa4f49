"""One process of the listeners' field: workstations that listen and read their alarms, or desks that post and tell."""

import json
import random
import select
import sys
import threading
import time
import uuid
from typing import Any

from app.core.changes import Topic
from app.core.clock import system_clock
from app.core.errors import AppError
from app.models.database import Database
from app.queries.alarms import alarms_at
from app.services.issuing import IssuingService
from app.services.listening import PostgresWire, wire_of
from app.services.picking import Wanted
from app.services.signing_in import actor_of

WARMING, EVERY = 8, 0.5
STOCK = frozenset({Topic.STOCK})


class Ears:
    """Workstations by the descriptor of their wire; ``open`` and ``close`` are said from outside."""

    def __init__(self, url: str, places: list[int]) -> None:
        self._database = Database(url, system_clock)
        self._places = places
        self._known: set[int] = set()
        self._ears: dict[int, tuple[PostgresWire, int]] = {}
        self._alarms: list[float] = []

    def run(self) -> None:
        while (word := sys.stdin.readline().strip()) == "open":
            self._open()
            print(json.dumps({"open": len(self._ears)}), flush=True)
            self._listen()
            print(json.dumps({"alarms": self._alarms}), flush=True)
        assert word == "", word
        self._database.close()

    def _open(self) -> None:
        self._alarms = []
        for place in self._places:
            wire = PostgresWire(self._database)
            self._ears[wire.open()] = (wire, place)
        self._known |= {row.task_id for place in set(self._places) for row in self._read(place)}

    def _listen(self) -> None:
        """Until somebody says ``close``: after news of tasks each workstation reads its own alarms."""
        poll = select.poll()
        poll.register(sys.stdin.fileno(), select.POLLIN)
        for descriptor in self._ears:
            poll.register(descriptor, select.POLLIN)
        while True:
            ready = [descriptor for descriptor, _ in poll.poll()]
            if sys.stdin.fileno() in ready:
                break
            for descriptor in ready:
                wire, place = self._ears[descriptor]
                if Topic.TASKS in wire.hear():
                    fresh = [row for row in self._read(place) if row.task_id not in self._known]
                    self._alarms += [time.monotonic()] if fresh else []
        assert sys.stdin.readline().strip() == "close"
        for wire, _ in self._ears.values():
            wire.close()
        self._ears = {}

    def _read(self, place: int) -> list[Any]:
        with self._database.reading() as session:
            return alarms_at(session, place)


def post(asked: dict[str, Any]) -> None:
    """Every desk issues as fast as it can; with ``tells`` it tells of it as a workstation does."""
    posted = [0] * len(asked["actors"])
    warm, go = threading.Barrier(len(posted) + 1), threading.Event()
    desks = [threading.Thread(target=desk, args=(asked, n, posted, warm, go)) for n in range(len(posted))]
    for each in desks:
        each.start()
    warm.wait()
    print("ready", flush=True)
    sys.stdin.readline()
    go.set()
    for each in desks:
        each.join()
    print(json.dumps({"posted": sum(posted)}), flush=True)


def desk(asked: dict[str, Any], number: int, posted: list[int], warm: threading.Barrier, go: threading.Event) -> None:
    """One person at one workstation."""
    database = Database(asked["url"], system_clock)
    service, wire = IssuingService(database), wire_of(database)
    with database.reading() as session:
        actor = actor_of(session, asked["actors"][number])
    chance = random.Random(actor.id)

    def issue() -> None:
        service.issue(
            actor=actor,
            op_id=uuid.uuid4().hex,
            store_id=asked["store"],
            department_id=asked["ward"],
            lines=[Wanted(*chance.choice(asked["lots"]), 1)],
            reason="storm",
        )

    for _ in range(WARMING):
        issue()
    warm.wait()
    go.wait()
    end, tell_at, since = time.perf_counter() + asked["seconds"], 0.0, 0
    due = time.perf_counter() + chance.random() * asked["every"]
    while (now := time.perf_counter()) < end:
        if asked["every"] and now < due:
            threading.Event().wait(due - now)
        due += asked["every"]
        try:
            issue()
        except AppError:
            continue
        posted[number] += 1
        if asked["tells"] and now >= tell_at:
            since = wire.tell(STOCK, since)
            tell_at = now + EVERY
    database.close()


def main(asked: dict[str, Any]) -> None:
    if asked["mode"] == "listen":
        Ears(asked["url"], asked["places"]).run()
    else:
        post(asked)


if __name__ == "__main__":
    main(json.loads(sys.argv[1]))
