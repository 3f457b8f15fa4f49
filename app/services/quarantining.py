"""Goods put aside, from any shelf, and taken back to the shelf by two persons when nothing holds them any more."""

from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy.orm import Session

from app.core.actor import Actor, Bilingual
from app.core.changes import Changes, Topic
from app.core.errors import RuleError
from app.core.permissions import Duty, NotEntitledError
from app.core.statuses.stock import LocationKind, MovementKind, StockState
from app.models.database import Database
from app.models.places import Location
from app.models.stock import Batch
from app.queries.days import today_at
from app.queries.layers import keys_of, layers_of
from app.queries.locations import quarantine_area
from app.services.numbering import QUARANTINE, next_number
from app.services.picking import Wanted, pick
from app.services.posting import Line, Operation, Shelf, post
from app.services.repeating import once
from app.services.stops import stop_for

ON_SHELVES = (StockState.IN_STOCK, StockState.PAR, StockState.EXPENSED)
_CHANGED: Changes = frozenset({Topic.STOCK, Topic.TASKS})


class NoQuarantineAreaError(RuleError):
    """The site of the ``place`` has no quarantine area."""

    code = "no_quarantine_area"


class NotAShelfError(RuleError):
    """Out of quarantine leads to a store or a department that keeps stock."""

    code = "not_a_shelf"


@dataclass(frozen=True, slots=True)
class Portion:
    """So many units of one batch on one shelf, chosen from a list; ``serial_unit_id`` of serial products."""

    batch_id: int
    location_id: int
    state: StockState
    quantity: int
    serial_unit_id: int | None = None


@dataclass(frozen=True, slots=True)
class Moved:
    """The posted document."""

    document_no: str
    movement_ids: tuple[int, ...]
    quantity: int
    changes: Changes


class QuarantiningService:
    """Into quarantine takes one person: a storekeeper or coordinator anywhere, a ward on its own shelves."""

    def __init__(self, database: Database) -> None:
        self._database = database

    @once
    def put_aside(
        self,
        *,
        actor: Actor,
        op_id: str,
        portions: Sequence[Portion],
        target_id: int | None = None,
        reason: str = "",
        case_id: int | None = None,
    ) -> Moved:
        """Portions to the place ``target_id`` in state quarantined; without one, to the quarantine area of their site.

        The target may be the ward itself: the goods stay there, put aside. Goods already quarantined may go on to an
        area. Raises NoQuarantineAreaError, TooFewError, and what posting raises.
        """
        with self._database.writing(actor.id) as session:
            for portion in portions:
                _demand_collecting(session, actor, portion.location_id)
            number = next_number(session, QUARANTINE, self._database.clock())
            lines = [
                Line(
                    MovementKind.QUARANTINE,
                    portion.batch_id,
                    portion.quantity,
                    Shelf(portion.location_id, portion.state),
                    Shelf(target_id or area_near(session, portion.location_id), StockState.QUARANTINED),
                    number,
                    portion.serial_unit_id,
                    case_id=case_id,
                )
                for portion in portions
            ]
            operation = Operation(op_id, actor.id, self._database.clock(), reason=reason)
            ids = post(session, self._database.clock, operation, lines)
        return Moved(number, tuple(ids), sum(line.quantity for line in lines), _CHANGED)

    @once
    def put_aside_scanned(
        self,
        *,
        actor: Actor,
        op_id: str,
        place_id: int,
        wanted: Wanted,
        target_id: int | None = None,
        reason: str = "",
        case_id: int | None = None,
    ) -> Moved:
        """What was scanned, from the shelves of a place; locked or not."""
        with self._database.reading() as session:
            place = session.get_one(Location, place_id)
            states = ON_SHELVES if target_id == place_id else (*ON_SHELVES, StockState.QUARANTINED)
            picks = pick(session, wanted, place, states, free_only=False)
        portions = [
            Portion(one.batch_id, one.source.location_id, one.source.state, one.quantity, one.serial_unit_id)
            for one in picks
        ]
        return self.put_aside(
            actor=actor, op_id=op_id, portions=portions, target_id=target_id, reason=reason, case_id=case_id
        )

    @once
    def take_back(
        self, *, actor: Actor, op_id: str, second: Actor, portion: Portion, target_id: int, reason: str
    ) -> Moved:
        """Out of quarantine to the free shelf of ``target_id``; ``second`` has signed ``op_id``.

        Raises LotStoppedError while any layer stands.
        """
        actor.demand(Duty.COLLECT_GOODS)
        with self._database.writing(actor.id) as session:
            refuse_locked(session, portion.batch_id, portion.location_id)
            target = session.get_one(Location, target_id)
            if target.shelf not in (StockState.IN_STOCK, StockState.PAR):
                raise NotAShelfError(place=Bilingual(target.name_zh, target.name_en))
            number = next_number(session, QUARANTINE, self._database.clock())
            line = Line(
                MovementKind.UNQUARANTINE,
                portion.batch_id,
                portion.quantity,
                Shelf(portion.location_id, StockState.QUARANTINED),
                Shelf(target_id, target.shelf),
                number,
                portion.serial_unit_id,
            )
            operation = Operation(op_id, actor.id, self._database.clock(), second.id, reason)
            ids = post(session, self._database.clock, operation, [line])
        return Moved(number, tuple(ids), portion.quantity, _CHANGED)


def area_near(session: Session, location_id: int) -> int:
    """The quarantine area of the site. Raises NoQuarantineAreaError."""
    area = quarantine_area(session, location_id)
    if area is None:
        place = session.get_one(Location, location_id)
        raise NoQuarantineAreaError(place=Bilingual(place.name_zh, place.name_en))
    return area.id


def refuse_locked(session: Session, batch_id: int, location_id: int) -> None:
    """Raises LotStoppedError where any layer stands on the batch at this place."""
    batch = session.get_one(Batch, batch_id)
    layers = layers_of(session, keys_of([batch]), today_at(session, location_id))[batch_id]
    if layers:
        raise stop_for(batch.lot_no, layers)


def _demand_collecting(session: Session, actor: Actor, location_id: int) -> None:
    """A ward may put aside what lies on its own shelves."""
    place = session.get_one(Location, location_id)
    own_ward = actor.belongs_to(location_id) and place.kind is LocationKind.DEPARTMENT
    if not actor.may(Duty.COLLECT_GOODS) and not (own_ward and actor.may(Duty.WARD, at=location_id)):
        raise NotEntitledError(duty=Duty.COLLECT_GOODS)
