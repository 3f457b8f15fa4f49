"""A scanned string read: which agency's code it is, and what it says."""

import re
from dataclasses import replace
from datetime import date
from typing import Any, NamedTuple
from urllib.parse import unquote

from app.udi import damage
from app.udi.ahm import looks_like_ahm, read_ahm
from app.udi.damage import Repaired
from app.udi.digital_link import looks_like_link, read_link
from app.udi.draft import Draft, choice, finish
from app.udi.gs1 import read_element_string, read_marked
from app.udi.hibc import looks_like_hibc, read_hibc
from app.udi.hri import looks_bracketed, read_bracketed
from app.udi.isbt import looks_like_isbt, read_isbt
from app.udi.ma import looks_like_ma, looks_like_ma_xml, read_ma, read_ma_xml
from app.udi.numbers import RETAIL_LENGTHS, add_composite, looks_like_number, read_number, read_retail
from app.udi.reading import Agency, Problem, Reading, ReadState, Severity

MOST_BYTES = 8_192
"""Longer scans are refused unread; no symbol holds so much."""

_AIM = re.compile(r"\][A-Za-z][0-9A-Za-z]")
_GS1_MARKS = frozenset(("]C1", "]e0", "]e1", "]e2", "]d2", "]d5", "]Q3", "]Q4", "]J1"))
_OTHER_MARKS = frozenset(("]C0", "]d1", "]Q0", "]Q1"))
# ]E0 and ]e0 are both real marks, so their case proves nothing.
_INVERTED_MARKS = frozenset(mark.swapcase() for mark in (*_GS1_MARKS, *_OTHER_MARKS) if mark[1] != "e")
_MA_IN_WRONG_CASE = re.compile(r"(?!MA)[Mm][Aa]\.[0-9]{3}\.[Mm]0\.")
_INSIDE_LINK = re.compile(r"[=/](?=MA\.[0-9]{3}\.)|=(?=01[0-9]{14}|\(01\)|%2801%29|\][A-Za-z][0-9])")
_MOST_FRAMES = 4


class Frame(NamedTuple):
    """A draft, where in the frame its text began, and the symbology identifier before it."""

    draft: Draft
    offset: int = 0
    symbology: str | None = None


def read(raw: str, *, today: date | None = None) -> Reading:
    """What a scan says. Any text gets an answer; nothing is raised.

    ``today`` decides the century of two-digit years; without it the machine's date does.
    """
    if len(raw) > MOST_BYTES or len(raw.encode("utf-8", "surrogatepass")) > MOST_BYTES:
        return refused(raw, "too_big")
    this_year = (today or date.today()).year
    repaired = damage.repair(raw)
    frames = damage.frames(repaired)
    if len(frames) > 1:
        if not all(looks_like_hibc(frame.text) for frame in frames):
            return _several(raw, frames, this_year)
        frames = [damage.joined(repaired)]
    return _reading(raw, frames[0], this_year)


def refused(raw: str, kind: str) -> Reading:
    """The answer to a scan that is not read at all."""
    return Reading(raw, Agency.UNKNOWN, ReadState.REFUSED, problems=(Problem(kind, Severity.ERROR, None, None),))


def _several(raw: str, frames: list[Repaired], this_year: int) -> Reading:
    """Different codes from one trigger: nobody knows which box was meant, so each is handed out."""
    candidates = tuple(_reading(raw, frame, this_year) for frame in frames[:_MOST_FRAMES])
    problem = Problem("several_codes", Severity.ERROR, frames[1].place(0), None)
    return Reading(raw, Agency.UNKNOWN, ReadState.REFUSED, problems=(problem,), candidates=candidates)


def _reading(raw: str, repaired: Repaired, this_year: int) -> Reading:
    frame = _read_frame(repaired.text, this_year)
    draft, offset = frame.draft, frame.offset
    if offset or repaired.shift or repaired.places is not None:
        reading = finish(draft, raw, place=lambda at: repaired.place(at + offset), symbology=frame.symbology)
    else:
        reading = finish(draft, raw, symbology=frame.symbology)
    return with_problems(reading, repaired.problems) if repaired.problems else reading


def with_problems(reading: Reading, problems: tuple[Problem, ...]) -> Reading:
    """The reading with more problems before its own; warnings, for the state stays."""
    return replace(reading, problems=problems + reading.problems)


