"""Gathers what the rules of receipt need to know about a delivery, in a few statements for all its lines."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from functools import lru_cache

from sqlalchemy import select, text
from sqlalchemy.orm import Session

from app.core.clock import local_date
from app.core.lots import lot_key
from app.core.statuses.stock import DeliveryState, ExpiryPrecision
from app.models.direct import together
from app.models.places import Location, Site
from app.models.receipt_rules import LicenceFacts, LineFacts, ProductFacts, StopFacts
from app.models.stock import NOT_GONE, Batch, Delivery, DeliveryLine, SerialUnit
from app.notices.lots import lot_skeleton
from app.queries.arrivals import Arrival, RunningRecall, recalls_against, running_cases
from app.queries.goods_facts import GoodsFacts, Stops
from app.udi.composing import compose
from app.udi.reader import read
from app.udi.reading import Reading, Severity

_HARMLESS = frozenset(
    {"blanks", "leading_separator", "doubled_separator", "brackets_encoded", "unmarked_number", "repeated_scan"}
)
"""Repairs that leave no doubt about what the label says."""


@dataclass(frozen=True, slots=True)
class Bay:
    """What holds for every line of a delivery: the day at its site, its supplier's licence, how warm it came."""

    today: date
    licence: LicenceFacts
    temperature_tenths: int | None


@dataclass(frozen=True, slots=True)
class Sibling:
    """Another line of the delivery, as far as the rules of one lot and one label need it; columns of its table."""

    id: int
    line_no: int
    raw: str
    product_id: int | None
    di: str
    lot_no: str | None
    serial_no: str | None
    expiry_on: date | None
    production_on: date | None
    units: int
    problem: str
    override_by: int | None


LabelLine = DeliveryLine | Sibling


@dataclass(frozen=True, slots=True)
class _Known:
    """What the database says about all products and lots of the lines."""

    bay: Bay
    products: Mapping[int, ProductFacts]
    stops: Stops
    serial_receipts: Mapping[tuple[int, str], str]
    serial_drafts: Mapping[tuple[int, str], tuple[tuple[int, str], ...]]
    lot_expiries: Mapping[tuple[int, str], date]
    same_lots: Mapping[tuple[int, str], Sequence[LabelLine]]


def site_today(session: Session, location_id: int, now: datetime) -> date:
    """The calendar day at the site of a location."""
    zone = session.scalars(
        select(Site.time_zone).join(Location, Location.site_id == Site.id).where(Location.id == location_id)
    ).one()
    return local_date(now, zone)


def goods_of(wanted: Sequence[DeliveryLine]) -> GoodsFacts:
    """The questions about the goods of the lines, not yet asked."""
    product_ids = {line.product_id for line in wanted if line.product_id is not None}
    return GoodsFacts(product_ids, {lot_key(line.lot_no) for line in wanted if line.lot_no})


def line_facts(
    session: Session,
    wanted: Sequence[DeliveryLine],
    bay: Bay,
    others: Sequence[LabelLine],
    goods: GoodsFacts | None = None,
) -> dict[int, LineFacts]:
    """The facts by line id (0 for a line not yet kept).

    ``others`` are at least the lines of the same products; ``goods``: ``goods_of`` the lines, already asked.
    """
    if goods is None:
        goods = goods_of(wanted)
        together(session, *goods.questions)
    known = _known(session, wanted, bay, others, goods)
    known_goods = [line for line in wanted if line.product_id is not None and (line.lot_no or line.serial_no)]
    cases = running_cases(session) if goods.has_cases and known_goods else ()
    recalls = recalls_against(session, [_arrival(line) for line in known_goods], cases)
    return {line.id or 0: _with_recalls(_facts(line, known), recalls.get(line.id or 0, ())) for line in wanted}


def _arrival(line: DeliveryLine) -> Arrival:
    return Arrival(
        line.id or 0,
        line.product_id or 0,
        line.lot_no,
        line.serial_no,
        line.production_on,
        line.expiry_on,
        line.expiry_precision,
    )


def _with_recalls(facts: LineFacts, recalls: Sequence[RunningRecall]) -> LineFacts:
    """A lot that is new here may still be named by a running recall: within its range, or by its dates."""
    if facts.stops or not recalls:
        return facts
    return replace(
        facts, stops=tuple(StopFacts(recall.number, recall.recall_class, "", recall.case_id) for recall in recalls)
    )


def _known(
    session: Session, wanted: Sequence[DeliveryLine], bay: Bay, others: Sequence[LabelLine], goods: GoodsFacts
) -> _Known:
    product_ids = sorted({line.product_id for line in wanted if line.product_id is not None})
    serials = {lot_key(line.serial_no) for line in wanted if line.serial_no}
    return _Known(
        bay=bay,
        products=goods.products(),
        stops=goods.stops(session),
        serial_receipts=_serial_receipts(session, product_ids, serials) if serials else {},
        serial_drafts=_serial_drafts(session, product_ids, serials) if serials else {},
        lot_expiries=goods.lot_expiries(),
        same_lots=_same_lots(others, frozenset(product_ids)),
    )


def _same_lots(lines: Sequence[LabelLine], product_ids: frozenset[int]) -> dict[tuple[int, str], list[LabelLine]]:
    found: dict[tuple[int, str], list[LabelLine]] = {}
    for line in lines:
        if line.product_id in product_ids and line.lot_no:
            found.setdefault((line.product_id or 0, lot_key(line.lot_no)), []).append(line)
    return found


