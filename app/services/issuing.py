"""Goods from a store to a department: by lot, the earliest expiry first, a document per act."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from sqlalchemy import Integer, bindparam, select
from sqlalchemy.orm import Session

from app.core.actor import Actor, Bilingual
from app.core.changes import Changes, Topic
from app.core.errors import RuleError
from app.core.lots import lot_key
from app.core.permissions import Duty
from app.core.statuses.stock import LocationKind, MovementKind, StockState
from app.models.database import Database
from app.models.direct import Direct, Question, together
from app.models.everything import METADATA
from app.models.places import Location, free_state
from app.models.stock import Balance, Batch
from app.queries.days import today_at
from app.queries.layers import keys_of, layers_of
from app.queries.lot_keys import is_lot
from app.queries.ready_stock import ReadyStock, asking_ready_stock
from app.queries.shelves import shelf_codes
from app.services.numbering import ISSUE, asking_number
from app.services.picking import Pick, Wanted, pick, pick_ready
from app.services.posting import Line, Operation, Shelf, post_at_parting
from app.services.repeating import once


class EarlierExpiryError(RuleError):
    """Another lot of the product expires earlier; the deviation takes a reason. Values ``lot``, ``expiry``,
    ``earlier_lot``, ``earlier_expiry``, ``available``.
    """

    code = "earlier_expiry"


class NothingToIssueError(RuleError):
    """The document has no line."""

    code = "nothing_to_issue"


class NotADepartmentError(RuleError):
    """Goods are issued from a store to a department."""

    code = "not_a_department"


@dataclass(frozen=True, slots=True)
class Earlier:
    """A lot that should go first."""

    lot_no: str
    expiry_on: date
    available: int


@dataclass(frozen=True, slots=True)
class Checked:
    """A line that could be issued; ``earlier`` is the lot that should go first, if there is one.

    ``shelves`` are the codes of the shelves on which the picked receipts lie.
    """

    picks: tuple[Pick, ...]
    available: int
    earlier: Earlier | None
    shelves: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Issued:
    """The posted document of ``quantity`` base units."""

    document_no: str
    quantity: int
    changes: Changes


class IssuingService:
    """Issues by scan. ``check`` answers each scan, ``issue`` posts them all or none."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def check(self, wanted: Wanted, store_id: int) -> Checked:
        """What a line would take, before it is posted; reads only.

        Raises LotStoppedError (with layer, who, when, why), TooFewError, NoSuchLotError, LabelDiffersError …
        """
        with self._database.reading() as session:
            store = session.get_one(Location, store_id)
            picks = tuple(pick(session, wanted, store, (StockState.IN_STOCK,)))
            earlier = earlier_lot(session, wanted, picks, store)
            shelves = shelf_codes(session, store_id, [one.batch_id for one in picks])
            return Checked(picks, available_of(session, wanted, store), earlier, tuple(sorted(set(shelves.values()))))

    @once
    def issue(
        self, *, actor: Actor, op_id: str, store_id: int, department_id: int, lines: Sequence[Wanted], reason: str = ""
    ) -> Issued:
        """Post one document FF-…; a department that keeps no stock gets the goods as ``expensed``.

        ``reason`` is asked for where a lot does not go first although it expires first (EarlierExpiryError).
        """
        actor.demand(Duty.ISSUE, at=store_id)
        if not lines:
            raise NothingToIssueError
        asked = merged(lines)
        ready = asking_ready(asked, store_id)
        places = _PLACES.asking(ids=[store_id, department_id])
        with self._database.writing(actor.id) as session:
            number = asking_number(session, ISSUE, self._database.clock())
            together(session, places, number.question, *ready)
            target = _shelf_of_department(session, places, store_id, department_id)
            taken = take(session, asked, store_id, reason, ReadyStock(ready))
            posted = _lines(taken, target, number.number)
            operation = Operation(op_id, actor.id, self._database.clock(), reason=reason)
            post_at_parting(session, self._database.clock, operation, posted, _products(asked, taken))
        return Issued(number.number, sum(line.quantity for line in posted), frozenset({Topic.STOCK}))


