"""GS1 element strings: identifier, value, identifier, value (GS1 General Specifications 7.8)."""

from app.udi import dates
from app.udi.draft import Draft
from app.udi.identifiers import Identifier, identifier_at, identifiers
from app.udi.reading import Agency, Element

SEPARATOR = "\x1d"
_INTERNAL = frozenset(("90", "91", "92", "93", "94", "95", "96", "97", "98", "99"))
_KEYS_WITH_GTIN = ("01", "03", "8006", "02", "8026")
_PIECE = frozenset(("10", "21", "11", "17", "7003"))


def tokenize(text: str, draft: Draft, this_year: int) -> int:
    """Add the elements of ``text`` to the draft, strictly, and go on behind a fault where that is safe.

    Answers where the last identifier begins if its value runs to the end of the text for want of a separator, and there
    is no separator anywhere; otherwise -1.
    """
    position, size, opened = 0, len(text), -1
    while position < size:
        if text[position] == SEPARATOR:
            draft.warn("doubled_separator" if position else "leading_separator", position)
            position = _past_separators(text, position)
            continue
        identifier = identifier_at(text, position)
        if identifier is None:
            draft.error("unknown_ai", position)
            position = _next_separator(text, position)
        else:
            opened = -1 if identifier.is_fixed else position
            position = _take(text, position, identifier, draft, this_year)
        if position < size and text[position] == SEPARATOR:
            position += 1
    return opened if opened >= 0 and SEPARATOR not in text else -1


def _take(text: str, position: int, identifier: Identifier, draft: Draft, this_year: int) -> int:
    """One element; answers where its value ends."""
    start = position + len(identifier.code)
    if identifier.is_fixed:
        value, _, _ = text[start : start + identifier.most].partition(SEPARATOR)
    else:
        value = text[start : _next_separator(text, start)]
    end = start + len(value)
    judge(identifier, value, start, draft, this_year)
    return end


def judge(identifier: Identifier, value: str, start: int, draft: Draft, this_year: int) -> None:
    """Add an element and what is wrong with it; one of wrong shape is reported, not added."""
    fault = identifier.fault(value, this_year)
    if fault is not None:
        draft.error(fault.kind, start + fault.offset, identifier.code)
        if not identifier.is_well_formed(value):
            return
    draft.elements.append(Element(identifier.code, value, start))


def _next_separator(text: str, position: int) -> int:
    found = text.find(SEPARATOR, position)
    return len(text) if found < 0 else found


def _past_separators(text: str, position: int) -> int:
    while position < len(text) and text[position] == SEPARATOR:
        position += 1
    return position


def settle(draft: Draft, this_year: int) -> Draft:
    """Fill the fields from the elements, after checking that these may stand together."""
    by_code: dict[str, Element] = {}
    for element in draft.elements:
        seen = by_code.setdefault(element.ai, element)
        if seen is not element:
            differs = seen.value != element.value
            (draft.error if differs else draft.warn)("duplicate_element", element.position, element.ai)
    _check_together(draft, by_code)
    draft.lot = _value(by_code, "10")
    draft.serial = _value(by_code, "21")
    draft.di = next((by_code[code].value[:14] for code in _KEYS_WITH_GTIN if code in by_code), None)
    count = _value(by_code, "37") or _value(by_code, "30")
    draft.quantity = int(count) if count else None
    _set_dates(draft, by_code, this_year)
    draft.is_secondary = draft.di is None and not _PIECE.isdisjoint(by_code)
    return draft


def _check_together(draft: Draft, by_code: dict[str, Element]) -> None:
    """GS1 General Specifications 4.13: some identifiers never stand on one item."""
    for code, element in by_code.items():
        never = identifiers()[code].never
        if never and not never.isdisjoint(by_code):
            draft.error("not_together", element.position, code)


def _value(by_code: dict[str, Element], code: str) -> str | None:
    element = by_code.get(code)
    return element.value if element else None


def _set_dates(draft: Draft, by_code: dict[str, Element], this_year: int) -> None:
    expiry = _value(by_code, "17")
    if expiry and (on := dates.yymmdd(expiry, this_year)):
        draft.set_expiry(on, "month" if expiry.endswith("00") else "day")
    timed = _value(by_code, "7003")
    if timed and (on := dates.yymmdd(timed[:6], this_year)) and timed[4:6] != "00":
        draft.set_expiry(on, "hour", f"{on.isoformat()}T{timed[6:8]}:{timed[8:]}")
    made = _value(by_code, "11")
    if made and (on := dates.yymmdd(made, this_year)):
        draft.set_production(on)
    finished = _value(by_code, "8008")
    if finished and not made and (on := dates.yymmdd(finished[:6], this_year)):
        clock = ":".join(finished[begin : begin + 2] for begin in range(6, len(finished), 2))
        draft.set_production(on, f"{on.isoformat()}T{clock}")


def is_only_internal(draft: Draft) -> bool:
    """Nothing but company-internal elements (90 to 99): any number may look like that."""
    return all(element.ai in _INTERNAL for element in draft.elements)


def doubt_case(draft: Draft) -> None:
    """Without a mark nothing shows whether Caps Lock was on; a lot in small letters is so rare that it was, perhaps."""
    texts = (draft.lot or "", draft.serial or "")
    telling = next((text for text in texts if any(map(str.isalpha, text))), "")
    if telling.islower():
        draft.doubt("small_letters")


def strict(text: str, this_year: int) -> tuple[Draft, int]:
    """The strict reading of an element string, and where an unclosed element begins (see ``tokenize``)."""
    draft = Draft(Agency.GS1)
    if not text:
        draft.error("empty")
        return draft, -1
    opened = tokenize(text, draft, this_year)
    return settle(draft, this_year), opened
