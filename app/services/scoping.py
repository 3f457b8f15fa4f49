"""The verdict of one notice on every batch the hospital ever received.

A product that the notice positively excludes takes all its batches with it (a lot cannot bring them back), so only
products that may be meant are judged batch by batch. Nothing doubtful is ever left out; batches of excluded products
are kept in sight where their lot is one that the notice names.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any, TypeVar

from sqlalchemy import Row, Select, func, or_, select, true
from sqlalchemy.orm import Session

from app.core.errors import RuleError
from app.core.lots import lot_key
from app.core.statuses.verdict import Verdict
from app.models.recalls import RecallCase
from app.models.stock import Balance, Batch, SerialUnit
from app.notices.clauses import IDENTITY_KEYS, ClauseForm, ClauseKey, NoticeReading
from app.notices.judging import Judgement
from app.notices.lots import LookAlike, look_alikes
from app.queries.case_judging import PRODUCT_EVIDENCE, CaseJudge, ProductUnit, product_units
from app.queries.lot_keys import earlier_lots, is_any_lot

T = TypeVar("T")
CHUNK = 500
MOST_COMPARISONS = 200_000
MOST_COMING = 20_000
MOST_ASKED = 5_000

_NAMING = frozenset({ClauseForm.LIST, ClauseForm.RANGE, ClauseForm.PREFIX, ClauseForm.CUTOFF, ClauseForm.MASKED})
_WORST_FIRST = (Verdict.AFFECTED, Verdict.NEED_INFO, Verdict.NOT_AFFECTED)


class UnboundedError(RuleError):
    """The notice names no model, identifier, certificate, lot or serial: every batch in the house would be doubtful.

    The coordinator says first which product is meant (``RegisteringService.add_product``).
    """

    code = "recall.unbounded"


@dataclass(frozen=True, slots=True)
class Judged:
    """One batch and what the notice says of it; ``quantity`` is what was received, in base units."""

    batch_id: int
    product_id: int
    lot_key: str
    lot_no: str
    judgement: Judgement
    alike: tuple[LookAlike, ...] = ()
    quantity: int = 0

    @property
    def verdict(self) -> Verdict:
        return self.judgement.verdict


@dataclass(frozen=True, slots=True)
class Scope:
    """All lines worth showing, how many batches were compared, up to which id.

    ``whole_products`` are affected whatever the lot; ``coming`` are lots that the notice names for its products,
    received or not, as (product id, lot key); only of a comparison ``since`` another one, before a launch, and not
    of a notice that names its products and thousands of lots: those are judged when they come to the receiving bay.
    """

    lines: tuple[Judged, ...]
    compared: int
    until: int
    whole_products: frozenset[int]
    coming: frozenset[tuple[int, str]]


@dataclass(frozen=True, slots=True)
class Since:
    """Only batches that came after another assessment: a higher id, or received so late that it may have missed them.

    A receipt may commit after a younger one (PostgreSQL), so the id alone would let one slip.
    """

    batch_id: int
    received_at: datetime


def compare(session: Session, case: RecallCase, reading: NoticeReading, since: Since | None = None) -> Scope:
    """Judge all batches, or those that came ``since``. Raises UnboundedError. 100,000 batches take a few seconds."""
    if not is_bounded(reading):
        raise UnboundedError
    return _Comparison(session, case, reading, since).run()


def judge_batch(
    session: Session, case: RecallCase, reading: NoticeReading, batch: Batch, *, with_earlier: bool
) -> Judged | None:
    """The notice's word on one batch; None where it does not mean it, or means nothing in particular.

    ``with_earlier``: by the worst of all spellings that its lot ever had, as an assessment judges; else as it is
    written now.
    """
    if not is_bounded(reading):
        return None
    return _Comparison(session, case, reading, None).one(batch, with_earlier=with_earlier)


def is_bounded(reading: NoticeReading) -> bool:
    """Whether the notice says of product or of lot and serial which ones it means, without leaving others open."""
    return any(_is_named(reading, keys) for keys in (PRODUCT_EVIDENCE, frozenset(IDENTITY_KEYS)))


def _is_named(reading: NoticeReading, keys: frozenset[ClauseKey]) -> bool:
    forms = {clause.form for clause in reading.clauses if clause.key in keys}
    return bool(forms & _NAMING) and ClauseForm.REFERENCE not in forms


class _Comparison:
    def __init__(self, session: Session, case: RecallCase, reading: NoticeReading, since: Since | None) -> None:
        self._session = session
        self._is_last_look = since is not None
        self._window = or_(Batch.id > since.batch_id, Batch.received_at > since.received_at) if since else true()
        self._judge = CaseJudge(case, reading)
        self._names_products = any(
            clause.key in PRODUCT_EVIDENCE and clause.form in _NAMING for clause in reading.clauses
        )
        self._named = tuple(dict.fromkeys(_named_lots(reading)))
        self._named_keys = frozenset(map(lot_key, self._named))
        self._earlier = earlier_lots(session)
        self._meant: frozenset[int] = frozenset()

    def run(self) -> Scope:
        items = {item.id: item for item in product_units(self._session)}
        of_products = {item.id: self._judge.judge(item, item.unit) for item in items.values()}
        meant = [key for key, judgement in of_products.items() if judgement.verdict is not Verdict.NOT_AFFECTED]
        self._meant = frozenset(meant)
        whole = frozenset(key for key in meant if of_products[key].verdict is Verdict.AFFECTED)
        lines: list[Judged] = []
        for chunk in _chunks(meant):
            lines += self._lines_of(chunk, items)
        lines += self._same_lots_elsewhere(set(meant), of_products)
        counted = self._session.execute(
            select(func.count(), func.max(Batch.id)).select_from(Batch).where(self._window)
        ).one()
        named = [items[key] for key in meant if key not in whole]
        is_watched = self._names_products and len(named) * len(self._named) > MOST_COMING
        is_asked = self._is_last_look and not is_watched
        coming = frozenset(self._coming(named, lines)) if is_asked else frozenset[tuple[int, str]]()
        return Scope(tuple(self._finished(lines)), counted[0], counted[1] or 0, whole, coming)

    def one(self, batch: Batch, *, with_earlier: bool) -> Judged | None:
        items = {item.id: item for item in product_units(self._session, [batch.product_id])}
        item = items[batch.product_id]
        if self._judge.judge(item, item.unit).verdict is Verdict.NOT_AFFECTED:
            return None
        self._window, self._meant = Batch.id == batch.id, frozenset({batch.product_id})
        self._earlier = self._earlier if with_earlier else {}
        return next(self._finished(self._lines_of([batch.product_id], items)), None)

    def _coming(self, items: list[ProductUnit], lines: list[Judged]) -> Iterator[tuple[int, str]]:
        touched = {line.product_id for line in lines if line.verdict is Verdict.AFFECTED}
        for item in items:
            if not self._names_products and item.id not in touched:
                continue
            for lot in self._named:
                if self._judge.judge(item, replace(item.unit, lot=lot)).verdict is Verdict.AFFECTED:
                    yield item.id, lot_key(lot)

    def _lines_of(self, product_ids: Sequence[int], items: dict[int, ProductUnit]) -> list[Judged]:
        serials = self._serials(product_ids)
        of_product: dict[int, list[Judged]] = defaultdict(list)
        for row in self._session.execute(_batches().where(Batch.product_id.in_(product_ids), self._window)):
            of_product[row.product_id].append(self._line(row, items[row.product_id], serials.get(row.id, ())))
        return [line for lines in of_product.values() for line in self._kept(lines)]

    def _kept(self, lines: list[Judged]) -> Iterable[Judged]:
        """A notice of lots alone excludes whole shelves of other products: those need no list."""
        if self._names_products or any(line.verdict is not Verdict.NOT_AFFECTED for line in lines):
            return lines
        return [line for line in lines if line.lot_key in self._named_keys]

    def _line(self, row: Row[Any], item: ProductUnit, serials: Sequence[str]) -> Judged:
        unit = item.with_label(
            lot=None if row.is_lot_unknown else row.lot_no,
            production_on=row.production_on,
            expiry_on=row.expiry_on,
            precision=row.expiry_precision,
        )
        # A spelling that was corrected may be the one that the notice means: the worst of all spellings holds.
        units = [unit, *(replace(unit, lot=lot) for lot in self._earlier.get(row.id, ()))]
        judgements = [self._judge.judge(item, replace(one, serial=serial)) for one in units for serial in serials]
        judgements = judgements or [self._judge.judge(item, one) for one in units]
        worst = min(judgements, key=lambda one: _WORST_FIRST.index(one.verdict))
        return Judged(row.id, row.product_id, row.lot_key, row.lot_no, worst)

    def _serials(self, product_ids: Sequence[int]) -> dict[int, list[str]]:
        found: dict[int, list[str]] = defaultdict(list)
        statement = (
            select(SerialUnit.batch_id, SerialUnit.serial_no)
            .join(Batch, Batch.id == SerialUnit.batch_id)
            .where(SerialUnit.product_id.in_(product_ids), self._window)
        )
        for batch_id, serial in self._session.execute(statement.order_by(SerialUnit.id)):
            found[batch_id].append(serial)
        return found

    def _same_lots_elsewhere(self, meant: set[int], of_products: dict[int, Judgement]) -> Iterator[Judged]:
        for row in self._named_rows():
            if row.product_id not in meant:
                yield Judged(row.id, row.product_id, row.lot_key, row.lot_no, of_products[row.product_id])

    def _named_rows(self) -> Iterator[Row[Any]]:
        """Batches whose lot the notice names, by any spelling that it ever had."""
        if len(self._named_keys) <= MOST_ASKED:
            for chunk in _chunks(sorted(self._named_keys)):
                yield from self._session.execute(_batches().where(is_any_lot(chunk), self._window))
            return
        for row in self._session.execute(_batches().where(self._window)):
            earlier = (lot_key(lot) for lot in self._earlier.get(row.id, ()))
            if row.lot_key in self._named_keys or any(key in self._named_keys for key in earlier):
                yield row

    def _finished(self, lines: list[Judged]) -> Iterator[Judged]:
        """With quantities, and with the named lots that look like this one but are not."""
        received: dict[int, int] = {}
        for chunk in _chunks([line.batch_id for line in lines]):
            statement = select(Balance.batch_id, func.sum(Balance.quantity)).where(Balance.batch_id.in_(chunk))
            received |= {key: int(total) for key, total in self._session.execute(statement.group_by(Balance.batch_id))}
        is_feasible = len(lines) * len(self._named) <= MOST_COMPARISONS
        for line in lines:
            is_asked = is_feasible and line.verdict is not Verdict.AFFECTED and line.lot_key not in self._named_keys
            alike = tuple(look_alikes(line.lot_no, self._named)) if is_asked else ()
            judgement = _left_to_a_person(line.judgement, alike) if line.product_id in self._meant else line.judgement
            yield replace(line, judgement=judgement, quantity=received.get(line.batch_id, 0), alike=alike)


def _left_to_a_person(judgement: Judgement, alike: tuple[LookAlike, ...]) -> Judgement:
    """A lot that only looks like a named one is no match and no exclusion: a person decides, one by one.

    What another reason excludes, such as a date, stays excluded.
    """
    by_lot = all(reason.values.get("key") in IDENTITY_KEYS for reason in judgement.reasons)
    if not alike or judgement.verdict is not Verdict.NOT_AFFECTED or not by_lot:
        return judgement
    return Judgement(Verdict.NEED_INFO, judgement.reasons)


def _batches() -> Select[*tuple[Any, ...]]:
    return select(
        Batch.id, Batch.product_id, Batch.lot_no, Batch.lot_key, Batch.is_lot_unknown, Batch.production_on,
        Batch.expiry_on, Batch.expiry_precision,
    ).order_by(Batch.id)  # fmt: skip


def _named_lots(reading: NoticeReading) -> Iterator[str]:
    for clause in reading.clauses:
        if clause.key is ClauseKey.LOT:
            yield from clause.values


def _chunks(values: Sequence[T]) -> Iterator[Sequence[T]]:
    for start in range(0, len(values), CHUNK):
        yield values[start : start + CHUNK]
