"""The table in a person's hands."""

from dataclasses import dataclass

import pytest
from PySide6.QtCore import QEvent, QPoint, Qt
from PySide6.QtTest import QTest

from app.ui import theme
from app.ui.language import spoken, switch_language
from app.ui.widgets.cells import BadgeLook, BarLook, Cell, ChipLook, LampLook
from app.ui.widgets.rows_model import Column
from app.ui.widgets.table import NOTE_LINE, ONE_LINE, DataTable, RowLook


@dataclass(frozen=True)
class Box:
    id: int
    lot: str
    quantity: int = 0


BOXES = [Box(1, "A", 30), Box(2, "B", 10), Box(3, "C", 20)]
COLUMNS = (
    Column[Box]("Lot", lambda box: box.lot, stretch=1),
    Column[Box](
        "Quantity", lambda box: box.quantity, cell=lambda box: Cell(f"{box.quantity}", unit="pcs"), align="right"
    ),
)


@pytest.fixture
def table(qtbot):
    table = DataTable(COLUMNS, name="Boxes", empty="Nothing yet")
    qtbot.addWidget(table)
    table.resize(600, 300)
    table.show()
    table.set_rows(BOXES)
    return table


@pytest.fixture
def chosen(table):
    rows = []
    table.chosen.connect(rows.append)
    return rows


def test_arrows_choose_and_enter_opens(table, chosen, qtbot):
    opened = []
    table.opened.connect(opened.append)
    table.choose(1)
    qtbot.keyClick(table, Qt.Key.Key_Down)
    qtbot.keyClick(table, Qt.Key.Key_Return)
    assert (chosen, opened) == ([BOXES[0], BOXES[1]], [BOXES[1]])


def test_enter_without_a_row_opens_nothing(table, qtbot):
    opened = []
    table.set_rows([])
    table.opened.connect(opened.append)
    qtbot.keyClick(table, Qt.Key.Key_Enter)
    assert opened == []


def test_a_double_click_opens(table, qtbot):
    opened = []
    table.opened.connect(opened.append)
    where = table.visualRect(table.model().index(2, 0)).center()
    QTest.mouseClick(table.viewport(), Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier, where)
    QTest.mouseDClick(table.viewport(), Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier, where)
    assert opened == [BOXES[2]]


def test_the_chosen_row_survives_a_reload_in_another_order(table, chosen):
    table.choose(2)
    table.set_rows([Box(3, "C"), Box(2, "B new")])
    assert table.chosen_row() == Box(2, "B new")
    assert chosen[-1] == Box(2, "B new")


def test_a_chosen_row_that_is_gone_is_told(table, chosen):
    table.choose(2)
    table.set_rows([Box(3, "C")])
    assert chosen[-1] is None


def test_a_click_on_a_head_sorts_and_a_second_one_turns_it_round(table):
    table.choose(3)
    head = table.horizontalHeader()
    for expected in ([10, 20, 30], [30, 20, 10]):
        where = QPoint(head.sectionViewportPosition(1) + 20, 10)
        QTest.mouseClick(head.viewport(), Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier, where)
        assert [box.quantity for box in table.rows] == expected
        assert table.chosen_row() == BOXES[2]
    table.sort_by(-1)


def test_choosing_what_is_not_there_changes_nothing(table):
    table.choose(2)
    assert not table.choose(99)
    assert table.chosen_row() == BOXES[1]


def test_stretching_columns_share_what_is_left(table):
    assert table.columnWidth(0) + table.columnWidth(1) == table.viewport().width()


def test_a_row_with_a_sentence_is_higher(qtbot):
    def look(box):
        return RowLook("stop", "stop", "Put it into the red box.") if box.id == 2 else RowLook()

    table = DataTable(COLUMNS, look=look)
    qtbot.addWidget(table)
    table.resize(600, 300)
    table.set_rows(BOXES)
    assert [table.rowHeight(row) for row in range(3)] == [ONE_LINE, ONE_LINE + NOTE_LINE, ONE_LINE]
    table.show()
    tint = table.grab().toImage().pixelColor(300, table.rowViewportPosition(1) + 40 + 34)
    assert tint == theme.colour("stop_bg")


