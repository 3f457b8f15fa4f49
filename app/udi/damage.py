"""What keyboards, scanners and copying do to a scan, undone where it can be undone and always reported.

Wedge scanners type: a Chinese input method widens characters, a foreign layout swaps keys, Caps Lock inverts letters,
the separator arrives as text. Each repair keeps the way back to the raw scan, so that positions stay true.
"""

import re
from dataclasses import dataclass

from app.udi.reading import Problem, Severity

_BEFORE = "\ufeff\x00\x02\r\n\t"
_BEHIND = "\x00\x03\x04\r\n\t"
_WIDE = {code: code - 0xFEE0 for code in range(0xFF01, 0xFF5F)} | {0x3000: 0x20, 0x3002: 0x2E}
_WIDE_LETTER = re.compile("[" + "".join(map(chr, _WIDE)).replace("\\", "\\\\").replace("]", "\\]") + "]")
_SEPARATOR_TEXT = re.compile(
    r"<GS>|\{GS\}|\[GS\]|<FNC1>|\{FNC1\}|\[FNC1\]|\^\]|\\x1[dD]|\\u001[dD]|&#29;|&#[xX]1[dD];|[<{]0x1[dD][>}]|\u241d"
)
_AMPERSAND_TEXT = re.compile(r"&amp;|\\T\\")
_SUSPECT = re.compile(f"{_SEPARATOR_TEXT.pattern}|{_AMPERSAND_TEXT.pattern}|[^\x00-\x7f]")
_LINE_ENDS = re.compile(r"[\r\n\x02\x03]+")
_LEAST_PERIOD = 12

# What a French keyboard types where a scanner set to the US layout means the key below it.
_FRENCH = (
    "&é\"'(-è_çà)=azertyuiop^$qsdfghjklmù*wxcvbn,;:!1234567890°+AZERTYUIOP¨£QSDFGHJKLM%µWXCVBN?./§²~\x1d ",
    "1234567890-=qwertyuiop[]asdfghjkl;'\\zxcvbnm,./!@#$%^&*()_+QWERTYUIOP{}ASDFGHJKL:\"|ZXCVBNM<>?`~\x1d ",
)
_FROM_FRENCH = str.maketrans(*_FRENCH)
_FRENCH_ONLY = re.compile("[éèçà]")
_FRENCH_KEYS = frozenset(_FRENCH[0])
_SCAN_BEGINS = re.compile(r"[0-9]{8}|\][A-Za-z][0-9]|\+[A-Z$0-9]|=[/,0-9A-Z]|MA\.|\(")


@dataclass(frozen=True, slots=True)
class Repaired:
    """A repaired text and the way back: ``places`` holds the raw position of each character, None where all moved by
    ``shift`` alone. ``problems`` are warnings in raw positions.
    """

    text: str
    shift: int = 0
    places: tuple[int, ...] | None = None
    problems: tuple[Problem, ...] = ()

    def place(self, position: int) -> int:
        """The raw position of a character, or of the end."""
        if self.places is None:
            return position + self.shift
        if position < len(self.places):
            return self.places[position]
        return self.places[-1] + 1 if self.places else self.shift

    def warned(self, kind: str, position: int, text: str) -> "Repaired":
        """The same places with another text of the same length, and a warning at ``position`` of it."""
        return Repaired(text, self.shift, self.places, (*self.problems, self._warning(kind, position)))

    def kept(self, begin: int, end: int) -> "Repaired":
        """Only the characters from ``begin`` to before ``end``."""
        places = None if self.places is None else self.places[begin:end]
        return Repaired(self.text[begin:end], self.place(begin) if begin else self.shift, places, self.problems)

    def replaced(self, pattern: re.Pattern[str], by: str, kind: str) -> "Repaired":
        """Each match replaced by one character or none; one warning, at the first."""
        pieces: list[str] = []
        places: list[int] = []
        begin = 0
        first: int | None = None
        for found in pattern.finditer(self.text):
            first = found.start() if first is None else first
            pieces += [self.text[begin : found.start()], by]
            places += map(self.place, range(begin, found.start() + len(by)))
            begin = found.end()
        if first is None:
            return self
        pieces.append(self.text[begin:])
        places += map(self.place, range(begin, len(self.text)))
        problems = (*self.problems, self._warning(kind, first))
        return Repaired("".join(pieces), self.shift, tuple(places), problems)

    def _warning(self, kind: str, position: int) -> Problem:
        return Problem(kind, Severity.WARNING, self.place(position))


