"""Where the walk over a notice stands: the key of the next value, and what lies around it."""

from app.notices.clauses import IDENTITY_KEYS, PRODUCT_KEYS, ClauseKey
from app.notices.collecting import Collector
from app.notices.columns import Columns
from app.notices.runs import Item, RunReader
from app.notices.surroundings import Surroundings
from app.notices.tokens import Token, tokenise


class Walk:
    """The state that all steps share.

    ``key`` is what the next value means; ``base`` is the last identification or product key, to which the reading
    returns after an expiry date or a version ("KN165 (exp. 2017-09), KN169"). ``is_soft``: a sentence has ended, a
    plain word would end the list. ``is_skipping``: inside a quantity or a reason. ``loose`` are the dates and operators
    that stand without a label, until one behind them takes them ("2023年5月至8月生产的").
    """

    def __init__(self, text: str, flat: str) -> None:
        self.text = text
        self.flat = flat
        self.tokens = tokenise(flat)
        self.around = Surroundings(flat, self.tokens)
        self.columns = Columns(text, flat)
        self.out = Collector(text)
        self.at = 0
        self.key: ClauseKey | None = None
        self.base: ClauseKey | None = None
        self.label: Token | None = None
        self.is_soft = False
        self.is_skipping = False
        self.loose: list[Item] = []

    def slice(self, token: Token) -> str:
        """The flattened text of a token."""
        return self.flat[token.start : token.end]

    def forget(self) -> None:
        """Close the run; what follows has no label."""
        self.out.flush()
        self.key = self.base = None

    def return_to_base(self) -> None:
        """Close the run; what follows belongs to the last identification or product key."""
        self.out.flush()
        self.key = self.base

    def take_loose(self, key: ClauseKey) -> None:
        """The dates in front of a label that stands behind them become a run of its key."""
        if any(item.is_value for item in self.loose):
            self.out.flush()
            self.out.found.clauses += RunReader(self.text, key, self.loose).clauses()
            taken = set(self.loose)
            self.out.found.skipped = [item for item in self.out.found.skipped if item not in taken]
        self.loose = []

    def enter_cell(self, place: int) -> None:
        """Take the key of the table cell that begins at ``place``, if one does."""
        cell = self.columns.cell_at(place)
        if cell is None:
            return
        self.out.flush()
        self.key, self.is_skipping = cell.key, cell.key is None
        if self.key in IDENTITY_KEYS or self.key in PRODUCT_KEYS:
            self.base = self.key
