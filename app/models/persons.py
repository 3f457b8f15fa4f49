"""Persons, their roles, and what they sign."""

from sqlalchemy import CheckConstraint, ForeignKey, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from app.core.permissions import Role
from app.models.base import Base, Code, Moment, Name, enum_column


class Person(Base):
    """Someone who may sign in; never deleted, only made inactive."""

    __tablename__ = "person"
    __table_args__ = (UniqueConstraint("login"), CheckConstraint("length(login) > 0", name="login_given"))

    id: Mapped[int] = mapped_column(primary_key=True)
    login: Mapped[Code]
    name_zh: Mapped[Name]
    name_en: Mapped[Name]
    password_hash: Mapped[Name]
    is_active: Mapped[bool]
    failed_tries: Mapped[int]
    locked_until: Mapped[Moment | None]
    location_id: Mapped[int | None] = mapped_column(ForeignKey("location.id"), index=True)
    created_at: Mapped[Moment]


class PersonRole(Base):
    """One role of one person; taken away by ``ended_at``, never deleted."""

    __tablename__ = "person_role"

    id: Mapped[int] = mapped_column(primary_key=True)
    person_id: Mapped[int] = mapped_column(ForeignKey("person.id"), index=True)
    role: Mapped[Role] = mapped_column(enum_column(Role))
    granted_by: Mapped[int | None] = mapped_column(ForeignKey("person.id"))
    granted_at: Mapped[Moment]
    ended_at: Mapped[Moment | None]


class Signature(Base):
    """A second person's consent to one operation, written over that person's own connection.

    ``content_hash`` is the SHA-256 of what was shown; ``meaning`` comes from a fixed list.
    """

    __tablename__ = "signature"
    __table_args__ = (UniqueConstraint("op_id", "person_id"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    op_id: Mapped[Code]
    person_id: Mapped[int] = mapped_column(ForeignKey("person.id"), index=True)
    meaning: Mapped[Code]
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
