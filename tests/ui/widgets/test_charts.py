"""Charts and figures: what they say, and how they are used by keyboard."""

import pytest
from PySide6.QtCore import QPoint, Qt

from app.ui import theme
from app.ui.widgets.board import Board, BoardCard, BoardColumn, CardFigure
from app.ui.widgets.cells import BarLook
from app.ui.widgets.charts.donut_ring import DonutRing
from app.ui.widgets.charts.progress_segments import ProgressSegments
from app.ui.widgets.charts.segment_line import Segment, SegmentLine
from app.ui.widgets.charts.stacked_bars import BarRow, StackedBars
from app.ui.widgets.charts.trace_flow import Flow, FlowNode, Hop, TraceFlow, links_from
from app.ui.widgets.kpi_strip import Kpi, KpiStrip
from app.ui.widgets.progress import ProgressLine

ROWS = (
    BarRow("icu", "ICU", (Segment(64, "fill_violet", "held"), Segment(36, "fill_blue", "issued")), "Main", 56, "stop"),
    BarRow("er", "Emergency", (Segment(22, "fill_gold", "on hand"), Segment(0, "fill_red", "gap"))),
)
FLOW = Flow(
    hops=(Hop("Order", 480, "PO-25-02117", "Xu Nuo", "2025-09-10"), Hop("Receipt", 479, "A" * 14, "Zhou", "", False)),
    source_title="Store",
    places_title="Where to",
    states_title="What became",
    sum_title="Sum",
    places=(FlowNode("store", "Central store", 352), FlowNode("icu", "ICU", 128)),
    states=(FlowNode("held", "Held", 300, "fill_violet"), FlowNode("used", "Used", 180, "fill_grey")),
    links=links_from([("store", "held", 300), ("store", "used", 52), ("icu", "used", 128), ("icu", "held", 0)]),
)


@pytest.fixture
def show(qtbot):
    def shown(widget, width=800, height=300):
        qtbot.addWidget(widget)
        widget.resize(width, height)
        widget.show()
        widget.setFocus()
        return widget

    return shown


def test_bars_are_walked_and_opened_by_keyboard(show, qtbot):
    bars = show(StackedBars(ROWS))
    opened = []
    bars.opened.connect(opened.append)
    assert bars.accessibleName() == "ICU Main 100: held 64, issued 36"
    qtbot.keyClick(bars, Qt.Key.Key_Down)
    assert bars.accessibleName() == "Emergency  22: on hand 22"
    qtbot.keyClick(bars, Qt.Key.Key_Down)
    qtbot.keyClick(bars, Qt.Key.Key_Return)
    qtbot.keyClick(bars, Qt.Key.Key_Up)
    qtbot.keyClick(bars, Qt.Key.Key_A)
    qtbot.mouseClick(bars, Qt.MouseButton.LeftButton, pos=QPoint(50, 10))
    qtbot.mouseClick(bars, Qt.MouseButton.LeftButton, pos=QPoint(50, 280))
    bars.setFocus()
    bars.grab()
    assert opened == ["er", "icu"]


def test_bars_of_one_scale_have_lengths_in_proportion(show):
    bars = show(StackedBars(ROWS, figures=False), height=68)
    image = bars.grab().toImage()
    fill = theme.colour("fill_gold")
    gold = sum(image.pixelColor(x, 51) == fill for x in range(800))
    violet = sum(image.pixelColor(x, 10) == theme.colour("fill_violet") for x in range(800))
    assert gold / violet == pytest.approx(22 / 64, abs=0.03)


def test_no_rows_leave_nothing_to_open(show, qtbot):
    bars = show(StackedBars())
    opened = []
    bars.opened.connect(opened.append)
    qtbot.keyClick(bars, Qt.Key.Key_Return)
    assert (bars.current_key(), opened) == ("", [])
    bars.grab()


def test_a_part_that_is_not_zero_never_disappears(show):
    line = show(SegmentLine((Segment(9999, "fill_blue"), Segment(1, "fill_red", "gap"))), 300, 10)
    image = line.grab().toImage()
    assert any(image.pixelColor(x, 5).red() > 180 for x in range(295, 300))
    line.set_segments(())
    line.grab()
    assert line.accessibleName() == ""


