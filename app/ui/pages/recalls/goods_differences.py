"""Units that are missing or too many: explained with a reason by two persons; and what was explained before."""

from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from app.core.errors import AppError
from app.queries.case_goods import DifferenceRow
from app.queries.impact_rows import DrillRow
from app.ui import formats, theme
from app.ui.language import language, say, spoken
from app.ui.pages.recalls.goods_presenter import GoodsPresenter
from app.ui.pages.recalls.goods_sight import GoodsSight
from app.ui.pages.recalls.meanings import meaning
from app.ui.signers import Signed
from app.ui.widgets.buttons import KeycapButton
from app.ui.widgets.card import Card
from app.ui.widgets.cells import Cell
from app.ui.widgets.chips import Choice, FilterChips
from app.ui.widgets.fields import NumberField, TextField
from app.ui.widgets.labels import Label, muted
from app.ui.widgets.rows_model import Column
from app.ui.widgets.signed_pane import SignedPane
from app.ui.widgets.table import DataTable
from app.ui.words import chip

MISSING, SURPLUS = "missing", "surplus"


def loose_columns() -> list[Column[DrillRow]]:
    """Where the books still see units: place · lot · state · units."""
    return [
        Column(
            spoken("recalls.goods.place"),
            lambda row: row.location_id,
            cell=lambda row: Cell(row.place.said_in(language()), row.site.said_in(language())),
            stretch=3,
        ),
        Column(
            spoken("recalls.goods.lot"),
            lambda row: row.lot_no,
            cell=lambda row: Cell(row.lot_no, f"{row.product.said_in(language())} {row.ref}", is_mono=True),
            stretch=4,
        ),
        Column(
            spoken("recalls.goods.state"), lambda row: row.state.value, cell=lambda row: Cell(chip=chip(row.state)),
            width=142,
        ),
        Column(
            spoken("recalls.goods.units"),
            lambda row: row.quantity,
            cell=lambda row: Cell(formats.number(row.quantity), is_bold=True),
            align="right",
            width=80,
        ),
    ]  # fmt: skip


def difference_columns() -> list[Column[DifferenceRow]]:
    """When · where · lot · units · reason · who."""
    return [
        Column(spoken("recalls.goods.at"), lambda row: row.at, formats.moment, width=142),
        Column(spoken("recalls.goods.place"), lambda row: row.place.zh, cell=_place, stretch=2),
        Column(spoken("recalls.goods.lot"), lambda row: row.lot_no, width=110, is_mono=True),
        Column(
            spoken("recalls.goods.units"),
            lambda row: row.quantity,
            cell=lambda row: Cell(formats.number(-row.quantity, signed=True), ink="stop", is_bold=True),
            align="right",
            width=64,
        ),
        Column(spoken("recalls.goods.reason"), lambda row: row.reason, stretch=3, tip=lambda row: row.reason),
        Column(spoken("recalls.goods.signed_by"), lambda row: row.by.zh, cell=_persons, stretch=2),
    ]


def _place(row: DifferenceRow) -> Cell:
    return Cell(row.place.said_in(language()))


def _persons(row: DifferenceRow) -> Cell:
    names = (row.by.said_in(language()), row.second.said_in(language()) if row.second else "")
    return Cell(" + ".join(filter(None, names)))


