"""Small hospitals for tests: plainly invented persons, places, products and batches."""

import uuid
from dataclasses import dataclass, field
from datetime import date

from sqlalchemy import select
from sqlalchemy.orm import Session

from app.core.lots import lot_key
from app.core.permissions import Role
from app.core.shown import digest, shown_text
from app.core.statuses.recall import SIGNED_ACTS
from app.core.statuses.stock import (
    ExpiryPrecision,
    Inspection,
    LocationKind,
    MovementKind,
    ProductClass,
    StockState,
)
from app.models.catalogue import Certificate, DeviceIdentifier, Manufacturer, PackagingLevel, Product, Supplier
from app.models.database import Database
from app.models.persons import Person, PersonRole, Signature
from app.models.places import Location, Region, Site
from app.models.recalls import RecallCase
from app.models.stock import Batch, SerialUnit
from app.services.granting import said_role
from app.services.posting import Line, Operation, Shelf, post
from tests.copies import prepared

INSPECTED = {Inspection.RELEASED: "inspection_release", Inspection.REJECTED: "inspection_reject"}
USUALLY = {MovementKind.USE: "nurse", MovementKind.WARD_RETURN: "nurse", MovementKind.INSPECTION: "inspector"}


@dataclass
class Hospital:
    """Ids by name; ``database`` is real and its wall stands."""

    database: Database
    persons: dict[str, int] = field(default_factory=dict)
    places: dict[str, int] = field(default_factory=dict)
    products: dict[str, int] = field(default_factory=dict)
    suppliers: dict[str, int] = field(default_factory=dict)

    # persons ---------------------------------------------------------------
    def person(self, login: str, *roles: Role, place: str | None = None, password_hash: str = "-") -> int:
        clock = self.database.clock
        with self.database.writing(None) as session:
            person = Person(
                login=login,
                name_zh=f"测试{login}",
                name_en=login.title(),
                password_hash=password_hash,
                is_active=True,
                failed_tries=0,
                location_id=self.places.get(place or ""),
                created_at=clock(),
            )
            session.add(person)
            session.flush()
            self.persons[login] = person.id
            self._grant(session, login, *roles)
            return person.id

    def also(self, login: str, *roles: Role) -> None:
        """The person has these roles too."""
        with self.database.writing(None) as session:
            self._grant(session, login, *roles)

    def _grant(self, session: Session, login: str, *roles: Role) -> None:
        now = self.database.clock()
        session.add_all(
            PersonRole(person_id=self.persons[login], role=role, granted_by=None, granted_at=now) for role in roles
        )

    # products --------------------------------------------------------------
    def product(self, code: str, di: str = "", *, carton_di: str = "", carton: int = 20, **changes) -> int:
        with self.database.writing(None) as session:
            maker = Manufacturer(name_zh=f"{code}测试器械厂", name_en=f"{code} Test Devices")
            session.add(maker)
            session.flush()
            certificate = Certificate(
                number=changes.pop("certificate", f"国械注准2023303{len(self.products):04d}"),
                manufacturer_id=maker.id,
                valid_until=changes.pop("certificate_until", date(2099, 1, 1)),
            )
            session.add(certificate)
            session.flush()
            values = {
                "code": code,
                "name_zh": f"{code}导管",
                "name_en": f"{code} catheter",
                "spec": "7F × 20 cm",
                "ref": f"REF-{code}",
                "product_class": ProductClass.III,
                "category_code": "03-13",
                "certificate_id": certificate.id,
                "base_unit_zh": "件",
                "base_unit_en": "pc",
                "is_implant": False,
                "needs_lot": True,
                "needs_serial": False,
                "needs_expiry": True,
                "needs_production": False,
                "storage": "常温",
                "is_contract_made": False,
                "contract_maker": "",
                "is_active": True,
            } | changes
            product = Product(**values)
            session.add(product)
            session.flush()
            for level, name, name_en, units, its_di in ((0, "件", "pc", 1, di), (1, "箱", "carton", carton, carton_di)):
                packaging = PackagingLevel(
                    product_id=product.id, level=level, name_zh=name, name_en=name_en, units=units
                )
                session.add(packaging)
                session.flush()
                if its_di:
                    session.add(
                        DeviceIdentifier(
                            product_id=product.id, packaging_level_id=packaging.id, agency="gs1", di=its_di
                        )
                    )
            self.products[code] = product.id
            return product.id

    # stock -----------------------------------------------------------------
    def batch(
        self,
        product: str,
        lot: str,
        quantity: int = 100,
        *,
        place: str = "store",
        by: str = "keeper",
        expiry: date | None = date(2099, 12, 31),
        production: date | None = None,
        released_by: str | None = "inspector",
        serials: tuple[str, ...] = (),
        supplier: str = "supplier",
        receipt: str = "",
    ) -> int:
        """Received and, unless ``released_by`` is None, released; posted through the real door."""
        database, actor = self.database, self.persons[by]
        receipt = receipt or f"RK-{uuid.uuid4().hex[:10]}"
        with database.writing(actor) as session:
            batch = Batch(
                product_id=self.products[product],
                lot_no=lot,
                lot_key=lot_key(lot),
                is_lot_unknown=False,
                production_on=production,
                expiry_on=expiry,
                expiry_precision=ExpiryPrecision.DAY if expiry else None,
                supplier_id=self.suppliers[supplier],
                receipt_no=receipt,
                inspection=Inspection.PENDING,
                received_at=database.clock(),
            )
            session.add(batch)
            session.flush()
            target = Shelf(self.places[place], StockState.IN_STOCK)
            units = [self._unit(session, batch, serial) for serial in serials] or [None]
            lines = [
                Line(
                    MovementKind.RECEIPT, batch.id, 1 if unit else quantity, None, target, receipt, serial_unit_id=unit
                )
                for unit in units
            ]
            post(session, database.clock, self.act(by), lines)
            batch_id = batch.id
        if released_by:
            self.inspect(batch_id, len(serials) or quantity, released_by, place=place)
        return batch_id

    def _unit(self, session, batch: Batch, serial: str) -> int:
        unit = SerialUnit(
            product_id=batch.product_id,
            batch_id=batch.id,
            serial_no=serial,
            serial_key=lot_key(serial),
            last_movement_id=0,
        )
        session.add(unit)
        session.flush()
        return unit.id

    def inspect(
        self, batch_id: int, quantity: int, by: str, outcome: Inspection = Inspection.RELEASED, place: str = "store"
    ) -> None:
        shelf = Shelf(self.places[place], StockState.IN_STOCK)
        line = Line(MovementKind.INSPECTION, batch_id, quantity, shelf, shelf, "YS-1", outcome=outcome)
        operation = self.act(by)
        self.sign(by, operation.op_id, INSPECTED[outcome])
        with self.database.writing(self.persons[by]) as session:
            post(session, self.database.clock, operation, [line])

    def act(self, by: str, second: str | None = None, reason: str = "", op_id: str | None = None) -> Operation:
        return Operation(
            op_id=op_id or uuid.uuid4().hex,
            actor_id=self.persons[by],
            acted_at=self.database.clock(),
            second_person_id=self.persons[second] if second else None,
            reason=reason,
        )

    def sign(self, by: str, op_id: str, meaning: str = "second") -> None:
        """What ends or begins a recall is signed over every case there is, a grant over every person."""
        with self.database.writing(self.persons[by]) as session:
            content = shown_text(meaning, everything_there(session, meaning))
            session.add(
                Signature(
                    op_id=op_id,
                    person_id=self.persons[by],
                    meaning=meaning,
                    content=content,
                    content_hash=digest(content),
                    reason="",
                    signed_at=self.database.clock(),
                )
            )

    def move(
        self,
        kind: MovementKind,
        batch_id: int,
        quantity: int,
        source: tuple[str, StockState] | None,
        target: tuple[str, StockState] | None,
        *,
        by: str | None = None,
        second: str | None = None,
        reason: str = "",
        **more,
    ) -> int:
        """One movement through the door, by whose work it is; with ``second`` signed by that person first."""
        operation = self.act(by or USUALLY.get(kind, "keeper"), second, reason)
        if second:
            self.sign(second, operation.op_id)
        shelves = [Shelf(self.places[end[0]], end[1]) if end else None for end in (source, target)]
        line = Line(kind, batch_id, quantity, shelves[0], shelves[1], "T-1", **more)
        with self.database.writing(operation.actor_id) as session:
            return post(session, self.database.clock, operation, [line])[0]


