"""The first minute of a recall over a million lines of the ledger: which batches are meant, where every unit is."""

import gc
from collections.abc import Callable, Iterator
from functools import partial
from random import Random

from app.models.database import Database
from app.notices.reader import read_notice
from app.queries.impact import impact
from app.queries.reader import Reader
from app.services.previewing import PreviewingService
from app.services.registering import Notice
from benchmarks.ledger import Plain
from benchmarks.million import lay_in
from benchmarks.registry import Figure, benchmark, compare
from benchmarks.stage import Stage
from tests.builders import Hospital
from tests.services.recall_stage import Stage as RecallStage
from tests.services.recall_stage import op

TIMES, FEW, MANY = 10, 20, 500
CHARACTERS = 600_000
BALANCE_FLOOR = (
    "SELECT state, sum(quantity) FROM balance WHERE batch_id IN"
    " (SELECT batch_id FROM scope_line WHERE case_id = ? AND verdict = 'affected') GROUP BY state"
)
BATCH_FLOOR = "SELECT id, product_id, lot_no, lot_key, production_on, expiry_on FROM batch WHERE id > ?"


@benchmark("recall")
def recall(stage: Stage) -> Iterator[Figure]:
    """Does it touch us, and what is where, for notices of few lots and many; reading beside one walk over the text."""
    yield from _reading(Random(stage.seed))
    for engine, hospital in stage.fresh("recall"):
        lay_in(hospital)
        plain, reader = Plain(hospital), Reader(hospital.database)
        for lots in (FEW, MANY):
            text = _notice(lots)
            touch = partial(PreviewingService(hospital.database).touch, text)
            floor = partial(plain.run, BATCH_FLOOR, 0)
            yield compare(f"{lots} lots against 4,900 batches, {engine}", _turns(touch), _turns(floor), TIMES)
            case_id = _case(hospital, text)
            ask, bare = partial(reader.fetch, impact, case_id), partial(plain.run, BALANCE_FLOOR, case_id)
            yield compare(f"where is it all, {lots} lots, {engine}", _turns(ask), _turns(bare), TIMES)
        plain.close()


def _reading(chance: Random) -> Iterator[Figure]:
    gc.disable()
    numbers = [f"{chance.choice('ABCDEFGH')}{chance.randrange(10**7):07d}" for _ in range(30_000)]
    rows = "\n".join(f"C-{at % 500:03d}\t{lot}\t2027-01-01" for at, lot in enumerate(numbers))
    prose = f"The coating may shed. Lots {', '.join(numbers[:20])} are affected; return them. "
    for name, text in (
        ("a table", f"REF\tLot\tExpiry\n{rows}"),
        ("a list", "Lots: " + ", ".join(numbers * 3)),
        ("prose", prose * 4_000),
    ):
        cut = text[:CHARACTERS]
        yield compare(f"{name} of {CHARACTERS:,} characters", _turns(partial(read_notice, cut)), _walk(cut), 3)
    gc.enable()


def _turns(ask: Callable[[], object]) -> Callable[[int], object]:
    return lambda _turn: ask()


def _walk(text: str) -> Callable[[int], object]:
    return lambda _turn: sum(1 for letter in text if letter.isdigit())


def _notice(lots: int) -> str:
    return "Recall. GTIN: 06999999012016\nLots: " + ", ".join(f"M{number}" for number in range(1, lots + 1))


def _case(hospital: Hospital, text: str) -> int:
    stage = RecallStage(hospital)
    coordinator = stage.actor("coordinator")
    database: Database = hospital.database
    notice = Notice(text=text, title="bench", manufacturer="", received_at=database.clock())
    case_id = stage.registering.register(actor=coordinator, op_id=op(), notice=notice).case_id
    stage.assessing.assess(actor=coordinator, op_id=op(), case_id=case_id)
    return case_id
