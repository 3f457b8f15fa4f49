"""Codes made from their parts, for labels, sample data and tests. What is built here reads back the same."""

from collections.abc import Iterable, Sequence
from datetime import date
from urllib.parse import quote

from app.core.errors import RuleError
from app.udi.checks import gs1_check_digit, is_digits, ma_check_digit, mod43
from app.udi.elements import SEPARATOR
from app.udi.identifiers import Identifier, identifiers

Parts = Sequence[tuple[str, str]]
"""Application identifiers and their values, in the order of the label."""


class UnbuildableError(RuleError):
    """A part that the issuing agency's rules do not allow: ``element`` and ``value`` say which."""

    code = "unbuildable_code"


def gtin(body: str) -> str:
    """7, 11, 12 or 13 digits with their check digit, as a 14-digit number."""
    if not is_digits(body) or len(body) not in (7, 11, 12, 13):
        raise UnbuildableError(element="GTIN", value=body)
    return (body + gs1_check_digit(body)).zfill(14)


def gs1_date(on: date) -> str:
    """YYMMDD."""
    return on.strftime("%y%m%d")


def gs1_element_string(parts: Parts, *, today: date | None = None) -> str:
    """The data of a GS1 symbol without symbology identifier; a separator stands where one is due.

    Raises UnbuildableError for an unknown identifier, a bad value, or two that must not stand together. ``today``
    decides which century a date is checked in.
    """
    pieces: list[str] = []
    for identifier, value in _checked(parts, today):
        pieces += [identifier.code, value, "" if identifier.is_fixed else SEPARATOR]
    return "".join(pieces).removesuffix(SEPARATOR)


def gs1_hri(parts: Parts, *, today: date | None = None) -> str:
    """The bracketed text under a symbol. Raises UnbuildableError like ``gs1_element_string``."""
    return "".join(f"({identifier.code}){value}" for identifier, value in _checked(parts, today))


def gs1_digital_link(parts: Parts, *, stem: str = "https://id.gs1.org", today: date | None = None) -> str:
    """The Digital Link address: the key and its qualifiers in the path, the rest in the query."""
    checked = dict(_checked(parts, today))
    key = next((each for each in checked if each.qualifiers is not None), None)
    if key is None:
        raise UnbuildableError(element="", value="")
    orders = key.qualifiers or ()
    named = {each.code for each in checked}
    order = max(orders, key=lambda codes: len(named.intersection(codes)))
    by_code = {each.code: value for each, value in checked.items()}
    path = [key.code, *(code for code in order if code in by_code)]
    rest = [code for code in by_code if code not in path]
    for code in rest:
        if not identifiers()[code].is_attribute:
            raise UnbuildableError(element=code, value=by_code[code])
    segments = "".join(f"/{code}/{quote(by_code[code], safe='')}" for code in path)
    query = "&".join(f"{code}={quote(by_code[code], safe='')}" for code in rest)
    return f"{stem}{segments}" + (f"?{query}" if query else "")


def _checked(parts: Parts, today: date | None) -> list[tuple[Identifier, str]]:
    this_year = (today or date.today()).year
    present = [code for code, _ in parts]
    checked: list[tuple[Identifier, str]] = []
    for code, value in parts:
        identifier = identifiers().get(code)
        if identifier is None or identifier.fault(value, this_year) or present.count(code) > 1:
            raise UnbuildableError(element=code, value=value)
        if not identifier.never.isdisjoint(present):
            raise UnbuildableError(element=code, value=value)
        checked.append((identifier, value))
    return checked


def hibc_primary(di: str) -> str:
    """The linear primary code of a DI (labeler, product, packaging level); its last character is the link."""
    return _with_mod43(f"+{di}")


def hibc_secondary(link: str, *, lot: str = "", serial: str = "", expiry: date | None = None) -> str:
    """The linear secondary code: a lot or a serial, with or without expiry; ``link`` ends the primary."""
    if lot and serial:
        raise UnbuildableError(element="S", value=serial)
    mark = "$$+3" if serial else "$$3"
    plain = "$+" if serial else "$"
    head = f"{mark}{expiry:%y%m%d}" if expiry else plain
    return _with_mod43(f"+{head}{lot or serial}{link}")


def hibc_combined(
    di: str,
    *,
    lot: str = "",
    serial: str = "",
    expiry: date | None = None,
    production: date | None = None,
    quantity: int | None = None,
) -> str:
    """Primary and secondary data in one code, as two-dimensional symbols carry them."""
    pieces = [f"+{di}"]
    if expiry:
        pieces.append(f"$$3{expiry:%y%m%d}{lot}")
    elif lot:
        pieces.append(f"${lot}")
    pieces += [f"S{serial}"] if serial else []
    pieces += [f"16D{production:%Y%m%d}"] if production else []
    pieces += [f"Q{quantity}"] if quantity is not None else []
    return _with_mod43("/".join(pieces))


def _with_mod43(text: str) -> str:
    check = mod43(text)
    if check is None:
        raise UnbuildableError(element="HIBC", value=text)
    return text + check


def isbt_string(structures: Iterable[tuple[str, str]]) -> str:
    """ISBT 128 structures, marks and values, behind one another."""
    return "".join(mark + value for mark, value in structures)


def isbt_date(on: date) -> str:
    """cYYJJJ."""
    return f"{on.year % 1000:03d}{on:%j}"


def ma_identifier(registrant: str, item: str, *, level: int = 0) -> str:
    """An MA identifier with its check digit: six digits of registrant, package level, item code."""
    body = f"MA.156.M0.{registrant}.{level}{item}"
    return body + _ma_check(body)


def ma_string(
    di: str, *, lot: str = "", serial: str = "", production: date | None = None, valid_until: date | None = None
) -> str:
    """An MA code: the identifier, the segments given, and their check digit."""
    segments = f".S{serial}" if serial else ""
    segments += f".M{production:%y%m%d}" if production else ""
    segments += f".L{lot}" if lot else ""
    segments += f".V{valid_until:%y%m%d}" if valid_until else ""
    return f"{di}{segments}.C{_ma_check(segments)}" if segments else di


def _ma_check(body: str) -> str:
    check = ma_check_digit(body)
    if check is None:
        raise UnbuildableError(element="MA", value=body)
    return check
