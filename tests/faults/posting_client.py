"""A client that posts until it is killed, and says each operation only when it is committed."""

import itertools
import sys
import uuid

from app.core.clock import system_clock
from app.core.statuses.stock import MovementKind, StockState
from app.models.database import Database
from app.services.posting import Line, Operation, Shelf, post


def main(url: str, actor: int, batches: list[int], source: int, target: int) -> None:
    database = Database(url, system_clock)
    print("ready", flush=True)
    for turn in itertools.count():
        op_id = f"{turn}-{uuid.uuid4().hex}"
        lines = [
            Line(
                MovementKind.ISSUE,
                batch,
                1,
                Shelf(source, StockState.IN_STOCK),
                Shelf(target, StockState.PAR),
                "FF-1",
            )
            for batch in batches
        ]
        with database.writing(actor) as session:
            post(session, system_clock, Operation(op_id, actor, system_clock()), lines)
        print(op_id, flush=True)


if __name__ == "__main__":
    main(sys.argv[1], int(sys.argv[2]), [int(text) for text in sys.argv[3].split(",")], *map(int, sys.argv[4:6]))
