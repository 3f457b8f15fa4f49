"""Where a separator may have been lost: every legal way to divide an element that runs to the end of a scan.

A scanner that does not transmit FNC1 glues the next element to a lot or serial. The lot is never guessed: where more
than one division is legal, all are handed out and a person chooses.
"""

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterator
from functools import cache
from itertools import islice
from typing import NamedTuple

from app.udi.draft import Draft
from app.udi.elements import settle
from app.udi.identifiers import Identifier, identifier_at, identifiers
from app.udi.reading import Element

_MOST_CANDIDATES = 12
_MOST_FOUND = 60
_MOST_STEPS = 500
_MOST_ELEMENTS = 12
_FOUND_AGAIN = frozenset(("duplicate_element", "not_together", "dates_differ"))
_TRADE_ITEMS = frozenset(("01", "02", "03", "8006", "8026"))
_ALT_CODE = "029"
# Tied to trade items by the table, but not seen on medical devices, and short enough to make many lots doubtful (each
# with 2022 or 251231 in it): company variants, consumer goods, tobacco, made to order, packaging parts, source animals.
# The company-internal 90 to 99 are no followers either: half of all numeric lots would be in doubt.
_NOT_ON_DEVICES = frozenset(("20", "22", "235", "242", "243", "251"))

Tokens = tuple[Element, ...]


@cache
def _follower_codes() -> frozenset[str]:
    """Identifiers that may follow a lot or serial: trade item keys and what the table ties to a trade item."""
    tied = {code for code, each in identifiers().items() if any("01" in group for group in each.needs)}
    return frozenset((tied | _TRADE_ITEMS | {"00", "37"}) - _NOT_ON_DEVICES)


@cache
def _follower() -> re.Pattern[str]:
    """Finds, overlapping, each place where a follower could begin."""
    return re.compile("(?=(?:" + "|".join(sorted(_follower_codes())) + ")[^\x1d])")


class _Search:
    """One search over one text, with a limit on its steps; ``is_spent`` where it had to give up."""

    def __init__(self, text: str, this_year: int, starts: list[int], taken: frozenset[str]) -> None:
        self.text = text
        self.this_year = this_year
        self.starts = starts
        self.taken = taken
        self.steps = 0

    @property
    def is_spent(self) -> bool:
        return self.steps > _MOST_STEPS

    def divisions(self, position: int, path: Tokens = ()) -> Iterator[Tokens]:
        """All legal token sequences from an identifier at ``position`` to the end; no identifier comes twice."""
        self.steps += 1
        identifier = identifier_at(self.text, position)
        if identifier is None or self.is_spent or len(path) == _MOST_ELEMENTS:
            return
        code, start = identifier.code, position + len(identifier.code)
        if code in self.taken or any(token.ai == code for token in path):
            return
        for end in self._ends(start, identifier):
            for value in self._values(identifier, self.text[start:end]):
                longer = (*path, Element(code, value, start))
                if end == len(self.text):
                    yield longer
                else:
                    yield from self.divisions(end, longer)

    def _ends(self, start: int, identifier: Identifier) -> list[int]:
        size = len(self.text)
        least, most = start + identifier.least, min(start + identifier.most + len(_ALT_CODE), size)
        ends = self.starts[bisect_left(self.starts, least) : bisect_right(self.starts, most)]
        return [*ends, size] if least <= size <= most else ends

    def _values(self, identifier: Identifier, piece: str) -> Iterator[str]:
        """The value as it stands, and without the ``029`` that Alt+029 typed in place of a separator leaves."""
        if identifier.fault(piece, self.this_year) is None:
            yield piece
        if not identifier.is_fixed and piece.endswith(_ALT_CODE):
            short = piece.removesuffix(_ALT_CODE)
            if identifier.fault(short, self.this_year) is None:
                yield short


class Divided(NamedTuple):
    """Legal readings, best founded first; ``floor`` is what is certain if there are more than these."""

    drafts: list[Draft]
    floor: Draft | None = None


def lost_separator_drafts(text: str, strict: Draft, opened: int, this_year: int) -> Divided:
    """The legal readings of a text whose element at ``opened`` runs to the end.

    None means that the strict reading stands: it is the only legal one, or nothing legal was found. Where the search
    had to give up, the strict reading is put in doubt.
    """
    starts = [found.start() for found in _follower().finditer(text, opened + 3)]
    if not starts or _is_checked_throughout(strict, opened):
        return Divided([])
    before = [element for element in strict.elements if element.position < opened]
    search = _Search(text, this_year, starts, frozenset(element.ai for element in before))
    legal = (tokens for tokens in search.divisions(opened) if _may_stand(before, tokens))
    drafts = [_draft(strict, before, tokens, this_year) for tokens in islice(legal, _MOST_FOUND)]
    if search.is_spent and len(drafts) < 2:
        strict.doubt("separator_lost", opened)
        return Divided([])
    if len(drafts) == 1 and drafts[0].elements == strict.elements:
        return Divided([])
    drafts.sort(key=_evidence, reverse=True)
    is_all = len(drafts) <= _MOST_CANDIDATES and not search.is_spent
    floor = None if is_all else settle(Draft(strict.agency, elements=before), this_year)
    return Divided(drafts[:_MOST_CANDIDATES], floor)


def _is_checked_throughout(strict: Draft, opened: int) -> bool:
    """The open element is legal and holds nothing but dates and times: no room for another element."""
    last = strict.elements[-1] if strict.elements else None
    return last is not None and last.position > opened and all(part.checks for part in identifiers()[last.ai].parts)


def _draft(strict: Draft, before: list[Element], tokens: Tokens, this_year: int) -> Draft:
    kept = [
        each for each in strict.problems if each.kind not in _FOUND_AGAIN and (each.position or 0) < tokens[0].position
    ]
    return settle(Draft(strict.agency, elements=[*before, *tokens], problems=kept), this_year)


def _may_stand(before: list[Element], tokens: Tokens) -> bool:
    """Each element has those it needs and none that it excludes; the trade item itself may be on another label."""
    table = identifiers()
    present = {element.ai for element in (*before, *tokens)}
    excluded = any(not table[token.ai].never.isdisjoint(present) for token in tokens)
    if _TRADE_ITEMS.isdisjoint(present):
        present |= _TRADE_ITEMS
    needs = (table[token.ai].needs for token in tokens[1:])
    return not excluded and all(any(present.issuperset(group) for group in groups) for groups in needs if groups)


def _evidence(draft: Draft) -> tuple[int, int]:
    """A date or a check digit seldom stands in a lot by chance; a one-letter lot is rare."""
    proven = sum(1 for element in draft.elements if identifiers()[element.ai].has_checks)
    return proven, min(len(draft.lot or "  "), len(draft.serial or "  "), 2)
