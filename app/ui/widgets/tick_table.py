"""A table whose rows are ticked: what goes along, and what stays."""

from collections.abc import Callable, Hashable, Sequence

from PySide6.QtCore import QModelIndex, Qt, Signal
from PySide6.QtGui import QKeyEvent

from app.ui.language import Caption
from app.ui.widgets.cell_delegate import RowLook
from app.ui.widgets.cells import Cell
from app.ui.widgets.rows_model import Column
from app.ui.widgets.table import DataTable, Row


def tick(is_ticked: bool) -> Cell:
    """The cell of a row that goes along, or stays."""
    return Cell(icon="check-circle" if is_ticked else "circle", icon_ink="accent" if is_ticked else "muted")


class TickTable(DataTable[Row]):
    """Space, Enter or a click on the first column takes a row along or leaves it."""

    toggled = Signal(object)

    def __init__(
        self,
        columns: Sequence[Column[Row]],
        *,
        key: Callable[[Row], Hashable],
        name: Caption,
        empty: Caption,
        look: Callable[[Row], RowLook] = lambda _row: RowLook(),
    ) -> None:
        super().__init__(columns, two_lines=True, in_card=True, key=key, name=name, empty=empty, look=look)
        self.clicked.connect(self._click)
        self.opened.connect(self.toggled)

    def _click(self, index: QModelIndex) -> None:
        row = self.chosen_row()
        if index.column() == 0 and row is not None:
            self.toggled.emit(row)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        row = self.chosen_row()
        if event.key() == Qt.Key.Key_Space and row is not None:
            self.toggled.emit(row)
            return
        super().keyPressEvent(event)
