"""The clauses of a walk put together: codes without a label placed, scopes given, doubts named."""

import re

from app.core.lots import lot_key
from app.notices.clauses import DATE_KEYS, IDENTITY_KEYS, Clause, ClauseForm, ClauseKey, NoticeReading
from app.notices.collecting import Findings
from app.notices.hints import hints
from app.notices.runs import Item
from app.notices.scopes import with_scopes
from app.notices.slices import finds
from app.notices.values import is_measure, is_version

_NAMING = frozenset({ClauseForm.LIST, ClauseForm.RANGE, ClauseForm.PREFIX})
_NEAR = 60
_WORD = re.compile(r"(?=[^\s\d]{0,40}\d)[0-9a-z\u00c0-\u04ff][0-9a-z\u00c0-\u04ff_./+#-]{1,200}")
_JOINT = re.compile(r"[\s,、;&/|]*(?:and|or|和|及)?[\s,、;&/|]*")


def _printed(flat: str) -> frozenset[str]:
    """The keys of all words with a figure in them, and of their parts between strokes.

    "PN-1234" may have been read as the part number 1234: a unit that carries a code as the text prints it is not
    excluded because nobody understood why it stands there.
    """
    found: set[str] = set()
    for word in finds(_WORD, flat):
        whole = word[0].rstrip("-_./+#")
        found.update((whole, *whole.split("/")) if "/" in whole else (whole,))
    return frozenset(word.upper() if word.isascii() else lot_key(word) for word in found)


