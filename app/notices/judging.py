"""Is this unit affected? Three answers, and doubt is never "not affected".

Values of one key are alternatives, different keys must all hold. ``NOT_AFFECTED`` needs a key that was read
completely and excludes the unit for certain; everything else that is not certain asks for information.
"""

from dataclasses import dataclass, field
from typing import Any

from app.core.lots import lot_key
from app.core.statuses.verdict import Verdict
from app.notices.clauses import Clause, ClauseForm, ClauseKey, NoticeReading
from app.notices.conditions import Conditions
from app.notices.matching import Match
from app.notices.products import Products
from app.notices.tables import Applies, Finding, Table

_WHOLE = frozenset({"truncated", "contradictory", "no_clause"})


@dataclass(frozen=True, slots=True)
class Unit:
    """What is known of a unit; dates are ISO. ``dis`` holds all identifiers of its packing hierarchy."""

    model: str | None = None
    ref: str | None = None
    lot: str | None = None
    serial: str | None = None
    udi_di: str | None = None
    expiry: str | None = None
    mfg_date: str | None = None
    software: str | None = None
    reg_no: str | None = None
    dis: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Reason:
    """One step of a judgement; its sentence is at ``notices.reason.<code>`` with ``values``."""

    code: str
    clause_index: int | None = None
    values: dict[str, Any] = field(default_factory=dict[str, Any])


@dataclass(frozen=True, slots=True)
class Judgement:
    """The verdict and the reasons that decided it."""

    verdict: Verdict
    reasons: tuple[Reason, ...]


