"""Which lots, dates and versions belong to which REF or DI.

A group is the products and the identifications that stand together; a new one begins where a product follows
identifications after a break, or where another label of identifications follows the product. Only a notice with
two groups or more has scopes: where grouping is not certain, everything holds for the whole notice, which can call
a unit affected too easily but never exclude it wrongly.
"""

from bisect import bisect_left
from dataclasses import dataclass, field, replace

from app.notices.clauses import IDENTITY_KEYS, PRODUCT_KEYS, Clause, ClauseForm, ClauseKey


@dataclass(slots=True)
class _Group:
    products: dict[str, None] = field(default_factory=dict[str, None])
    members: list[int] = field(default_factory=list[int])
    keys: set[ClauseKey] = field(default_factory=set[ClauseKey])
    is_product_first: bool = True
    is_doubtful: bool = False
    last_end: int = 0


class _Grouping:
    def __init__(self, clauses: list[Clause], breaks: list[int], table_ends: list[int]) -> None:
        self._clauses = clauses
        self._breaks = breaks
        self._table_ends = table_ends
        self.groups: list[_Group] = []

    def run(self) -> None:
        for index, clause in enumerate(self._clauses):
            if clause.scope or clause.key is ClauseKey.CERTIFICATE:
                continue
            if clause.key in PRODUCT_KEYS:
                self._product(index, clause)
            else:
                self._member(index, clause)

    def _product(self, index: int, clause: Clause) -> None:
        if clause.form is not ClauseForm.LIST:
            return
        group = self.groups[-1] if self.groups else None
        if group is None or (group.members and self._is_new_product(group, index, clause)):
            group = _Group()
            self.groups.append(group)
        if not group.is_product_first and group.members:
            first = self._clauses[group.members[0]]
            group.is_doubtful = group.is_doubtful or self._has_break(first.start, clause.start)
        group.products |= dict.fromkeys(clause.values)
        group.keys.add(clause.key)
        group.last_end = clause.end

    def _is_new_product(self, group: _Group, index: int, clause: Clause) -> bool:
        if all(value in group.products for value in clause.values):
            return False
        following = self._clauses[index + 1] if index + 1 < len(self._clauses) else None
        leads = bool(
            following and following.key not in PRODUCT_KEYS and not self._has_break(clause.end, following.start)
        )
        if self._has_break(group.last_end, clause.start):
            return leads or clause.key in group.keys
        return (
            leads
            and group.is_product_first
            and bool(following and following.key in IDENTITY_KEYS and not following.scope)
        )

    def _member(self, index: int, clause: Clause) -> None:
        group = self.groups[-1] if self.groups else None
        if group is None or (
            not group.is_product_first
            and group.products
            and clause.key in IDENTITY_KEYS
            and self._has_break(group.last_end, clause.start)
        ):
            group = _Group(is_product_first=False)
            self.groups.append(group)
        elif group.members and any(group.last_end <= end <= clause.start for end in self._table_ends):
            group = _Group()  # behind a table nobody knows which of its rows is meant
            self.groups.append(group)
        group.members.append(index)
        group.last_end = clause.end

    def _has_break(self, start: int, end: int) -> bool:
        at = bisect_left(self._breaks, start)
        return at < len(self._breaks) and self._breaks[at] < end


def with_scopes(clauses: list[Clause], breaks: list[int], named: dict[int, str], table_ends: list[int]) -> list[Clause]:
    """The clauses with their scope. ``named`` gives clauses that stand behind a name of their own ("e700: ...")."""
    grouping = _Grouping(clauses, breaks, table_ends)
    grouping.run()
    groups = _settled(grouping.groups)
    scoped = list(clauses)
    if len(groups) > 1:
        for group in groups:
            scope = tuple(group.products)
            for index in group.members:
                scoped[index] = _within(clauses[index], scope)
    for index, clause in enumerate(scoped):
        if clause.start in named and clause.key in IDENTITY_KEYS:
            scoped[index] = replace(clause, scope=(named[clause.start],))
    return _without_lonely_scope(scoped)


def _within(clause: Clause, scope: tuple[str, ...]) -> Clause:
    """``dataclasses.replace`` costs four times as much, and a notice may have 70,000 clauses."""
    return Clause(
        clause.key, clause.form, clause.quote, clause.start, clause.end, clause.values, clause.first, clause.last,
        clause.first_inclusive, clause.last_inclusive, scope,
    )  # fmt: skip


def _settled(groups: list[_Group]) -> list[_Group]:
    """No groups at all unless each one with identifications also has products, in one order."""
    with_members = [group for group in groups if group.members]
    if any(not group.products or group.is_doubtful for group in with_members):
        return []
    if len({group.is_product_first for group in with_members}) > 1:
        return []
    if len(with_members) == 1 and not with_members[0].is_product_first:
        return []
    return groups


def _without_lonely_scope(clauses: list[Clause]) -> list[Clause]:
    """A notice that names one product only needs no scopes."""
    products = {value for clause in clauses if clause.key in PRODUCT_KEYS for value in clause.values}
    if len({clause.scope for clause in clauses if clause.scope}) > 1 or len(products) > 1:
        return clauses
    return [replace(clause, scope=()) if clause.scope else clause for clause in clauses]
