"""The first minutes of a new installation: one site, its stores and wards, and the person who lets the others in."""

from dataclasses import dataclass, field
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from app.core.changes import Changes, Topic
from app.core.errors import RuleError
from app.core.permissions import Role
from app.core.statuses.stock import LocationKind
from app.models.database import Database
from app.models.places import Location, Region, Site
from app.services.staffing import NewPerson, StaffingService


class UnknownTimeZoneError(RuleError):
    """``zone`` is no IANA time zone."""

    code = "unknown_time_zone"


class NoWardError(RuleError):
    """A hospital has at least one ward."""

    code = "no_ward"


@dataclass(frozen=True, slots=True)
class NewHospital:
    """What the first-run page asks; ``wards`` are names, one each."""

    site: str
    time_zone: str
    store: str
    quarantine: str
    administrator: NewPerson
    wards: tuple[str, ...] = field(default=())


class InstallingService:
    """Works only while nobody can sign in."""

    def __init__(self, database: Database, staffing: StaffingService) -> None:
        self._database, self._staffing = database, staffing

    def install(self, hospital: NewHospital) -> Changes:
        """The administrator first, since a wrong password is the likeliest refusal; then the places.

        Raises what ``StaffingService.install`` raises, UnknownTimeZoneError, NoWardError.
        """
        _check(hospital)
        administrator = hospital.administrator
        roles = administrator.roles or frozenset({Role.SECURITY_ADMIN})
        self._staffing.install(
            NewPerson(administrator.login, administrator.name_zh, administrator.name_en, administrator.password, roles)
        )
        with self._database.writing(None) as session:
            region = Region(code="R1", name_zh=hospital.site, name_en=hospital.site)
            session.add(region)
            session.flush()
            site = Site(
                region_id=region.id,
                code="S1",
                name_zh=hospital.site,
                name_en=hospital.site,
                time_zone=hospital.time_zone,
            )
            session.add(site)
            session.flush()
            session.add(_location(site.id, LocationKind.STORE, "STORE", hospital.store))
            session.add(_location(site.id, LocationKind.QUARANTINE, "QUARANTINE", hospital.quarantine))
            for number, ward in enumerate(hospital.wards, start=1):
                session.add(_location(site.id, LocationKind.DEPARTMENT, f"W{number:02d}", ward))
        return frozenset(Topic)


def _check(hospital: NewHospital) -> None:
    if not hospital.wards:
        raise NoWardError
    try:
        ZoneInfo(hospital.time_zone)
    except (ZoneInfoNotFoundError, ValueError):
        raise UnknownTimeZoneError(zone=hospital.time_zone) from None


def _location(site_id: int, kind: LocationKind, code: str, name: str) -> Location:
    return Location(
        site_id=site_id, kind=kind, code=code, name_zh=name, name_en=name, keeps_stock=True, is_active=True, phone=""
    )
