"""The shapes of values and marks in recall notices, as patterns over flattened text (see ``app.notices.tokens``)."""

import re

from app.notices.dates import DATE_PATTERN, MONTH_NAMES, PARTIAL_PATTERN
from app.notices.labels import LABELS
from app.notices.operators import OPERATORS

_VISIBLE = r"a-z0-9\x01\u00c0-\u024f\u0370-\u03ff\u0400-\u04ff"
_ELEMENT = r"\(\s{0,9}(?:01|02|10|11|13|15|17|20|21|22|30|240|241|250)\s{0,9}\)\s{0,9}[^\s();,\u4e00-\u9fff]+"

_REGIONS = "国京津沪渝冀豫云辽黑湘皖鲁新苏浙赣鄂桂甘晋蒙陕吉闽贵粤青藏川宁琼港澳台兵"
"""The short names that open a registration number."""
_HAN = re.compile(r"[\u3400-\u9fff]")
_MEANING = "".join({*_HAN.findall("".join([*LABELS.values(), *OPERATORS.values()])), *_REGIONS, *"为是系械年月日"})
"""Chinese characters that a label, an operator or a registration number may hold: all others are prose."""
_MASKS = (
    rf"x{{4,}}(?!l)|(?<![a-z])x{{3,}}(?!l)|(?<=[\d.-])x{{2,}}(?![{_VISIBLE}])|\*{{3,}}|×{{2,}}|\?{{3,}}|_{{3,}}|■+|█+"
    rf"|(?<=[a-z0-9])(?:\?{{2,}}|_{{2,}}|□+)(?![{_VISIBLE}])"
)

_BEFORE_DATE = r"(?:(?<!\d[-/.])|(?<=[./-]\d\d-)|(?<=[./-]\d\d\d\d-))"
_ANOTHER_DATE = r"(?!-\d{1,4}[./-]\d{1,2}[./-]\d|-\d{1,2}/(?:19|20)\d\d)"
"""Two days joined by a hyphen: 2023.05.01-2023.05.31."""

SHAPES: dict[str, str] = {
    "elements": rf"{_ELEMENT}(?:[\s|]{{0,40}}{_ELEMENT})*",
    "certificate": (
        rf"[{_REGIONS}][\u4e00-\u9fff]?(?:食)?(?:药监)?械"
        r"(?:\((?:准|进|许)\)字|注(?:准|进|许)(?:字)?|\(注\)(?:准|进|许)字?)"
        r"[ ]?\d{4}[ ]?第?[ ]?\d{5,8}号?"
        rf"|[{_REGIONS}][\u4e00-\u9fff]{{0,3}}械备(?:字)?\d{{6,12}}号?"
    ),
    "mask": rf"(?<![{_VISIBLE}])[{_VISIBLE}/.-]{{0,40}}?(?:{_MASKS})[{_VISIBLE}*×/.-]{{0,40}}",
    "date": (
        rf"(?<![{_VISIBLE}]){_BEFORE_DATE}(?:{DATE_PATTERN}|{PARTIAL_PATTERN})"
        rf"(?![{_VISIBLE}])(?!{_ANOTHER_DATE}[-/.][{_VISIBLE}])"
    ),
    "mark": r"(?<![^\s;:.,\n])(?:\d{1,2}|[a-z])\)(?=\s|[a-z0-9])|\*{1,2}(?!\*)",
}
QUICK: dict[str, str] = {
    "comma": r"[,、]",
    "prose": rf"(?:(?![{_MEANING}])[\u3400-\u9fff])+",
    "plain": (
        rf"(?<![{_VISIBLE}./@_+\u2013-])[a-z]{{0,4}}\d{{3,}}"
        rf"(?![{_VISIBLE}./:@_+\u2013*×?年-])(?! ?{MONTH_NAMES})"
    ),
}
_CODE_INNER = (
    rf"[{_VISIBLE}]|[-._@+\u2013](?=[{_VISIBLE}])|/(?!(?:no|[a-z]{{4,}})(?![a-z0-9]))(?=[{_VISIBLE}])"
    r"|:(?=\d{1,3}(?![\d:]))"
)
REST: dict[str, str] = {
    "code": rf"[+#]?(?=[a-z\x01\u00c0-\u04ff._/@+\u2013-]{{0,40}}\d)[{_VISIBLE}](?:{_CODE_INNER})*",
    "word": r"[a-z\u00c0-\u024f\u0370-\u03ff\u0400-\u04ff]+(?:[-'/][a-z\u00c0-\u04ff]+)*",
    "break": r"[;\n。]+|(?<=[^\s])(?<![\s.(][a-z])\.(?=\s|$)",
    "colon": r"[:=]",
    "slash": r"/",
    "open_paren": r"[(\[]",
    "close_paren": r"[)\]]",
    "han": r"[\u3400-\u9fff]",
}
