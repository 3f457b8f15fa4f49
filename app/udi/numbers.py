"""Bare trade item numbers: EAN-8, UPC-A, EAN-13 and ITF-14 symbols, or digits that came without a mark."""

from app.udi.checks import is_digits, is_valid_gtin
from app.udi.draft import Draft
from app.udi.elements import strict
from app.udi.reading import Agency, Element

RETAIL_LENGTHS = {"]E0": 13, "]E4": 8, "]I0": 14, "]I1": 14}
"""Symbols that hold a trade item number and nothing else, with its length."""

_GTIN_LENGTHS = (8, 12, 13, 14)
_DEVICE_ELEMENTS = frozenset(("01", "02", "10", "11", "15", "17", "21", "30", "7003"))


def looks_like_number(text: str) -> bool:
    """Digits of a trade item number's length with its check digit."""
    return len(text) in _GTIN_LENGTHS and is_valid_gtin(text)


def read_retail(text: str, symbology: str) -> Draft:
    """The number in an EAN, UPC or ITF-14 symbol whose symbology identifier is known.

    The draft has no elements: the number stands in the symbol without an application identifier.
    """
    draft = Draft(Agency.GS1)
    wanted = RETAIL_LENGTHS[symbology]
    bad = next((position for position, letter in enumerate(text) if not is_digits(letter)), None)
    if bad is not None:
        draft.error("bad_character", bad)
    elif len(text) != wanted:
        draft.error("bad_length", min(len(text), wanted))
    else:
        draft.di = text.zfill(14)
        if not is_valid_gtin(text):
            draft.error("bad_check_digit", wanted - 1)
    return draft


def read_number(text: str, this_year: int) -> list[Draft]:
    """What unmarked digits with a right check digit may be: the number first, then an element string if that is legal.

    One number in ten has a right check digit by chance, so neither is certain.
    """
    number = Draft(Agency.GS1, di=text.zfill(14))
    number.doubt("unmarked_number", 0)
    rival, _ = strict(text, this_year)
    is_rival = not rival.has_errors and any(element.ai in _DEVICE_ELEMENTS for element in rival.elements)
    return [number, rival] if is_rival else [number]


def add_composite(draft: Draft, part: Draft, shift: int) -> Draft:
    """Join the two-dimensional part of a composite symbol to the number of its linear part."""
    draft.elements += [Element(each.ai, each.value, each.position + shift) for each in part.elements]
    draft.problems += part.problems
    draft.lot, draft.serial, draft.quantity = part.lot, part.serial, part.quantity
    draft.expiry, draft.expiry_precision, draft.expiry_text = part.expiry, part.expiry_precision, part.expiry_text
    draft.production, draft.production_text = part.production, part.production_text
    return draft
