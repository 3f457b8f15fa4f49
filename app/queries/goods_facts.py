"""What the database says about the products and lots of labels at the bay, asked in one journey.

Asked for every scan: the statements are built once and spoken to the driver itself (``app.models.direct``).
"""

from collections.abc import Iterable, Sequence
from datetime import date

from sqlalchemy import Integer, String, bindparam, exists, select
from sqlalchemy.orm import Session

from app.core.statuses.locks import LockLayer
from app.core.statuses.recall import OPEN_STATES, CaseKind
from app.core.statuses.verdict import Verdict
from app.models.catalogue import Certificate, Product
from app.models.direct import Direct, Question
from app.models.locks import LockLift, LotLock
from app.models.recalls import RecallCase, ScopeLine
from app.models.receipt_rules import ProductFacts, StopFacts
from app.models.stock import Batch

Stops = dict[tuple[int, str | None], tuple[StopFacts, ...]]
"""By product and lot key; None where the whole product is stopped."""

_RUNS = RecallCase.state.in_(OPEN_STATES), RecallCase.kind != CaseKind.DRILL
_PRODUCTS_ASKED = bindparam("products", expanding=True, type_=Integer)
_PRODUCTS = Direct(
    select(
        Product.id,
        Product.product_class,
        Product.is_active,
        Product.needs_lot,
        Product.needs_serial,
        Product.needs_expiry,
        Product.needs_production,
        Certificate.number,
        Certificate.valid_until,
        Certificate.valid_from,
        Product.storage,
    )
    .join(Certificate, Certificate.id == Product.certificate_id)
    .where(Product.id.in_(_PRODUCTS_ASKED))
)
_LOCKS = Direct(
    select(
        LotLock.product_id, LotLock.lot_key, RecallCase.number, RecallCase.recall_class, LotLock.reason,
        LotLock.case_id, LotLock.layer,
    )
    .outerjoin(RecallCase, RecallCase.id == LotLock.case_id)
    .where(LotLock.product_id.in_(_PRODUCTS_ASKED), ~exists().where(LockLift.lock_id == LotLock.id))
    .order_by(LotLock.layer.desc(), LotLock.id)
)  # fmt: skip
_IN_OPEN_SCOPE = Direct(
    select(Batch.product_id, Batch.lot_key, RecallCase.number, RecallCase.recall_class, RecallCase.id)
    .join(ScopeLine, ScopeLine.batch_id == Batch.id)
    .join(RecallCase, RecallCase.id == ScopeLine.case_id)
    .where(Batch.product_id.in_(_PRODUCTS_ASKED), ScopeLine.verdict.in_([Verdict.AFFECTED, Verdict.NEED_INFO]), *_RUNS)
    .order_by(RecallCase.id)
)
_EXPIRIES = Direct(
    select(Batch.product_id, Batch.lot_key, Batch.expiry_on)
    .where(
        Batch.product_id.in_(_PRODUCTS_ASKED),
        Batch.lot_key.in_(bindparam("lots", expanding=True, type_=String)),
        Batch.expiry_on.is_not(None),
    )
    .order_by(Batch.id)
)
_RUNNING = Direct(select(RecallCase.id).where(*_RUNS).limit(1))


class GoodsFacts:
    """What is known of some products and lots; answers stand once ``questions`` were asked ``together``."""

    def __init__(self, product_ids: Iterable[int], lots: Iterable[str]) -> None:
        self._ids, keys = sorted(product_ids), sorted(lots)
        self._running = _RUNNING.asking()
        self._products = _PRODUCTS.asking(products=self._ids)
        self._locks = _LOCKS.asking(products=self._ids)
        self._expiries = _EXPIRIES.asking(products=self._ids, lots=keys)
        dated = [self._expiries] if keys else []
        self.questions: Sequence[Question] = [self._running, self._products, self._locks, *dated] if self._ids else []

    @property
    def has_cases(self) -> bool:
        """Some recall runs that is no drill."""
        return bool(self._running.rows)

    def products(self) -> dict[int, ProductFacts]:
        return {row[0]: ProductFacts(*row[1:]) for row in self._products.rows}

    def lot_expiries(self) -> dict[tuple[int, str], date]:
        """By product and lot key, as the batch says that came last."""
        return {(product_id, key): expiry for product_id, key, expiry in self._expiries.rows}

    def stops(self, session: Session) -> Stops:
        """Standing locks, and lots in the scope of a case that is open but has not locked them yet."""
        found: Stops = {}
        for product_id, key, number, recall_class, reason, case_id, layer in self._locks.rows:
            case = number if layer == LockLayer.RECALL_QUARANTINE.value else None
            stop = StopFacts(case or "", recall_class if case else None, reason, case_id)
            found[product_id, key] = (*found.get((product_id, key), ()), stop)
        for product_id, key, *case in _IN_OPEN_SCOPE.rows(session, products=self._ids) if self.has_cases else ():
            found.setdefault((product_id, key), (StopFacts(case[0], case[1], "", case[2]),))
        return found
