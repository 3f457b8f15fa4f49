"""The five stamps of evidence and the rows of the checklist."""

from collections.abc import Sequence

from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from app.queries.case_closing import ChecklistRow, EvidenceRow
from app.ui import formats, theme
from app.ui.language import language, say, spoken
from app.ui.pages.recalls.closing_presenter import WHERE
from app.ui.widgets.card import Surface, clear
from app.ui.widgets.cells import Cell
from app.ui.widgets.labels import IconMark, Label, muted
from app.ui.widgets.rows_model import Column

STAMP_ICONS = {
    "received": "mail",
    "distributed": "send",
    "feedback": "clipboard",
    "returned": "return",
    "replied": "external",
}


class Stamps(QWidget):
    """Five boxes side by side: what was done, when, by whom; an open one says so."""

    def __init__(self) -> None:
        super().__init__()
        self._row = QHBoxLayout(self)
        self._row.setContentsMargins(0, 0, 0, 0)
        self._row.setSpacing(10)

    def show_evidence(self, evidence: Sequence[EvidenceRow]) -> None:
        clear(self._row)
        for number, row in enumerate(evidence, start=1):
            self._row.addWidget(_stamp(number, row), 1)


def _stamp(number: int, row: EvidenceRow) -> Surface:
    is_done = row.at is not None
    box = Surface("ok_bg" if is_done else "surface", "ok" if is_done else "line")
    box.setFixedHeight(62)
    line = QHBoxLayout(box)
    line.setContentsMargins(12, 4, 12, 4)
    line.setSpacing(10)
    line.addWidget(IconMark(STAMP_ICONS[row.step] if is_done else "circle", "ok" if is_done else "muted", 24))
    words = QVBoxLayout()
    words.setSpacing(0)
    name = say(f"recalls.closing.tab.stamp.{row.step}")
    words.addWidget(Label(f"{number}  {name}", "ok" if is_done else "text", theme.BODY, bold=True, elide=True))
    words.addWidget(Label(_when(row), "text" if is_done else "muted", theme.SMALL, elide=True))
    who = " · ".join(filter(None, (row.by.said_in(language()) if row.by else "", row.document_no)))
    words.addWidget(muted(who, elide=True))
    line.addLayout(words, 1)
    box.setAccessibleName(f"{name} {_when(row)} {who}")
    return box


def _when(row: EvidenceRow) -> str:
    return formats.moment(row.at) if row.at is not None else say("recalls.closing.tab.open")


def checklist_columns() -> list[Column[ChecklistRow]]:
    """Done or open · what is missing · where to do it."""
    return [
        Column(
            spoken("recalls.closing.tab.item"),
            lambda row: row.is_done,
            cell=lambda row: Cell(
                row.name.said_in(language()),
                icon="check-circle" if row.is_done else "circle",
                icon_ink="ok" if row.is_done else "stop",
                is_bold=not row.is_done,
            ),
            stretch=4,
        ),
        Column(
            spoken("recalls.closing.tab.missing"),
            lambda row: row.count,
            cell=lambda row: Cell(row.missing.said_in(language()) if row.missing else "", ink="stop"),
            tip=lambda row: row.missing.said_in(language()) if row.missing else "",
            stretch=5,
        ),
        Column("", lambda row: row.item.value, cell=_link, align="right", width=104),
    ]


def _link(row: ChecklistRow) -> Cell:
    if row.is_done:
        return Cell("")
    tab = WHERE.get(row.item, "")
    words = say(f"recalls.tab.{tab}") if tab else say("recalls.closing.tab.here")
    return Cell(words, is_link=True)
