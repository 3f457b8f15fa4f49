"""Where a walk over a notice puts what it finds: the run that is open, and everything that is finished."""

from dataclasses import dataclass, field, replace

from app.notices.clauses import Clause, ClauseForm, ClauseKey
from app.notices.runs import Item, RunReader
from app.notices.tokens import Token


@dataclass(slots=True)
class Findings:
    """Clauses without scope, breaks, ends of tables, codes without a label, names in front of lists, labels, doubts."""

    clauses: list[Clause] = field(default_factory=list[Clause])
    breaks: list[int] = field(default_factory=list[int])
    table_ends: list[int] = field(default_factory=list[int])
    bare: list[Item] = field(default_factory=list[Item])
    skipped: list[Item] = field(default_factory=list[Item])
    named: dict[int, str] = field(default_factory=dict[int, str])
    headings: list[Item] = field(default_factory=list[Item])
    labels: dict[ClauseKey, Token] = field(default_factory=dict[ClauseKey, Token])
    doubts: list[str] = field(default_factory=list[str])


class Collector:
    """The open run of one key, and the findings so far."""

    def __init__(self, text: str) -> None:
        self.found = Findings()
        self.items: list[Item] = []
        self.name: str | None = None
        self.is_twin = False
        self._text = text
        self._key: ClauseKey | None = None
        self._values = 0
        self._kinds: set[str] = set()

    @property
    def has_values(self) -> bool:
        """Whether the open run holds a value."""
        return self._values > 0

    @property
    def count(self) -> int:
        """How many values the open run holds."""
        return self._values

    def has(self, kind: str) -> bool:
        """Whether the open run holds an operator of this name."""
        return kind in self._kinds

    def value(self, key: ClauseKey, item: Item) -> None:
        """One more value of ``key``; another key's run is closed first."""
        if self._values and self._key is not key:
            self.flush()
        self._key = key
        if self.name is not None:
            self.found.named[item.start] = self.name
        self._values += 1
        self.items.append(item)

    def operator(self, key: ClauseKey, item: Item) -> None:
        """One more operator of ``key``."""
        if not self.items:
            self._key = key
        self._kinds.add(item.kind)
        self.items.append(item)

    def flush(self) -> None:
        """Close the open run: its items become clauses."""
        before = len(self.found.clauses)
        if self._key is not None and len(self.items) == 1 == self._values and self.items[0].kind == "value":
            self._single(self._key, self.items[0])
        elif self._key is not None and self.items:
            self.found.clauses += RunReader(self._text, self._key, self.items).clauses()
        self.items = []
        self._values = 0
        if self.is_twin and self._key is ClauseKey.LOT:
            self._double(before)
        self._key = None
        self._kinds.clear()

    def _double(self, before: int) -> None:
        """Behind "lot or serial number" each value may be either."""
        added = self.found.clauses[before:]
        self.found.clauses += [replace(clause, key=ClauseKey.SERIAL) for clause in added if clause.key is ClauseKey.LOT]

    def _single(self, key: ClauseKey, item: Item) -> None:
        printed = self._text[item.start : item.end]
        if "-" in printed or not printed.isascii():
            self.found.clauses += RunReader(self._text, key, self.items).clauses()
        else:
            self.clause(key, ClauseForm.LIST, (item.start, item.end), (printed,))

    def clause(self, key: ClauseKey, form: ClauseForm, place: tuple[int, int], values: tuple[str, ...] = ()) -> None:
        """A clause that is no run: read at once."""
        start, end = place
        self.found.clauses.append(Clause(key, form, self._text[start:end], start, end, values))