def test_a_table_without_rows_says_what_is_missing(table):
    with_rows = table.grab().toImage()
    table.set_rows([])
    assert table.grab().toImage() != with_rows


def test_every_kind_of_cell_is_painted(qtbot):
    cells = (
        Cell("text", "second", is_mono=True, is_second_mono=True),
        Cell("2,000", unit="pcs", icon="clock", is_bold=True),
        Cell(chip=ChipLook("ready", "ok", "check-circle")),
        Cell(chip=ChipLook("stopped", "stop", fill="solid")),
        Cell(badge=BadgeLook("III", "text", "outline")),
        Cell(badge=BadgeLook("II", "stop", "soft")),
        Cell(lamps=(LampLook("批"), LampLook("序", "plain", "outline"), LampLook("效", "attention", "outline"))),
        Cell("72.9 %", bar=BarLook(0.7, label="904 / 1,240")),
        Cell("open", is_link=True, is_small=True),
    )
    columns = [Column(str(n), lambda row: row, cell=lambda _row, cell=cell: cell) for n, cell in enumerate(cells)]
    table = DataTable(columns, two_lines=True, look=lambda _row: RowLook(tint="attention"))
    qtbot.addWidget(table)
    table.resize(1000, 120)
    table.set_rows([1])
    table.show()
    image = table.grab().toImage()
    ground = theme.colour("attention_bg")
    for number in range(len(cells)):
        left = table.columnViewportPosition(number)
        inked = [(x, y) for x in range(left, left + 80) for y in range(36, 80) if image.pixelColor(x, y) != ground]
        assert inked, cells[number]
    table.resizeColumnsToContents()
    assert table.columnWidth(0) > 40


def test_a_language_switch_speaks_the_heads_again(qtbot):
    table = DataTable((Column[Box](spoken("widgets.undo"), lambda box: box.lot),), name=spoken("widgets.cancel"))
    qtbot.addWidget(table)
    table.set_rows(BOXES)
    switch_language("en")
    qtbot.waitUntil(lambda: table.accessibleName() == "Cancel")
    assert table.model().headerData(0, Qt.Orientation.Horizontal) == "Undo"


def test_an_unsortable_table_keeps_its_order(qtbot):
    table = DataTable(COLUMNS, sortable=False)
    qtbot.addWidget(table)
    table.set_rows(BOXES)
    table._sort_by(1)
    assert list(table.rows) == BOXES
    table.changeEvent(QEvent(QEvent.Type.StyleChange))


def test_an_editor_lies_over_its_cell_and_stays_through_a_reload(table, qtbot):
    qtbot.waitUntil(table.isActiveWindow)
    editor = table.open_editor(2, 1, "10")
    qtbot.keyClicks(editor, "5")
    table.set_rows([BOXES[1], BOXES[0]])
    assert (editor.text(), editor.isVisible()) == ("105", True)
    assert editor.y() == 0
    table.resize(500, 300)
    assert table.visualRect(table.model().index(0, 1)).contains(editor.geometry().center())
    table.close_editor()
    assert not editor.isVisible()
    table.close_editor()


def test_an_editor_goes_with_its_row_and_only_one_is_open(table):
    first = table.open_editor(1, 0)
    second = table.open_editor(2, 0)
    assert (first.isVisible(), second.isVisible()) == (False, True)
    table.set_rows([BOXES[0]])
    assert not second.isVisible()


def test_an_editor_scrolls_with_its_cell(table):
    table.set_rows([Box(number, str(number)) for number in range(50)])
    editor = table.open_editor(3, 0)
    before = editor.y()
    table.verticalScrollBar().setValue(20)
    assert editor.y() == before - 20


def test_a_column_that_fits_widens_to_its_words_and_back(qtbot):
    table = DataTable([Column("what", lambda row: row, width=60, fits=True), Column("where", str, stretch=1)])
    qtbot.addWidget(table)
    table.resize(400, 200)
    table.set_rows(["Use"])
    narrow = table.columnWidth(0)
    table.set_rows(["Use", "Transfer arrived from the second store"])
    assert table.columnWidth(0) > narrow >= 60
    table.set_rows(["Use"])
    assert table.columnWidth(0) == narrow
