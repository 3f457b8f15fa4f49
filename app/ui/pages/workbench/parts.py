"""The painted parts of the workbench: a big door, a figure, an alarm."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QAbstractButton, QHBoxLayout, QVBoxLayout, QWidget

from app.queries.reminders import ReminderRow
from app.queries.workbench import AlarmRow
from app.ui import formats, icons, theme
from app.ui.language import language, say
from app.ui.pages.workbench.presenter import Job
from app.ui.widgets import painting
from app.ui.widgets.labels import Label, muted

LATE_SECONDS = 120
ALARM_ICONS = {
    "expired": "calendar",
    "near_expiry": "clock",
    "licence": "certificate",
    "certificate": "document",
    "no_production": "database",
    "gaps": "clipboard",
}


class JobDoor(QAbstractButton):
    """A big door to a usual job: icon on its tint, name, what is behind it, key."""

    def __init__(self, job: Job) -> None:
        super().__init__()
        self._job = job
        self._name, self._note = say(f"workbench.job.{job.key}"), say(f"workbench.job.{job.key}_note")
        self.setText(self._name)
        self.setAccessibleName(self._name)
        self.setAccessibleDescription(self._note)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.setFixedHeight(84)

    def sizeHint(self) -> QSize:
        return QSize(260, 84)

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        frame = QRectF(0.5, 0.5, self.width() - 1, self.height() - 1)
        edge = "accent" if self.underMouse() else "line"
        painting.rounded(painter, frame, 8, theme.colour("surface"), theme.colour(edge))
        tone = self._job.tone if self._job.tone != "plain" else "accent"
        painting.rounded(painter, QRectF(16, 18, 48, 48), 8, theme.colour(f"{tone}_bg"))
        icons.paint_token(painter, self._job.icon, tone, 28, 30, 24)
        room = self.width() - 80 - (74 if self._job.keycap else 16)
        head = theme.font(theme.HEAD, bold=True)
        painting.draw_text(painter, QRectF(80, 19, room, 25), self._name, head, theme.colour("text"))
        note = QRectF(80, 45, self.width() - 96, 20)
        painting.draw_text(painter, note, self._note, theme.font(theme.SMALL), theme.colour("muted"))
        if self._job.keycap:
            left = self.width() - 16 - painting.keycap_width(self._job.keycap)
            painting.draw_keycap(painter, left, 32, self._job.keycap, theme.colour("muted"), theme.colour("control"))
        if self.hasFocus():
            painting.focus_ring(painter, frame, 8)


class FigureTile(QWidget):
    """A figure, its noun beside it, a remark under it."""

    def __init__(self, value: int, noun: str, note: str, ink: str = "text") -> None:
        super().__init__()
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        row = QHBoxLayout()
        row.setSpacing(8)
        row.addWidget(Label(formats.number(value), ink, theme.FIGURE, bold=True))
        row.addWidget(Label(noun), 0, Qt.AlignmentFlag.AlignBottom)
        row.addStretch(1)
        column.addLayout(row)
        column.addWidget(muted(note))
        self.setAccessibleName(f"{noun} {formats.number(value)}")


@dataclass(frozen=True, slots=True)
class Sentence:
    """What a line says: icon, its colour, the sentence, the detail under it."""

    icon: str
    tone: str
    words: str
    note: str


def alarm_sentence(row: AlarmRow) -> Sentence:
    """Something to watch."""
    since = formats.day(row.first_on) if row.first_on else ""
    words = say(f"workbench.alarm.{row.key}", count=row.count)
    return Sentence(ALARM_ICONS[row.key], row.tone, words, say(f"workbench.alarm.{row.key}_note", first=since))


def reminder_sentence(row: ReminderRow, now: datetime) -> Sentence:
    """Which step, how late it is or was done; and since when, and how late that was noticed."""
    tongue = language()
    what = say(f"workbench.reminder.{row.clock.value}", place=row.place.said_in(tongue) if row.place else "")
    if row.done_at is not None:
        state, icon, tone = (
            say("workbench.reminder.done_late", span=formats.span(row.done_at - row.due_at, tongue)),
            "check",
            "attention",
        )
    elif now > row.due_at:
        state, icon, tone = say("workbench.reminder.late", span=formats.span(now - row.due_at, tongue)), "bell", "stop"
    else:
        state, icon, tone = say("workbench.reminder.part", percent=row.percent), "clock", "attention"
    note = say("workbench.reminder.note", number=row.number, since=formats.short_moment(row.reached_at, now))
    if row.late_seconds >= LATE_SECONDS:
        note += say("workbench.reminder.noticed", span=formats.span(timedelta(seconds=row.late_seconds), tongue))
    return Sentence(icon, tone, what + state, note)


class AlarmLine(QAbstractButton):
    """One alarm or reminder: icon, sentence, detail; opens where it can be looked at."""

    def __init__(self, said: Sentence) -> None:
        super().__init__()
        self._said, self._words, self._note = said, said.words, said.note
        self.setText(self._words)
        self.setAccessibleName(self._words)
        self.setToolTip(f"{said.words}\n{said.note}")
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.setFixedHeight(50)

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        tone = self._said.tone if self._said.tone != "plain" else "muted"
        icons.paint_token(painter, self._said.icon, tone, 0, 7, 18)
        words = QRectF(28, 3, self.width() - 28, 22)
        painting.draw_text(painter, words, self._words, theme.font(), theme.colour("text"))
        note = QRectF(28, 25, self.width() - 28, 18)
        painting.draw_text(painter, note, self._note, theme.font(theme.SMALL), theme.colour("muted"))
        if self.hasFocus():
            painting.focus_ring(painter, QRectF(0.5, 0.5, self.width() - 1, self.height() - 1), 6)
