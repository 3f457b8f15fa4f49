"""Logins of persons on the server of PostgreSQL: the wall's functions make, change and end them, demanding the duty.

A password leaves this program only as what SCRAM keeps of it.
"""

from collections.abc import Mapping
from typing import Any

from sqlalchemy import text
from sqlalchemy.dialects.postgresql import ARRAY
from sqlalchemy.orm import Session
from sqlalchemy.sql.expression import bindparam
from sqlalchemy.types import Text

from app.core.permissions import Role
from app.models.persons import Person

AGENT = "recalldesk-agent"
_TEXTS = ARRAY(Text)
_ADD = text("SELECT person_add(:login, :zh, :en, :place, :secret, :roles, :scopes)").bindparams(
    bindparam("roles", type_=_TEXTS), bindparam("scopes", type_=_TEXTS)
)
_SET_ROLES = text("SELECT person_set_roles(:person, :roles, :scopes)").bindparams(
    bindparam("roles", type_=_TEXTS), bindparam("scopes", type_=_TEXTS)
)


def are_kept(session: Session) -> bool:
    """Whether persons of this database have logins of their own on its server."""
    if session.get_bind().dialect.name == "sqlite":
        return False
    return bool(session.scalar(text("SELECT installation FROM schema_info")))


def prefix(session: Session) -> str:
    """What stands before each person's name on the server."""
    return str(session.scalar(text("SELECT login_prefix FROM schema_info")) or "")


def secret_of(session: Session, login: str, password: str) -> str:
    """The SCRAM verifier; nothing for no password, where a directory answers."""
    if not password:
        return ""
    driver: Any = session.connection().connection.driver_connection
    kept: bytes = driver.pgconn.encrypt_password(password.encode(), login.encode(), b"scram-sha-256")
    return kept.decode()


def add(session: Session, person: Person, password: str, scopes: Mapping[Role, str]) -> int:
    """A person with a login and roles, as ``person`` (never added to a session) says; returns the person's id."""
    values = {
        "login": person.login,
        "zh": person.name_zh,
        "en": person.name_en,
        "place": person.location_id,
        "secret": secret_of(session, person.login, password),
    }
    return int(session.execute(_ADD, {**values, **_roles(scopes)}).scalar_one())


def set_roles(session: Session, person_id: int, scopes: Mapping[Role, str]) -> None:
    """Exactly these roles from now on, in the table and in the groups of the server."""
    session.execute(_SET_ROLES, {"person": person_id, **_roles(scopes)})


def set_active(session: Session, person_id: int, *, is_active: bool) -> None:
    """Ended: no new connection, and those that stand are cut."""
    session.execute(text("SELECT person_set_active(:person, :active)"), {"person": person_id, "active": is_active})


def reset(session: Session, person_id: int, login: str, password: str) -> None:
    """Another person's password; makes the login of a person who came by copy."""
    values = {"person": person_id, "secret": secret_of(session, login, password)}
    session.execute(text("SELECT person_reset_password(:person, :secret)"), values)


def admit_agent(session: Session, password: str) -> int:
    """The agent's person and login, or a new password for it; none where a certificate answers. Returns its id."""
    values = {"secret": secret_of(session, AGENT, password)}
    return int(session.execute(text("SELECT agent_admit(:secret)"), values).scalar_one())


def change(session: Session, login: str, password: str) -> None:
    """One's own password."""
    session.execute(text("SELECT password_change(:secret)"), {"secret": secret_of(session, login, password)})


def _roles(scopes: Mapping[Role, str]) -> dict[str, list[str]]:
    ordered = sorted(scopes, key=lambda role: role.value)
    return {"roles": [role.value for role in ordered], "scopes": [scopes[role] for role in ordered]}
