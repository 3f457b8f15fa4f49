"""Bracketed text under a symbol, as people type or copy it: ``(01)…(17)…(10)…``.

The brackets are not part of the data. A lot may itself hold brackets; ``(C)`` belongs to the lot, ``(17)`` does not.
"""

import re

from app.udi.draft import Draft
from app.udi.elements import doubt_case, judge, settle
from app.udi.identifiers import identifier_at
from app.udi.reading import Agency

_MARK = re.compile(r"(?<!\\)\(([0-9]{1,6})\)")
_OTHER_BRACKETS = str.maketrans("{}[]", "()()")


def looks_bracketed(text: str) -> bool:
    """Round brackets first; curly ones stand in old HL7 examples, square ones on some labels."""
    return text[:1] in ("(", "{", "[")


def read_bracketed(text: str, this_year: int) -> Draft:
    """The elements of a bracketed text; blanks and line ends around the elements do not matter."""
    draft = Draft(Agency.GS1)
    if not text.startswith("("):
        draft.warn("odd_brackets", 0)
        text = text.translate(_OTHER_BRACKETS)
    marks = list(_MARK.finditer(text))
    if not marks or marks[0].start() > 0:
        draft.error("unknown_ai", 0)
    ends = [*(mark.start() for mark in marks[1:]), len(text)]
    for mark, end in zip(marks, ends, strict=True) if marks else ():
        _take(mark, text[mark.end() : end], draft, this_year)
    settle(draft, this_year)
    doubt_case(draft)
    return draft


def _take(mark: re.Match[str], written: str, draft: Draft, this_year: int) -> None:
    code = mark[1]
    identifier = identifier_at(code, 0)
    if identifier is None or identifier.code != code:
        draft.error("unknown_ai", mark.start(), code)
        return
    value = written.strip(" \t\r\n")
    start = mark.end() + len(written) - len(written.lstrip(" \t\r\n"))
    if value != written:
        draft.warn("blanks", mark.end(), code)
    judge(identifier, value.replace("\\(", "(").replace("\\)", ")"), start, draft, this_year)
