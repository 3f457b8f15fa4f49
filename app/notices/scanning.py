"""The walk over a notice's tokens: which key each value belongs to.

Labels open a key, operators and values join it, breaks and prose end it.
"""

import re
from collections.abc import Callable

from app.notices.clauses import DATE_KEYS, IDENTITY_KEYS, PRODUCT_KEYS, ClauseForm, ClauseKey
from app.notices.collecting import Findings
from app.notices.dates import MONTH_NAMES
from app.notices.phrases import is_chinese, phrases
from app.notices.runs import Item
from app.notices.tokens import Token
from app.notices.value_steps import ValueSteps
from app.notices.walk import Walk

_QUALIFIERS = frozenset({"all", "vague", "unexpired", "except"})
_LIMITS = frozenset({"upto_incl", "since_incl", "before", "after"})
_BEHIND = {"made": ClauseKey.PRODUCTION, "sold": ClauseKey.DISTRIBUTION, "expired": ClauseKey.EXPIRY}
_DATE_OPERATORS = frozenset(
    {"to", "from", "between", "before", "after", "post_before", "post_after", "or_earlier", "or_later", "and"}
)
_NUMERALS = "一两三四五六七八九十"
_MONTH = re.compile(MONTH_NAMES)
_BEGINNING = ("label", "op", "word")
_GLUE = ("", "-", "_", ".", "/")
_REACH = 3
_DEPTH = 8
_AHEAD = 80
_PLURALS = frozenset(
    {"units", "unit", "systems", "system", "devices", "device", "products", "product", "instruments", "consoles"}
)
_MAIN_KEYS = (ClauseKey.REF, ClauseKey.DI, ClauseKey.LOT, ClauseKey.SERIAL)


