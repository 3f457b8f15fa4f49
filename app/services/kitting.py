"""Kits: built from released, unlocked, unexpired components, opened again into stock or quarantine.

Each kit is a batch of one unit of the kit product. It comes into the ledger as its components go into it, and leaves
it as they come out; what was used, returned or destroyed with it stays in it for ever.
"""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from sqlalchemy import select
from sqlalchemy.orm import Session

from app.core.actor import Actor, Bilingual
from app.core.changes import Changes, Topic
from app.core.errors import NotFoundError, RuleError
from app.core.permissions import Duty, NotEntitledError
from app.core.statuses.locks import must_quarantine
from app.core.statuses.stock import LocationKind, MovementKind, StockState
from app.models.catalogue import Product
from app.models.database import Database
from app.models.kits import Kit
from app.models.places import Location
from app.models.stock import Balance, Batch
from app.queries.days import today_at
from app.queries.layers import distinct_layers, keys_of, layers_of
from app.queries.recipes import RecipeRow, recipe_of
from app.services.issuing import merged
from app.services.kit_batches import building_lines, kit_batch, opening_lines
from app.services.numbering import KIT, KIT_OPENING, next_number
from app.services.picking import Pick, Wanted, pick
from app.services.posting import Operation, Shelf, hold_gates, post
from app.services.quarantining import area_near
from app.services.repeating import once

OPENED_FROM = (StockState.IN_STOCK, StockState.PAR, StockState.EXPENSED, StockState.QUARANTINED)
"""Shelves on which a kit is in somebody's hands."""
_CHANGED: Changes = frozenset({Topic.STOCK, Topic.LOCKS})


class NoRecipeError(RuleError):
    """``product`` is no kit, or is no longer built."""

    code = "kits.no_recipe"


class NotInRecipeError(RuleError):
    """``product`` does not belong into the kit."""

    code = "kits.not_in_recipe"


class KitIncompleteError(RuleError):
    """The recipe wants ``wanted`` of ``product``, ``given`` were scanned."""

    code = "kits.incomplete"


class KitGoneError(RuleError):
    """Kit ``kit`` is not on a shelf: used, opened, returned or on its way."""

    code = "kits.gone"


@dataclass(frozen=True, slots=True)
class Built:
    """The kit that now stands in the store: ``batch_id``, its own ``number``, and when it expires."""

    batch_id: int
    number: str
    expiry_on: date | None
    components: int
    changes: Changes = _CHANGED


@dataclass(frozen=True, slots=True)
class Opened:
    """Where the components went: back to stock, or all to ``quarantine``."""

    document_no: str
    quantity: int
    quarantine: Bilingual | None
    changes: Changes = _CHANGED


class KittingService:
    """Duty: BUILD_KITS; a ward may open what lies on its own shelves."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def check(self, wanted: Wanted, store_id: int) -> tuple[Pick, ...]:
        """What a scanned component would take, before the kit is built; reads only.

        Raises LotStoppedError (with layer, who, when, why), TooFewError, NoSuchLotError, LabelDiffersError …
        """
        with self._database.reading() as session:
            store = session.get_one(Location, store_id)
            return tuple(pick(session, wanted, store, (StockState.IN_STOCK,)))

    @once
    def build(self, *, actor: Actor, op_id: str, product_id: int, store_id: int, parts: Sequence[Wanted]) -> Built:
        """One kit, complete as its newest recipe says. Raises NoRecipeError, NotInRecipeError, KitIncompleteError,
        LotStoppedError and what picking raises.
        """
        actor.demand(Duty.BUILD_KITS, at=store_id)
        now = self._database.clock()
        with self._database.writing(actor.id) as session:
            recipe = recipe_of(session, product_id)
            if recipe is None or recipe.is_ended:
                raise NoRecipeError(product=_product_name(session, product_id))
            store = session.get_one(Location, store_id)
            _demand_complete(session, recipe, parts)
            picks = [one for part in merged(parts) for one in pick(session, part, store, (StockState.IN_STOCK,))]
            operation = Operation(op_id, actor.id, now)
            kit = kit_batch(session, recipe, store, picks, operation, next_number(session, KIT, now))
            post(session, self._database.clock, operation, building_lines(kit, store, picks))
            return Built(kit.id, kit.lot_no, kit.expiry_on, sum(one.quantity for one in picks))

    @once
    def open(self, *, actor: Actor, op_id: str, kit_batch_id: int, reason: str = "") -> Opened:
        """Take a kit apart. Its components go back to the store's stock, or to quarantine where any layer stands on the
        kit or it was opened outside a store. Raises KitGoneError, NoQuarantineAreaError.
        """
        now = self._database.clock()
        with self._database.writing(actor.id) as session:
            kit = session.scalar(select(Kit).where(Kit.batch_id == kit_batch_id))
            if kit is None:
                raise NotFoundError
            batch, shelf = _where(session, kit_batch_id)
            place = session.get_one(Location, shelf.location_id)
            _demand_opening(actor, place)
            target, area = _way_out(session, batch, place)
            number = next_number(session, KIT_OPENING, now)
            lines = opening_lines(session, kit, shelf, target, number)
            post(session, self._database.clock, Operation(op_id, actor.id, now, reason=reason.strip()), lines)
            return Opened(number, sum(line.quantity for line in lines) - 1, area)


def _demand_complete(session: Session, recipe: RecipeRow, parts: Sequence[Wanted]) -> None:
    given: Counter[int] = Counter()
    for part in parts:
        given[part.product_id] += part.quantity
    wanted = {part.product_id: part for part in recipe.components}
    for product_id in given:
        if product_id not in wanted:
            raise NotInRecipeError(product=_product_name(session, product_id))
    for product_id, part in wanted.items():
        if given[product_id] != part.quantity:
            raise KitIncompleteError(product=part.product, wanted=part.quantity, given=given[product_id])


def _demand_opening(actor: Actor, place: Location) -> None:
    own_ward = actor.belongs_to(place.id) and place.kind is LocationKind.DEPARTMENT
    if not actor.may(Duty.BUILD_KITS) and not (own_ward and actor.may(Duty.WARD, at=place.id)):
        raise NotEntitledError(duty=Duty.BUILD_KITS)


def _where(session: Session, kit_batch_id: int) -> tuple[Batch, Shelf]:
    """The kit and the shelf it is on. Raises KitGoneError."""
    batch = session.get_one(Batch, kit_batch_id)
    found = session.scalar(
        select(Balance).where(Balance.batch_id == kit_batch_id, Balance.quantity > 0, Balance.state.in_(OPENED_FROM))
    )
    if found is None:
        raise KitGoneError(kit=batch.lot_no)
    return batch, Shelf(found.location_id, found.state)


def _way_out(session: Session, batch: Batch, place: Location) -> tuple[Shelf, Bilingual | None]:
    """Back to the store's stock, or to the quarantine area of the site, with its name."""
    hold_gates(session, [batch.id])
    layers = distinct_layers(layers_of(session, keys_of([batch]), today_at(session, place.id))[batch.id])
    if place.kind is LocationKind.STORE and not must_quarantine(MovementKind.KIT_OPEN, layers):
        return Shelf(place.id, StockState.IN_STOCK), None
    area = session.get_one(Location, area_near(session, place.id))
    return Shelf(area.id, StockState.QUARANTINED), Bilingual(area.name_zh, area.name_en)


def _product_name(session: Session, product_id: int) -> Bilingual:
    product = session.get(Product, product_id)
    if product is None:
        raise NotFoundError
    return Bilingual(product.name_zh, product.name_en)
