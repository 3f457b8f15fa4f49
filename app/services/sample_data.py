"""Fills an empty database with a sample hospital: invented, seeded, with half a year of history and some faults.

The persons, firms and products are ``resources/sample/hospital.toml``; the history is ``app.services.sample_history``,
what happened in the last days ``app.services.sample_work``.
"""

from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import Any

from sqlalchemy import select, text
from sqlalchemy.orm import Session

from app.core.changes import Changes, Topic
from app.core.errors import RuleError
from app.core.permissions import Role
from app.core.statuses.stock import LocationKind, ProductClass
from app.models.catalogue import Certificate, DeviceIdentifier, Manufacturer, PackagingLevel, Product, Supplier
from app.models.database import Database
from app.models.persons import Person, PersonRole
from app.models.places import Location, Region, Site
from app.services.sample_file import filled_beside
from app.services.sample_history import STORES, History, Ids, Item
from app.services.sample_numbers import hospital_file, sample_gtin
from app.services.sample_originals import write_originals
from app.services.sample_scene import Scene
from app.services.sample_work import SampleWork
from app.services.signing_in import hash_password
from app.services.upgrading import is_empty

DEFAULT_SEED = 20260312
FINISHED, UNFINISHED = "sample data", "sample data, unfinished"
LICENCE_DAYS = 5 * 365
"""A licence is valid for five years."""


class NotEmptyError(RuleError):
    """Sample data goes only into a database in which nobody works yet."""

    code = "not_empty"


@dataclass
class _Keys:
    """Database keys by the codes of the file."""

    sites: dict[str, int] = field(default_factory=dict)
    places: dict[str, int] = field(default_factory=dict)
    persons: dict[str, int] = field(default_factory=dict)
    suppliers: dict[str, int] = field(default_factory=dict)
    liaisons: dict[str, str] = field(default_factory=dict)
    makers: list[int] = field(default_factory=list[int])


class SampleDataService:
    """Writes the sample hospital and its history in one transaction; the work of the last days follows act by act.

    On the embedded file all of it happens in a file beside, which is taken over in one transaction: cut off in the
    middle, the database is as empty as before. On PostgreSQL the history is whole or absent, and what is cut off
    afterwards is marked (``is_unfinished``), so that the next start can say so.
    """

    def __init__(self, database: Database) -> None:
        self._database = database

    def fill(self, seed: int = DEFAULT_SEED) -> Changes:
        """Raises NotEmptyError where somebody could already sign in. Takes some seconds."""
        if not is_empty(self._database):
            raise NotEmptyError
        if self._database.path is None:
            _fill(self._database, seed)
            return frozenset(Topic)
        with filled_beside(self._database) as beside:
            _fill(beside, seed)
        return frozenset(Topic)


def is_unfinished(database: Database) -> bool:
    """Whether a sample was cut off after its history: the work of the last days is missing in part."""
    with database.reading() as session:
        return session.execute(text("SELECT loaded_by FROM schema_info")).scalar_one() == UNFINISHED


def _fill(database: Database, seed: int) -> None:
    told = hospital_file()
    with database.writing(None) as session:
        if session.scalar(select(Person.id).limit(1)) is not None:
            raise NotEmptyError
        session.execute(text("UPDATE schema_info SET loading = true, loaded_by = :by"), {"by": UNFINISHED})
        filler = _Filler(session, database, told)
        filler.write_places()
        filler.write_persons()
        filler.write_firms()
        items = filler.write_products()
        ids = Ids(filler.ids.places, filler.ids.persons, filler.ids.suppliers, filler.ids.liaisons)
        History(session, database.clock(), seed, ids).write(items)
        write_originals(session, ids.persons[STORES["ZXK"]])
        session.execute(text("UPDATE schema_info SET loading = false"))
    SampleWork(Scene(database, ids, seed, told)).do()
    with database.writing(None) as session:
        session.execute(text("UPDATE schema_info SET loaded_by = :by"), {"by": FINISHED})


