"""GS1 Digital Link URIs (GS1 Digital Link Standard: URI Syntax 1.3): elements in path segments and query fields."""

import re
from urllib.parse import unquote

from app.udi.checks import is_digits
from app.udi.draft import Draft
from app.udi.elements import judge, settle
from app.udi.identifiers import Identifier, identifiers
from app.udi.reading import Agency

_SCHEME = re.compile(r"https?://|HTTPS?://")
_LEGAL = re.compile(r"[-A-Za-z0-9._~:/?#\[\]@!$&'()*+,;=%]*")
_HOST = re.compile(r"[-A-Za-z0-9.:]+")
_SHORT_GTINS = (8, 12, 13)
# Words that the first edition of the standard allowed in place of identifiers; later editions withdrew them.
_OLD_WORDS = {"gtin": "01", "cpv": "22", "lot": "10", "ser": "21", "sscc": "00", "gln": "414"}

Segment = tuple[str, int]
"""A piece of the address and where it begins."""


def looks_like_link(text: str) -> bool:
    """An http or https address in any case."""
    return text[:8].lower().startswith(("http://", "https://"))


def read_link(text: str, this_year: int) -> Draft:
    """The elements of a Digital Link; a draft with nothing but an error where the address is none."""
    draft = Draft(Agency.GS1)
    scheme = _SCHEME.match(text)
    address, _, _ = text.partition("#")
    good = _LEGAL.match(text)
    if scheme is None or good is None or good.end() < len(text):
        draft.error("bad_digital_link", good.end() if scheme and good else 0)
        return draft
    path, _, query = address.partition("?")
    segments = _segments(path, scheme.end())
    host = segments.pop(0)[0]
    key_at = _key_position(segments) if _HOST.fullmatch(host) else None
    if key_at is None:
        draft.error("bad_digital_link", scheme.end())
        return draft
    _read_path(segments[key_at:], draft, this_year)
    _check_order(segments[key_at:], query, draft)
    _read_query(query, len(path) + 1, draft, this_year)
    return settle(draft, this_year)


def _segments(path: str, begin: int) -> list[Segment]:
    segments: list[Segment] = []
    for piece in path[begin:].split("/"):
        segments.append((piece, begin))
        begin += len(piece) + 1
    return segments


def _key_position(segments: list[Segment]) -> int | None:
    """Where the key stands: pairs are counted from the end, so that folders before it may be named like keys."""
    for position in range(len(segments) - 2, -1, -2):
        identifier = identifiers().get(_code(segments[position][0]))
        if identifier is not None and identifier.qualifiers is not None:
            return position
    return None


def _code(segment: str) -> str:
    return _OLD_WORDS.get(segment, segment)


def _read_path(segments: list[Segment], draft: Draft, this_year: int) -> None:
    for (word, where), (value, start) in zip(segments[::2], segments[1::2], strict=True):
        code = _code(word)
        if code != word:
            draft.error("old_link_word", where, code)
        identifier = identifiers().get(code)
        if identifier is None:
            draft.error("unknown_ai", where)
            continue
        _take(identifier, unquote(value), start, draft, this_year)


def _check_order(segments: list[Segment], query: str, draft: Draft) -> None:
    """Qualifiers follow the key in order; one that could stand in the path may not stand in the query."""
    key, *codes = (_code(word) for word, _ in segments[::2])
    orders = [order for order in identifiers()[key].qualifiers or () if _is_ordered(codes, order)]
    asked = {field.partition("=")[0] for field in re.split("[&;]", query)}
    if not orders or any(asked.intersection(order) for order in orders):
        draft.error("bad_link_order", segments[0][1], key)


def _is_ordered(codes: list[str], order: tuple[str, ...]) -> bool:
    """True where ``codes`` are some of ``order``, in its order."""
    rest = iter(order)
    return all(code in rest for code in codes)


def _read_query(query: str, begin: int, draft: Draft, this_year: int) -> None:
    """Numeric names are identifiers; every other field belongs to the web server."""
    for field in re.split("[&;]", query):
        name, mark, value = field.partition("=")
        if mark and is_digits(name):
            _read_field(name, value, begin, draft, this_year)
        begin += len(field) + 1


def _read_field(name: str, value: str, begin: int, draft: Draft, this_year: int) -> None:
    identifier = identifiers().get(name)
    if identifier is None or not identifier.is_attribute:
        draft.error("unknown_ai", begin, name)
    elif any(element.ai == name for element in draft.elements):
        draft.error("duplicate_element", begin, name)
    else:
        _take(identifier, unquote(value.replace("+", " ")), begin + len(name) + 1, draft, this_year)


def _take(identifier: Identifier, value: str, start: int, draft: Draft, this_year: int) -> None:
    if identifier.code == "01" and len(value) in _SHORT_GTINS:
        value = value.zfill(14)
    judge(identifier, value, start, draft, this_year)
