"""What the agent keeps: the lease that makes one of them act, its jobs, reminders, mails, and notices that arrived."""

from sqlalchemy import CheckConstraint, ForeignKey, Index, String, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from app.core.statuses.agent import ClockKind, Holder, JobEnd, MailState, NewsState
from app.models.base import Base, Code, Moment, Name, enum_column


class ServicePerson(Base):
    """A person who is a program: without a role, and the wall lets it write no goods, lock, case or signature."""

    __tablename__ = "service_person"

    person_id: Mapped[int] = mapped_column(ForeignKey("person.id"), primary_key=True, autoincrement=False)
    made_at: Mapped[Moment]


class AgentLease(Base):
    """One row: who acts until when, by the database's clock. ``fence`` grows with every change of hands.

    Each write of a job holds this row and compares, so that whoever lost the lease cannot act any more.
    """

    __tablename__ = "agent_lease"
    __table_args__ = (CheckConstraint("id = 1", name="one_row"),)

    id: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    holder: Mapped[Code]
    machine: Mapped[Name]
    kind: Mapped[Holder] = mapped_column(enum_column(Holder))
    person_id: Mapped[int] = mapped_column(ForeignKey("person.id"))
    fence: Mapped[int]
    taken_at: Mapped[Moment]
    renewed_at: Mapped[Moment]
    held_until: Mapped[Moment]


class AgentJob(Base):
    """The last run of one job; what failed is kept in both languages, as it was said then.

    ``late_seconds``: so much later than due it began, because nobody held the lease.
    """

    __tablename__ = "agent_job"

    job: Mapped[Code] = mapped_column(primary_key=True)
    ran_at: Mapped[Moment]
    due_at: Mapped[Moment]
    ended: Mapped[JobEnd] = mapped_column(enum_column(JobEnd))
    count: Mapped[int]
    late_seconds: Mapped[int]
    fence: Mapped[int]
    trouble_zh: Mapped[str] = mapped_column(String(1000))
    trouble_en: Mapped[str] = mapped_column(String(1000))


class Reminder(Base):
    """A legal clock passed ``percent`` of its time before the step was done; each mark is recorded once.

    ``due_at`` is the moment of the mark, ``late_seconds`` how much later it was noticed.
    """

    __tablename__ = "reminder"
    __table_args__ = (
        UniqueConstraint("subject", "clock", "percent"),
        CheckConstraint("late_seconds >= 0", name="late_not_negative"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    subject: Mapped[Code]  # "case:3" or "task:12"
    case_id: Mapped[int] = mapped_column(ForeignKey("recall_case.id"), index=True)
    task_id: Mapped[int | None] = mapped_column(ForeignKey("department_task.id"), index=True)
    clock: Mapped[ClockKind] = mapped_column(enum_column(ClockKind))
    percent: Mapped[int]
    due_at: Mapped[Moment]
    recorded_at: Mapped[Moment]
    late_seconds: Mapped[int]


class Mail(Base):
    """A message, written in the transaction that causes it and sent later.

    ``message_id`` never changes. Claimed (``sending``) before the server is spoken to; whether a message reached the
    server when the line broke nobody knows: it stays ``unsure`` and is not sent again.
    """

    __tablename__ = "mail"
    __table_args__ = (UniqueConstraint("message_id"), Index("ix_mail_state", "state", "next_try_at"))

    id: Mapped[int] = mapped_column(primary_key=True)
    message_id: Mapped[Name]
    recipients: Mapped[str] = mapped_column(String(1000))
    subject: Mapped[Name]
    body: Mapped[str] = mapped_column(Text)
    cause: Mapped[Code]
    composed_at: Mapped[Moment]
    state: Mapped[MailState] = mapped_column(enum_column(MailState))
    tries: Mapped[int]
    next_try_at: Mapped[Moment]
    claimed_fence: Mapped[int]
    sent_at: Mapped[Moment | None]
    trouble: Mapped[str] = mapped_column(String(400))


class News(Base):
    """A notice that came as a file, into the watched folder or brought in by a person.

    ``content`` are the bytes of the file as it came and ``content_hash`` their SHA-256. A file of several notices has a
    row for each ``part``, and its bytes stand in the first. ``case_id`` is the case that was made of it or to which it
    belongs, ``settled_reason`` why it was put aside.
    """

    __tablename__ = "news"
    __table_args__ = (UniqueConstraint("content_hash", "part"), Index("ix_news_state", "state"))

    id: Mapped[int] = mapped_column(primary_key=True)
    file_name: Mapped[Name]
    content_hash: Mapped[Code]
    part: Mapped[int] = mapped_column(default=1)
    media_type: Mapped[Name] = mapped_column(default="text/plain")
    content: Mapped[bytes] = mapped_column(default=b"", deferred=True)
    text: Mapped[str] = mapped_column(Text)
    arrived_at: Mapped[Moment]
    state: Mapped[NewsState] = mapped_column(enum_column(NewsState))
    trouble: Mapped[Code]
    settled_by: Mapped[int | None] = mapped_column(ForeignKey("person.id"))
    settled_at: Mapped[Moment | None]
    settled_reason: Mapped[str] = mapped_column(String(400), default="")
    case_id: Mapped[int | None] = mapped_column(ForeignKey("recall_case.id"), index=True)
