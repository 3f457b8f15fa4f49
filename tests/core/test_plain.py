"""Whatever a command answers can be written down and told again."""

from dataclasses import dataclass
from datetime import UTC, date, datetime
from enum import Enum

import pytest

from app.core.plain import plain, rebuilt


class Colour(Enum):
    RED = "red"


@dataclass(frozen=True)
class Inner:
    day: date | None
    pairs: tuple[int, str]


@dataclass(frozen=True)
class Answer:
    number: str
    ids: tuple[int, ...]
    colours: frozenset[Colour]
    at: datetime
    inner: Inner | None
    more: list[Inner]
    open: object


def answer() -> Answer:
    inner = Inner(date(2026, 3, 1), (7, "x"))
    return Answer("FF-1", (1, 2), frozenset({Colour.RED}), datetime(2026, 3, 1, tzinfo=UTC), inner, [inner], 5)


def nothing() -> Inner | None:
    return None


def test_an_answer_comes_back_equal():
    assert rebuilt(answer, plain(answer())) == answer()
    assert rebuilt(nothing, plain(None)) is None


def test_equal_values_look_equal_and_tables_keep_their_keys():
    assert plain({"b", "a"}) == plain({"a", "b"}) == ["a", "b"]
    assert plain({Colour.RED: (1, None)}) == {"red": [1, None]}


def test_what_has_no_plain_form_is_refused():
    with pytest.raises(TypeError, match="object"):
        plain(object())
