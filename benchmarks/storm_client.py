"""The desks in one process of the storm: they issue until time is up, then say how long each posting took."""

import gc
import json
import os
import random
import sys
import threading
import time
import uuid
from dataclasses import asdict, dataclass, field
from pathlib import Path
from typing import Any

from sqlalchemy import text

from app.core.actor import Actor
from app.core.clock import system_clock
from app.core.errors import AppError
from app.models.database import Database
from app.services.issuing import IssuingService
from app.services.picking import Wanted
from app.services.signing_in import actor_of
from app.services.stops import LotStoppedError

WARMING = 12
"""Documents each desk posts before the clock runs: in the morning's rush the desks are not just being switched on."""


@dataclass
class Told:
    """What the desks of this process saw: seconds of each document posted, lines posted, codes of refusals.

    ``here`` and ``there``: seconds of processor that this process and its sessions on the server took.
    """

    taken: list[float] = field(default_factory=list)
    refused: list[str] = field(default_factory=list)
    lines: int = 0
    here: float = 0.0
    there: float = 0.0


def main(asked: dict[str, Any]) -> None:
    """``asked``: url, actors, products ([id, lot] pairs), store, ward, lines a document, seconds, every (0: at once).

    Says ``ready``, waits for a line, and says what the desks were told.
    """
    told = Told()
    warm = threading.Barrier(len(asked["actors"]) + 1)
    go = threading.Event()
    desks = [threading.Thread(target=desk, args=(asked, actor, told, warm, go)) for actor in asked["actors"]]
    for each in desks:
        each.start()
    warm.wait()
    gc.collect()
    gc.freeze()  # as the program does once it stands (app.ui.background.Collector)
    print("ready", flush=True)
    sys.stdin.readline()
    began = time.process_time()
    go.set()
    for each in desks:
        each.join()
    told.here = time.process_time() - began
    print(json.dumps(asdict(told)), flush=True)
    os._exit(0)  # thirty-two interpreters that tidy up after themselves would take the processor from those who measure


def scan_and_issue(
    service: IssuingService, actor: Actor, asked: dict[str, Any], chance: random.Random, at_hand: list[tuple[int, str]]
) -> None:
    """One document of boxes that are at hand."""
    boxes = chance.sample(at_hand, asked["lines"])
    try:
        service.issue(
            actor=actor,
            op_id=uuid.uuid4().hex,
            store_id=asked["store"],
            department_id=asked["ward"],
            lines=[Wanted(*one, 1) for one in boxes],
            reason="storm",
        )
    except LotStoppedError as stopped:  # a box that is refused is put aside, not scanned again
        at_hand.remove(next(box for box in boxes if box[1] == stopped.values["lot"]))
        raise


def desk(asked: dict[str, Any], actor_id: int, told: Told, warm: threading.Barrier, go: threading.Event) -> None:
    """One person at one desk; at a fixed pace a posting that starts late counts from when it was due."""
    database = Database(asked["url"], system_clock)
    service = IssuingService(database)
    with database.reading() as session:
        actor = actor_of(session, actor_id)
    chance = random.Random(actor_id)
    at_hand = [(product, lot) for product, lot in asked["products"]]

    def issue() -> None:
        scan_and_issue(service, actor, asked, chance, at_hand)

    for _ in range(WARMING):
        issue()
    with database.reading() as session:
        backend = session.execute(text("SELECT pg_backend_pid()")).scalar_one()
    warm.wait()
    go.wait()
    began_there = processor_of(backend)
    end, due = time.perf_counter() + asked["seconds"], time.perf_counter() + chance.random() * asked["every"]
    while (now := time.perf_counter()) < end:
        if asked["every"] and now < due:
            threading.Event().wait(due - now)
        began = due if asked["every"] else now
        due += asked["every"]
        try:
            issue()
        except AppError as error:
            told.refused.append(error.code)
            continue
        told.taken.append(time.perf_counter() - began)
        told.lines += asked["lines"]
    told.there += processor_of(backend) - began_there
    database.close()


def processor_of(pid: int) -> float:
    """Seconds of processor that a process on this machine took so far; 0 where that is not told."""
    stat = Path(f"/proc/{pid}/stat")
    if not stat.exists():
        return 0.0
    user, system = stat.read_text().rsplit(")", 1)[1].split()[11:13]
    return (int(user) + int(system)) / os.sysconf("SC_CLK_TCK")


if __name__ == "__main__":
    main(json.loads(sys.argv[1]))
