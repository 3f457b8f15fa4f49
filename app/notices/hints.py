"""Words that say more is meant than is named: "adjacent lots", 区间, "such as". Nobody can list what they add.

A list beside which one of them stands excludes nothing: the reading gets an open clause of the same key, so that what
is not listed asks for information. The words are none of the operators (``app.notices.operators``), which are read.
"""

import re
from bisect import bisect_left

from app.notices.clauses import DATE_KEYS, Clause, ClauseForm, ClauseKey
from app.notices.slices import finds, first

_BESIDES = (
    r"相邻|前后(?:各|批|的批|几批)|同(?:一|批)?(?:原料|材料|工艺|生产线|班次|模具|灭菌)"
    r"|adjacent|neighbou?ring|surrounding|same (?:raw|material|component)"
    r"|(?:and|or) (?:all |any |other )*(?:lots?|batches|units?) (?:made|produced|manufactured|from|with)"
)
_BETWEEN = (
    r"为首|系列|区间|号段|之间|连续|奇数|偶数|单号|双号|例如|比如|譬如|诸如|左右|附近|大约"
    r"|such as|for (?:example|instance)|(?<![a-z])e\.? ?g\.|(?<![a-z])series(?![a-z])|sequential|consecutive"
    r"|approximately|(?<![a-z])odd(?![a-z])|even[- ]numbered"
    r"|(?<=[0-9])[a-z](?: ?[,、/] ?[a-z](?![a-z0-9]))+"
    r"|(?<=[0-9]{5})(?: ?[,、] ?-?[0-9]{1,3}(?![0-9a-z年月日./-]))+|(?<=[0-9]{5}), ?-[0-9]{1,3}(?![0-9])"
    r"|(?:lots?|batch|批号)[ :#]{1,3}[a-z] (?=[0-9])"
)
_MORE_LOTS = re.compile(_BESIDES)
"""What no range holds either."""
_MORE = re.compile(f"{_BESIDES}|{_BETWEEN}")
_MORE_DAYS = re.compile(r"(?<![a-z])within (?:the )?(?:\d|one|two|three|six|twelve)|左右|前后|附近|大约|approximately")
_INCOMPLETE = re.compile(
    r"不完全统计|(?:目前|现|暂|已)(?:已)?知(?:的)?(?:涉及)?批|(?:批号|批次)主要(?:为|是|有|包括)|(?:更多|其余|完整|全部)(?:的)?(?:批号|批次|清单|名单)"
    r"[^,。;\n]{0,6}(?:请|详|见|致电|联系|咨询|另行|将)|(?:其他|其它|其余)(?:批号|批次|产品)[^,。;\n]{0,6}(?:调查|评估|排查|核实|确认|另行)"
    r"|后续(?:批次|批号|清单)[^,。;\n]{0,6}(?:另行|公布|通知|补充)|以(?:实物|产品|实际)(?:标签|包装|标识)?为准|可能(?:还)?涉及[^,。;\n]{0,20}以外"
    r"|(?:not|non)[- ](?:an )?(?:exhaustive|complete)|partial list|incomplete list"
    r"|preliminary (?:list|lots?|batch|serial)"
    r"|(?:other|additional|further|more) (?:lots?|batches|serial numbers|units) (?:\w+ ){0,2}"
    r"(?:under|being|may|might|could|will|to be)(?! not(?![a-z]))"
    r"|lots? (?:numbers? )?includ(?:e|es|ing)(?= [a-z0-9])|(?:complete|full) list[^.;\n]{0,20}(?:contact|call|ask)"
)
_COUNT = re.compile(r"共(?:涉及|计|有)?[ ]?(\d{1,4}|[一二两三四五六七八九十])[ ]?个?批(?!号)")
_BREAK = re.compile(r"[\n;。]|\.(?=\s|$)")
_REACH = 40
_KEYS = frozenset({ClauseKey.LOT, ClauseKey.SERIAL, *DATE_KEYS})
_NAMING = frozenset({ClauseForm.LIST, ClauseForm.PREFIX, ClauseForm.RANGE, ClauseForm.CUTOFF})


def hints(flat: str, clauses: list[Clause]) -> list[tuple[ClauseKey, int, int]]:
    """Each such word with the key whose list it keeps open, in the order of the text."""
    found: list[tuple[ClauseKey, int, int]] = []
    words = {pattern: list(finds(pattern, flat)) for pattern in (_MORE, _MORE_LOTS, _MORE_DAYS)}
    if not any(words.values()):
        return _incomplete(flat, clauses)
    places = {pattern: [match.start() for match in matches] for pattern, matches in words.items()}
    for place, clause in enumerate(clauses):
        pattern = _words(clause)
        if clause.key not in _KEYS or clause.form not in _NAMING or not words[pattern]:
            continue
        before = clauses[place - 1].end if place else 0
        after = clauses[place + 1].start if place + 1 < len(clauses) else len(flat)
        begin, end = _around(flat, clause, before, after)
        at = bisect_left(places[pattern], begin)
        if at < len(words[pattern]) and words[pattern][at].end() <= end:
            found.append((clause.key, words[pattern][at].start(), words[pattern][at].end()))
    return found + _incomplete(flat, clauses)


def _incomplete(flat: str, clauses: list[Clause]) -> list[tuple[ClauseKey, int, int]]:
    """The notice says itself that its list is not the whole: every list of lots and serials stays open."""
    match = first(_INCOMPLETE, flat) or _too_few(flat, clauses)
    listed = {clause.key for clause in clauses if clause.form in _NAMING} & {ClauseKey.LOT, ClauseKey.SERIAL}
    return [(key, match.start(), match.end()) for key in sorted(listed, key=lambda one: one.value)] if match else []


def _too_few(flat: str, clauses: list[Clause]) -> re.Match[str] | None:
    """ "共 5 批" where three are named."""
    told = first(_COUNT, flat)
    lots = [clause for clause in clauses if clause.key is ClauseKey.LOT]
    if told is None or not lots or any(clause.form is not ClauseForm.LIST for clause in lots):
        return None
    number = int(told[1]) if told[1].isdigit() else "零一二三四五六七八九十".find(told[1].replace("两", "二"))
    return told if number > len({value for clause in lots for value in clause.values}) else None


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
