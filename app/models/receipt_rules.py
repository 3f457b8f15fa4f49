"""Whether a line of a delivery may be taken into stock: pure rules over plain facts.

Sources: 医疗器械监督管理条例 (State Council order 739) art. 45 (licences and certificates are checked at purchase; what
the record holds) and art. 55 (nothing expired or unregistered is used); the table "movements and locks".
"""

import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from app.core.certificates import fits_class, read_certificate
from app.core.statuses.recall import RecallClass
from app.core.statuses.receipt import LineElement, LineWarning
from app.core.statuses.stock import ExpiryPrecision, LineState, ProductClass
from app.core.storage_ranges import cold_range, has_arrived_cold
from app.models.receipt_errors import (
    AT_SCAN,
    OPEN_QUESTIONS,
    OVERRIDABLE,
    STOPS,
    CertificateEarlyError,
    CertificateLapsedError,
    CertificateMalformedError,
    CertificateMissingError,
    DatesReversedError,
    ElementMissingError,
    ExpiredError,
    FutureProductionError,
    HalfBarcodeError,
    HeldLotError,
    InactiveProductError,
    LicenceEarlyError,
    LicenceLapsedError,
    LicenceMissingError,
    LicenceScopeError,
    LineError,
    LotDatesDifferError,
    NotPositiveError,
    RecalledLotError,
    SerialInDraftError,
    SerialKnownError,
    SerialManyError,
    UnknownDeviceError,
)

NEAR_EXPIRY_DAYS = 185
"""Half a year: shorter-dated goods are taken, and said."""


@dataclass(frozen=True, slots=True)
class ProductFacts:
    """What the catalogue says of the product and its certificate."""

    product_class: ProductClass
    is_active: bool
    needs_lot: bool
    needs_serial: bool
    needs_expiry: bool
    needs_production: bool
    certificate_no: str
    certificate_valid_until: date | None
    certificate_valid_from: date | None = None
    storage: str = ""


@dataclass(frozen=True, slots=True)
class LicenceFacts:
    """What is on record of the supplier's licence; ``scope`` are the classes it covers, empty where nobody said."""

    number: str
    valid_until: date
    valid_from: date | None = None
    scope: frozenset[ProductClass] = frozenset()


@dataclass(frozen=True, slots=True)
class StopFacts:
    """A lock on the lot or its product, or the verdict of an open recall case; ``case`` is empty for a hold."""

    case: str
    recall_class: RecallClass | None
    reason: str
    case_id: int | None = None


@dataclass(frozen=True, slots=True)
class LineFacts:
    """Everything known about a line; ``today`` is the site's local date, ``elsewhere`` says where the serial is."""

    raw: str
    scan_problem: str
    di: str
    product: ProductFacts | None
    lot_no: str | None
    serial_no: str | None
    production_on: date | None
    expiry_on: date | None
    expiry_precision: ExpiryPrecision | None
    packages: int
    units: int
    typed: frozenset[str]
    is_overridden: bool
    today: date
    licence: LicenceFacts
    stops: tuple[StopFacts, ...] = ()
    serial_line: str = ""
    serial_receipt: str = ""
    same_lot_line: int | None = None
    lot_known_expiry: date | None = None
    candidates: int = 0
    doubtful: str = ""
    was_repaired: bool = False
    temperature_tenths: int | None = None
    like_locked: str = ""


@dataclass(frozen=True, slots=True)
class Judgement:
    """The state of a line, what decides it, the part it concerns, and what else is worth a look."""

    state: LineState
    problem: LineError | None = None
    element: LineElement | None = None
    warnings: tuple[LineWarning, ...] = ()


Finding = tuple[LineError, LineElement]


def judge(facts: LineFacts) -> Judgement:
    """The first finding decides; the order puts what endangers a patient before what merely lacks.

    With an override (two persons and a reason) the lock layers no longer decide, and everything else still does.
    """
    overruled = False
    for problem, element in _findings(facts):
        if facts.is_overridden and isinstance(problem, OVERRIDABLE):
            overruled = True
            continue
        return Judgement(_state_of(problem), problem, element, _warnings(facts))
    return Judgement(LineState.OVERRIDDEN if overruled else LineState.READY, warnings=_warnings(facts))


def _state_of(problem: LineError) -> LineState:
    if isinstance(problem, STOPS):
        return LineState.RECALL_STOP
    return LineState.INCOMPLETE if isinstance(problem, OPEN_QUESTIONS) else LineState.REFUSED


