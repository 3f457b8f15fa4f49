"""Where the units of a batch were at a past moment: place, state, quantity, and the patients of each ward."""

from dataclasses import dataclass

from app.core.actor import Bilingual
from app.core.statuses.stock import StockState
from app.queries.batch_card import BatchCard
from app.ui import formats
from app.ui.language import language, say, spoken
from app.ui.widgets.card import Card
from app.ui.widgets.cells import Cell
from app.ui.widgets.rows_model import Column
from app.ui.widgets.table import DataTable
from app.ui.words import word


@dataclass(frozen=True, slots=True)
class ThenRow:
    """One shelf; ``patients`` stand in the first row of their ward only, so that the column can be summed."""

    place: Bilingual
    state: StockState
    quantity: int
    patients: int


class PlacesThenCard(Card):
    """Takes the place of the lock layers while the past is shown."""

    def __init__(self) -> None:
        super().__init__(spoken("as_of.where"), flush=True)
        self.table: DataTable[ThenRow] = DataTable(
            [
                Column(spoken("as_of.place"), lambda row: row.place.zh, cell=_place, stretch=3),
                Column(spoken("as_of.state"), lambda row: row.state.value, cell=_state, stretch=3),
                Column(spoken("as_of.quantity"), lambda row: row.quantity, formats.number, align="right", width=48),
                Column(spoken("as_of.patients"), lambda row: row.patients, cell=_patients, align="right", width=64),
            ],
            in_card=True,
            name=spoken("as_of.where"),
            sortable=False,
        )
        self.add(self.table, 1)

    def show_card(self, card: BatchCard) -> None:
        rows = then_rows(card)
        self.table.set_rows(rows)
        note = say("as_of.sum", sum=sum(row.quantity for row in rows), received=card.received)
        self.set_title(spoken("as_of.where"), note)


def then_rows(card: BatchCard) -> list[ThenRow]:
    """The shelves of the card's places; patients by the ward of their use."""
    patients = {place.location_id: place.patients for place in card.trace.destinations}
    rows: list[ThenRow] = []
    for place in card.places:
        rows.append(ThenRow(place.name, place.state, place.quantity, patients.pop(place.location_id, 0)))
    return rows


def _place(row: ThenRow) -> Cell:
    return Cell(row.place.said_in(language()))


def _state(row: ThenRow) -> Cell:
    return Cell(word(row.state), ink="muted")


def _patients(row: ThenRow) -> Cell:
    return Cell(formats.number(row.patients) if row.patients else formats.DASH, ink="text" if row.patients else "muted")
