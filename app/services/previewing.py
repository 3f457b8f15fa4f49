"""Does this text touch us? The notice read and compared with every batch before anything is kept."""

import time
from collections.abc import Iterable
from dataclasses import dataclass

from sqlalchemy import select
from sqlalchemy.orm import Session

from app.core.actor import Bilingual
from app.core.statuses.recall import RecallClass
from app.core.statuses.verdict import Verdict
from app.models.catalogue import Product
from app.models.database import Database
from app.models.recalls import RecallCase
from app.notices.clauses import Clause, NoticeReading
from app.notices.front_matter import FrontMatter, front_matter
from app.notices.reader import read_notice
from app.queries.known_notices import KnownNotice, known_notices
from app.services.scoping import Judged, compare, is_bounded

SHOWN = 40
"""How many batches the answer names; all are counted."""


@dataclass(frozen=True, slots=True)
class NoticeRead:
    """The text as the program reads it; ``doubts`` are codes of ``[notices.doubt]``."""

    text: str
    front: FrontMatter
    clauses: tuple[Clause, ...]
    doubts: tuple[str, ...]
    is_bounded: bool


@dataclass(frozen=True, slots=True)
class Touched:
    """One batch that the notice touches, or may touch."""

    batch_id: int
    product: Bilingual
    ref: str
    lot_no: str
    verdict: Verdict
    quantity: int


@dataclass(frozen=True, slots=True)
class Touch:
    """Batches and units by verdict; ``lines`` names the affected first, then the doubtful, ``SHOWN`` at most.

    Units not affected are those of batches worth comparing in detail: the same product, or a lot the notice names.
    """

    text: str
    batches: dict[Verdict, int]
    units: dict[Verdict, int]
    lines: tuple[Touched, ...]
    compared: int
    seconds: float

    @property
    def is_untouched(self) -> bool:
        return not self.batches[Verdict.AFFECTED] and not self.batches[Verdict.NEED_INFO]


class PreviewingService:
    """Reads only; nothing is written, nobody needs to be signed in."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def read(self, text: str) -> NoticeRead:
        """Clauses, doubts and front matter. Never raises."""
        reading = read_notice(text)
        return NoticeRead(text, front_matter(text), reading.clauses, reading.doubts, is_bounded(reading))

    def known(self, reading: NoticeRead, *, manufacturer: str = "") -> tuple[KnownNotice, ...]:
        """Cases about the same recall, perhaps: the surest first."""
        with self._database.reading() as session:
            return known_notices(session, reading.text, reading.front, reading.clauses, manufacturer=manufacturer)

    def touch(self, text: str, *, title: str = "", manufacturer: str = "") -> Touch:
        """Compare with all batches. Raises UnboundedError where the text names nothing to compare with."""
        started = time.monotonic()
        reading = read_notice(text)
        case = RecallCase(
            title=title, manufacturer=manufacturer, notice_text=text, recall_class=RecallClass.UNCLASSIFIED
        )
        with self._database.reading() as session:
            scope = compare(session, case, whole_reading(reading))
            lines = _named(session, scope.lines)
        batches = {verdict: sum(line.verdict is verdict for line in scope.lines) for verdict in Verdict}
        batches[Verdict.NOT_AFFECTED] = scope.compared - batches[Verdict.AFFECTED] - batches[Verdict.NEED_INFO]
        units = {verdict: sum(line.quantity for line in scope.lines if line.verdict is verdict) for verdict in Verdict}
        return Touch(text, batches, units, lines, scope.compared, time.monotonic() - started)


def whole_reading(reading: NoticeReading) -> NoticeReading:
    """As the assessment will read it: a clause answers the doubt that there is none."""
    doubts = tuple(doubt for doubt in reading.doubts if doubt != "no_clause" or not reading.clauses)
    return NoticeReading(
        reading.clauses, bool(reading.clauses) and not doubts, doubts, reading.leftovers, reading.printed
    )


def _named(session: Session, lines: Iterable[Judged]) -> tuple[Touched, ...]:
    order = {Verdict.AFFECTED: 0, Verdict.NEED_INFO: 1}
    shown = sorted(
        (line for line in lines if line.verdict in order), key=lambda line: (order[line.verdict], line.lot_key)
    )
    shown = shown[:SHOWN]
    products = session.execute(
        select(Product.id, Product.name_zh, Product.name_en, Product.ref).where(
            Product.id.in_({line.product_id for line in shown})
        )
    )
    named = {key: (Bilingual(zh, en), ref) for key, zh, en, ref in products}
    return tuple(
        Touched(line.batch_id, *named[line.product_id], line.lot_no, line.verdict, line.quantity) for line in shown
    )
