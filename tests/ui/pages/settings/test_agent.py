"""The tab of the agent: who keeps the watch, what failed in words, and how e-mail is set up."""

from datetime import timedelta

import pytest

from app.core.permissions import Role
from app.core.statuses.agent import Holder, JobEnd
from app.models.agents import AgentJob
from app.queries.agents import MAIL_KEYS, agent_sight
from app.queries.reader import Reader
from app.services.agent import mailing
from app.services.agent.leasing import Leasing
from app.services.agent.service_person import agent_person
from app.services.agent.setting_up import SettingUpMail
from app.services.agent.work import JOBS, Folders, jobs_of
from app.services.signing_in import actor_of
from app.ui import language
from app.ui.pages.settings.agent_presenter import AgentPresenter
from app.ui.pages.settings.agent_tab import AgentTab
from app.ui.seat import Seat
from tests.builders import small_hospital
from tests.fakes.immediate import ImmediateBackground


@pytest.fixture
def tab(qtbot, database):
    hospital = small_hospital(database)
    hospital.person("it", Role.IT_ADMIN)
    with database.reading() as session:
        actor = actor_of(session, hospital.persons["it"])
    seat = Seat()
    seat.take(actor)
    presenter = AgentPresenter(Reader(database), SettingUpMail(database), database.clock, seat, ImmediateBackground())
    tab = AgentTab(presenter)
    qtbot.addWidget(tab)
    tab.resize(1178, 640)
    tab.database, tab.person = database, agent_person(database)
    tab.show()
    return tab


def hold(tab, kind=Holder.AGENT, moment=None):
    leasing = Leasing(tab.database, holder="x", machine="PC-07", kind=kind, moment=moment)
    return leasing, leasing.hold(tab.person)


def test_the_jobs_of_the_screen_are_those_that_run(database, tmp_path):
    assert tuple(job.name for job in jobs_of(database, Folders(tmp_path, tmp_path))) == JOBS
    assert MAIL_KEYS == mailing.MAIL_KEYS


def test_the_tab_says_who_keeps_the_watch_and_what_failed(tab):
    """Nobody, a workstation, an agent; a failed job in both languages; what never ran."""
    assert tab.holder.text() == "现在没有人值守"
    assert "recalldesk agent" in tab.since.text()
    hold(tab, Holder.CLIENT)
    tab._presenter.reload()
    assert "代为值守" in tab.holder.text()

    leasing, lease = hold(tab)
    now = tab.database.clock()
    with leasing.acting(lease) as session:
        row = AgentJob(job="backup", ran_at=now, due_at=now - timedelta(hours=1), ended=JobEnd.FAILED, count=0)
        row.late_seconds, row.fence, row.trouble_zh, row.trouble_en = 3600, 1, "磁盘已满。", "Disk full."
        session.add(row)
        unset = AgentJob(job="folder", ran_at=now, due_at=now, ended=JobEnd.UNSET, count=0, late_seconds=0, fence=1)
        unset.trouble_zh = unset.trouble_en = ""
        session.add(unset)
    tab._presenter.reload()
    assert not tab.grab().isNull(), "every end of a job has its colours"
    assert tab.troubles.text() == "备份：磁盘已满。"
    assert tab.holder.text() == "值守程序在 PC-07 上值守"
    rows = {row.id: row for row in tab.jobs.rows}
    assert (rows["backup"].trouble.zh, rows["clocks"].ran_at) == ("磁盘已满。", None)
    language.switch_language("en")
    tab.retranslate()
    assert tab.holder.text() == "The agent on PC-07 keeps the watch"
    with tab.database.reading() as session:
        late = agent_sight(session, JOBS, now + timedelta(hours=2))
    tab.show_sight(late)
    assert tab.holder.text() == "Nobody keeps the watch"


def test_it_sets_up_e_mail_and_a_wrong_address_says_so(tab):
    assert "不发送任何邮件" in tab.message.text()
    tab.host.set_value("mail.example")
    tab.host.edited.emit()
    tab.from_address.set_value("rd@example.org")
    tab.recipients.set_value("nobody")
    tab._presenter.reload()
    assert tab.host.value() == "mail.example"
    tab.save.click()
    assert "nobody" in tab.message.text()
    tab.port.set_value("x")
    tab.save.click()
    assert tab.port.error()
    tab.port.set_value("465")
    tab.security.set_value("tls")
    tab.recipients.set_value("a@example.org, b@example.org")
    tab.save.click()
    assert "发邮件" in tab.message.text()
    with tab.database.reading() as session:
        assert mailing.mail_settings(session) == mailing.MailSettings(
            "mail.example", 465, "tls", "", "rd@example.org", "a@example.org, b@example.org"
        )
