"""The painted parts of the workbench: a big door, a figure, an alarm."""

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QAbstractButton, QHBoxLayout, QVBoxLayout, QWidget

from app.queries.workbench import AlarmRow
from app.ui import formats, icons, theme
from app.ui.language import say
from app.ui.pages.workbench.presenter import Job
from app.ui.widgets import painting
from app.ui.widgets.labels import Label, muted

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


class AlarmLine(QAbstractButton):
    """One alarm: icon, sentence, detail; opens where it can be looked at."""

    def __init__(self, row: AlarmRow) -> None:
        super().__init__()
        self._row = row
        self._words = say(f"workbench.alarm.{row.key}", count=row.count)
        since = formats.day(row.first_on) if row.first_on else ""
        self._note = say(f"workbench.alarm.{row.key}_note", first=since)
        self.setText(self._words)
        self.setAccessibleName(self._words)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.setFixedHeight(50)

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        tone = self._row.tone if self._row.tone != "plain" else "muted"
        icons.paint_token(painter, ALARM_ICONS[self._row.key], tone, 0, 7, 18)
        words = QRectF(28, 3, self.width() - 28, 22)
        painting.draw_text(painter, words, self._words, theme.font(), theme.colour("text"))
        note = QRectF(28, 25, self.width() - 28, 18)
        painting.draw_text(painter, note, self._note, theme.font(theme.SMALL), theme.colour("muted"))
        if self.hasFocus():
            painting.focus_ring(painter, QRectF(0.5, 0.5, self.width() - 1, self.height() - 1), 6)
