"""The panes at the right of the kits page: what is being built, one kit with its contents, one recipe."""

from collections.abc import Sequence

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from app.core.errors import AppError
from app.core.permissions import Duty
from app.core.words import describe
from app.queries.kits import ContentRow, KitCard
from app.ui import formats, theme, words
from app.ui.language import language, say, spoken
from app.ui.pages.kits.bench import Bench, BenchRow, KitsSight
from app.ui.pages.kits.presenter import KitsPresenter
from app.ui.widgets.buttons import KeycapButton
from app.ui.widgets.card import SidePane, clear
from app.ui.widgets.chips import Chip
from app.ui.widgets.facts import Fact, FieldRow
from app.ui.widgets.fields import ComboField, Option, TextField
from app.ui.widgets.labels import Label, Rule, muted

WIDTH = 324


class BenchPane(SidePane):
    """F2 chooses the kit, F9 builds it."""

    def __init__(self, presenter: KitsPresenter) -> None:
        super().__init__(WIDTH)
        self._presenter = presenter
        self._row: BenchRow | None = None
        self.kit = ComboField(spoken("kits.kit"), icon="kit", placeholder=spoken("widgets.choose"))
        self.store = ComboField(spoken("kits.store"), icon="box")
        self.sums = QVBoxLayout()
        self.chosen = Label("", "text", theme.BODY, bold=True, wrap=True)
        self.remove = KeycapButton(spoken("kits.remove"), icon="minus-circle")
        self.build = KeycapButton(spoken("kits.build"), kind="primary", icon="kit", key="F9")
        self.message = Label("", "stop", wrap=True)
        for widget in (self.kit, self.store, Rule()):
            self.add(widget)
        self.body.addLayout(self.sums)
        for widget in (self.chosen, self.remove, self.build, muted(spoken("kits.build_note"), wrap=True), self.message):
            self.add(widget)
        self.body.addStretch(1)
        self.kit.chosen.connect(self._choose_kit)
        self.store.chosen.connect(self._choose_store)
        self.remove.clicked.connect(self._remove)
        self.build.clicked.connect(presenter.build)
        self.show_row(None)
        self.show_bench(Bench())

    def _choose_kit(self, key: str) -> None:
        self._presenter.choose_recipe(int(key))

    def _choose_store(self, key: str) -> None:
        self._presenter.choose_store(int(key))

    def _remove(self) -> None:
        if self._row is not None:
            self._presenter.empty_row(self._row.id)

    def show_sight(self, sight: KitsSight) -> None:
        """What may be built, and from where."""
        tongue = language()
        kits = [recipe for recipe in sight.recipes if not recipe.is_ended]
        self.kit.set_options([Option(str(one.product_id), one.product.said_in(tongue)) for one in kits])
        self.store.set_options([Option(str(store.id), store.name.said_in(tongue)) for store in sight.stores])
        if self._presenter.store_id is not None:
            self.store.set_value(str(self._presenter.store_id))

    def show_bench(self, bench: Bench) -> None:
        """The sums, and whether the kit is complete."""
        if bench.recipe is not None:
            self.kit.set_value(str(bench.recipe.product_id))
        clear(self.sums)
        units = sum(row.scanned for row in bench.rows)
        wanted = bench.recipe.units if bench.recipe else 0
        dated = [row.expiry_on for row in bench.rows if row.expiry_on is not None]
        facts = (
            Fact(say("kits.scanned"), f"{units} / {wanted}", is_bold=True),
            Fact(say("kits.expires"), formats.day(min(dated, default=None)), is_mono=True),
        )
        for fact in facts:
            self.sums.addWidget(FieldRow(fact))
        self.build.setEnabled(bench.is_complete)
        self.message.set_text("")

    def show_row(self, row: BenchRow | None) -> None:
        """The chosen component, whose lots may be taken off."""
        self._row = row if row is not None and row.parts else None
        for widget in (self.chosen, self.remove):
            widget.setVisible(self._row is not None)
        if self._row is not None:
            self.chosen.set_text(self._row.component.product.said_in(language()))


