"""The timeline tab: one line per event, with who, when, and the document it made."""

from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout

from app.core.errors import AppError
from app.core.statuses.recall import CaseAct
from app.core.words import describe
from app.queries.case_timeline import TimelineRow
from app.ui import formats
from app.ui.language import language, say, spoken
from app.ui.pages.recalls.case_tab import CaseTab
from app.ui.pages.recalls.timeline_presenter import (
    DOCUMENT,
    MOVEMENT,
    SIGNATURE,
    Timeline,
    TimelineFilter,
    TimelinePresenter,
)
from app.ui.widgets.card import Card
from app.ui.widgets.cell_delegate import RowLook
from app.ui.widgets.cells import Cell
from app.ui.widgets.chips import Choice, FilterChips
from app.ui.widgets.rows_model import Column
from app.ui.widgets.table import DataTable

_ACTS: dict[str, tuple[tuple[CaseAct, ...], str]] = {
    "document": ((CaseAct.REGISTERED, CaseAct.FILE_ADDED), "accent"),
    "search": ((CaseAct.ASSESSED,), "accent"),
    "pencil": (
        (CaseAct.CLAUSE_CORRECTED, CaseAct.CLAUSE_REMOVED, CaseAct.CLAUSE_ADDED, CaseAct.REVIEWED),
        "plain",
    ),
    "check": ((CaseAct.CLAUSES_CONFIRMED, CaseAct.DOUBT_SETTLED, CaseAct.ACKNOWLEDGED), "accent"),
    "question": ((CaseAct.LINE_DECIDED, CaseAct.CHANGE_DECIDED), "attention"),
    "pause-circle": ((CaseAct.HELD, CaseAct.QUARANTINED, CaseAct.COLLECTED), "hold"),
    "signature": ((CaseAct.APPROVED, CaseAct.READ_AGAIN), "ok"),
    "lock": ((CaseAct.LAUNCHED,), "stop"),
    "box": ((CaseAct.COUNTED,), "accent"),
    "receive": ((CaseAct.ARRIVED_LATER,), "attention"),
    "minus-circle": ((CaseAct.NONE_FOUND,), "plain"),
    "truck": ((CaseAct.HANDED_OVER, CaseAct.SHIPPED), "accent"),
    "check-circle": ((CaseAct.TASK_DONE, CaseAct.SHIPMENT_CONFIRMED, CaseAct.NOT_AFFECTED), "ok"),
    "ban": ((CaseAct.EXEMPTED, CaseAct.WITHDRAWN, CaseAct.LINE_EXCLUDED), "spent"),
    "bell": ((CaseAct.CHASED,), "attention"),
    "scale": ((CaseAct.EXPLAINED, CaseAct.RECONCILING), "attention"),
    "dispose": ((CaseAct.DESTROYED,), "spent"),
    "external": ((CaseAct.REPLIED,), "ok"),
    "clipboard": ((CaseAct.REVIEW_ASKED,), "attention"),
    "undo": ((CaseAct.SENT_BACK,), "attention"),
    "archive": ((CaseAct.CLOSED,), "ok"),
    "refresh": ((CaseAct.REOPENED, CaseAct.SCOPE_CHANGED), "attention"),
    "link": ((CaseAct.EXPANDED,), "attention"),
    "unlock": ((CaseAct.LIFTED,), "ok"),
}
LOOKS: dict[str, tuple[str, str]] = {
    act.value: (icon, tone) for icon, (acts, tone) in _ACTS.items() for act in acts
} | {
    "notice": ("mail", "accent"),
    DOCUMENT: ("document", "plain"),
    MOVEMENT: ("swap", "plain"),
    SIGNATURE: ("signature", "ok"),
}
"""Icon and tone of each kind of line."""


def timeline_columns() -> list[Column[TimelineRow]]:
    """When · what and where · how many · who · document."""
    return [
        Column(spoken("recalls.timeline.tab.at"), lambda row: row.at, formats.moment, width=168, is_mono=True),
        Column(
            spoken("recalls.timeline.tab.what"),
            lambda row: row.kind,
            cell=_what,
            tip=lambda row: row.note,
            stretch=5,
        ),
        Column(
            spoken("recalls.timeline.tab.units"),
            lambda row: row.quantity,
            cell=lambda row: Cell("" if row.quantity is None else formats.number(row.quantity), is_bold=True),
            align="right",
            width=72,
        ),
        Column(spoken("recalls.timeline.tab.who"), lambda row: row.by.zh, cell=_who, stretch=2),
        Column(
            spoken("recalls.timeline.tab.document"),
            lambda row: row.document_no,
            cell=lambda row: Cell(row.document_no, is_mono=True, is_link=row.kind == DOCUMENT),
            width=160,
        ),
    ]  # fmt: skip


def _what(row: TimelineRow) -> Cell:
    icon, tone = ("warning", "stop") if row.is_alarm else LOOKS[row.kind]
    place = row.place.said_in(language()) if row.place else ""
    words = " · ".join(filter(None, (row.what.said_in(language()), place)))
    ink = "muted" if tone == "plain" else tone
    return Cell(words, row.note, ink="stop" if row.is_alarm else "text", icon=icon, icon_ink=ink)


def _who(row: TimelineRow) -> Cell:
    second = say("recalls.timeline.tab.second", person=row.second) if row.second else ""
    return Cell(row.by.said_in(language()), second)


class TimelineTab(CaseTab):
    """Enter on a paper leads to the documents."""

    def __init__(self, presenter: TimelinePresenter) -> None:
        super().__init__(presenter)
        self._presenter = presenter
        self.kinds = FilterChips(height=28, name=spoken("recalls.timeline.tab.name"))
        self.table = DataTable(
            timeline_columns(),
            two_lines=True,
            in_card=True,
            look=lambda row: RowLook(edge="stop" if row.is_alarm else ""),
            key=lambda row: (row.at, row.kind, row.document_no, row.what.zh, row.place, row.quantity),
            name=spoken("recalls.timeline.tab.name"),
            empty=spoken("recalls.timeline.tab.nothing"),
        )
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(10)
        top = QHBoxLayout()
        top.addWidget(self.kinds)
        top.addStretch(1)
        column.addLayout(top)
        card = Card("", flush=True)
        card.add(self.table, 1)
        column.addWidget(card, 1)
        presenter.timeline_changed.connect(self.show_timeline)
        presenter.failed.connect(self._fail)
        self.kinds.chosen.connect(self._choose)
        self.table.opened.connect(self._open)

    def show_timeline(self, timeline: Timeline) -> None:
        self.kinds.set_choices(
            [
                Choice(kind.value, spoken(f"recalls.timeline.tab.kind.{kind.value}"), timeline.count(kind))
                for kind in TimelineFilter
            ]
        )
        self.kinds.choose(timeline.show.value)
        self.table.set_rows(timeline.shown)

    def retranslate(self) -> None:
        if self._presenter.timeline is not None:
            self.show_timeline(self._presenter.timeline)

    def _choose(self, key: str) -> None:
        self._presenter.choose(TimelineFilter(key))

    def _open(self, row: TimelineRow) -> None:
        if row.kind == DOCUMENT:
            self.asked_for_tab.emit("documents")

    def _fail(self, error: AppError) -> None:
        self.said.emit(describe(error, language()), "stop")
