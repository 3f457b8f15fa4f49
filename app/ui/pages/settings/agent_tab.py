"""The agent: who keeps the watch, the last run of each job with what failed, and where e-mail goes."""

from datetime import timedelta

from PySide6.QtGui import QHideEvent, QShowEvent
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from app.core.errors import AppError
from app.core.statuses.agent import Holder, JobEnd, MailState
from app.core.words import describe
from app.queries.agents import AgentSight, JobRow
from app.services.agent.mailing import MailSettings
from app.ui import formats, theme
from app.ui.language import language, say, spoken
from app.ui.pages.settings.agent_presenter import AgentPresenter
from app.ui.widgets.buttons import KeycapButton
from app.ui.widgets.card import Card
from app.ui.widgets.cells import Cell, ChipLook
from app.ui.widgets.fields import ComboField, NumberField, Option, TextField
from app.ui.widgets.labels import IconMark, Label, muted
from app.ui.widgets.rows_model import Column
from app.ui.widgets.table import DataTable
from app.ui.words import word

_ENDS = {
    JobEnd.DONE: ("ok", "check-circle"),
    JobEnd.FAILED: ("stop", "warning"),
    JobEnd.UNSET: ("plain", "minus-circle"),
}


class AgentTab(QWidget):
    """Everybody may look; who sets up the installation changes the mail settings. What is typed is kept."""

    def __init__(self, presenter: AgentPresenter) -> None:
        super().__init__()
        self._presenter = presenter
        self._sight: AgentSight | None = None
        self._is_typed = False
        self.icon = IconMark("question", "muted", 22)
        self.holder = Label("", "text", theme.HEAD, bold=True, wrap=True)
        self.since = muted("", wrap=True)
        self.waiting = muted("", wrap=True)
        self.jobs = DataTable(
            job_columns(), in_card=True, name=spoken("settings.agent.jobs"), empty="", row_height=48, sortable=False
        )
        self.troubles = Label("", "stop", wrap=True)
        self.host = TextField(spoken("settings.agent.host"), mono=True)
        self.port = NumberField(spoken("settings.agent.port"), least=1, most=65_535)
        self.security = ComboField(spoken("settings.agent.security"))
        self.login = TextField(spoken("settings.agent.login"), hint=spoken("settings.agent.login_hint"), mono=True)
        self.from_address = TextField(spoken("settings.agent.sender"), mono=True)
        self.recipients = TextField(
            spoken("settings.agent.recipients"), hint=spoken("settings.agent.recipients_hint"), mono=True
        )
        self.message = Label("", "muted", wrap=True)
        self.save = KeycapButton(spoken("settings.agent.save"), kind="primary", icon="save")
        self._arrange()
        self._connect()
        self.retranslate()

    @property
    def fields(self) -> tuple[TextField | ComboField, ...]:
        return self.host, self.port, self.security, self.login, self.from_address, self.recipients

    def _arrange(self) -> None:
        head = Card(spoken("settings.agent.watch"), spoken("settings.agent.watch_note"))
        line = QHBoxLayout()
        line.setSpacing(10)
        line.addWidget(self.icon)
        line.addWidget(self.holder, 1)
        head.body.addLayout(line)
        head.add(self.since)
        head.add(self.waiting)
        table = Card(spoken("settings.agent.jobs"), spoken("settings.agent.jobs_note"), flush=True)
        table.add(self.jobs, 1)
        failed = QHBoxLayout()
        failed.setContentsMargins(16, 8, 16, 12)
        failed.addWidget(self.troubles)
        table.body.addLayout(failed)
        left = QVBoxLayout()
        left.setSpacing(12)
        left.addWidget(head)
        left.addWidget(table, 1)
        mail = Card(spoken("settings.agent.mail"), spoken("settings.agent.mail_note"))
        line_of_two = QHBoxLayout()
        line_of_two.setSpacing(10)
        line_of_two.addWidget(self.port, 1)
        line_of_two.addWidget(self.security, 2)
        mail.add(self.host)
        mail.body.addLayout(line_of_two)
        for widget in (self.login, self.from_address, self.recipients, self.message, self.save):
            mail.add(widget)
        mail.body.addStretch(1)
        mail.setFixedWidth(330)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(12)
        row.addLayout(left, 1)
        row.addWidget(mail)

    def _connect(self) -> None:
        for field in (self.host, self.port, self.login, self.from_address, self.recipients):
            field.edited.connect(self._typed)
        self.security.chosen.connect(self._typed)
        self.save.clicked.connect(self._save)
        self._presenter.sight_changed.connect(self.show_sight)
        self._presenter.saved.connect(self._saved)
        for signal in (self._presenter.refused, self._presenter.failed):
            signal.connect(self._refused)

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self._presenter.watch(is_shown=True)

    def hideEvent(self, event: QHideEvent) -> None:
        super().hideEvent(event)
        self._presenter.watch(is_shown=False)

    # shown ------------------------------------------------------------------------
    def show_sight(self, sight: AgentSight) -> None:
        """The lease, the jobs, what waits, and the mail settings unless somebody is typing."""
        self._sight = sight
        self._show_watch(sight)
        self.jobs.set_rows(sight.jobs)
        self.troubles.set_text("\n".join(_told(row) for row in sight.jobs if row.trouble.zh))
        self.troubles.setVisible(bool(self.troubles.text()))
        waiting = sight.mails.get(MailState.WAITING, 0) + sight.mails.get(MailState.SENDING, 0)
        doubtful = sight.mails.get(MailState.UNSURE, 0) + sight.mails.get(MailState.GIVEN_UP, 0)
        self.waiting.set_text(say("settings.agent.waiting", mails=waiting, doubtful=doubtful, news=sight.news))
        for control in (*self.fields, self.save):
            control.setEnabled(self._presenter.may_change)
        if not self._is_typed:
            self._fill(sight)

    def _show_watch(self, sight: AgentSight) -> None:
        watch = sight.watch
        if watch is None or not watch.is_held(sight.now):
            self.icon.set_icon("warning", "stop")
            self.holder.set_text(say("settings.agent.nobody"))
            last = say("settings.agent.last_heard", at=formats.moment(watch.renewed_at)) if watch else ""
            self.since.set_text(last + say("settings.agent.nobody_do"))
            return
        is_agent = watch.kind is Holder.AGENT
        self.icon.set_icon("check-circle" if is_agent else "user", "ok" if is_agent else "attention")
        key = "settings.agent.by_agent" if is_agent else "settings.agent.by_client"
        self.holder.set_text(say(key, machine=watch.machine, person=watch.person.said_in(language())))
        self.since.set_text(
            say(
                "settings.agent.since",
                taken=formats.moment(watch.taken_at),
                renewed=watch.renewed_at.astimezone().strftime("%H:%M:%S"),
            )
        )

    def _fill(self, sight: AgentSight) -> None:
        told = sight.mail
        for field, key in (
            (self.host, "host"),
            (self.login, "login"),
            (self.from_address, "sender"),
            (self.recipients, "recipients"),
        ):
            field.set_value(told.get(key, ""))
        self.port.set_value(told.get("port", "587"))
        self.security.set_value(told.get("security", "") or "starttls")
        self.message.set_ink("muted" if sight.sends_mail else "attention")
        words = say("settings.agent.mail_on" if sight.sends_mail else "settings.agent.mail_off")
        hint = "" if self._presenter.may_change else say("settings.agent.only_it")
        self.message.set_text("\n".join(part for part in (words, hint) if part))

    def retranslate(self) -> None:
        self.security.set_options(
            [Option("starttls", say("settings.agent.starttls")), Option("tls", say("settings.agent.tls"))]
        )
        if self._sight is not None:
            self.show_sight(self._sight)

    # typed ------------------------------------------------------------------------
    def _typed(self, *_: object) -> None:
        self._is_typed = True

    def _save(self) -> None:
        port = self.port.number()
        if port is None:
            return
        self._presenter.set_mail(
            MailSettings(
                self.host.value(),
                port,
                self.security.value() or "starttls",
                self.login.value(),
                self.from_address.value(),
                self.recipients.value(),
            )
        )

    def _saved(self) -> None:
        self._is_typed = False
        self._presenter.reload()

    def _refused(self, error: AppError) -> None:
        self.message.set_ink("stop")
        self.message.set_text(lambda: describe(error, language()))


