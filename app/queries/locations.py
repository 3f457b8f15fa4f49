"""Places of the hospital: stores, departments, quarantine areas."""

from dataclasses import dataclass

from sqlalchemy import Select, select
from sqlalchemy.orm import Session

from app.core.actor import Bilingual
from app.core.errors import NotFoundError
from app.core.statuses.stock import LocationKind, StockState
from app.models.places import Location, Site


@dataclass(frozen=True, slots=True)
class LocationRow:
    """One place; ``shelf`` is the state in which free goods lie there."""

    id: int
    code: str
    name: Bilingual
    kind: LocationKind
    site_id: int
    site: Bilingual
    time_zone: str
    keeps_stock: bool
    shelf: StockState
    phone: str
    is_active: bool


def locations(
    session: Session, kind: LocationKind | None = None, *, site_id: int | None = None, with_inactive: bool = False
) -> list[LocationRow]:
    """In the order of their codes."""
    query = _rows().order_by(Location.code)
    if kind is not None:
        query = query.where(Location.kind == kind)
    if site_id is not None:
        query = query.where(Location.site_id == site_id)
    if not with_inactive:
        query = query.where(Location.is_active)
    return [_row(location, site) for location, site in session.execute(query)]


def location(session: Session, location_id: int) -> LocationRow:
    """Raises NotFoundError."""
    return _one(session, _rows().where(Location.id == location_id))


def location_by_code(session: Session, code: str) -> LocationRow:
    """Raises NotFoundError; the code as the hospital writes it, upper or lower case."""
    return _one(session, _rows().where(Location.code.ilike(code.strip())))


def quarantine_area(session: Session, near: int) -> LocationRow | None:
    """The first quarantine area of the site of the location ``near``, if the site has one."""
    site_id = session.execute(select(Location.site_id).where(Location.id == near)).scalar_one()
    return next(iter(locations(session, LocationKind.QUARANTINE, site_id=site_id)), None)


def _rows() -> Select[Location, Site]:
    return select(Location, Site).join(Site, Site.id == Location.site_id)


def _one(session: Session, query: Select[Location, Site]) -> LocationRow:
    found = session.execute(query).first()
    if found is None:
        raise NotFoundError
    return _row(*found)


def _row(location: Location, site: Site) -> LocationRow:
    return LocationRow(
        location.id,
        location.code,
        Bilingual(location.name_zh, location.name_en),
        location.kind,
        site.id,
        Bilingual(site.name_zh, site.name_en),
        site.time_zone,
        location.keeps_stock,
        location.shelf,
        location.phone,
        location.is_active,
    )
