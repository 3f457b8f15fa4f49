"""What a person may add to the master of a batch afterwards, and how many persons it takes."""

from enum import Enum


class SupplementSubject(Enum):
    """Whose record is completed: the batch's own, or that of what it came from."""

    BATCH = "batch"
    SUPPLIER = "supplier"
    CERTIFICATE = "certificate"
    PRODUCT = "product"


class SupplementField(Enum):
    """One field that may be completed; a batch's lot may be corrected, its dates only added."""

    LOT_NO = "lot_no"
    PRODUCTION_ON = "production_on"
    EXPIRY_ON = "expiry_on"
    SUPPLIER_ADDRESS = "supplier_address"
    SUPPLIER_PHONE = "supplier_phone"
    LICENCE_NO = "licence_no"
    LICENCE_FROM = "licence_from"
    LICENCE_UNTIL = "licence_until"
    LICENCE_SCOPE = "licence_scope"
    CERTIFICATE_FROM = "certificate_from"
    CERTIFICATE_UNTIL = "certificate_until"
    SPEC = "spec"
    REF = "ref"
    CONTRACT_MAKER = "contract_maker"

    @property
    def subject(self) -> SupplementSubject:
        return _SUBJECTS[self]

    @property
    def is_date(self) -> bool:
        return self in _DATES


_SUBJECTS = {
    SupplementField.LOT_NO: SupplementSubject.BATCH,
    SupplementField.PRODUCTION_ON: SupplementSubject.BATCH,
    SupplementField.EXPIRY_ON: SupplementSubject.BATCH,
    SupplementField.SUPPLIER_ADDRESS: SupplementSubject.SUPPLIER,
    SupplementField.SUPPLIER_PHONE: SupplementSubject.SUPPLIER,
    SupplementField.LICENCE_NO: SupplementSubject.SUPPLIER,
    SupplementField.LICENCE_FROM: SupplementSubject.SUPPLIER,
    SupplementField.LICENCE_UNTIL: SupplementSubject.SUPPLIER,
    SupplementField.LICENCE_SCOPE: SupplementSubject.SUPPLIER,
    SupplementField.CERTIFICATE_FROM: SupplementSubject.CERTIFICATE,
    SupplementField.CERTIFICATE_UNTIL: SupplementSubject.CERTIFICATE,
    SupplementField.SPEC: SupplementSubject.PRODUCT,
    SupplementField.REF: SupplementSubject.PRODUCT,
    SupplementField.CONTRACT_MAKER: SupplementSubject.PRODUCT,
}
_DATES = frozenset(
    {
        SupplementField.PRODUCTION_ON,
        SupplementField.EXPIRY_ON,
        SupplementField.LICENCE_FROM,
        SupplementField.LICENCE_UNTIL,
        SupplementField.CERTIFICATE_FROM,
        SupplementField.CERTIFICATE_UNTIL,
    }
)
TWO_PERSONS = frozenset({SupplementField.LOT_NO, SupplementField.EXPIRY_ON})
"""Lot and expiry decide whether goods may be used: nobody changes them alone. The wall holds the same two."""
