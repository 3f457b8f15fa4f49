"""Decides for the kits page: what a scan adds to the kit on the bench, which kit is looked at, which recipe is kept."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field, replace
from functools import partial
from pathlib import Path
from typing import Any
from uuid import uuid4

from PySide6.QtCore import QObject, Signal, Slot

from app.core.changes import Topic
from app.core.errors import AppError
from app.core.permissions import Duty
from app.core.statuses.stock import LocationKind
from app.queries.kits import KitCard, kit_card, kit_of_number, kit_rows
from app.queries.locations import locations
from app.queries.reader import Reader
from app.queries.recipes import RecipeRow, choices, recipes
from app.queries.scanned import ProductRow
from app.services.composing import Component, ComposingService, RecipeSaved
from app.services.kitting import Built, KittingService, NotInRecipeError, Opened
from app.services.labelling import LabellingService
from app.services.picking import Wanted
from app.ui.background import Background
from app.ui.boxes import BATCH_CODE, BoxReader
from app.ui.pages.kits.bench import Bench, KitsSight, bench_for
from app.ui.presenter import Presenter
from app.ui.seat import Seat
from app.ui.sounds import Sound

OWN_CODE = "RD:"


@dataclass(frozen=True, slots=True)
class Said:
    """The answer to a scan: a key of ``[kits.said]`` with its values, or an error."""

    sound: Sound
    key: str
    code: str = ""
    values: dict[str, Any] = field(default_factory=dict[str, Any])
    error: AppError | None = None


class KitsPresenter(Presenter):
    """Scans are answered one after another: each looks at the bench the one before left."""

    topics = frozenset({Topic.STOCK, Topic.LOCKS, Topic.RECALLS, Topic.CATALOGUE})
    sight_changed = Signal(object)
    """``KitsSight``."""
    bench_changed = Signal(object)
    """``Bench``."""
    card_changed = Signal(object)
    """``KitCard``, or None."""
    answered = Signal(object)
    """``Said``."""
    done = Signal(str, dict)
    """A key of ``[kits.said]`` and its values."""
    refused = Signal(AppError)
    """What a person wanted to do was not taken; the input stays."""
    recipe_saved = Signal()

    def __init__(
        self,
        reader: Reader,
        kitting: KittingService,
        composing: ComposingService,
        labelling: LabellingService,
        seat: Seat,
        background: Background,
        folder: Path,
        *,
        play: Callable[[Sound], None] | None = None,
        parent: QObject | None = None,
    ) -> None:
        super().__init__(background, parent)
        self._reader, self._kitting, self._composing, self._labelling = reader, kitting, composing, labelling
        self._seat, self._folder, self._play = seat, folder, play
        self._boxes = BoxReader(reader)
        self._sight: KitsSight | None = None
        self._kit_id: int | None = None
        self.bench = Bench()
        self.card: KitCard | None = None
        self.store_id: int | None = None
        self.shows_gone = False
        seat.actor_changed.connect(self._begin_anew)

    @property
    def sight(self) -> KitsSight | None:
        return self._sight

    def may(self, duty: Duty) -> bool:
        """Whether the person who sits here is entitled."""
        return self._seat.is_taken and self._seat.actor.may(duty)

    def is_own_ward(self, location_id: int | None) -> bool:
        """Whether a kit there lies on the shelves of the ward whose person sits here."""
        return self.may(Duty.WARD) and location_id is not None and self._seat.actor.location_id == location_id

    # loading -------------------------------------------------------------------------
    @Slot()
    def reload(self) -> None:
        if not self._seat.is_taken:
            return
        with_opened = self.shows_gone

        def ask() -> KitsSight:
            return KitsSight(
                tuple(self._reader.fetch(recipes)),
                tuple(self._reader.fetch(kit_rows, with_opened=with_opened)),
                tuple(self._reader.fetch(choices)),
                tuple(self._reader.fetch(locations, LocationKind.STORE)),
            )

        self._load(ask, self._show, "sight")
        self._load_card()

    def _show(self, sight: KitsSight) -> None:
        self._sight = sight
        ids = [store.id for store in sight.stores]
        if self.store_id not in ids:
            here = self._seat.place_id
            self.store_id = here if here in ids else (ids[0] if ids else None)
        on_bench = self.bench.recipe
        if on_bench is not None and all(recipe.id != on_bench.id for recipe in sight.recipes):
            self._put(Bench())  # another version was saved meanwhile
        self.sight_changed.emit(sight)

    def show_gone(self, gone: bool) -> None:
        """Used, returned and opened kits too."""
        self.shows_gone = gone
        self.reload()

    @Slot()
    def _begin_anew(self) -> None:
        self.bench, self._kit_id, self.card = Bench(), None, None

    # the bench --------------------------------------------------------------------------
    def choose_recipe(self, product_id: int) -> None:
        """Another kit: what was scanned goes back to its shelf, nothing is posted yet."""
        found = self._recipe_of(product_id)
        if found is not None and (self.bench.recipe is None or self.bench.recipe.id != found.id):
            self._put(bench_for(found))

    def choose_store(self, store_id: int) -> None:
        """Another store: what was scanned was checked against the old one and goes."""
        if store_id != self.store_id:
            self.store_id = store_id
            self._put(bench_for(self.bench.recipe))

    def empty_row(self, product_id: int) -> None:
        """Take the scanned lots of a component off the bench."""
        self._put(self.bench.without(product_id))

    def _put(self, bench: Bench) -> None:
        self.bench = bench
        self.bench_changed.emit(bench)

    def _recipe_of(self, product_id: int) -> RecipeRow | None:
        known = self._sight.recipes if self._sight else ()
        return next((row for row in known if row.product_id == product_id and not row.is_ended), None)

    def build(self) -> None:
        """Post the kit on the bench and make its label."""
        recipe, store_id = self.bench.recipe, self.store_id
        if recipe is None or store_id is None or not self.bench.is_complete:
            return
        actor, op_id, parts = self._seat.actor, uuid4().hex, self.bench.parts

        def act() -> Built:
            return self._kitting.build(
                actor=actor, op_id=op_id, product_id=recipe.product_id, store_id=store_id, parts=parts
            )

        def built(kit: Built) -> None:
            self._put(bench_for(recipe))
            self.done.emit("built", {"number": kit.number, "day": kit.expiry_on or "—"})
            self.print_label(kit.batch_id, kit.number)

        self._act(act, built, self.refused.emit)

    # scans -----------------------------------------------------------------------------
    def take_scan(self, raw: str) -> bool:
        """A component goes into the kit on the bench, a kit's label shows the kit; False for other codes of ours."""
        if raw.startswith(OWN_CODE) and not raw.startswith(BATCH_CODE):
            return False
        reading = self._boxes.reading(raw)
        code = reading.lot or raw[:14]

        def ask() -> tuple[ProductRow, Wanted, int | None]:
            product, wanted = self._boxes.goods(raw, reading)
            return product, wanted, self._reader.fetch(kit_of_number, wanted.lot) if wanted.lot else None

        def failed(error: AppError) -> None:
            is_half = self._boxes.is_half(reading, error)
            self._answer(Said("look", "half", code) if is_half else Said("stop", "refused", code, error=error))

        self._background.read(self, ask, self._place, failed)
        return True

    def _place(self, found: tuple[ProductRow, Wanted, int | None]) -> None:
        product, wanted, kit_id = found
        code = wanted.lot or product.ref
        if kit_id is not None:
            self.choose_kit(kit_id)
            self._answer(Said("taken", "kit", code, {"number": code}))
            return
        if self.bench.recipe is None:
            self._guess_recipe(product)
        row = self.bench.row(product.id)
        if self.bench.recipe is None:
            self._answer(Said("look", "choose_recipe", code, {"product": product.name}))
        elif row is None:
            self._answer(Said("stop", "refused", code, error=NotInRecipeError(product=product.name)))
        elif row.missing <= 0:
            self._answer(Said("look", "enough", code, {"product": product.name, "count": row.component.quantity}))
        else:
            self._check(product, replace(wanted, quantity=min(wanted.quantity, row.missing)))

    def _guess_recipe(self, product: ProductRow) -> None:
        """The only kit that has this component is the one that is meant."""
        known = self._sight.recipes if self._sight else ()
        having = [row for row in known if any(part.product_id == product.id for part in row.components)]
        if len(having) == 1:
            self.choose_recipe(having[0].product_id)

    def _check(self, product: ProductRow, wanted: Wanted) -> None:
        store_id, code = self.store_id, wanted.lot or product.ref
        if store_id is None:
            return
        whole = self.bench.with_part(wanted).row(product.id)
        parts = whole.parts if whole is not None else (wanted,)

        def check() -> None:
            for part in parts:
                self._kitting.check(part, store_id)

        def taken(_none: None) -> None:
            row = self.bench.row(product.id)
            if row is None or row.missing < wanted.quantity:
                return
            self._put(self.bench.with_part(wanted))
            values = {"lot": code, "product": product.name, "quantity": wanted.quantity}
            self._answer(Said("taken", "complete" if self.bench.is_complete else "added", code, values))

        self._background.read(
            self, check, taken, lambda error: self._answer(Said("stop", "refused", code, error=error))
        )

    def _answer(self, said: Said) -> None:
        if self._play is not None:
            self._play(said.sound)
        self.answered.emit(said)

    # one kit --------------------------------------------------------------------------------
    def choose_kit(self, batch_id: int | None) -> None:
        """Look at one kit and what stands in it."""
        self._kit_id = batch_id
        self._load_card()

    def _load_card(self) -> None:
        kit_id = self._kit_id
        if kit_id is None:
            return
        self._load(lambda: self._reader.fetch(kit_card, kit_id), self._show_card, "card")

    def _show_card(self, card: KitCard) -> None:
        if card.row.batch_id == self._kit_id:
            self.card = card
            self.card_changed.emit(card)

    def open_kit(self, reason: str) -> None:
        """Take the chosen kit apart."""
        card, actor, op_id = self.card, self._seat.actor, uuid4().hex
        if card is None:
            return
        kit_id = card.row.batch_id

        def opened(outcome: Opened) -> None:
            values: dict[str, Any] = {"number": card.row.number, "quantity": outcome.quantity}
            key = "opened" if outcome.quarantine is None else "opened_aside"
            self.done.emit(key, values | {"place": outcome.quarantine or ""})
            self._load_card()

        act = partial(self._kitting.open, actor=actor, op_id=op_id, kit_batch_id=kit_id, reason=reason)
        self._act(act, opened, self.refused.emit)

    def print_label(self, batch_id: int, number: str) -> None:
        """Write the kit's label as a PDF into the folder for papers."""
        folder = self._folder

        def make() -> str:
            folder.mkdir(parents=True, exist_ok=True)
            path = folder / f"{number}.pdf"
            path.write_bytes(self._labelling.batch_label(batch_id))
            return str(path)

        self._load(make, lambda path: self.done.emit("label", {"number": number, "path": path}), "label")

    # recipes ----------------------------------------------------------------------------------
    def save_recipe(self, product_id: int, components: Sequence[tuple[int, int]], note: str) -> None:
        """The next version of a recipe; without components the kit is no longer built."""
        actor = self._seat.actor
        parts = [Component(component, quantity) for component, quantity in components]

        def saved(outcome: RecipeSaved) -> None:
            self.recipe_saved.emit()
            self.done.emit("recipe" if parts else "recipe_ended", {"version": outcome.version})

        self._act(
            lambda: self._composing.save(actor=actor, product_id=product_id, components=parts, note=note),
            saved,
            self.refused.emit,
        )