class DifferencesView(QWidget):
    """Choose where the books and the shelf differ, type how many, let the second person sign with the reason."""

    def __init__(self, presenter: GoodsPresenter) -> None:
        super().__init__()
        self._presenter = presenter
        self.loose = DataTable(
            loose_columns(),
            two_lines=True,
            in_card=True,
            key=lambda row: (row.batch_id, row.location_id, row.state),
            name=spoken("recalls.goods.loose"),
            empty=spoken("recalls.goods.nothing_loose"),
        )
        self.signed = DataTable(
            difference_columns(),
            in_card=True,
            key=lambda row: (row.document_no, row.lot_no, row.at, row.quantity),
            name=spoken("recalls.goods.explained"),
            empty=spoken("recalls.goods.none_explained"),
        )
        self.pane = SignedPane()
        kinds = [Choice(key, spoken(f"recalls.goods.{key}")) for key in (MISSING, SURPLUS)]
        self.kind = FilterChips(kinds, height=28, name=spoken("recalls.goods.view.differences"))
        self.what = Label("", "text", theme.BODY, wrap=True)
        self.quantity = NumberField(spoken("recalls.goods.how_many"), least=1)
        self.serial = TextField(spoken("recalls.goods.serial"), mono=True)
        self.ask = KeycapButton(spoken("recalls.goods.explain"), kind="primary", icon="signature", key="Ctrl+Return")
        self._arrange()
        self._connect()
        self._show_row(None)

    def _arrange(self) -> None:
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(12)
        left = QVBoxLayout()
        left.setSpacing(10)
        for key, table, share in (("loose", self.loose, 3), ("explained", self.signed, 2)):
            card = Card(spoken(f"recalls.goods.{key}"), spoken(f"recalls.goods.{key}_note"), flush=True, head_height=36)
            card.add(table, 1)
            left.addWidget(card, share)
        row.addLayout(left, 1)
        row.addWidget(self.pane)
        form = self.pane.form
        note = muted(spoken("recalls.goods.explain_note"), wrap=True)
        kinds = QHBoxLayout()
        kinds.addWidget(self.kind)
        kinds.addStretch(1)
        form.body.addLayout(kinds)
        for widget in (self.what, self.quantity, self.serial, self.ask, note):
            form.add(widget)
        form.body.addStretch(1)

    def _connect(self) -> None:
        self.loose.chosen.connect(self._show_row)
        self.loose.opened.connect(self._enter)
        self.quantity.entered.connect(self._ask)
        self.ask.clicked.connect(self._ask)

    def show_sight(self, sight: GoodsSight) -> None:
        self.loose.set_rows(sight.loose)
        self.signed.set_rows(sight.differences)
        if sight.loose and self.loose.chosen_row() is None:
            self.loose.selectRow(0)
        self._show_row(self.loose.chosen_row())

    def _show_row(self, row: DrillRow | None) -> None:
        sight = self._presenter.sight
        can_move = row is not None and sight is not None and sight.can_move
        for widget in (self.quantity, self.serial, self.ask):
            widget.setEnabled(can_move)
        self.quantity.set_error("")
        if row is None:
            self.what.set_text(say("recalls.goods.choose_loose"))
            return
        known = sight.product_of(row.batch_id) if sight else None
        self.serial.setVisible(known is not None and known.needs_serial)
        self.what.set_text(
            say("recalls.goods.books_say", place=row.place, lot=row.lot_no, state=row.state, quantity=row.quantity)
        )

    def _enter(self, _row: DrillRow) -> None:
        self.quantity.setFocus()

    def _ask(self) -> None:
        row, sight = self.loose.chosen_row(), self._presenter.sight
        if row is None or sight is None or not self.ask.isEnabled():
            return
        quantity = self.quantity.number()
        if quantity is None:
            self.quantity.setFocus()
            return
        if self.kind.current() == MISSING and quantity > row.quantity:
            self.quantity.set_error(say("recalls.goods.more_than_booked", quantity=row.quantity))
            self.quantity.setFocus()
            return

        def explain(signed: Signed) -> None:
            is_surplus = self.kind.current() == SURPLUS
            self._presenter.explain(row, quantity, signed, is_surplus=is_surplus, serial=self.serial.value())

        self.pane.ask(meaning("difference"), sight.witnesses, explain, needs_reason=True)

    def finish(self) -> None:
        """Signed: the form is empty for the next one."""
        self.pane.finish()
        self.quantity.set_value("")
        self.serial.set_value("")

    def refuse(self, error: AppError) -> None:
        self.pane.refuse(error)
