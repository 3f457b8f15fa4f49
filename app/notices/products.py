"""Is the unit one of the products the notice names, and which clauses belong to it?"""

import re
from collections.abc import Callable

from app.core.lots import lot_key
from app.notices.clauses import PRODUCT_KEYS, Clause, ClauseForm, ClauseKey, NoticeReading
from app.notices.matching import Match, certificate_key, digits14, shape_of
from app.notices.tables import Finding, Table

_OPENERS = (ClauseForm.REFERENCE, ClauseForm.MASKED)


class Products:
    """The products of one notice."""

    def __init__(self, reading: NoticeReading) -> None:
        self._clauses = reading.clauses
        self._is_unlabelled = "unlabelled" in reading.doubts
        self._references = Table(ClauseKey.REF, reading.clauses)
        self._identifiers = self._by_key(ClauseKey.DI, digits14)
        self._certificates = self._by_key(ClauseKey.CERTIFICATE, certificate_key)
        self._shapes = {
            shape_of(lot_key(value))
            for clause in reading.clauses
            if clause.key is ClauseKey.REF and clause.form is ClauseForm.LIST
            for value in clause.values
        }
        self._listed = {
            _name(value)
            for clause in reading.clauses
            if clause.key in PRODUCT_KEYS and clause.form is ClauseForm.LIST
            for value in clause.values
        }
        self._scopes = {clause.scope: frozenset(map(_name, clause.scope)) for clause in reading.clauses}

    def _by_key(self, key: ClauseKey, fold: Callable[[str], str]) -> dict[str, int]:
        found: dict[str, int] = {}
        for index, clause in enumerate(self._clauses):
            if clause.key is key and clause.form is ClauseForm.LIST:
                for value in clause.values:
                    found.setdefault(fold(value), index)
        return found

    def applicable(self, names: list[str]) -> frozenset[tuple[str, ...]]:
        """The scopes that hold for a unit with these names.

        Its own and the whole notice; all of them if none is its own, unless the notice names the product without lots.
        """
        keys = {_name(name) for name in names}
        own = {scope for scope, members in self._scopes.items() if members & keys}
        if own or (keys & self._listed and all(members <= self._listed for members in self._scopes.values())):
            return frozenset(own | {()})
        return frozenset(self._scopes)

    def product(self, ref: str | None, model: str | None, identifiers: list[str]) -> Finding | None:
        """REF and DI together: a matching DI decides; a matching REF with a foreign DI is open."""
        by_identifier, by_reference = self._identifier(identifiers), self._reference(ref, model)
        if by_identifier is None or by_reference is None:
            return by_identifier or by_reference
        if by_identifier.match is Match.YES:
            return by_identifier
        if by_reference.match is Match.YES:
            if by_identifier.match is Match.NO:
                return Finding(Match.OPEN, "ref_without_di", by_reference.clause_index, by_reference.values)
            return by_reference
        return by_identifier if by_identifier.match is Match.NO else by_reference

    def _identifier(self, identifiers: list[str]) -> Finding | None:
        if not identifiers or not self._speaks(ClauseKey.DI):
            return None
        values = {"key": ClauseKey.DI, "value": identifiers[0]}
        for printed in identifiers:
            index = self._identifiers.get(digits14(printed))
            if index is not None:
                return Finding(Match.YES, "listed", index, {"key": ClauseKey.DI, "value": printed})
        if self._has(ClauseKey.DI, *_OPENERS):
            return Finding(Match.OPEN, "elsewhere", self._first(ClauseKey.DI), values)
        if any(_is_near(digits14(one), listed) for one in identifiers for listed in self._identifiers):
            return Finding(Match.OPEN, "look_alike", self._first(ClauseKey.DI), values)
        return Finding(Match.NO, "not_listed", self._first(ClauseKey.DI), values)

    def _reference(self, ref: str | None, model: str | None) -> Finding | None:
        found = [
            one for one in (self._one_reference(ref, is_model=False), self._one_reference(model, is_model=True)) if one
        ]
        for match in (Match.YES, Match.OPEN, Match.NO):
            for one in found:
                if one.match is match:
                    return one
        return None

    def _one_reference(self, printed: str | None, *, is_model: bool) -> Finding | None:
        if printed and digits14(printed) in self._identifiers:
            values = {"key": ClauseKey.DI, "value": printed}
            return Finding(Match.YES, "listed", self._identifiers[digits14(printed)], values)
        if not printed or not self._references.own:
            return None
        finding = self._references.find(printed, _always)
        if finding is None or finding.match is not Match.NO or finding.code == "excepted":
            return finding
        word = self._listed_word(printed)
        if word:
            return self._references.find(word, _always)
        return self._unlisted(finding, printed, is_model=is_model)

    def _listed_word(self, printed: str) -> str | None:
        words = [
            word for word in re.split(r"\s+", printed) if len(word) >= 3 and any(letter.isdigit() for letter in word)
        ]
        return next((word for word in words if self._references.holds(word)), None)

    def _unlisted(self, finding: Finding, printed: str, *, is_model: bool) -> Finding | None:
        """A foreign code excludes; a name without figures says nothing; other spellings stay open."""
        key = lot_key(printed)
        if not re.search(r"\d", key) or not key.isascii():
            return None
        if any(not shape.isascii() for shape in self._shapes):
            return Finding(Match.OPEN, "other_shape", finding.clause_index, finding.values)
        if shape_of(key) in self._shapes or not (is_model or self._is_unlabelled):
            return (
                finding
                if not self._is_unlabelled
                else Finding(Match.OPEN, "unlabelled", finding.clause_index, finding.values)
            )
        return Finding(Match.OPEN, "other_shape", finding.clause_index, finding.values)

    def certificate(self, printed: str | None) -> Finding | None:
        """The registration number; one of another form may be the same registration before its renewal."""
        if not printed or not self._certificates:
            return None
        key = certificate_key(printed)
        values = {"key": ClauseKey.CERTIFICATE, "value": printed}
        index = self._certificates.get(key)
        if index is not None:
            return Finding(Match.YES, "listed", index, values)
        is_same_form = any(_are_comparable(one, key) for one in self._certificates)
        match, code = (Match.NO, "not_listed") if is_same_form else (Match.OPEN, "other_shape")
        return Finding(match, code, next(iter(self._certificates.values())), values)

    def names_reference(self, value: str) -> bool:
        """Whether the notice lists this value as a REF."""
        return self._references.holds(value)

    def index_of_reference(self, value: str) -> int | None:
        """The clause that lists this value as a REF."""
        finding = self._references.find(value, _always)
        return finding.clause_index if finding else None

    @property
    def is_uniform(self) -> bool:
        """Whether all listed REFs have one shape."""
        return len(self._shapes) <= 1

    def _speaks(self, key: ClauseKey) -> bool:
        return any(clause.key is key for clause in self._clauses)

    def _has(self, key: ClauseKey, *forms: ClauseForm) -> bool:
        return any(clause.key is key and clause.form in forms for clause in self._clauses)

    def _first(self, key: ClauseKey) -> int:
        return next(index for index, clause in enumerate(self._clauses) if clause.key is key)


_CURRENT_FORM = re.compile(r".{1,2}械(?:注[准进许]\d{11}|备\d{8}号?)")
"""Numbers as 医疗器械注册与备案管理办法 (2021) arts. 115 and 116 form them; older ones may be the same device."""


def _are_comparable(one: str, other: str) -> bool:
    """Two numbers of today's forms, registration or filing, name two devices; so do two of one old form."""
    if _CURRENT_FORM.fullmatch(one) and _CURRENT_FORM.fullmatch(other):
        return True
    return len(shape_of(one)) == len(shape_of(other))


def _always(_clause: Clause) -> bool:
    return True


def _name(printed: str) -> str:
    key = lot_key(printed)
    return digits14(printed) if key.isdigit() and len(key) >= 11 else key


def _is_near(one: str, two: str) -> bool:
    """Another packing level of the same article, or the same figures with one lost at an end."""
    if one[1:13] == two[1:13]:
        return True
    short, long = sorted((one.lstrip("0"), two.lstrip("0")), key=len)
    return len(short) >= 10 and len(short) != len(long) and short in long
