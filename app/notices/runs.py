"""One run of a notice - a label, its operators and values - turned into clauses.

"between A and B", "A to B" and a tight "001-120" are ranges; "before A", "A and lower", "up to A" are cut-offs;
"begin with A" is a prefix; "except A" takes out; part-hidden values and "select lots between" stay possible only.
"""

import re
from dataclasses import dataclass, replace
from itertools import pairwise
from typing import NamedTuple

from app.notices.clauses import DATE_KEYS, Clause, ClauseForm, ClauseKey


class Item(NamedTuple):
    """A value ("value", "mask", "date"), or an operator by name, with its place."""

    kind: str
    start: int
    end: int

    @property
    def is_value(self) -> bool:
        return self.kind in ("value", "mask")


_CUTOFFS_BEFORE = {
    "before": ("last", False),
    "upto_incl": ("last", True),
    "to": ("last", True),
    "after": ("first", False),
    "since_incl": ("first", True),
    "from": ("first", True),
}
_CUTOFFS_BEHIND = {
    "or_earlier": ("last", True),
    "post_before": ("last", False),
    "or_later": ("first", True),
    "post_after": ("first", False),
}
_OPEN = frozenset({"vague", "attach", "open", "suffix"})
_FAR = 60
_DASHES = "-\u2010\u2011\u2012\u2013\u2014\u2015\u2212"
_TIGHT = re.compile(r"([A-Za-z]*\d[A-Za-z0-9]*)[-\u2010-\u2015\u2212]([A-Za-z]*\d[A-Za-z0-9]*)")


@dataclass(slots=True)
class _Position:
    """Where the reading of a run stands."""

    at: int = 0
    mode: ClauseForm = ClauseForm.LIST


