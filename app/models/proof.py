"""The audit trail: a chain per person, sealed over all heads; and what the database says of itself."""

from sqlalchemy import CheckConstraint, ForeignKey, Index, String, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from app.models.base import Base, Code, Moment


class AuditEntry(Base):
    """One change of one row, written by the wall in the same transaction.

    ``hash`` = SHA-256 of ``previous`` and the length-prefixed fields (``app.models.wall.chain``); ``person_id`` 0 is
    the installation itself, before anybody could sign in.
    """

    __tablename__ = "audit_entry"
    __table_args__ = (UniqueConstraint("person_id", "sequence"), Index("ix_audit_entry_row", "table_name", "row_id"))

    id: Mapped[int] = mapped_column(primary_key=True)
    person_id: Mapped[int]
    sequence: Mapped[int]
    at: Mapped[Code]
    table_name: Mapped[Code]
    row_id: Mapped[Code]
    action: Mapped[Code]
    before: Mapped[str] = mapped_column(Text)
    after: Mapped[str] = mapped_column(Text)
    previous: Mapped[Code]
    hash: Mapped[Code]


class AuditHead(Base):
    """The end of each person's chain, kept by the wall."""

    __tablename__ = "audit_head"

    person_id: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    sequence: Mapped[int]
    hash: Mapped[Code]


class AuditSeal(Base):
    """One hash over all heads and the seal before; printed as ``seal n · 16 hex``."""

    __tablename__ = "audit_seal"

    n: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    at: Mapped[Moment]
    heads: Mapped[str] = mapped_column(Text)
    hash: Mapped[Code]


class SchemaInfo(Base):
    """One row: what this database is. ``loading`` lets history in, once, before the first movement.

    On PostgreSQL with personal logins ``installation`` is what its groups on the server are named after, and a person's
    login there is ``login_prefix`` and their own; both are empty where one login is shared.
    """

    __tablename__ = "schema_info"
    __table_args__ = (CheckConstraint("id = 1", name="one_row"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    application: Mapped[Code]
    loading: Mapped[bool]
    loaded_by: Mapped[str] = mapped_column(String(200))
    installation: Mapped[Code]
    login_prefix: Mapped[Code]


class KeptOperation(Base):
    """An operation that was done, and its answer: asked again, it is told and not done twice.

    ``content_hash`` is over the command, the person and all that was asked. Written in the operation's own transaction.
    """

    __tablename__ = "operation"

    op_id: Mapped[Code] = mapped_column(primary_key=True)
    person_id: Mapped[int] = mapped_column(ForeignKey("person.id"))
    content_hash: Mapped[Code]
    answer: Mapped[str] = mapped_column(Text)
    at: Mapped[Moment]


class NumberSeries(Base):
    """The last number given out per series, such as RK-260312."""

    __tablename__ = "number_series"

    series: Mapped[Code] = mapped_column(primary_key=True)
    last: Mapped[int]


class EndedSession(Base):
    """A session of another workstation that stood in the way of a hold or a recall and was ended for it.

    Written by the wall's ``end_blockers`` alone, on PostgreSQL; ``ended_for`` is who was locking. What that session had
    not committed is rolled back.
    """

    __tablename__ = "ended_session"

    id: Mapped[int] = mapped_column(primary_key=True)
    pid: Mapped[int]
    login: Mapped[Code]
    address: Mapped[Code]
    program: Mapped[Code]
    state: Mapped[Code]
    opened_at: Mapped[Moment]
    ended_at: Mapped[Moment]
    ended_for: Mapped[int | None] = mapped_column(ForeignKey("person.id"))
