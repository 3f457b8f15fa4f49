"""The workstations of the hospital, and which of them listen now."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select, text
from sqlalchemy.orm import Session

from app.core.actor import Bilingual
from app.models.persons import Person, Workstation
from app.models.places import Location, Site


@dataclass(frozen=True, slots=True)
class StationRow:
    """``here_since`` None: it does not listen now, or nobody could tell."""

    id: int
    name: str
    place: Bilingual | None
    site: Bilingual | None
    location_id: int | None
    is_active: bool
    added_by: Bilingual | None
    added_at: datetime
    here_since: datetime | None


@dataclass(frozen=True, slots=True)
class StationSight:
    """``has_logins``: each has a login on the server, called ``prefix`` and its name. ``knows_here``: it was asked.

    ``installation`` is what the groups on the server begin with.
    """

    rows: tuple[StationRow, ...]
    has_logins: bool
    prefix: str
    knows_here: bool
    installation: str = ""


def stations(session: Session, *, asks_server: bool) -> StationSight:
    """Those at work first, by name. ``asks_server`` takes the duty to set up and is idle without personal logins."""
    installation, prefix = _logins(session)
    has_logins = bool(installation)
    knows = asks_server and has_logins
    here: dict[int, datetime] = {}
    if knows:
        here = {row[0]: row[1] for row in session.execute(text("SELECT * FROM workstations_here()"))}
    query = (
        select(Workstation, Location, Site, Person.name_zh, Person.name_en)
        .outerjoin(Location, Location.id == Workstation.location_id)
        .outerjoin(Site, Site.id == Location.site_id)
        .outerjoin(Person, Person.id == Workstation.added_by)
        .order_by(Workstation.is_active.desc(), Workstation.login)
    )
    rows = [
        StationRow(
            station.id,
            station.login,
            Bilingual(place.name_zh, place.name_en) if place else None,
            Bilingual(site.name_zh, site.name_en) if site else None,
            station.location_id,
            station.is_active,
            Bilingual(zh, en) if zh else None,
            station.added_at,
            here.get(station.id),
        )
        for station, place, site, zh, en in session.execute(query)
    ]
    return StationSight(tuple(rows), has_logins, prefix, knows, installation)


def _logins(session: Session) -> tuple[str, str]:
    """The name of an installation with personal logins, and what stands before each login of it."""
    installation, prefix = session.execute(text("SELECT installation, login_prefix FROM schema_info")).one()
    return (installation if session.get_bind().dialect.name == "postgresql" else ""), prefix
