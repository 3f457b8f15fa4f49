"""What a reading says in the plain fields that other programs compare: lots, ranges, windows, groups."""

import re
from dataclasses import replace
from datetime import date, timedelta
from typing import Any

from app.core.lots import lot_key
from app.notices.clauses import DATE_KEYS, IDENTITY_KEYS, Clause, ClauseForm, ClauseKey, NoticeReading
from app.notices.dates import order_within, readings
from app.notices.matching import is_masked, limit_readings

_LIMITS = (ClauseForm.RANGE, ClauseForm.CUTOFF)


def summary(text: str, reading: NoticeReading) -> dict[str, Any]:
    """The reading as one dictionary.

    ``lots``, ``serials``, ``dis``, ``models`` and ``software_versions`` as printed and once each; ranges as
    ``[first, last]``, inclusive, None where open, "<x" for an exclusive end; windows as ISO days, inclusive;
    ``groups`` where lots belong to single products; ``decidable``: "yes" if lot or serial decide, "partial" if
    another datum is needed, "no" if the notice hides what it means.
    """
    order = order_within(_printed_dates(reading))
    values: dict[str, Any] = {
        "lots": _listed(reading, ClauseKey.LOT),
        "lot_ranges": _ranges(reading, ClauseKey.LOT),
        "serials": _serials(reading),
        "serial_ranges": _ranges(reading, ClauseKey.SERIAL),
        "dis": _identifiers(reading),
        "udis": _udis(text),
        "models": _listed(reading, ClauseKey.REF),
        "software_versions": _listed(reading, ClauseKey.SOFTWARE),
        "software_ranges": _ranges(reading, ClauseKey.SOFTWARE),
        "reg_nos": _listed(reading, ClauseKey.CERTIFICATE),
        "lot_expiry": lot_expiries(reading, order),
        "all_lots": _is_all(reading),
        "groups": _groups(reading),
        "decidable": _decidable(reading),
    }
    values["mfg_from"], values["mfg_to"] = _window(reading, ClauseKey.PRODUCTION, order)
    values["expiry_after"], values["expiry_before"] = _window(reading, ClauseKey.EXPIRY, order)
    values["mfg_dates"] = [
        _iso(value, order) for value in _listed(reading, ClauseKey.PRODUCTION) if readings(value, order)
    ]
    return values


def _printed_dates(reading: NoticeReading) -> list[str]:
    printed: list[str] = []
    for clause in reading.clauses:
        if clause.key in DATE_KEYS:
            printed += [*clause.values, clause.first or "", clause.last or ""]
    return printed


def _listed(reading: NoticeReading, key: ClauseKey) -> list[str]:
    found: dict[str, str] = {}
    for clause in reading.clauses:
        if clause.key is key and clause.form is ClauseForm.LIST:
            for value in clause.values:
                found.setdefault(lot_key(value), value)
    return list(found.values())


def _serials(reading: NoticeReading) -> list[str]:
    """Serial numbers, without those of a list that calls them lots as well."""
    lots = {clause.start for clause in reading.clauses if clause.key is ClauseKey.LOT}
    own = tuple(one for one in reading.clauses if one.key is not ClauseKey.SERIAL or one.start not in lots)
    return _listed(replace(reading, clauses=own), ClauseKey.SERIAL)


def _identifiers(reading: NoticeReading) -> list[str]:
    """DIs as printed; one printed with 13 and with 14 digits is one, the shorter: the other stood inside a UDI."""
    found: dict[str, str] = {}
    for value in _listed(reading, ClauseKey.DI):
        key = value.lstrip("0") if value.isdigit() else value
        if key not in found or len(value) < len(found[key]):
            found[key] = value
    return list(found.values())


def _udis(text: str) -> list[str]:
    pattern = r"(?:\(\s*(?:01|10|11|17|20|21|30|240)\s*\)\s*[^\s();,]+\s*){2,}"
    return list(dict.fromkeys(re.sub(r"\s", "", match[0]) for match in re.finditer(pattern, text)))


def _ranges(reading: NoticeReading, key: ClauseKey) -> list[list[str | None]]:
    ranges: list[list[str | None]] = []
    for clause in reading.clauses:
        ends = (clause.first, clause.last)
        is_limit = clause.form in _LIMITS or (clause.form is ClauseForm.MASKED and any(ends))
        if clause.key is key and is_limit and not any(end and is_masked(end) for end in ends):
            ranges.append(
                [_end(clause.first, clause.first_inclusive, ">"), _end(clause.last, clause.last_inclusive, "<")]
            )
    return ranges