class Scan:
    """One pass over one notice."""

    def __init__(self, text: str, flat: str) -> None:
        self._walk = Walk(text, flat)
        self._pending: list[tuple[int, Token]] = []
        self._qualified: list[Token] = []
        self._sentence: list[ClauseKey] = []
        self._outside: list[tuple[ClauseKey | None, ClauseKey | None, Token | None]] = []
        self._operators: dict[str, Callable[[Token], None]] = {
            "attach": self._on_attachment,
            "cut": self._on_cut,
            "others": self._on_others,
            "open": self._on_open,
            "except": self._on_except,
            "unaffected": self._on_unaffected,
            "all_units": self._on_all_units,
        }
        values = ValueSteps(self._walk)
        self._handlers: dict[str, Callable[[Token], None]] = {
            "label": self._on_label,
            "op": self._on_operator,
            "code": values.on_code,
            "date": values.on_date,
            "mask": values.on_mask,
            "elements": values.on_elements,
            "certificate": values.on_certificate,
            "break": self._on_break,
            "colon": self._on_colon,
            "word": self._on_word,
            "han": self._on_han,
            "comma": self._on_comma,
            "open_paren": self._on_opening,
            "close_paren": self._on_closing,
        }

    def run(self) -> Findings:
        """Everything found, in the order of the text."""
        while self._walk.at < len(self._walk.tokens):
            token = self._walk.tokens[self._walk.at]
            handler = self._handlers.get(token.kind)
            if handler and not (token.kind in _BEGINNING and self._is_begun_code(token)):
                handler(token)
            self._walk.at += 1
        self._end_row()
        if self._walk.around.breaks_off():
            self._walk.out.found.doubts.append("truncated")
        self._walk.out.flush()
        return self._walk.out.found

    # Labels

    def _is_begun_code(self, token: Token) -> bool:
        """ "PN-1234" in a cell is a code that only begins like a label: it is taken whole."""
        following = self._walk.around.at(self._walk.at + 1)
        if not self._walk.columns.is_framed or following is None or following.kind != "code":
            return False
        if self._walk.flat[token.end : following.start] not in _GLUE:
            return False
        self._walk.enter_cell(token.start)
        item = Item("value", token.start, following.end)
        if self._walk.key is None or self._walk.is_skipping:
            self._walk.out.found.skipped.append(item)
        else:
            self._walk.out.value(self._walk.key, item)
        self._walk.at += 1
        return True

    def _on_label(self, token: Token) -> None:
        if self._goes_on(token):
            return
        qualifiers = self._qualifiers(token)
        self._pending.clear()
        self._leave_open()
        self._walk.out.flush()
        self._walk.is_soft = self._walk.is_skipping = False
        if token.name in _BEHIND:
            self._walk.take_loose(_BEHIND[token.name])
            self._walk.key = self._walk.base
            return
        self._walk.loose = []
        if token.name == "stop":
            self._walk.key, self._walk.is_skipping = None, True
            self._walk.columns.other(token)
            return
        self._walk.out.is_twin = token.name == "lot_serial"
        key = ClauseKey.LOT if token.name == "lot_serial" else ClauseKey(token.name)
        self._walk.columns.label(token, key)
        self._sentence.append(key)
        self._walk.out.found.labels.setdefault(key, token)
        self._walk.key = self._walk.key if self._joins(token, key) else key
        self._walk.label = token
        if key in IDENTITY_KEYS or key in PRODUCT_KEYS:
            self._walk.base = key
        for item in qualifiers:
            if item.name != "unexpired":
                self._walk.out.operator(key, Item(item.name, item.start, item.end))
        if key is ClauseKey.REF and not qualifiers and is_chinese(self._walk.flat, token):
            self._on_chinese_model(token)

    def _leave_open(self) -> None:
        """ "REF: specific lots": a field for products that is filled with words like these leaves the products open."""
        label, key = self._walk.label, self._walk.key
        if label is None or key not in PRODUCT_KEYS or self._walk.out.has_values or not self._is_vague_field(label):
            return
        if not any(clause.key is key and clause.start >= label.start for clause in self._walk.out.found.clauses):
            self._walk.out.clause(key, ClauseForm.REFERENCE, (label.start, label.end))

    def _is_vague_field(self, label: Token) -> bool:
        """A colon directly behind, and "specific" or the like before the next label."""
        at = self._walk.at - 1
        between: list[Token] = []
        while at >= 0 and self._walk.tokens[at].start >= label.end and len(between) <= _REACH:
            between.append(self._walk.tokens[at])
            at -= 1
        is_field = self._walk.flat[label.end : label.end + 3].lstrip(" ").startswith(":")
        return is_field and any(token.kind == "op" and token.name == "vague" for token in between)

    def _goes_on(self, token: Token) -> bool:
        """ "from lot 100 to lot 200": the label again in the middle of a range."""
        previous = self._walk.around.before(self._walk.at)
        is_joint = previous is not None and previous.name == "to" and token.start - previous.end <= 5
        return is_joint and self._walk.out.has_values and token.name == getattr(self._walk.key, "value", "")

    def _joins(self, token: Token, key: ClauseKey) -> bool:
        """ "Lot and Exp Date: 0008777, 12/31/2022": the dates stand beside the lots."""
        previous, label = self._walk.around.before(self._walk.at), self._walk.label
        if key not in DATE_KEYS or self._walk.key not in IDENTITY_KEYS or previous is None or label is None:
            return False
        return previous.name == "and" and token.start - label.end <= 6

    def _qualifiers(self, token: Token) -> list[Token]:
        """ "all", "select" in front of the label; in "all model and lot numbers" they hold for both."""
        found = [item for index, item in self._pending if self._walk.at - index <= _REACH]
        label, previous = self._walk.label, self._walk.around.before(self._walk.at)
        is_joined = (
            label is not None and token.start - label.end <= 6 and previous is not None and previous.name == "and"
        )
        if not found and is_joined:
            found = self._qualified
        self._qualified = found
        return found

    def _on_chinese_model(self, token: Token) -> None:
        following = self._walk.tokens[self._walk.at + 1 : self._walk.at + _AHEAD]
        places = phrases(self._walk.flat, token, following)
        for start, end in places:
            is_masked = any(item.kind == "mask" and start <= item.start < end for item in following)
            self._walk.out.value(ClauseKey.REF, Item("mask" if is_masked else "value", start, end))
            if is_masked:
                self._walk.out.found.doubts.append("masked")
        if places:
            while (
                self._walk.at + 1 < len(self._walk.tokens)
                and self._walk.tokens[self._walk.at + 1].start < places[-1][1]
            ):
                self._walk.at += 1
        elif following and following[0].kind in ("han", "word"):
            self._walk.key = None

    # Operators

    def _on_operator(self, token: Token) -> None:
        if token.name in _DATE_OPERATORS:
            self._walk.loose.append(Item(token.name, token.start, token.end))
        handler = self._operators.get(token.name)
        if handler:
            handler(token)
        elif self._limits_next_label(token) or (token.name in _QUALIFIERS and not self._speaks_of_label_before(token)):
            self._pending.append((self._walk.at, token))
        else:
            self._on_plain_operator(token)

    def _limits_next_label(self, token: Token) -> bool:
        """ "截至批号 240101", "before lot 240101": the word for lot stands between the limit and its value."""
        following = self._walk.around.at(self._walk.at + 1)
        is_next = following is not None and following.kind == "label" and following.start - token.end <= 5
        return token.name in _LIMITS and is_next

    def _on_plain_operator(self, token: Token) -> None:
        if self._walk.key is not None and not self._is_dash_behind_label(token):
            self._walk.out.operator(self._walk.key, Item(token.name, token.start, token.end))

    def _on_cut(self, _token: Token) -> None:
        self._walk.out.found.doubts.append("truncated")

    def _on_others(self, _token: Token) -> None:
        """ "Other lots are not affected" names nothing."""

    def _on_all_units(self, token: Token) -> None:
        """ "批号 240101 以前的全部产品" are those before; a statement of its own means all."""
        if self._walk.out.has_values and self._walk.flat[token.start - 1 : token.start] == "的":
            self._walk.out.flush()
            return
        self._take_all(token.start, token.end)

    def _on_open(self, token: Token) -> None:
        if not self._is_full_count(token):
            self._on_plain_operator(token)

    def _on_unaffected(self, token: Token) -> None:
        if self._walk.out.has_values:
            self._on_plain_operator(token)
        else:
            self._walk.out.found.doubts.append("contradictory")

    def _on_except(self, token: Token) -> None:
        if self._walk.key is None:
            self._on_exception(token)
        elif self._speaks_of_label_before(token):
            self._on_plain_operator(token)
        else:
            self._pending.append((self._walk.at, token))

    def _is_full_count(self, token: Token) -> bool:
        """ "A、B、C等3个批次" names all three."""
        match = re.compile(r"[ ]*等[ ]?(\d+|[两一二三四五六七八九十])[ ]?(?:个|批|种|款|家)?").match(
            self._walk.flat, token.start
        )
        if not match:
            return False
        number = int(match[1]) if match[1].isdigit() else _NUMERALS.index(match[1]) + 1
        return number == self._walk.out.count

    def _on_exception(self, token: Token) -> None:
        """ "除20210101批外": the word for lot stands behind the value."""
        following = self._walk.around.at(self._walk.at + 1)
        if following and following.kind == "code" and self._walk.flat[following.end : following.end + 1] == "批":
            self._walk.key = self._walk.base = ClauseKey.LOT
            self._walk.out.operator(ClauseKey.LOT, Item(token.name, token.start, token.end))
        else:
            self._pending.append((self._walk.at, token))

    def _speaks_of_label_before(self, token: Token) -> bool:
        """ "lots: all", "lots, specific" speak of the label before; "all lots" of the one behind."""
        if token.name == "unexpired":
            return False
        following = self._walk.tokens[self._walk.at + 1 : self._walk.at + 1 + _REACH]
        if any(item.kind == "label" for item in following):
            return False
        if token.name == "except":
            return True
        if token.name == "all":
            return not any(self._walk.slice(item) in _PLURALS for item in following)
        previous = self._walk.around.before(self._walk.at)
        return previous is not None and previous.kind in ("label", "colon", "comma")

    def _is_dash_behind_label(self, token: Token) -> bool:
        """ "Exp Date - 2018-02": a dash instead of a colon."""
        previous = self._walk.around.before(self._walk.at)
        return (
            token.name == "to"
            and self._walk.slice(token)[0] in "-\u2013"
            and previous is not None
            and previous.kind == "label"
        )

    def _on_attachment(self, token: Token) -> None:
        """A list elsewhere: of the keys this sentence names, or of all of them."""
        named = [key for key in self._sentence if key in _MAIN_KEYS] or list(_MAIN_KEYS)
        if self._walk.key in _MAIN_KEYS and not self._walk.out.has_values:
            named = [self._walk.key]
        self._walk.out.flush()
        for key in dict.fromkeys(named):
            self._walk.out.clause(key, ClauseForm.REFERENCE, (token.start, token.end))
        self._walk.out.found.doubts.append("see_attachment")

    def _take_all(self, start: int, end: int) -> None:
        self._walk.out.flush()
        self._pending.clear()
        self._walk.key = self._walk.base = None
        self._walk.out.clause(ClauseKey.LOT, ClauseForm.ALL, (start, end))

    # Everything else

    def _on_break(self, token: Token) -> None:
        self._walk.out.found.breaks.append(token.start)
        self._pending.clear()
        self._walk.loose = []
        self._walk.is_skipping = False
        mark = self._walk.slice(token)
        if mark != ";":
            self._sentence.clear()
        self._walk.is_soft = self._walk.is_soft or mark == "."
        if self._walk.out.name is not None:
            self._walk.out.flush()
            self._walk.out.name = None
        if "。" in mark or (self._walk.out.has("all") and self._walk.key in IDENTITY_KEYS):
            self._walk.forget()
        if "\n" in mark:
            self._end_row()
        if self._walk.columns.row(token.end, is_line="\n" in mark):
            self._walk.forget()
            self._walk.out.found.table_ends.append(token.end)

    def _end_row(self) -> None:
        """A row of a table that names a product and no lot leaves its lots open."""
        place = self._walk.columns.take_open_row()
        if place is not None:
            self._walk.out.flush()
            self._walk.out.clause(ClauseKey.LOT, ClauseForm.REFERENCE, place)

    def _on_colon(self, token: Token) -> None:
        self._walk.columns.row(token.end)

    def _on_opening(self, _token: Token) -> None:
        self._outside = [*self._outside[-_DEPTH:], (self._walk.key, self._walk.base, self._walk.label)]

    def _on_closing(self, _token: Token) -> None:
        """A label inside brackets ends with them, unless it is the only one: "(such as lot no.): 5"."""
        if not self._outside:
            return
        key, base, label = self._outside.pop()
        following = self._walk.around.at(self._walk.at + 1)
        is_title = following is not None and following.kind == "colon" and key is None
        if label is self._walk.label or is_title or self._walk.is_skipping:
            return
        self._walk.out.flush()
        self._walk.key, self._walk.base, self._walk.label = key, base, label

    def _on_comma(self, _token: Token) -> None:
        self._pending.clear()

    def _on_word(self, token: Token) -> None:
        self._walk.enter_cell(token.start)
        self._on_prose()
        word = self._walk.slice(token)
        for index, item in self._pending:
            if word in _PLURALS and item.name == "all" and self._walk.at - index <= _REACH:
                self._take_all(item.start, token.end)
                return
        printed = self._walk.text[token.start : token.end]
        is_beginning = self._walk.key in IDENTITY_KEYS and self._walk.out.has("prefix") and printed.isupper()
        if (self._walk.key is not None and (is_beginning or self._is_name_of_capitals(printed))) or (
            self._walk.key in DATE_KEYS and _MONTH.fullmatch(word)
        ):
            self._walk.out.value(self._walk.key, Item("value", token.start, token.end))
        elif self._walk.key in IDENTITY_KEYS and printed.isupper():
            self._walk.out.found.skipped.append(Item("value", token.start, token.end))

    def _is_name_of_capitals(self, printed: str) -> bool:
        key = self._walk.key
        if self._walk.is_skipping or key not in (ClauseKey.REF, ClauseKey.LOT) or self._walk.out.has("all"):
            return False
        return self._walk.around.is_capital_code(self._walk.at, printed, key) and not self._is_class_code(printed)

    def _is_class_code(self, printed: str) -> bool:
        """ "Product code: DWC": the three letters by which the FDA classifies devices, no manufacturer's code."""
        label = self._walk.label
        return len(printed) == 3 and label is not None and self._walk.slice(label).startswith("product code")

    def _on_han(self, token: Token) -> None:
        self._walk.enter_cell(token.start)
        self._on_prose()

    def _on_prose(self) -> None:
        """A sentence that begins with a plain word ends the list before it."""
        if self._walk.is_soft:
            self._walk.out.flush()
            self._walk.key, self._walk.base, self._walk.is_soft = None, None, False
