"""How a case reads as a row of the list."""

from app.core.statuses.recall import OPEN_STATES, CaseKind
from app.queries.recalls import BEFORE_LAUNCH, CaseRow
from app.ui import formats
from app.ui.language import language, say, spoken
from app.ui.widgets.cell_delegate import RowLook
from app.ui.widgets.cells import BarLook, Cell, ChipLook
from app.ui.widgets.rows_model import Column
from app.ui.words import badge, chip, word

LOUD = 0.8
"""From this share of the time used the clock is shown in the colour of attention."""


def state_chip(row: CaseRow) -> ChipLook:
    """The state; before the launch, that it waits for a second person."""
    if row.is_waiting and row.batches and not row.doubtful:
        return ChipLook(say("recalls.list.to_approve"), "attention", "signature")
    return chip(row.state)


def row_look(row: CaseRow) -> RowLook:
    """A late case has a bar at its left edge."""
    return RowLook(edge="stop" if row.is_overdue else "")


def clock_cell(row: CaseRow) -> Cell:
    """What is left; for a finished case, how long it took."""
    clock = row.clock
    if row.state not in OPEN_STATES:
        ended = row.closed_at or clock.ended_at or clock.now
        took = formats.span(ended - clock.started_at, language())
        note = say("recalls.list.ended", day=formats.day(ended.astimezone().date()))
        return Cell(say("recalls.list.took", span=took), note, ink="muted")
    if clock.due_at is None:
        return Cell(formats.DASH, ink="muted")
    if clock.ended_at is not None and not clock.is_overdue:
        due = formats.short_moment(clock.due_at, clock.now)
        return Cell(say("recalls.list.on_time"), say("recalls.list.due", at=due), ink="muted")
    words = formats.time_left(clock.due_at, clock.now, language())
    if clock.is_overdue:
        return Cell(words, ink="stop", is_bold=True, bar=BarLook(1.0, "fill_red"))
    is_loud = clock.used >= LOUD
    return Cell(
        words,
        ink="attention" if is_loud else "text",
        bar=BarLook(clock.used, "fill_gold" if is_loud else "fill_blue"),
    )


def accounted_cell(row: CaseRow) -> Cell:
    """How much of what was received is accounted for."""
    if not row.received or row.state in BEFORE_LAUNCH:
        return Cell(formats.DASH, ink="muted")
    is_whole = row.accounted == row.received
    label = f"{formats.number(row.accounted)} / {formats.number(row.received)}"
    return Cell(
        formats.percent(row.accounted, row.received),
        ink="ok" if is_whole else "text",
        is_bold=True,
        bar=BarLook(row.accounted / row.received, "fill_green" if is_whole else "fill_blue", label),
    )


def tasks_cell(row: CaseRow) -> Cell:
    """Departments done of all, and under it how many are late."""
    if not row.tasks:
        return Cell(formats.DASH, ink="muted")
    late = say("recalls.list.late", count=row.tasks_overdue) if row.tasks_overdue else ""
    return Cell(f"{row.tasks_done} / {row.tasks}", late, second_ink="stop")


def _title_cell(row: CaseRow) -> Cell:
    kind = word(row.kind) if row.kind in (CaseKind.DRILL, CaseKind.INTERNAL_HOLD) else row.manufacturer
    return Cell(row.title, " · ".join(filter(None, (row.number, kind))))


def case_columns() -> list[Column[CaseRow]]:
    """Class · case · state · clock · accounted for · tasks."""
    return [
        Column(
            spoken("recalls.list.class"),
            lambda row: row.recall_class.value,
            cell=lambda row: Cell(badge=badge(row.recall_class)),
            width=106,
        ),
        Column(spoken("recalls.list.case"), lambda row: row.number, cell=_title_cell, stretch=1),
        Column(
            spoken("recalls.list.state"),
            lambda row: row.state.value,
            cell=lambda row: Cell(chip=state_chip(row)),
            width=124,
        ),
        Column(spoken("recalls.list.clock"), lambda row: row.clock.due_at, cell=clock_cell, width=114),
        Column(
            spoken("recalls.list.accounted"),
            lambda row: row.accounted / row.received if row.received else None,
            cell=accounted_cell,
            width=146,
        ),
        Column(spoken("recalls.list.tasks"), lambda row: row.tasks, cell=tasks_cell, align="right", width=76),
    ]
