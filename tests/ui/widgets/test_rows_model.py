"""The one table model."""

from dataclasses import dataclass

import pytest
from PySide6.QtCore import QModelIndex, Qt

from app.ui.language import spoken, switch_language
from app.ui.widgets.cells import BadgeLook, Cell, ChipLook, LampLook
from app.ui.widgets.rows_model import CELL_ROLE, ROW_ROLE, SORT_ROLE, Column, RowsModel

DISPLAY = Qt.ItemDataRole.DisplayRole


@dataclass(frozen=True)
class Box:
    id: int
    lot: str
    quantity: int | None


BOXES = (Box(1, "2509A17", 480), Box(2, "2509A18", None), Box(3, "2508A31", 160))
COLUMNS = (
    Column[Box]("Lot", lambda box: box.lot, is_mono=True, tip=lambda box: f"lot {box.lot}"),
    Column[Box](spoken("widgets.undo"), lambda box: box.quantity, "{:,}".format, align="right"),
)


@pytest.fixture
def model(qapp):
    model = RowsModel(COLUMNS)
    model.set_rows(BOXES)
    return model


def lots(model):
    return [model.index(row, 0).data() for row in range(model.rowCount())]


def test_it_keeps_the_rules_of_qt(model, qtmodeltester):
    qtmodeltester.check(model)
    model.sort(1, Qt.SortOrder.DescendingOrder)
    qtmodeltester.check(model)
    model.set_rows(())
    qtmodeltester.check(model)


def test_it_shows_texts_and_hands_out_rows(model):
    assert (model.rowCount(), model.columnCount()) == (3, 2)
    assert model.index(0, 1).data() == "480"
    assert model.index(1, 1).data() == ""
    assert model.row_at(model.index(2, 0)) is BOXES[2]
    assert model.index(2, 0).data(ROW_ROLE) is BOXES[2]
    assert model.index(0, 1).data(SORT_ROLE) == 480
    assert model.index(0, 0).data(CELL_ROLE) == Cell("2509A17", is_mono=True)
    assert model.index(0, 0).data(Qt.ItemDataRole.ToolTipRole) == "lot 2509A17"
    assert model.index(0, 1).data(Qt.ItemDataRole.ToolTipRole) is None
    assert model.data(QModelIndex()) is None


def test_children_there_are_none(model):
    inside = model.index(0, 0)
    assert (model.rowCount(inside), model.columnCount(inside)) == (0, 0)


def test_sorting_is_stable_and_puts_what_is_missing_last(model):
    model.sort(1)
    assert lots(model) == ["2508A31", "2509A17", "2509A18"]
    model.sort(1, Qt.SortOrder.DescendingOrder)
    assert lots(model) == ["2509A17", "2508A31", "2509A18"]


def test_a_chosen_sorting_stays_for_new_rows(model):
    model.sort(0)
    model.set_rows(tuple(reversed(BOXES)))
    assert lots(model) == ["2508A31", "2509A17", "2509A18"]
    model.sort(-1)
    model.set_rows(BOXES)
    assert lots(model) == ["2509A17", "2509A18", "2508A31"]


def test_the_head_says_how_it_is_sorted(model):
    head = Qt.Orientation.Horizontal
    model.sort(0)
    assert model.headerData(0, head) == "Lot ↑"
    model.sort(0, Qt.SortOrder.DescendingOrder)
    assert model.headerData(0, head) == "Lot ↓"
    assert model.headerData(1, head) == "撤销"
    assert model.headerData(9, head) is None
    assert model.headerData(0, Qt.Orientation.Vertical) is None
    right = Qt.AlignmentFlag(model.headerData(1, head, Qt.ItemDataRole.TextAlignmentRole))
    assert right & Qt.AlignmentFlag.AlignRight


def test_a_language_switch_asks_the_columns_again(model, qtbot):
    assert model.headerData(1, Qt.Orientation.Horizontal) == "撤销"
    switch_language("en")
    with qtbot.waitSignals([model.dataChanged, model.headerDataChanged]):
        model.forget_texts()
    assert model.headerData(1, Qt.Orientation.Horizontal) == "Undo"


def test_a_cell_is_asked_for_once_until_the_rows_change(qapp):
    asked = []

    def cell(box):
        asked.append(box.id)
        return Cell(box.lot)

    model = RowsModel((Column[Box]("", lambda box: box.lot, cell=cell),))
    model.set_rows(BOXES)
    assert asked == []
    for _ in range(3):
        model.index(0, 0).data()
    assert asked == [1]


def test_a_cell_is_spoken_with_all_it_shows():
    cell = Cell(
        "400",
        second="4 × 100",
        unit="pcs",
        chip=ChipLook("ready"),
        badge=BadgeLook("I"),
        lamps=(LampLook("批", name="lot read"), LampLook("效")),
    )
    assert cell.spoken() == "I ready 400 pcs 4 × 100 lot read 效"
