"""What the tests of the stock's life share: a hospital with its services, actors, scans and signatures."""

import uuid
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, timedelta

from sqlalchemy import select, update

from app.core.actor import Actor
from app.core.statuses.recall import CaseKind, CaseState, RecallClass, Treatment
from app.core.statuses.stock import Inspection, MovementKind, StockState
from app.models.catalogue import DeviceIdentifier, PackagingLevel, Product
from app.models.database import Database
from app.models.locks import LotLock
from app.models.proof import SchemaInfo
from app.models.recalls import RecallCase
from app.models.stock import Batch, Movement
from app.services.correcting import CorrectingService
from app.services.holding import HoldingService, Lot
from app.services.issuing import IssuingService
from app.services.picking import Wanted
from app.services.posting import Line, Shelf, post
from app.services.quarantining import QuarantiningService
from app.services.signing_in import actor_of
from app.services.ward import WardService
from app.udi.reader import read
from tests.builders import Hospital, small_hospital
from tests.copies import prepared


def gtin(thirteen: str) -> str:
    """Thirteen digits and their check digit (GS1 General Specifications, 7.9)."""
    total = sum(int(digit) * (3 if place % 2 == 0 else 1) for place, digit in enumerate(thirteen))
    return thirteen + str(-total % 10)


DI = gtin("0699999991201")
GOOD_UNTIL = date(2049, 12, 31)
"""As GS1 reads 491231."""