def repair(raw: str) -> Repaired:
    """Undo what can be undone before anything is read. Blanks stay: a HIBC check character may be one."""
    text = raw.lstrip(_BEFORE)
    shift = len(raw) - len(text)
    repaired = Repaired(text.rstrip(_BEHIND), shift)
    if _SUSPECT.search(repaired.text) is None:
        return repaired
    if not repaired.text.isascii():
        repaired = _without_french_layout(repaired)
        repaired = _without_wide_letters(repaired)
    repaired = repaired.replaced(_SEPARATOR_TEXT, "\x1d", "separator_as_text")
    if repaired.text[:1] in ("=", "&"):
        repaired = repaired.replaced(_AMPERSAND_TEXT, "&", "escaped_text")
    return repaired


def _without_french_layout(repaired: Repaired) -> Repaired:
    text = repaired.text
    found = _FRENCH_ONLY.search(text)
    if found is None or not _FRENCH_KEYS.issuperset(text):
        return repaired
    typed = text.translate(_FROM_FRENCH)
    return repaired.warned("keyboard_layout", found.start(), typed) if _SCAN_BEGINS.match(typed) else repaired


def _without_wide_letters(repaired: Repaired) -> Repaired:
    found = _WIDE_LETTER.search(repaired.text)
    if found is None:
        return repaired
    return repaired.warned("full_width", found.start(), repaired.text.translate(_WIDE))


def frames(repaired: Repaired) -> list[Repaired]:
    """The codes that one trigger sent on lines of their own, or one after the other; equal ones count once."""
    text = repaired.text
    if text.startswith(("(", "{", "[", "<UDI")):
        return [repaired]
    if _LINE_ENDS.search(text) is None:
        period = _period(text)
        return [repaired] if period == len(text) else [repaired.warned("repeated_scan", period, text).kept(0, period)]
    parts: list[Repaired] = []
    begin = 0
    for found in [*_LINE_ENDS.finditer(text), None]:
        end = found.start() if found else len(text)
        if begin < end:
            parts.append(repaired.kept(begin, end))
        begin = found.end() if found else end
    first = parts[0] if parts else repaired
    if all(part.text == first.text for part in parts):
        return [first.warned("repeated_scan", 0, first.text)]
    return parts


def joined(repaired: Repaired) -> Repaired:
    """The text without its line ends: two HIBC scans of one trigger belong together if their link characters agree."""
    return repaired.replaced(_LINE_ENDS, "", "several_codes")


def _period(text: str) -> int:
    """The length of the frame that the text repeats, or its whole length."""
    again = (text + text).find(text, 1)
    return again if _LEAST_PERIOD <= again < len(text) else len(text)


def inverted(text: str, mark: str) -> tuple[str, bool]:
    """Undo Caps Lock on a text whose ``mark`` (an identifier with one right case) came in the wrong case.

    Answers the text, and whether it is certain. Software that turns all letters small or capital damages the mark too,
    and what it did cannot be undone: only letters of the other case prove that Caps Lock did it.
    """
    rest = text[len(mark) :]
    has_small = any(letter.islower() for letter in rest)
    has_capital = any(letter.isupper() for letter in rest)
    was_capital = any(letter.isupper() for letter in mark)
    proof, doubt = (has_small, has_capital) if was_capital else (has_capital, has_small)
    if proof or not doubt:
        return text.swapcase(), True
    return mark.swapcase() + rest.upper(), False
