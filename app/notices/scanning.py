"""The walk over a notice's tokens: which key each value belongs to.

``key`` is what the next value means; ``base`` is the last identification or product key, to which the reading
returns after an expiry date or a version ("KN165 (exp. 2017-09), KN169").
"""

import re
from collections.abc import Callable

from app.notices.clauses import DATE_KEYS, IDENTITY_KEYS, PRODUCT_KEYS, ClauseForm, ClauseKey
from app.notices.collecting import Collector, Findings
from app.notices.columns import Columns
from app.notices.dates import readings
from app.notices.elements import bracketed, unbracketed
from app.notices.phrases import is_chinese, phrases
from app.notices.runs import Item
from app.notices.surroundings import Surroundings
from app.notices.tokens import Token, tokenise
from app.notices.values import is_device_identifier, is_measure, is_version, pieces

_QUALIFIERS = frozenset({"all", "vague", "unexpired", "except"})
_INSIDE_LIST = frozenset({"break", "code", "comma"})
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
        self._text = text
        self._flat = flat
        self._tokens = tokenise(flat)
        self._around = Surroundings(flat, self._tokens)
        self._columns = Columns(text, flat)
        self._out = Collector(text)
        self._at = 0
        self._key: ClauseKey | None = None
        self._base: ClauseKey | None = None
        self._label: Token | None = None
        self._pending: list[tuple[int, Token]] = []
        self._qualified: list[Token] = []
        self._sentence: list[ClauseKey] = []
        self._is_soft = False
        self._is_skipping = False
        self._outside: list[tuple[ClauseKey | None, ClauseKey | None, Token | None]] = []
        self._handlers: dict[str, Callable[[Token], None]] = {
            "label": self._on_label,
            "op": self._on_operator,
            "code": self._on_code,
            "date": self._on_date,
            "mask": self._on_mask,
            "elements": self._on_elements,
            "certificate": self._on_certificate,
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
        while self._at < len(self._tokens):
            token = self._tokens[self._at]
            handler = self._handlers.get(token.kind)
            if handler:
                handler(token)
            self._at += 1
        if self._around.breaks_off():
            self._out.found.doubts.append("truncated")
        self._out.flush()
        return self._out.found

    # Labels

    def _on_label(self, token: Token) -> None:
        qualifiers = self._qualifiers(token)
        self._pending.clear()
        self._out.flush()
        self._is_soft = self._is_skipping = False
        if token.name == "stop":
            self._key, self._is_skipping = None, True
            self._columns.other(token)
            return
        key = ClauseKey(token.name)
        self._columns.label(token, key)
        self._sentence.append(key)
        self._out.found.labels.setdefault(key, token)
        self._key, self._label = key, token
        if key in IDENTITY_KEYS or key in PRODUCT_KEYS:
            self._base = key
        for item in qualifiers:
            if item.name != "unexpired":
                self._out.operator(key, Item(item.name, item.start, item.end))
        if key is ClauseKey.REF and not qualifiers and is_chinese(self._flat, token):
            self._on_chinese_model(token)

    def _qualifiers(self, token: Token) -> list[Token]:
        """ "all", "select" in front of the label; in "all model and lot numbers" they hold for both."""
        found = [item for index, item in self._pending if self._at - index <= _REACH]
        label, previous = self._label, self._around.before(self._at)
        is_joined = (
            label is not None and token.start - label.end <= 6 and previous is not None and previous.name == "and"
        )
        if not found and is_joined:
            found = self._qualified
        self._qualified = found
        return found

    def _on_chinese_model(self, token: Token) -> None:
        following = self._tokens[self._at + 1 : self._at + _AHEAD]
        places = phrases(self._flat, token, following)
        for start, end in places:
            is_masked = any(item.kind == "mask" and start <= item.start < end for item in following)
            self._out.value(ClauseKey.REF, Item("mask" if is_masked else "value", start, end))
            if is_masked:
                self._out.found.doubts.append("masked")
        if places:
            while self._at + 1 < len(self._tokens) and self._tokens[self._at + 1].start < places[-1][1]:
                self._at += 1
        elif following and following[0].kind in ("han", "word"):
            self._key = None

    # Operators

    def _on_operator(self, token: Token) -> None:
        if token.name == "attach":
            self._on_attachment(token)
        elif token.name == "cut":
            self._out.found.doubts.append("truncated")
        elif token.name == "except" and self._key is None:
            self._on_exception(token)
        elif token.name == "unaffected" and not self._out.has_values:
            self._out.found.doubts.append("contradictory")
        elif token.name == "all_units":
            self._take_all(token.start, token.end)
        elif token.name in _QUALIFIERS and not self._speaks_of_label_before(token):
            self._pending.append((self._at, token))
        elif self._key is not None and not self._is_dash_behind_label(token):
            self._out.operator(self._key, Item(token.name, token.start, token.end))

    def _on_exception(self, token: Token) -> None:
        """ "除20210101批外": the word for lot stands behind the value."""
        following = self._around.at(self._at + 1)
        if following and following.kind == "code" and self._flat[following.end : following.end + 1] == "批":
            self._key = self._base = ClauseKey.LOT
            self._out.operator(ClauseKey.LOT, Item(token.name, token.start, token.end))
        else:
            self._pending.append((self._at, token))

    def _speaks_of_label_before(self, token: Token) -> bool:
        """ "lots: all", "lots, specific" speak of the label before; "all lots" of the one behind."""
        if token.name == "unexpired":
            return False
        following = self._tokens[self._at + 1 : self._at + 1 + _REACH]
        if any(item.kind == "label" for item in following):
            return False
        if token.name == "except":
            return True
        if token.name == "all":
            return not any(self._slice(item) in _PLURALS for item in following)
        previous = self._around.before(self._at)
        return previous is not None and previous.kind in ("label", "colon", "comma")

    def _is_dash_behind_label(self, token: Token) -> bool:
        """ "Exp Date - 2018-02": a dash instead of a colon."""
        previous = self._around.before(self._at)
        return (
            token.name == "to"
            and self._slice(token)[0] in "-\u2013"
            and previous is not None
            and previous.kind == "label"
        )

    def _on_attachment(self, token: Token) -> None:
        """A list elsewhere: of the keys this sentence names, or of all of them."""
        named = [key for key in self._sentence if key in _MAIN_KEYS] or list(_MAIN_KEYS)
        if self._key in _MAIN_KEYS and not self._out.has_values:
            named = [self._key]
        self._out.flush()
        for key in dict.fromkeys(named):
            self._out.clause(key, ClauseForm.REFERENCE, (token.start, token.end))
        self._out.found.doubts.append("see_attachment")

    def _take_all(self, start: int, end: int) -> None:
        self._out.flush()
        self._pending.clear()
        self._key = self._base = None
        self._out.clause(ClauseKey.LOT, ClauseForm.ALL, (start, end))

    # Values

    def _on_code(self, token: Token) -> None:
        if token.name == "plain" and self._key in IDENTITY_KEYS and self._is_one_of_many():
            self._out.value(self._key, Item("value", token.start, token.end))
            return
        self._enter_cell(token.start)
        if self._is_skipping or self._around.is_counted(token) or self._around.is_size(self._at):
            return
        if self._on_unbracketed(token) or self._on_name(token):
            return
        for start, end in self._columns.splits(token.start, token.end):
            self._enter_cell(start)
            for place in pieces(self._flat, start, end):
                self._on_piece(Item("value", *place))

    def _is_one_of_many(self) -> bool:
        """The quick way through the lists of tens of thousands: plain codes between plain codes."""
        if (
            not self._out.has_values
            or self._is_skipping
            or self._columns.has_cells
            or self._at + 1 >= len(self._tokens)
        ):
            return False
        around = self._tokens[self._at - 1].kind, self._tokens[self._at + 1].kind
        return around[0] in _INSIDE_LIST and around[1] in _INSIDE_LIST

    def _enter_cell(self, place: int) -> None:
        cell = self._columns.cell_at(place)
        if cell is None:
            return
        self._out.flush()
        self._key, self._is_skipping = cell.key, cell.key is None
        if self._key in IDENTITY_KEYS or self._key in PRODUCT_KEYS:
            self._base = self._key

    def _on_unbracketed(self, token: Token) -> bool:
        clauses = unbracketed(self._text, token.start, token.end)
        if not clauses:
            return False
        self._out.flush()
        self._out.found.clauses += clauses
        return True

    def _on_name(self, token: Token) -> bool:
        """A product's name in front of its own list."""
        if self._key in IDENTITY_KEYS and self._around.is_group_name(self._at):
            self._out.flush()
            self._out.name = self._text[token.start : token.end]
            self._out.found.headings.append(Item("value", token.start, token.end))
            return True
        if not self._around.is_heading(self._at, self._key) or is_measure(self._slice(token)):
            return False
        self._out.flush()
        self._key, self._out.name = ClauseKey.REF, None
        for place in pieces(self._flat, token.start, token.end):
            self._out.value(ClauseKey.REF, Item("value", *place))
        self._out.flush()
        return True

    def _on_piece(self, item: Item) -> None:
        printed = self._flat[item.start : item.end]
        if self._key in DATE_KEYS and self._takes_date(item, printed):
            return
        if self._key is ClauseKey.SOFTWARE and self._takes_version(item, printed):
            return
        if self._key is None or not self._is_in_place(item, printed):
            self._out.found.bare.append(item)
        elif self._key in IDENTITY_KEYS and self._is_short_date(printed):
            self._on_date_in_list(self._key, item)
        elif self._key is ClauseKey.DI:
            self._on_identifier(item, printed)
        elif self._key is ClauseKey.REF and self._is_no_model(printed):
            self._out.found.skipped.append(item)
        else:
            self._out.value(self._key, item)

    def _is_no_model(self, printed: str) -> bool:
        """Sizes and versions; behind a Chinese label a size is the specification."""
        if self._label is not None and is_chinese(self._flat, self._label):
            return False
        return is_measure(printed) or re.fullmatch(r"v\d[\d.]*", printed) is not None

    def _is_short_date(self, printed: str) -> bool:
        """ "17223 07/19": month and year behind a lot."""
        return self._out.has_values and re.fullmatch(r"(?:0?[1-9]|1[0-2])/\d\d", printed) is not None

    def _on_identifier(self, item: Item, printed: str) -> None:
        """Behind "UDI" stand identifiers, and the models they belong to."""
        if is_device_identifier(printed):
            self._out.value(ClauseKey.DI, item)
        elif len(printed) < 3 or is_measure(printed):
            self._out.found.skipped.append(item)
        else:
            self._out.value(ClauseKey.REF, item)

    def _takes_date(self, item: Item, printed: str) -> bool:
        """True if the code was used up as a date, or as an unreadable one right behind its label."""
        is_first = not self._out.has_values
        if self._key is not None and readings(printed) and (is_first or len(printed) == 8):
            self._out.value(self._key, item)
            return True
        is_unreadable = is_first and printed.replace("/", "").isdigit() and self._is_right_behind_label(item)
        if is_unreadable:
            self._out.found.skipped.append(item)
        self._out.flush()
        self._key = self._base
        return is_unreadable

    def _takes_version(self, item: Item, printed: str) -> bool:
        if is_version(printed) or (not self._out.has_values and self._is_right_behind_label(item)):
            self._out.value(ClauseKey.SOFTWARE, item)
            return True
        self._out.flush()
        self._key = self._base
        return False

    def _is_right_behind_label(self, item: Item) -> bool:
        return self._label is not None and not self._flat[self._label.end : item.start].strip(" :.-#=\n为是")

    def _is_in_place(self, item: Item, printed: str) -> bool:
        """A value stands behind its label, a separator, an operator or another value; behind prose it needs length."""
        if self._out.has("all") and not self._out.has_values and not self._has_opened(item):
            self._out.flush()
            self._key = self._base = None
            return False
        if not self._around.stands_behind_prose(self._at):
            return True
        if self._out.has_values:
            return len(printed) >= 5 and not self._is_soft and item.start - self._out.items[-1].end < 40
        return len(printed) >= 3 and item.start - (self._label.end if self._label else 0) < 60

    def _has_opened(self, item: Item) -> bool:
        """ "All lots: 1, 2", "all lots except 1": something leads from "all" to the value."""
        previous = self._around.before(self._at)
        return previous is not None and previous.kind in ("colon", "op", "open_paren")

    def _on_date(self, token: Token) -> None:
        self._enter_cell(token.start)
        item = Item("value", token.start, token.end)
        if self._is_skipping or self._key not in (*DATE_KEYS, *IDENTITY_KEYS):
            self._out.found.skipped.append(item)
        elif self._key in DATE_KEYS:
            self._out.value(self._key, item)
        else:
            self._on_date_in_list(self._key, item)

    def _on_date_in_list(self, key: ClauseKey, item: Item) -> None:
        """Among lots: 04-24-2015 is a lot where lots look like it, 03/2021 or "17-Oct-2016" is their expiry."""
        printed = self._flat[item.start : item.end]
        is_iso = re.fullmatch(r"(?:19|20)\d\d-\d\d-\d\d", printed)
        if re.fullmatch(r"[\d-]+", printed) and not (is_iso and self._out.has_values):
            self._out.value(key, item)
        elif self._out.has_values and self._out.items[-1].is_value:
            self._out.flush()
            self._out.value(ClauseKey.EXPIRY, item)
            self._out.flush()
        else:
            self._out.operator(key, Item("vague", item.start, item.end))

    def _on_mask(self, token: Token) -> None:
        self._enter_cell(token.start)
        if self._is_skipping:
            return
        self._out.found.doubts.append("masked")
        if self._key in DATE_KEYS or self._key is ClauseKey.SOFTWARE:
            self._out.operator(self._key, Item("vague", token.start, token.end))
        elif self._key is not None:
            self._out.value(self._key, Item("mask", token.start, token.end))
        else:
            place = token.start, token.end
            self._out.clause(ClauseKey.REF, ClauseForm.MASKED, place, (self._text[slice(*place)],))

    def _on_elements(self, token: Token) -> None:
        self._enter_cell(token.start)
        self._out.flush()
        self._out.found.clauses += bracketed(self._text, self._flat, token.start, token.end)

    def _on_certificate(self, token: Token) -> None:
        self._out.flush()
        place = token.start, token.end
        self._out.clause(ClauseKey.CERTIFICATE, ClauseForm.LIST, place, (self._text[slice(*place)],))
        self._key = None

    # Everything else

    def _on_break(self, token: Token) -> None:
        self._out.found.breaks.append(token.start)
        self._pending.clear()
        self._is_skipping = False
        mark = self._slice(token)
        if mark != ";":
            self._sentence.clear()
        self._is_soft = self._is_soft or mark == "."
        if self._out.name is not None:
            self._out.flush()
            self._out.name = None
        if "。" in mark or (self._out.has("all") and self._key in IDENTITY_KEYS):
            self._out.flush()
            self._key = self._base = None
        self._columns.row(token.end)

    def _on_colon(self, token: Token) -> None:
        self._columns.row(token.end)

    def _on_opening(self, _token: Token) -> None:
        self._outside = [*self._outside[-_DEPTH:], (self._key, self._base, self._label)]

    def _on_closing(self, _token: Token) -> None:
        """A label inside brackets ends with them, unless it is the only one: "(such as lot no.): 5"."""
        if not self._outside:
            return
        key, base, label = self._outside.pop()
        following = self._around.at(self._at + 1)
        is_title = following is not None and following.kind == "colon" and key is None
        if label is self._label or is_title or self._is_skipping:
            return
        self._out.flush()
        self._key, self._base, self._label = key, base, label

    def _on_comma(self, _token: Token) -> None:
        self._pending = [(index, item) for index, item in self._pending if item.name == "vague"]

    def _on_word(self, token: Token) -> None:
        self._enter_cell(token.start)
        self._on_prose()
        word = self._slice(token)
        for index, item in self._pending:
            if word in _PLURALS and item.name == "all" and self._at - index <= _REACH:
                self._take_all(item.start, token.end)
                return
        printed = self._text[token.start : token.end]
        is_beginning = self._key in IDENTITY_KEYS and self._out.has("prefix") and printed.isupper()
        if self._key is not None and (is_beginning or self._is_name_of_capitals(printed)):
            self._out.value(self._key, Item("value", token.start, token.end))

    def _is_name_of_capitals(self, printed: str) -> bool:
        if self._is_skipping or self._key not in (ClauseKey.REF, ClauseKey.LOT):
            return False
        return self._around.is_capital_code(self._at, printed) and not self._is_class_code(printed)

    def _is_class_code(self, printed: str) -> bool:
        """ "Product code: DWC": the three letters by which the FDA classifies devices, no manufacturer's code."""
        label = self._label
        return len(printed) == 3 and label is not None and self._slice(label).startswith("product code")

    def _on_han(self, token: Token) -> None:
        self._enter_cell(token.start)
        self._on_prose()

    def _on_prose(self) -> None:
        """A sentence that begins with a plain word ends the list before it."""
        if self._is_soft:
            self._out.flush()
            self._key, self._base, self._is_soft = None, None, False

    def _slice(self, token: Token) -> str:
        return self._flat[token.start : token.end]
