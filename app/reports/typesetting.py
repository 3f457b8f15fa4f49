"""Text to lines: Chinese and Latin mixed, broken where a reader expects it.

Rules: no closing mark at the start of a line and no opening mark at its end; two full-width marks in a row share one
em; a quarter-em opens between Han and Latin; Latin words stay whole; a code longer than the line is cut anywhere and
nothing of it is left out. (Requirements for Chinese Text Layout, W3C, 3.1.)
"""

import unicodedata
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from typing import NamedTuple

from app.reports.fonts import CODES, Face, glyph_for

CANNOT_START = frozenset("，。、；：？！）》」』】〕”’…—～·・％‰℃,.;:?!)]}%")
CANNOT_END = frozenset("（《「『【〔“‘￥([{$")
CLOSING = frozenset("，。、；：？！）》」』】〕”’")
OPENING = frozenset("（《「『【〔“‘")
SOFT_BREAKS = frozenset("-/_,;|&+.=")
STRAIGHT = {"“": '"', "”": '"', "‘": "'", "’": "'"}
HAN_LATIN_GAP = 0.18
MARK_OVERLAP = 0.5


@dataclass(frozen=True, slots=True)
class Ink:
    """A colour on paper, 0 to 1."""

    red: float
    green: float
    blue: float


BLACK = Ink(0, 0, 0)


@dataclass(frozen=True, slots=True)
class Style:
    """Face, size and line height in points, and ink."""

    size: float
    leading: float
    face: Face = Face.SANS
    ink: Ink = BLACK


class Run(NamedTuple):
    """A stretch of text in one style."""

    text: str
    style: Style


class Piece(NamedTuple):
    """Letters drawn at one go, ``x`` points from the line's left edge."""

    x: float
    text: str
    face: Face
    size: float
    ink: Ink


@dataclass(frozen=True, slots=True)
class Line:
    """One line set: its pieces, its width and its height."""

    pieces: tuple[Piece, ...]
    width: float
    leading: float
    size: float


class _Atom(NamedTuple):
    char: str
    text: str
    face: Face
    advance: float
    style: Style


def set_text(text: str, style: Style, width: float) -> tuple[Line, ...]:
    """``text`` in lines no wider than ``width`` points; an empty text is no line at all."""
    return set_runs((Run(text, style),), width)


def set_runs(runs: Sequence[Run], width: float) -> tuple[Line, ...]:
    """Several styles in one paragraph. Line feeds break; a run in a code face keeps every character."""
    lines: list[Line] = []
    for paragraph in _paragraphs(runs):
        atoms = _atoms(paragraph)
        lines += [_set(part) for part in _company(list(_broken(atoms, width)))]
    return tuple(lines)


def measure(text: str, style: Style) -> float:
    """The width of ``text`` on one line, in points."""
    return sum(line.width for line in set_text(text.replace("\n", " "), style, 1e6))


def fitted(text: str, style: Style, width: float, smallest: float) -> Style:
    """``style``, made smaller in half points until ``text`` fits on one line, but never under ``smallest``."""
    size = style.size
    while size > smallest and measure(text, style) * size / style.size > width:
        size -= 0.5
    return Style(size, style.leading * size / style.size, style.face, style.ink)


def _paragraphs(runs: Sequence[Run]) -> Iterator[list[Run]]:
    current: list[Run] = []
    for run in runs:
        first, *rest = run.text.replace("\r\n", "\n").split("\n") if run.style.face not in CODES else [run.text]
        current.append(Run(first, run.style))
        for text in rest:
            yield current
            current = [Run(text, run.style)]
    if any(run.text for run in current):
        yield current


def _atoms(runs: Sequence[Run]) -> list[_Atom]:
    letters = [(char, run.style) for run in runs for char in run.text]
    atoms: list[_Atom] = []
    for index, (char, style) in enumerate(letters):
        if char in STRAIGHT and not _among_han(letters, index):
            char = STRAIGHT[char]
        glyph = glyph_for(char, style.face)
        if glyph.text:
            atoms.append(_Atom(char, glyph.text, glyph.face, glyph.advance * style.size, style))
    return atoms


def _among_han(letters: Sequence[tuple[str, Style]], index: int) -> bool:
    """Whether a curly quotation mark stands in Chinese text, where it takes a full em."""
    near = letters[max(index - 2, 0) : index + 3]
    return any(is_wide(char) for char, _ in near if char not in STRAIGHT)


