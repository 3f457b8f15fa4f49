"""What stands at the head and foot of every paper of the store: whose it is, when, by whom, under which seal."""

from sqlalchemy import select
from sqlalchemy.orm import Session

from app.core.actor import Actor
from app.core.clock import Clock
from app.models.places import Location, Site
from app.reports.rows import Paper
from app.services.auditing import Seal
from app.services.paper_rows import hospital_names


def headed(session: Session, clock: Clock, actor: Actor, site: Site | None, under: Seal | None) -> Paper:
    """Printed now by ``actor``; without a site it names no hospital."""
    return Paper(
        printed_at=clock(),
        seal=under.hash if under else "",
        seal_number=under.n if under else 0,
        printed_by=actor.name.said_in("zh"),
        zone=site.time_zone if site else "",
        **(dict(hospital_names(session, site)) if site else {"hospital": ""}),
    )


def site_of(session: Session, place_id: int) -> Site:
    """The site in which a place lies."""
    return session.scalars(
        select(Site).join(Location, Location.site_id == Site.id).where(Location.id == place_id)
    ).one()
