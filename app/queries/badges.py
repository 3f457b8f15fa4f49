"""Whose badge was scanned: the login that goes with it. A badge names a person, it proves nothing."""

from sqlalchemy import select, text
from sqlalchemy.orm import Session

from app.models.persons import Person

_ASKED = text("SELECT login_of_badge(:code)")
"""On PostgreSQL a locked screen may ask this function and nothing else about persons."""


def login_of_badge(session: Session, code: str) -> str | None:
    """None where no active person has this badge."""
    code = code.strip()
    if session.get_bind().dialect.name == "postgresql":
        return session.scalar(_ASKED, {"code": code})
    return session.scalar(select(Person.login).where(Person.badge_no == code, Person.is_active))
