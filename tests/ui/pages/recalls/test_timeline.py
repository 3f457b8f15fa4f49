"""Everything that happened in a case, one line each."""

import pytest
from PySide6.QtCore import QCoreApplication, Qt

from app.core.permissions import Role
from app.core.statuses.recall import CaseAct
from app.core.statuses.stock import MovementKind, StockState
from app.queries.case_head import case_head
from app.queries.reader import Reader
from app.services.papers import PaperService
from app.ui.language import switch_language
from app.ui.pages.recalls.timeline_presenter import TimelineFilter, TimelinePresenter
from app.ui.pages.recalls.timeline_tab import LOOKS, TimelineTab
from tests.fakes.immediate import ImmediateBackground
from tests.services.recall_stage import recall_stage


@pytest.fixture
def stage(sqlite_database):
    return recall_stage(sqlite_database)


@pytest.fixture
def case_id(stage):
    """A launched case with a paper, and a use despite the lock."""
    case_id = stage.launched()
    hospital = stage.hospital
    PaperService(stage.database).print_quarantine_list(actor=stage.actor("coordinator"), case_id=case_id)
    hospital.person("nurse2", Role.DEPT_LIAISON, place="icu")
    batch = 1
    hospital.move(
        MovementKind.USE, batch, 1, ("icu", StockState.PAR), ("icu", StockState.USED),
        by="nurse", second="nurse2", reason="in the operation",
    )  # fmt: skip
    return case_id


@pytest.fixture
def presenter(stage, case_id, qapp):
    presenter = TimelinePresenter(Reader(stage.database), ImmediateBackground())
    presenter.set_visible(True)
    presenter.show_case(case_id)
    return presenter


@pytest.fixture
def tab(presenter, stage, case_id, qtbot):
    tab = TimelineTab(presenter)
    qtbot.addWidget(tab)
    tab.resize(1138, 586)
    tab.show_case(Reader(stage.database).fetch(case_head, case_id, stage.database.clock()))
    tab.show()
    presenter.reload()
    return tab


def test_every_kind_of_line_has_its_icon():
    assert set(LOOKS) == {act.value for act in CaseAct} | {"notice", "document", "movement", "signature"}


def test_the_newest_stands_first_and_the_notice_last(presenter):
    rows = presenter.timeline.rows
    assert rows[-1].kind == "notice"
    assert [row.at for row in rows] == sorted((row.at for row in rows), reverse=True)


def test_chips_sort_acts_from_papers_and_the_ledger(presenter):
    timeline = presenter.timeline
    assert timeline.count(TimelineFilter.DOCUMENTS) == 1
    assert timeline.count(TimelineFilter.ALARMS) == 1
    parts = (TimelineFilter.ACTS, TimelineFilter.DOCUMENTS, TimelineFilter.MOVEMENTS, TimelineFilter.SIGNATURES)
    assert sum(timeline.count(kind) for kind in parts) == timeline.count(TimelineFilter.ALL)
    presenter.choose(TimelineFilter.ALARMS)
    assert [row.kind for row in presenter.timeline.shown] == ["movement"]


def test_another_case_has_its_own_timeline(presenter, stage):
    presenter.choose(TimelineFilter.ALARMS)
    presenter.show_case(stage.registered("Recall of REF: CVC-7F-20 Lot: B900"))
    assert presenter.timeline.show is TimelineFilter.ALL
    assert {row.kind for row in presenter.timeline.rows} == {"notice", "registered"}


def test_enter_on_a_paper_leads_to_the_documents(tab, qtbot):
    asked = []
    tab.asked_for_tab.connect(asked.append)
    for number in range(len(tab.table.rows)):
        tab.table.selectRow(number)
        qtbot.keyClick(tab.table, Qt.Key.Key_Return)
    assert asked == ["documents"]


def test_a_chip_narrows_the_table_and_both_languages_are_spoken(tab):
    tab._choose("alarms")
    assert len(tab.table.rows) == 1
    switch_language("en")
    QCoreApplication.processEvents()
    model = tab.table.model()
    words = [model.index(0, column).data() for column in range(model.columnCount())]
    assert any("ICU" in str(word) for word in words)
    assert any("in the operation" in str(word) for word in words)
