"""The matrix of responsibilities: steps down, roles across, and who never does both."""

from PySide6.QtWidgets import QVBoxLayout, QWidget

from app.core.errors import AppError
from app.core.permissions import Role
from app.core.responsibilities import TASKS, Hand, Part, Step, hand
from app.core.words import describe
from app.services.duty_papers import apart_words
from app.ui.language import language, say, spoken
from app.ui.pages.settings.duties_presenter import DutiesPresenter
from app.ui.widgets.buttons import KeycapButton
from app.ui.widgets.card import Card
from app.ui.widgets.cells import Cell
from app.ui.widgets.labels import Label, muted
from app.ui.widgets.rows_model import Column
from app.ui.widgets.table import DataTable
from app.ui.words import word

SIGNS = {Hand.DOES: "●", Hand.SIGNS: "○", Hand.BOTH: "◉", Hand.NONE: "·"}
INKS = {Hand.DOES: "accent", Hand.SIGNS: "hold", Hand.BOTH: "accent", Hand.NONE: "line"}
ROLE_WIDTH = 60


class DutiesTab(QWidget):
    """Read by everybody; printed and exported from here."""

    def __init__(self, presenter: DutiesPresenter) -> None:
        super().__init__()
        self.table = DataTable(
            _columns(), in_card=True, key=lambda step: step.value, name=spoken("duties.title"), sortable=False
        )
        self.print = KeycapButton(spoken("duties.print"), icon="printer")
        self.export = KeycapButton(spoken("duties.export"), icon="download")
        self.workbook = KeycapButton(spoken("duties.export_xlsx"), icon="table")
        self.message = Label("", "ok", wrap=True)
        card = Card(spoken("duties.title"), flush=True)
        card.add_to_head(self.export)
        card.add_to_head(self.workbook)
        card.add_to_head(self.print)
        card.add(self.table, 1)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(8)
        column.addWidget(muted(spoken("duties.legend"), wrap=True))
        column.addWidget(card, 1)
        column.addWidget(self.message)
        self.print.clicked.connect(presenter.print_matrix)
        self.export.clicked.connect(presenter.export_matrix)
        self.workbook.clicked.connect(presenter.export_workbook)
        presenter.saved.connect(self._saved)
        presenter.failed.connect(self._failed)
        self.table.set_rows(list(TASKS))

    def retranslate(self) -> None:
        self.table.set_rows(list(TASKS))

    def _saved(self, key: str, path: str) -> None:
        self.message.set_ink("ok")
        self.message.set_text(lambda: say(f"duties.{key}", path=path))

    def _failed(self, error: AppError) -> None:
        self.message.set_ink("stop")
        self.message.set_text(lambda: describe(error, language()))


def _columns() -> list[Column[Step]]:
    order = {part: number for number, part in enumerate(Part)}
    first = Column[Step](spoken("duties.step"), lambda step: order[TASKS[step].part], cell=_step, stretch=3)
    last = Column[Step](
        spoken("duties.apart"),
        lambda step: apart_words(step, language()),
        cell=lambda step: Cell(apart_words(step, language()), is_small=True, ink="attention"),
        stretch=3,
        tip=lambda step: apart_words(step, language()),
    )
    return [first, *(_role_column(role) for role in Role), last]


def _step(step: Step) -> Cell:
    return Cell(say(f"duties.steps.{step.value}"))


def _role_column(role: Role) -> Column[Step]:
    def cell(step: Step) -> Cell:
        has = hand(role, step)
        return Cell(SIGNS[has], ink=INKS[has], is_bold=has is not Hand.NONE)

    def tip(step: Step) -> str:
        return f"{word(role)}: {say(f'duties.{hand(role, step).value}')}"

    return Column(
        spoken(f"duties.roles.{role.value}"),
        lambda step: hand(role, step).value,
        cell=cell,
        width=ROLE_WIDTH,
        align="centre",
        tip=tip,
    )
