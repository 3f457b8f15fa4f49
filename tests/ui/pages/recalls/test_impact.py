"""The impact tab: figures that sum to the ledger, and the rows behind each of them."""

import pytest
from PySide6.QtCore import Qt

from app.core.statuses.stock import MovementKind, StockState
from app.queries.case_head import case_head
from app.queries.reader import Reader
from app.services.requisitioning import RequisitioningService
from app.ui.pages.recalls.impact_presenter import ImpactPresenter
from app.ui.pages.recalls.impact_tab import ImpactTab
from app.ui.widgets.labels import Label, LinkButton
from tests.fakes.immediate import ImmediateBackground
from tests.services.recall_stage import recall_stage


@pytest.fixture
def stage(sqlite_database):
    return recall_stage(sqlite_database)


@pytest.fixture
def background(qapp):
    return ImmediateBackground()


@pytest.fixture
def presenter(stage, background):
    return ImpactPresenter(Reader(stage.database), stage.database.clock, background)


@pytest.fixture
def shown(presenter, stage):
    """A launched case on a tab that is seen."""
    sights = []
    presenter.sight_changed.connect(sights.append)
    presenter.set_visible(True)
    presenter.show_case(stage.launched())
    return sights


@pytest.fixture
def tab(presenter, shown, qtbot, stage):
    tab = ImpactTab(presenter)
    qtbot.addWidget(tab)
    tab.resize(1138, 586)
    tab.show_case(Reader(stage.database).fetch(case_head, presenter.case_id, stage.database.clock()))
    tab.show()
    presenter.reload()
    return tab


def drills(presenter):
    opened = []
    presenter.drilled.connect(opened.append)
    return opened


def test_the_tiles_the_places_the_sites_and_the_suppliers_say_the_same(shown):
    sight = shown[-1]
    assert sight.impact.received == 140
    assert sight.adds_up
    for split in ("site", "region", "supplier"):
        assert sum(share.total for share in sight.shares(split)) == 140


def test_the_reservations_that_the_recall_cancelled_are_listed_with_a_door(stage, presenter, qtbot):
    asking = RequisitioningService(stage.database)
    asked = asking.ask(
        actor=stage.actor("nurse"),
        department_id=stage.hospital.places["icu"],
        store_id=stage.hospital.places["store"],
        lines=[(stage.hospital.products["CVC"], 12)],
    )
    tab = ImpactTab(presenter)
    qtbot.addWidget(tab)
    tab.show()
    presenter.show_case(stage.launched())

    assert not tab.cancelled.isHidden()
    opened = []
    tab.asked_to_open.connect(lambda *door: opened.append(door))
    tab.cancelled.findChild(LinkButton).click()
    assert opened == [("requisitions", asked.id)]
    texts = [label.text() for label in tab.cancelled.findChildren(Label)]
    assert any("A100" in text for text in texts)


def test_a_state_has_its_tile_at_zero_and_rare_states_only_when_they_hold_something(shown):
    states = shown[-1].states
    assert StockState.DESTROYED in states
    assert StockState.IN_TRANSIT not in states
    assert StockState.BUILT_INTO_KIT not in states


@pytest.mark.parametrize(
    ("by", "place", "total"), [("place", "icu", 30), ("place", "store", 50), ("place", "clinic", 20)]
)
def test_the_rows_behind_a_bar_sum_to_the_bar(presenter, shown, stage, by, place, total):
    opened = drills(presenter)
    presenter.open_figure(by, str(stage.hospital.places[place]))
    assert opened[-1].total == total == opened[-1].share.total


@pytest.mark.parametrize("state", [StockState.USED, StockState.PAR, StockState.EXPENSED, StockState.DESTROYED])
def test_the_rows_behind_a_tile_sum_to_the_tile(presenter, shown, state):
    opened = drills(presenter)
    presenter.open_figure("state", state.value)
    assert opened[-1].total == shown[-1].impact.by_state.get(state, 0)
    assert opened[-1].state is state


@pytest.mark.parametrize("split", ["site", "region", "supplier"])
def test_the_rows_behind_a_share_sum_to_it(presenter, shown, split):
    opened = drills(presenter)
    share = shown[-1].shares(split)[0]
    presenter.open_figure(split, str(share.id))
    assert opened[-1].total == share.total == 140


def test_the_rows_behind_received_and_behind_what_is_pending(presenter, shown):
    opened = drills(presenter)
    presenter.open_figure("state")
    assert opened[-1].total == 140
    presenter.open_figure("pending")
    assert opened[-1].total == shown[-1].impact.pending == 135


def test_an_opened_figure_follows_the_ledger(presenter, shown, stage, background):
    opened = drills(presenter)
    presenter.open_figure("state", StockState.USED.value)
    batch = opened[-1].rows[0].batch_id
    stage.hospital.person("nurse2", *stage.actor("nurse").roles, place="icu")
    stage.hospital.move(
        MovementKind.USE,
        batch,
        2,
        ("icu", StockState.PAR),
        ("icu", StockState.USED),
        by="nurse",
        second="nurse2",
        reason="before the lock was known",
    )
    background.announce(presenter.topics)
    assert opened[-1].total == 7
    assert shown[-1].impact.by_state[StockState.USED] == 7


def test_another_case_starts_with_its_own_figures(presenter, shown, stage):
    opened = drills(presenter)
    presenter.open_figure("state", "used")
    presenter.show_case(stage.registered("Recall of REF: CVC-7F-20 Lot: B900"))
    assert opened[-1] is None
    assert shown[-1].impact.received == 0


def test_a_split_is_chosen_without_reading_again(presenter, shown):
    presenter.choose_split("supplier")
    assert presenter.split == "supplier"
    assert shown[-1] is shown[-2]


def test_enter_on_a_bar_opens_its_batches_and_escape_leads_back(tab, qtbot):
    tab.bars.setFocus()
    qtbot.keyClick(tab.bars, Qt.Key.Key_Down)
    qtbot.keyClick(tab.bars, Qt.Key.Key_Return)
    assert tab.left.currentIndex() == 1
    assert tab.rows.chosen_row() is not None
    qtbot.keyClick(tab.rows, Qt.Key.Key_Escape)
    assert tab.left.currentIndex() == 0


def test_enter_on_a_batch_opens_its_card(tab, presenter, qtbot):
    asked = []
    tab.asked_to_open.connect(lambda door, target: asked.append((door, target)))
    presenter.open_figure("state", "par")
    row = tab.rows.chosen_row()
    qtbot.keyClick(tab.rows, Qt.Key.Key_Return)
    assert asked == [("batches", row.batch_id)]


def test_the_footer_says_that_the_places_equal_what_was_received(tab):
    assert tab.total.text() == "140"
    assert tab.pending.text() == "135"
    assert "收到数" in tab.foot.text()


def test_patients_are_a_number_without_a_door(tab, stage):
    assert "5" in tab.patients.words.text()
    assert not tab.patients.findChildren(type(tab.back))
