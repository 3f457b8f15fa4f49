"""Notices that came by themselves: a strip over the list of cases, and the card where each is opened or put aside."""

from collections.abc import Sequence

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout

from app.core.errors import AppError
from app.core.words import describe
from app.queries.news import ArrivalRow
from app.ui import formats
from app.ui.language import language, say, spoken
from app.ui.pages.recalls.arrivals_presenter import ArrivalsPresenter
from app.ui.widgets.buttons import KeycapButton
from app.ui.widgets.card import Card, Surface
from app.ui.widgets.cells import Cell
from app.ui.widgets.fields import TextInput
from app.ui.widgets.labels import IconMark, Label
from app.ui.widgets.rows_model import Column
from app.ui.widgets.table import DataTable

ROW, MOST_ROWS = 44, 3
SHOWN_DIGITS = 12


class ArrivalsStrip(Surface):
    """So many wait, since when, and the way there."""

    pressed = Signal()

    def __init__(self) -> None:
        super().__init__("attention_bg", "")
        self._rows: Sequence[ArrivalRow] = ()
        row = QHBoxLayout(self)
        row.setContentsMargins(14, 6, 8, 6)
        row.setSpacing(10)
        self.words = Label(self._said, "text", wrap=True)
        self.button = KeycapButton(spoken("recalls.arrivals.look"), icon="document")
        row.addWidget(IconMark("bell", "attention", 18))
        row.addWidget(self.words, 1)
        row.addWidget(self.button)
        self.button.clicked.connect(self.pressed)
        self.hide()

    @property
    def has_any(self) -> bool:
        return bool(self._rows)

    def show_arrivals(self, rows: Sequence[ArrivalRow]) -> None:
        self._rows = rows
        self.words.set_text(self._said)

    def _said(self) -> str:
        if not self._rows:
            return ""
        return say("recalls.arrivals.strip", count=len(self._rows), since=formats.moment(self._rows[0].arrived_at))


class ArrivalsCard(Card):
    """Enter opens the chosen one; it is put aside only with a reason. Hidden while none waits."""

    def __init__(self, presenter: ArrivalsPresenter) -> None:
        super().__init__(spoken("recalls.arrivals.title"), flush=True)
        self._presenter = presenter
        self.table: DataTable[ArrivalRow] = DataTable(
            _columns(), in_card=True, two_lines=True, row_height=ROW, name=spoken("recalls.arrivals.title")
        )
        self.table.horizontalHeader().hide()
        self.reason = TextInput(spoken("recalls.arrivals.reason"))
        self.aside = KeycapButton(spoken("recalls.arrivals.aside"), icon="dispose")
        self.open = KeycapButton(spoken("recalls.arrivals.open"), icon="document")
        self.message = Label("", "stop", wrap=True)
        self.add(self.table)
        self._lay_out_foot()
        self.table.opened.connect(presenter.open)
        self.table.chosen.connect(self._chosen)
        self.reason.textEdited.connect(self._weigh)
        self.reason.returnPressed.connect(self._put_aside)
        self.aside.clicked.connect(self._put_aside)
        self.open.clicked.connect(self._open)
        presenter.put_away.connect(self._put_away)
        presenter.refused.connect(self._refuse)
        self.hide()

    def _lay_out_foot(self) -> None:
        foot, row = QVBoxLayout(), QHBoxLayout()
        foot.setContentsMargins(12, 6, 12, 8)
        row.setSpacing(8)
        row.addWidget(self.reason, 1)
        row.addWidget(self.aside)
        row.addWidget(self.open)
        foot.addLayout(row)
        foot.addWidget(self.message)
        self.message.hide()
        self.body.addLayout(foot)

    def show_arrivals(self, rows: Sequence[ArrivalRow]) -> None:
        """The cursor stays on its row; a reason that is being typed stays too."""
        self.table.set_rows(list(rows))
        if rows and self.table.chosen_row() is None:
            self.table.choose(rows[0].id)
        self.table.setFixedHeight(max(1, min(MOST_ROWS, len(rows))) * ROW + 2)
        self.set_title(spoken("recalls.arrivals.title"), say("recalls.arrivals.count", count=len(rows)))
        self.setVisible(bool(rows))
        self._weigh()

    def _chosen(self, _row: ArrivalRow | None) -> None:
        self._weigh()

    def _weigh(self, _typed: str = "") -> None:
        is_chosen = self.table.chosen_row() is not None
        self.open.setEnabled(is_chosen)
        self.aside.setEnabled(is_chosen and bool(self.reason.text().strip()))

    def _open(self) -> None:
        row = self.table.chosen_row()
        if row is not None:
            self._presenter.open(row)

    def _put_aside(self) -> None:
        row = self.table.chosen_row()
        if row is not None and self.aside.isEnabled():
            self._presenter.put_aside(row, self.reason.text())

    def _put_away(self, _row: ArrivalRow) -> None:
        self.reason.clear()
        self.message.hide()
        self._weigh()

    def _refuse(self, error: AppError) -> None:
        self.message.set_text(lambda: describe(error, language()))
        self.message.show()


def _columns() -> list[Column[ArrivalRow]]:
    """What it says and the file it came in; when it came."""

    def said(row: ArrivalRow) -> Cell:
        return Cell(row.opening, f"{row.file_name} · SHA-256 {row.digest[:SHOWN_DIGITS]}")

    return [
        Column(spoken("recalls.arrivals.file"), lambda row: row.file_name, cell=said, stretch=1),
        Column(
            spoken("recalls.arrivals.at"),
            lambda row: row.arrived_at,
            cell=lambda row: Cell(formats.moment(row.arrived_at), ink="muted"),
            width=150,
            align="right",
        ),
    ]
