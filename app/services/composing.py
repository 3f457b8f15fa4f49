"""Recipes of kits: each saving is a new version, kits already built keep theirs."""

from collections.abc import Sequence
from dataclasses import dataclass, field

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from app.core.actor import Actor, Bilingual
from app.core.changes import Changes, Topic
from app.core.errors import NotFoundError, RuleError
from app.core.permissions import Duty
from app.models.catalogue import DeviceIdentifier, PackagingLevel, Product
from app.models.database import Database
from app.models.kits import KitComponent, KitRecipe

IN_HOUSE_PREFIX = "02"
"""GS1 keeps GTINs that begin so for use inside a company (General Specifications, 2.1.11)."""


class NotAKitError(RuleError):
    """Product ``product`` cannot be a kit: it is tracked by serial number, or not by lot."""

    code = "kits.not_a_kit"


class KitInKitError(RuleError):
    """No kit stands in a kit; ``product`` is one."""

    code = "kits.kit_in_kit"


class ComponentTwiceError(RuleError):
    """The component ``product`` is listed twice."""

    code = "kits.component_twice"


class ComponentQuantityError(RuleError):
    """A recipe holds whole units, one at least, of ``product``."""

    code = "kits.component_quantity"


@dataclass(frozen=True, slots=True)
class Component:
    """So many base units of one product in each kit."""

    product_id: int
    quantity: int


@dataclass(frozen=True, slots=True)
class RecipeSaved:
    """The new version; ``di`` is the identifier that kits of the product are labelled with."""

    recipe_id: int
    version: int
    di: str
    changes: Changes = field(default=frozenset({Topic.CATALOGUE}))


class ComposingService:
    """Duty: KEEP_RECIPES."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def save(self, *, actor: Actor, product_id: int, components: Sequence[Component], note: str = "") -> RecipeSaved:
        """The next version of a kit's recipe; no component ends its building.

        A kit product without an identifier gets one for use in the house, so that its label can be scanned. Raises
        NotAKitError, KitInKitError, ComponentTwiceError, ComponentQuantityError.
        """
        actor.demand(Duty.KEEP_RECIPES)
        with self._database.writing(actor.id) as session:
            product = session.get(Product, product_id)
            if product is None:
                raise NotFoundError
            _demand_whole(session, product, components)
            last = session.scalar(select(func.max(KitRecipe.version)).where(KitRecipe.product_id == product_id)) or 0
            recipe = KitRecipe(
                product_id=product_id,
                version=last + 1,
                note=note.strip()[:400],
                made_by=actor.id,
                made_at=self._database.clock(),
            )
            session.add(recipe)
            session.flush()
            for part in components:
                session.add(KitComponent(recipe_id=recipe.id, product_id=part.product_id, quantity=part.quantity))
            return RecipeSaved(recipe.id, recipe.version, _identifier(session, product_id))


def kit_products(session: Session) -> set[int]:
    """Products that ever had a recipe."""
    return set(session.scalars(select(KitRecipe.product_id).distinct()))


def _demand_whole(session: Session, product: Product, components: Sequence[Component]) -> None:
    if product.needs_serial or not product.needs_lot:
        raise NotAKitError(product=_name(product))
    kits = kit_products(session) | {product.id}
    inside = session.scalars(select(KitComponent.id).where(KitComponent.product_id == product.id).limit(1)).first()
    if inside is not None and components:
        raise KitInKitError(product=_name(product))
    seen: set[int] = set()
    for part in components:
        its_name = _name(session.get_one(Product, part.product_id))
        if part.product_id in kits:
            raise KitInKitError(product=its_name)
        if part.product_id in seen:
            raise ComponentTwiceError(product=its_name)
        if part.quantity < 1:
            raise ComponentQuantityError(product=its_name)
        seen.add(part.product_id)


def _identifier(session: Session, product_id: int) -> str:
    """The identifier of one kit, made for use in the house where the catalogue has none."""
    unit = session.scalar(
        select(PackagingLevel).where(PackagingLevel.product_id == product_id, PackagingLevel.level == 0)
    )
    if unit is None:
        unit = PackagingLevel(product_id=product_id, level=0, name_zh="套", name_en="kit", units=1)
        session.add(unit)
        session.flush()
    known = session.scalar(
        select(DeviceIdentifier.di).where(
            DeviceIdentifier.product_id == product_id, DeviceIdentifier.packaging_level_id == unit.id
        )
    )
    if known is not None:
        return known
    digits = f"{IN_HOUSE_PREFIX}{product_id:011d}"
    total = sum(int(digit) * (3 if place % 2 == 0 else 1) for place, digit in enumerate(digits))
    made = DeviceIdentifier(
        product_id=product_id, packaging_level_id=unit.id, agency="gs1", di=f"{digits}{-total % 10}"
    )
    session.add(made)
    session.flush()
    return made.di


def _name(product: Product) -> Bilingual:
    return Bilingual(product.name_zh, product.name_en)
