"""Shelf codes of a store, and which batch lies on which shelf: laid there by scan, never overwritten."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from app.core.actor import Actor, Bilingual
from app.core.changes import Changes, Topic
from app.core.errors import NotFoundError, RuleError
from app.core.permissions import Duty
from app.core.statuses.stock import Inspection, LocationKind, StockState
from app.models.database import Database
from app.models.places import Location
from app.models.refusals import ExistsError
from app.models.stock import Balance, Batch
from app.models.store_work import PutAway, ShelfPlace
from app.queries.days import today_at
from app.queries.layers import keys_of, layers_of
from app.reports.shelf_labels import render_shelf_labels
from app.reports.store_rows import ShelfLabel
from app.services.laying import Laying
from app.services.picking import Wanted, batches_wanted
from app.services.repeating import once
from app.services.stops import stop_for

CHANGED: Changes = frozenset({Topic.STOCK})
LONGEST_CODE = 20


class BadShelfCodeError(RuleError):
    """A shelf code has up to ``most`` letters A–Z, digits, dots and dashes; ``shelf`` has others."""

    code = "store_work.bad_shelf_code"


class ShelfExistsError(RuleError):
    """The ``place`` has a shelf ``shelf`` already."""

    code = "store_work.shelf_exists"


class NoSuchShelfError(RuleError):
    """The ``place`` has no shelf ``shelf`` in use."""

    code = "store_work.no_such_shelf"


class NotInStoreError(RuleError):
    """Nothing of ``lot`` lies in the ``place``."""

    code = "store_work.not_in_store"


class NothingToPrintError(RuleError):
    """The store has no shelf in use."""

    code = "store_work.nothing_to_print"


@dataclass(frozen=True, slots=True)
class ShelvesAdded:
    """The new shelves."""

    shelf_ids: tuple[int, ...]
    changes: Changes = CHANGED


@dataclass(frozen=True, slots=True)
class Shelved:
    """The batches lie on ``shelf`` now; ``before`` names the shelves they came from.

    ``quantity`` units were laid there; None: all there are.
    """

    shelf: str
    lot: str
    batch_ids: tuple[int, ...]
    before: tuple[str, ...]
    quantity: int | None = None
    changes: Changes = CHANGED


class ShelvingService:
    """Duty: STORE_WORK."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def add_shelves(self, *, actor: Actor, location_id: int, codes: Sequence[str], note: str = "") -> ShelvesAdded:
        """New shelf codes of a store, all or none; a code that was taken out of use comes back.

        Raises BadShelfCodeError, ShelfExistsError, NotFoundError (not a store).
        """
        actor.demand(Duty.STORE_WORK, at=location_id)
        wanted = list(dict.fromkeys(shelf_code(code) for code in codes))
        with self._database.writing(actor.id) as session:
            store = _store(session, location_id)
            return ShelvesAdded(tuple(_shelf(session, store, code, note) for code in wanted))

    def retire_shelf(self, *, actor: Actor, shelf_id: int) -> ShelvesAdded:
        """The shelf is no longer offered; what lay there keeps its history."""
        actor.demand(Duty.STORE_WORK)
        with self._database.writing(actor.id) as session:
            shelf = session.get(ShelfPlace, shelf_id)
            if shelf is None:
                raise NotFoundError
            actor.demand_at(Duty.STORE_WORK, shelf.location_id)
            shelf.is_active = False
            return ShelvesAdded((shelf.id,))

    @once
    def put_away(
        self,
        *,
        actor: Actor,
        op_id: str,
        location_id: int,
        shelf: str,
        wanted: Wanted,
        quantity: int | None = None,
    ) -> Shelved:
        """What was scanned lies on the shelf: every released receipt of the lot that has stock in the store.

        With ``quantity`` so many units of it come onto the shelf, from what has no shelf yet first; the others stay
        where they are. Raises NoSuchShelfError, NotInStoreError, LotPendingError, LotRejectedError,
        TooMuchForShelfError, ExistsError (the same act twice).
        """
        actor.demand(Duty.STORE_WORK, at=location_id)
        with self._database.writing(actor.id) as session:
            store = _store(session, location_id)
            place = _shelf_in_use(session, store, shelf)
            _, batches = batches_wanted(session, wanted)
            lying = _lying(session, store, batches)
            if not lying:
                name = Bilingual(store.name_zh, store.name_en)
                raise NotInStoreError(lot=wanted.lot or "—", place=name)
            released = _released(session, store, lying)
            laying = Laying(session, store.id, place)
            before = laying.all_of(released) if quantity is None else laying.some_of(released, quantity)
            _write(session, laying, op_id, actor.id, self._database.clock())
            return Shelved(
                place.code, released[0].lot_no, tuple(batch.id for batch in released), before, quantity=quantity
            )

    def labels(self, *, actor: Actor, location_id: int, shelf_ids: Sequence[int] = ()) -> bytes:
        """A sheet of shelf labels as PDF; of these shelves, or all in use. Raises NothingToPrintError."""
        actor.demand(Duty.STORE_WORK, at=location_id)
        with self._database.reading() as session:
            store = _store(session, location_id)
            query = select(ShelfPlace).where(ShelfPlace.location_id == store.id, ShelfPlace.is_active)
            if shelf_ids:
                query = query.where(ShelfPlace.id.in_(shelf_ids))
            labels = [
                ShelfLabel(code=shelf.code, place=store.name_zh, place_en=store.name_en, note=shelf.note)
                for shelf in session.scalars(query.order_by(ShelfPlace.code))
            ]
        if not labels:
            raise NothingToPrintError
        return render_shelf_labels(labels)


