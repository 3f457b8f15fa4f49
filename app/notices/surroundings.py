"""What stands around a token: enough to tell a value from prose and a product's name from a lot."""

import re
from collections.abc import Sequence

from app.notices.clauses import IDENTITY_KEYS, ClauseKey
from app.notices.tokens import Token

_CONNECTORS = frozenset("为是系")
_COUNTERS = frozenset("个件盒片台套支包箱只瓶袋万萬名例家份批")
_UNITS = frozenset(
    re.findall(
        r"\w+",
        "pk pks pack packs unit units piece pieces pcs ct count box boxes case cases each ea ml l mg g kg mcg mm cm m"
        " fr french gauge ga inch inches ft day days week weeks month months year years hour hours"
        " strips tests tablets capsules vials bottles cartons",
    )
)
_NAMED = frozenset({"lot", "serial", "di"})
_NAME_LENGTH = 8
_LOT_LENGTH = 5


class Surroundings:
    """Looks left and right of the token at hand."""

    def __init__(self, flat: str, tokens: Sequence[Token]) -> None:
        self._flat = flat
        self._tokens = tokens

    def at(self, index: int) -> Token | None:
        """The token of that index, None outside the notice."""
        return self._tokens[index] if 0 <= index < len(self._tokens) else None

    def before(self, index: int) -> Token | None:
        """The token before, list marks and highlights left out."""
        index -= 1
        while index >= 0 and self._tokens[index].kind == "mark":
            index -= 1
        return self.at(index)

    def is_counted(self, token: Token) -> bool:
        """6000个, 79640片: a quantity."""
        behind = self._flat[token.end : token.end + 2].lstrip(" ")[:1]
        code = self._slice(token).replace(".", "")
        is_lot = behind == "批" and len(code) >= _LOT_LENGTH
        return behind in _COUNTERS and behind != "" and code.isdigit() and not is_lot

    def is_size(self, index: int) -> bool:
        """ "48 pk", "3.3 mm", "15 months": a short figure in front of a unit."""
        token, following = self._tokens[index], self.at(index + 1)
        code = self._slice(token).replace(".", "").replace("x", "")
        if following is None or following.kind != "word" or not code.isdigit() or len(code) > 4:
            return False
        return following.start - token.end <= 1 and self._slice(following) in _UNITS

    def stands_behind_prose(self, index: int) -> bool:
        """Whether a plain word stands directly before."""
        previous = self.before(index)
        if previous is None or previous.kind not in ("word", "han"):
            return False
        return not (previous.kind == "han" and self._flat[previous.start] in _CONNECTORS)

    def is_group_name(self, index: int) -> bool:
        """ "e700: EV70001 to ...": a code and a colon in front of values, behind a break or a label's colon."""
        following, value = self.at(index + 1), self.at(index + 2)
        if not (following and following.kind == "colon" and value and value.kind in ("code", "op", "mask")):
            return False
        previous = self.before(index)
        return previous is None or previous.kind in ("break", "colon")

    def is_heading(self, index: int, key: ClauseKey | None) -> bool:
        """ "BB14NS Lot Numbers: ...": a product in front of its list."""
        following = self.at(index + 1)
        offset = 2 if following and following.kind in ("comma", "colon") else 1
        label = self.at(index + offset)
        if not (label and label.kind == "label" and label.name in _NAMED):
            return False
        code = self._slice(self._tokens[index])
        if key in IDENTITY_KEYS and offset == 2 and code.isdigit():
            return False
        return self._begins_a_piece(index, label, key, code)

    def _begins_a_piece(self, index: int, label: Token, key: ClauseKey | None, code: str) -> bool:
        """Nothing but a product's name stands between the code and the break before it."""
        for back in range(1, _NAME_LENGTH):
            previous = self.at(index - back)
            if previous is None or previous.kind == "break":
                return back == 1 or len(code) >= 5 or not code.isdigit()
            if back == 1 and previous.name == "and" and label.start - self._tokens[index].end <= 2:
                return key in IDENTITY_KEYS
            if previous.kind == "colon":
                before = self.at(index - back - 1)
                is_own = before is not None and before.kind == "label"
                is_named = not is_own or (key in IDENTITY_KEYS and key.value == label.name)
                return is_named and (len(code) >= 5 or not code.isdigit())
            if previous.kind not in ("word", "han", "mark"):
                return False
        return False

    def is_capital_code(self, index: int, printed: str, key: ClauseKey) -> bool:
        """ "Model: RETCAM", "Lot #: QHI 08/19, QJG 10/19": capitals between label, separators and, for lots, values."""
        if not (printed.isupper() and len(printed) >= 3):
            return False
        values = {"code", "date"} if key in IDENTITY_KEYS else set[str]()
        previous, following = self.before(index), self.at(index + 1)
        has_start = previous is not None and previous.kind in {"label", "colon", "comma"} | values
        return has_start and (following is None or following.kind in {"comma", "break", "op", "label"} | values)

    def breaks_off(self) -> bool:
        """The text ends behind a label's colon, a comma or a joining word."""
        last = self._tokens[-1] if self._tokens else None
        if last is None or self._flat[last.end :].strip(" \x01"):
            return False
        if last.kind in ("comma", "colon", "slash", "open_paren"):
            return True
        return last.kind == "op" and last.name in ("and", "to", "between", "from", "before", "after", "except")

    def _slice(self, token: Token) -> str:
        return self._flat[token.start : token.end]
