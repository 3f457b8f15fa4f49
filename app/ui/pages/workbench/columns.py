"""How a row of the queue reads."""

from collections.abc import Callable
from datetime import datetime

from app.core.actor import Bilingual
from app.queries.workbench import QueueRow
from app.ui import formats
from app.ui.language import language, say, spoken
from app.ui.widgets.cells import Cell
from app.ui.widgets.rows_model import Column
from app.ui.words import badge

SOON_HOURS = 4
WAITS = "waits_"
"""Keys of rows that wait for somebody else."""


def told(row: QueueRow, part: str) -> str:
    """The title or the note of a row, with names in the language of the screen."""
    values = {
        key: value.said_in(language()) if isinstance(value, Bilingual) else value for key, value in row.values.items()
    }
    since = row.values.get("since")
    if isinstance(since, datetime):
        values["since"] = formats.moment(since)
    return say(f"workbench.queue.{row.key}.{part}", **values)


def due_ink(due_at: datetime | None, now: datetime) -> str:
    """Overdue, today, later: how loud the clock is."""
    if due_at is None:
        return "muted"
    if due_at < now:
        return "stop"
    return "attention" if (due_at - now).total_seconds() < SOON_HOURS * 3600 else "muted"


def queue_columns(now: Callable[[], datetime]) -> list[Column[QueueRow]]:
    """Class · what and where · until when · what to do."""

    def due(row: QueueRow) -> Cell:
        if row.key.startswith(WAITS):
            return Cell(say("workbench.waiting"), ink="muted", icon="hourglass", icon_ink="muted")
        if row.due_at is None:
            return Cell("")
        ink = due_ink(row.due_at, now())
        words = formats.time_left(row.due_at, now(), language())
        return Cell(words, ink=ink, icon="clock", icon_ink=ink, is_bold=ink == "stop")

    return [
        Column(
            "",
            lambda row: row.recall_class.value if row.recall_class else "",
            cell=lambda row: Cell(badge=badge(row.recall_class) if row.recall_class else None),
            width=78,
        ),
        Column(
            spoken("workbench.what"),
            lambda row: row.key,
            cell=lambda row: Cell(told(row, "title"), told(row, "note")),
            stretch=1,
        ),
        Column(spoken("workbench.due"), lambda row: row.due_at, cell=due, width=168),
        Column(
            "", lambda row: row.key, cell=lambda row: Cell(told(row, "act"), is_link=True), align="right", width=110
        ),
    ]