def _read_frame(text: str, this_year: int) -> Frame:
    mark = _AIM.match(text)
    if mark is None:
        return _read_unmarked(text, this_year)
    symbology = mark[0]
    if symbology in _INVERTED_MARKS:
        return _read_inverted(text, symbology, this_year)
    payload = text[3:]
    if symbology in _GS1_MARKS:
        return Frame(read_marked(payload, this_year), 3, symbology)
    if symbology in RETAIL_LENGTHS:
        return Frame(_read_retail(payload, symbology, this_year), 3, symbology)
    inner = _read_unmarked(payload, this_year)
    if inner.draft.agency is Agency.GS1 and payload[:1].isdigit():
        inner.draft.warn("not_marked_gs1")
    return Frame(inner.draft, inner.offset + 3, symbology)


def _read_inverted(text: str, mark: str, this_year: int) -> Frame:
    """Caps Lock inverts the mark too; where that is certain the text is read as it was meant."""
    undone, is_certain = damage.inverted(text, mark)
    frame = _read_frame(undone, this_year)
    if is_certain:
        frame.draft.warn("case_inverted", -frame.offset)
    else:
        frame.draft.error("case_lost", -frame.offset)
    return frame


def _read_retail(payload: str, symbology: str, this_year: int) -> Draft:
    number, bar, rest = payload.partition("|")
    draft = read_retail(number, symbology)
    if rest.startswith("]e"):
        add_composite(draft, read_marked(rest[3:], this_year), len(number) + 4)
    elif bar:
        draft.error("bad_structure", len(number))
    return draft


def _read_unmarked(text: str, this_year: int) -> Frame:
    """Text without a mark, or with one that says nothing about the content: the text itself must tell."""
    if looks_like_hibc(text):
        return Frame(read_hibc(text, this_year))
    trimmed = text.strip(" ")
    frame = _read_trimmed(trimmed, this_year)
    if trimmed == text:
        return frame
    lead = len(text) - len(text.lstrip(" "))
    frame.draft.warn("blanks", -lead - frame.offset)
    return Frame(frame.draft, frame.offset + lead)


def _read_trimmed(text: str, this_year: int) -> Frame:
    if looks_like_isbt(text):
        return Frame(read_isbt(text))
    if looks_like_ma(text):
        return Frame(read_ma(text, this_year))
    if _MA_IN_WRONG_CASE.match(text):
        return Frame(_read_inverted_ma(text, this_year))
    if looks_like_ma_xml(text):
        return Frame(read_ma_xml(text, this_year))
    if looks_like_link(text):
        return _read_address(text, this_year)
    if looks_like_ahm(text):
        return Frame(read_ahm(text, this_year))
    return Frame(_read_digits_or_brackets(text, this_year))


def _read_digits_or_brackets(text: str, this_year: int) -> Draft:
    if looks_like_number(text):
        drafts = read_number(text, this_year)
        return drafts[0] if len(drafts) == 1 else choice(drafts, "unmarked_number", position=0, element=None)
    if looks_bracketed(text):
        return read_bracketed(text, this_year)
    return read_element_string(text, this_year)


def _read_inverted_ma(text: str, this_year: int) -> Draft:
    undone, is_certain = damage.inverted(text, text[:2])
    draft = read_ma("MA" + undone[2:], this_year)
    if is_certain:
        draft.warn("case_inverted", 0)
    else:
        draft.error("case_lost", 0)
    return draft


def _read_address(text: str, this_year: int) -> Frame:
    """A Digital Link, or some other address that carries a code: that is read instead."""
    link = read_link(text, this_year)
    inside = None if link.has_content else _INSIDE_LINK.search(text)
    if inside is None:
        return Frame(link)
    code = unquote(re.split("[&#]", text[inside.end() :])[0])
    frame = _read_frame(code, this_year)
    return Frame(frame.draft, frame.offset + inside.end(), frame.symbology)


def as_json(reading: Reading) -> dict[str, Any]:
    """The reading as plain JSON values, as the command line prints it."""
    return {
        "agency": reading.agency.value,
        "state": reading.state.value,
        "di": reading.di,
        "lot": reading.lot,
        "serial": reading.serial,
        "expiry": reading.expiry_text,
        "production": reading.production_text,
        "quantity": reading.quantity,
        "elements": [[element.ai, element.value] for element in reading.elements],
        "problems": [
            {
                "kind": problem.kind,
                "severity": problem.severity.value,
                "position": problem.position,
                "element": problem.element,
            }
            for problem in reading.problems
        ],
        "candidates": [as_json(candidate) for candidate in reading.candidates],
    }
