"""Reading and judging as JSON lines."""

import json

import pytest

from app.notices.lines import judge_line, read_answer


def test_a_notice_is_answered_with_clauses_and_a_summary() -> None:
    answer = json.loads(json.dumps(read_answer("REF A-1, lots 100 to 120, expiry before 2027-01-01")))
    assert [one["key"] for one in answer["clauses"]] == ["ref", "lot", "expiry"]
    assert (answer["clauses"][1]["from"], answer["clauses"][1]["to"]) == ("100", "120")
    assert answer["clauses"][2]["to_inclusive"] is False
    assert answer["summary"]["expiry_before"] == "2026-12-31"
    assert answer["understood"] is True


def test_a_line_is_answered_with_verdict_and_reasons() -> None:
    line = json.dumps({"text": "批号：77A", "unit": {"lot": "77B", "ref": None}, "region": "CN"})
    answer = json.loads(judge_line(line))
    assert answer["verdict"] == "not_affected"
    assert answer["because"] == [{"code": "not_listed", "clause": 0, "key": "lot", "value": "77B"}]


def test_the_product_of_a_line_belongs_to_its_unit() -> None:
    line = {"text": "REF A-1: lot 5X1; REF A-2: lot 6X1", "product": {"ref": "A-2"}, "unit": {"lot": "5X1"}}
    assert json.loads(judge_line(json.dumps(line)))["verdict"] == "not_affected"
    line["product"] = {"dis": ["00851997007004"], "ref": "A-1"}
    assert json.loads(judge_line(json.dumps(line)))["verdict"] == "affected"


@pytest.mark.parametrize("line", ["", "[]", "{", '"text"'])
def test_a_line_that_is_no_question_is_refused(line: str) -> None:
    with pytest.raises(ValueError):  # noqa: PT011
        judge_line(line)


def test_a_question_without_text_or_unit_needs_information() -> None:
    assert json.loads(judge_line("{}"))["verdict"] == "need_info"