def everything_there(session: Session, meaning: str, scope: str = "") -> list[tuple[str, str]]:
    """Facts over which a signature with this meaning is good for every case, or for every role of every person."""
    if meaning == "grant_roles":
        held = session.execute(select(PersonRole.role, PersonRole.scope).distinct()).all()
        wanted = {(role, where) for role in Role for where in ("", scope)}
        said = [("before", one) for one in held] + [("granted", one) for one in wanted]
        logins = session.scalars(select(Person.login))
        return [*(("login", one) for one in logins), *((when, said_role(*one) + " all") for when, one in said)]
    if meaning not in SIGNED_ACTS.values():
        return []
    receipts = session.scalars(select(Batch.receipt_no)) if meaning == "exclude_batch" else ()
    return [
        *(("case", one) for one in session.scalars(select(RecallCase.number))),
        *(("receipt", one) for one in receipts),
    ]


def signed(database: Database, person_id: int, meaning: str, *logins: str, scope: str = "") -> str:
    """An operation that this person has signed; a grant over every person, and those of ``logins`` who are to come.

    ``scope`` is where a granted role holds, besides everywhere.
    """
    op_id = uuid.uuid4().hex
    with database.writing(person_id) as session:
        content = shown_text(meaning, [*everything_there(session, meaning, scope), *(("login", one) for one in logins)])
        session.add(
            Signature(
                op_id=op_id,
                person_id=person_id,
                meaning=meaning,
                content=content,
                content_hash=digest(content),
                reason="",
                signed_at=database.clock(),
            )
        )
    return op_id


