"""Recall records of openFDA (device and drug enforcement reports, device recalls) as texts, one for each event.

Field names: https://open.fda.gov/apis/device/enforcement/searchable-fields/ and /apis/device/recall/searchable-fields/.
"""

import json
from collections.abc import Iterator, Mapping, Sequence
from typing import Any, cast

_NUMBERS = ("recall_number", "product_res_number")
_EVENTS = ("event_id", "res_event_number")
_HEAD = (
    ("Recalling firm", ("recalling_firm",)),
    ("Event", _EVENTS),
    ("Class", ("classification",)),
    ("Recall initiation date", ("recall_initiation_date", "event_date_initiated")),
    ("Reason", ("reason_for_recall", "root_cause_description")),
    ("Action", ("action",)),
)
_ITEM = (
    ("Recall number", _NUMBERS),
    ("Product", ("product_description",)),
    ("Product quantity", ("product_quantity",)),
    ("Code information", ("code_info",)),
    ("More code information", ("more_code_info",)),
)
_Record = Mapping[str, Any]


def recall_records(content: str) -> tuple[str, ...] | None:
    """The texts, in the order of the file; None where the JSON is not made of recall records."""
    records = list(_records(content))
    if not records or not all(_is_recall(record) for record in records):
        return None
    events: dict[str, list[_Record]] = {}
    for number, record in enumerate(records):
        events.setdefault(_first(record, _EVENTS) or f"#{number}", []).append(record)
    return tuple(_event_text(event) for event in events.values())


def _records(content: str) -> Iterator[_Record]:
    try:
        loaded: Any = json.loads(content)
    except (ValueError, RecursionError):
        yield from _lines(content)
        return
    if isinstance(loaded, dict):
        whole = cast("_Record", loaded)
        loaded = whole.get("results", [whole])
    if isinstance(loaded, list):
        for one in cast("Sequence[Any]", loaded):
            yield cast("_Record", one) if isinstance(one, dict) else {}


def _lines(content: str) -> Iterator[_Record]:
    for line in content.splitlines():
        if not line.strip():
            continue
        try:
            one: Any = json.loads(line)
        except (ValueError, RecursionError):
            yield {}
            return
        yield cast("_Record", one) if isinstance(one, dict) else {}


def _is_recall(record: _Record) -> bool:
    return bool(_first(record, _NUMBERS)) and "product_description" in record


def _event_text(event: Sequence[_Record]) -> str:
    lines = list(_labelled(event[0], _HEAD))
    for record in event:
        lines += ["", *_labelled(record, _ITEM)]
    return "\n".join(lines)


def _labelled(record: _Record, fields: Sequence[tuple[str, Sequence[str]]]) -> Iterator[str]:
    for label, names in fields:
        value = _first(record, names)
        if value:
            yield f"{label}: {_day(value) if 'date' in label else value}"


def _first(record: _Record, names: Sequence[str]) -> str:
    found = (record.get(name) for name in names)
    return next((str(value).strip() for value in found if isinstance(value, str | int) and str(value).strip()), "")


def _day(value: str) -> str:
    is_plain = len(value) == 8 and value.isdigit()
    return f"{value[:4]}-{value[4:6]}-{value[6:]}" if is_plain else value
