"""The pane in which a recipe is kept: the kit, its components, a note; each saving is a new version."""

from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from app.core.errors import AppError
from app.core.words import describe
from app.queries.recipes import RecipeRow
from app.ui.language import language, say, spoken
from app.ui.pages.kits.bench import KitsSight
from app.ui.pages.kits.panes import WIDTH, choices_of
from app.ui.pages.kits.presenter import KitsPresenter
from app.ui.widgets.buttons import KeycapButton
from app.ui.widgets.card import SidePane, clear
from app.ui.widgets.fields import ComboField, NumberField, TextField
from app.ui.widgets.labels import Label, Rule, muted


class RecipePane(SidePane):
    """What is typed stays until it was saved or another recipe is chosen."""

    def __init__(self, presenter: KitsPresenter) -> None:
        super().__init__(WIDTH)
        self._presenter = presenter
        self._sight: KitsSight | None = None
        self._parts: dict[int, int] = {}
        self._shown_id: int | None = None
        self.kit = ComboField(spoken("kits.recipe_kit"), icon="kit", placeholder=spoken("widgets.choose"))
        self.parts = QVBoxLayout()
        self.parts.setSpacing(4)
        self.component = ComboField(spoken("kits.component"), icon="box", placeholder=spoken("widgets.choose"))
        self.quantity = NumberField(spoken("kits.per_kit"), least=1, most=9999)
        self.put_in = KeycapButton(spoken("kits.put_in"), icon="plus")
        self.note = TextField(spoken("kits.note_of_version"))
        self.save = KeycapButton(spoken("kits.save"), kind="primary", icon="save", key="F9")
        self.end = KeycapButton(spoken("kits.end"), icon="ban")
        self.new = KeycapButton(spoken("kits.new_recipe"), icon="plus")
        self.message = Label("", "stop", wrap=True)
        self.add(self.kit)
        self.add(muted(spoken("kits.column.components")))
        self.body.addLayout(self.parts)
        for widget in (
            self.component, self.quantity, self.put_in, Rule(), self.note, self.save,
            muted(spoken("kits.save_note"), wrap=True), self.end, self.new, self.message,
        ):  # fmt: skip
            self.add(widget)
        self.body.addStretch(1)
        self.put_in.clicked.connect(self._put_in)
        self.quantity.entered.connect(self._put_in)
        self.save.clicked.connect(self.save_recipe)
        self.end.clicked.connect(self._end)
        self.new.clicked.connect(self.start_new)
        self.show_recipe(None)

    def show_sight(self, sight: KitsSight) -> None:
        """Kits are never components."""
        self._sight = sight
        kits = [recipe.product_id for recipe in sight.recipes]
        self.kit.set_options(choices_of(sight))
        self.component.set_options(choices_of(sight, kits))
        self._show_parts()

    def show_recipe(self, recipe: RecipeRow | None) -> None:
        """Start from a version that stands, or from nothing."""
        key = recipe.id if recipe is not None else None
        if key is not None and key == self._shown_id:
            return
        self._shown_id = key
        self._parts = {part.product_id: part.quantity for part in recipe.components} if recipe else {}
        self.kit.set_value(str(recipe.product_id) if recipe else "")
        self.kit.setEnabled(recipe is None)
        self.end.setVisible(recipe is not None and not recipe.is_ended)
        self.new.setVisible(recipe is not None)
        self.note.set_value("")
        self.message.set_text("")
        self._show_parts()

    def start_new(self) -> None:
        """An empty recipe for another kit."""
        self._shown_id = None
        self.show_recipe(None)
        self.kit.setFocus()

    def _show_parts(self) -> None:
        clear(self.parts)
        names = {one.id: one.name.said_in(language()) for one in self._sight.choices} if self._sight else {}
        for product_id, quantity in self._parts.items():
            self.parts.addWidget(self._part(product_id, f"{names.get(product_id, '')} ×{quantity}"))
        if not self._parts:
            self.parts.addWidget(muted(say("kits.no_components"), wrap=True))

    def _part(self, product_id: int, text: str) -> QWidget:
        line = QWidget()
        row = QHBoxLayout(line)
        row.setContentsMargins(0, 0, 0, 0)
        row.addWidget(Label(text, "text", wrap=True), 1)
        out = KeycapButton("", kind="quiet", icon="x", name=say("kits.take_out", name=text))
        out.clicked.connect(lambda _=False: self._take_out(product_id))
        row.addWidget(out)
        return line

    def _take_out(self, product_id: int) -> None:
        self._parts.pop(product_id, None)
        self._show_parts()

    def _put_in(self, *_: object) -> None:
        if not self.component.value():
            self.component.set_error(spoken("kits.component_missing"))
            return
        quantity = self.quantity.number()
        if quantity is not None:
            self._parts[int(self.component.value())] = quantity
            self.quantity.set_value("")
            self.component.set_value("")
            self.component.setFocus()
            self._show_parts()

    def save_recipe(self) -> None:
        """The next version."""
        if not self.kit.value():
            self.kit.set_error(spoken("kits.kit_missing"))
            self.kit.setFocus()
        elif not self._parts:
            self.message.set_text(spoken("kits.components_missing"))
        else:
            self._presenter.save_recipe(int(self.kit.value()), list(self._parts.items()), self.note.value())

    def _end(self) -> None:
        self._presenter.save_recipe(int(self.kit.value()), [], self.note.value())

    def refuse(self, error: AppError) -> None:
        self.message.set_text(lambda: describe(error, language()))
