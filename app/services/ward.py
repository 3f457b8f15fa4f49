"""What a ward does with its goods: may I use this box, use on a patient, return to the store."""

from collections.abc import Generator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy.orm import Session

from app.core.actor import Actor, Bilingual
from app.core.changes import Changes, Topic
from app.core.errors import RuleError
from app.core.permissions import Duty
from app.core.statuses.locks import LockLayer, must_quarantine, needs_second
from app.core.statuses.stock import MovementKind, StockState
from app.models.database import Database
from app.models.places import Location
from app.models.refusals import LockedError, SecondMissingError
from app.models.stock import PatientUse
from app.queries.days import today_at
from app.queries.layers import LayerRow, keys_of, layers_of
from app.queries.ward_check import WardVerdict, may_i_use
from app.services.numbering import USE, WARD_RETURN, next_number
from app.services.picking import Pick, TooFewError, Wanted, batches_wanted, pick, shelves
from app.services.posting import Line, Operation, Shelf, post
from app.services.quarantining import area_near
from app.services.repeating import once
from app.udi.reading import Reading

WARD_SHELVES = (StockState.PAR, StockState.EXPENSED, StockState.IN_STOCK)
_USE_ORDER = (*WARD_SHELVES, StockState.QUARANTINED)
_CHANGED: Changes = frozenset({Topic.STOCK})


class VisitNeededError(RuleError):
    """A use is registered with the visit number of the patient, nothing else of the person."""

    code = "visit_needed"


class UseAheadError(RuleError):
    """The time of use lies in the future."""

    code = "use_ahead"


class UseDespiteLockError(RuleError):
    """The lot is locked. Do not use it; if it has happened, register it with a reason and a second person.

    Values ``lot`` and ``layer``.
    """

    code = "use_despite_lock"


@dataclass(frozen=True, slots=True)
class Used:
    """The registered use; ``despite_lock`` joins the patient list of the case and sounds the alarm."""

    document_no: str
    movement_ids: tuple[int, ...]
    despite_lock: bool
    layers: tuple[LayerRow, ...]
    changes: Changes


@dataclass(frozen=True, slots=True)
class Returned:
    """The ward return; ``quarantined`` of its ``quantity`` went to quarantine at ``quarantine``."""

    document_no: str
    movement_ids: tuple[int, ...]
    quantity: int
    quarantined: int
    quarantine: Bilingual | None
    changes: Changes