def _end(printed: str | None, is_inclusive: bool, sign: str) -> str | None:
    return printed if printed is None or is_inclusive else sign + printed


def lot_expiries(reading: NoticeReading, order: str | None) -> dict[str, str]:
    """The expiry printed behind each lot: it holds for all lots since the expiry before it."""
    expiries: dict[str, str] = {}
    waiting: list[str] = []
    for clause in reading.clauses:
        if clause.key is ClauseKey.LOT and clause.form is ClauseForm.LIST:
            waiting += clause.values
        elif clause.key is ClauseKey.EXPIRY and clause.form is ClauseForm.LIST and len(clause.values) == 1:
            if readings(clause.values[0], order):
                expiries |= {lot: _iso(clause.values[0], order) for lot in waiting}
            waiting = []
    return expiries


def _iso(printed: str, order: str | None) -> str:
    first, last = readings(printed, order)[0]
    return first.isoformat() if first == last else f"{first:%Y-%m}"


def _window(reading: NoticeReading, key: ClauseKey, order: str | None) -> tuple[str | None, str | None]:
    first: date | None = None
    last: date | None = None
    for clause in reading.clauses:
        if clause.key is key and clause.form in _LIMITS:
            low, high = limit_readings(clause, order)
            if clause.first and low:
                first = low[0][0] if clause.first_inclusive else low[0][1] + timedelta(days=1)
            if clause.last and high:
                last = high[0][1] if clause.last_inclusive else high[0][0] - timedelta(days=1)
    return first.isoformat() if first else None, last.isoformat() if last else None


def _is_condition(clause: Clause) -> bool:
    return clause.form in _LIMITS and (clause.key in DATE_KEYS or clause.key is ClauseKey.SOFTWARE)


def _is_all(reading: NoticeReading) -> bool:
    if any(_is_condition(clause) for clause in reading.clauses):
        return False
    identities = [clause for clause in reading.clauses if clause.key in IDENTITY_KEYS]
    if identities:
        return any(clause.form is ClauseForm.ALL for clause in identities)
    is_open = any(clause.form in (ClauseForm.REFERENCE, ClauseForm.MASKED) for clause in reading.clauses)
    return not is_open and any(clause.key is ClauseKey.REF for clause in reading.clauses) and _has_no_other(reading)


def _has_no_other(reading: NoticeReading) -> bool:
    return all(clause.key in (ClauseKey.REF, ClauseKey.DI) for clause in reading.clauses)


def _decidable(reading: NoticeReading) -> str:
    identities = [clause for clause in reading.clauses if clause.key in IDENTITY_KEYS]
    named = (ClauseForm.LIST, ClauseForm.RANGE, ClauseForm.CUTOFF, ClauseForm.PREFIX)
    if any(clause.form in named for clause in identities):
        return "yes"
    if any(clause.form is ClauseForm.MASKED and not is_masked(clause.quote) for clause in identities):
        return "partial"
    is_hidden = any(clause.form in (ClauseForm.MASKED, ClauseForm.REFERENCE) for clause in reading.clauses)
    if not reading.clauses or (is_hidden and not any(_is_condition(clause) for clause in reading.clauses)):
        return "no"
    if any(clause.form is ClauseForm.ALL for clause in identities) and _is_all(reading):
        return "yes"
    return "partial"


def _groups(reading: NoticeReading) -> list[dict[str, Any]]:
    references = {lot_key(value) for value in _listed(reading, ClauseKey.REF)}
    lots: dict[str, list[str]] = {}
    for clause in reading.clauses:
        if clause.key in IDENTITY_KEYS and clause.form is ClauseForm.LIST and clause.scope:
            owners = [name for name in clause.scope if lot_key(name) in references] or list(clause.scope)
            for name in owners:
                lots.setdefault(name, []).extend(clause.values)
    return [_group(name, lot_key(name) in references, values) for name, values in lots.items()]


def _group(name: str, is_reference: bool, values: list[str]) -> dict[str, Any]:
    return {"model" if is_reference else "di": name, "lots": list(dict.fromkeys(values))}