def _lines(taken: Sequence[Sequence[Pick]], target: Shelf, number: str) -> list[Line]:
    return [
        Line(MovementKind.ISSUE, one.batch_id, one.quantity, one.source, target, number, one.serial_unit_id)
        for picks in taken
        for one in picks
    ]


def _products(lines: Sequence[Wanted], taken: Sequence[Sequence[Pick]]) -> dict[int, int]:
    return {one.batch_id: line.product_id for line, picks in zip(lines, taken, strict=True) for one in picks}


def _shelf_of_department(session: Session, places: Question, store_id: int, department_id: int) -> Shelf:
    found = {place_id: (kind, keeps_stock) for place_id, kind, keeps_stock in places.rows}
    kind, keeps_stock = found[department_id]
    if found[store_id][0] is not LocationKind.STORE or kind is not LocationKind.DEPARTMENT:
        department = session.get_one(Location, department_id)
        raise NotADepartmentError(place=Bilingual(department.name_zh, department.name_en))
    return Shelf(department_id, free_state(kind, keeps_stock=keeps_stock))


def asking_ready(lines: Sequence[Wanted], store_id: int) -> list[Question]:
    """The question whether the lines' lots lie ready in the store, for ReadyStock; none where no line has a lot."""
    by_lot = {(line.product_id, lot_key(line.lot)) for line in lines if line.lot is not None and line.serial is None}
    return [asking_ready_stock(store_id, by_lot)] if by_lot else []


def take(
    session: Session, lines: Sequence[Wanted], store_id: int, reason: str, ready: ReadyStock | None = None
) -> list[list[Pick]]:
    """What goes from the store for each line of a document. Where another lot expires earlier a ``reason`` is asked for
    (EarlierExpiryError); raises what ``pick`` raises. ``ready`` is asked for here where it was not before.
    """
    on_document = going(lines)
    if ready is None:
        questions = asking_ready(lines, store_id)
        together(session, *questions)
        ready = ReadyStock(questions)
    taken: list[list[Pick]] = []
    for line in lines:
        picks, earlier = _ready_picks(ready, line, store_id, on_document) or _picks(
            session, line, store_id, on_document
        )
        if earlier is not None and not reason.strip():
            raise deviation(session, picks, earlier)
        taken.append(picks)
    return taken


def _ready_picks(
    ready: ReadyStock, line: Wanted, store_id: int, on_document: Mapping[tuple[int, str], int]
) -> tuple[list[Pick], Earlier | None] | None:
    lying = ready.of_lot(line.product_id, lot_key(line.lot)) if line.lot is not None and line.serial is None else None
    picks = pick_ready(lying[0], line, store_id) if lying is not None else None
    if lying is None or picks is None:
        return None
    before = [
        ((line.product_id, one.lot_key), one.lot_no, one.expiry_on, one.quantity)
        for one in lying[1]
        if one.expiry_on is not None
    ]
    return picks, _not_covered(before, on_document)


def _picks(
    session: Session, line: Wanted, store_id: int, on_document: Mapping[tuple[int, str], int]
) -> tuple[list[Pick], Earlier | None]:
    store = session.get_one(Location, store_id)
    picks = pick(session, line, store, (StockState.IN_STOCK,))
    return picks, earlier_lot(session, line, picks, store, on_document)


def merged(lines: Sequence[Wanted]) -> list[Wanted]:
    """Lines of one lot in one, so that two scans of a lot do not take the same units; serial numbers stay single."""
    sums: dict[tuple[int, str | None, str | None, date | None], int] = {}
    for line in lines:
        key = (line.product_id, line.lot, line.serial, line.expiry_on)
        sums[key] = sums.get(key, 0) + line.quantity
    return [Wanted(product, lot, quantity, serial, expiry) for (product, lot, serial, expiry), quantity in sums.items()]


