"""Goods come in by scan: from whom, how many of what was expected, and what is still there."""

from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from app.core.errors import AppError
from app.core.words import describe
from app.queries.case_collecting import CollectRow
from app.ui import formats, theme
from app.ui.language import language, say, spoken
from app.ui.pages.recalls.goods_presenter import GoodsPresenter, ScanAnswer
from app.ui.pages.recalls.goods_sight import GoodsSight
from app.ui.widgets.buttons import KeycapButton
from app.ui.widgets.card import Card, SidePane, clear
from app.ui.widgets.cell_delegate import RowLook
from app.ui.widgets.cells import BarLook, Cell
from app.ui.widgets.facts import Fact, FieldRow
from app.ui.widgets.fields import ComboField, NumberField, Option, TextField
from app.ui.widgets.labels import Label, muted
from app.ui.widgets.rows_model import Column
from app.ui.widgets.scan_strip import ScanStrip, ScanVerdict
from app.ui.widgets.signed_pane import PANE_WIDTH
from app.ui.widgets.table import DataTable

ANY = "any"
TONES = {"taken": ("ok", "check-circle"), "look": ("attention", "warning"), "stop": ("stop", "x-circle")}


def collect_columns() -> list[Column[CollectRow]]:
    """From where · which lot · expected · collected · still there."""
    return [
        Column(
            spoken("recalls.goods.from"),
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
        Column(spoken("recalls.goods.expected"), lambda row: row.expected, formats.number, align="right", width=76),
        Column(
            spoken("recalls.goods.collected"),
            lambda row: row.collected,
            cell=lambda row: Cell(formats.number(row.collected), ink="ok" if row.collected else "muted", is_bold=True),
            align="right",
            width=84,
        ),
        Column(
            spoken("recalls.goods.left"),
            lambda row: row.left,
            cell=lambda row: Cell(formats.number(row.left), ink="attention" if row.left else "muted", is_bold=True),
            align="right",
            width=84,
        ),
        Column(
            "",
            lambda row: row.collected,
            cell=lambda row: Cell(bar=BarLook(_share(row), "fill_green" if not row.left else "fill_blue")),
            stretch=2,
        ),
    ]


def _share(row: CollectRow) -> float:
    whole = row.collected + row.left
    return row.collected / whole if whole else 1.0


class CollectView(QWidget):
    """A scan collects; a row may also be collected by its count, with the keyboard."""

    def __init__(self, presenter: GoodsPresenter) -> None:
        super().__init__()
        self._presenter = presenter
        self._answered: ScanAnswer | None = None
        self.strip = ScanStrip()
        self.place = ComboField("", icon="pin", placeholder=spoken("recalls.goods.any_place"))
        self.place.setFixedWidth(260)
        self.sums = Label("", "text", theme.BODY)
        self.table = DataTable(
            collect_columns(),
            two_lines=True,
            in_card=True,
            look=lambda row: RowLook(edge="" if row.left else "ok"),
            key=lambda row: (row.location_id, row.batch_id),
            name=spoken("recalls.goods.view.collect"),
            empty=spoken("recalls.goods.nothing_expected"),
        )
        self.quantity = NumberField(spoken("recalls.goods.quantity"), least=1)
        self.serial = TextField(spoken("recalls.goods.serial"), mono=True)
        self.facts = QVBoxLayout()
        self.message = Label("", "stop", wrap=True)
        self.button = KeycapButton(
            spoken("recalls.goods.collect"), kind="primary", icon="pause-circle", key="Ctrl+Return"
        )
        self._arrange()
        self._connect()
        self.retranslate()

    def _arrange(self) -> None:
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(10)
        column.addWidget(self.strip)
        row = QHBoxLayout()
        row.setSpacing(12)
        card = Card("", flush=True)
        line = QWidget()
        inside = QHBoxLayout(line)
        inside.setContentsMargins(12, 8, 16, 8)
        inside.setSpacing(10)
        inside.addWidget(muted(spoken("recalls.goods.comes_from")))
        inside.addWidget(self.place)
        inside.addStretch(1)
        inside.addWidget(self.sums)
        card.add(line)
        card.add(self.table, 1)
        row.addWidget(card, 1)
        row.addWidget(self._pane())
        column.addLayout(row, 1)

    def _pane(self) -> SidePane:
        self.pane = SidePane(PANE_WIDTH)
        self.facts.setSpacing(4)
        self.pane.add(Label(spoken("recalls.goods.by_count"), "text", theme.HEAD, bold=True))
        self.pane.add(muted(spoken("recalls.goods.by_count_note"), wrap=True))
        self.pane.body.addLayout(self.facts)
        for widget in (self.quantity, self.serial, self.message):
            self.pane.add(widget)
        self.pane.body.addStretch(1)
        self.pane.add_foot(self.button)
        return self.pane

    def _connect(self) -> None:
        self.place.chosen.connect(self._choose_place)
        self.table.chosen.connect(self._show_row)
        self.table.opened.connect(self._enter_row)
        self.quantity.entered.connect(self._collect_row)
        self.serial.entered.connect(self._collect_row)
        self.button.clicked.connect(self._collect_row)
        self._presenter.place_changed.connect(self._mark_place)
        self._presenter.answered.connect(self.answer)

    def retranslate(self) -> None:
        """Say the last answer again, in the other language."""
        if self._answered is None:
            self._ready()
        else:
            self._say(self._answered)

    def _ready(self) -> None:
        self.strip.answer(say("recalls.goods.ready"), note=say("recalls.goods.ready_note"))

    # shown ------------------------------------------------------------------------
    def show_sight(self, sight: GoodsSight) -> None:
        places = {row.location_id: row.place for row in sight.rows if row.left}
        options = [Option(str(key), name.said_in(language())) for key, name in places.items()]
        self.place.set_options([Option(ANY, spoken("recalls.goods.any_place")), *options])
        self._mark_place()
        self.table.set_rows(sight.rows)
        self.sums.set_text(
            say("recalls.goods.sums", expected=sum(row.expected for row in sight.rows), collected=sight.collected,
                left=sight.left)
        )  # fmt: skip
        if sight.rows and self.table.chosen_row() is None:
            self.table.selectRow(0)
        self._show_row(self.table.chosen_row())

    def _mark_place(self) -> None:
        place = self._presenter.place_id
        self.place.set_value(str(place) if place is not None else ANY)

    def _show_row(self, row: CollectRow | None) -> None:
        clear(self.facts)
        sight = self._presenter.sight
        can_move = sight is not None and sight.can_move and row is not None and row.left > 0
        for widget in (self.quantity, self.serial, self.button):
            widget.setEnabled(can_move)
        self.message.set_text("")
        if row is None:
            return
        tongue = language()
        self.facts.addWidget(FieldRow(Fact(spoken("recalls.goods.from"), row.place.said_in(tongue))))
        self.facts.addWidget(FieldRow(Fact(spoken("recalls.goods.lot"), row.lot_no, is_mono=True)))
        unit = row.unit.said_in(tongue)
        self.facts.addWidget(FieldRow(Fact(spoken("recalls.goods.left"), f"{row.left:,} {unit}", is_bold=True)))
        self.quantity.setVisible(not row.needs_serial)
        self.serial.setVisible(row.needs_serial)
        self.quantity.set_number(row.left if row.left else None)

    # acts ---------------------------------------------------------------------------
    def _choose_place(self, key: str) -> None:
        self._presenter.choose_place(None if key == ANY else int(key))

    def _enter_row(self, row: CollectRow) -> None:
        field = self.serial if row.needs_serial else self.quantity
        field.setFocus()
        field.entry.selectAll()

    def _collect_row(self) -> None:
        row = self.table.chosen_row()
        if row is None or not self.button.isEnabled():
            return
        if row.needs_serial:
            if not self.serial.value():
                self.serial.set_error(spoken("recalls.goods.serial_missing"))
                return
            self._presenter.collect_row(row, 1, self.serial.value())
            self.serial.set_value("")
            return
        quantity = self.quantity.number()
        if quantity is not None:
            self._presenter.collect_row(row, quantity)

    def answer(self, answer: ScanAnswer) -> None:
        """Say what became of the scan, and keep it beside the earlier ones."""
        self._answered = answer
        tone, icon = TONES[answer.sound]
        self._say(answer)
        if answer.lot:
            verdict = say(f"recalls.goods.verdict.{answer.sound}")
            self.strip.remember(ScanVerdict(answer.lot[:18], verdict, tone, icon))

    def _say(self, answer: ScanAnswer) -> None:
        tone, icon = TONES[answer.sound]
        self.strip.answer(self._words(answer), tone, icon, note=self._note(answer))

    def _words(self, answer: ScanAnswer) -> str:
        if isinstance(answer.error, AppError):
            return describe(answer.error, language())
        return say(f"recalls.goods.scan.{answer.key}", lot=answer.lot, **answer.values)

    def _note(self, answer: ScanAnswer) -> str:
        document = answer.values.get("document")
        return say("recalls.goods.document", document=document) if document else ""
