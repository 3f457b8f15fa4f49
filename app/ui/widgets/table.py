"""The table every page uses: plain rows, one delegate, keyboard first."""

from collections.abc import Callable, Hashable, Sequence
from math import ceil
from typing import Any, Generic, TypeVar

from PySide6.QtCore import QEvent, QModelIndex, QRectF, Qt, Signal
from PySide6.QtGui import QFontMetricsF, QKeyEvent, QPainter, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import QAbstractItemView, QFrame, QHeaderView, QTableView, QWidget

from app.ui import theme
from app.ui.language import Caption, read
from app.ui.widgets import painting
from app.ui.widgets.cell_delegate import PADDING_LEFT, PLAIN_ROW, CellDelegate, RowLook
from app.ui.widgets.fields import TextInput
from app.ui.widgets.rows_model import Column, RowsModel

Row = TypeVar("Row")
ICON_ROOM = 2 * PADDING_LEFT + 24
"""What a cell needs beside its words: both paddings, and its icon."""
ONE_LINE, TWO_LINES, NOTE_LINE, HEAD, HEAD_IN_CARD = 32, 48, 26, 34, 30


def _plain(_row: Any) -> RowLook:
    return PLAIN_ROW


def _identity(row: Any) -> Hashable:
    return getattr(row, "id", row)


