"""What the walk does with a value: to which key it belongs, and whether it is one at all."""

import re

from app.notices.clauses import DATE_KEYS, IDENTITY_KEYS, ClauseForm, ClauseKey
from app.notices.dates import readings
from app.notices.elements import bracketed, unbracketed
from app.notices.phrases import is_chinese
from app.notices.runs import Item
from app.notices.tokens import Token
from app.notices.values import is_device_identifier, is_measure, is_version, pieces
from app.notices.walk import Walk

_PART_OF_DATE = re.compile(r"\d{1,2}(?:-\d{1,2})?|(?:19|20)\d\d")
_INSIDE_LIST = frozenset({"break", "code", "comma"})


class ValueSteps:
    """The steps of a walk over codes, dates, hidden values and UDIs."""

    def __init__(self, walk: Walk) -> None:
        self._walk = walk

    def on_code(self, token: Token) -> None:
        """A code: a lot, a model, a date, a version, or one that no label explains."""
        if token.name == "plain" and self._walk.key in IDENTITY_KEYS and self._is_one_of_many():
            self._walk.out.value(self._walk.key, Item("value", token.start, token.end))
            return
        self._walk.enter_cell(token.start)
        if self._walk.is_skipping or self._walk.around.is_counted(token) or self._walk.around.is_size(self._walk.at):
            self._walk.out.found.skipped.append(Item("value", token.start, token.end))
            return
        if self._on_unbracketed(token) or self._on_name(token):
            return
        for start, end in self._walk.columns.splits(token.start, token.end):
            self._walk.enter_cell(start)
            for place in pieces(self._walk.flat, start, end):
                self._on_piece(Item("value", *place))

    def _is_one_of_many(self) -> bool:
        """The quick way through the lists of tens of thousands: plain codes between plain codes."""
        walk = self._walk
        if not walk.out.has_values or walk.is_skipping or walk.columns.has_cells:
            return False
        following, second = walk.around.at(walk.at + 1), walk.around.at(walk.at + 2)
        if following is None or following.kind not in _INSIDE_LIST or walk.tokens[walk.at - 1].kind not in _INSIDE_LIST:
            return False
        return second is None or second.kind != "label"

    def _on_unbracketed(self, token: Token) -> bool:
        clauses = unbracketed(self._walk.text, token.start, token.end)
        if not clauses:
            return False
        self._walk.out.flush()
        self._walk.out.found.clauses += clauses
        return True

    def _on_name(self, token: Token) -> bool:
        """A product's name in front of its own list."""
        if self._walk.key in IDENTITY_KEYS and self._walk.around.is_group_name(self._walk.at):
            self._walk.out.flush()
            self._walk.out.name = self._walk.text[token.start : token.end]
            self._walk.out.found.headings.append(Item("value", token.start, token.end))
            return True
        if not self._walk.around.is_heading(self._walk.at, self._walk.key) or is_measure(self._walk.slice(token)):
            return False
        self._walk.out.flush()
        self._walk.key, self._walk.out.name = ClauseKey.REF, None
        for place in pieces(self._walk.flat, token.start, token.end):
            self._walk.out.value(ClauseKey.REF, Item("value", *place))
        self._walk.out.flush()
        return True

    def _on_piece(self, item: Item) -> None:
        printed = self._walk.flat[item.start : item.end]
        if self._walk.key in DATE_KEYS and self._takes_date(item, printed):
            return
        if self._walk.key is ClauseKey.SOFTWARE and self._takes_version(item, printed):
            return
        if self._walk.key is None or not self._is_in_place(item, printed):
            self._walk.out.found.bare.append(item)
        elif self._walk.key in IDENTITY_KEYS and self._is_short_date(printed):
            self._on_date_in_list(self._walk.key, item)
        elif self._walk.key is ClauseKey.DI:
            self._on_identifier(item, printed)
        elif self._walk.key is ClauseKey.REF and self._is_no_model(printed):
            self._walk.out.found.skipped.append(item)
        else:
            self._walk.out.value(self._walk.key, item)

    def _is_no_model(self, printed: str) -> bool:
        """Sizes and versions; behind a Chinese label a size is the specification."""
        if self._walk.label is not None and is_chinese(self._walk.flat, self._walk.label):
            return False
        return is_measure(printed) or re.fullmatch(r"v\d[\d.]*", printed) is not None

    def _is_short_date(self, printed: str) -> bool:
        """ "17223 07/19": month and year behind a lot."""
        return self._walk.out.has_values and re.fullmatch(r"(?:0?[1-9]|1[0-2])/\d\d", printed) is not None

    def _on_identifier(self, item: Item, printed: str) -> None:
        """Behind "UDI" stand identifiers, and the models they belong to."""
        if is_device_identifier(printed):
            self._walk.out.value(ClauseKey.DI, item)
        elif len(printed) < 3 or is_measure(printed) or self._walk.around.stands_behind_prose(self._walk.at):
            self._walk.out.found.skipped.append(item)
        else:
            self._walk.out.value(ClauseKey.REF, item)

    def _takes_date(self, item: Item, printed: str) -> bool:
        """True if the code was used up as a date, or as an unreadable one right behind its label."""
        walk = self._walk
        is_first = not walk.out.has_values
        is_part = self._is_behind_month() and _PART_OF_DATE.fullmatch(printed)
        if walk.key is not None and (is_part or (readings(printed) and (is_first or len(printed) == 8))):
            walk.out.value(walk.key, item)
            return True
        is_unreadable = is_first and not re.search(r"[^\d./-]", printed) and self._is_right_behind_label(item)
        if is_unreadable and walk.key is not None:
            walk.out.found.skipped.append(item)
            walk.out.operator(walk.key, Item("vague", item.start, item.end))
        walk.return_to_base()
        return is_unreadable

    def _is_behind_month(self) -> bool:
        """ "May 1-15, 2023": figures behind a month that no pattern took for a date."""
        last = self._walk.out.items[-1] if self._walk.out.items else None
        return last is not None and last.is_value and not readings(self._walk.flat[last.start : last.end])

    def _takes_version(self, item: Item, printed: str) -> bool:
        if is_version(printed) or (not self._walk.out.has_values and self._is_right_behind_label(item)):
            self._walk.out.value(ClauseKey.SOFTWARE, item)
            return True
        self._walk.return_to_base()
        return False

    def _is_right_behind_label(self, item: Item) -> bool:
        return self._walk.label is not None and not self._walk.flat[self._walk.label.end : item.start].strip(
            " :.-#=\n为是"
        )

    def _is_in_place(self, item: Item, printed: str) -> bool:
        """A value stands behind its label, a separator, an operator or another value; behind prose it needs length."""
        if self._walk.out.has("all") and not self._walk.out.has_values and not self._has_opened(item):
            self._walk.out.flush()
            self._walk.key = self._walk.base = None
            return False
        if not self._walk.around.stands_behind_prose(self._walk.at):
            return True
        if self._walk.out.has_values:
            return len(printed) >= 5 and not self._walk.is_soft and item.start - self._walk.out.items[-1].end < 40
        return len(printed) >= 3 and item.start - (self._walk.label.end if self._walk.label else 0) < 60

    def _has_opened(self, item: Item) -> bool:
        """ "All lots: 1, 2", "all lots except 1": something leads from "all" to the value."""
        previous = self._walk.around.before(self._walk.at)
        return previous is not None and previous.kind in ("colon", "op", "open_paren")

    def on_date(self, token: Token) -> None:
        """A date: of its label, or beside a lot."""
        self._walk.enter_cell(token.start)
        item = Item("value", token.start, token.end)
        if self._walk.is_skipping or self._walk.key not in (*DATE_KEYS, *IDENTITY_KEYS):
            self._walk.out.found.skipped.append(item)
            self._walk.loose.append(item)
        elif self._walk.key in DATE_KEYS:
            self._walk.out.value(self._walk.key, item)
        else:
            self._on_date_in_list(self._walk.key, item)

    def _on_date_in_list(self, key: ClauseKey, item: Item) -> None:
        """Among lots: 04-24-2015 is a lot where lots look like it, 03/2021 or "17-Oct-2016" is their expiry."""
        printed = self._walk.flat[item.start : item.end]
        is_iso = re.fullmatch(r"(?:19|20)\d\d-\d\d-\d\d", printed)
        if re.fullmatch(r"[\d-]+", printed) and not (is_iso and self._walk.out.has_values):
            self._walk.out.value(key, item)
        elif self._walk.out.has_values and self._walk.out.items[-1].is_value:
            self._walk.out.flush()
            self._walk.out.value(ClauseKey.EXPIRY, item)
            self._walk.out.flush()
        else:
            self._walk.out.operator(key, Item("vague", item.start, item.end))

    def on_mask(self, token: Token) -> None:
        """A value that the notice hides in part."""
        self._walk.enter_cell(token.start)
        if self._walk.is_skipping:
            return
        self._walk.out.found.doubts.append("masked")
        if self._walk.key in DATE_KEYS or self._walk.key is ClauseKey.SOFTWARE:
            self._walk.out.operator(self._walk.key, Item("vague", token.start, token.end))
        elif self._walk.key is not None:
            self._walk.out.value(self._walk.key, Item("mask", token.start, token.end))
        else:
            place = token.start, token.end
            self._walk.out.clause(ClauseKey.REF, ClauseForm.MASKED, place, (self._walk.text[slice(*place)],))

    def on_elements(self, token: Token) -> None:
        """A UDI with brackets."""
        self._walk.enter_cell(token.start)
        self._walk.out.flush()
        self._walk.out.found.clauses += bracketed(self._walk.text, self._walk.flat, token.start, token.end)

    def on_certificate(self, token: Token) -> None:
        """A registration number, which needs no label."""
        self._walk.out.flush()
        place = token.start, token.end
        self._walk.out.clause(ClauseKey.CERTIFICATE, ClauseForm.LIST, place, (self._walk.text[slice(*place)],))
        self._walk.key = None
