"""The kits page: one kit on the bench, all kits with what stands in them, the recipes."""

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QHBoxLayout, QStackedWidget, QVBoxLayout

from app.core.errors import AppError
from app.core.permissions import Duty
from app.core.words import describe
from app.queries.kits import KitCard, KitRow
from app.queries.recipes import RecipeRow
from app.ui.language import language, say, spoken
from app.ui.page import Page
from app.ui.pages.kits.bench import Bench, KitsSight
from app.ui.pages.kits.columns import bench_columns, kit_columns, kit_look, recipe_columns
from app.ui.pages.kits.panes import BenchPane, KitPane
from app.ui.pages.kits.presenter import KitsPresenter, Said
from app.ui.pages.kits.recipe_pane import RecipePane
from app.ui.widgets.card import PageHead, Surface
from app.ui.widgets.chips import Choice, FilterChips
from app.ui.widgets.scan_strip import ScanStrip, ScanVerdict
from app.ui.widgets.table import DataTable

VIEWS = {"build": Duty.BUILD_KITS, "kits": Duty.SEE_BATCHES, "recipes": Duty.KEEP_RECIPES}
_SOUNDS = {"taken": ("ok", "check-circle"), "look": ("attention", "question"), "stop": ("stop", "x-circle")}


class KitsPage(Page):
    """F9 builds the kit or saves the recipe, F8 opens the chosen kit, F2 chooses what is built."""

    def __init__(self, presenter: KitsPresenter) -> None:
        super().__init__(presenter)
        self._presenter = presenter
        self.head = PageHead(spoken("kits.title"), spoken("kits.note"))
        self.strip = ScanStrip()
        self.views = FilterChips(name=spoken("kits.title"))
        self.gone = FilterChips(
            [Choice("standing", spoken("kits.standing")), Choice("all", spoken("kits.with_gone"))],
            name=spoken("kits.with_gone"),
        )
        self.bench = DataTable(
            bench_columns(), two_lines=True, in_card=True, name=spoken("kits.view.build"),
            empty=spoken("kits.empty.build"), sortable=False,
        )  # fmt: skip
        self.kits = DataTable[KitRow](
            kit_columns(), two_lines=True, in_card=True, key=lambda row: row.batch_id, look=kit_look,
            name=spoken("kits.view.kits"), empty=spoken("kits.empty.kits"),
        )  # fmt: skip
        self.recipes = DataTable[RecipeRow](
            recipe_columns(), two_lines=True, in_card=True, name=spoken("kits.view.recipes"),
            empty=spoken("kits.empty.recipes"),
        )  # fmt: skip
        self.bench_pane, self.kit_pane, self.recipe_pane = (
            BenchPane(presenter),
            KitPane(presenter),
            RecipePane(presenter),
        )
        self.tables, self.panes = QStackedWidget(), QStackedWidget()
        self._arrange()
        self._connect()
        self._connect_keys()
        self.gone.setVisible(False)
        self._show_views()
        self.strip.answer(spoken("kits.prompt"))

    def _arrange(self) -> None:
        self.column.addWidget(self.head)
        self.column.addWidget(self.strip)
        row = QHBoxLayout()
        row.setSpacing(12)
        surface = Surface()
        inside = QVBoxLayout(surface)
        inside.setContentsMargins(1, 1, 1, 1)
        inside.setSpacing(0)
        bar = QHBoxLayout()
        bar.setContentsMargins(12, 8, 12, 8)
        bar.addWidget(self.views)
        bar.addStretch(1)
        bar.addWidget(self.gone)
        inside.addLayout(bar)
        for table in (self.bench, self.kits, self.recipes):
            self.tables.addWidget(table)
        for pane in (self.bench_pane, self.kit_pane, self.recipe_pane):
            self.panes.addWidget(pane)
        self.panes.setFixedWidth(self.bench_pane.width())
        inside.addWidget(self.tables, 1)
        row.addWidget(surface, 1)
        row.addWidget(self.panes)
        self.column.addLayout(row, 1)

    def _connect(self) -> None:
        presenter = self._presenter
        presenter.sight_changed.connect(self._show_sight)
        presenter.bench_changed.connect(self._show_bench)
        presenter.card_changed.connect(self._show_card)
        presenter.answered.connect(self._answer)
        presenter.done.connect(self._say_done)
        presenter.refused.connect(self._refuse)
        presenter.recipe_saved.connect(self.recipe_pane.start_new)
        presenter.failed.connect(self._fail)
        self.views.chosen.connect(self.open_view)
        self.gone.chosen.connect(self._show_gone)
        self.bench.chosen.connect(self.bench_pane.show_row)
        self.kits.chosen.connect(self._choose_kit)
        self.recipes.chosen.connect(self._choose_recipe)
        self.kit_pane.batch_wanted.connect(self._open_batch)

    def _connect_keys(self) -> None:
        scope = Qt.ShortcutContext.WidgetWithChildrenShortcut
        QShortcut(QKeySequence("F2"), self, context=scope).activated.connect(self._ask_kit)
        for number, view in enumerate(VIEWS, start=1):
            shortcut = QShortcut(QKeySequence(f"Ctrl+{number}"), self, context=scope)
            shortcut.activated.connect(lambda view=view: self.open_view(view))

    def _ask_kit(self) -> None:
        self.open_view("build")
        self.bench_pane.kit.setFocus()
        self.bench_pane.kit.combo.showPopup()

    # views --------------------------------------------------------------------------
    def _show_views(self) -> None:
        sight = self._presenter.sight
        counts = {"kits": len(sight.kits), "recipes": len(sight.recipes)} if sight else {}
        allowed = [view for view, duty in VIEWS.items() if self._presenter.may(duty)]
        self.views.set_choices([Choice(view, spoken(f"kits.view.{view}"), counts.get(view)) for view in allowed])
        if allowed and self._view() not in allowed:
            self.open_view(allowed[0])

    def _view(self) -> str:
        return list(VIEWS)[self.tables.currentIndex()]

    def open_view(self, view: str) -> None:
        """One of ``VIEWS``, if the person is entitled to it."""
        if not self._presenter.may(VIEWS[view]):
            return
        self.views.choose(view)
        place = list(VIEWS).index(view)
        self.tables.setCurrentIndex(place)
        self.panes.setCurrentIndex(place)
        self.gone.setVisible(view == "kits")

    def _show_gone(self, key: str) -> None:
        self._presenter.show_gone(key == "all")

    def _choose_kit(self, row: KitRow | None) -> None:
        if row is not None:
            self._presenter.choose_kit(row.batch_id)

    def _choose_recipe(self, row: RecipeRow | None) -> None:
        if row is not None:
            self.recipe_pane.show_recipe(row)

    def _open_batch(self, batch_id: int) -> None:
        self.asked_to_open.emit("batches", batch_id)

    # shown --------------------------------------------------------------------------
    def _show_sight(self, sight: KitsSight) -> None:
        self._show_views()
        self.bench_pane.show_sight(sight)
        self.recipe_pane.show_sight(sight)
        self.kits.set_rows(sight.kits)
        self.recipes.set_rows(sight.recipes)
        self._show_bench(self._presenter.bench)

    def _show_bench(self, bench: Bench) -> None:
        self.bench.set_rows(bench.rows)
        self.bench_pane.show_bench(bench)
        self.bench_pane.show_row(self.bench.chosen_row())

    def _show_card(self, card: KitCard) -> None:
        self.kit_pane.show_card(card)
        self.kits.choose(card.row.batch_id)

    # said ---------------------------------------------------------------------------
    def take_scan(self, raw: str) -> bool:
        return self._presenter.take_scan(raw)

    def show_target(self, target: object) -> None:
        """A view's key, or the batch id of a kit."""
        if isinstance(target, int):
            self._presenter.choose_kit(target)
            self.open_view("kits")
        elif target in VIEWS:
            self.open_view(str(target))

    def _answer(self, said: Said) -> None:
        tone, icon = _SOUNDS[said.sound]
        self.strip.answer(lambda: _words(said), tone, icon)
        if said.code:
            self.strip.remember(ScanVerdict(said.code, say(f"kits.verdict.{said.sound}"), tone, icon))
        if said.key == "kit":
            self.open_view("kits")
        elif said.key in ("added", "complete"):
            self.open_view("build")

    def _say_done(self, key: str, values: dict[str, object]) -> None:
        self.strip.answer(lambda: say(f"kits.said.{key}", **values), "ok", "check-circle")
        self.said.emit(say(f"kits.said.{key}", **values), "ok")
        self.kit_pane.start_again()

    def _refuse(self, error: AppError) -> None:
        self.strip.answer(lambda: describe(error, language()), "stop", "x-circle")
        pane = {"kits": self.kit_pane, "recipes": self.recipe_pane}.get(self._view())
        if pane is not None:
            pane.refuse(error)
        else:
            self.bench_pane.message.set_text(lambda: describe(error, language()))

    def _fail(self, error: AppError) -> None:
        self.strip.answer(lambda: describe(error, language()), "stop", "x-circle")

    def retranslate(self) -> None:
        if self._presenter.sight is not None:
            self._show_sight(self._presenter.sight)
        self.kit_pane.show_card(self._presenter.card)


def _words(said: Said) -> str:
    return describe(said.error, language()) if said.error is not None else say(f"kits.said.{said.key}", **said.values)
