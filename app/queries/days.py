"""What day it is at a site, asked of the database, so that lists and the wall agree on what has expired."""

from datetime import date

from sqlalchemy import Date, bindparam, func, select
from sqlalchemy.orm import Session

from app.models.places import Location, Site

_ZONE = select(Site.time_zone).join(Location, Location.site_id == Site.id).where(Location.id == bindparam("place"))
_TODAY = select(func.site_today(_ZONE.scalar_subquery(), type_=Date))


def today_at(session: Session, location_id: int) -> date:
    """The local date at the site of a location."""
    return session.execute(_TODAY, {"place": location_id}).scalar_one()


def latest_today(session: Session) -> date:
    """The latest local date of all sites: a list that spans sites greys out a batch as soon as it expired at one."""
    return session.execute(select(func.max(func.site_today(Site.time_zone, type_=Date), type_=Date))).scalar_one()
