"""Batches under one verdict: lot, units, what they are, why, and by which clauses. Thousands of rows are painted."""

from collections.abc import Sequence
from typing import Any

from PySide6.QtCore import QAbstractListModel, QModelIndex, QObject, QPersistentModelIndex, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QFontMetricsF, QKeyEvent, QPainter, QResizeEvent, QTextLayout
from PySide6.QtWidgets import QAbstractItemView, QFrame, QListView, QStyle, QStyledItemDelegate, QStyleOptionViewItem

from app.core.statuses.verdict import Verdict
from app.queries.case_scope import ScopeRow
from app.ui import formats, icons, theme
from app.ui.language import language, say
from app.ui.pages.recalls.marks import lot_words, verdict_words
from app.ui.widgets import painting
from app.ui.words import look

SIDE, TOP, LINE, SMALL_LINE, WHY_LINE, GAP = 15.0, 10.0, 22.0, 19.0, 20.0, 4.0
MOST_LINES, ALL_LINES = 3, 99
ROW_ROLE = int(Qt.ItemDataRole.UserRole)
Index = QModelIndex | QPersistentModelIndex


def what_of(row: ScopeRow) -> str:
    """REF and production date: what tells two batches of one lot apart."""
    made = say("recalls.scope.made", day=formats.day(row.production_on)) if row.production_on else ""
    return " · ".join(filter(None, (row.ref or row.spec, made or say("recalls.scope.not_made"))))


def why_of(row: ScopeRow) -> str:
    """The reasons as sentences, the most telling (lot or serial number) first; a person's decision stands alone."""
    tongue = language()
    joiner = "" if tongue == "zh" else " "
    if row.decided_by is not None:
        return say("recalls.scope.decided_by", who=row.decided_by, reason=row.decided_reason)
    told = dict.fromkeys(reason.text.said_in(tongue) for reason in reversed(row.reasons))
    words = joiner.join(told)
    alike = ("、" if tongue == "zh" else ", ").join(one.said_in(tongue) for one in row.alike)
    return words + joiner + say("recalls.scope.alike", lots=alike) if alike else words


def signs_of(row: ScopeRow) -> list[tuple[str, str, str]]:
    """Icon, tone and word of what stands under the reasons: clauses, then locks."""
    signs: list[tuple[str, str, str]] = []
    if row.clauses:
        numbers = " ".join(map(str, sorted(row.clauses)))
        signs.append(("link", look(row.verdict).tone, say("recalls.scope.by_clauses", numbers=numbers)))
    if row.decided_by is not None:
        signs.append(("user-check", look(row.verdict).tone, say("recalls.scope.by_person")))
    if row.is_recall_locked:
        signs.append(("lock", "stop", say("recalls.scope.locked")))
    elif row.is_held:
        signs.append(("pause-circle", "hold", say("recalls.scope.held")))
    return signs


def wrapped(words: str, width: float, most: int) -> list[str]:
    """The words in lines of this width; where there are more than ``most``, the last one ends in an ellipsis."""
    layout = QTextLayout(words, theme.font())
    lines: list[str] = []
    layout.beginLayout()
    while (line := layout.createLine()).isValid():
        line.setLineWidth(width)
        start = line.textStart()
        if len(lines) == most - 1:
            rest = words[start:]
            lines.append(QFontMetricsF(theme.font()).elidedText(rest, Qt.TextElideMode.ElideRight, width))
            break
        lines.append(words[start : start + line.textLength()].rstrip())
    layout.endLayout()
    return lines


