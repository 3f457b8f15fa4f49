"""The walk over a notice's tokens: which key each value belongs to.

``key`` is what the next value means; ``base`` is the last identification or product key, to which the reading
returns after an expiry date or a version ("KN165 (exp. 2017-09), KN169").
"""

import re
from collections.abc import Callable
from dataclasses import dataclass, field

from app.notices.clauses import DATE_KEYS, IDENTITY_KEYS, PRODUCT_KEYS, Clause, ClauseForm, ClauseKey
from app.notices.dates import readings
from app.notices.elements import element_clauses
from app.notices.runs import Item, RunReader
from app.notices.tokens import Token, tokenise
from app.notices.values import is_device_identifier, is_measure, is_version, pieces

_QUALIFIERS = frozenset({"all", "vague", "unexpired", "except"})
_REACH = 3
_CONNECTORS = frozenset("为是:系")
_COUNTERS = frozenset("个件盒片台套支包箱只瓶袋万萬名例家份次批")
_PLURALS = frozenset(
    {
        "units",
        "unit",
        "systems",
        "system",
        "devices",
        "device",
        "products",
        "product",
        "instruments",
        "versions",
        "consoles",
    }
)
_MAIN_KEYS = (ClauseKey.REF, ClauseKey.DI, ClauseKey.LOT, ClauseKey.SERIAL)


@dataclass(slots=True)
class Findings:
    """What the walk found: clauses without scope, breaks, codes without a label, names in front of lists, doubts."""

    clauses: list[Clause] = field(default_factory=list[Clause])
    breaks: list[int] = field(default_factory=list[int])
    bare: list[Item] = field(default_factory=list[Item])
    skipped: list[Item] = field(default_factory=list[Item])
    named: dict[int, str] = field(default_factory=dict[int, str])
    headings: list[Item] = field(default_factory=list[Item])
    labels: dict[ClauseKey, Token] = field(default_factory=dict[ClauseKey, Token])
    doubts: list[str] = field(default_factory=list[str])
    is_open_ended: bool = False


