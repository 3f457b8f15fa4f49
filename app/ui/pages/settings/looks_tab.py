"""Looks at patients' numbers: who, when, at which lot, and why. For auditors."""

from PySide6.QtWidgets import QVBoxLayout

from app.queries.patient_looks import LookRow
from app.ui import formats
from app.ui.language import language, say, spoken
from app.ui.pages.settings.looks_presenter import LooksPresenter
from app.ui.presented_view import PresentedView
from app.ui.widgets.card import Card
from app.ui.widgets.cells import Cell
from app.ui.widgets.rows_model import Column
from app.ui.widgets.table import DataTable


def _columns() -> list[Column[LookRow]]:
    return [
        Column(
            spoken("looks.at"),
            lambda row: row.at,
            cell=lambda row: Cell(formats.moment(row.at), is_mono=True),
            width=150,
        ),
        Column(spoken("looks.person"), _person, cell=lambda row: Cell(_person(row)), stretch=2),
        Column(
            spoken("looks.goods"),
            lambda row: row.lot_no,
            cell=lambda row: Cell(row.lot_no, row.product.said_in(language())),
            stretch=3,
        ),
        Column(spoken("looks.reason"), lambda row: row.reason, cell=lambda row: Cell(row.reason), stretch=4),
    ]


def _person(row: LookRow) -> str:
    return row.person.said_in(language()) if row.person else say("looks.installation")


class LooksTab(PresentedView):
    """Whoever is no auditor reads why the list is empty for them."""

    def __init__(self, presenter: LooksPresenter) -> None:
        super().__init__(presenter)
        self._presenter = presenter
        self.table = DataTable(_columns(), two_lines=True, in_card=True, name=spoken("looks.title"), empty=self._empty)
        card = Card(spoken("looks.title"), spoken("looks.note"), flush=True)
        card.add(self.table, 1)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(card, 1)
        presenter.rows_changed.connect(self.table.set_rows)

    def _empty(self) -> str:
        return say("looks.none" if self._presenter.may_read else "looks.not_yours")
