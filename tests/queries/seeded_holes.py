"""A thousand batches with holes in their masters, and independently of the program: which holes those are."""

import random
import uuid
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta

from sqlalchemy import update

from app.core.lots import lot_key
from app.core.permissions import Role
from app.core.statuses.requisition import AttachmentKind
from app.core.statuses.stock import DeliveryState, ExpiryPrecision, Inspection, MovementKind, ProductClass, StockState
from app.models.catalogue import Manufacturer, Supplier
from app.models.stock import Batch, Delivery
from app.models.supplements import Attachment
from app.services.posting import Line, Operation, Shelf, post
from tests.builders import Hospital

LONG_AGO = date(2020, 1, 1)
EXPIRY, MADE = date(2098, 1, 1), date(2025, 6, 1)

# Each variant as the builder takes it, and what every batch of it lacks.
PRODUCTS: dict[str, tuple[dict, set[str]]] = {
    "WHOLE": ({}, set()),
    "SPEC": ({"spec": " "}, {"spec"}),
    "REF": ({"ref": ""}, {"ref"}),
    "UNTIL": ({"certificate_until": None}, {"certificate_until"}),
    "LAPSED": ({"certificate_until": LONG_AGO}, {"certificate_stood"}),
    "FORM": ({"certificate": "ABC-1"}, {"certificate_no"}),
    "OTHER": ({"certificate": "国械注准20232030001"}, {"certificate_no"}),
    "NODI": ({"di": ""}, {"device"}),
    "FIRST": (
        {"product_class": ProductClass.I, "certificate": "京械备20230001", "certificate_until": None, "di": ""}, set(),
    ),
    "MADE": ({"needs_production": True}, set()),
    "IMPLANT": ({"is_implant": True}, set()),
    "CONTRACT": ({"is_contract_made": True, "contract_maker": "测试受托厂"}, set()),
    "NOMAKER": ({"is_contract_made": True, "contract_maker": " "}, {"contract_maker"}),
    "SECOND": ({"product_class": ProductClass.II, "certificate": "京械注准20232140001"}, set()),
}  # fmt: skip
SUPPLIERS: dict[str, tuple[dict, set[str]]] = {
    "whole": ({}, set()),
    "nowhere": ({"address": ""}, {"supplier_address"}),
    "silent": ({"phone": " "}, {"supplier_phone"}),
    "unlicensed": ({"licence_no": ""}, {"licence_no"}),
    "lapsed": ({"licence_valid_until": LONG_AGO}, {"licence_valid"}),
    "early": ({"licence_valid_from": EXPIRY}, {"licence_valid"}),
    "narrow": ({"licence_scope": "III"}, {"licence_scope"}),
}
OWN = ("lot", "production", "expiry", "inspected", "note_no", "documents", "accounted", "use", "receipt", "original")


