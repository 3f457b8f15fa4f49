"""A drill: what the hospital could do about this notice now, on the live data, timed and scored, writing nothing.

The same reading, judging and sharing out as a real recall; at the end the ledger as it was at the beginning is hashed
once more. What others post meanwhile is newer than that and not part of it.
"""

import hashlib
import time
from collections import defaultdict
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import TypeVar

from sqlalchemy import func, select, text
from sqlalchemy.orm import Session

from app.core.actor import Bilingual
from app.core.errors import UnexpectedError
from app.core.statuses.recall import RecallClass
from app.core.statuses.stock import StockState
from app.core.statuses.verdict import Verdict
from app.models.database import Database
from app.models.places import Location
from app.models.recalls import RecallCase
from app.models.stock import Balance
from app.notices.reader import read_notice
from app.services.previewing import whole_reading
from app.services.scoping import Judged, compare
from app.services.tasking import shares, with_kits

WATERMARK = "DRILL / 演练"
CHUNK = 500
T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Phase:
    """``name`` is read, judge, locate or tell."""

    name: str
    seconds: float


@dataclass(frozen=True, slots=True)
class ToldPlace:
    """A place that would get a task: ``expected`` units in its hands, of ``batches`` batches."""

    place: Bilingual
    batches: int
    expected: int


@dataclass(frozen=True, slots=True)
class Check:
    """One question of the score; ``found`` against ``wanted``."""

    name: str
    found: float
    wanted: float
    passed: bool


@dataclass(frozen=True, slots=True)
class Drill:
    """``received`` units of affected and doubtful batches are ``located`` in states that sum to them.

    ``locks`` are products with a lot that would be locked. ``score`` is the share of ``checks`` passed, in percent.
    """

    watermark: str
    notice_hash: str
    phases: tuple[Phase, ...]
    clauses: int
    doubts: tuple[str, ...]
    compared: int
    batches: dict[Verdict, int]
    received: int
    located: dict[StockState, int]
    places: tuple[ToldPlace, ...]
    locks: int
    checks: tuple[Check, ...]
    score: int
    ledger: str

    @property
    def seconds(self) -> float:
        return sum(phase.seconds for phase in self.phases)


class LedgerMovedError(UnexpectedError):
    """Lines of the ledger that stood before the drill are other ones after it: somebody changed history meanwhile."""

    code = "drill.moved"


def drill(database: Database, notice: str, *, within: float = 60.0) -> Drill:
    """``within``: seconds in which the three questions should be answered. Raises UnboundedError, LedgerMovedError."""
    phases: list[Phase] = []

    def timed(name: str, work: Callable[[], T]) -> T:
        began = time.monotonic()
        done = work()
        phases.append(Phase(name, time.monotonic() - began))
        return done

    with database.at_one_moment() as session:
        last, before = ledger_digest(session)
        reading = whole_reading(timed("read", lambda: read_notice(notice)))
        case = RecallCase(
            title="", manufacturer="", notice_text=notice, recall_class=RecallClass.UNCLASSIFIED
        )  # never added to a session
        scope = timed("judge", lambda: compare(session, case, reading))
        meant = [line for line in scope.lines if line.verdict is not Verdict.NOT_AFFECTED]
        ids = {line.batch_id for line in meant}
        located = timed("locate", lambda: _located(session, ids))
        places = timed("tell", lambda: _told(session, ids))
    with database.at_one_moment() as session:
        if ledger_digest(session, last) != (last, before):
            raise LedgerMovedError
    batches = {verdict: sum(line.verdict is verdict for line in scope.lines) for verdict in Verdict}
    batches[Verdict.NOT_AFFECTED] = scope.compared - batches[Verdict.AFFECTED] - batches[Verdict.NEED_INFO]
    received = sum(line.quantity for line in meant)
    spent = sum(phase.seconds for phase in phases)
    checks = _checks(meant, received, sum(located.values()), len(reading.doubts), spent, within)
    score = round(100 * sum(check.passed for check in checks) / len(checks))
    locks = len({(line.product_id, line.lot_key) for line in meant})
    digest = hashlib.sha256(notice.encode()).hexdigest()
    return Drill(
        WATERMARK, digest, tuple(phases), len(reading.clauses), tuple(reading.doubts), scope.compared, batches,
        received, located, places, locks, checks, score, before,
    )  # fmt: skip


def _checks(
    meant: list[Judged], received: int, located: int, doubts: int, spent: float, within: float
) -> tuple[Check, ...]:
    """Do we have it, where is it, is every unit accounted for, was nothing left open, was it in time."""
    open_rows = sum(line.verdict is Verdict.NEED_INFO for line in meant)
    share = 100.0 * located / received if received else 100.0
    return (
        Check("in_time", round(spent, 3), within, spent <= within),
        Check("located_percent", round(share, 1), 100.0, located == received),
        Check("doubtful_batches", float(open_rows), 0.0, open_rows == 0),
        Check("doubts_in_the_notice", float(doubts), 0.0, doubts == 0),
    )


def ledger_digest(session: Session, until: int | None = None) -> tuple[int, str]:
    """The last line and the SHA-256 of all lines up to it, byte by byte as the database tells them."""
    last = until if until is not None else int(session.execute(text("SELECT max(id) FROM movement")).scalar() or 0)
    digest = hashlib.sha256()
    lines = text("SELECT * FROM movement WHERE id <= :last ORDER BY id").execution_options(yield_per=5_000)
    for row in session.execute(lines, {"last": last}):
        digest.update(repr(tuple(row)).encode())
    return last, digest.hexdigest()


def _portions(ids: Iterable[int]) -> list[list[int]]:
    whole = sorted(ids)
    return [whole[start : start + CHUNK] for start in range(0, len(whole), CHUNK)]


def _located(session: Session, ids: set[int]) -> dict[StockState, int]:
    found: dict[StockState, int] = defaultdict(int)
    for part in _portions(ids):
        query = select(Balance.state, func.sum(Balance.quantity)).where(Balance.batch_id.in_(part))
        for state, quantity in session.execute(query.group_by(Balance.state)):
            found[state] += int(quantity)
    return {state: quantity for state, quantity in found.items() if quantity}


def _told(session: Session, ids: set[int]) -> tuple[ToldPlace, ...]:
    """Exactly the places that a launch would send a task to."""
    of_place: dict[int, list[int]] = defaultdict(list)
    for share in shares(session, with_kits(session, ids)):
        of_place[share.location_id].append(share.expected)
    told: list[ToldPlace] = []
    for place_id, expected in of_place.items():
        place = session.get_one(Location, place_id)
        told.append(ToldPlace(Bilingual(place.name_zh, place.name_en), len(expected), sum(expected)))
    return tuple(told)
