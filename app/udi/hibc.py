"""HIBC codes (ANSI/HIBC 2.6): primary, secondary, both in one, or several linear scans glued together."""

import re
from dataclasses import dataclass

from app.udi.checks import MOD43, mod43
from app.udi.draft import Draft
from app.udi.hibc_segments import read_segment
from app.udi.reading import Agency

_PRIMARY = re.compile(r"(?P<lic>[A-Z][A-Z0-9]{3})(?P<pcn>[A-Z0-9]{1,18})(?P<unit>[0-9])")
_ALPHANUMERIC = re.compile(r"\+[A-Z0-9]*")
_OUTSIDE = re.compile("[^" + re.escape(MOD43) + "]")
_LEAST = 4
# Three linear scans of the greatest length; the search below grows with the square.
_LONGEST_JOINT = 150


def looks_like_hibc(text: str) -> bool:
    """``+`` first, after the asterisk that Code 39 may print."""
    return text.lstrip("*").startswith("+")


@dataclass(frozen=True, slots=True)
class Scan:
    """One linear scan inside the text: from its ``+`` to its own check character."""

    begin: int
    text: str

    @property
    def is_sound(self) -> bool:
        """Its last character is the check character of the rest."""
        return len(self.text) >= _LEAST and mod43(self.text[:-1]) == self.text[-1]


def read_hibc(text: str, this_year: int) -> Draft:
    """The parts of a HIBC scan. Blanks count: the check character may be one."""
    draft = Draft(Agency.HIBC)
    begin = len(text) - len(text.lstrip("*"))
    body = _normal(text, draft).rstrip("*") if begin else _normal(text, draft)
    outside = _OUTSIDE.search(body, begin)
    if outside:
        draft.error("bad_character", outside.start())
    if len(body) - begin < _LEAST:
        draft.error("bad_length", len(body))
    elif body[begin + 1] == "$" or body[begin + 1].isdigit():
        draft.is_secondary = True
        _read_secondaries(Scan(begin, body[begin:]), None, draft, this_year)
    else:
        _read_primary(Scan(begin, body[begin:]), draft, this_year)
    return draft


def _normal(text: str, draft: Draft) -> str:
    """Capitals only, and the blank that is printed as ``_`` restored; same length."""
    if any("a" <= letter <= "z" for letter in text):
        draft.warn("lower_case", 0)
        text = "".join(letter.upper() if letter.isascii() else letter for letter in text)
    if "_" in text:
        draft.warn("underscore", text.index("_"))
        text = text.replace("_", " ")
    return text


def _read_primary(scan: Scan, draft: Draft, this_year: int) -> None:
    """Find where the primary part ends; what follows decides whether it has a check character of its own."""
    text = scan.text
    joint = _joint(text)
    if joint:
        primary = Scan(scan.begin, text[:joint])
        _set_identifier(text[1 : joint - 1], scan.begin + 1, draft)
        _check(primary, draft)
        _read_secondaries(Scan(scan.begin + joint, text[joint:]), text[joint - 1], draft, this_year)
        return
    _check(scan, draft)
    head, *segments = text[1:-1].split("/")
    _set_identifier(head, scan.begin + 1, draft)
    if not segments:
        draft.link = text[-1]
    _read_segments(segments, scan.begin + len(head) + 2, draft, this_year)


def _joint(text: str) -> int:
    """Where a second linear scan begins in a text that starts with a primary one, or 0.

    The first sign that is no letter or digit is the second scan's ``+``, or the primary's check character before it.
    """
    found = _ALPHANUMERIC.match(text)
    end = found.end() if found else 1
    if text[end : end + 1] == "+" and text[end + 1 : end + 2] not in ("+", ""):
        return end
    if text[end + 1 : end + 2] == "+" and text[end + 2 : end + 3]:
        is_divider = text[end] == "/" and mod43(text[:end]) != "/"
        return 0 if is_divider else end + 1
    return 0


def _set_identifier(body: str, begin: int, draft: Draft) -> None:
    """The DI: labeler (letter first), product (1 to 18), packaging level (a digit)."""
    if _PRIMARY.fullmatch(body):
        draft.di = body
        draft.add("+", body, begin)
    elif not re.match(r"[A-Z][A-Z0-9]{3}", body):
        draft.error("bad_labeler", begin, "+")
    elif not re.fullmatch(r"[A-Z0-9]+", body):
        draft.error("bad_product_code", begin + 4, "+")
    elif not 6 <= len(body) <= 23:
        draft.error("bad_length", begin + len(body), "+")
    else:
        draft.error("bad_packaging_level", begin + len(body) - 1, "+")


def _check(scan: Scan, draft: Draft) -> None:
    if not scan.is_sound:
        draft.error("bad_check_character", scan.begin + len(scan.text) - 1)


def _read_secondaries(scan: Scan, link: str | None, draft: Draft, this_year: int) -> None:
    """One or more secondary scans, each ``+``, data, link, check; all links must be the primary's check character."""
    for each in _parted(scan):
        own = each.text[-2:-1]
        if link is not None and own != link:
            draft.error("bad_link_character", each.begin + len(each.text) - 2)
        draft.link = link or own
        _check(each, draft)
        _read_segments(each.text[1:-2].split("/"), each.begin + 1, draft, this_year)


def _parted(scan: Scan) -> list[Scan]:
    """The scan cut where both sides are sound scans with the same link character; else whole."""
    text = scan.text
    if len(text) > _LONGEST_JOINT:
        return [scan]
    for found in re.finditer(r"(?<=[^$])\+", text[1:]):
        cut = found.start() + 1
        first, rest = Scan(scan.begin, text[:cut]), Scan(scan.begin + cut, text[cut:])
        if first.is_sound and rest.is_sound and first.text[-2] == rest.text[-2]:
            return [first, *_parted(rest)]
    return [scan]


def _read_segments(segments: list[str], begin: int, draft: Draft, this_year: int) -> None:
    for segment in segments:
        read_segment(segment, begin, draft, this_year)
        begin += len(segment) + 1
