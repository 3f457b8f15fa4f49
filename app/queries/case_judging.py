"""The judge of one case: what its notice says of a product or of a unit with a label, and how far that may be trusted.

A notice often names lots alone. Where neither the product nor its registrant is the one the notice speaks of, a lot
that agrees is a coincidence until a person has looked: the verdict is then softened to "needs information".
"""

from collections import defaultdict
from collections.abc import Collection, Iterator
from dataclasses import dataclass, replace
from datetime import date

from sqlalchemy import select
from sqlalchemy.orm import Session

from app.core.actor import Bilingual
from app.core.lots import lot_key
from app.core.statuses.stock import ExpiryPrecision
from app.core.statuses.verdict import Verdict
from app.models.catalogue import Certificate, DeviceIdentifier, Manufacturer, Product
from app.models.recalls import RecallCase
from app.notices.clauses import PRODUCT_KEYS, ClauseKey, NoticeReading
from app.notices.judging import Judge, Judgement, Reason, Unit

OTHER_MAKER = "other_maker"
PRODUCT_EVIDENCE = frozenset({*PRODUCT_KEYS, ClauseKey.CERTIFICATE})


@dataclass(frozen=True, slots=True)
class ProductUnit:
    """One product with what a notice can say of it: a unit without a label yet, its names and its makers."""

    id: int
    unit: Unit
    names: tuple[str, ...]
    makers: tuple[str, str]
    """Its registrant in Chinese and in English."""

    def with_label(
        self,
        *,
        lot: str | None,
        production_on: date | None = None,
        expiry_on: date | None = None,
        precision: ExpiryPrecision | None = None,
        serial: str | None = None,
    ) -> Unit:
        """A unit of this product with what its label says; ``lot`` None where it is unknown."""
        return replace(
            self.unit,
            lot=lot,
            serial=serial,
            mfg_date=production_on.isoformat() if production_on else None,
            expiry=expiry_text(expiry_on, precision),
        )


class CaseJudge:
    """One case's notice, prepared once for any number of units."""

    def __init__(self, case: RecallCase, reading: NoticeReading) -> None:
        self._judge = Judge(reading)
        of_products = tuple(clause for clause in reading.clauses if clause.key in PRODUCT_EVIDENCE)
        self._products = Judge(NoticeReading(of_products, True)) if of_products else None
        self._maker = lot_key(case.manufacturer)
        self._text = lot_key(f"{case.title} {case.notice_text}")

    def judge(self, product: ProductUnit, unit: Unit) -> Judgement:
        """The notice's word on a unit of the product. Never raises."""
        judgement = self._judge.judge(unit)
        if judgement.verdict is not Verdict.AFFECTED or self._is_meant(product, judgement):
            return judgement
        doubt = Reason(OTHER_MAKER, None, {"value": Bilingual(*product.makers)})
        return Judgement(Verdict.NEED_INFO, (*judgement.reasons, doubt))

    def names(self, product: ProductUnit) -> bool:
        """Whether the notice names the product by model, identifier or certificate, beyond doubt."""
        return self._products is not None and self._products.judge(product.unit).verdict is Verdict.AFFECTED

    def _is_meant(self, product: ProductUnit, judgement: Judgement) -> bool:
        if any(reason.values.get("key") in PRODUCT_EVIDENCE for reason in judgement.reasons):
            return True
        if any(lot_key(name) in self._text for name in product.names if name):
            return True
        makers = [lot_key(name) for name in product.makers if name]
        return not self._maker or any(self._maker in name or name in self._maker for name in makers)


def product_units(session: Session, product_ids: Collection[int] | None = None) -> Iterator[ProductUnit]:
    """The products of the catalogue, or these of them, in the order of their ids. Two statements."""
    identifiers: dict[int, list[str]] = defaultdict(list)
    of_products = select(DeviceIdentifier.product_id, DeviceIdentifier.di).order_by(DeviceIdentifier.id)
    if product_ids is not None:
        of_products = of_products.where(DeviceIdentifier.product_id.in_(product_ids))
    for product_id, di in session.execute(of_products):
        identifiers[product_id].append(di)
    statement = (
        select(
            Product.id, Product.ref, Product.spec, Product.name_zh, Product.name_en, Certificate.number,
            Manufacturer.name_zh, Manufacturer.name_en,
        )
        .join(Certificate, Certificate.id == Product.certificate_id)
        .join(Manufacturer, Manufacturer.id == Certificate.manufacturer_id)
        .order_by(Product.id)
    )  # fmt: skip
    if product_ids is not None:
        statement = statement.where(Product.id.in_(product_ids))
    for key, ref, spec, name, name_en, certificate, maker, maker_en in session.execute(statement):
        unit = Unit(ref=ref or None, model=spec or None, reg_no=certificate, dis=tuple(identifiers[key]))
        yield ProductUnit(key, unit, (name, name_en), (maker, maker_en))


def expiry_text(on: date | None, precision: ExpiryPrecision | None) -> str | None:
    """An expiry as a notice would print it: a month stays a month."""
    if on is None:
        return None
    return f"{on:%Y-%m}" if precision is ExpiryPrecision.MONTH else on.isoformat()
