"""Shelves: one is opened by its label, boxes are laid on it by scan; codes are added and labels printed here."""

from collections.abc import Callable, Sequence
from pathlib import Path

from PySide6.QtCore import Qt, QUrl, Signal
from PySide6.QtGui import QDesktopServices
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from app.queries.locations import LocationRow
from app.queries.shelves import LyingRow, ShelfHistoryRow
from app.services.shelving import Shelved
from app.udi.reading import Reading
from app.ui import formats, theme
from app.ui.language import language, say, spoken
from app.ui.pages.stores.parts import PANE_WIDTH, SoundPlayer, Teller, layer_cell, place_options
from app.ui.pages.stores.shelves_presenter import Floor, PiecesOnlyError, ShelvesPresenter
from app.ui.scan_queue import SHELF_CODE
from app.ui.widgets.buttons import KeycapButton
from app.ui.widgets.card import Card, SidePane, clear
from app.ui.widgets.cell_delegate import RowLook
from app.ui.widgets.cells import Cell, ChipLook
from app.ui.widgets.chips import Choice, FilterChips
from app.ui.widgets.facts import Fact, FieldRow
from app.ui.widgets.fields import ComboField, Option, TextField
from app.ui.widgets.labels import Label, Rule, muted
from app.ui.widgets.quantity_field import QuantityField
from app.ui.widgets.rows_model import Column
from app.ui.widgets.scan_strip import ScanStrip
from app.ui.widgets.table import DataTable


