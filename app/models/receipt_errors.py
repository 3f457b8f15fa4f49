"""What may be wrong with a line of a delivery, each with its own name; the words are at ``errors.receiving.…``."""

from app.core.errors import RuleError


class LineError(RuleError):
    """Something keeps a line of a delivery from being taken into stock; ``code`` is also kept with the line."""

    code = "receiving.line"


class UnreadableError(LineError):
    """The scan is no code of any agency; ``raw`` is what came."""

    code = "receiving.unreadable"


class SeveralCodesError(LineError):
    """The scanner read several labels at once; nobody knows which box was meant."""

    code = "receiving.several_codes"


class CheckDigitError(LineError):
    """The check digit does not fit: the code was misread or misprinted. ``di`` is what was read."""

    code = "receiving.bad_check_digit"


class AmbiguousError(LineError):
    """The code can be read in ``count`` ways; a person picks."""

    code = "receiving.ambiguous"


class HalfBarcodeError(LineError):
    """Only one of the two codes of the label was scanned; the line waits for the other."""

    code = "receiving.half_barcode"


class UnconfirmedError(LineError):
    """Part of the code could not be read for certain; a person compares with the label. ``element`` says which."""

    code = "receiving.unconfirmed"


class UnknownDeviceError(LineError):
    """No product of the catalogue has this identifier."""

    code = "receiving.unknown_device"


class InactiveProductError(LineError):
    """The product has been taken out of the catalogue."""

    code = "receiving.inactive_product"


class RecalledLotError(LineError):
    """The lot is under a recall: 召回拦截. ``case`` and ``recall_class`` name it."""

    code = "receiving.recalled"


class HeldLotError(LineError):
    """The lot is on hold in this hospital."""

    code = "receiving.held"


class ExpiredError(LineError):
    """The expiry date has passed at the site."""

    code = "receiving.expired"


class DatesReversedError(LineError):
    """The expiry date lies before the production date."""

    code = "receiving.dates_reversed"


class FutureProductionError(LineError):
    """The production date lies after today."""

    code = "receiving.future_production"


class LotDatesDifferError(LineError):
    """Another line of the delivery gives the same lot other dates; one of them is misread."""

    code = "receiving.lot_dates_differ"


class SerialInDraftError(LineError):
    """The same serial number stands on another line or in another open delivery."""

    code = "receiving.serial_in_draft"


class SerialKnownError(LineError):
    """The same serial number has been received before."""

    code = "receiving.serial_known"


class SerialManyError(LineError):
    """A serial number belongs to one unit, and the line has more."""

    code = "receiving.serial_many"


class CertificateMalformedError(LineError):
    """The number has none of the forms of registrations and filings, or not one for the product's class."""

    code = "receiving.certificate_malformed"


class CertificateLapsedError(LineError):
    """The registration has lapsed, and the label does not show that the goods were made before."""

    code = "receiving.certificate_lapsed"


class CertificateMissingError(LineError):
    """The catalogue has no number of a registration or filing for the product."""

    code = "receiving.certificate_missing"


class CertificateEarlyError(LineError):
    """The registration ``number`` is valid only ``since`` a later day."""

    code = "receiving.certificate_early"


class LicenceMissingError(LineError):
    """No licence or filing of the supplier is on record; classes II and III take one (条例 art. 41, 42)."""

    code = "receiving.licence_missing"


class LicenceEarlyError(LineError):
    """The supplier's licence ``number`` is valid only ``since`` a later day."""

    code = "receiving.licence_early"


class LicenceScopeError(LineError):
    """The supplier's licence ``number`` covers ``scope`` and not the ``product_class``."""

    code = "receiving.licence_scope"


class LicenceLapsedError(LineError):
    """The supplier's licence has lapsed."""

    code = "receiving.licence_lapsed"


class NotPositiveError(LineError):
    """A quantity of zero or less."""

    code = "receiving.not_positive"


class ElementMissingError(LineError):
    """The registration says that the label carries this ``element``, and it was not given."""

    code = "receiving.element_missing"


OVERRIDABLE: tuple[type[LineError], ...] = (RecalledLotError, HeldLotError, ExpiredError)
"""Receipt under these locks takes two persons and a reason and lands in quarantine (table "movements and locks")."""

STOPS: tuple[type[LineError], ...] = (RecalledLotError, HeldLotError)

OPEN_QUESTIONS: tuple[type[LineError], ...] = (
    AmbiguousError,
    HalfBarcodeError,
    UnconfirmedError,
    UnknownDeviceError,
    NotPositiveError,
    ElementMissingError,
)
"""A person can answer these; the line waits. Everything else is refused."""

AT_SCAN: dict[str, type[LineError]] = {
    error.code: error
    for error in (UnreadableError, SeveralCodesError, CheckDigitError, AmbiguousError, UnconfirmedError)
}
"""Problems of the scan itself: they stay with the line until a person has dealt with it."""
