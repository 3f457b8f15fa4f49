"""The balance: one line a batch, received = the sum of where its units are."""

from collections.abc import Callable

from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from app.core.statuses.stock import StockState
from app.ui import formats
from app.ui.language import language, say, spoken
from app.ui.pages.recalls.goods_sight import BalanceRow, GoodsSight
from app.ui.widgets.card import Card
from app.ui.widgets.cells import Cell
from app.ui.widgets.labels import IconMark, Label
from app.ui.widgets.rows_model import Column
from app.ui.widgets.table import DataTable

STATES: tuple[tuple[str, tuple[StockState, ...]], ...] = (
    ("in_stock", (StockState.IN_STOCK, StockState.IN_TRANSIT)),
    ("par", (StockState.PAR,)),
    ("quarantined", (StockState.QUARANTINED,)),
    ("expensed", (StockState.EXPENSED,)),
    ("used", (StockState.USED,)),
    ("built_into_kit", (StockState.BUILT_INTO_KIT,)),
    ("returned", (StockState.RETURNED,)),
    ("destroyed", (StockState.DESTROYED,)),
    ("unaccounted", (StockState.UNACCOUNTED,)),
)


def balance_columns() -> list[Column[BalanceRow]]:
    """Lot · received · each state · does it add up."""
    first: list[Column[BalanceRow]] = [
        Column(
            spoken("recalls.goods.lot"),
            lambda row: row.share.name.zh,
            cell=lambda row: Cell(row.share.name.zh, row.share.note.said_in(language()), is_mono=True),
            stretch=1,
        ),
        Column(
            spoken("recalls.goods.balance.received"),
            lambda row: row.received,
            cell=lambda row: Cell(formats.number(row.received), is_bold=True),
            align="right",
            width=84,
        ),
    ]
    middle: list[Column[BalanceRow]] = [
        Column(spoken(f"recalls.goods.balance.{key}"), _units(states), cell=_cell(key, states), align="right", width=80)
        for key, states in STATES
    ]
    return [*first, *middle, Column("", lambda row: row.adds_up, cell=_check, width=96)]


def _units(states: tuple[StockState, ...]) -> Callable[[BalanceRow], int]:
    return lambda row: row.units(*states)


def _cell(key: str, states: tuple[StockState, ...]) -> Callable[[BalanceRow], Cell]:
    def cell(row: BalanceRow) -> Cell:
        units = row.units(*states)
        ink = "muted" if not units else "stop" if key == "unaccounted" else "text"
        return Cell(formats.number(units), ink=ink)

    return cell


def _check(row: BalanceRow) -> Cell:
    if row.adds_up:
        return Cell(say("recalls.goods.balance.equal"), ink="ok", icon="check-circle", icon_ink="ok", is_small=True)
    return Cell(say("recalls.goods.balance.unequal"), ink="stop", icon="x-circle", icon_ink="stop", is_small=True)


class BalanceView(QWidget):
    """Shows only."""

    def __init__(self) -> None:
        super().__init__()
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        self.table = DataTable(
            balance_columns(), two_lines=True, in_card=True, name=spoken("recalls.goods.view.balance"),
            empty=spoken("recalls.goods.nothing_affected"),
        )  # fmt: skip
        card = Card("", flush=True)
        card.add(self.table, 1)
        foot = QWidget()
        row = QHBoxLayout(foot)
        row.setContentsMargins(0, 0, 0, 0)
        self.mark, self.words = IconMark("check-circle", "ok", 18), Label("", bold=True)
        row.addWidget(self.mark)
        row.addWidget(self.words)
        row.addStretch(1)
        card.add_footer(foot, 44, tinted=True)
        column.addWidget(card)

    def show_sight(self, sight: GoodsSight) -> None:
        self.table.set_rows(sight.balance)
        received = sum(row.received for row in sight.balance)
        total = sum(row.share.total for row in sight.balance)
        pending = sum(row.share.pending for row in sight.balance)
        key = "balanced" if sight.adds_up else "unbalanced"
        self.words.set_text(say(f"recalls.goods.balance.{key}", received=received, total=total, pending=pending))
        self.words.set_ink("text" if sight.adds_up else "stop")
        self.mark.set_icon("check-circle" if sight.adds_up else "x-circle", "ok" if sight.adds_up else "stop")
