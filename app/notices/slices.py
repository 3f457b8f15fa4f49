"""Long texts looked through in slices: one step of a regular expression holds the interpreter, and the window with it.

The longest notice known has 8.8 million characters; a slice of it is gone through in a few milliseconds.
"""

import re
from collections.abc import Iterator

SLICE = 1 << 16
OVERLAP = 400
"""Longer than any match of a pattern that is looked for this way."""


def finds(pattern: re.Pattern[str], text: str) -> Iterator[re.Match[str]]:
    """As ``pattern.finditer(text)``, for patterns whose matches are shorter than ``OVERLAP``."""
    begin = 0
    while begin < len(text):
        end = begin + SLICE
        following = end
        for match in pattern.finditer(text, begin, min(end + OVERLAP, len(text))):
            if match.start() >= end:
                break
            following = max(following, match.end())
            yield match
        begin = following


def first(pattern: re.Pattern[str], text: str) -> re.Match[str] | None:
    """As ``pattern.search(text)``, under the same condition."""
    return next(finds(pattern, text), None)


def translated(text: str, table: dict[int, str]) -> str:
    """As ``text.translate(table)``."""
    if len(text) <= SLICE:
        return text.translate(table)
    return "".join(text[at : at + SLICE].translate(table) for at in range(0, len(text), SLICE))
