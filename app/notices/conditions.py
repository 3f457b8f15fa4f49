"""What must hold beside product and lot: expiry, production and distribution windows, software versions."""

from collections import defaultdict
from collections.abc import Iterator

from app.notices.clauses import DATE_KEYS, IDENTITY_KEYS, Clause, ClauseForm, ClauseKey
from app.notices.dates import order_of_region, order_within, readings
from app.notices.matching import Match, any_of, date_match, version_match
from app.notices.tables import Applies, Finding

_KEYS = (
    ClauseKey.EXPIRY,
    ClauseKey.PRODUCTION,
    ClauseKey.STERILISATION,
    ClauseKey.DISTRIBUTION,
    ClauseKey.SOFTWARE,
)
_UNKNOWN_TO_A_UNIT = frozenset({ClauseKey.STERILISATION, ClauseKey.DISTRIBUTION})
_STATEMENTS = frozenset(
    {ClauseForm.RANGE, ClauseForm.CUTOFF, ClauseForm.REFERENCE, ClauseForm.MASKED, ClauseForm.PREFIX}
)


class Conditions:
    """The conditions of one notice.

    A date or version printed beside each lot of a list describes that lot; a window, or a date that stands without
    lots, is a condition of its own.
    """

    def __init__(self, clauses: tuple[Clause, ...], region: str | None) -> None:
        self._clauses = clauses
        printed = [
            one
            for clause in clauses
            if clause.key in DATE_KEYS
            for one in (*clause.values, clause.first, clause.last)
            if one
        ]
        self._order = order_of_region(region) or order_within(printed)
        self._by_key: dict[ClauseKey, list[int]] = defaultdict(list)
        for index, clause in enumerate(clauses):
            self._by_key[clause.key].append(index)
        self._expiries = _expiries(clauses)
        self._has_identities = any(
            clause.key in IDENTITY_KEYS and clause.form in (ClauseForm.LIST, ClauseForm.RANGE) for clause in clauses
        )

    def expiry_of_lot(self, identity: Finding | None, expiry: str | None) -> Finding | None:
        """The expiry printed behind a listed lot, if the unit's falls into another month."""
        index = self._expiries.get(identity.clause_index or 0) if identity and identity.code == "listed" else None
        if index is None or not expiry:
            return None
        printed, own = readings(self._clauses[index].values[0], self._order), readings(expiry)
        months = {(day.year, day.month) for span in printed for day in span}
        if not months or not own or any((day.year, day.month) in months for span in own for day in span):
            return None
        values = {"key": ClauseKey.EXPIRY, "value": expiry}
        return Finding(Match.OPEN, "listed_but_outside", index, values)

    def find(self, known: dict[ClauseKey, str | None], applies: Applies, identity: Finding | None) -> Iterator[Finding]:
        """One finding per key that states a condition."""
        for key in _KEYS:
            finding = self._one(key, known.get(key), applies)
            if finding:
                weighed = self._weighed(finding, identity)
                if weighed:
                    yield weighed

    def _one(self, key: ClauseKey, value: str | None, applies: Applies) -> Finding | None:
        spoken = [
            index
            for index in self._by_key[key]
            if applies(self._clauses[index]) and self._is_condition(self._clauses[index])
        ]
        if not spoken:
            return None
        values = {"key": key, "value": value or ""}
        if not value:
            return Finding(Match.MISSING, "missing", spoken[0], values)
        states = {index: self._match(self._clauses[index], value) for index in spoken}
        state = any_of(states.values()) or Match.OPEN
        index = next(index for index, one in states.items() if one is state)
        code = {Match.YES: "in_window", Match.NO: "out_of_window"}.get(state, "unclear_window")
        return Finding(state, code, index, values)

    def _is_condition(self, clause: Clause) -> bool:
        return clause.form in _STATEMENTS or (clause.form is ClauseForm.LIST and not self._has_identities)

    def _match(self, clause: Clause, value: str) -> Match:
        if clause.form in (ClauseForm.REFERENCE, ClauseForm.MASKED, ClauseForm.PREFIX) and not (
            clause.first or clause.last
        ):
            return Match.OPEN
        state = (
            version_match(clause, value) if clause.key is ClauseKey.SOFTWARE else date_match(clause, value, self._order)
        )
        return Match.OPEN if clause.form is ClauseForm.MASKED and state is Match.YES else state

    def _weighed(self, finding: Finding, identity: Finding | None) -> Finding | None:
        """A listed lot is affected without its dates; dates that contradict it leave the question open."""
        if identity is None or identity.match is not Match.YES or identity.code == "all":
            return finding
        if identity.code == "listed":
            if finding.match is Match.NO:
                return Finding(Match.OPEN, "listed_but_outside", finding.clause_index, finding.values)
            return None
        is_never_known = finding.values["key"] in _UNKNOWN_TO_A_UNIT
        return None if is_never_known and finding.match is Match.MISSING else finding


def _expiries(clauses: tuple[Clause, ...]) -> dict[int, int]:
    """For each list of lots the expiry printed behind it; it holds for all lots since the expiry before."""
    found: dict[int, int] = {}
    waiting: list[int] = []
    for index, clause in enumerate(clauses):
        if clause.form is not ClauseForm.LIST:
            continue
        if clause.key is ClauseKey.LOT:
            waiting.append(index)
        elif clause.key is ClauseKey.EXPIRY and len(clause.values) == 1:
            found |= dict.fromkeys(waiting, index)
            waiting = []
    return found
