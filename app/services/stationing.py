"""Workstations: PCs that hear the alarm and check a box while nobody is signed in. Made and ended by who sets up."""

import re
from dataclasses import dataclass

from sqlalchemy import select, text, update
from sqlalchemy.orm import Session

from app.core.actor import Actor
from app.core.changes import Changes, Topic
from app.core.errors import NotFoundError, RuleError
from app.core.permissions import Duty
from app.models.database import Database
from app.models.persons import Workstation
from app.models.places import Location
from app.services import logins

_NAME = re.compile(r"[A-Za-z0-9][A-Za-z0-9_.@-]*")
MOST_BYTES = 63
"""Of a login on the server, with the installation's prefix."""
_ADD = text("SELECT workstation_add(:name, :place, '')")
_MOVE = text("SELECT workstation_move(:id, :place)")
_END = text("SELECT workstation_end(:id)")


class StationNameError(RuleError):
    """``name`` is no name that a server and a certificate can have, at most ``most`` characters."""

    code = "stations.name"


class StationEndedError(RuleError):
    """The workstation ``name`` has been ended and stands nowhere any more."""

    code = "stations.is_over"


class StationTakenError(RuleError):
    """A workstation, also an ended one, or a person has this ``name`` already."""

    code = "stations.taken"


@dataclass(frozen=True, slots=True)
class Stationed:
    """The list of workstations is another one now."""

    name: str
    changes: Changes = frozenset({Topic.SETTINGS})


class StationingService:
    """Duty: SET_UP. On PostgreSQL with personal logins each workstation gets a login that shows a certificate."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def add(self, *, actor: Actor, name: str, location_id: int | None) -> Stationed:
        """``location_id`` None: no fixed place. Raises StationNameError, StationTakenError, NotFoundError."""
        actor.demand(Duty.SET_UP)
        name = name.strip()
        with self._database.writing(actor.id) as session:
            _demand_name(session, name)
            _demand_place(session, location_id)
            if logins.are_kept(session):
                session.execute(_ADD, {"name": name, "place": location_id})
            else:
                values = {"added_by": actor.id, "added_at": self._database.clock(), "is_active": True}
                session.add(Workstation(login=name, location_id=location_id, **values))
        return Stationed(name)

    def move(self, *, actor: Actor, workstation_id: int, location_id: int | None) -> Stationed:
        """From now on its locked screen hears the alarms of that place; None: of all places.

        Raises NotFoundError, StationEndedError.
        """
        actor.demand(Duty.SET_UP)
        with self._database.writing(actor.id) as session:
            station = session.get(Workstation, workstation_id)
            if station is None:
                raise NotFoundError
            if not station.is_active:
                raise StationEndedError(name=station.login)
            _demand_place(session, location_id)
            if logins.are_kept(session):
                session.execute(_MOVE, {"id": workstation_id, "place": location_id})
            else:
                station.location_id = location_id
            return Stationed(station.login)

    def end(self, *, actor: Actor, workstation_id: int) -> Stationed:
        """No new connection, and those that stand are cut; an ended one stays ended. Raises NotFoundError."""
        actor.demand(Duty.SET_UP)
        with self._database.writing(actor.id) as session:
            name = session.scalar(select(Workstation.login).where(Workstation.id == workstation_id))
            if name is None:
                raise NotFoundError
            if logins.are_kept(session):
                session.execute(_END, {"id": workstation_id})
            else:
                session.execute(update(Workstation).where(Workstation.id == workstation_id).values(is_active=False))
        return Stationed(name)


def _demand_place(session: Session, location_id: int | None) -> None:
    if location_id is not None and session.get(Location, location_id) is None:
        raise NotFoundError


def _demand_name(session: Session, name: str) -> None:
    most = MOST_BYTES - len(login_prefix(session).encode())
    if not _NAME.fullmatch(name) or len(name) > most:
        raise StationNameError(name=name[:MOST_BYTES], most=most)
    if session.scalar(_TAKEN, {"name": name}):
        raise StationTakenError(name=name)


def login_prefix(session: Session) -> str:
    """What stands before each login on the server."""
    return str(session.scalar(text("SELECT login_prefix FROM schema_info")) or "")


_TAKEN = text(
    "SELECT EXISTS (SELECT 1 FROM workstation WHERE login = :name) OR EXISTS (SELECT 1 FROM person WHERE login = :name)"
)