class Scan:
    """One pass over one notice."""

    def __init__(self, text: str, flat: str) -> None:
        self._text = text
        self._flat = flat
        self._tokens = tokenise(flat)
        self._at = 0
        self._key: ClauseKey | None = None
        self._base: ClauseKey | None = None
        self._label: Token | None = None
        self._items: list[Item] = []
        self._pending: list[tuple[int, Token]] = []
        self._sentence_labels: list[ClauseKey] = []
        self._is_soft = False
        self._is_skipping = False
        self._name: str | None = None
        self._found = Findings()
        self._handlers: dict[str, Callable[[Token], None]] = {
            "label": self._on_label,
            "op": self._on_operator,
            "code": self._on_code,
            "date": self._on_date,
            "mask": self._on_mask,
            "elements": self._on_elements,
            "certificate": self._on_certificate,
            "break": self._on_break,
            "word": self._on_word,
            "han": self._on_han,
            "comma": self._on_comma,
        }

    def run(self) -> Findings:
        """Everything found, in the order of the text."""
        while self._at < len(self._tokens):
            token = self._tokens[self._at]
            handler = self._handlers.get(token.kind)
            if handler:
                handler(token)
            self._at += 1
        self._found.is_open_ended = self._ends_open()
        self._flush()
        return self._found

    # --- labels -----------------------------------------------------------------------------------------------

    def _on_label(self, token: Token) -> None:
        qualifiers = [item for index, item in self._pending if self._at - index <= _REACH]
        self._pending.clear()
        self._flush()
        self._is_soft = False
        if token.name == "stop":
            self._key, self._is_skipping = None, True
            return
        key = ClauseKey(token.name)
        self._is_skipping = False
        self._sentence_labels.append(key)
        self._found.labels.setdefault(key, token)
        self._key, self._label = key, token
        if key in IDENTITY_KEYS or key in PRODUCT_KEYS:
            self._base = key
        self._items = [Item(item.name, item.start, item.end) for item in qualifiers if item.name != "unexpired"]
        if key is ClauseKey.REF and self._is_chinese(token):
            self._on_chinese_reference(token)

    def _is_chinese(self, token: Token) -> bool:
        return "\u3400" <= self._flat[token.start] <= "\u9fff"

    def _on_chinese_reference(self, token: Token) -> None:
        """A Chinese model is a phrase: "ZY平面挂耳型17.5cm×9.5cm"; in mere prose (特定型号产品) there is none."""
        if self._pending_is_open() or not self._opens_a_value(token.end):
            if not self._pending_is_open():
                self._key = None
            return
        start = self._skip_connectors(token.end)
        while True:
            end = self._end_of_phrase(start)
            if end > start and len(self._flat[start:end].strip()) <= 60:
                self._add_item(Item("value", start, end))
            if end >= len(self._flat) or self._flat[end] not in "、" or self._label_at(end + 1):
                break
            start = self._skip_connectors(end + 1)
        self._leap(end)

    def _pending_is_open(self) -> bool:
        return any(item.kind in ("vague", "all") for item in self._items)

    def _opens_a_value(self, at: int) -> bool:
        match = re.compile(r"[ ]*(?:[:为是=]|[a-z0-9])|\([^)]{0,12}\)[ ]*:").match(self._flat, at)
        return match is not None

    def _skip_connectors(self, at: int) -> int:
        match = re.compile(r"(?:\([^)]{0,12}\)(?=[ ]*:))?[ ]*(?:[:为是=][ ]*)*(?:分别[为是]?)?[ ]*").match(
            self._flat, at
        )
        return match.end() if match else at

    def _end_of_phrase(self, start: int) -> int:
        match = re.compile(r"[^,;。、\n:\s的](?:[^,;。、\n:\s的]|(?<=[a-z0-9])\.(?=\d))*").match(self._flat, start)
        if not match:
            return start
        end = match.end()
        for token in self._tokens[self._at + 1 : self._at + 80]:
            if token.start >= end:
                break
            if token.start > start and (token.kind == "label" or token.name in ("attach", "and", "open", "vague")):
                return token.start
            if token.start == start and token.kind in ("op", "label"):
                return start
        return end

    def _label_at(self, at: int) -> bool:
        return any(
            token.kind == "label" and at <= token.start <= at + 1
            for token in self._tokens[self._at + 1 : self._at + 80]
        )

    def _leap(self, end: int) -> None:
        while self._at + 1 < len(self._tokens) and self._tokens[self._at + 1].start < end:
            self._at += 1

    # --- operators --------------------------------------------------------------------------------------------

    def _on_operator(self, token: Token) -> None:
        name = token.name
        if name == "attach":
            self._on_attachment(token)
        elif name == "cut":
            self._found.doubts.append("truncated")
        elif name == "unaffected" and self._key is None:
            self._found.doubts.append("contradictory")
        elif name == "unexpired":
            self._on_unexpired(token)
        elif name == "all_units":
            self._flush()
            self._key, self._base = None, None
            self._add_clause(ClauseKey.LOT, ClauseForm.ALL, token.start, token.end)
        else:
            self._on_plain_operator(token)

    def _on_plain_operator(self, token: Token) -> None:
        if token.name in _QUALIFIERS:
            self._pending.append((self._at, token))
            if not self._stands_behind_label(token):
                return
            if token.name == "vague" and not self._is_behind_label_or_comma():
                return
        if self._key is not None:
            self._items.append(Item(token.name, token.start, token.end))

    def _stands_behind_label(self, token: Token) -> bool:
        """ "lots: all", "lots, specific" speak of the label before; "all lots" of the one behind."""
        if token.name == "except":
            self._pending.pop()
            return True
        following = [item.kind for item in self._tokens[self._at + 1 : self._at + 1 + _REACH]]
        if "label" in following:
            return False
        self._pending.pop()
        return True

    def _is_behind_label_or_comma(self) -> bool:
        previous = self._tokens[self._at - 1] if self._at else None
        return previous is not None and previous.kind in ("label", "colon", "comma")

    def _on_unexpired(self, token: Token) -> None:
        self._pending.append((self._at, token))

    def _on_attachment(self, token: Token) -> None:
        """A list elsewhere: of the keys this sentence names, or of all of them."""
        named = [key for key in self._sentence_labels if key in _MAIN_KEYS] or list(_MAIN_KEYS)
        if self._key in _MAIN_KEYS and not any(item.is_value for item in self._items):
            named = [self._key]
        self._flush()
        for key in dict.fromkeys(named):
            self._add_clause(key, ClauseForm.REFERENCE, token.start, token.end)
        self._found.doubts.append("see_attachment")

    # --- values -----------------------------------------------------------------------------------------------

    def _on_code(self, token: Token) -> None:
        if self._is_skipping or self._is_counted(token):
            return
        if self._is_heading(token):
            return
        for start, end in pieces(self._flat, token.start, token.end):
            self._on_piece(Item("value", start, end))

    def _is_counted(self, token: Token) -> bool:
        """6000个, 79640片: a quantity."""
        behind = self._flat[token.end : token.end + 2].lstrip()[:1]
        return behind in _COUNTERS and behind != "" and self._flat[token.start : token.end].replace(".", "").isdigit()

    def _on_piece(self, item: Item) -> None:
        if self._key in DATE_KEYS and self._takes_date(item):
            return
        if self._key is ClauseKey.SOFTWARE and self._takes_version(item):
            return
        if self._key is ClauseKey.DI:
            self._to(ClauseKey.DI if is_device_identifier(self._flat[item.start : item.end]) else ClauseKey.REF, item)
            self._key = ClauseKey.DI
            return
        if self._key is None or not self._is_in_place(item):
            self._found.bare.append(item)
        elif is_measure(self._flat[item.start : item.end]) and self._key is ClauseKey.REF:
            self._found.skipped.append(item)
        else:
            self._add_item(item)

    def _to(self, key: ClauseKey, item: Item) -> None:
        if self._items_key() is not key:
            self._flush()
            self._key = key
        self._add_item(item)

    def _items_key(self) -> ClauseKey | None:
        return self._run_key if self._items else self._key

    _run_key: ClauseKey | None = None

    def _add_item(self, item: Item) -> None:
        self._run_key = self._key
        if self._name is not None:
            self._found.named[item.start] = self._name
        self._items.append(item)

    def _takes_date(self, item: Item) -> bool:
        """True if the code was used up as a date (or as an unreadable one right behind its label)."""
        is_first = not any(one.is_value for one in self._items)
        printed = self._flat[item.start : item.end]
        if readings(printed) and (is_first or len(printed) == 8):
            self._add_item(item)
            return True
        if is_first and printed.replace("/", "").isdigit() and self._is_label_before(item):
            self._found.skipped.append(item)
            self._return_to_base()
            return True
        self._return_to_base()
        return False

    def _is_label_before(self, item: Item) -> bool:
        label = self._label
        return label is not None and not self._flat[label.end : item.start].strip(" :.-#=\n为是")

    def _takes_version(self, item: Item) -> bool:
        is_first = not any(one.is_value for one in self._items)
        printed = self._flat[item.start : item.end]
        if is_version(printed) or (is_first and self._is_label_before(item)):
            self._add_item(item)
            return True
        self._return_to_base()
        return False

    def _return_to_base(self) -> None:
        self._flush()
        self._key = self._base

    def _is_in_place(self, item: Item) -> bool:
        """A value stands behind its label, a separator, an operator or another value; behind prose it needs length."""
        previous = self._previous()
        if previous is None or previous.kind not in ("word", "han"):
            return True
        if previous.kind == "han" and self._flat[previous.start] in _CONNECTORS:
            return True
        has_values = any(one.is_value for one in self._items)
        printed = self._flat[item.start : item.end]
        if has_values:
            return len(printed) >= 5 and not self._is_soft and item.start - self._items[-1].end < 40
        return len(printed) >= 2 and item.start - (self._label.end if self._label else 0) < 60

    def _previous(self) -> Token | None:
        for token in reversed(self._tokens[max(self._at - 3, 0) : self._at]):
            if token.kind not in ("mark",):
                return token
        return None

    def _is_heading(self, token: Token) -> bool:
        """ "BB14NS Lot Numbers: ..." and "e700: EV70001 to ...": a product in front of its list."""
        if not self._is_after_break():
            return False
        following = self._following(1)
        if following and following.kind == "colon" and self._key in IDENTITY_KEYS and self._code_behind(2):
            self._flush()
            self._name = self._text[token.start : token.end]
            self._found.headings.append(Item("value", token.start, token.end))
            return True
        offset = 2 if following and following.kind in ("comma", "colon") else 1
        label = self._following(offset)
        if not (label and label.kind == "label" and label.name in ("lot", "serial", "di")):
            return False
        if (
            self._key in IDENTITY_KEYS
            and following
            and following.kind == "comma"
            and self._flat[token.start : token.end].isdigit()
        ):
            return False
        self._flush()
        self._key, self._name = ClauseKey.REF, None
        for start, end in pieces(self._flat, token.start, token.end):
            self._add_item(Item("value", start, end))
        self._flush()
        return True

    def _following(self, offset: int) -> Token | None:
        index = self._at + offset
        return self._tokens[index] if index < len(self._tokens) else None

    def _code_behind(self, offset: int) -> bool:
        following = self._following(offset)
        return following is not None and following.kind in ("code", "op", "mask")

    def _is_after_break(self) -> bool:
        """Nothing but a product's name stands between the code and the break before it."""
        for back in range(1, 9):
            previous = self._tokens[self._at - back] if self._at >= back else None
            if previous is None or previous.kind in ("break", "mark"):
                return True
            if previous.kind == "colon" and back == 1:
                return not any(one.is_value for one in self._items)
            if previous.kind not in ("word", "han"):
                return False
        return False

    # --- other pieces -----------------------------------------------------------------------------------------

    def _on_date(self, token: Token) -> None:
        item = Item("value", token.start, token.end)
        if self._key in DATE_KEYS:
            self._add_item(item)
        elif self._key in IDENTITY_KEYS and not self._is_skipping:
            self._on_date_in_list(item)
        elif not self._is_skipping:
            self._found.skipped.append(item)

    def _on_date_in_list(self, item: Item) -> None:
        """Among lots: 04-24-2015 is a lot where lots look like it, 03/2021 or "17-Oct-2016" is their expiry."""
        printed = self._flat[item.start : item.end]
        has_values = any(one.is_value for one in self._items)
        if re.fullmatch(r"[\d-]+", printed) and not re.fullmatch(r"(?:19|20)\d\d-\d\d-\d\d", printed):
            self._add_item(item)
        elif has_values and self._items[-1].is_value:
            base = self._key
            self._flush()
            self._key = ClauseKey.EXPIRY
            self._add_item(item)
            self._flush()
            self._key = base
        else:
            self._items.append(Item("vague", item.start, item.end))

    def _on_mask(self, token: Token) -> None:
        if self._is_skipping:
            return
        self._found.doubts.append("masked")
        if (
            self._key in (ClauseKey.DI, ClauseKey.CERTIFICATE)
            or self._key in IDENTITY_KEYS
            or self._key is ClauseKey.REF
        ):
            self._add_item(Item("mask", token.start, token.end))
        elif self._key in DATE_KEYS or self._key is ClauseKey.SOFTWARE:
            self._items.append(Item("vague", token.start, token.end))
        else:
            for key in _MAIN_KEYS:
                self._add_clause(key, ClauseForm.MASKED, token.start, token.end, (self._text[token.start : token.end],))

    def _on_elements(self, token: Token) -> None:
        if self._key is not ClauseKey.DI:
            self._flush()
        self._flush()
        clauses = element_clauses(self._text, self._flat, token.start, token.end)
        self._found.clauses += clauses
        if any(clause.key is ClauseKey.DI for clause in clauses):
            self._found.labels.setdefault(ClauseKey.DI, token)

    def _on_certificate(self, token: Token) -> None:
        self._flush()
        self._add_clause(
            ClauseKey.CERTIFICATE, ClauseForm.LIST, token.start, token.end, (self._text[token.start : token.end],)
        )
        self._key = None

    def _on_break(self, token: Token) -> None:
        self._found.breaks.append(token.start)
        self._pending.clear()
        self._is_skipping = False
        mark = self._flat[token.start : token.end]
        if "\n" in mark or "。" in mark or mark == ".":
            self._sentence_labels.clear()
        if "。" in mark:
            self._flush()
            self._key = self._base = self._name = None
        elif mark == "." or any(item.kind == "all" for item in self._items):
            self._is_soft = True
        if self._name is not None:
            self._flush()
            self._name = None
        if any(item.kind == "all" for item in self._items):
            self._flush()
            self._key = self._base = None

    def _on_comma(self, _token: Token) -> None:
        self._pending = [(index, item) for index, item in self._pending if item.name == "vague"]

    def _on_word(self, token: Token) -> None:
        if self._is_soft:
            self._flush()
            self._key, self._is_soft = None, False
            return
        word = self._flat[token.start : token.end]
        if word in _PLURALS and self._takes_all(token):
            return
        if self._key in (ClauseKey.REF, ClauseKey.LOT) and self._is_capital_code(token):
            self._add_item(Item("value", token.start, token.end))

    def _takes_all(self, token: Token) -> bool:
        """ "All units operating with ..." takes every lot."""
        for index, item in self._pending:
            if item.name == "all" and self._at - index <= _REACH:
                self._flush()
                self._pending.clear()
                self._add_clause(ClauseKey.LOT, ClauseForm.ALL, item.start, token.end)
                return True
        return False

    def _is_capital_code(self, token: Token) -> bool:
        """ "Model: RETCAM": capitals right behind label or separator and in front of a separator."""
        printed = self._text[token.start : token.end]
        if not (printed.isupper() and len(printed) >= 3):
            return False
        previous, following = self._previous(), self._following(1)
        has_start = previous is not None and previous.kind in ("label", "colon", "comma", "op")
        return has_start and (following is None or following.kind in ("comma", "break", "op", "label"))

    def _on_han(self, token: Token) -> None:
        if self._is_soft:
            self._flush()
            self._key, self._is_soft = None, False

    # --- runs -------------------------------------------------------------------------------------------------

    def _flush(self) -> None:
        key = self._run_key if any(item.is_value for item in self._items) else self._key
        if key is not None and self._items:
            self._found.clauses += RunReader(self._text, key, self._items).clauses()
        self._items = []

    def _add_clause(self, key: ClauseKey, form: ClauseForm, start: int, end: int, values: tuple[str, ...] = ()) -> None:
        self._found.clauses.append(Clause(key, form, self._text[start:end], start, end, values))

    def _ends_open(self) -> bool:
        """The text breaks off behind a label, a comma or a joining word, or inside a bracket."""
        last = self._tokens[-1] if self._tokens else None
        if last is None:
            return False
        if last.kind in ("comma", "colon", "label", "slash", "open_paren") and not self._flat[last.end :].strip():
            return last.kind != "label" or self._at > 1
        return last.kind == "op" and last.name in ("and", "to", "between", "from", "before", "after", "except")