class RunReader:
    """Turns the items of one run into clauses of one key."""

    def __init__(self, text: str, key: ClauseKey, items: list[Item]) -> None:
        self._text = text
        self._key = key
        self._items = items
        self._clauses: list[Clause] = []
        self._list: list[Item] = []
        self._position = _Position()
        self._tight = self._tight_ranges()

    def clauses(self) -> list[Clause]:
        """All clauses of the run, in order."""
        while self._position.at < len(self._items):
            self._step()
        self._close_list()
        self._finish()
        return self._clauses

    def _step(self) -> None:
        item = self._items[self._position.at]
        if item.is_value:
            self._value(item)
        else:
            self._operator(item)

    def _kind(self, offset: int) -> str:
        index = self._position.at + offset
        return self._items[index].kind if index < len(self._items) else ""

    def _at(self, offset: int) -> Item | None:
        index = self._position.at + offset
        return self._items[index] if index < len(self._items) else None

    def _value(self, item: Item) -> None:
        behind, second = self._kind(1), self._at(2)
        if behind == "to" and second and second.is_value and self._is_close(item, second):
            self._range(item, second, item.start, 3)
        elif behind in _CUTOFFS_BEHIND:
            self._cutoff(item, _CUTOFFS_BEHIND[behind], item.start, self._items[self._position.at + 1].end, 2)
        elif item.kind == "mask":
            self._close_list()
            self._add(ClauseForm.MASKED, item.start, item.end, values=(self._slice(item),))
            self._position.at += 1
        elif item in self._tight:
            self._tight_range(item)
        else:
            self._listed(item)

    def _is_close(self, first: Item, last: Item) -> bool:
        """A range is written in one go: a dash stands between its ends, a word at most a few letters away."""
        operator = self._items[self._position.at + 1]
        is_dash = self._text[operator.start] in _DASHES
        reach = 3 if is_dash else 16
        gaps = operator.start - first.end, last.start - operator.end
        return max(gaps) <= reach and not (is_dash and "\n" in self._text[first.end : last.start])

    def _listed(self, item: Item) -> None:
        if self._list and item.start - self._list[-1].end > _FAR:
            self._close_list()
        self._list.append(item)
        self._position.at += 1

    def _operator(self, item: Item) -> None:
        after, second, third = self._at(1), self._kind(2), self._at(3)
        if (
            item.kind in ("between", "from")
            and after
            and after.is_value
            and third
            and third.is_value
            and second in ("to", "and")
        ):
            self._range(after, third, item.start, 4)
        elif item.kind in _CUTOFFS_BEFORE and after and after.is_value and self._limits(item, after):
            self._cutoff(after, _CUTOFFS_BEFORE[item.kind], item.start, after.end, 2)
        else:
            self._other(item)
            self._position.at += 1

    def _limits(self, operator: Item, value: Item) -> bool:
        """A limit needs its value at hand; a lone dash or a bare "to" in front of a code limits nothing."""
        gap = self._text[operator.end : value.start]
        if len(gap) > 40 or gap.count("\n") > 1:
            return False
        word = self._text[operator.start : operator.end].strip().lower()
        return operator.kind != "to" or self._key in DATE_KEYS or (word[:1] not in _DASHES and word != "to")

    def _other(self, item: Item) -> None:
        if item.kind == "except":
            self._close_list()
            self._position.mode = ClauseForm.EXCEPT
        elif item.kind == "prefix":
            self._close_list()
            self._position.mode = ClauseForm.PREFIX
        elif item.kind == "post_prefix" and self._list:
            self._position.mode = ClauseForm.PREFIX
            self._close_list()
            self._position.mode = ClauseForm.LIST
        elif item.kind == "unaffected" and self._list:
            self._position.mode = ClauseForm.EXCEPT
            self._close_list()
            self._position.mode = ClauseForm.LIST
        elif item.kind == "all":
            self._close_list()
            self._add(ClauseForm.ALL, item.start, item.end)
        elif item.kind in _OPEN or self._is_dangling(item):
            self._close_list()
            self._add(ClauseForm.REFERENCE, item.start, item.end)

    def _is_dangling(self, item: Item) -> bool:
        """Half of a range: "between" without two values, a dash or 至 behind a value and nothing behind it."""
        if item.kind == "between":
            return True
        index = self._position.at
        has_left = index > 0 and self._items[index - 1].is_value
        word = self._text[item.start : item.end].strip().lower()
        is_last_dash = word[:1] in _DASHES and index + 1 == len(self._items)
        return item.kind == "to" and has_left and word != "to" and not is_last_dash

    def _range(self, first: Item, last: Item, start: int, taken: int) -> None:
        self._close_list()
        form = ClauseForm.MASKED if "mask" in (first.kind, last.kind) else ClauseForm.RANGE
        form = ClauseForm.EXCEPT if self._position.mode is ClauseForm.EXCEPT else form
        self._add(form, start, last.end, first=self._slice(first), last=self._slice(last))
        self._position.at += taken

    def _cutoff(self, value: Item, limit: tuple[str, bool], start: int, end: int, taken: int) -> None:
        self._close_list()
        printed = self._slice(value)
        form = ClauseForm.MASKED if value.kind == "mask" else ClauseForm.CUTOFF
        side, inclusive = limit
        clause = Clause(self._key, form, self._text[start:end], start, end)
        if side == "first":
            clause = replace(clause, first=printed, first_inclusive=inclusive)
        else:
            clause = replace(clause, last=printed, last_inclusive=inclusive)
        self._clauses.append(clause)
        self._position.at += taken

    def _tight_range(self, item: Item) -> None:
        self._close_list()
        first, last = self._tight[item]
        self._add(ClauseForm.RANGE, item.start, item.end, first=first, last=last)
        self._position.at += 1

    def _close_list(self) -> None:
        if not self._list:
            return
        values = tuple(self._slice(item) for item in self._list)
        self._add(self._position.mode, self._list[0].start, self._list[-1].end, values=values)
        self._list = []

    def _add(
        self,
        form: ClauseForm,
        start: int,
        end: int,
        values: tuple[str, ...] = (),
        first: str | None = None,
        last: str | None = None,
    ) -> None:
        self._clauses.append(Clause(self._key, form, self._text[start:end], start, end, values, first, last))

    def _slice(self, item: Item) -> str:
        return self._text[item.start : item.end]

    def _finish(self) -> None:
        """ "All ... except", "all ... below" and "select lots between" are one statement each."""
        if self._key is ClauseKey.SOFTWARE and any(clause.form is ClauseForm.LIST for clause in self._clauses):
            self._clauses = [clause for clause in self._clauses if clause.form is not ClauseForm.ALL]
        narrowing = (ClauseForm.CUTOFF, ClauseForm.RANGE, ClauseForm.EXCEPT, ClauseForm.PREFIX, ClauseForm.MASKED)
        if any(clause.form in narrowing for clause in self._clauses):
            self._clauses = [clause for clause in self._clauses if clause.form is not ClauseForm.ALL]
        limits = (ClauseForm.RANGE, ClauseForm.CUTOFF)
        if any(item.kind == "vague" for item in self._items) and any(clause.form in limits for clause in self._clauses):
            kept = [clause for clause in self._clauses if clause.form is not ClauseForm.REFERENCE]
            self._clauses = [
                replace(clause, form=ClauseForm.MASKED) if clause.form in limits else clause for clause in kept
            ]
        self._join_cutoffs()

    def _join_cutoffs(self) -> None:
        """ "after A and before B" is one range, not two open ones; "below A or above B" are two."""
        joined: list[Clause] = []
        for clause in self._clauses:
            last = joined[-1] if joined else None
            if (
                last
                and clause.form is last.form is ClauseForm.CUTOFF
                and (last.first is None) != (clause.first is None)
                and _lies_between(*((clause, last) if last.first is None else (last, clause)))
            ):
                low, high = (clause, last) if last.first is None else (last, clause)
                joined[-1] = replace(
                    low,
                    form=ClauseForm.RANGE,
                    last=high.last,
                    last_inclusive=high.last_inclusive,
                    quote=self._text[last.start : clause.end],
                    start=last.start,
                    end=clause.end,
                )
            else:
                joined.append(clause)
        self._clauses = joined

    def _tight_ranges(self) -> dict[Item, tuple[str, str]]:
        """Values such as 001-120: both halves of one shape, ascending; in a list none may overlap another."""
        if self._key in DATE_KEYS or self._key is ClauseKey.SOFTWARE:
            return {}
        found: dict[Item, tuple[str, str]] = {}
        for item in self._items:
            halves = _TIGHT.fullmatch(self._slice(item)) if item.kind == "value" else None
            if halves and _is_range(halves[1], halves[2]) and self._may_be_range(item):
                found[item] = (halves[1], halves[2])
        limits = sorted(found.values())
        if any(one[0] == two[0] or one[1] >= two[0] for one, two in pairwise(limits)):
            return {}
        return found

    def _may_be_range(self, item: Item) -> bool:
        """References are hyphenated as a rule: only a long dash or letters on both sides make a range of them."""
        if self._key not in (ClauseKey.REF, ClauseKey.DI):
            return True
        return "\u2013" in self._slice(item)


def _lies_between(low: Clause, high: Clause) -> bool:
    """Whether the limits can enclose anything: texts of one shape compare, others are taken to."""
    first, last = low.first or "", high.last or ""
    return re.sub(r"\d", "0", first) != re.sub(r"\d", "0", last) or first <= last


def _is_range(first: str, last: str) -> bool:
    if len(first) < 3 or len(first) != len(last) or not first < last:
        return False
    return re.sub(r"\d", "0", first) == re.sub(r"\d", "0", last)
