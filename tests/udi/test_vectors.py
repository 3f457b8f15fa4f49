"""Scans with known readings, from the folder of real data; nothing of it is part of the project."""

import json
import os
from pathlib import Path
from typing import Any

import pytest

from app.udi.reader import as_json, read
from tests.udi.strategies import TODAY

FOLDER = os.environ.get("RECALLDESK_TEST_DATA")
VECTORS = Path(FOLDER or "absent") / "udi" / "vectors.jsonl"
FIELDS = ("di", "lot", "serial", "expiry", "production", "quantity")

pytestmark = pytest.mark.skipif(not VECTORS.exists(), reason="the folder of real data is absent")


def vectors() -> list[dict[str, Any]]:
    rows = [json.loads(line) for line in VECTORS.read_text(encoding="utf-8").splitlines()]
    return [row for row in rows if "DOUBT" not in row["verified"]]


def is_clean(answer: dict[str, Any]) -> bool:
    return answer["state"] == "complete" and all(each["severity"] == "warning" for each in answer["problems"])


def wants(expected: dict[str, Any], field: str) -> set[str]:
    wanted = {str(expected[field])}
    if field == "expiry":
        wanted |= {expected.get("valid_until", ""), str(expected[field])}
    return wanted | {each.zfill(14) for each in wanted if field == "di" and each.isdigit()}


def test_no_malformed_scan_is_called_complete_without_a_word() -> None:
    ours = {"missing_symbology_identifier"}
    for row in vectors():
        expected = row["expected"]
        if expected.get("error", "missing_symbology_identifier") not in ours or "strict" in expected:
            answer = as_json(read(row["raw"], today=TODAY))
            assert not is_clean(answer) or answer["problems"], row


def test_no_field_of_a_sound_scan_is_read_wrongly_as_certain() -> None:
    for row in vectors():
        truth = row["expected"].get("true", row["expected"])
        answer = as_json(read(row["raw"], today=TODAY))
        if "error" in truth or "strict" in truth or not is_clean(answer):
            continue
        for field in set(FIELDS) & set(truth):
            assert str(answer[field]) in wants(truth, field), (row, field)


def test_nearly_every_sound_scan_is_read_whole() -> None:
    sound = [row for row in vectors() if "error" not in row["expected"] and any(map(row["expected"].get, FIELDS))]
    complete = [row for row in sound if is_clean(as_json(read(row["raw"], today=TODAY)))]
    assert len(complete) >= 0.97 * len(sound)
