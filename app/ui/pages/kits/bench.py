"""The kit on the bench: what its recipe wants, what was scanned for it so far."""

from dataclasses import dataclass, replace
from datetime import date

from app.queries.kits import KitRow
from app.queries.locations import LocationRow
from app.queries.recipes import ComponentRow, ProductChoice, RecipeRow
from app.services.issuing import merged
from app.services.picking import Wanted


@dataclass(frozen=True, slots=True)
class KitsSight:
    """What the page looks at."""

    recipes: tuple[RecipeRow, ...]
    kits: tuple[KitRow, ...]
    choices: tuple[ProductChoice, ...]
    stores: tuple[LocationRow, ...]


@dataclass(frozen=True, slots=True)
class BenchRow:
    """One component of the recipe with the lots scanned for it."""

    component: ComponentRow
    parts: tuple[Wanted, ...] = ()

    @property
    def id(self) -> int:
        return self.component.product_id

    @property
    def scanned(self) -> int:
        return sum(part.quantity for part in self.parts)

    @property
    def missing(self) -> int:
        return self.component.quantity - self.scanned

    @property
    def expiry_on(self) -> date | None:
        """The earliest that the labels said."""
        dated = [part.expiry_on for part in self.parts if part.expiry_on is not None]
        return min(dated, default=None)


@dataclass(frozen=True, slots=True)
class Bench:
    """One kit that is being built; empty without a recipe."""

    recipe: RecipeRow | None = None
    rows: tuple[BenchRow, ...] = ()

    @property
    def is_complete(self) -> bool:
        return bool(self.rows) and all(row.missing == 0 for row in self.rows)

    @property
    def parts(self) -> tuple[Wanted, ...]:
        return tuple(part for row in self.rows for part in row.parts)

    def row(self, product_id: int) -> BenchRow | None:
        return next((row for row in self.rows if row.component.product_id == product_id), None)

    def with_part(self, wanted: Wanted) -> "Bench":
        """One more scan; two of a lot are one part."""
        rows = tuple(
            replace(row, parts=tuple(merged([*row.parts, wanted]))) if row.id == wanted.product_id else row
            for row in self.rows
        )
        return replace(self, rows=rows)

    def without(self, product_id: int) -> "Bench":
        """Nothing of this component any more."""
        rows = tuple(replace(row, parts=()) if row.id == product_id else row for row in self.rows)
        return replace(self, rows=rows)


def bench_for(recipe: RecipeRow | None) -> Bench:
    """An empty kit of a recipe."""
    if recipe is None:
        return Bench()
    return Bench(recipe, tuple(BenchRow(part) for part in recipe.components))
