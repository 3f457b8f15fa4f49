"""The clauses of one notice arranged for looking up one unit after another."""

import re
from collections import defaultdict
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from typing import Any

from app.core.lots import lot_key
from app.notices.clauses import Clause, ClauseForm, ClauseKey
from app.notices.lots import lot_skeleton
from app.notices.matching import Match, is_comparable, is_masked, limit_match, shape_of

Applies = Callable[[Clause], bool]
_WORDS = ("LOT", "BATCH", "SN", "BN")
_SHORT_RANGE = re.compile(r"([A-Z]*\d{4,})-(\d{1,3})", re.ASCII)
_SHORT_LIST = re.compile(r"([A-Z]*\d{4,})((?:/\d{1,2})+)", re.ASCII)
_PUNCTUATION = frozenset("-/._:@ ")


@dataclass(frozen=True, slots=True)
class Finding:
    """What one key says about the unit: the match, the reason's code, the clause that says it."""

    match: Match
    code: str
    clause_index: int | None = None
    values: dict[str, Any] = field(default_factory=dict[str, Any])


class Table:
    """All clauses of one key whose values are codes: REF, lot, serial."""

    def __init__(self, key: ClauseKey, clauses: tuple[Clause, ...]) -> None:
        self.key = key
        self._clauses = clauses
        self.own = [index for index, clause in enumerate(clauses) if clause.key is key]
        self._others = [index for index in self.own if clauses[index].form not in (ClauseForm.LIST, ClauseForm.EXCEPT)]
        self._lists = [index for index in self.own if clauses[index].form is ClauseForm.LIST]
        self._excepts = [index for index in self.own if clauses[index].form is ClauseForm.EXCEPT]
        self._listed = self._indexed(lot_key, self._lists)
        self._skeletons = self._indexed(lot_skeleton, self._lists)
        self._stems = self._stemmed()
        self._joined = self._neighbours()
        self._short = self._shortened()
        self._pairs = self._possible_ranges()

    def _indexed(self, fold: Callable[[str], str], indexes: Iterable[int]) -> dict[str, list[int]]:
        found: dict[str, list[int]] = defaultdict(list)
        for index in indexes:
            for value in self._clauses[index].values:
                found[fold(value)].append(index)
        return found

    def _stemmed(self) -> dict[str, list[int]]:
        found: dict[str, list[int]] = defaultdict(list)
        for key, indexes in self._listed.items():
            for stem in _stems(key):
                found[stem] += indexes
        return found

    def _neighbours(self) -> dict[str, list[int]]:
        """Codes that a blank may have cut in two or three: "3EX 1234"."""
        found: dict[str, list[int]] = defaultdict(list)
        for index in self._lists:
            values = [lot_key(value) for value in self._clauses[index].values]
            for one, two, three in zip(values, values[1:], [*values[2:], ""], strict=False):
                found[one + two].append(index)
                found[one + two + three].append(index)
        return found

    def _shortened(self) -> dict[str, list[int]]:
        """Lots that a shortened notation may mean besides its own text: 45670-75, 45670/1/2."""
        found: dict[str, list[int]] = defaultdict(list)
        for key, indexes in self._listed.items():
            for lot in _meant(key):
                found[lot] += indexes
        return found

    def _possible_ranges(self) -> dict[str, list[tuple[str, str, int]]]:
        """Listed values such as 107641-107642, which may be one code or a range, by the shape of their halves."""
        found: dict[str, list[tuple[str, str, int]]] = defaultdict(list)
        for key, indexes in self._listed.items():
            first, dash, last = key.partition("-")
            if dash and first < last and shape_of(first) == shape_of(last):
                found[shape_of(first)] += [(first, last, index) for index in indexes]
        return found

    def holds(self, value: str) -> bool:
        """Whether any list of this key names the value, whatever its scope."""
        return lot_key(value) in self._listed

    def speaks(self, applies: Applies) -> bool:
        """Whether any clause of this key holds for the unit's product."""
        return any(applies(self._clauses[index]) for index in self.own)

    def names(self, applies: Applies, *forms: ClauseForm) -> bool:
        """Whether a clause of one of these forms holds for the unit's product."""
        return any(self._clauses[index].form in forms and applies(self._clauses[index]) for index in self.own)

    def find(self, value: str, applies: Applies) -> Finding | None:
        """What this key says about ``value``; None if no clause of it holds for the unit's product."""
        if not self.speaks(applies):
            return None
        excepted = self._excepted(value, applies)
        if excepted:
            return excepted
        return self._positive(value, applies) or self._nothing(value, applies)

    def _excepted(self, value: str, applies: Applies) -> Finding | None:
        key = lot_key(value)
        for index in self._excepts:
            clause = self._clauses[index]
            if not applies(clause):
                continue
            is_named = key in {lot_key(one) for one in clause.values}
            state = limit_match(clause, value) if clause.first or clause.last else Match.NO
            if is_named or state is Match.YES:
                return self._finding(Match.NO, "excepted", index, value)
        return None

    def _positive(self, value: str, applies: Applies) -> Finding | None:
        index = self._first(self._listed.get(lot_key(value), ()), applies)
        if index is not None:
            return self._finding(Match.YES, "listed", index, value)
        limits = self._limits(value, applies)
        if limits and limits.match is Match.YES:
            return limits
        alike = self._first(self._skeletons.get(lot_skeleton(value), ()), applies)
        if alike is None:
            alike = self._first(self._stem_hits(lot_key(value)), applies)
        if alike is not None:
            return self._finding(Match.OPEN, "look_alike", alike, value)
        return limits

    def _stem_hits(self, key: str) -> list[int]:
        hits = [*self._stems.get(key, ()), *self._joined.get(key, ()), *self._short.get(key, ())]
        hits += [index for first, last, index in self._pairs.get(shape_of(key), ()) if first <= key <= last]
        for stem in (*_stems(key), *_with_word(key)):
            hits += self._listed.get(stem, ())
        return hits

    def _first(self, indexes: Iterable[int], applies: Applies) -> int | None:
        return next((index for index in indexes if applies(self._clauses[index])), None)

    def _limits(self, value: str, applies: Applies) -> Finding | None:
        """Ranges, prefixes, masks. A range of another shape is silent where one of the unit's own shape speaks."""
        found: list[tuple[Finding, bool]] = []
        for index in self._others:
            clause = self._clauses[index]
            if applies(clause):
                found.append((self._one(clause, index, value), is_comparable(clause, value)))
        if any(comparable for _, comparable in found):
            silent = (ClauseForm.RANGE, ClauseForm.CUTOFF)
            found = [
                (one, comparable)
                for one, comparable in found
                if comparable or one.clause_index is None or self._clauses[one.clause_index].form not in silent
            ]
        return _strongest([one for one, _ in found])

    def _one(self, clause: Clause, index: int, value: str) -> Finding:
        if clause.form is ClauseForm.ALL:
            return self._finding(Match.YES, "all", index, value)
        if clause.form is ClauseForm.REFERENCE:
            return self._finding(Match.OPEN, "elsewhere", index, value)
        if clause.form is ClauseForm.PREFIX:
            is_hit = any(lot_key(value).startswith(lot_key(one)) for one in clause.values)
            return self._finding(
                Match.YES if is_hit else Match.NO, "prefix" if is_hit else "other_prefix", index, value
            )
        state = limit_match(clause, value) if clause.first or clause.last else _possible(clause, value)
        if clause.form is ClauseForm.MASKED:
            is_outside = state is Match.NO
            return self._finding(
                Match.NO if is_outside else Match.OPEN, "out_of_range" if is_outside else "masked", index, value
            )
        code = {Match.YES: "in_range", Match.NO: "out_of_range"}.get(state, "other_shape")
        return self._finding(state, code, index, value)

    def _nothing(self, value: str, applies: Applies) -> Finding:
        lists = [index for index in self._lists if applies(self._clauses[index])]
        if lists:
            return self._finding(Match.NO, "not_listed", lists[0], value)
        index = self._first(self._excepts, applies)
        return self._finding(Match.YES, "not_excepted", index, value)

    def _finding(self, match: Match, code: str, index: int | None, value: str) -> Finding:
        return Finding(match, code, index, {"key": self.key, "value": value})