@dataclass
class StockLife:
    """``house`` is the hospital; every act of the services in one call."""

    database: Database
    house: Hospital
    issuing: IssuingService = field(init=False)
    ward: WardService = field(init=False)
    quarantining: QuarantiningService = field(init=False)
    correcting: CorrectingService = field(init=False)
    holding: HoldingService = field(init=False)

    def __post_init__(self) -> None:
        self.issuing = IssuingService(self.database)
        self.ward = WardService(self.database)
        self.quarantining = QuarantiningService(self.database)
        self.correcting = CorrectingService(self.database)
        self.holding = HoldingService(self.database)

    def actor(self, login: str) -> Actor:
        with self.database.reading() as session:
            return actor_of(session, self.house.persons[login])

    def movements(self, document_no: str) -> list[int]:
        """The ids of a document's lines, in their order."""
        with self.database.reading() as session:
            lines = select(Movement.id).where(Movement.document_no == document_no).order_by(Movement.line_no)
            return list(session.scalars(lines))

    def wanted(self, lot: str | None, quantity: int = 1, product: str = "CVC", **more) -> Wanted:
        return Wanted(self.house.products[product], lot, quantity, **more)

    def issue(self, lot: str | None, quantity: int, to: str = "icu", product: str = "CVC", reason: str = "", **more):
        return self.issuing.issue(
            actor=self.actor("keeper"),
            op_id=uuid.uuid4().hex,
            store_id=self.house.places["store"],
            department_id=self.house.places[to],
            lines=[self.wanted(lot, quantity, product, **more)],
            reason=reason,
        )

    def use(self, lot: str | None, quantity: int = 1, at: str = "icu", *, second: str | None = None, **more):
        op_id = uuid.uuid4().hex
        if second:
            self.house.sign(second, op_id)
        product = more.pop("product", "CVC")
        wanted = self.wanted(lot, quantity, product, serial=more.pop("serial", None))
        return self.ward.use(
            actor=self.actor("nurse"),
            op_id=op_id,
            place_id=self.house.places[at],
            wanted=wanted,
            visit_no=more.pop("visit_no", "ZY20261234471"),
            second=self.actor(second) if second else None,
            **more,
        )

    def hold(self, lot: str | None, by: str = "keeper", product: str = "CVC", reason: str = "外包装破损"):
        return self.holding.hold(actor=self.actor(by), lots=[Lot(self.house.products[product], lot)], reason=reason)

    def lift(self, lock_id: int, by: str = "keeper", second: str = "inspector", reason: str = "复检合格"):
        op_id = uuid.uuid4().hex
        self.house.sign(second, op_id)
        return self.holding.lift(
            actor=self.actor(by), op_id=op_id, second=self.actor(second), lock_id=lock_id, reason=reason
        )

    def recall(self, lot: str | None, product: str = "CVC", number: str = "RC-2026-0017") -> int:
        """An approved, active case and its lock, straight into the tables."""
        people, now = self.house.persons, self.database.clock()
        with self.database.writing(people["coordinator"]) as session:
            case = RecallCase(
                number=number,
                kind=CaseKind.VOLUNTARY,
                recall_class=RecallClass.I,
                treatment=Treatment.RETRIEVE,
                title="测试召回",
                manufacturer="测试器械厂",
                hazard="涂层可能脱落",
                notice_text="测试通知",
                notice_hash="-",
                notice_received_at=now,
                state=CaseState.REGISTERED,
                registered_by=people["coordinator"],
                registered_at=now,
                version=1,
            )
            for column in RecallCase.__table__.columns:
                if not column.nullable and not column.primary_key and getattr(case, column.name) is None:
                    setattr(case, column.name, column.type.python_type())
            session.add(case)
            session.flush()
            case_id = case.id
        self._step(case_id, "coordinator", state=CaseState.ASSESSING)
        self.house.sign("boss", uuid.uuid4().hex, "approve_recall")
        self._step(case_id, "boss", approved_by=people["boss"], approved_at=now)
        self._step(case_id, "coordinator", state=CaseState.ACTIVE, launched_by=people["coordinator"], launched_at=now)
        with self.database.writing(people["coordinator"]) as session:
            product_row = session.scalars(select(Product).where(Product.code == product)).one()
            session.add(
                LotLock(
                    product_id=product_row.id,
                    lot_key=lot,
                    layer="recall_quarantine",
                    case_id=case_id,
                    reason="涂层可能脱落",
                    locked_by=people["coordinator"],
                    locked_at=now,
                )
            )
        return case_id

    def _step(self, case_id: int, by: str, **values) -> None:
        with self.database.writing(self.house.persons[by]) as session:
            case = session.get_one(RecallCase, case_id)
            for name, value in values.items():
                setattr(case, name, value)

    def batch_without_lot(self, product: str, quantity: int = 10) -> int:
        """One receipt of a product that has no lots, released."""
        now, keeper = self.database.clock(), self.house.persons["keeper"]
        with self.database.writing(keeper) as session:
            batch = Batch(
                product_id=self.house.products[product],
                lot_no="unknown",
                lot_key="UNKNOWN",
                is_lot_unknown=True,
                supplier_id=self.house.suppliers["supplier"],
                receipt_no=f"RK-{uuid.uuid4().hex[:8]}",
                inspection=Inspection.PENDING,
                received_at=now,
            )
            session.add(batch)
            session.flush()
            shelf = Shelf(self.house.places["store"], StockState.IN_STOCK)
            line = Line(MovementKind.RECEIPT, batch.id, quantity, None, shelf, batch.receipt_no)
            post(session, self.database.clock, self.house.act("keeper"), [line])
            batch_id = batch.id
        self.house.inspect(batch_id, quantity, "inspector")
        return batch_id

    def expired_batch(self, lot: str, quantity: int = 100, **more) -> int:
        """Received while it was good: loaded as history, before anything moved; no clock of a server is turned."""
        self._loading(True)
        batch_id = self.house.batch("CVC", lot, quantity, expiry=datetime.now(UTC).date() - timedelta(days=3), **more)
        self._loading(False)
        return batch_id

    def _loading(self, is_loading: bool) -> None:
        with self.database.writing(None) as session:
            session.execute(update(SchemaInfo).values(loading=is_loading))

    def scan(self, raw: str, place: str = "icu"):
        return self.ward.may_i_use(read(raw), self.house.places[place])

    def later(self, **step) -> None:
        self.database.clock.advance(timedelta(**step))


def stock_life(database: Database) -> StockLife:
    """A small hospital with one product, whose device identifier a scanner can read, and nothing in stock."""
    return StockLife(database, prepared(database, "stock life", _with_a_readable_product))


def _with_a_readable_product(database: Database) -> Hospital:
    house = small_hospital(database)
    with database.writing(None) as session:
        product_id = house.products["CVC"]
        level = session.scalars(select(PackagingLevel).where(PackagingLevel.product_id == product_id)).first()
        session.add(DeviceIdentifier(product_id=product_id, packaging_level_id=level.id, agency="gs1", di=DI))
    return house


def gs1(lot: str | None = "A1", expiry: str | None = "491231", serial: str | None = None, di: str = DI) -> str:
    """What a scanner sends of a GS1 DataMatrix."""
    parts = [f"01{di}"]
    if expiry:
        parts.append(f"17{expiry}")
    if lot:
        parts.append(f"10{lot}")
    if serial:
        parts.append(f"\x1d21{serial}")
    return "]d2" + "".join(parts)
