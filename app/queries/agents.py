"""Who keeps the watch, what each of its jobs did last, and what waits: mails and notices that arrived."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from app.core.actor import Bilingual
from app.core.statuses.agent import Holder, JobEnd, MailState, NewsState
from app.models.agents import AgentJob, AgentLease, Mail, News
from app.models.persons import Person, Setting

MAIL_KEYS = ("host", "port", "security", "login", "sender", "recipients")


@dataclass(frozen=True, slots=True)
class WatchRow:
    """The lease as it stands; it is silent where ``held_until`` has passed."""

    machine: str
    kind: Holder
    person: Bilingual
    taken_at: datetime
    renewed_at: datetime
    held_until: datetime

    def is_held(self, now: datetime) -> bool:
        return self.held_until > now


@dataclass(frozen=True, slots=True)
class JobRow:
    """One job's last run; ``trouble`` says in words what failed."""

    id: str
    ran_at: datetime | None
    ended: JobEnd | None
    count: int
    late_seconds: int
    trouble: Bilingual


@dataclass(frozen=True, slots=True)
class AgentSight:
    """Everything the tab shows at one moment. ``mail`` are the settings by key, ``mails`` how many stand how."""

    watch: WatchRow | None
    jobs: tuple[JobRow, ...]
    mail: dict[str, str]
    mails: dict[MailState, int]
    news: int
    now: datetime

    @property
    def sends_mail(self) -> bool:
        return all(self.mail.get(key) for key in ("host", "sender", "recipients"))


def agent_sight(session: Session, jobs: tuple[str, ...], now: datetime) -> AgentSight:
    """``jobs`` in the order of the screen; one that never ran is shown too."""
    found = {row.job: row for row in session.scalars(select(AgentJob))}
    mails = session.execute(select(Mail.state, func.count()).group_by(Mail.state))
    settings = session.execute(select(Setting.key, Setting.value).where(Setting.key.like("mail.%")))
    news = session.scalar(select(func.count()).select_from(News).where(News.state == NewsState.WAITING))
    return AgentSight(
        _watch(session),
        tuple(_job(name, found.get(name)) for name in jobs),
        {key.removeprefix("mail."): value for key, value in settings},
        {state: int(count) for state, count in mails},
        int(news or 0),
        now,
    )


def _watch(session: Session) -> WatchRow | None:
    row = session.execute(select(AgentLease, Person).join(Person, Person.id == AgentLease.person_id)).first()
    if row is None:
        return None
    lease, person = row
    name = Bilingual(person.name_zh, person.name_en)
    return WatchRow(lease.machine, lease.kind, name, lease.taken_at, lease.renewed_at, lease.held_until)


def _job(name: str, row: AgentJob | None) -> JobRow:
    if row is None:
        return JobRow(name, None, None, 0, 0, Bilingual("", ""))
    trouble = Bilingual(row.trouble_zh, row.trouble_en)
    return JobRow(name, row.ran_at, row.ended, row.count, row.late_seconds, trouble)