class DataTable(QTableView, Generic[Row]):
    """Rows of 32 px, or 48 with ``two_lines``; head 34, or 30 with ``in_card``.

    ``look`` says how a row stands out, ``key`` what makes it the same row after a reload (default its ``id``): the
    selection survives reloads and sorting by it. Enter or a double click opens a row; a click on a head sorts.
    """

    opened = Signal(object)
    """The row a person opened by Enter or a double click."""
    chosen = Signal(object)
    """The row under the cursor, or None; also after a reload took it away."""

    def __init__(
        self,
        columns: Sequence[Column[Row]],
        parent: QWidget | None = None,
        *,
        two_lines: bool = False,
        in_card: bool = False,
        look: Callable[[Row], RowLook] = _plain,
        key: Callable[[Row], Hashable] = _identity,
        name: Caption = "",
        empty: Caption = "",
        sortable: bool = True,
        row_height: int = 0,
        grows: bool = False,
    ) -> None:
        super().__init__(parent)
        self._grows = grows
        self._looks: dict[int, RowLook] = {}
        self._rows: RowsModel[Row] = RowsModel(columns, self)
        self._look, self._key, self._name, self._empty = look, key, name, empty
        self._height = row_height or (TWO_LINES if two_lines else ONE_LINE)
        self._sortable = sortable
        self._sorting: tuple[int, Qt.SortOrder] | None = None
        self._chosen_key: Hashable | None = None
        self._is_restoring = False
        self._editor: tuple[TextInput, Hashable, int] | None = None
        self.setModel(self._rows)
        self.setItemDelegate(CellDelegate(self._look_of, self._height, self))
        self._dress(HEAD_IN_CARD if in_card else HEAD)
        self.setAccessibleName(read(name))
        self.selectionModel().currentRowChanged.connect(self._on_current)
        self.doubleClicked.connect(self._open)
        self.horizontalHeader().sectionClicked.connect(self._sort_by)

    def _dress(self, head: int) -> None:
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setShowGrid(False)
        self.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        self.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setHorizontalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setWordWrap(False)
        self.setTabKeyNavigation(False)
        self.verticalHeader().hide()
        self.verticalHeader().setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        self.verticalHeader().setMinimumSectionSize(ONE_LINE)
        self.verticalHeader().setDefaultSectionSize(self._height)
        header = self.horizontalHeader()
        header.setFixedHeight(head)
        header.setHighlightSections(False)
        header.setSectionsClickable(self._sortable)
        header.setMinimumSectionSize(24)
        header.setSectionResizeMode(QHeaderView.ResizeMode.Interactive)
        header.setItemDelegate(self.itemDelegate())

    @property
    def rows(self) -> tuple[Row, ...]:
        """The rows in the order shown."""
        return self._rows.rows

    def set_rows(self, rows: Sequence[Row]) -> None:
        """Show these; the chosen row stays chosen if it is still there, and the table where it is scrolled to."""
        was_at = self.verticalScrollBar().value()
        self._is_restoring = True
        self._looks.clear()
        if self._grows:
            self._rows.update_rows(rows)
        else:
            self._rows.set_rows(rows)
        self._fit_heights()
        self._fit_widths()
        self._is_restoring = False
        self._restore()
        if was_at:
            self.executeDelayedItemsLayout()
            self.verticalScrollBar().setValue(was_at)
        self._place_editor()

    def chosen_row(self) -> Row | None:
        """The row under the cursor."""
        index = self.currentIndex()
        return self._rows.row_at(index) if index.isValid() else None

    def choose(self, key: Hashable) -> bool:
        """Put the cursor on the row of this key; False where there is none."""
        for number, row in enumerate(self._rows.rows):
            if self._key(row) == key:
                self.setCurrentIndex(self._rows.index(number, 0))
                return True
        return False

    def sort_by(self, column: int, order: Qt.SortOrder = Qt.SortOrder.AscendingOrder) -> None:
        """Sort as if the head had been clicked; -1 goes back to the order given."""
        self._sorting = (column, order) if column >= 0 else None
        self._is_restoring = True
        self._rows.sort(column, order)
        self._fit_heights()
        self._is_restoring = False
        self._restore()

    def open_editor(self, key: Hashable, column: int, words: str = "") -> TextInput:
        """Lay an input over one cell; it stays through reloads. Enter, Tab and leaving are the page's business.

        Only one is open at a time; ``close_editor`` takes it away and gives the focus back to the table.
        """
        self.close_editor()
        editor = TextInput(mono=True)
        editor.setParent(self.viewport())
        editor.setText(words)
        self._editor = (editor, key, column)
        self._place_editor()
        editor.show()
        editor.setFocus()
        return editor

    def close_editor(self) -> None:
        if self._editor is None:
            return
        editor, self._editor = self._editor[0], None
        had_focus = editor.hasFocus()
        editor.hide()
        editor.deleteLater()
        if had_focus:
            self.setFocus()

    def _place_editor(self) -> None:
        if self._editor is None:
            return
        editor, key, column = self._editor
        number = next((n for n, row in enumerate(self._rows.rows) if self._key(row) == key), None)
        if number is None:
            self.close_editor()
            return
        cell = self.visualRect(self._rows.index(number, column))
        top = cell.y() + (self._height - editor.height()) // 2
        editor.setGeometry(cell.x() + 6, top, max(100, cell.width() - 12), editor.height())

    def scrollContentsBy(self, dx: int, dy: int) -> None:  # noqa: N802 Qt's name
        super().scrollContentsBy(dx, dy)
        self._place_editor()

    def _sort_by(self, column: int) -> None:
        if not self._sortable:
            return
        descending = self._sorting == (column, Qt.SortOrder.AscendingOrder)
        self.sort_by(column, Qt.SortOrder.DescendingOrder if descending else Qt.SortOrder.AscendingOrder)

    def _restore(self) -> None:
        if self._chosen_key is None:
            return
        if not self.choose(self._chosen_key):
            self._chosen_key = None
            self.chosen.emit(None)

    def _look_of(self, row: Row) -> RowLook:
        """Asked for each cell at each painting, so each row is looked at once."""
        look = self._looks.get(id(row))
        if look is None:
            look = self._looks[id(row)] = self._look(row)
        return look

    def _fit_heights(self) -> None:
        if self._look is _plain:
            return
        for number, row in enumerate(self._rows.rows):
            height = self._height + (NOTE_LINE if self._look_of(row).note else 0)
            if self.rowHeight(number) != height:
                self.setRowHeight(number, height)

    def _on_current(self, current: QModelIndex, _previous: QModelIndex) -> None:
        if self._is_restoring or not current.isValid():
            return
        row = self._rows.row_at(current)
        self._chosen_key = self._key(row)
        self.chosen.emit(row)

    def _open(self, index: QModelIndex) -> None:
        if index.isValid():
            self.opened.emit(self._rows.row_at(index))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and self.currentIndex().isValid():
            self._open(self.currentIndex())
            return
        super().keyPressEvent(event)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._share_width()
        self._place_editor()

    def show_column(self, number: int, shown: bool) -> None:
        """Show or hide a column; the others share the room anew."""
        self.setColumnHidden(number, not shown)
        self._share_width()

    def _share_width(self) -> None:
        columns = self._rows.columns
        hidden = [self.isColumnHidden(number) for number in range(len(columns))]
        fixed = [0 if gone else self._fixed(column) for column, gone in zip(columns, hidden, strict=True)]
        spare = self.viewport().width() - sum(w for w, c in zip(fixed, columns, strict=True) if not c.stretch)
        total = sum(column.stretch for column, gone in zip(columns, hidden, strict=True) if not gone) or 1
        for number, column in enumerate(columns):
            share = max(column.width or 80, spare * column.stretch // total) if column.stretch else fixed[number]
            self.setColumnWidth(number, share)

    def _fit_widths(self) -> None:
        if any(column.fits for column in self._rows.columns):
            self._share_width()

    def _fixed(self, column: Column[Row]) -> int:
        width = column.width or 96
        if not column.fits:
            return width
        metrics = QFontMetricsF(theme.font())
        words = {column.shown(row).text for row in self._rows.rows}
        widest = max((metrics.horizontalAdvance(each) for each in words), default=0.0)
        return max(width, ceil(widest + ICON_ROOM))

    def paintEvent(self, event: QPaintEvent) -> None:
        super().paintEvent(event)
        painter = QPainter(self.viewport())
        if not self._rows.rows and self._empty:
            rect = QRectF(self.viewport().rect())
            painting.draw_text(painter, rect, read(self._empty), theme.font(), theme.colour("muted"), painting.CENTRE)
        self._paint_notes(painter)
        painter.end()

    def _paint_notes(self, painter: QPainter) -> None:
        if self._look is _plain or len(self._rows.columns) < 2:
            return
        left = self.columnViewportPosition(1) + PADDING_LEFT
        last = self.rowAt(self.viewport().height() - 1)
        for number in range(max(0, self.rowAt(0)), (last if last >= 0 else len(self._rows.rows) - 1) + 1):
            look = self._look_of(self._rows.rows[number])
            if not look.note:
                continue
            top = self.rowViewportPosition(number) + self._height - 2
            rect = QRectF(left, top, self.viewport().width() - left - 12, NOTE_LINE - 2)
            ink = theme.colour(look.edge or look.tint or "muted")
            painting.draw_text(painter, rect, look.note, theme.font(theme.SMALL), ink)

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.LanguageChange:
            self._looks.clear()
            self._rows.forget_texts()
            self._fit_widths()
            self.setAccessibleName(read(self._name))