def _serial_receipts(
    session: Session, product_ids: Sequence[int], serials: Iterable[str]
) -> dict[tuple[int, str], str]:
    rows = session.execute(
        select(SerialUnit.product_id, SerialUnit.serial_key, Batch.receipt_no)
        .join(Batch, Batch.id == SerialUnit.batch_id)
        .where(SerialUnit.product_id.in_(product_ids), SerialUnit.serial_key.in_(serials), text(NOT_GONE))
    )
    return {(row[0], row[1]): row[2] for row in rows}


def _serial_drafts(
    session: Session, product_ids: Sequence[int], serials: Iterable[str]
) -> dict[tuple[int, str], tuple[tuple[int, str], ...]]:
    """Where each serial stands in open deliveries: line ids in the order of scanning, with a name for the place."""
    wanted = frozenset(serials)
    rows = session.execute(
        select(DeliveryLine, Delivery.number)
        .join(Delivery, Delivery.id == DeliveryLine.delivery_id)
        .where(
            Delivery.state == DeliveryState.DRAFT.value,
            DeliveryLine.product_id.in_(product_ids),
            DeliveryLine.serial_no.is_not(None),
        )
        .order_by(DeliveryLine.id)
    )
    found: dict[tuple[int, str], tuple[tuple[int, str], ...]] = {}
    for line, number in rows:
        key = (line.product_id or 0, lot_key(line.serial_no or ""))
        if key[1] in wanted:
            found[key] = (*found.get(key, ()), (line.id, f"{number} #{line.line_no}"))
    return found


def _facts(line: DeliveryLine, known: _Known) -> LineFacts:
    product_id, key = line.product_id or 0, lot_key(line.lot_no or "")
    serial = (product_id, lot_key(line.serial_no or ""))
    reading = reading_of(line.raw, known.bay.today.year)
    stops = known.stops.get((product_id, None), ())
    if key:
        stops += known.stops.get((product_id, key), ())
    return LineFacts(
        raw=line.raw,
        scan_problem=line.problem,
        di=line.di,
        product=known.products.get(product_id),
        lot_no=line.lot_no,
        serial_no=line.serial_no,
        production_on=line.production_on,
        expiry_on=line.expiry_on,
        expiry_precision=ExpiryPrecision(line.expiry_precision) if line.expiry_precision else None,
        packages=line.packages,
        units=line.units,
        typed=frozenset(filter(None, line.typed.split(","))),
        is_overridden=line.override_by is not None,
        today=known.bay.today,
        licence=known.bay.licence,
        stops=stops,
        serial_line=_earlier_place(line, known.serial_drafts.get(serial, ())),
        serial_receipt=known.serial_receipts.get(serial, ""),
        same_lot_line=_contradicting(line, known.same_lots.get((product_id, key), ())),
        lot_known_expiry=known.lot_expiries.get((product_id, key)),
        candidates=len(reading.candidates) if reading else 0,
        doubtful=_doubtful(reading),
        was_repaired=reading is not None and _was_repaired(reading),
        temperature_tenths=known.bay.temperature_tenths,
        like_locked=_like_locked(product_id, key, known),
    )


def _like_locked(product_id: int, key: str, known: _Known) -> str:
    """A stopped lot of the product that eyes and keyboards confuse with this one; another lot all the same."""
    skeleton = lot_skeleton(key) if key else ""
    stopped = (lot for product, lot in known.stops if product == product_id and lot and lot != key)
    return next((lot for lot in stopped if skeleton and lot_skeleton(lot) == skeleton), "")


def _earlier_place(line: DeliveryLine, places: Sequence[tuple[int, str]]) -> str:
    """The line that came first keeps the serial; every later one is told where it stands."""
    return places[0][1] if places and places[0][0] != line.id else ""


def _contradicting(line: DeliveryLine, same_lot: Sequence[LabelLine]) -> int | None:
    """The number of an earlier line that gives the same lot another date."""
    earlier = (other for other in same_lot if other.line_no < line.line_no)
    return next((other.line_no for other in earlier if _dates_differ(line, other)), None)


def _dates_differ(line: DeliveryLine, other: LabelLine) -> bool:
    pairs = ((line.expiry_on, other.expiry_on), (line.production_on, other.production_on))
    return any(one is not None and two is not None and one != two for one, two in pairs)


@lru_cache(maxsize=4096)
def reading_of(raw: str, this_year: int) -> Reading | None:
    """What a line's scan says; a label in two pieces was kept as two lines of text. None for a line added by hand."""
    if not raw:
        return None
    today = date(this_year, 12, 31)
    whole = read(raw, today=today)
    first, between, second = raw.partition("\n")
    if not between:
        return whole
    return compose(read(first, today=today), read(second, today=today)) or whole


def _doubtful(reading: Reading | None) -> str:
    if reading is None:
        return ""
    return ", ".join(
        f"({problem.element})" if problem.element else problem.kind
        for problem in reading.problems
        if problem.severity is Severity.ERROR
    )


def _was_repaired(reading: Reading) -> bool:
    return any(problem.severity is Severity.WARNING and problem.kind not in _HARMLESS for problem in reading.problems)