def job_columns() -> list[Column[JobRow]]:
    """What, when, how late, how it ended, and in words what failed."""
    return [
        Column(spoken("settings.agent.job"), lambda row: row.id, cell=_name, width=170),
        Column(spoken("settings.agent.ran"), lambda row: row.ran_at, cell=_ran, width=150),
        Column(spoken("settings.agent.ended"), lambda row: row.count, cell=_ended, width=140),
        Column(spoken("settings.agent.trouble"), lambda row: row.trouble.zh, cell=_trouble, stretch=1),
    ]


def _name(row: JobRow) -> Cell:
    return Cell(say(f"settings.agent.job_{row.id}"), say(f"settings.agent.every_{row.id}"))


def _ran(row: JobRow) -> Cell:
    if row.ran_at is None:
        return Cell(say("settings.agent.never"), ink="muted")
    late = formats.span(timedelta(seconds=row.late_seconds), language())
    return Cell(formats.moment(row.ran_at), say("settings.agent.late", span=late) if row.late_seconds >= 120 else "")


def _ended(row: JobRow) -> Cell:
    if row.ended is None:
        return Cell("—", ink="muted")
    tone, icon = _ENDS[row.ended]
    text = word(row.ended) + (f" {formats.number(row.count)}" if row.count else "")
    return Cell(chip=ChipLook(text, tone, icon))


def _told(row: JobRow) -> str:
    """In full: the table has room for its beginning only."""
    return say("settings.agent.told", job=say(f"settings.agent.job_{row.id}"), trouble=row.trouble.said_in(language()))


def _trouble(row: JobRow) -> Cell:
    return Cell(row.trouble.said_in(language()).replace("\n", " "))
