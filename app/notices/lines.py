"""Reading and judging as JSON, one answer per text or line: what a command line or another program calls."""

import json
from typing import Any, cast

from app.notices.clauses import Clause
from app.notices.judging import Unit, judge
from app.notices.reader import read_notice, summary

_UNIT_FIELDS = ("model", "ref", "lot", "serial", "udi_di", "expiry", "mfg_date", "software", "reg_no")


def read_answer(text: str) -> dict[str, Any]:
    """A notice as plain values: its clauses in order, what it says in short, what stays open."""
    reading = read_notice(text)
    return {
        "clauses": [_plain(clause) for clause in reading.clauses],
        "summary": summary(text, reading),
        "understood": reading.understood,
        "doubts": list(reading.doubts),
    }


def _plain(clause: Clause) -> dict[str, Any]:
    return {
        "key": clause.key.value,
        "form": clause.form.value,
        "values": list(clause.values),
        "from": clause.first,
        "from_inclusive": clause.first_inclusive,
        "to": clause.last,
        "to_inclusive": clause.last_inclusive,
        "scope": list(clause.scope),
        "quote": clause.quote,
        "start": clause.start,
        "end": clause.end,
    }


def judge_line(line: str) -> str:
    """One JSON line ``{"text", "unit", "region"?, "product"?}`` answered by ``{"verdict", "because"}``.

    Raises ValueError for a line that is no such object.
    """
    asked: Any = json.loads(line)
    if not isinstance(asked, dict):
        raise ValueError(line[:80])
    question = cast(dict[str, Any], asked)
    text = str(question.get("text") or "")
    unit = {**_object(question.get("product")), **_object(question.get("unit"))}
    judgement = judge(read_notice(text), _unit(unit), question.get("region"))
    because = [{"code": one.code, "clause": one.clause_index, **_spoken(one.values)} for one in judgement.reasons]
    return json.dumps({"verdict": judgement.verdict.value, "because": because}, ensure_ascii=False)


def _object(value: Any) -> dict[str, Any]:
    return cast(dict[str, Any], value) if isinstance(value, dict) else {}


def _unit(values: dict[str, Any]) -> Unit:
    fields = {name: str(values[name]) for name in _UNIT_FIELDS if values.get(name) not in (None, "")}
    identifiers = cast(list[Any], values.get("dis") or [])
    return Unit(**fields, dis=tuple(str(one) for one in identifiers))


def _spoken(values: dict[str, Any]) -> dict[str, Any]:
    return {name: getattr(value, "value", value) for name, value in values.items()}