def _findings(facts: LineFacts) -> Iterator[Finding]:
    yield from _of_scan(facts)
    if facts.product is None:
        if facts.di:
            yield UnknownDeviceError(di=facts.di), LineElement.DEVICE
        else:
            yield HalfBarcodeError(), LineElement.DEVICE
        return
    yield from _of_locks(facts)
    yield from _of_dates(facts)
    yield from _of_serial(facts)
    yield from _of_papers(facts, facts.product)
    if facts.packages <= 0 or facts.units <= 0:
        yield NotPositiveError(quantity=facts.packages * facts.units), LineElement.QUANTITY
    yield from _of_missing(facts, facts.product)
    yield from _of_doubt(facts)


def _of_scan(facts: LineFacts) -> Iterator[Finding]:
    kind = AT_SCAN.get(facts.scan_problem)
    if kind is not None and facts.scan_problem != "receiving.unconfirmed":
        yield kind(raw=_shown(facts.raw), di=facts.di, count=facts.candidates), LineElement.DEVICE


def _of_doubt(facts: LineFacts) -> Iterator[Finding]:
    """Comes last: what the reading left open is asked only of a line that is otherwise sound."""
    kind = AT_SCAN.get(facts.scan_problem)
    if kind is not None and facts.scan_problem == "receiving.unconfirmed":
        yield kind(element=facts.doubtful), LineElement.DEVICE


def _of_locks(facts: LineFacts) -> Iterator[Finding]:
    for stop in facts.stops:
        lot = facts.lot_no or "—"
        if stop.case:
            yield (
                RecalledLotError(lot=lot, case=stop.case, recall_class=stop.recall_class or RecallClass.UNCLASSIFIED),
                LineElement.LOT,
            )
        else:
            yield HeldLotError(lot=lot, reason=stop.reason), LineElement.LOT
    if facts.expiry_on is not None and facts.expiry_on < facts.today:
        yield ExpiredError(expiry=facts.expiry_on, today=facts.today), LineElement.EXPIRY


def _of_dates(facts: LineFacts) -> Iterator[Finding]:
    made, expires = facts.production_on, facts.expiry_on
    if made is not None and expires is not None and expires < made:
        yield DatesReversedError(production=made, expiry=expires), LineElement.EXPIRY
    if made is not None and made > facts.today:
        yield FutureProductionError(production=made, today=facts.today), LineElement.PRODUCTION
    if facts.same_lot_line is not None:
        yield LotDatesDifferError(lot=facts.lot_no, line=facts.same_lot_line), LineElement.EXPIRY


def _of_serial(facts: LineFacts) -> Iterator[Finding]:
    if not facts.serial_no:
        return
    if facts.serial_line:
        yield SerialInDraftError(serial=facts.serial_no, where=facts.serial_line), LineElement.SERIAL
    if facts.serial_receipt:
        yield SerialKnownError(serial=facts.serial_no, receipt=facts.serial_receipt), LineElement.SERIAL
    if facts.product is not None and facts.product.needs_serial and facts.packages * facts.units > 1:
        yield (
            SerialManyError(serial=facts.serial_no, quantity=facts.packages * facts.units),
            LineElement.QUANTITY,
        )


def _of_papers(facts: LineFacts, product: ProductFacts) -> Iterator[Finding]:
    for problem in (*_of_certificate(facts, product), *_of_licence(facts, product)):
        yield problem, LineElement.DEVICE
    if not product.is_active:
        yield InactiveProductError(), LineElement.DEVICE


def _of_certificate(facts: LineFacts, product: ProductFacts) -> Iterator[LineError]:
    number, since = product.certificate_no, product.certificate_valid_from
    read = read_certificate(number)
    if not number.strip():
        yield CertificateMissingError(product_class=product.product_class)
    elif read is None or not fits_class(read, product.product_class):
        yield CertificateMalformedError(number=number, product_class=product.product_class)
    if since is not None and facts.today < since:
        yield CertificateEarlyError(number=number, since=since)
    if _has_lapsed(facts, product) and not _was_made_in_time(facts, product):
        yield CertificateLapsedError(number=number, until=product.certificate_valid_until)


