"""How a department's task reads: as a card of the board and as a row of the list."""

from collections.abc import Callable, Sequence
from datetime import datetime, timedelta

from app.core.statuses.recall import TaskState
from app.queries.tasks import TaskBoard, TaskRow
from app.ui import formats
from app.ui.language import language, say, spoken
from app.ui.pages.recalls.tasks_presenter import COLUMNS
from app.ui.widgets.board import BoardCard, BoardColumn, CardFigure
from app.ui.widgets.cells import BarLook, Cell
from app.ui.widgets.rows_model import Column
from app.ui.words import chip, look, word

SOON = timedelta(hours=1)


def state_columns() -> list[BoardColumn]:
    """The board from left to right."""
    icons = {"sent": TaskState.SENT, "locating": TaskState.LOCATING, "quarantined": TaskState.QUARANTINED,
             "handed_over": TaskState.HANDED_OVER, "done": TaskState.DONE}  # fmt: skip
    return [
        BoardColumn(
            key, spoken(f"recalls.tasks.column.{key}"), look(state).icon, look(state).tone,
            spoken(f"recalls.tasks.empty.{key}"),
        )
        for key, state in icons.items()
    ]  # fmt: skip


def site_columns(board: TaskBoard) -> list[BoardColumn]:
    """One column a site, in the order of the tasks."""
    sites = dict.fromkeys(row.site for row in board.tasks)
    return [BoardColumn(site.zh, site.said_in(language()), "building", "accent") for site in sites]


def cards_by_state(board: TaskBoard, now: datetime) -> dict[str, Sequence[BoardCard]]:
    """The cards of each column, the most urgent first; what is done the latest first."""
    cards: dict[str, Sequence[BoardCard]] = {}
    for key, states in COLUMNS.items():
        rows = board.in_states(*states)
        cards[key] = [card_of(row, now) for row in sorted(rows, key=lambda row: _urgency(row, now))]
    return cards


def cards_by_site(board: TaskBoard, now: datetime) -> dict[str, Sequence[BoardCard]]:
    """The cards of each site, open ones first; the state stands where the site would."""
    rows = sorted(board.tasks, key=lambda row: (not row.is_open, _urgency(row, now)))
    return {site.zh: [card_of(row, now, by_site=True) for row in rows if row.site == site] for site in
            dict.fromkeys(row.site for row in rows)}  # fmt: skip


def _urgency(row: TaskRow, now: datetime) -> float:
    if row.due_at is not None:
        return (row.due_at - now).total_seconds()
    return -row.finished_at.timestamp() if row.finished_at else 0.0


def card_of(row: TaskRow, now: datetime, *, by_site: bool = False) -> BoardCard:
    """One task as a card."""
    tongue = language()
    words, icon, ink = clock_of(row, now)
    person = row.liaison or row.acknowledged_by
    is_waiting = row.is_overdue and row.state is TaskState.SENT and bool(row.phone)
    return BoardCard(
        key=str(row.id),
        title=row.place.said_in(tongue),
        corner=word(row.state) if by_site else row.site.said_in(tongue),
        figures=(
            CardFigure(say("recalls.tasks.expect"), formats.number(row.expected)),
            CardFigure(say("recalls.tasks.found"), formats.number(row.found), _found_ink(row)),
        ),
        gap=gap_words(row),
        bar=BarLook(_share(row), _bar_fill(row)),
        foot=words,
        foot_icon=icon,
        foot_ink=ink,
        corner_foot=person.said_in(tongue) if person else "",
        strip=say("recalls.tasks.ring", phone=row.phone) if is_waiting else "",
        strip_icon="phone",
        tone="stop" if row.is_overdue else "",
    )


def gap_words(row: TaskRow) -> str:
    """How many are missing, or too many."""
    if not row.gap:
        return ""
    return say("recalls.tasks.gap" if row.gap > 0 else "recalls.tasks.surplus", count=abs(row.gap))


def _share(row: TaskRow) -> float:
    if row.found is None:
        return 0.0
    return min(1.0, row.found / row.expected) if row.expected else 1.0


def _bar_fill(row: TaskRow) -> str:
    return "fill_red" if row.gap else "fill_green"


def _found_ink(row: TaskRow) -> str:
    if row.found is None:
        return "muted"
    return "stop" if row.gap else "ok"


def clock_of(row: TaskRow, now: datetime) -> tuple[str, str, str]:
    """The clock of a task: words, icon, ink."""
    if row.state is TaskState.EXEMPTED:
        return word(row.state), "ban", "spent"
    if row.due_at is None:
        return formats.short_moment(row.finished_at, now), "check-circle", "ok"
    left = row.due_at - now
    ink = "stop" if row.is_overdue else "attention" if left < SOON else "muted"
    return formats.time_left(row.due_at, now, language()), "clock", ink


def list_columns(now: Callable[[], datetime]) -> list[Column[TaskRow]]:
    """Department · state · expected · found · gap · clock · who answers."""
    return [
        Column(
            spoken("recalls.tasks.department"),
            lambda row: row.location_id,
            cell=lambda row: Cell(row.place.said_in(language()), row.site.said_in(language())),
            stretch=3,
        ),
        Column(
            spoken("recalls.tasks.state"), lambda row: row.state.value, cell=lambda row: Cell(chip=chip(row.state)),
            width=118,
        ),
        Column(spoken("recalls.tasks.expect"), lambda row: row.expected, formats.number, align="right", width=76),
        Column(
            spoken("recalls.tasks.found"),
            lambda row: row.found,
            cell=lambda row: Cell(formats.number(row.found), ink=_found_ink(row), is_bold=True),
            align="right",
            width=76,
        ),
        Column(
            spoken("recalls.tasks.difference"), lambda row: row.gap or 0,
            cell=lambda row: Cell(gap_words(row), ink="stop"), width=84,
        ),
        Column(spoken("recalls.tasks.clock"), lambda row: _urgency(row, now()), cell=_clock_cell(now), width=170),
        Column(
            spoken("recalls.tasks.person"),
            lambda row: row.phone,
            cell=lambda row: Cell(row.liaison.said_in(language()) if row.liaison else "—", row.phone),
            stretch=2,
        ),
    ]  # fmt: skip


def _clock_cell(now: Callable[[], datetime]) -> Callable[[TaskRow], Cell]:
    def cell(row: TaskRow) -> Cell:
        words, icon, ink = clock_of(row, now())
        return Cell(words, ink=ink, icon=icon, icon_ink=ink, is_bold=row.is_overdue)

    return cell
