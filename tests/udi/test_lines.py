import json

import pytest

from app.udi.lines import answer


def test_a_question_gets_one_line() -> None:
    line = answer(json.dumps({"raw": "]d2010950110153000310A\n"}))
    assert "\n" not in line
    assert json.loads(line)["lot"] == "A"


@pytest.mark.parametrize(
    "line",
    ["", "\n", "hello", "{", "null", "3", "[]", '"raw"', "{}", '{"raw": 5}', '{"raw": null}', '{"raw": ["a"]}',
     "[" * 100_000, "1" * 5_000, "\x00"],
)  # fmt: skip
def test_what_is_no_question_is_refused_on_one_line(line: str) -> None:
    given = answer(line)
    assert "\n" not in given
    told = json.loads(given)
    assert told["state"] == "refused"
    assert [each["kind"] for each in told["problems"]] == ["bad_line"]


def test_half_a_surrogate_pair_and_line_ends_do_no_harm() -> None:
    for raw in ("\ud800", "a\u2028b\r\nc", "批号"):
        assert json.loads(answer(json.dumps({"raw": raw})))["state"] == "refused"