class Assembly:
    """One notice's findings on their way to a reading."""

    def __init__(self, text: str, flat: str, found: Findings) -> None:
        self._text = text
        self._flat = flat
        self._found = found
        self._clauses = found.clauses
        self._doubts = list(found.doubts)

    def reading(self) -> NoticeReading:
        """The finished reading."""
        self._place_headings()
        self._place_bare_codes()
        self._place_unread_labels()
        self._take_all_of_nothing()
        self._clauses.sort(key=lambda clause: (clause.start, clause.end))
        for key, start, end in hints(self._flat, self._clauses):
            self._add(key, ClauseForm.REFERENCE, start, end, ())
        self._clauses.sort(key=lambda clause: (clause.start, clause.end))
        self._name_doubts()
        found = self._found
        clauses = with_scopes(self._clauses, found.breaks, found.named, found.table_ends)
        doubts = tuple(dict.fromkeys(self._doubts))
        claimed = self._claimed(clauses)
        loose, printed = self._leftovers() - claimed, _printed(self._flat) - claimed
        return NoticeReading(tuple(clauses), bool(clauses) and not doubts, doubts, loose, printed - loose)

    def _has(self, *keys: ClauseKey, forms: frozenset[ClauseForm] | None = None) -> bool:
        return any(clause.key in keys and (forms is None or clause.form in forms) for clause in self._clauses)

    def _mentions_identity(self) -> bool:
        return any(key in self._found.labels for key in IDENTITY_KEYS) or self._has(*IDENTITY_KEYS)

    def _place_headings(self) -> None:
        """Names in front of lists are references where the notice labels none."""
        if self._has(ClauseKey.REF, forms=_NAMING):
            return
        for item in self._found.headings:
            self._add(ClauseKey.REF, ClauseForm.LIST, item.start, item.end, (self._slice(item),))

    def _place_bare_codes(self) -> None:
        if not self._found.bare or self._has(ClauseKey.REF, forms=_NAMING):
            return
        claimed = {lot_key(value) for clause in self._clauses for value in clause.values}
        candidates = [
            item for item in self._found.bare if self._is_strong(item) and lot_key(self._slice(item)) not in claimed
        ]
        for group in self._neighbours(candidates):
            values = tuple(self._slice(item) for item in group)
            self._add(ClauseKey.REF, ClauseForm.LIST, group[0].start, group[-1].end, values)
        if candidates and not self._mentions_identity():
            self._doubts.append("unlabelled")

    def _is_strong(self, item: Item) -> bool:
        code = self._flat[item.start : item.end]
        if is_measure(code) or is_version(code) or re.fullmatch(r"(?:19|20)\d\d", code):
            return False
        return len(code) >= 4 or (len(code) == 3 and not code.isdigit())

    def _neighbours(self, items: list[Item]) -> list[list[Item]]:
        groups: list[list[Item]] = []
        for item in items:
            if groups and _JOINT.fullmatch(self._flat, groups[-1][-1].end, item.start):
                groups[-1].append(item)
            else:
                groups.append([item])
        return groups

    def _place_unread_labels(self) -> None:
        """ "lots manufactured between ..." means all of them; a label that names nothing leaves the key open."""
        for key in (ClauseKey.LOT, ClauseKey.SERIAL):
            label = self._found.labels.get(key)
            if label is None or self._has(key):
                continue
            behind = self._flat[label.end : label.end + 8].lstrip(" ")[:1]
            if behind not in (":", "=") and self._has_condition_near(label.start, label.end):
                self._add(key, ClauseForm.ALL, label.start, label.end, ())
            elif not self._has(*IDENTITY_KEYS) or self._is_empty_field(label.end):
                self._add(key, ClauseForm.REFERENCE, label.start, label.end, ())
                self._doubts.append("unread")

    def _is_empty_field(self, place: int) -> bool:
        return self._flat[place : place + 80].lstrip(" :")[:1] in ("", "\n")

    def _has_condition_near(self, start: int, end: int) -> bool:
        """A window or a date close to the label, before or behind it."""
        limits = (ClauseForm.RANGE, ClauseForm.CUTOFF)
        return any(
            start - _NEAR <= clause.start <= end + _NEAR
            and (clause.key in DATE_KEYS or clause.key is ClauseKey.SOFTWARE)
            and (clause.form in limits or (clause.form is ClauseForm.LIST and clause.key in DATE_KEYS))
            for clause in self._clauses
        )

    def _take_all_of_nothing(self) -> None:
        """A notice of the single word "all"."""
        word = self._flat.strip(" .\n")
        if word in ("all", "全部", "所有") and not self._clauses:
            start = self._flat.index(word)
            self._add(ClauseKey.LOT, ClauseForm.ALL, start, start + len(word), ())

    def _name_doubts(self) -> None:
        if not self._clauses:
            self._doubts.append("no_clause")
        for clause in self._clauses:
            is_elsewhere = clause.form is ClauseForm.REFERENCE and not {"see_attachment", "unread"} & set(self._doubts)
            if is_elsewhere or (clause.form is ClauseForm.MASKED and "masked" not in self._doubts):
                self._doubts.append("vague")
        if self._contradicts():
            self._doubts.append("contradictory")
        if self._clauses and {clause.key for clause in self._clauses} <= {ClauseKey.CERTIFICATE}:
            self._doubts.append("certificate_only")

    def _contradicts(self) -> bool:
        taken_out = {
            (clause.key, lot_key(value))
            for clause in self._clauses
            if clause.form is ClauseForm.EXCEPT
            for value in clause.values
        }
        if not taken_out:
            return False
        return any(
            (clause.key, lot_key(value)) in taken_out
            for clause in self._clauses
            if clause.form is ClauseForm.LIST
            for value in clause.values
        )

    def _claimed(self, clauses: list[Clause]) -> set[str]:
        values = {value for clause in clauses for value in clause.values}
        values |= {end for clause in clauses for end in (clause.first, clause.last) if end}
        return {lot_key(value) for value in values}

    def _leftovers(self) -> frozenset[str]:
        loose = self._found.bare + self._found.skipped + self._found.headings
        return frozenset(lot_key(self._slice(item)) for item in loose) - {""}

    def _slice(self, item: Item) -> str:
        return self._text[item.start : item.end]

    def _add(self, key: ClauseKey, form: ClauseForm, start: int, end: int, values: tuple[str, ...]) -> None:
        self._clauses.append(Clause(key, form, self._text[start:end], start, end, values))