def _possible(clause: Clause, value: str) -> Match:
    """Values hidden in part may be any; values that are only possible are open where they fit."""
    if any(is_masked(one) for one in clause.values):
        return Match.OPEN
    is_named = lot_key(value) in {lot_key(one) for one in clause.values}
    return Match.OPEN if is_named or not clause.values else Match.NO


def _strongest(found: list[Finding]) -> Finding | None:
    for match in (Match.YES, Match.OPEN, Match.NO):
        for one in found:
            if one.match is match:
                return one
    return None


def _stems(key: str) -> list[str]:
    """The beginnings of a code up to each of its strokes: A-12/B has A and A-12."""
    return [key[:at] for at, letter in enumerate(key) if letter in _PUNCTUATION and at >= 3]


def _with_word(key: str) -> list[str]:
    """LOT2301 may be printed for 2301, and the other way round."""
    bare = [key.removeprefix(word) for word in _WORDS if key.startswith(word) and len(key) > len(word)]
    return [*bare, *(word + key for word in _WORDS)]


def _meant(key: str) -> list[str]:
    """45670-75 may be six lots, 45670/1/2 three; 77213-1 is one lot."""
    span = _SHORT_RANGE.fullmatch(key)
    if span:
        head, first, last = span[1][: -len(span[2])], span[1][-len(span[2]) :], span[2]
        return [f"{head}{tail:0{len(last)}d}" for tail in range(int(first), int(last) + 1)] if first < last else []
    parts = key.split("/")
    if len(parts) > 1 and len({shape_of(part) for part in parts}) == 1 and parts[0]:
        return parts
    strokes = _SHORT_LIST.fullmatch(key)
    if not strokes:
        return []
    return [strokes[1], *(strokes[1][: -len(tail)] + tail for tail in strokes[2].split("/") if tail)]
