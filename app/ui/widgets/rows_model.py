"""The one table model: plain rows, described by their columns."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from typing import Any, Generic, Literal, TypeVar

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QObject, QPersistentModelIndex, Qt

from app.ui.language import Caption, read
from app.ui.widgets.cells import Cell

Row = TypeVar("Row")
Index = QModelIndex | QPersistentModelIndex
SORT_ROLE = int(Qt.ItemDataRole.UserRole)
CELL_ROLE = SORT_ROLE + 1
ROW_ROLE = SORT_ROLE + 2


@dataclass(frozen=True)  # without slots: they would forbid Column[Row](...)
class Column(Generic[Row]):
    """One column. ``value`` sorts; ``text`` shows it, or ``cell`` shows the whole row's cell in full.

    ``width`` in pixels, ``stretch`` shares what is left; with ``fits`` it widens to what its rows say. ``title`` may be
    a callable (``language.spoken(key)``), asked again after a language switch.
    """

    title: Caption
    value: Callable[[Row], Any]
    text: Callable[[Any], str] = str
    cell: Callable[[Row], Cell] | None = None
    align: Literal["left", "right", "centre"] = "left"
    width: int = 0
    stretch: int = 0
    fits: bool = False
    is_mono: bool = False
    tip: Callable[[Row], str] | None = None

    def shown(self, row: Row) -> Cell:
        if self.cell is not None:
            return self.cell(row)
        value = self.value(row)
        return Cell(text="" if value is None else self.text(value), is_mono=self.is_mono)


_ALIGN = {
    "left": Qt.AlignmentFlag.AlignLeft,
    "right": Qt.AlignmentFlag.AlignRight,
    "centre": Qt.AlignmentFlag.AlignHCenter,
}


class RowsModel(QAbstractTableModel, Generic[Row]):
    """Shows rows it was given; it never fetches any. Sorting is stable and puts missing values last."""

    def __init__(self, columns: Sequence[Column[Row]], parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._columns = tuple(columns)
        self._rows: tuple[Row, ...] = ()
        self._cells: dict[tuple[int, int], Cell] = {}
        self._sorted_by: tuple[int, Qt.SortOrder] | None = None

    @property
    def columns(self) -> tuple[Column[Row], ...]:
        return self._columns

    @property
    def rows(self) -> tuple[Row, ...]:
        """In the order shown."""
        return self._rows

    def set_rows(self, rows: Sequence[Row]) -> None:
        """Replace everything; a chosen sorting stays."""
        self.beginResetModel()
        self._rows = self._arranged(tuple(rows))
        self._cells.clear()
        self.endResetModel()

    def update_rows(self, rows: Sequence[Row]) -> None:
        """Replace only what differs, for lists that grow: rows that are equal keep their cells and are not painted."""
        before, fresh = self._rows, self._arranged(tuple(rows))
        common = min(len(before), len(fresh))
        if len(fresh) < len(before):
            self.beginRemoveRows(QModelIndex(), common, len(before) - 1)
            self._rows = before[:common]
            self._forget(range(common, len(before)))
            self.endRemoveRows()
        elif len(fresh) > len(before):
            self.beginInsertRows(QModelIndex(), common, len(fresh) - 1)
            self._rows = (*before, *fresh[common:])
            self.endInsertRows()
        changed = [number for number in range(common) if before[number] != fresh[number]]
        self._rows = fresh
        self._forget(changed)
        for number in changed:
            self.dataChanged.emit(self.index(number, 0), self.index(number, len(self._columns) - 1))

    def _forget(self, numbers: Iterable[int]) -> None:
        for number in numbers:
            for column in range(len(self._columns)):
                self._cells.pop((number, column), None)

    def forget_texts(self) -> None:
        """Ask the columns again, after a switch of language."""
        self._cells.clear()
        if self._rows:
            self.dataChanged.emit(self.index(0, 0), self.index(len(self._rows) - 1, len(self._columns) - 1))
        self.headerDataChanged.emit(Qt.Orientation.Horizontal, 0, len(self._columns) - 1)

    def row_at(self, index: Index) -> Row:
        return self._rows[index.row()]

    def rowCount(self, parent: Index = QModelIndex()) -> int:
        return 0 if parent.isValid() else len(self._rows)

    def columnCount(self, parent: Index = QModelIndex()) -> int:
        return 0 if parent.isValid() else len(self._columns)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        if not index.isValid():
            return None
        column, row = self._columns[index.column()], self._rows[index.row()]
        if role == SORT_ROLE:
            return column.value(row)
        if role == ROW_ROLE:
            return row
        if role == CELL_ROLE:
            return self._cell(index)
        return self._qt_data(column, index, role)

    def _qt_data(self, column: Column[Row], index: Index, role: int) -> Any:
        if role in (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.AccessibleTextRole):
            return self._cell(index).spoken()
        if role == Qt.ItemDataRole.TextAlignmentRole:
            return int(_ALIGN[column.align] | Qt.AlignmentFlag.AlignVCenter)
        if role == Qt.ItemDataRole.ToolTipRole and column.tip is not None:
            return column.tip(self._rows[index.row()])
        return None

    def _cell(self, index: Index) -> Cell:
        place = (index.row(), index.column())
        if place not in self._cells:
            self._cells[place] = self._columns[place[1]].shown(self._rows[place[0]])
        return self._cells[place]

    def headerData(self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        if orientation != Qt.Orientation.Horizontal or not 0 <= section < len(self._columns):
            return None
        if role == Qt.ItemDataRole.TextAlignmentRole:
            return int(_ALIGN[self._columns[section].align] | Qt.AlignmentFlag.AlignVCenter)
        return self._title(section) if role == Qt.ItemDataRole.DisplayRole else None

    def _title(self, section: int) -> str:
        title = read(self._columns[section].title)
        if self._sorted_by is None or self._sorted_by[0] != section:
            return title
        return f"{title} {'↑' if self._sorted_by[1] == Qt.SortOrder.AscendingOrder else '↓'}"

    def sort(self, column: int, order: Qt.SortOrder = Qt.SortOrder.AscendingOrder) -> None:
        """Arrange by a column's values; a column of -1 keeps the order the rows came in from now on."""
        self.beginResetModel()
        self._sorted_by = (column, order) if 0 <= column < len(self._columns) else None
        self._cells.clear()
        self._rows = self._arranged(self._rows)
        self.endResetModel()
        if self._columns:
            self.headerDataChanged.emit(Qt.Orientation.Horizontal, 0, len(self._columns) - 1)

    def _arranged(self, rows: tuple[Row, ...]) -> tuple[Row, ...]:
        if self._sorted_by is None:
            return rows
        column, order = self._sorted_by
        value = self._columns[column].value
        known = [row for row in rows if value(row) is not None]
        missing = [row for row in rows if value(row) is None]
        known.sort(key=value, reverse=order == Qt.SortOrder.DescendingOrder)
        return (*known, *missing)
