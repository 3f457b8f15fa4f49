"""Notices that came by themselves: said on the list, opened onto the desk, put aside with a reason."""

import pytest
from sqlalchemy import select

from app.core.changes import Topic
from app.core.statuses.agent import NewsState
from app.models.agents import News
from app.services.arriving import ArrivingService
from app.ui import formats
from app.ui.language import say
from app.ui.pages.recalls.register_presenter import NoticeField
from tests.services.recall_stage import NOTICE, op
from tests.services.test_arriving import arrive
from tests.ui.pages.recalls.office import heard
from tests.ui.pages.recalls.test_page import speak


@pytest.fixture
def page(office, qtbot):
    database = office.stage.database
    page = office.page()
    qtbot.addWidget(page)
    page.resize(1138, 700)
    page.show()
    assert not page.notice.isVisible()
    page.news = [arrive(database, "a.txt"), arrive(database, "b.txt", "召回公告：请自查\n" + NOTICE, later=5)]
    office.background.announce(frozenset({Topic.RECALLS}))
    return page


def states(office):
    with office.stage.database.reading() as session:
        return session.scalars(select(News.state).order_by(News.id)).all()


def test_a_notice_is_opened_checked_and_registered_and_its_file_is_named(page, office, qtbot):
    assert page.notice.isVisible()
    assert "2 份" in page.notice.words.text()
    speak(qtbot, "en")
    assert "2 notices" in page.notice.words.text()
    speak(qtbot, "zh")
    page.notice.button.click()
    assert (page.stack.currentWidget(), page.notice.isVisible()) == (page.register, False)
    first = page.arrivals.table.chosen_row()
    assert (first.file_name, first.opening) == ("a.txt", NOTICE.strip().splitlines()[0].strip())

    page.arrivals.open.click()
    assert page.register.editor.toPlainText() == NOTICE
    assert office.register.draft.values[NoticeField.RECEIVED] == formats.moment(first.arrived_at)
    assert "a.txt" in page.register.text_card.note.text()
    page.arrivals.table.choose(page.news[1])
    said = heard(page.said)
    page.arrivals.open.click()
    assert said == [(say("recalls.arrivals.desk_full"), "attention")]
    assert page.register.editor.toPlainText() == NOTICE

    office.register.edit(NoticeField.TITLE, "导管召回")
    office.register.register()
    assert states(office) == [NewsState.TAKEN, NewsState.WAITING]
    assert "a.txt" not in page.register.text_card.note.text()


def test_one_is_put_aside_only_with_a_reason_and_once(page, office):
    page.open_register()
    assert not page.arrivals.aside.isEnabled()
    page.arrivals.reason.setText("本院没有")
    page.arrivals.reason.textEdited.emit("本院没有")
    coordinator = office.stage.actor("coordinator")
    service = ArrivingService(office.stage.database)
    service.put_aside(actor=coordinator, op_id=op(), news_id=page.news[0], reason="elsewhere")
    page.arrivals.aside.click()
    assert "a.txt" in page.arrivals.message.text()
    assert page.arrivals.reason.text() == "本院没有"
    assert page.arrivals.table.chosen_row().file_name == "b.txt"
    page.arrivals.aside.click()
    assert states(office) == [NewsState.ASIDE, NewsState.ASIDE]
    assert (page.arrivals.reason.text(), page.arrivals.isVisibleTo(page)) == ("", False)


def test_who_does_not_run_recalls_is_not_offered_them(page, office):
    office.sit("keeper")
    assert not page.notice.isVisible()
    assert not page.arrivals.isVisibleTo(page)