class ShelvesTab(QWidget):
    """F9 lays the chosen batch on the open shelf, F7 prints the labels."""

    said = Signal(str, str)
    waiting_changed = Signal(int)

    def __init__(self, presenter: ShelvesPresenter, sounds: SoundPlayer | None) -> None:
        super().__init__()
        self._presenter = presenter
        self._stores: Sequence[LocationRow] = ()
        self._floor = Floor((), ())
        self._history: Sequence[ShelfHistoryRow] = ()
        self.strip = ScanStrip()
        self._teller = Teller(self.strip, sounds)
        self.store = ComboField(spoken("stores.store"), icon="box")
        self.chips = FilterChips(_choices(0, 0), name=spoken("stores.tab.shelves"))
        self.table = DataTable(
            lying_columns(),
            two_lines=True,
            in_card=True,
            look=lambda row: RowLook() if row.shelf else RowLook("attention"),
            name=spoken("stores.shelf.goods"),
            empty=spoken("stores.shelf.empty"),
        )
        self.pane = SidePane(PANE_WIDTH)
        self._fill_pane()
        self._arrange()
        self._connect()
        self._invite()

    def _fill_pane(self) -> None:
        self.shelf = ComboField(spoken("stores.shelf.open"), icon="layers", placeholder=spoken("widgets.choose"))
        self.name = Label("", "text", theme.BODY, bold=True, wrap=True)
        self.past = QVBoxLayout()
        self.past.setSpacing(2)
        self.units = QuantityField(spoken("stores.shelf.units"), least=1, hint=spoken("stores.shelf.units_hint"))
        self.lay = KeycapButton(spoken("stores.shelf.lay"), kind="primary", icon="layers", key="F9")
        self.codes = TextField(spoken("stores.shelf.new"), hint=spoken("stores.shelf.new_hint"), mono=True)
        self.add = KeycapButton(spoken("stores.shelf.add"), icon="plus")
        self.retire = KeycapButton(spoken("stores.shelf.retire"), icon="ban")
        self.labels = KeycapButton(spoken("stores.shelf.labels"), icon="printer", key="F7")
        for widget in (self.shelf, self.units, Rule(), self.name):
            self.pane.add(widget)
        self.pane.body.addLayout(self.past)
        for widget in (Rule(), self.codes, self.add, self.retire, self.labels):
            self.pane.add(widget)
        self.pane.body.addStretch(1)
        self.pane.add_foot(self.lay)

    def _arrange(self) -> None:
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(12)
        head = QHBoxLayout()
        head.setSpacing(12)
        self.store.setFixedWidth(240)
        head.addWidget(self.store)
        head.addWidget(self.chips, 0, Qt.AlignmentFlag.AlignBottom)
        head.addStretch(1)
        column.addLayout(head)
        column.addWidget(self.strip)
        row = QHBoxLayout()
        row.setSpacing(12)
        card = Card(spoken("stores.shelf.goods"), spoken("stores.shelf.goods_note"), flush=True, head_height=36)
        card.add(self.table, 1)
        row.addWidget(card, 1)
        row.addWidget(self.pane)
        column.addLayout(row, 1)

    def _connect(self) -> None:
        presenter = self._presenter
        presenter.stores_changed.connect(self._show_stores)
        presenter.floor_changed.connect(self._show_floor)
        presenter.shelf_opened.connect(self._say_opened)
        presenter.laid.connect(self._say_laid)
        presenter.half_read.connect(self._say_half)
        presenter.refused.connect(self._teller.refuse)
        presenter.failed.connect(self._teller.refuse)
        presenter.added.connect(self._say_added)
        presenter.history_changed.connect(self._show_history)
        presenter.levels_changed.connect(self.units.set_levels)
        presenter.printed.connect(self._say_printed)
        self.store.chosen.connect(self._choose_store)
        self.chips.chosen.connect(self._show_rows)
        self.table.chosen.connect(self._show_row)
        self.table.opened.connect(self._lay_row)
        self.shelf.chosen.connect(presenter.open_shelf)
        self.lay.clicked.connect(self._lay)
        self.add.clicked.connect(self._add)
        self.codes.entered.connect(self._add)
        self.retire.clicked.connect(self._retire)
        self.labels.clicked.connect(presenter.print_labels)

    def set_visible(self, visible: bool) -> None:
        self._presenter.set_visible(visible)

    def take_scan(self, raw: str) -> None:
        if self.units.is_in_packages and not raw.startswith(SHELF_CODE):
            # A carton of the chosen row need not be a carton of the scanned goods.
            self._teller.refuse(PiecesOnlyError(), self.units.value())
            return
        self._with_units(lambda units: self._presenter.take_scan(raw, units))

    def _with_units(self, act: Callable[[int | None], None]) -> None:
        """With the typed quantity, or without one; not where it cannot be read."""
        units = self.units.number() if self.units.value() else None
        if not self.units.error():
            act(units)

    # showing --------------------------------------------------------------------
    def _invite(self) -> None:
        key = "prompt_box" if self._presenter.shelf else "prompt"
        self._teller.invite(spoken(f"stores.shelf.{key}", shelf=self._presenter.shelf))

    def _show_stores(self, stores: Sequence[LocationRow]) -> None:
        self._stores = stores
        self.store.set_options(place_options(stores))
        if self._presenter.store_id is not None:
            self.store.set_value(str(self._presenter.store_id))

    def _choose_store(self, key: str) -> None:
        chosen = next((store for store in self._stores if str(store.id) == key), None)
        if chosen is not None:
            self._presenter.choose_store(chosen)

    def _show_floor(self, floor: Floor) -> None:
        self._floor = floor
        self.chips.set_choices(_choices(floor.loose, len(floor.lying)))
        self.shelf.set_options([Option(row.code, f"{row.code} · {row.batches}") for row in floor.shelves])
        self.shelf.set_value(self._presenter.shelf)
        self.waiting_changed.emit(floor.loose)
        self._show_rows()

    def _show_rows(self, *_: object) -> None:
        only_loose = self.chips.current() == "loose"
        rows = [row for row in self._floor.lying if not (only_loose and row.shelf)]
        self.table.set_rows(rows)
        self._show_row(self.table.chosen_row())

    def _show_row(self, row: LyingRow | None) -> None:
        self.lay.setEnabled(row is not None)
        if row is None:
            self.name.set_text(spoken("stores.shelf.choose"))
            self._show_history(())
            return
        self.name.set_text(f"{row.product.said_in(language())} · {row.lot_no}")
        self._presenter.show_levels(row.product_id)
        self._presenter.show_history(row.batch_id)

    def _show_history(self, rows: Sequence[ShelfHistoryRow]) -> None:
        self._history = rows
        clear(self.past)
        for row in rows[:6]:
            who = f"{formats.moment(row.at)} {row.by.said_in(language())}"
            units = "" if row.quantity is None else f" · {formats.number(row.quantity)}"
            self.past.addWidget(FieldRow(Fact(row.shelf + units, who, icon="layers")))
        if not rows:
            self.past.addWidget(muted(spoken("stores.shelf.never"), wrap=True))

    # acting -----------------------------------------------------------------------
    def _say_opened(self, shelf: str) -> None:
        self.shelf.set_value(shelf)
        self._invite()
        if shelf:
            self._teller.taken(spoken("stores.shelf.opened", shelf=shelf), shelf, spoken("stores.shelf.chip"))

    def _say_half(self, _reading: Reading) -> None:
        self._teller.half()

    def _say_laid(self, laid: Shelved) -> None:
        before = "、".join(laid.before) if language() == "zh" else ", ".join(laid.before)
        key = ("moved" if laid.before else "laid") + ("_some" if laid.quantity is not None else "")
        told = {"lot": laid.lot, "shelf": laid.shelf, "before": before, "units": laid.quantity or 0}
        words = spoken(f"stores.shelf.{key}", **told)
        self.units.set_value("")
        self.units.set_error("")
        self._teller.taken(words, laid.lot, laid.shelf)

    def _lay(self) -> None:
        row = self.table.chosen_row()
        if row is not None:
            self._lay_row(row)

    def _lay_row(self, row: LyingRow) -> None:
        self._with_units(lambda units: self._presenter.put_row(row, units))

    def _add(self, *_: object) -> None:
        codes = self.codes.value().replace("，", ",").replace("、", ",").replace(" ", ",").split(",")
        wanted = [code for code in codes if code]
        if wanted:
            self._presenter.add_shelves(wanted)
        else:
            self.codes.set_error(spoken("stores.shelf.code_missing"))
            self.codes.setFocus()

    def _say_added(self, count: int) -> None:
        self.codes.set_value("")
        self._teller.taken(spoken("stores.shelf.added", count=count))

    def _retire(self) -> None:
        chosen = next((row for row in self._floor.shelves if row.code == self.shelf.value()), None)
        if chosen is None:
            self.shelf.set_error(spoken("stores.shelf.choose_shelf"))
            return
        self.shelf.set_error("")
        self._presenter.retire(chosen.id)

    def _say_printed(self, path: Path) -> None:
        self.said.emit(say("stores.printed", path=str(path)), "ok")
        self._teller.taken(spoken("stores.printed", path=str(path)))
        QDesktopServices.openUrl(QUrl.fromLocalFile(str(path)))

    def retranslate(self) -> None:
        self._show_stores(self._stores)
        self._show_floor(self._floor)
        self._show_history(self._history)
        self._teller.speak_again()
        self._invite()


