"""A receiving bay for tests: a small hospital, its service, and labels made from their parts."""

import hashlib
import uuid
from datetime import UTC, date, datetime

from app.core.lots import lot_key
from app.core.statuses.recall import CaseKind, CaseState, RecallClass, Treatment
from app.models.catalogue import Certificate, Product, Supplier
from app.models.locks import LotLock
from app.models.recalls import RecallCase
from app.queries.deliveries import delivery_card
from app.queries.reader import Reader
from app.services.receiving import DeliveryHead, ReceivingService
from app.services.receiving_lines import Typed
from app.services.signing_in import SigningInService, actor_of, hash_password
from app.udi.building import gs1_element_string
from tests.copies import moved, prepared

BOX, CARTON, STENT, MASK = "06999999012016", "16999999012013", "06999990012022", "06999990012039"
PASSWORD = "Receiving-2026"


def label(di=BOX, lot=None, expiry=None, serial=None, production=None, count=None):
    parts = [("01", di)]
    parts += [("11", f"{production:%y%m%d}")] if production else []
    parts += [("17", f"{expiry:%y%m%d}")] if expiry else []
    parts += [("10", lot)] if lot else []
    parts += [("21", serial)] if serial else []
    parts += [("30", str(count))] if count is not None else []
    return "]d2" + gs1_element_string(parts)


class Bay:
    """One storekeeper at work on one delivery."""

    def __init__(self, database, hospital):
        def begin(database):
            self._stand_at(database, moved(hospital, hospital.database, database))
            self.hospital.product("STENT", STENT, needs_serial=True, needs_production=True)
            self.hospital.product("MASK", MASK, needs_lot=False, needs_expiry=False)
            return self.hospital, self.open()

        hospital, self.delivery_id = prepared(database, "bay", begin)
        self._stand_at(database, hospital)

    def _stand_at(self, database, hospital):
        self.database, self.hospital = database, hospital
        self.reader = Reader(database)
        self.service = ReceivingService(database, SigningInService(database))

    def actor(self, login="keeper"):
        with self.database.reading() as session:
            return actor_of(session, self.hospital.persons[login])

    def open(self, place="store"):
        head = DeliveryHead(self.hospital.suppliers["supplier"], "PO-1", "DN-1", "WB-1", 48)
        return self.service.open_delivery(
            actor=self.actor(), location_id=self.hospital.places[place], head=head
        ).delivery_id

    def card(self, delivery_id=None):
        return self.reader.fetch(delivery_card, delivery_id or self.delivery_id, self.database.clock())

    def scan(self, raw, delivery_id=None):
        """The line as it stands after the scan."""
        delivery_id = delivery_id or self.delivery_id
        outcome = self.service.take_scan(actor=self.actor(), delivery_id=delivery_id, raw=raw)
        return self.line(outcome.line_id, delivery_id)

    def line(self, line_id, delivery_id=None):
        return next(line for line in self.card(delivery_id).lines if line.id == line_id)

    def complete(self, line, **typed):
        self.service.complete(actor=self.actor(), delivery_id=self.delivery_id, line_id=line.id, typed=Typed(**typed))
        return self.line(line.id)

    def post(self, **more):
        return self.service.post(actor=self.actor(), delivery_id=self.delivery_id, op_id=uuid.uuid4().hex, **more)

    def override(self, line, login="inspector", reason="供应商约定收回", op_id=None):
        return self.service.override(
            actor=self.actor(),
            delivery_id=self.delivery_id,
            line_id=line.id,
            login=login,
            password=PASSWORD,
            reason=reason,
            op_id=op_id or uuid.uuid4().hex,
        )

    def give_password(self, login="inspector"):
        from sqlalchemy import update

        from app.models.persons import Person

        with self.database.writing(None) as session:
            session.execute(
                update(Person)
                .where(Person.id == self.hospital.persons[login])
                .values(password_hash=hash_password(PASSWORD))
            )

    def change(self, kind, row_id, **values):
        with self.database.writing(None) as session:
            row = session.get(kind, row_id)
            for name, value in values.items():
                setattr(row, name, value)

    def change_supplier(self, **values):
        self.change(Supplier, self.hospital.suppliers["supplier"], **values)

    def change_product(self, code="CVC", **values):
        self.change(Product, self.hospital.products[code], **values)

    def change_certificate(self, code="CVC", **values):
        with self.database.reading() as session:
            certificate_id = session.get(Product, self.hospital.products[code]).certificate_id
        self.change(Certificate, certificate_id, **values)

    def hold(self, lot, product="CVC", reason="包装破损待查"):
        self._lock("on_hold", lot, product, None, reason)

    def recall(self, lot, product="CVC"):
        """A recall that a second person approved and that has locked the lot; returns the case's number."""
        number, case_id = self._launched_case()
        self._lock("recall_quarantine", lot, product, case_id, "召回")
        return number

    def _lock(self, layer, lot, product, case_id, reason):
        by = self.hospital.persons["coordinator"]
        with self.database.writing(by) as session:
            session.add(
                LotLock(
                    product_id=self.hospital.products[product],
                    lot_key=lot_key(lot) if lot else None,
                    layer=layer,
                    case_id=case_id,
                    reason=reason,
                    locked_by=by,
                    locked_at=self.database.clock(),
                )
            )

    def registered_case(self, number="RC-2026-0017"):
        by, now = self.hospital.persons["coordinator"], self.database.clock()
        with self.database.writing(by) as session:
            case = RecallCase(
                number=number,
                kind=CaseKind.VOLUNTARY,
                recall_class=RecallClass.I,
                treatment=Treatment.RETRIEVE,
                title="测试召回",
                manufacturer="CVC测试器械厂",
                hazard="",
                notice_text="测试通知",
                notice_hash=hashlib.sha256("测试通知".encode()).hexdigest(),
                notice_received_at=now,
                state=CaseState.REGISTERED,
                registered_by=by,
                registered_at=now,
            )
            for column in RecallCase.__table__.columns:
                if not column.nullable and getattr(case, column.name) is None and column.name not in ("id", "version"):
                    setattr(case, column.name, column.type.python_type())
            session.add(case)
            session.flush()
            return case.id

    def _launched_case(self):
        case_id = self.registered_case()
        boss = self.hospital.persons["boss"]
        self.hospital.sign("boss", uuid.uuid4().hex, "approve_recall")
        with self.database.writing(boss) as session:
            case = session.get(RecallCase, case_id)
            case.move_to(CaseState.ASSESSING)
            case.approved_by, case.approved_at = boss, self.database.clock()
            session.flush()
            case.move_to(CaseState.ACTIVE)
            return case.number, case.id


def at(text):
    """A moment in UTC."""
    return datetime.fromisoformat(text).replace(tzinfo=UTC)


FAR = date(2040, 12, 31)