class WardService:
    """The ward's three questions."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def may_i_use(self, reading: Reading, place_id: int) -> WardVerdict:
        """Reads only; see ``app.queries.ward_check``."""
        with self._database.reading() as session:
            return may_i_use(session, reading, place_id, self._database.clock())

    @once
    def use(
        self,
        *,
        actor: Actor,
        op_id: str,
        place_id: int,
        wanted: Wanted,
        visit_no: str,
        used_at: datetime | None = None,
        second: Actor | None = None,
        reason: str = "",
    ) -> Used:
        """Register a use on a patient; ``used_at`` is when it happened, now if None.

        Of locked goods, or of goods the books do not show here, only with ``second`` (who has signed ``op_id``) and
        ``reason``: it happened, so no lock refuses it. Raises UseDespiteLockError or TooFewError without them.
        """
        actor.demand(Duty.WARD, at=place_id)
        now = self._database.clock()
        if not visit_no.strip():
            raise VisitNeededError
        if used_at is not None and used_at > now:
            raise UseAheadError(at=used_at)
        if second is not None:
            second.demand(Duty.WITNESS)
        it_happened = second is not None and bool(reason.strip())
        with _a_lock_in_the_same_moment(it_happened=it_happened), self._database.writing(actor.id) as session:
            place = session.get_one(Location, place_id)
            picks, found_lines = self._picks(session, wanted, place, it_happened=it_happened)
            layers = tuple(layer for one in picks for layer in one.layers)
            if not it_happened:
                _refuse_held(picks, layers, wanted)
            number = next_number(session, USE, now)
            lines = [*(_numbered(line, number) for line in found_lines), *_use_lines(picks, place, number)]
            operation = Operation(op_id, actor.id, now, second.id if second else None, reason)
            ids = post(session, self._database.clock, operation, lines)[len(found_lines) :]
            for movement_id in ids:
                session.add(PatientUse(movement_id=movement_id, visit_no=visit_no.strip(), used_at=used_at or now))
        changed: Changes = frozenset({Topic.STOCK, Topic.RECALLS}) if layers else _CHANGED
        return Used(number, tuple(ids), bool(layers), layers, changed)

    def _picks(
        self, session: Session, wanted: Wanted, place: Location, *, it_happened: bool
    ) -> tuple[list[Pick], list[Line]]:
        """What the use takes, and the gains that put right a ward whose books show too little."""
        try:
            return pick(session, wanted, place, _USE_ORDER, free_only=False), []
        except TooFewError:
            if not it_happened:
                raise
        _, batches = batches_wanted(session, wanted)
        present = shelves(session, batches, place, _USE_ORDER)
        here = sum(shelf.quantity for shelf in present)
        picks = [Pick(one.batch.id, one.quantity, Shelf(place.id, one.state), one.layers) for one in present]
        gain = _gain(session, wanted, place, wanted.quantity - here)
        return [*picks, gain], [
            Line(
                MovementKind.STOCK_GAIN,
                gain.batch_id,
                gain.quantity,
                Shelf(place.id, StockState.UNACCOUNTED),
                gain.source,
                "",
            )
        ]

    @once
    def give_back(
        self, *, actor: Actor, op_id: str, place_id: int, store_id: int, wanted: Wanted, reason: str = ""
    ) -> Returned:
        """From the ward's shelf to the store; locked goods land in the quarantine area of the store's site."""
        actor.demand(Duty.WARD, at=place_id)
        now = self._database.clock()
        with self._database.writing(actor.id) as session:
            place, store = session.get_one(Location, place_id), session.get_one(Location, store_id)
            picks = pick(session, wanted, place, WARD_SHELVES, free_only=False)
            number = next_number(session, WARD_RETURN, now)
            lines = [_return_line(session, one, store, number) for one in picks]
            ids = post(session, self._database.clock, Operation(op_id, actor.id, now, reason=reason), lines)
            aside = [line for line in lines if line.target and line.target.state is StockState.QUARANTINED]
            area = session.get(Location, aside[0].target.location_id) if aside and aside[0].target else None
            where = Bilingual(area.name_zh, area.name_en) if area else None
        total = sum(line.quantity for line in lines)
        return Returned(number, tuple(ids), total, sum(line.quantity for line in aside), where, _CHANGED)


@contextmanager
def _a_lock_in_the_same_moment(*, it_happened: bool) -> Generator[None]:
    """A lock that comes between the look and the posting is said as one: the wall only says what it would take."""
    try:
        yield
    except SecondMissingError as error:
        if it_happened:
            raise
        raise LockedError from error


def _refuse_held(picks: Sequence[Pick], layers: Sequence[LayerRow], wanted: Wanted) -> None:
    if layers:
        raise UseDespiteLockError(lot=wanted.lot or "—", layer=layers[0].layer)
    if any(one.source.state is StockState.QUARANTINED for one in picks):
        raise UseDespiteLockError(lot=wanted.lot or "—", layer=StockState.QUARANTINED)


def _gain(session: Session, wanted: Wanted, place: Location, missing: int) -> Pick:
    """Units that are here though the books say otherwise, of the newest receipt; locked ones land in quarantine."""
    _, batches = batches_wanted(session, wanted)
    batch = batches[-1]
    layers = layers_of(session, keys_of([batch]), today_at(session, place.id))[batch.id]
    state = StockState.QUARANTINED if layers else StockState.PAR
    return Pick(batch.id, missing, Shelf(place.id, state), layers)


def _numbered(line: Line, number: str) -> Line:
    return Line(line.kind, line.batch_id, line.quantity, line.source, line.target, number)


def _use_lines(picks: list[Pick], place: Location, number: str) -> list[Line]:
    target = Shelf(place.id, StockState.USED)
    return [
        Line(
            MovementKind.USE,
            one.batch_id,
            one.quantity,
            one.source,
            target,
            number,
            one.serial_unit_id,
            despite_lock=needs_second(MovementKind.USE, _kinds(one)),
        )
        for one in picks
    ]


def _return_line(session: Session, one: Pick, store: Location, number: str) -> Line:
    target = Shelf(store.id, StockState.IN_STOCK)
    if must_quarantine(MovementKind.WARD_RETURN, _kinds(one)):
        target = Shelf(area_near(session, store.id), StockState.QUARANTINED)
    return Line(MovementKind.WARD_RETURN, one.batch_id, one.quantity, one.source, target, number, one.serial_unit_id)


def _kinds(one: Pick) -> list[LockLayer]:
    return [layer.layer for layer in one.layers]
