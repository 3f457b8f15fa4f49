"""Surfaces: cards, heads, panes, facts, flowing rows."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QWidget

from app.ui import theme
from app.ui.language import spoken, switch_language
from app.ui.widgets.buttons import KeycapButton
from app.ui.widgets.card import Card, EmptyState, PageHead, SidePane, Surface, clear
from app.ui.widgets.chips import Badge, Chip
from app.ui.widgets.facts import Fact, FactsBar, FieldRow
from app.ui.widgets.flow_layout import FlowLayout
from app.ui.widgets.labels import Label, LinkButton, Rule, muted


@pytest.fixture
def show(qtbot):
    def shown(widget, width=600, height=300):
        qtbot.addWidget(widget)
        widget.resize(width, height)
        widget.show()
        return widget

    return shown


def test_a_card_without_a_title_has_no_head(show):
    card = show(Card())
    assert not card.head.isVisible()
    card.set_title(spoken("widgets.undo"), "5 of 163")
    assert card.head.isVisible()
    card.add(Label("body"))
    card.add_to_head(LinkButton("all"))
    card.add_footer(muted("end"), tinted=True)
    card.grab()


def test_a_card_follows_theme_and_language(show, qapp, qtbot):
    card = show(Card(spoken("widgets.undo")))
    assert card.grab().toImage().pixelColor(300, 200) == theme.load("light").colour("surface")
    theme.apply(qapp, dark=True)
    switch_language("en")
    qtbot.waitUntil(lambda: card.title.text() == "Undo")
    assert card.grab().toImage().pixelColor(300, 200) == theme.load("dark").colour("surface")


def test_a_surface_can_carry_a_bar(show):
    surface = show(Surface())
    surface.set_look("attention_bg", "attention", "attention")
    assert surface.grab().toImage().pixelColor(2, 150) == theme.colour("attention")


def test_a_page_head_keeps_its_parts_in_order(show, qtbot):
    head = show(PageHead("Kit", crumb=spoken("widgets.undo"), code="RC-2026-0017", trail="made by"), 1000, 64)
    pressed = []
    head.crumb_pressed.connect(lambda: pressed.append(True))
    head.set_lead([Badge("I")])
    head.set_chips([Chip("active", "accent")])
    button = KeycapButton("Chase", kind="primary", key="F8")
    head.add_action(button)
    qtbot.mouseClick(head.crumb, Qt.MouseButton.LeftButton)
    assert pressed == [True]
    assert not head.note.isVisible()
    head.set_title("Kit", "2 overdue")
    assert head.note.isVisible()
    qtbot.waitUntil(lambda: button.geometry().right() == head.width() - 1)


def test_a_pane_can_be_emptied_and_filled_again(show, qtbot):
    pane = show(SidePane(300), 300, 400)
    pane.add(FieldRow(Fact("Lot", "2509A17", is_mono=True)))
    pane.add(FieldRow(Fact("State", "valid", icon="check-circle", ink="ok"), above=True))
    pane.add_foot(KeycapButton("Open", key="Return"))
    assert pane.grab().toImage().pixelColor(280, 200) == theme.colour("surface")
    pane.clear()
    assert pane.body.count() == 0
    pane.add(Rule())
    assert pane.body.count() == 1


def test_clearing_a_layout_empties_its_inner_layouts(show):
    pane = show(SidePane())
    inner = FlowLayout()
    inner.addWidget(Label("x"))
    pane.body.addLayout(inner)
    pane.body.addStretch(1)
    clear(pane.body)
    assert (pane.body.count(), inner.count()) == (0, 0)


def test_an_empty_page_offers_the_next_step(show, qtbot):
    button = KeycapButton("Register", kind="primary")
    pressed = []
    button.clicked.connect(lambda: pressed.append(True))
    empty = show(EmptyState("search", "No case yet", "Paste a notice.", button))
    empty.grab()
    qtbot.mouseClick(button, Qt.MouseButton.LeftButton)
    assert pressed == [True]


def test_facts_stand_side_by_side(show):
    bar = show(FactsBar((Fact("Supplier", "K"), Fact("Order", "PO-1", is_mono=True))), 800, 56)
    assert bar._row.count() == 7
    bar.set_facts((Fact("Supplier", "K"),))
    bar.grab()


def test_a_full_row_breaks(show, qtbot):
    host = QWidget()
    flow = FlowLayout(host, gap=4)
    for number in range(6):
        label = Label(f"choice number {number}")
        label.setFixedSize(100, 20)
        flow.addWidget(label)
    flow.itemAt(5).widget().hide()
    show(host, 320, 200)
    places = [(flow.itemAt(n).geometry().x(), flow.itemAt(n).geometry().y()) for n in range(5)]
    assert places == [(0, 0), (104, 0), (208, 0), (0, 24), (104, 24)]
    assert flow.heightForWidth(1000) == 20
    assert flow.hasHeightForWidth()
    assert flow.sizeHint().width() == 100
    assert (flow.itemAt(9), flow.takeAt(9)) == (None, None)
