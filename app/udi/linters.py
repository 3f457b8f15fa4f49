"""Content checks of the parts of a GS1 value, by the names that GS1's syntax dictionary gives them.

Each takes the part and the present year (two-digit years need it) and answers whether the part may stand. Package
types and coupons are checked for their shape only.
"""

import re
import tomllib
from collections.abc import Callable
from functools import cache

from app.core.places import resources
from app.udi import dates
from app.udi.checks import gmn_check_pair, has_gs1_check_digit, is_digits

Linter = Callable[[str, int], bool]


def _shape(pattern: str) -> Linter:
    compiled = re.compile(pattern, re.ASCII)
    return lambda part, _year: compiled.fullmatch(part) is not None


def _csum(part: str, _year: int) -> bool:
    return has_gs1_check_digit(part)


def _csumalpha(part: str, _year: int) -> bool:
    return len(part) > 2 and gmn_check_pair(part[:-2]) == part[-2:]


def _gcp_first(part: str, _year: int) -> bool:
    """A GS1 company prefix has four digits or more."""
    return len(part) >= 4 and is_digits(part[:4])


def _yymmd0(part: str, year: int) -> bool:
    return dates.yymmdd(part, year) is not None


def _yymmdd(part: str, year: int) -> bool:
    return part[4:] != "00" and dates.yymmdd(part, year) is not None


def _yyyymmdd(part: str, _year: int) -> bool:
    return dates.yyyymmdd(part) is not None


def _latitude(part: str, _year: int) -> bool:
    return int(part) <= 1_800_000_000


def _longitude(part: str, _year: int) -> bool:
    return int(part) <= 3_600_000_000


def _piece_of_total(part: str, _year: int) -> bool:
    return 1 <= int(part[:2]) <= int(part[2:])


def _place_in_birth(part: str, _year: int) -> bool:
    return re.fullmatch(r"[1-9]/[1-9]", part) is not None and part[0] <= part[2]


def _iban(part: str, _year: int) -> bool:
    if not re.fullmatch(r"[A-Z]{2}[0-9]{2}[0-9A-Z]{1,30}", part):
        return False
    return int("".join(str(int(letter, 36)) for letter in part[4:] + part[:4])) % 97 == 1


@cache
def _iso_codes(name: str) -> frozenset[str]:
    """One list of ``resources/udi/iso_codes.toml``, unfolded."""
    with (resources() / "udi" / "iso_codes.toml").open("rb") as file:
        written: str = tomllib.load(file)[name]
    codes: set[str] = set()
    for item in written.split():
        first, _, last = item.partition("-")
        initial, _, seconds = item.partition(":")
        if seconds:
            codes.update(initial + second for second in seconds)
        else:
            codes.update(f"{code:03d}" for code in range(int(first), int(last or first) + 1))
    return frozenset(codes)


def _country(part: str, _year: int) -> bool:
    return part in _iso_codes("countries")


def _country_or_999(part: str, _year: int) -> bool:
    return part == "999" or part in _iso_codes("countries")


def _country_letters(part: str, _year: int) -> bool:
    return part in _iso_codes("country_letters")


def _currency(part: str, _year: int) -> bool:
    return part in _iso_codes("currencies")


def _anything(_part: str, _year: int) -> bool:
    return True


LINTERS: dict[str, tuple[Linter, str]] = {
    "csum": (_csum, "bad_check_digit"),
    "csumalpha": (_csumalpha, "bad_check_digit"),
    "gcppos1": (_gcp_first, "bad_value"),
    "gcppos2": (_anything, "bad_value"),
    "yymmd0": (_yymmd0, "bad_date"),
    "yymmdd": (_yymmdd, "bad_date"),
    "yyyymmdd": (_yyyymmdd, "bad_date"),
    "hhmi": (_shape(r"([01]\d|2[0-3])[0-5]\d"), "bad_date"),
    "hh": (_shape(r"[01]\d|2[0-3]"), "bad_date"),
    "mi": (_shape(r"[0-5]\d"), "bad_date"),
    "ss": (_shape(r"[0-5]\d"), "bad_date"),
    "iso3166": (_country, "bad_value"),
    "iso3166999": (_country_or_999, "bad_value"),
    "iso3166alpha2": (_country_letters, "bad_value"),
    "iso4217": (_currency, "bad_value"),
    "iso5218": (_shape(r"[0129]"), "bad_value"),
    "pcenc": (_shape(r"([^%]|%[0-9A-Fa-f]{2})*"), "bad_value"),
    "yesno": (_shape(r"[01]"), "bad_value"),
    "hyphen": (_shape(r"-"), "bad_value"),
    "zero": (_shape(r"0"), "bad_value"),
    "nonzero": (_shape(r"\d*[1-9]\d*"), "bad_value"),
    "nozeroprefix": (_shape(r"0|[1-9]\d*"), "bad_value"),
    "hasnondigit": (_shape(r".*\D.*"), "bad_value"),
    "winding": (_shape(r"[019]"), "bad_value"),
    "latitude": (_latitude, "bad_value"),
    "longitude": (_longitude, "bad_value"),
    "pieceoftotal": (_piece_of_total, "bad_value"),
    "posinseqslash": (_place_in_birth, "bad_value"),
    "importeridx": (_shape(r"[-0-9A-Za-z_]"), "bad_value"),
    "packagetype": (_shape(r"[0-9A-Z]{1,4}"), "bad_value"),
    "mediatype": (_shape(r"0[1-9]|10|[89]\d"), "bad_value"),
    "iban": (_iban, "bad_value"),
    "couponcode": (_anything, "bad_value"),
    "couponposoffer": (_anything, "bad_value"),
}
"""The check and the kind of problem it finds."""
