"""Persons, their roles, and what they sign."""

from sqlalchemy import CheckConstraint, ForeignKey, Index, String, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from app.core.permissions import Role
from app.models.base import Base, Code, Moment, Name, enum_column


class Person(Base):
    """Someone who may sign in; never deleted, only made inactive."""

    __tablename__ = "person"
    __table_args__ = (
        UniqueConstraint("login"),
        UniqueConstraint("badge_no"),
        CheckConstraint("length(login) > 0", name="login_given"),
        CheckConstraint("length(badge_no) > 0", name="badge_given"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    login: Mapped[Code]
    name_zh: Mapped[Name]
    name_en: Mapped[Name]
    password_hash: Mapped[Name] = mapped_column(deferred=True)  # of the embedded file; never read by the way
    is_active: Mapped[bool]
    failed_tries: Mapped[int]
    locked_until: Mapped[Moment | None]
    location_id: Mapped[int | None] = mapped_column(ForeignKey("location.id"), index=True)
    created_at: Mapped[Moment]
    must_change: Mapped[bool] = mapped_column(default=False)
    password_set_at: Mapped[Moment | None]
    badge_no: Mapped[Code | None]  # what a scan of the staff badge reads; it names the person, it proves nothing


class PastPassword(Base):
    """A password (its hash) that a person had before; none of the last few is taken again.

    Where persons sign in with logins of their own it is a fingerprint, kept when the password is given.
    """

    __tablename__ = "past_password"

    id: Mapped[int] = mapped_column(primary_key=True)
    person_id: Mapped[int] = mapped_column(ForeignKey("person.id"), index=True)
    password_hash: Mapped[Name]
    ended_at: Mapped[Moment]


class PersonRole(Base):
    """One role of one person; taken away by ``ended_at``, never deleted.

    ``scope`` says where its duties hold: empty for the whole hospital, else words like ``site:1`` and ``place:4``
    (``app.core.scopes``). Another scope is another row.
    """

    __tablename__ = "person_role"
    __table_args__ = (Index("ix_person_role_person_id", "person_id", "ended_at"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    person_id: Mapped[int] = mapped_column(ForeignKey("person.id"))
    role: Mapped[Role] = mapped_column(enum_column(Role))
    granted_by: Mapped[int | None] = mapped_column(ForeignKey("person.id"))
    granted_at: Mapped[Moment]
    ended_at: Mapped[Moment | None]
    scope: Mapped[str] = mapped_column(String(400), default="")


class Workstation(Base):
    """A PC that may listen and look while nobody is signed in; ``location_id`` None is a PC without a fixed place."""

    __tablename__ = "workstation"
    __table_args__ = (UniqueConstraint("login"), CheckConstraint("length(login) > 0", name="login_given"))

    id: Mapped[int] = mapped_column(primary_key=True)
    login: Mapped[Code]
    location_id: Mapped[int | None] = mapped_column(ForeignKey("location.id"))
    is_active: Mapped[bool]
    added_by: Mapped[int | None] = mapped_column(ForeignKey("person.id"))
    added_at: Mapped[Moment]


class PatientLook(Base):
    """Who looked at whose use of a batch it was, and why; written before the answer, append-only."""

    __tablename__ = "patient_look"
    __table_args__ = (CheckConstraint("length(reason) > 0", name="reason_given"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    person_id: Mapped[int | None] = mapped_column(ForeignKey("person.id"))
    at: Mapped[Moment]
    batch_id: Mapped[int] = mapped_column(ForeignKey("batch.id"), index=True)
    reason: Mapped[str] = mapped_column(String(400))


class Signature(Base):
    """A person's signature under one operation, given with a fresh password over that person's own connection.

    ``content`` is what was shown, word for word, and ``content_hash`` its SHA-256 (the wall compares them);
    ``meaning`` comes from a fixed list.
    """

    __tablename__ = "signature"
    __table_args__ = (UniqueConstraint("op_id", "person_id"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    op_id: Mapped[Code]
    person_id: Mapped[int] = mapped_column(ForeignKey("person.id"), index=True)
    meaning: Mapped[Code]
    content: Mapped[str] = mapped_column(Text)
    content_hash: Mapped[Code]
    reason: Mapped[str] = mapped_column(String(400))
    signed_at: Mapped[Moment]


class Setting(Base):
    """One setting of the installation; workstation settings lie in a file of the workstation."""

    __tablename__ = "setting"

    key: Mapped[Code] = mapped_column(primary_key=True)
    value: Mapped[str] = mapped_column(String(4000))
    changed_by: Mapped[int | None] = mapped_column(ForeignKey("person.id"))
    changed_at: Mapped[Moment]
