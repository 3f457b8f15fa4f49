"""Recipes of kits: what the newest version of each holds."""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from app.core.actor import Bilingual
from app.models.catalogue import Product
from app.models.kits import Kit, KitComponent, KitRecipe
from app.models.persons import Person


@dataclass(frozen=True, slots=True)
class ComponentRow:
    """So many base units of one product in each kit."""

    product_id: int
    code: str
    product: Bilingual
    ref: str
    spec: str
    unit: Bilingual
    needs_serial: bool
    quantity: int


@dataclass(frozen=True, slots=True)
class RecipeRow:
    """The newest version for one kit product; without components it is no longer built."""

    id: int
    product_id: int
    code: str
    product: Bilingual
    ref: str
    spec: str
    version: int
    note: str
    made_by: Bilingual
    made_at: datetime
    components: tuple[ComponentRow, ...]
    built: int

    @property
    def is_ended(self) -> bool:
        return not self.components

    @property
    def units(self) -> int:
        return sum(part.quantity for part in self.components)


@dataclass(frozen=True, slots=True)
class ProductChoice:
    """A product that may be put into a recipe, or become a kit."""

    id: int
    code: str
    name: Bilingual
    ref: str
    spec: str
    unit: Bilingual


def recipes(session: Session) -> list[RecipeRow]:
    """The newest version of each kit, by the product's code."""
    newest = select(func.max(KitRecipe.id)).group_by(KitRecipe.product_id)
    found = session.execute(
        select(KitRecipe, Product, Person)
        .join(Product, Product.id == KitRecipe.product_id)
        .join(Person, Person.id == KitRecipe.made_by)
        .where(KitRecipe.id.in_(newest))
        .order_by(Product.code)
    ).all()
    parts = _components(session, [recipe.id for recipe, _, _ in found])
    built = _built(session)
    return [
        RecipeRow(
            recipe.id,
            product.id,
            product.code,
            Bilingual(product.name_zh, product.name_en),
            product.ref,
            product.spec,
            recipe.version,
            recipe.note,
            Bilingual(person.name_zh, person.name_en),
            recipe.made_at,
            tuple(parts[recipe.id]),
            built.get(product.id, 0),
        )
        for recipe, product, person in found
    ]


def recipe_of(session: Session, product_id: int) -> RecipeRow | None:
    """The newest version for a product, None where it never was a kit."""
    return next((row for row in recipes(session) if row.product_id == product_id), None)


def choices(session: Session) -> list[ProductChoice]:
    """Every active product, by code."""
    query = select(Product).where(Product.is_active).order_by(Product.code)
    return [
        ProductChoice(
            product.id,
            product.code,
            Bilingual(product.name_zh, product.name_en),
            product.ref,
            product.spec,
            Bilingual(product.base_unit_zh, product.base_unit_en),
        )
        for product in session.scalars(query)
    ]


def _components(session: Session, recipe_ids: Sequence[int]) -> dict[int, list[ComponentRow]]:
    rows = session.execute(
        select(KitComponent, Product)
        .join(Product, Product.id == KitComponent.product_id)
        .where(KitComponent.recipe_id.in_(recipe_ids))
        .order_by(KitComponent.id)
    )
    parts: dict[int, list[ComponentRow]] = defaultdict(list)
    for part, product in rows:
        parts[part.recipe_id].append(
            ComponentRow(
                product.id,
                product.code,
                Bilingual(product.name_zh, product.name_en),
                product.ref,
                product.spec,
                Bilingual(product.base_unit_zh, product.base_unit_en),
                product.needs_serial,
                part.quantity,
            )
        )
    return parts


def _built(session: Session) -> dict[int, int]:
    rows = session.execute(
        select(KitRecipe.product_id, func.count())
        .join(Kit, Kit.recipe_id == KitRecipe.id)
        .group_by(KitRecipe.product_id)
    )
    return {product_id: count for product_id, count in rows}