@cache
def is_wide(char: str) -> bool:
    """Whether the character takes a full em: Han, kana and full-width marks."""
    return unicodedata.east_asian_width(char) in "WF" or char in CLOSING or char in OPENING


@cache
def _is_han(char: str) -> bool:
    return is_wide(char) and unicodedata.category(char) == "Lo"


def _is_latin(char: str) -> bool:
    return char.isalnum() and not is_wide(char)


@cache
def _kern(before: str, after: str) -> float:
    """The space between two characters in em: positive between Han and Latin, negative between two marks."""
    if (_is_han(before) and _is_latin(after)) or (_is_latin(before) and _is_han(after)):
        return HAN_LATIN_GAP
    shares = (before in CLOSING and after in CLOSING | OPENING) or (before in OPENING and after in OPENING)
    return -MARK_OVERLAP if shares else 0.0


def _gap(before: _Atom, after: _Atom) -> float:
    if Face.SANS not in (before.face, after.face) and Face.BOLD not in (before.face, after.face):
        return 0.0
    return _kern(before.char, after.char) * min(before.style.size, after.style.size)


def _broken(atoms: list[_Atom], width: float) -> Iterator[list[_Atom]]:
    if not atoms:
        yield []
    start = 0
    while start < len(atoms):
        end = _line_end(atoms, start, width)
        yield atoms[start:end]
        start = end
        while start < len(atoms) and atoms[start].char == " " and atoms[start].style.face not in CODES:
            start += 1


def _company(parts: list[list[_Atom]]) -> list[list[_Atom]]:
    """The lines with a character moved down, where the last one would hold a single Han alone."""
    if len(parts) < 2 or len(parts[-1]) != 1 or len(parts[-2]) < 3:
        return parts
    *rest, before, (alone,) = parts
    if _is_han(alone.char) and _is_han(before[-1].char) and _may_break(before[-2].char, before[-1].char):
        return [*rest, before[:-1], [before[-1], alone]]
    return parts


def _line_end(atoms: list[_Atom], start: int, width: float) -> int:
    used = 0.0
    for index in range(start, len(atoms)):
        atom = atoms[index]
        gap = _gap(atoms[index - 1], atom) if index > start else 0.0
        half = MARK_OVERLAP * atom.style.size if atom.char in CLOSING and is_wide(atom.char) else 0.0
        if used + gap + atom.advance - half > width + 0.01 and atom.char != " " and index > start:
            return _best_break(atoms, start, index)
        used += gap + atom.advance
    return len(atoms)


def _best_break(atoms: list[_Atom], start: int, limit: int) -> int:
    """The last place in (start, limit] where a line may end: between words, else after a mark, else anywhere.

    A code is filled to the edge, but not so that a hyphen of it ends the line: it would be taken for ours.
    """
    is_code = atoms[limit].style.face in CODES and atoms[limit - 1].style.face in CODES
    for allowed in (_may_break,) if is_code else (_may_break, _may_break_softly):
        for index in range(limit, start, -1):
            if allowed(atoms[index - 1].char, atoms[index].char):
                return index
    return limit - 1 if is_code and atoms[limit - 1].char == "-" and limit - 1 > start else limit


@cache
def _may_break(before: str, after: str) -> bool:
    if after == " " or after in CANNOT_START or before in CANNOT_END or unicodedata.combining(after):
        return False
    return before == " " or is_wide(before) or is_wide(after)


def _may_break_softly(before: str, after: str) -> bool:
    return before in SOFT_BREAKS and after not in CANNOT_START


def _set(atoms: Sequence[_Atom]) -> Line:
    while atoms and atoms[-1].char == " ":
        atoms = atoms[:-1]
    pieces: list[Piece] = []
    x = 0.0
    for index, atom in enumerate(atoms):
        gap = _gap(atoms[index - 1], atom) if index else _hanging(atom)
        x += gap
        last = pieces[-1] if pieces else None
        if last and not gap and (last.face, last.size, last.ink) == (atom.face, atom.style.size, atom.style.ink):
            pieces[-1] = last._replace(text=last.text + atom.text)
        else:
            pieces.append(Piece(x, atom.text, atom.face, atom.style.size, atom.style.ink))
        x += atom.advance
    styles = [atom.style for atom in atoms]
    return Line(
        tuple(pieces), x, max((s.leading for s in styles), default=0.0), max((s.size for s in styles), default=0.0)
    )


def _hanging(atom: _Atom) -> float:
    """An opening mark at the start of a line stands on the margin with its ink, not with its empty half."""
    return -MARK_OVERLAP * atom.style.size if atom.char in OPENING else 0.0
