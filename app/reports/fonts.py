"""The four faces on paper: loaded once, measured, and asked whether they have a character at all.

A missing glyph prints as nothing, without an error, so every character is looked up before it is drawn
(``glyph_for``); what no face has is printed as its visible code point, never left out.
"""

import unicodedata
from collections.abc import Sequence
from enum import Enum
from functools import cache
from threading import Lock
from typing import Any, NamedTuple, cast

from reportlab.pdfbase import pdfmetrics, ttfonts

from app.core.places import resources


class Face(Enum):
    """A font file of ``resources/fonts``; the value is the name inside the PDF."""

    SANS = "NotoSansSC-Regular"
    BOLD = "NotoSansSC-Bold"
    MONO = "JetBrainsMono-Medium"
    MONO_BOLD = "JetBrainsMono-Bold"


FALLBACK = {Face.MONO: Face.SANS, Face.MONO_BOLD: Face.BOLD}
CODES = frozenset(FALLBACK)
CONTROL_NAMES = {"\x1c": "<FS>", "\x1d": "<GS>", "\x1e": "<RS>", "\x1f": "<US>", "\x00": "<NUL>", "\x04": "<EOT>"}
# In running text these carry no ink and are dropped; in a code they are part of it and shown.
INVISIBLE = frozenset({"Cf", "Cc", "Mn", "Me"})
BFCHAR_LIMIT = 100

_lock = Lock()


class Glyph(NamedTuple):
    """What is drawn for one character: its text, the face that has it, and its advance in em."""

    text: str
    face: Face
    advance: float


def glyph_for(char: str, face: Face) -> Glyph:
    """The drawing of ``char`` in ``face``, in the face behind it, or as ``[U+1F600]`` where neither has it."""
    return _glyph(char, face)


def missing(text: str, face: Face = Face.SANS) -> tuple[str, ...]:
    """The characters of ``text`` that no face has, in order of appearance."""
    return tuple(dict.fromkeys(char for char in text if _owner(char, face) is None))


@cache
def _glyph(char: str, face: Face) -> Glyph:
    owner = _owner(char, face)
    if owner is not None:
        return Glyph(char, owner, _advance(char, owner))
    spelled = _spelled(char, face)
    return Glyph(spelled, face, sum(_advance(letter, face) for letter in spelled))


def _spelled(char: str, face: Face) -> str:
    if char in "\t\u2009\u202f\u2002\u2003":
        return " "
    if face not in CODES and unicodedata.category(char) in INVISIBLE:
        return ""
    return CONTROL_NAMES.get(char, f"[U+{ord(char):04X}]")


def _owner(char: str, face: Face) -> Face | None:
    if ord(char) < 0x20 or ord(char) == 0x7F:
        return None
    for candidate in (face, FALLBACK.get(face, face)):
        if ord(char) in _coverage(candidate):
            return candidate
    return None


@cache
def _coverage(face: Face) -> frozenset[int]:
    glyphs = cast("dict[int, int]", load()[face].face.charToGlyph)
    return frozenset(code for code, glyph in glyphs.items() if glyph)


def _advance(char: str, face: Face) -> float:
    face_of_font = load()[face].face
    widths = cast("dict[int, float]", face_of_font.charWidths)
    return widths.get(ord(char), float(face_of_font.defaultWidth)) / 1000


def load() -> dict[Face, Any]:
    """The faces registered with reportlab; safe from any thread, done once (about 0.2 s)."""
    with _lock:
        return _load()


@cache
def _load() -> dict[Face, Any]:
    ttfonts.makeToUnicodeCMap = to_unicode_map
    fonts: dict[Face, Any] = {}
    for face in Face:
        fonts[face] = ttfonts.TTFont(face.value, str(resources() / "fonts" / f"{face.value}.ttf"))
        pdfmetrics.registerFont(fonts[face])
    return fonts


def to_unicode_map(name: str, subset: Sequence[int]) -> str:
    """The map from glyph codes back to text, in UTF-16BE as ISO 32000-1, 9.10.3 demands.

    reportlab's own writes code points above U+FFFF as one number, so that rare name characters are copied and
    searched as others; and it ignores the limit of 100 entries a block.
    """
    rows = [f"<{index:02X}> <{_utf16(code)}>" for index, code in enumerate(subset)]
    blocks = [rows[start : start + BFCHAR_LIMIT] for start in range(0, len(rows), BFCHAR_LIMIT)]
    body = [line for block in blocks for line in (f"{len(block)} beginbfchar", *block, "endbfchar")]
    head = [
        "/CIDInit /ProcSet findresource begin",
        "12 dict begin",
        "begincmap",
        "/CIDSystemInfo",
        f"<< /Registry ({name}) /Ordering ({name}) /Supplement 0 >> def",
        f"/CMapName /{name} def",
        "/CMapType 2 def",
        "1 begincodespacerange",
        f"<00> <{max(len(subset) - 1, 0):02X}>",
        "endcodespacerange",
    ]
    return "\n".join([*head, *body, "endcmap", "CMapName currentdict /CMap defineresource pop", "end", "end"])


def _utf16(code: int) -> str:
    return chr(code).encode("utf-16-be", "surrogatepass").hex().upper()