class KitPane(SidePane):
    """One kit: state, locks, contents. F8 opens it."""

    batch_wanted = Signal(int)

    def __init__(self, presenter: KitsPresenter) -> None:
        super().__init__(WIDTH)
        self._presenter = presenter
        self.number = Label("", "text", theme.HEAD, bold=True, mono=True)
        self.state = Chip("")
        self.facts = QVBoxLayout()
        self.contents = QVBoxLayout()
        self.contents.setSpacing(6)
        self.reason = TextField(spoken("kits.open_reason"))
        self.open = KeycapButton(spoken("kits.open"), icon="kit", key="F8")
        self.label = KeycapButton(spoken("kits.label"), icon="printer")
        self.card = KeycapButton(spoken("kits.batch_card"), icon="barcode")
        self.message = Label("", "stop", wrap=True)
        for widget in (self.number, self.state):
            self.add(widget)
        self.body.addLayout(self.facts)
        self.rule = Rule()
        self.inside = muted(spoken("kits.inside"))
        for widget in (self.rule, self.inside):
            self.add(widget)
        self.body.addLayout(self.contents)
        self.note = muted(spoken("kits.open_note"), wrap=True)
        for widget in (self.reason, self.open, self.note, self.label, self.card, self.message):
            self.add(widget)
        self.body.addStretch(1)
        self.open.clicked.connect(self.open_kit)
        self.reason.entered.connect(self.open_kit)
        self.label.clicked.connect(self._print)
        self.card.clicked.connect(self._show_batch)
        self.show_card(None)

    def show_card(self, card: KitCard | None) -> None:
        """What stands in the kit, each with its own locks."""
        for widget in (self.state, self.rule, self.inside, self.label, self.card):
            widget.setVisible(card is not None)
        clear(self.facts)
        clear(self.contents)
        self.message.set_text("")
        row = card.row if card else None
        can_open = row is not None and row.state is not None and self._may_open(row.location_id)
        for widget in (self.reason, self.open, self.note):
            widget.setVisible(can_open)
        self.number.set_text(row.number if row else say("kits.no_kit"))
        if card is None or row is None:
            self.facts.addWidget(muted(say("kits.no_kit_note"), wrap=True))
            return
        layer = row.layers[0] if row.layers else None
        if layer is not None:
            look = words.chip(layer)
            self.state.set_look(look.text, look.tone, look.icon)
        else:
            free, opened = (say("kits.free"), "ok", "check-circle"), (say("kits.opened"), "spent", "kit")
            self.state.set_look(*(free if row.state else opened))
        place = row.place.said_in(language()) if row.place else formats.DASH
        for fact in (
            Fact(say("kits.column.kit"), row.product.said_in(language())),
            Fact(say("kits.column.place"), f"{place} · {words.word(row.state)}" if row.state else formats.DASH),
            Fact(say("kits.column.expiry"), formats.day(row.expiry_on), is_mono=True),
        ):
            self.facts.addWidget(FieldRow(fact))
        for content in card.contents:
            self.contents.addWidget(_content(content))

    def _may_open(self, location_id: int | None) -> bool:
        return self._presenter.may(Duty.BUILD_KITS) or self._presenter.is_own_ward(location_id)

    def open_kit(self) -> None:
        """Take it apart."""
        if self.open.isVisibleTo(self):
            self._presenter.open_kit(self.reason.value())

    def refuse(self, error: AppError) -> None:
        self.message.set_text(lambda: describe(error, language()))

    def start_again(self) -> None:
        self.reason.set_value("")

    def _print(self) -> None:
        card = self._presenter.card
        if card is not None:
            self._presenter.print_label(card.row.batch_id, card.row.number)

    def _show_batch(self) -> None:
        if self._presenter.card is not None:
            self.batch_wanted.emit(self._presenter.card.row.batch_id)


def _content(content: ContentRow) -> QWidget:
    lot = f"SN {content.serial_no}" if content.serial_no else content.lot_no
    units = f"×{content.quantity} {content.unit.said_in(language())}"
    lock = words.word(content.layers[0]) if content.layers else formats.day(content.expiry_on)
    value = f"{lot} {units}\n{lock}"
    return FieldRow(Fact(content.product.said_in(language()), value, ink="stop" if content.layers else "text"))


def choices_of(sight: KitsSight, without: Sequence[int] = ()) -> list[Option]:
    """Products for a combo: code and name."""
    tongue = language()
    return [
        Option(str(one.id), f"{one.code} {one.name.said_in(tongue)}") for one in sight.choices if one.id not in without
    ]