def deviation(session: Session, picks: Sequence[Pick], earlier: Earlier) -> EarlierExpiryError:
    """The error that asks why the earlier lot is passed over."""
    batch = session.get_one(Batch, picks[0].batch_id)
    return EarlierExpiryError(
        lot=batch.lot_no,
        expiry=batch.expiry_on or "—",
        earlier_lot=earlier.lot_no,
        earlier_expiry=earlier.expiry_on,
        available=earlier.available,
    )


_PLACE = METADATA.tables["location"].c
_PLACES = Direct(
    select(_PLACE.id, _PLACE.kind, _PLACE.keeps_stock).where(
        _PLACE.id.in_(bindparam("ids", expanding=True, type_=Integer))
    )
)
_IN_STORE = (
    select(Batch, Balance.quantity)
    .join(Balance, Balance.batch_id == Batch.id)
    .where(
        Batch.product_id == bindparam("product"),
        Balance.location_id == bindparam("store"),
        Balance.quantity > 0,
        Balance.state == StockState.IN_STOCK,
    )
    .order_by(Batch.expiry_on.is_(None), Batch.expiry_on, Batch.received_at)
)
_EARLIER_IN_STORE = _IN_STORE.where(Batch.expiry_on < bindparam("before"))


def free_batches(
    session: Session, product_id: int, store: Location, *, before: date | None = None
) -> list[tuple[Batch, int]]:
    """Batches of the product that may be issued from the store now, the earliest expiry first.

    ``before``: only those that expire earlier than this day.
    """
    asked = {"product": product_id, "store": store.id, "before": before}
    rows = session.execute(_IN_STORE if before is None else _EARLIER_IN_STORE, asked)
    found = [(batch, quantity) for batch, quantity in rows]
    if not found:
        return []
    layers = layers_of(session, keys_of([batch for batch, _ in found]), today_at(session, store.id))
    return [(batch, quantity) for batch, quantity in found if not layers[batch.id]]


def going(lines: Sequence[Wanted]) -> dict[tuple[int, str], int]:
    """How many units of each lot are on a document, by product and lot key."""
    sums: dict[tuple[int, str], int] = {}
    for line in lines:
        if line.lot is not None:
            key = (line.product_id, lot_key(line.lot))
            sums[key] = sums.get(key, 0) + line.quantity
    return sums


def earlier_lot(
    session: Session,
    wanted: Wanted,
    picks: Sequence[Pick],
    store: Location,
    on_document: Mapping[tuple[int, str], int] | None = None,
) -> Earlier | None:
    """A lot that expires before the picked one and does not go out whole on the same document."""
    goes_on = picks[0].expiry_on
    if goes_on is None:
        return None
    before = [
        ((batch.product_id, batch.lot_key), batch.lot_no, batch.expiry_on, quantity)
        for batch, quantity in free_batches(session, wanted.product_id, store, before=goes_on)
        if batch.expiry_on is not None
    ]
    return _not_covered(before, on_document or {})


def _not_covered(
    before: Sequence[tuple[tuple[int, str], str, date, int]], on_document: Mapping[tuple[int, str], int]
) -> Earlier | None:
    """The first (key, lot, expiry, quantity) that does not go out whole on the document itself."""
    left = dict(on_document)
    for key, lot_no, expiry_on, quantity in before:
        covered = min(quantity, left.get(key, 0))
        left[key] = left.get(key, 0) - covered
        if covered < quantity:
            return Earlier(lot_no, expiry_on, quantity - covered)
    return None


def available_of(session: Session, wanted: Wanted, store: Location) -> int:
    """What the store may issue of the lot in all."""
    free = free_batches(session, wanted.product_id, store)
    if wanted.lot is None:
        return sum(quantity for _, quantity in free)
    same = set(session.scalars(select(Batch.id).where(is_lot(lot_key(wanted.lot)))))
    return sum(quantity for batch, quantity in free if batch.id in same)
