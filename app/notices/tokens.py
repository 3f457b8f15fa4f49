"""A notice cut into labels, operators, dates, codes and words, each with its place in the text.

The text is first flattened character for character (so places stay valid): lower case, half width, simplified
characters, one hyphen, blanks for marks and for the fillers that broken exports leave behind.
"""

import re
from typing import NamedTuple

from app.notices.labels import LABELS
from app.notices.operators import OPERATORS
from app.notices.shapes import QUICK, REST, SHAPES
from app.notices.slices import translated


class Token(NamedTuple):
    """A piece of the text. ``kind`` is "label", "op" or the name of a shape; ``name`` says which label or operator."""

    kind: str
    name: str
    start: int
    end: int


_TRADITIONAL = "號冊證規軟類產編進準國後於滅適見詳備註歐陽間內銷製無從與長檔標識發時適餘醫療續數稱給錄單個觸僅經測將"
_SIMPLIFIED = "号册证规软类产编进准国后于灭适见详备注欧阳间内销制无从与长档标识发时适余医疗续数称给录单个触仅经测将"
_BLANKS = "".join(map(chr, range(0x2000, 0x200B))) + "\u00a0\u1680\u202f\u205f\u3000\t\r\x0b\x0c|¿®™©●•·◆▪"
_INVISIBLE = "\u00ad\u200b\u200c\u200d\u200e\u200f\u2060\ufeff\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069"


def _table() -> dict[int, str]:
    table = {code: chr(code - 0xFEE0) for code in range(0xFF01, 0xFF5F)}
    table |= {ord(letter): letter.lower() for letter in "ABCDEFGHIJKLMNOPQRSTUVWXYZ"}
    table |= {code + 0xFEE0: chr(code).lower() for code in range(ord("A"), ord("Z") + 1)}
    table |= {ord(blank): " " for blank in _BLANKS} | {ord(hidden): "\x01" for hidden in _INVISIBLE}
    table |= {ord(dash): "-" for dash in "\u2010\u2011\u2212\u00ac\u2043"} | {
        ord(dash): "\u2013" for dash in "\u2014\u2015\u2500"
    }
    table |= dict(zip(map(ord, _TRADITIONAL), _SIMPLIFIED, strict=True))
    table |= {ord("、"): "、", ord("，"): ",", ord("；"): ";", ord("："): ":", ord("\u2028"): "\n", ord("\u2029"): "\n"}
    table |= {
        ord("\u301c"): "~",
        ord("\u223c"): "~",
        ord("\u2192"): "→",
        ord("\u2264"): "≤",
        ord("\u2265"): "≥",
        ord("\u2266"): "≤",
    }
    return table | {
        ord("【"): "[",
        ord("】"): "]",
        ord("〔"): "(",
        ord("〕"): ")",
        ord("﹑"): "、",
        ord("\u2267"): "≥",
        ord("`"): "'",
    }


_TABLE = _table()
_EDGE = r"(?=[^0-9\s,;])(?:(?<![a-z0-9])|(?![a-z]))"


def _scanner() -> re.Pattern[str]:
    quick = [f"(?P<s_{name}>{pattern})" for name, pattern in QUICK.items()]
    shapes = [f"(?P<s_{name}>{pattern})" for name, pattern in SHAPES.items()]
    operators = "|".join(f"(?P<o_{name}>{pattern})" for name, pattern in OPERATORS.items())
    labels = "|".join(f"(?P<l_{name}>{pattern})" for name, pattern in LABELS.items())
    rest = [f"(?P<s_{name}>{pattern})" for name, pattern in REST.items()]
    return re.compile("|".join([*quick, *shapes, f"{_EDGE}(?:{operators}|{labels})", *rest]))


_SCANNER = _scanner()
_KINDS = {"o": "op", "l": "label"}
_SAME = {"plain": "code", "prose": "han"}


def flatten(text: str) -> str:
    """The text in one spelling, of the same length: every place in it is a place in the original."""
    return translated(text, _TABLE)


def tokenise(flat: str) -> list[Token]:
    """All tokens of a flattened text in order; what no pattern knows is skipped."""
    tokens: list[Token] = []
    for match in _SCANNER.finditer(flat):
        prefix, name = str(match.lastgroup).split("_", 1)
        tokens.append(Token(_KINDS.get(prefix, _SAME.get(name, name)), name, match.start(), match.end()))
    return tokens
