"""GS1 element strings as scanners deliver them: strictly, or with a separator lost or replaced."""

import re

from app.udi.draft import Draft, choice
from app.udi.elements import SEPARATOR, doubt_case, is_only_internal, strict
from app.udi.hri import looks_bracketed, read_bracketed
from app.udi.identifiers import identifier_at
from app.udi.reading import Agency
from app.udi.splits import lost_separator_drafts

# In no GS1 character set; scanners can be set to send one of them in place of the separator.
_STAND_INS = re.compile(r"[ #$@\[\\\]^`{|}~\t\x1c\x1e\x1f]")


def read_element_string(text: str, this_year: int) -> Draft:
    """A string without a mark that says it is GS1: unknown if nothing in it is, in doubt if any number would do."""
    draft = _read(text, this_year)
    if not draft.has_content:
        draft.agency = Agency.UNKNOWN
        draft.problems.clear()
        draft.error("unknown_format" if text else "empty", 0 if text else None)
    elif draft.elements and is_only_internal(draft):
        draft.doubt("unmarked_number", 0)
    else:
        doubt_case(draft)
    return draft


def read_marked(text: str, this_year: int) -> Draft:
    """The payload of a symbol that is marked as GS1."""
    if looks_bracketed(text):
        draft = read_bracketed(text, this_year)
        draft.error("brackets_encoded", 0)
        return draft
    return _read(text, this_year)


def _read(text: str, this_year: int) -> Draft:
    draft, opened = strict(text, this_year)
    if opened >= 0:
        found = lost_separator_drafts(text, draft, opened, this_year)
        if found.drafts:
            identifier = identifier_at(text, opened)
            code = identifier.code if identifier else None
            return choice(found.drafts, "separator_lost", position=opened, element=code, floor=found.floor)
    if draft.has_errors and SEPARATOR not in text:
        return _with_stand_in(text, this_year) or draft
    return draft


def _with_stand_in(text: str, this_year: int) -> Draft | None:
    """The reading if one foreign sign stood for the separator; a person confirms it, or sets the scanner right."""
    signs = set(_STAND_INS.findall(text))
    if len(signs) != 1:
        return None
    sign = signs.pop()
    draft, _ = strict(text.replace(sign, SEPARATOR), this_year)
    is_legal = not draft.problems and len(draft.elements) > 1
    return choice([draft], "separator_replaced", position=text.index(sign), element=None) if is_legal else None