def shelf_code(code: str) -> str:
    """As it stands on the label. Raises BadShelfCodeError."""
    shelf = code.strip().upper()
    allowed = shelf.isascii() and all(letter.isalnum() or letter in ".-" for letter in shelf)
    if not shelf or len(shelf) > LONGEST_CODE or not allowed:
        raise BadShelfCodeError(shelf=code.strip()[:40] or "—", most=LONGEST_CODE)
    return shelf


def _store(session: Session, location_id: int) -> Location:
    store = session.get(Location, location_id)
    if store is None or store.kind is not LocationKind.STORE:
        raise NotFoundError
    return store


def _shelf(session: Session, store: Location, code: str, note: str) -> int:
    query = select(ShelfPlace).where(ShelfPlace.location_id == store.id, ShelfPlace.code == code)
    standing = session.scalar(query)
    if standing is not None and standing.is_active:
        raise ShelfExistsError(shelf=code, place=Bilingual(store.name_zh, store.name_en))
    shelf = standing or ShelfPlace(location_id=store.id, code=code)
    shelf.note, shelf.is_active = note.strip()[:200], True
    session.add(shelf)
    session.flush()
    return shelf.id


def _shelf_in_use(session: Session, store: Location, code: str) -> ShelfPlace:
    query = select(ShelfPlace).where(
        ShelfPlace.location_id == store.id, ShelfPlace.code == code.strip().upper(), ShelfPlace.is_active
    )
    shelf = session.scalar(query)
    if shelf is None:
        raise NoSuchShelfError(shelf=code.strip() or "—", place=Bilingual(store.name_zh, store.name_en))
    return shelf


def _lying(session: Session, store: Location, batches: Sequence[Batch]) -> list[Batch]:
    query = select(Balance.batch_id).where(
        Balance.location_id == store.id,
        Balance.state == StockState.IN_STOCK,
        Balance.quantity > 0,
        Balance.batch_id.in_([batch.id for batch in batches]),
    )
    there = set(session.scalars(query))
    return [batch for batch in batches if batch.id in there]


def _released(session: Session, store: Location, batches: Sequence[Batch]) -> list[Batch]:
    """Only released goods are laid on shelves. Raises LotStoppedError where none of them is."""
    released = [batch for batch in batches if batch.inspection is Inspection.RELEASED]
    if released:
        return released
    first = batches[0]
    layers = layers_of(session, keys_of([first]), today_at(session, store.id))[first.id]
    raise stop_for(first.lot_no, [row for row in layers if row.layer.value == first.inspection.value])


def _write(session: Session, laying: Laying, op_id: str, person_id: int, now: datetime) -> None:
    for number, act in enumerate(laying.acts, start=1):
        key = f"{op_id}-{number}"
        if session.scalar(select(PutAway.id).where(PutAway.op_id == key)) is not None:
            raise ExistsError
        session.add(
            PutAway(
                op_id=key,
                batch_id=act.batch_id,
                location_id=laying.store_id,
                shelf_id=act.shelf_id,
                quantity=act.quantity,
                person_id=person_id,
                at=now,
            )
        )
        session.flush()