class Judge:
    """One notice, prepared once for any number of units. ``region`` settles the order of day and month."""

    def __init__(self, reading: NoticeReading, region: str | None = None) -> None:
        self._reading = reading
        self._products = Products(reading)
        self._lots = Table(ClauseKey.LOT, reading.clauses)
        self._serials = Table(ClauseKey.SERIAL, reading.clauses)
        self._conditions = Conditions(reading.clauses, region)
        self._whole_doubts = [doubt for doubt in reading.doubts if doubt in _WHOLE]

    def judge(self, unit: Unit) -> Judgement:
        """The verdict for one unit. Never raises."""
        identifiers = [one for one in dict.fromkeys((unit.udi_di, *unit.dis)) if one]
        scopes = self._products.applicable([one for one in (unit.ref, unit.model, *identifiers) if one])

        def applies(clause: Clause) -> bool:
            return clause.scope in scopes

        product = self._products.product(unit.ref, unit.model, identifiers)
        certificate = self._products.certificate(unit.reg_no)
        if certificate is not None and certificate.match is Match.YES and "certificate_only" in self._reading.doubts:
            certificate = Finding(Match.OPEN, "certificate_only", certificate.clause_index, certificate.values)
        identity = self._identity(unit, applies)
        if identity is None and "unlabelled" in self._reading.doubts:
            product, identity = self._unlabelled(product, unit)
        known = {
            ClauseKey.EXPIRY: unit.expiry,
            ClauseKey.PRODUCTION: unit.mfg_date,
            ClauseKey.SOFTWARE: unit.software,
        }
        conditions = self._conditions.find(known, applies, identity)
        expiry = self._conditions.expiry_of_lot(identity, unit.expiry)
        findings = [one for one in (product, certificate, identity, *conditions, expiry) if one]
        return self._decide([self._held_open(one, unit) for one in findings])

    def _identity(self, unit: Unit, applies: Applies) -> Finding | None:
        lot, serial = self._one(self._lots, unit.lot, applies), self._one(self._serials, unit.serial, applies)
        if lot is None and serial is None:
            return self._other_products_only()
        if lot is None or serial is None:
            return lot or serial
        return self._combined(lot, serial)

    def _combined(self, lot: Finding, serial: Finding) -> Finding:
        """Lot and serial both spoken of: the one that is named decides; they must not disagree."""
        first, second = (lot, serial) if lot.match is Match.YES else (serial, lot)
        if first.match is Match.YES:
            if second.match is Match.NO and not self._are_twins(first, second):
                return (
                    second
                    if first.code == "all"
                    else Finding(Match.OPEN, "lot_against_serial", second.clause_index, second.values)
                )
            is_weak = first.code == "all" and second.match in (Match.OPEN, Match.MISSING)
            return second if is_weak else first
        for match in (Match.OPEN, Match.NO, Match.MISSING):
            for one in (lot, serial):
                if one.match is match:
                    return one
        return lot

    def _are_twins(self, one: Finding, two: Finding) -> bool:
        """Read from one list of "lot or serial numbers"."""
        places = {self._reading.clauses[found.clause_index or 0].start for found in (one, two)}
        return len(places) == 1

    def _unlabelled(self, product: Finding | None, unit: Unit) -> tuple[Finding | None, Finding | None]:
        """Codes that the notice does not explain may be models or lots: a lot among them is meant; one that is not
        among them is open, unless all codes look like the model that matched."""
        for key, value in ((ClauseKey.LOT, unit.lot), (ClauseKey.SERIAL, unit.serial)):
            if value and self._products.names_reference(value):
                index = self._products.index_of_reference(value)
                return None, Finding(Match.YES, "listed", index, {"key": key, "value": value})
        asked = unit.lot or unit.serial
        if asked and not self._products.is_uniform:
            return product, Finding(Match.OPEN, "unlabelled", None, {"key": ClauseKey.LOT, "value": asked})
        return product, None

    def _one(self, table: Table, value: str | None, applies: Applies) -> Finding | None:
        if value and lot_key(value):
            return table.find(value, applies)
        if not table.speaks(applies):
            return None
        index = next(index for index in table.own if applies(self._reading.clauses[index]))
        if table.names(applies, ClauseForm.ALL) and not table.names(applies, ClauseForm.EXCEPT):
            return Finding(Match.YES, "all", index, {"key": table.key, "value": ""})
        return Finding(Match.MISSING, "missing", index, {"key": table.key})

    def _other_products_only(self) -> Finding | None:
        """Lots are named, but none for this unit's product."""
        for table in (self._lots, self._serials):
            if table.own:
                return Finding(Match.OPEN, "other_product", table.own[0], {"key": table.key})
        return None

    def _held_open(self, finding: Finding, unit: Unit) -> Finding:
        """An exclusion does not stand while the text holds the value in a place that was not understood."""
        if finding.match is not Match.NO or finding.code == "excepted":
            return finding
        key, is_elsewhere, loose = finding.values.get("key"), False, self._reading.leftovers
        if key in (ClauseKey.LOT, ClauseKey.SERIAL):
            values = [one for one in (unit.lot, unit.serial) if one]
            is_elsewhere = any(self._is_under_another_key(one) for one in values)
        else:
            values = [one for one in (unit.ref, unit.model, unit.udi_di) if one]
        if finding.code == "not_listed":
            loose |= self._reading.printed
        if is_elsewhere or any(lot_key(one) in loose for one in values):
            return Finding(Match.OPEN, "in_text", finding.clause_index, finding.values)
        return finding

    def _is_under_another_key(self, value: str) -> bool:
        key = lot_key(value)
        return self._products.names_reference(value) and not (self._lots.holds(key) or self._serials.holds(key))

    def _decide(self, findings: list[Finding]) -> Judgement:
        against = [one for one in findings if one.match is Match.NO]
        if against and not self._whole_doubts:
            return _judgement(Verdict.NOT_AFFECTED, against)
        unclear = [one for one in findings if one.match in (Match.OPEN, Match.MISSING)]
        if findings and not against and not unclear:
            return _judgement(Verdict.AFFECTED, findings)
        whole = [Finding(Match.OPEN, doubt) for doubt in self._whole_doubts]
        return _judgement(Verdict.NEED_INFO, unclear + whole or [Finding(Match.OPEN, "nothing_known")])


def judge(reading: NoticeReading, unit: Unit, region: str | None = None) -> Judgement:
    """The verdict for one unit; for many units of one notice keep a ``Judge``."""
    return Judge(reading, region).judge(unit)


def _judgement(verdict: Verdict, findings: list[Finding]) -> Judgement:
    return Judgement(verdict, tuple(Reason(one.code, one.clause_index, one.values) for one in findings))