def small_hospital(database: Database, *, time_zone: str = "Asia/Shanghai") -> Hospital:
    """One site with a store, a second store, a quarantine area, two wards; eight persons; one supplier, one product."""

    def lay_out(database: Database) -> Hospital:
        with database.writing(None) as session:
            return _laid_out(session, Hospital(database), time_zone)

    return prepared(database, f"small hospital {time_zone}", lay_out)


def _laid_out(session: Session, hospital: Hospital, time_zone: str) -> Hospital:
    region = Region(code="R1", name_zh="测试省", name_en="Test Province")
    session.add(region)
    session.flush()
    site = Site(region_id=region.id, code="MAIN", name_zh="主院区", name_en="Main", time_zone=time_zone)
    session.add(site)
    session.flush()
    for code, kind, zh, en, keeps in (
        ("store", LocationKind.STORE, "中心库", "Central store", True),
        ("store2", LocationKind.STORE, "二号库", "Second store", True),
        ("quarantine", LocationKind.QUARANTINE, "隔离区", "Quarantine area", True),
        ("icu", LocationKind.DEPARTMENT, "重症医学科", "ICU", True),
        ("clinic", LocationKind.DEPARTMENT, "门诊", "Clinic", False),
    ):
        location = Location(
            site_id=site.id,
            kind=kind,
            code=code,
            name_zh=zh,
            name_en=en,
            keeps_stock=keeps,
            is_active=True,
            phone="8000",
        )
        session.add(location)
        session.flush()
        hospital.places[code] = location.id
    supplier = Supplier(
        code="S1",
        name_zh="测试供应商",
        name_en="Test Supplier",
        licence_no="TEST-0001",
        licence_valid_until=date(2099, 1, 1),
        licence_scope="II,III",
        address="测试路 1 号",
        phone="000",
        is_active=True,
    )
    session.add(supplier)
    session.flush()
    hospital.suppliers["supplier"] = supplier.id
    for login, role, place in (
        ("keeper", Role.STOREKEEPER, "store"),
        ("keeper2", Role.STOREKEEPER, "store"),
        ("inspector", Role.QUALITY_INSPECTOR, "store"),
        ("nurse", Role.DEPT_LIAISON, "icu"),
        ("head", Role.DEPT_HEAD, "icu"),
        ("coordinator", Role.RECALL_COORDINATOR, None),
        ("boss", Role.EXECUTIVE, None),
        ("auditor", Role.AUDITOR, None),
    ):
        hospital.person(login, role, place=place)
    hospital.product("CVC", "06999999012016", carton_di="16999999012013")
    return hospital
