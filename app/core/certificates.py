"""Numbers of registration certificates and filings; the forms are data, ``resources/law/certificate_numbers.toml``."""

import re
import tomllib
import unicodedata
from dataclasses import dataclass
from functools import cache
from typing import Any

from app.core.places import resources
from app.core.statuses.stock import ProductClass

_CLASSES = {"1": ProductClass.I, "2": ProductClass.II, "3": ProductClass.III}
_NATIONAL = "国"


@dataclass(frozen=True, slots=True)
class CertificateForm:
    """One way a number may be formed; ``national_…`` name what only the national authority may have issued."""

    key: str
    pattern: re.Pattern[str]
    classes: frozenset[ProductClass]
    national_origins: frozenset[str]
    national_classes: frozenset[ProductClass]


@dataclass(frozen=True, slots=True)
class CertificateNumber:
    """A well-formed number; ``product_class`` is None where the number does not tell it."""

    form: str
    authority: str
    origin: str
    product_class: ProductClass | None


@cache
def certificate_forms() -> tuple[CertificateForm, ...]:
    """The forms of the data file, in its order."""
    with (resources() / "law" / "certificate_numbers.toml").open("rb") as file:
        content = tomllib.load(file)
    region = f"[{content['regions']}]"
    return tuple(_form(entry, region) for entry in content["form"])


def _form(entry: dict[str, Any], region: str) -> CertificateForm:
    return CertificateForm(
        entry["key"],
        re.compile(entry["pattern"].replace("{region}", region)),
        frozenset(ProductClass(name) for name in entry["classes"]),
        frozenset(entry.get("national_origins", "")),
        frozenset(ProductClass(name) for name in entry.get("national_classes", ())),
    )


def read_certificate(number: str) -> CertificateNumber | None:
    """What a number says of itself; None where it has none of the known forms or contradicts its own form.

    Imported goods (进) and goods from Hong Kong, Macao and Taiwan (许) are registered nationally, and so is class III.
    """
    plain = "".join(unicodedata.normalize("NFKC", number).split())
    for form in certificate_forms():
        found = form.pattern.fullmatch(plain)
        if found is None:
            continue
        parts = found.groupdict()
        authority, origin = parts["authority"], parts.get("origin") or ""
        named = _CLASSES.get(parts.get("class") or "")
        single = next(iter(form.classes)) if len(form.classes) == 1 else None
        if authority != _NATIONAL and (origin in form.national_origins or named in form.national_classes):
            return None
        return CertificateNumber(form.key, authority, origin, named or single)
    return None


def fits_class(certificate: CertificateNumber, product_class: ProductClass) -> bool:
    """Whether a product of this class may have such a number: class I is filed, II and III are registered."""
    return certificate.product_class is None or certificate.product_class is product_class