class ScopeModel(QAbstractListModel):
    """Rows as given; the spoken row is what a screen reader reads."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._rows: tuple[ScopeRow, ...] = ()

    @property
    def rows(self) -> tuple[ScopeRow, ...]:
        return self._rows

    def set_rows(self, rows: Sequence[ScopeRow]) -> None:
        self.beginResetModel()
        self._rows = tuple(rows)
        self.endResetModel()

    def rowCount(self, parent: Index = QModelIndex()) -> int:
        return 0 if parent.isValid() else len(self._rows)

    def data(self, index: Index, role: int = int(Qt.ItemDataRole.DisplayRole)) -> object:
        if not index.isValid():
            return None
        row = self._rows[index.row()]
        if role == ROW_ROLE:
            return row
        if role == int(Qt.ItemDataRole.ToolTipRole):
            return f"{row.product.said_in(language())} {row.spec} · {row.receipt_no}"
        if role in (int(Qt.ItemDataRole.DisplayRole), int(Qt.ItemDataRole.AccessibleTextRole)):
            return f"{row.lot_no} {formats.number(row.quantity)} {what_of(row)} {why_of(row)}"
        return None


class _Painter(QStyledItemDelegate):
    def __init__(self, parent: "ScopeList") -> None:
        super().__init__(parent)
        self._list = parent

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        row: ScopeRow = index.data(ROW_ROLE)
        width = self._list.viewport().width()
        height = TOP + LINE + SMALL_LINE + self._why_height(row, width) + TOP
        height += SMALL_LINE * (len(signs_of(row)) + self._list.is_mixed) + GAP
        return QSize(width, round(height))

    def _why_height(self, row: ScopeRow, width: float) -> float:
        lines = wrapped(why_of(row), width - 2 * SIDE, self._most_lines(row))
        return len(lines) * WHY_LINE + GAP

    def _most_lines(self, row: ScopeRow) -> int:
        return ALL_LINES if self._list.chosen_row() == row else MOST_LINES

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        row: ScopeRow = index.data(ROW_ROLE)
        where: Any = option  # the stubs leave out the plain fields of style options
        is_selected = bool(where.state & QStyle.StateFlag.State_Selected)
        rect = QRectF(where.rect)
        painter.save()
        is_caught = self._list.clause in row.clauses
        self._ground(painter, rect, selected=is_selected, caught=is_caught)
        body = rect.adjusted(SIDE, TOP, -SIDE, -TOP)
        figure = formats.number(row.quantity)
        bold = theme.font(bold=True)
        room = painting.width_of(figure, bold) + 6
        lot = QRectF(body.x(), body.y(), body.width() - room, LINE)
        painting.draw_text(painter, lot, lot_words(row.lot_no), theme.font(bold=True, mono=True), theme.colour("text"))
        painting.draw_text(
            painter, QRectF(body.x(), body.y(), body.width(), LINE), figure, bold, theme.colour("text"), painting.RIGHT
        )
        what = QRectF(body.x(), body.y() + LINE, body.width(), SMALL_LINE)
        painting.draw_text(painter, what, what_of(row), theme.font(theme.SMALL), theme.colour("muted"))
        y = body.y() + LINE + SMALL_LINE + GAP
        if self._list.is_mixed:
            name = QRectF(body.x(), y - GAP, body.width(), SMALL_LINE)
            words = row.product.said_in(language())
            painting.draw_text(painter, name, words, theme.font(theme.SMALL), theme.colour("muted"))
            y += SMALL_LINE
        y = self._paint_why(painter, QRectF(body.x(), y, body.width(), body.bottom() - y), row)
        self._paint_signs(painter, row, body.x(), y, body.width())
        painter.restore()

    def _ground(self, painter: QPainter, rect: QRectF, *, selected: bool, caught: bool) -> None:
        painter.setRenderHint(QPainter.RenderHint.Antialiasing, on=False)
        if selected and self._list.hasFocus():
            painter.fillRect(rect, theme.colour("accent_bg"))
        elif selected or caught:
            painter.fillRect(rect, theme.colour("head"))
        if selected or caught:
            painter.fillRect(QRectF(rect.x(), rect.y(), 3, rect.height() - 1), theme.colour("accent"))
        painter.fillRect(QRectF(SIDE, rect.bottom() - 1, rect.width() - 2 * SIDE, 1), theme.colour("line"))

    def _paint_why(self, painter: QPainter, rect: QRectF, row: ScopeRow) -> float:
        y = rect.y()
        for line in wrapped(why_of(row), rect.width(), self._most_lines(row)):
            place = QRectF(rect.x(), y, rect.width() + 8, WHY_LINE)
            painting.draw_text(painter, place, line, theme.font(), theme.colour("text"), elide=False)
            y += WHY_LINE
        return y + GAP / 2

    def _paint_signs(self, painter: QPainter, row: ScopeRow, x: float, y: float, width: float) -> None:
        for icon, tone, words in signs_of(row):
            icons.paint(painter, icon, theme.colour(tone), QRectF(x, y + 2.5, 14, 14), 2.0)
            place = QRectF(x + 20, y, width - 20, SMALL_LINE)
            painting.draw_text(painter, place, words, theme.font(theme.SMALL), theme.colour(tone))
            y += SMALL_LINE


class ScopeList(QListView):
    """Up and down choose, Enter opens a row for a decision. ``set_clause`` marks what a clause has caught."""

    chosen = Signal(object)
    opened = Signal(object)

    def __init__(self, verdict: Verdict) -> None:
        super().__init__()
        self._verdict = verdict
        self.clause = 0
        self.is_mixed = False
        self._rows = ScopeModel(self)
        self.setModel(self._rows)
        self.setItemDelegate(_Painter(self))
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setResizeMode(QListView.ResizeMode.Adjust)
        self.setAutoFillBackground(False)
        self.viewport().setAutoFillBackground(False)
        self.selectionModel().currentChanged.connect(self._tell)
        self.doubleClicked.connect(self._open)

    @property
    def rows(self) -> tuple[ScopeRow, ...]:
        return self._rows.rows

    def set_rows(self, rows: Sequence[ScopeRow]) -> None:
        """Show these; the chosen batch stays chosen if it is still there, and the list where it is scrolled to."""
        before, was_at = self.chosen_row(), self.verticalScrollBar().value()
        self.is_mixed = len({row.product_id for row in rows}) > 1
        self._rows.set_rows(rows)
        if before is not None:
            self.choose(before.batch_id)
        if was_at:
            self.executeDelayedItemsLayout()
            self.verticalScrollBar().setValue(was_at)

    def chosen_row(self) -> ScopeRow | None:
        """The row under the cursor."""
        index = self.currentIndex()
        return self._rows.rows[index.row()] if index.isValid() else None

    def choose(self, batch_id: int) -> bool:
        """Put the cursor on a batch and bring it into view; False where it is not here."""
        for place, row in enumerate(self._rows.rows):
            if row.batch_id == batch_id:
                self.setCurrentIndex(self._rows.index(place))
                return True
        return False

    def set_clause(self, number: int) -> None:
        if number == self.clause:
            return
        self.clause = number
        self.viewport().update()
        for place, row in enumerate(self._rows.rows):
            if number and number in row.clauses:
                self.scrollTo(self._rows.index(place))
                return

    def retranslate(self) -> None:
        """The sentences may need more or fewer lines now."""
        self.setAccessibleName(verdict_words(self._verdict))
        self.scheduleDelayedItemsLayout()

    def _tell(self, index: QModelIndex, _before: QModelIndex) -> None:
        self.scheduleDelayedItemsLayout()  # the row under the cursor says everything, the others three lines
        if index.isValid():
            self.chosen.emit(self._rows.rows[index.row()])

    def _open(self, index: QModelIndex) -> None:
        if index.isValid():
            self.opened.emit(self._rows.rows[index.row()])

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and self.currentIndex().isValid():
            self._open(self.currentIndex())
            return
        super().keyPressEvent(event)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self.scheduleDelayedItemsLayout()