def _choices(loose: int, every: int) -> list[Choice]:
    return [
        Choice("loose", spoken("stores.shelf.loose"), loose or None),
        Choice("all", spoken("stores.shelf.all"), every or None),
    ]


def lying_columns() -> list[Column[LyingRow]]:
    """Product, lot, expiry, how much, on which shelf since when."""
    return [
        Column(spoken("stores.column.product"), lambda row: row.product.zh, cell=_product, stretch=3),
        Column(spoken("stores.column.lot"), lambda row: row.lot_no, width=150, is_mono=True),
        Column(spoken("stores.column.expiry"), lambda row: row.expiry_on, text=formats.day, width=112, is_mono=True),
        Column(spoken("stores.column.stock"), lambda row: row.quantity, cell=_quantity, align="right", width=92),
        Column(spoken("stores.column.shelf"), lambda row: row.shelf, cell=_shelf, width=150),
        Column(spoken("stores.column.state"), lambda row: len(row.layers), cell=_state, width=120),
    ]


def _product(row: LyingRow) -> Cell:
    return Cell(row.product.said_in(language()), row.ref, is_second_mono=True)


def _quantity(row: LyingRow) -> Cell:
    whole = say("stores.shelf.of", stock=row.stock) if row.stock > row.quantity else ""
    return Cell(formats.number(row.quantity), whole, unit=row.unit.said_in(language()))


def _shelf(row: LyingRow) -> Cell:
    if not row.shelf:
        return Cell(chip=ChipLook(say("stores.shelf.none"), "attention", "question"))
    return Cell(row.shelf, formats.moment(row.at), is_mono=True, is_bold=True)


def _state(row: LyingRow) -> Cell:
    return layer_cell(row.layers)
