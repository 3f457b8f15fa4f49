"""Four desks in one process of the storm: they issue until time is up, then say how long each posting took."""

import json
import random
import sys
import threading
import time
import uuid

from app.core.clock import system_clock
from app.core.errors import AppError
from app.models.database import Database
from app.services.issuing import IssuingService
from app.services.picking import Wanted
from app.services.signing_in import actor_of


def main(asked: dict[str, object]) -> None:
    """``asked``: url, actors, products ([id, lot] pairs), store, ward, seconds, every (0: as fast as can be)."""
    taken: list[float] = []
    refused: list[str] = []
    desks = [
        threading.Thread(target=desk, args=(asked, actor, taken, refused))
        for actor in asked["actors"]  # type: ignore[attr-defined]
    ]
    print("ready", flush=True)
    sys.stdin.readline()
    for each in desks:
        each.start()
    for each in desks:
        each.join()
    print(json.dumps({"taken": taken, "refused": refused}), flush=True)


def desk(asked: dict, actor_id: int, taken: list[float], refused: list[str]) -> None:
    """One person at one desk; at a fixed pace a posting that starts late counts from when it was due."""
    database = Database(asked["url"], system_clock)
    service = IssuingService(database)
    with database.reading() as session:
        actor = actor_of(session, actor_id)
    chance = random.Random(actor_id)
    end, due = time.perf_counter() + asked["seconds"], time.perf_counter() + chance.random() * asked["every"]
    while (now := time.perf_counter()) < end:
        if asked["every"] and now < due:
            threading.Event().wait(due - now)
        began = due if asked["every"] else now
        due += asked["every"]
        product, lot = chance.choice(asked["products"])
        try:
            service.issue(
                actor=actor,
                op_id=uuid.uuid4().hex,
                store_id=asked["store"],
                department_id=asked["ward"],
                lines=[Wanted(product, lot, 1)],
                reason="storm",
            )
        except AppError as error:
            refused.append(error.code)
            continue
        taken.append(time.perf_counter() - began)
    database.close()


if __name__ == "__main__":
    main(json.loads(sys.argv[1]))
