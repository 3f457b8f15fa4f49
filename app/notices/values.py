"""What a code in a notice looks like: an identifier, a version, a measure, or several joined by strokes."""

import re

_MEASURE = re.compile(
    r"\d+(?:[.,x×*]\d+)*(?:mm|cm|ml|cc|mg|kg|fr|ga|mcg|ul|μl|pcs|pc|ea|units?|mhz|ghz|hz|kv|mah|%|inch|ft|yrs?|gb|mb|st|nd|rd|th)"
    r"|\d+\.\d+(?:m|l|g|v|w|t)|\d+x\d+"
)
_VERSION = re.compile(r"v?\d{1,4}(?:\.\d+[a-z]?)+(?:[-.]?[a-z]{0,5}\d*)?|v\d+[a-z]?|\d{1,2}[a-z]?|v?\d+(?:\.\d+)*\.x")
_GTIN = re.compile(r"\d{12,14}")


def is_measure(code: str) -> bool:
    """25pcs, 14.5cm, 30g: a size, not a code. ``code`` is flattened."""
    return all(_MEASURE.fullmatch(part) for part in code.split("/"))


def is_version(code: str) -> bool:
    """2.5.0.1, v1.0, 1.9a, v3."""
    return _VERSION.fullmatch(code) is not None


def is_device_identifier(code: str) -> bool:
    """A GTIN of any printed length, or an identifier of HIBCC and others: letters and digits without strokes."""
    plain = code.lstrip("+#").replace("\x01", "")
    if plain.isdigit():
        return len(plain) == 8 or len(plain) >= 11
    return plain.isalnum() and len(plain) >= 8 and sum(letter.isdigit() for letter in plain) >= 5


def pieces(flat: str, start: int, end: int) -> list[tuple[int, int]]:
    """The places of the codes that one token joins by strokes, without marks around them.

    "11-110/00850052017033" is two, "RX4040/RX4041" two of one shape; "CV041020/A" and "PCS3000/CS3070" are one.
    """
    while start < end and flat[start] in "#+":
        start += 1
    code = flat[start:end]
    if "/" not in code:
        return [(start, end)]
    parts = code.split("/")
    if not _are_separate(parts):
        return [(start, end)]
    found: list[tuple[int, int]] = []
    for part in parts:
        if part:
            found.append((start, start + len(part)))
        start += len(part) + 1
    return found


def _are_separate(parts: list[str]) -> bool:
    if any(_GTIN.fullmatch(part) for part in parts):
        return True
    shapes = {re.sub(r"\d", "0", part) for part in parts}
    return len(shapes) == 1 and len(parts[0]) >= 5
