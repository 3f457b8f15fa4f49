"""Chinese models and specifications: phrases such as "ZY平面挂耳型17.5cm×9.5cm", not codes."""

import re
from collections.abc import Sequence

from app.notices.tokens import Token

_OPENING = re.compile(r"[ ]*(?:[:为是=]|[a-z0-9])|[ ]*\([^)]{0,12}\)[ ]*:")
_CONNECTORS = re.compile(r"(?:\([^)]{0,12}\)(?=[ ]*:))?[ ]*(?:[:为是=][ ]*)*(?:分别[为是]?)?[ ]*")
_PHRASE = re.compile(r"(?:[^,;。、…\n:\s的()]|\([^,;。、\n:()]{0,30}\)|(?<=[a-z0-9])\.(?=\d)){1,80}")
_LONGEST = 60
_STOPPERS = frozenset({"attach", "and", "open", "vague", "unaffected", "except", "cut"})
_REACH = 60


def is_chinese(flat: str, token: Token) -> bool:
    """Whether the label is a Chinese one."""
    return "\u3400" <= flat[token.start] <= "\u9fff"


def phrases(flat: str, label: Token, following: Sequence[Token]) -> list[tuple[int, int]]:
    """The places of the phrases behind a Chinese model label; none where the label stands in mere prose."""
    if not _OPENING.match(flat, label.end):
        return []
    found: list[tuple[int, int]] = []
    at = label.end
    while True:
        start = _behind(flat, at)
        end = _end(flat, start, following)
        shown = start + len(flat[start:end].rstrip(". ("))
        if start < shown and shown - start <= _LONGEST:
            found.append((start, shown))
        if end <= start or not _continues(flat, end, following):
            return found
        at = end + 1


def _behind(flat: str, at: int) -> int:
    match = _CONNECTORS.match(flat, at)
    return match.end() if match else at


def _continues(flat: str, end: int, following: Sequence[Token]) -> bool:
    if end >= len(flat) or flat[end] not in "、和及与, ":
        return False
    nearest = next((token for token in following if token.start > end), None)
    if nearest is None or (nearest.kind in ("label", "op") and nearest.start <= end + 2):
        return False
    return flat[end] not in ", " or nearest.kind == "code"


def _end(flat: str, start: int, following: Sequence[Token]) -> int:
    match = _PHRASE.match(flat, start)
    if not match:
        return start
    for token in following:
        if token.start >= match.end() or token.start - start > _LONGEST:
            break
        if token.start >= start and (token.kind == "label" or token.name in _STOPPERS):
            return token.start
    return match.end()
