"""Words that say more is meant than is named: "adjacent lots", 区间, "such as". Nobody can list what they add.

A list beside which one of them stands excludes nothing: the reading gets an open clause of the same key, so that what
is not listed asks for information. The words are none of the operators (``app.notices.operators``), which are read.
"""

import re

from app.notices.clauses import DATE_KEYS, Clause, ClauseForm, ClauseKey

_BESIDES = (
    r"相邻|前后(?:各|批|的批|几批)|同(?:一|批)?(?:原料|材料|工艺|生产线|班次|模具|灭菌)"
    r"|adjacent|neighbou?ring|surrounding|same (?:raw|material|component)"
    r"|(?:and|or) (?:all |any |other )*(?:lots?|batches|units?) (?:made|produced|manufactured|from|with)"
)
_BETWEEN = (
    r"为首|系列|区间|号段|之间|连续|奇数|偶数|单号|双号|例如|比如|譬如|诸如|左右|附近|大约"
    r"|such as|for (?:example|instance)|(?<![a-z])e\.? ?g\.|(?<![a-z])series(?![a-z])|sequential|consecutive"
    r"|approximately|(?<![a-z])odd(?![a-z])|even[- ]numbered"
)
_MORE_LOTS = re.compile(_BESIDES)
"""What no range holds either."""
_MORE = re.compile(f"{_BESIDES}|{_BETWEEN}")
_MORE_DAYS = re.compile(r"(?<![a-z])within (?:the )?(?:\d|one|two|three|six|twelve)|左右|前后|附近|大约|approximately")
_BREAK = re.compile(r"[\n;。]|\.(?=\s|$)")
_REACH = 40
_KEYS = frozenset({ClauseKey.LOT, ClauseKey.SERIAL, *DATE_KEYS})
_NAMING = frozenset({ClauseForm.LIST, ClauseForm.PREFIX, ClauseForm.RANGE, ClauseForm.CUTOFF})


def hints(flat: str, clauses: list[Clause]) -> list[tuple[ClauseKey, int, int]]:
    """Each such word with the key whose list it keeps open, in the order of the text."""
    found: list[tuple[ClauseKey, int, int]] = []
    for place, clause in enumerate(clauses):
        if clause.key not in _KEYS or clause.form not in _NAMING:
            continue
        before = clauses[place - 1].end if place else 0
        after = clauses[place + 1].start if place + 1 < len(clauses) else len(flat)
        begin, end = _around(flat, clause, before, after)
        match = _words(clause).search(flat, begin, end)
        if match:
            found.append((clause.key, match.start(), match.end()))
    return found


def _words(clause: Clause) -> re.Pattern[str]:
    if clause.key in DATE_KEYS:
        return _MORE_DAYS
    return _MORE if clause.form in (ClauseForm.LIST, ClauseForm.PREFIX) else _MORE_LOTS


def _around(flat: str, clause: Clause, before: int, after: int) -> tuple[int, int]:
    """From the last break, or the clause before, to the next one; no further than a few words."""
    begin, end = max(before, clause.start - _REACH, 0), min(after, clause.end + _REACH)
    breaks = [match.end() for match in _BREAK.finditer(flat, begin, clause.start)]
    following = _BREAK.search(flat, clause.end, max(end, clause.end))
    return (breaks[-1] if breaks else begin), (following.start() if following else max(end, clause.end))
