"""A box whose code cannot be scanned: find the product, then type what the label says."""

from collections.abc import Sequence

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from app.core.statuses.receipt import LineElement
from app.queries.deliveries import ProductChoice
from app.ui.language import language, spoken
from app.ui.pages.receiving.forms import LabelFields, PaneForm
from app.ui.widgets.cells import Cell
from app.ui.widgets.fields import ComboField, Option, TextField
from app.ui.widgets.rows_model import Column
from app.ui.widgets.table import DataTable


class HandForm(PaneForm):
    """Words find products; Down and Enter choose one; the fields after it are those of its label."""

    searched = Signal(str)
    filled = Signal(int, object, int, int)
    """Product, Typed, packages, base units a package."""

    def __init__(self) -> None:
        super().__init__(spoken("receiving.form.by_hand"), spoken("receiving.form.add"))
        self.words = TextField(
            spoken("receiving.form.product"), icon="search", placeholder=spoken("receiving.form.product_hint")
        )
        self.found = DataTable[ProductChoice](
            [Column(spoken("receiving.form.product"), lambda row: row.name.zh, cell=_product, stretch=1, width=100)],
            two_lines=True,
            name=spoken("receiving.form.product"),
            empty=spoken("receiving.form.nothing_found"),
            sortable=False,
        )
        self.found.horizontalHeader().hide()
        self.found.setFixedHeight(150)
        self._chosen: ProductChoice | None = None
        self.add(self.words)
        self.add(self.found)
        self.package = ComboField(spoken("receiving.form.package"))
        self.add(self.package)
        self.fields = LabelFields(self)
        self.finish()
        self.words.edited.connect(lambda: self.searched.emit(self.words.value()))
        self.words.entered.connect(self._first)
        self.found.opened.connect(self._choose)
        self.found.chosen.connect(self._look_at)

    def begin(self) -> None:
        """Empty, ready for the first word."""
        self.trouble.hide()
        self.words.set_value("")
        self.fields.show_values(None)
        self._look_at(None)
        self.words.setFocus()
        self.searched.emit("")

    def show_products(self, rows: Sequence[ProductChoice]) -> None:
        self.found.set_rows(list(rows))

    def _first(self, _words: str) -> None:
        if self.found.rows:
            self.found.choose(self.found.rows[0].id)
            self._choose(self.found.rows[0])

    def _choose(self, row: ProductChoice) -> None:
        self._look_at(row)
        shown: QWidget = self.fields.lot if LineElement.LOT in row.needs else self.fields.packages
        shown.setFocus()

    def _look_at(self, row: ProductChoice | None) -> None:
        """Ask only for what this product's label carries; a lot that is printed anyway may be typed."""
        self._chosen = row
        needs = row.needs if row else frozenset[LineElement]()
        self.fields.serial.setVisible(LineElement.SERIAL in needs)
        self.fields.production.setVisible(LineElement.PRODUCTION in needs)
        packages = row.packages if row else ()
        tongue = language()
        self.package.set_options(
            [Option(str(units), f"{name.said_in(tongue)} × {units:,}") for name, units in packages]
        )
        if packages:
            self.package.set_value(str(packages[0][1]))

    def submit(self) -> None:
        super().submit()
        if self._chosen is None:
            self.words.set_error(spoken("receiving.form.product_missing"))
            self.words.setFocus()
            return
        typed, packages = self.fields.typed(), self.fields.packages.number()
        if typed is not None and packages is not None:
            self.filled.emit(self._chosen.id, typed, packages, int(self.package.value() or 1))


def _product(row: ProductChoice) -> Cell:
    return Cell(row.name.said_in(language()), " · ".join(part for part in (row.ref, row.spec) if part))
