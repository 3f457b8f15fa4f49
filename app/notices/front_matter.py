"""What a notice says about itself: title, maker, class, kind, treatment, hazard. Suggestions, each with its place.

Nothing here decides what is affected; a person sees each value beside the text before it is kept.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from enum import Enum
from typing import Generic, TypeVar

from app.core.statuses.recall import CaseKind, RecallClass, Treatment

T = TypeVar("T")
_READ = 20_000
"""The front matter stands at the beginning; what is longer is an annex."""
_LONGEST_TITLE, _LONGEST_NAME, _LONGEST_HAZARD = 90, 80, 160
_FLAGS = re.IGNORECASE | re.MULTILINE


@dataclass(frozen=True, slots=True)
class Taken(Generic[T]):
    """A value and the passage it was taken from: ``text[start:end]``."""

    value: T
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class FrontMatter:
    """Each part None where the text does not say it."""

    title: Taken[str] | None = None
    manufacturer: Taken[str] | None = None
    hazard: Taken[str] | None = None
    kind: Taken[CaseKind] | None = None
    recall_class: Taken[RecallClass] | None = None
    treatment: Taken[Treatment] | None = None
    number: Taken[str] | None = None
    """What the notice calls itself: the number by which its updates name it."""
    update: Taken[str] | None = None
    """Words by which it says that it adds to an earlier one."""


_CLASSES: dict[str, RecallClass] = {
    **dict.fromkeys(("一", "i", "1", "Ⅰ", "ⅰ"), RecallClass.I),
    **dict.fromkeys(("二", "ii", "2", "Ⅱ", "ⅱ"), RecallClass.II),
    **dict.fromkeys(("三", "iii", "3", "Ⅲ", "ⅲ"), RecallClass.III),
}
_CLASS = re.compile(
    r"召回(?:级别|等级|分级)[\s:：为是]{0,4}(一|二|三|i{1,3}|[123ⅠⅡⅢ])\s?级?"
    r"|(一|二|三|i{1,3}|[123ⅠⅡⅢ])\s?级\s?召回|\bclass\s{0,3}(iii|ii|i|[123])\b",
    _FLAGS,
)
_KINDS: dict[CaseKind, re.Pattern[str]] = {
    CaseKind.DRILL: re.compile(r"模拟召回|召回演练|mock recall|recall drill", _FLAGS),
    CaseKind.MANDATORY: re.compile(r"责令召回|强制召回|mandatory recall|ordered to recall", _FLAGS),
    CaseKind.VOLUNTARY: re.compile(r"主动召回|自愿召回|voluntar(?:y|ily)(?=[^.\n]{0,40}recall)", _FLAGS),
    CaseKind.ADVISORY: re.compile(r"安全警示|警示信息|安全性?通告|safety (?:alert|advisory|communication)", _FLAGS),
}
_TREATMENTS: dict[Treatment, re.Pattern[str]] = {
    Treatment.SOFTWARE_UPDATE: re.compile(
        r"软件(?:升级|更新)|(?:software|firmware) (?:update|upgrade|correction)", _FLAGS
    ),
    Treatment.REVISE_IFU: re.compile(
        r"(?:修改|更新|修订)(?:产品)?说明书|(?:revised?|updated?) (?:the )?(?:ifu|instructions for use)", _FLAGS
    ),
    Treatment.RELABEL: re.compile(r"重新(?:贴|粘贴)?标签|更换标签|relabel", _FLAGS),
    Treatment.DESTROY: re.compile(r"(?:就地|现场|予以|自行)销毁|\b(?:destroy|discard) (?:all|any|the|these)", _FLAGS),
    Treatment.REPLACE: re.compile(r"免费(?:更换|换货)|予以更换|\breplace(?:ment)? (?:product|device|unit)s?", _FLAGS),
    Treatment.RETRIEVE: re.compile(
        r"退回(?:我公司|我司|供应商|厂家|产品)?|办理退货|收回产品"
        r"|\breturn (?:all|any|the|these|them|affected|unused)|retriev(?:e|al)",
        _FLAGS,
    ),
    Treatment.REPAIR: re.compile(r"(?:上门|返厂)?维修|\brepair(?:ed)? (?:the|affected|by)", _FLAGS),
    Treatment.CHECK: re.compile(r"逐台检查|自行检查|\binspect (?:all|the|each)", _FLAGS),
}
_MAKER_LABEL = re.compile(
    r"^[ \t]*(?:注册人|备案人|生产企业|生产厂家|生产商|制造商|召回企业|(?:legal )?manufacturer|company(?: name)?"
    r"|recalling firm|registrant)(?:名称|\s?/\s?备案人)?(?: name)?[ \t]*[:：][ \t]*(\S[^\n;；。]{1,79})",
    _FLAGS,
)
_MAKER_REPORTS = re.compile(
    r"(?:^|[。\s])([^\s。,，;；:：]{2,50}?(?:有限责任公司|股份有限公司|有限公司|公司|厂))报告[,，]"
)
_MAKER_SIGNS = re.compile(
    r"^[ \t　]*([^\n。,，;；:：]{2,50}?(?:公司|厂|Inc\.?|Ltd\.?|GmbH|LLC|Corp\.?))[ \t　]*(?:[(（]盖?章[)）])?$", _FLAGS
)
_PRODUCT_LABEL = re.compile(
    r"^[ \t]*(?:产品名称|器械名称|product(?: name)?|device(?: name)?)[ \t]*[:：][ \t]*(\S[^\n;；。]{1,79})", _FLAGS
)
_PRODUCT_MADE = re.compile(r"对其生产的([^\n。,，;；:：]{2,60}?)(?:[(（]注册|[(（]备案|生产批号|主动召回|实施)")
_HAZARD_LABEL = re.compile(
    r"^[ \t]*(?:召回原因|缺陷描述|问题描述|reason(?: for (?:the )?recall)?|hazard|issue)[ \t]*[:：][ \t]*"
    r"(\S[^\n。]{3,159})",
    _FLAGS,
)
_HAZARD_SENTENCE = re.compile(
    r"(?:由于|因为?)([^\n。;；]{4,100}?)(?=[,，。;；]|的问题|的原因|\n|$)"
    r"|((?:部分|有些)[^\n。;；,，]{0,80}?存在[^\n。;；,，]{2,60}?的?风险)"
    r"|([^\n.;,]{0,80}\bmay\b[^\n.;]{4,80})",
    _FLAGS,
)
_NUMBERS = (
    re.compile(
        r"^[ \t　]*(?:(?:召回|通知|通告|公告|文件|发文|事件)?(?:编号|文号|字号)|召回号|通知书?号)[ \t]*[:：][ \t]*"
        r"([^\s,，;；。]{4,40})",
        _FLAGS,
    ),
    re.compile(r"([\u4e00-\u9fff]{1,12}[〔\[［(（](?:19|20)\d{2}[〕\]］)）]\s?第?\s?\d{1,5}\s?号)"),
    re.compile(
        r"\b(?:(?:recall|notice|event|letter|fsn|fsca|field safety (?:notice|corrective action)|our)[ \t]*"
        r"(?:number|no\.?|nr\.?|ref(?:erence)?\.?|id|#)|fsca|fsn|event|reference)[ \t]*[:#：][ \t]*"
        r"((?=[\w./-]*\d)[A-Z0-9][\w./-]{3,39})",
        _FLAGS,
    ),
    re.compile(r"\b([ZDF]-\d{3,4}-(?:19|20)?\d{2})\b"),
    re.compile(r"\b((?:FSCA|FSN|FA|CAPA)-[A-Z0-9][A-Z0-9-]{3,30})\b"),
)
_UPDATES = re.compile(
    r"(扩大召回|追加召回|补充通知|更新通知|召回范围(?:的)?(?:扩大|更新|变更|调整)|第[二三四五六七八九十2-9]次通知|再次通知"
    r"|\b(?:expan(?:sion of|ded|ding) (?:the |this |an? )?(?:\w+ )?(?:recall|scope|list)|recall expan(?:sion|ded)"
    r"|updated? (?:to the |of the |recall|notice|list|field)|supersedes|follow-?up (?:to|letter|notice)"
    r"|additional (?:lots|batches|serial numbers|products) (?:have been|are|were)))",
    _FLAGS,
)
_SHORT_TITLE = 60
_CLAUSE = re.compile(r"[，,；;]")
_HEADING_WORD = re.compile(r"召回|recall|safety notice|通知|公告", re.IGNORECASE)
_SALUTATION = re.compile(r"^(?:尊敬的|各有关|各相关|dear\b|to whom)", _FLAGS)


def front_matter(text: str) -> FrontMatter:
    """Never raises; looks at the first 20,000 characters."""
    head = text[:_READ]
    return FrontMatter(
        title=_title(head),
        manufacturer=_first(head, _LONGEST_NAME, _MAKER_LABEL, _MAKER_REPORTS) or _last(head, _MAKER_SIGNS),
        hazard=_first(head, _LONGEST_HAZARD, _HAZARD_LABEL, _HAZARD_SENTENCE),
        kind=_named(head, _KINDS),
        recall_class=_recall_class(head),
        treatment=_named(head, _TREATMENTS),
        number=_first(head, _LONGEST_NAME, *_NUMBERS),
        update=_first(head, _LONGEST_NAME, _UPDATES),
    )


def _title(head: str) -> Taken[str] | None:
    """The first line, if it is a heading; else the product."""
    at = 0
    for line in head.splitlines(keepends=True):
        words = line.strip()
        if words:
            if _is_heading(words):
                start = at + line.index(words)
                return Taken(words.rstrip("：:。. "), start, start + len(words))
            break
        at += len(line)
    return _first(head, _LONGEST_TITLE, _PRODUCT_LABEL, _PRODUCT_MADE)


def _is_heading(words: str) -> bool:
    ends = words[-1] in "。.;；,，" and not words.lower().endswith(("inc.", "ltd."))
    is_named = len(words) <= _SHORT_TITLE and _HEADING_WORD.search(words) is not None and not _CLAUSE.search(words)
    return len(words) <= _LONGEST_TITLE and (is_named or not ends) and not _SALUTATION.match(words)


def _first(head: str, longest: int, *patterns: re.Pattern[str]) -> Taken[str] | None:
    for pattern in patterns:
        match = pattern.search(head)
        if match:
            return _taken(match, longest)
    return None


def _last(head: str, pattern: re.Pattern[str]) -> Taken[str] | None:
    """A letter is signed at its end."""
    matches = list(pattern.finditer(head))
    return _taken(matches[-1], _LONGEST_NAME) if matches else None


def _taken(match: re.Match[str], longest: int) -> Taken[str]:
    group = match.lastindex or 0
    words = match[group].strip(" \t　，,。;；")[:longest]
    start = match.start(group) + match[group].index(words)
    return Taken(words, start, start + len(words))


K = TypeVar("K", bound=Enum)


def _named(head: str, patterns: Mapping[K, re.Pattern[str]]) -> Taken[K] | None:
    for value, pattern in patterns.items():
        match = pattern.search(head)
        if match:
            return Taken(value, match.start(), match.end())
    return None


def _recall_class(head: str) -> Taken[RecallClass] | None:
    match = _CLASS.search(head)
    if match is None:
        return None
    return Taken(_CLASSES[(match[match.lastindex or 0]).lower()], match.start(), match.end())