def test_figures_that_add_up_open_what_they_count(show, qtbot):
    strip = show(
        KpiStrip((Kpi("all", "Received", 1240, "3 lots"), Kpi("gap", "Gap", 6, "0.5 %", "fill_red", "=", "stop"))),
        900,
        120,
    )
    opened = []
    strip.opened.connect(opened.append)
    tile = strip._row.itemAt(1).widget()
    assert tile.accessibleName() == "Gap 6 0.5 %"
    tile.setFocus()
    strip.grab()
    qtbot.keyClick(tile, Qt.Key.Key_Space)
    assert opened == ["gap"]


def test_a_ring_and_lines_speak_their_share(show):
    ring = show(DonutRing(0.33, "33 %", "used"), 92, 92)
    assert ring.accessibleName() == "33 % used"
    ring.set_share(2.0, "over", fill="stop")
    line = show(ProgressLine(0.729), 200, 8)
    assert line.accessibleName() == "72.9 %"
    line.set_share(0)
    pieces = show(ProgressSegments(), 200, 8)
    pieces.grab()
    pieces.set_fills(["fill_green"] * 50, "50 done")
    assert pieces.accessibleName() == "50 done"
    for widget in (ring, line, pieces):
        widget.grab()


def test_a_flow_is_walked_and_opened_by_keyboard(show, qtbot):
    flow = show(TraceFlow(), 1100, 320)
    flow.grab()
    flow.set_flow(FLOW)
    opened = []
    flow.opened.connect(opened.append)
    assert "ICU 128" in flow.accessibleName()
    qtbot.keyClick(flow, Qt.Key.Key_Return)
    for _ in range(3):
        qtbot.keyClick(flow, Qt.Key.Key_Down)
    qtbot.keyClick(flow, Qt.Key.Key_Return)
    qtbot.keyClick(flow, Qt.Key.Key_Up)
    qtbot.keyClick(flow, Qt.Key.Key_Enter)
    qtbot.keyClick(flow, Qt.Key.Key_A)
    assert opened == ["held", "icu"]


@pytest.mark.parametrize("height", [240, 320, 500])
def test_a_flow_fits_its_height_and_can_be_clicked(show, qtbot, height):
    flow = show(TraceFlow(FLOW), 1000, height)
    flow.grab()
    made = flow._arranged()
    assert max(rect.bottom() for rect in (*made.places.values(), *made.states.values())) <= height
    opened = []
    flow.opened.connect(opened.append)
    qtbot.mouseClick(flow, Qt.MouseButton.LeftButton, pos=made.states["used"].center().toPoint())
    qtbot.mouseClick(flow, Qt.MouseButton.LeftButton, pos=QPoint(5, height - 2))
    assert opened == ["used"]


def card(key, **more):
    return BoardCard(key, key.upper(), "Main", (CardFigure("Expect", "83"),), bar=BarLook(0.5), foot="left", **more)


@pytest.fixture
def board(show, qtbot):
    board = show(
        Board(
            (
                BoardColumn("a", "Sent", "bell", "attention"),
                BoardColumn("b", "Held", "lock", "hold", "Comes here"),
                BoardColumn("c", "Done", "check", "ok"),
            )
        ),
        900,
        500,
    )
    board.keys = []
    board.opened.connect(board.keys.append)
    board.set_cards(
        {"a": [card("x", strip="Escalated", tone="stop"), card("y", gap="gap 2", corner_foot="Wu")], "c": [card("z")]}
    )
    board.activateWindow()
    qtbot.waitUntil(board._columns[2].cards[0].isVisible)
    qtbot.waitUntil(board.isActiveWindow)
    return board


def test_arrows_move_between_cards_and_pass_empty_columns(board, qtbot):
    cards = {button.card.key: button for column in board._columns for button in column.cards}
    cards["x"].setFocus()
    for key, focused in (("Down", "y"), ("Down", "y"), ("Right", "z"), ("Right", "z"), ("Left", "x"), ("Up", "x")):
        qtbot.keyClick(next(b for b in cards.values() if b.hasFocus()), getattr(Qt.Key, f"Key_{key}"))
        assert cards[focused].hasFocus()
    qtbot.keyClick(cards["x"], Qt.Key.Key_Return)
    qtbot.mouseClick(cards["z"], Qt.MouseButton.LeftButton)
    assert board.keys == ["x", "z"]


def test_the_focus_follows_its_card_to_another_column(board):
    board._columns[0].cards[0].setFocus()
    board.set_cards({"c": [card("z"), card("x")]})
    assert board._columns[2].cards[1].hasFocus()
    board.grab()


def test_columns_and_cards_are_spoken(board):
    assert board._columns[0].accessibleName() == "Sent：2 项"
    assert board._columns[0].cards[1].accessibleName() == "Y Main Expect 83 gap 2 left"