class _Filler:
    def __init__(self, session: Session, database: Database, told: dict[str, Any]) -> None:
        self._session, self._now, self._told = session, database.clock(), told
        self.ids = _Keys()

    def _add(self, row: Any) -> int:
        self._session.add(row)
        self._session.flush()
        return row.id

    def write_places(self) -> None:
        regions = {region["code"]: self._add(Region(**region)) for region in self._told["regions"]}
        for site in self._told["sites"]:
            values = {key: site[key] for key in ("code", "name_zh", "name_en", "time_zone")}
            self.ids.sites[site["code"]] = self._add(Site(region_id=regions[site["region"]], **values))
        for site, stores in self._told["stores"].items():
            for code, zh, en in stores:
                self._place(site, LocationKind.STORE, code, zh, en)
        for site, (code, zh, en) in self._told["quarantines"].items():
            self._place(site, LocationKind.QUARANTINE, code, zh, en)
        for site, wards in self._told["wards"].items():
            for code, zh, en, keeps in wards:
                self._place(site, LocationKind.DEPARTMENT, code, zh, en, keeps)

    def _place(self, site: str, kind: LocationKind, code: str, zh: str, en: str, keeps: bool = True) -> None:
        self.ids.places[code] = self._add(
            Location(
                site_id=self.ids.sites[site],
                kind=kind,
                code=code,
                name_zh=zh,
                name_en=en,
                keeps_stock=keeps,
                is_active=True,
                phone=f"8{120 + len(self.ids.places)}",
            )
        )

    def write_persons(self) -> None:
        # One hash for all: deriving fifty would take longer than the whole history, and the password is public.
        self._hash = hash_password(self._told["password"])
        told = self._told["persons"]
        for login, zh, en, roles, place in told["staff"]:
            self._person(login, zh, en, [Role(role) for role in roles], place)
        wards = [ward[0] for wards in self._told["wards"].values() for ward in wards]
        for (login, zh, en), ward in zip(told["liaisons"], wards, strict=True):
            self._person(login, zh, en, [Role.DEPT_LIAISON], ward)
            self.ids.liaisons[ward] = login
        for login, zh, en, ward in told["heads"]:
            self._person(login, zh, en, [Role.DEPT_HEAD], ward)

    def _person(self, login: str, zh: str, en: str, roles: list[Role], place: str) -> None:
        person = Person(
            login=login,
            name_zh=zh,
            name_en=en,
            password_hash=self._hash,
            is_active=True,
            failed_tries=0,
            location_id=self.ids.places[place],
            created_at=self._now,
        )
        self.ids.persons[login] = self._add(person)
        for role in roles:
            self._add(PersonRole(person_id=person.id, role=role, granted_by=None, granted_at=self._now))

    def write_firms(self) -> None:
        self.ids.makers = [self._add(Manufacturer(**maker)) for maker in self._told["makers"]]
        for number, supplier in enumerate(self._told["suppliers"], start=1):
            self.ids.suppliers[supplier["code"]] = self._add(
                Supplier(
                    code=supplier["code"],
                    name_zh=supplier["name_zh"],
                    name_en=supplier["name_en"],
                    licence_no=supplier["licence"],
                    licence_valid_from=(self._now + timedelta(days=supplier["licence_days"] - LICENCE_DAYS)).date(),
                    licence_valid_until=(self._now + timedelta(days=supplier["licence_days"])).date(),
                    licence_scope="II,III",
                    address=f"样例市物流大道 {number} 号",
                    phone=f"0000-555000{number}",
                    is_active=True,
                )
            )

    def write_products(self) -> list[Item]:
        items: list[Item] = []
        families: list[dict[str, Any]] = self._told["families"]
        for number, family in enumerate(families, start=1):
            certificate = self._add(_certificate(family, number, self.ids.makers[int(family["maker"])], self._now.year))
            for ref, spec in family["variants"]:
                items.append(self._product(family, certificate, ref, spec, len(items) + 1))
        return items

    def _product(self, family: dict[str, Any], certificate: int, ref: str, spec: str, number: int) -> Item:
        product = Product(
            code=f"HC{number:04d}",
            name_zh=family["name_zh"],
            name_en=family["name_en"],
            spec=spec,
            ref=ref,
            product_class=ProductClass(family["class"]),
            category_code=family["category"],
            certificate_id=certificate,
            base_unit_zh="件",
            base_unit_en="pc",
            is_implant=family.get("implant", False),
            is_contract_made="contract_maker" in family,
            contract_maker=family.get("contract_maker", ""),
            needs_lot=family.get("lot", True),
            needs_serial=family.get("serial", False),
            needs_expiry=family.get("expiry", True),
            needs_production=family.get("production", False),
            storage="常温干燥",
            is_active=True,
        )
        self._add(product)
        levels: list[tuple[int, str, str, int]] = [(0, "件", "pc", 1)]
        if family["carton"] > 1:
            levels.append((1, "箱", "carton", family["carton"]))
        for level, zh, en, units in levels:
            packaging = self._add(
                PackagingLevel(product_id=product.id, level=level, name_zh=zh, name_en=en, units=units)
            )
            self._add(
                DeviceIdentifier(
                    product_id=product.id, packaging_level_id=packaging, agency="gs1", di=sample_gtin(number, level)
                )
            )
            if level == 0:
                self._other_labels(product, packaging)
        return Item(product, family["carton"], family["use"])

    def _other_labels(self, product: Product, packaging: int) -> None:
        for told in self._told["identifiers"]:
            if told["ref"] == product.ref:
                self._add(
                    DeviceIdentifier(
                        product_id=product.id, packaging_level_id=packaging, agency=told["agency"], di=told["di"]
                    )
                )


def _certificate(family: dict[str, Any], number: int, maker: int, year: int) -> Certificate:
    """Numbers by 医疗器械注册与备案管理办法 arts. 115 and 116; class I is filed and does not lapse."""
    if family["class"] == "I":
        return Certificate(number=f"苏械备{year - 2}{number:04d}", manufacturer_id=maker, valid_until=None)
    authority, digit = ("国", "3") if family["class"] == "III" else ("苏", "2")
    return Certificate(
        number=f"{authority}械注准{year - 3}{digit}{family['category'][:2]}{number:04d}",
        manufacturer_id=maker,
        valid_until=date(year + 1 + number % 2, 1 + number % 12, 28),
    )