@dataclass
class Holes:
    """``expected`` by batch id; ``hospital`` has the rest."""

    hospital: Hospital
    seed: int
    expected: dict[int, set[str]] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self._random = random.Random(self.seed)
        self._clock = self.hospital.database.clock
        self.hospital.also("keeper", Role.DEPT_LIAISON)  # uses goods where they lie
        for number, (code, (values, _)) in enumerate(PRODUCTS.items()):
            self.hospital.product(code, **({"di": f"0699999900{number:04d}"} | values))
        with self.hospital.database.writing(None) as session:
            for code, (values, _) in SUPPLIERS.items():
                supplier = Supplier(
                    **{
                        "code": code, "name_zh": f"{code}测试供应", "name_en": code, "licence_no": "京测械经营备1",
                        "licence_valid_until": date(2099, 1, 1), "licence_scope": "II,III",
                        "address": "测试路1号", "phone": "010-0000", "is_active": True,
                    }
                    | values
                )  # fmt: skip
                session.add(supplier)
                session.flush()
                self.hospital.suppliers[code] = supplier.id

    def nobody_registers(self, code: str) -> None:
        """The registrant of a product loses its name."""
        with self.hospital.database.writing(None) as session:
            session.execute(
                update(Manufacturer).where(Manufacturer.name_en == f"{code} Test Devices").values(name_zh="")
            )

    def make(self, count: int) -> None:
        """So many batches, received in one transaction."""
        now, hospital = self._clock(), self.hospital
        made: list[tuple[Batch, set[str]]] = []
        with hospital.database.writing(hospital.persons["keeper"]) as session:
            for number in range(count):
                batch, holes = self._batch(number, now)
                session.add(batch)
                session.flush()
                if "note_no" in holes:
                    session.add(self._delivery(batch, now))
                if "receipt" not in holes:
                    self._post(session, "keeper", MovementKind.RECEIPT, batch, 10, None, StockState.IN_STOCK)
                made.append((batch, holes))
            session.flush()
            session.expunge_all()
        self._inspect([batch for batch, holes in made if {"use", "accounted", "original"} & holes])
        self._attach([(batch, holes) for batch, holes in made if {"original", "inspected"} & holes])
        for batch, holes in made:
            self._disturb(batch, holes)
            self.expected[batch.id] = self._told(holes, batch)

    def _batch(self, number: int, now: datetime) -> tuple[Batch, set[str]]:
        code = self._random.choice(list(PRODUCTS))
        supplier = self._random.choice(["whole"] * 6 + list(SUPPLIERS))
        holes = set(self._random.sample(OWN, self._random.choice([0, 0, 0, 0, 1, 1, 2])))
        if holes & {"receipt", "inspected"}:
            holes -= {"use", "accounted", "documents"}
        if {"receipt", "inspected"} & holes:
            holes -= {"original"}
        if "receipt" in holes:
            holes -= {"inspected"}
        lot = f"L{number:05d}"
        batch = Batch(
            product_id=self.hospital.products[code],
            lot_no="不详" if "lot" in holes else lot,
            lot_key=f"?{lot}" if "lot" in holes else lot_key(lot),
            is_lot_unknown="lot" in holes,
            production_on=None if "production" in holes else MADE,
            expiry_on=None if "expiry" in holes else EXPIRY,
            expiry_precision=None if "expiry" in holes else ExpiryPrecision.DAY,
            supplier_id=self.hospital.suppliers[supplier],
            receipt_no=f"RK-{number:06d}",
            inspection=Inspection.PENDING,
            received_at=now - timedelta(days=9) if {"inspected", "original"} & holes else now,
        )
        return batch, holes | {f"product:{code}", f"supplier:{supplier}"}

    def _told(self, holes: set[str], batch: Batch) -> set[str]:
        """What the law's list asks of such a product, said once more by hand."""
        code = next(hole for hole in holes if hole.startswith("product:")).removeprefix("product:")
        supplier = next(hole for hole in holes if hole.startswith("supplier:")).removeprefix("supplier:")
        told = {hole for hole in holes if ":" not in hole} | PRODUCTS[code][1] | SUPPLIERS[supplier][1]
        if code != "MADE":
            told -= {"production"}
        if code == "FIRST":
            told -= {"licence_valid"}
        if code in {"FIRST", "SECOND"}:
            told -= {"original"}
        if code != "SECOND":
            told -= {"licence_scope"}
        if "use" in told:
            told -= {"use"}
            if code not in {"FIRST", "SECOND"}:
                told |= {"patient_implant" if code == "IMPLANT" else "patient"}
        if code == "LAPSED" and batch.production_on is None:
            told |= {"certificate_stood"}
        return told

    def _delivery(self, batch: Batch, now: datetime) -> Delivery:
        return Delivery(
            number=f"DN-{batch.receipt_no}", supplier_id=batch.supplier_id, location_id=self.hospital.places["store"],
            order_no="", note_no="", waybill="", temperature_tenths=None, state=DeliveryState.POSTED.value,
            receipt_no=batch.receipt_no, created_by=self.hospital.persons["keeper"], created_at=now, posted_at=now,
        )  # fmt: skip

    def _inspect(self, batches: list[Batch]) -> None:
        signed = {batch.id: uuid.uuid4().hex for batch in batches}
        for op_id in signed.values():
            self.hospital.sign("inspector", op_id, "inspection_release")
        with self.hospital.database.writing(self.hospital.persons["inspector"]) as session:
            for batch in batches:
                self._post(
                    session, "inspector", MovementKind.INSPECTION, batch, 10, StockState.IN_STOCK, StockState.IN_STOCK,
                    outcome=Inspection.RELEASED, op_id=signed[batch.id],
                )  # fmt: skip

    def _attach(self, made: list[tuple[Batch, set[str]]]) -> None:
        """Whoever lacks an original has a photo, which is none."""
        with self.hospital.database.writing(self.hospital.persons["keeper"]) as session:
            for batch, holes in made:
                kind = AttachmentKind.PHOTO if "original" in holes else AttachmentKind.INVOICE
                session.add(
                    Attachment(
                        batch_id=batch.id, kind=kind, name="发票.pdf", media_type="application/pdf", size=5,
                        content=b"%PDF-", content_hash="-", added_by=self.hospital.persons["keeper"],
                        added_at=self._clock(),
                    )
                )  # fmt: skip

    def _disturb(self, batch: Batch, holes: set[str]) -> None:
        if not holes & {"use", "accounted", "documents"}:
            return
        op_id = uuid.uuid4().hex
        if "accounted" in holes:
            self.hospital.sign("boss", op_id)
        with self.hospital.database.writing(self.hospital.persons["keeper"]) as session:
            if "use" in holes:
                self._post(session, "keeper", MovementKind.USE, batch, 1, StockState.IN_STOCK, StockState.USED)
            if "documents" in holes:
                self._post(
                    session, "keeper", MovementKind.QUARANTINE, batch, 1, StockState.IN_STOCK, StockState.QUARANTINED,
                    document="",
                )  # fmt: skip
            if "accounted" in holes:
                self._post(
                    session, "keeper", MovementKind.STOCK_LOSS, batch, 1, StockState.IN_STOCK, StockState.UNACCOUNTED,
                    op_id=op_id, second="boss", reason="盘亏测试",
                )  # fmt: skip

    def _post(
        self, session, by: str, kind: MovementKind, batch: Batch, quantity: int, source: StockState | None,
        target: StockState, *, outcome=None, document="T-1", op_id="", second=None, reason="",
    ) -> None:  # fmt: skip
        persons, store = self.hospital.persons, self.hospital.places["store"]
        act = Operation(
            op_id or uuid.uuid4().hex, persons[by], self._clock(), persons[second] if second else None, reason
        )
        line = Line(
            kind, batch.id, quantity, Shelf(store, source) if source else None, Shelf(store, target), document,
            outcome=outcome,
        )  # fmt: skip
        post(session, self._clock, act, [line])