def _of_licence(facts: LineFacts, product: ProductFacts) -> Iterator[LineError]:
    """Class I is traded without licence or filing; II takes a filing, III a licence (条例 art. 41, 42)."""
    licence, takes_one = facts.licence, product.product_class is not ProductClass.I
    if not licence.number.strip():
        if takes_one:
            yield LicenceMissingError(product_class=product.product_class)
        return
    if licence.valid_from is not None and facts.today < licence.valid_from:
        yield LicenceEarlyError(number=licence.number, since=licence.valid_from)
    if licence.valid_until < facts.today:
        yield LicenceLapsedError(number=licence.number, until=licence.valid_until)
    if takes_one and licence.scope and product.product_class not in licence.scope:
        scope = [each for each in ProductClass if each in licence.scope]
        yield LicenceScopeError(number=licence.number, scope=scope, product_class=product.product_class)


def _has_lapsed(facts: LineFacts, product: ProductFacts) -> bool:
    return product.certificate_valid_until is not None and product.certificate_valid_until < facts.today


def _was_made_in_time(facts: LineFacts, product: ProductFacts) -> bool:
    """Goods made while the registration stood may be used until they expire; the label must show when that was."""
    until = product.certificate_valid_until
    return facts.production_on is not None and until is not None and facts.production_on <= until


def _of_missing(facts: LineFacts, product: ProductFacts) -> Iterator[Finding]:
    missing = [element for element in LineElement if needs(product, element) and not has(facts, element)]
    if missing and facts.raw and not facts.typed and _says_only_the_device(facts):
        yield HalfBarcodeError(), missing[0]
    for element in missing:
        yield ElementMissingError(element=element), element


def _says_only_the_device(facts: LineFacts) -> bool:
    return not (facts.lot_no or facts.serial_no or facts.expiry_on or facts.production_on)


def needs(product: ProductFacts, element: LineElement) -> bool:
    """Whether the registration says that the label carries this part; device and quantity always."""
    return {
        LineElement.LOT: product.needs_lot,
        LineElement.SERIAL: product.needs_serial,
        LineElement.EXPIRY: product.needs_expiry,
        LineElement.PRODUCTION: product.needs_production,
    }.get(element, True)


def has(facts: LineFacts, element: LineElement) -> bool:
    """Whether the line has this part."""
    return {
        LineElement.DEVICE: facts.product is not None,
        LineElement.LOT: bool(facts.lot_no),
        LineElement.SERIAL: bool(facts.serial_no),
        LineElement.EXPIRY: facts.expiry_on is not None,
        LineElement.PRODUCTION: facts.production_on is not None,
        LineElement.QUANTITY: True,
    }[element]


def _warnings(facts: LineFacts) -> tuple[LineWarning, ...]:
    expires = facts.expiry_on
    days_left = (expires - facts.today).days if expires else NEAR_EXPIRY_DAYS + 1
    product = facts.product
    fits = has_arrived_cold(product.storage, facts.temperature_tenths) if product is not None else None
    told = {
        LineWarning.LOT_LIKE_LOCKED: bool(facts.like_locked) and not facts.stops,
        LineWarning.LOT_REWRITTEN: is_rewritten(facts.lot_no or "") or is_rewritten(facts.serial_no or ""),
        LineWarning.NEAR_EXPIRY: 0 <= days_left <= NEAR_EXPIRY_DAYS,
        LineWarning.MONTH_ONLY: facts.expiry_precision is ExpiryPrecision.MONTH,
        LineWarning.CERTIFICATE_OLD: product is not None and _has_lapsed(facts, product),
        LineWarning.LOT_OTHER_DATES: facts.lot_known_expiry is not None and facts.lot_known_expiry != expires,
        LineWarning.SCAN_REPAIRED: facts.was_repaired,
        LineWarning.TEMPERATURE_OUT: fits is False,
        LineWarning.TEMPERATURE_MISSING: facts.temperature_tenths is None and _is_cold(product),
    }
    return tuple(warning for warning, holds in told.items() if holds)


def _is_cold(product: ProductFacts | None) -> bool:
    return product is not None and cold_range(product.storage) is not None


def is_rewritten(lot: str) -> bool:
    """Whether the comparison key says something else than the eye sees: full-width letters, inner blanks."""
    return unicodedata.normalize("NFKC", lot) != lot or "".join(lot.split()) != lot


def _shown(raw: str) -> str:
    """A scan as it may stand in a sentence: control characters by name, at most 60 characters."""
    visible = "".join(letter if letter.isprintable() else "·" for letter in raw)
    return visible if len(visible) <= 60 else f"{visible[:59]}…"
