"""The words between the values of recall notices: ranges, limits, exceptions, "all", "see attachment".

Patterns over flattened text; the order of the table counts, the first that fits is taken.
"""

from app.notices.dates import MONTH_NAMES

BEHIND = r"(?:(?<=[a-z0-9日月年])|(?<=[a-z0-9日月年批] )|(?<=批)|(?<=含\)))"
"""A word that limits what stands before it: right behind a value, a blank or "(含)" between."""


def _any(*fragments: str) -> str:
    """One pattern of alternatives."""
    return "|".join(fragments).replace("[ \\t]*", "[ ]{0,6}")


OPERATORS: dict[str, str] = {
    "cut": _any(
        r"\.{3,}|\.{2,}(?=\s{0,9}$)|…+|\[(?:truncated|more|cont)[^\]\n]{0,20}\]",
        r"\(cont(?:inued|'d)?\.?\)|to be continued|<truncated>|未完|下略|从略|后略",
    ),
    "unexpired": _any(
        r"unexpired|non-?expired",
        r"(?:still |remaining )?within (?:the )?(?:their )?(?:expiry|expiration|shelf[- ]?life)(?:[ \t]*"
        r"(?:dates?|periods?))?",
        r"not (?:yet )?expired|in[- ]date(?![a-z])|未过期|在?有效期内",
    ),
    "attach": _any(
        r"refer to[ \t]+[^\n;:\d\u2026]{1,40}",
        r"(?:see|refer to|per|as per|in|on)[ \t]+(?:the |an? )?(?:attach(?:ed|ments?)|enclosed|enclosure"
        r"|appendix|annex|spreadsheet|table)(?:[ \t]?\d{1,2}(?![\d-]))?[^\n.;:,\d\u2026]{0,40}",
        r"attach(?:ed|ment)(?![a-z])(?:[ \t]+(?:list|table|file|document))?",
        r"(?:see|refer to)[ \t]+(?:the |an? )?[\"“]?(?:full|complete|below)?[ \t]*lists?[^\n.;:,\d\u2026]{0,40}",
        r"full list of[^\n.;:,\d\u2026]{0,40}",
        r"(?:详见|见|参见|参考|如|请见)(?:以下)?(?:附件|附表|附录|附页|清单|列表|《[^》\n]{1,40}》|报告表"
        r"|[^\s,;。]{0,6}网站)[ ]?\d{0,2}",
        r"附件[ ]?\d{0,2}|附表[ ]?\d{0,2}",
        r"(?:can be found|available|listed) (?:on|at|in)[ \t]+(?:the |our )?(?:website|web site|attach\w*"
        r"|http\S*)",
        r"see (?:our )?(?:website|http\S*)",
    ),
    "others": _any(
        r"(?:其他|其它|其余)[^,;。\n]{0,10}(?:不受影响|不涉及|不在[^,;。\n]{0,8}|不受此影响|不召回|可正常使用|不受波及)",
        r"(?:no )?other (?:lots?|batch(?:es)?|products?|models?|serial numbers?|devices?|units?|versions?)"
        r"[^.;\n]{0,40}?(?:affected|impacted|involved|included|recalled)",
    ),
    "vague": _any(
        r"(?:selected|select|some|certain|subset|specific|specified|various|multiple|particular|several|limited"
        r"|varios)(?![a-z])",
        r"to be (?:confirmed|determined|advised)|tbd(?![a-z])|tbc(?![a-z])|pending(?![a-z])",
        r"not (?:yet )?(?:available|known|specified|provided)|unspecified|特定|部分|个别|某些|若干|多个|待定",
        r"待确认|另行通知|另行公布|不详|末位|尾号|中含",
    ),
    "open": _any(
        r"including(?:,)? but not limited to|but not limited to|not limited to|among others|and others",
        r"etc(?![a-z])\.?|包括但不限于|(?<=[a-z0-9])[ ]?等(?![级待])",
    ),
    "unaffected": _any(
        r"(?:(?:is|are|were|was)[ \t]+)?(?:not (?:affected|impacted|recalled|included|subject|part)"
        r"|unaffected)[^\n.;,]{0,30}",
        r"不(?:受影响|在召回范围|属于召回范围|在本次召回|涉及召回)[^\n。;,]{0,10}|除外",
    ),
    "except": _any(
        r"with the exception of|except(?:ing|ions?)?(?![a-z])(?: for)?|exclud(?:ing|es|ed)|other than",
        r"not includ(?:ing|es)|apart from|but not(?! limited)|不(?:包括|包含|含|涉及)|除(?!外)",
    ),
    "besides": _any(
        r"(?<=[a-z0-9])(?:之外|以外|外)",
    ),
    "upto_incl": _any(
        r"on or before|on and before|(?:no|not) (?:later|higher|greater|more|newer) than|up to and including|≤|<=",
        r"(?:before|prior to|earlier than|below|less than) (?:and|or) (?:including|equal to)|not exceed(?:ing|s)?",
        r"不(?:晚于|迟于|高于|超过|大于|多于)|(?:小于|低于|早于)(?:或者?)?等于|截(?:至|止)(?:到|至)?",
    ),
    "since_incl": _any(
        r"on or after|on and after|(?:no|not) (?:earlier|lower|less|older) than|since(?![a-z])|≥|>=",
        r"(?:after|later than|above|greater than|more than) (?:and|or) (?:including|equal to)",
        r"不(?:早于|低于|小于|少于)|(?:大于|高于|晚于)(?:或者?)?等于",
        r"starting (?:on|from|in)|beginning (?:on|in|from)",
        r"(?:starting|beginning|commencing) (?:with|at)(?= (?:the )?(?:lots?|batch|serials?|s/?n)(?![a-z]))",
    ),
    "before": _any(
        r"before(?![a-z])|prior to|earlier than",
        r"(?<!note )(?<!see )(?<!table )(?<!list )(?<!listed )(?<!shown )below(?![a-z])|less than|lower than",
        r"older than|under(?![a-z])|<(?!=)|早于|低于|小于",
    ),
    "after": _any(
        r"after(?![a-z])|later than|(?<!listed )(?<!mentioned )(?<!described )(?<!shown )above(?![a-z])",
        r"greater than|higher than|newer than|more than|exceed(?:ing|s)?(?![a-z])|(?<!-)>(?!=)|晚于|高于|大于",
    ),
    "or_earlier": _any(
        r"(?:and|or|&)[ \t]+(?:all[ \t]+)?(?:earlier|below|lower|older|prior|before|under|previous|less)"
        r"(?![a-z])(?![ ]+(?:to |than )?(?:[a-z]{0,4}\d|" + MONTH_NAMES + r"))(?:[ \t]+versions?)?",
        r"(?:及|或)(?:其)?(?:以前|之前|以下|更早|更低)(?:版本)?",
        rf"{BEHIND}(?:\(含\))?(?:号)?(?:以前|以下|以内|之内)(?: ?\(含\))?|为止",
    ),
    "or_later": _any(
        r"(?:and|or|&)[ \t]+(?:all[ \t]+)?(?:later|above|higher|newer|greater|after|onwards?|up|more recent)"
        r"(?![a-z])(?![ ]+(?:to |than )?(?:[a-z]{0,4}\d|" + MONTH_NAMES + r"))(?:[ \t]+versions?)?",
        r"onwards?(?![a-z])|(?:及|或)(?:其)?(?:以后|之后|以上|更晚|更高)(?:版本)?",
        r"(?:及|和|或|以及)(?:其)?(?:后续|其后|此后|随后|之后)(?:的)?(?:所有|全部)?(?:各)?(?:批次|批号|批|产品|版本)?",
        r"(?:and|or|plus|&)[ \t]+(?:all[ \t]+|any[ \t]+)?(?:subsequent|following|later|succeeding|future|newer)[ \t]+"
        r"(?:lots?|batch(?:es)?|serials?|units?|versions?|productions?|ones?)(?![a-z])",
        r"(?<=[0-9]{4})\+(?=[\s,.;)]|$)|(?:to|until|till|through) (?:the )?(?:present|date|today|now)(?![a-z])",
        r"至今|以来|到现在|至目前",
        rf"{BEHIND}(?:\(含\))?(?:号)?(?:以后|以上|起始|开始|起)(?: ?\(含\))?",
    ),
    "post_before": _any(
        rf"{BEHIND}(?:号)?(?:之前|前)",
    ),
    "post_after": _any(
        rf"{BEHIND}(?:号)?(?:之后|后)",
    ),
    "prefix": _any(
        r"(?:begin|start|commenc)(?:s|ning|ing)?[ \t]+with|prefix(?:e[sd])?(?:[ \t]+(?:with|of|is))?",
        r"开头为|前缀(?:为|是)|(?:前(?:[一二两三四五六七八九十]|\d{1,2})[位个](?:数字|字符|字母|数)?|首位|首字母)(?:为|是)",
    ),
    "post_prefix": _any(
        r"(?:开头|打头|为前缀|字头)",
    ),
    "suffix": _any(
        r"end(?:s|ing)?[ \t]+(?:in|with)|suffix(?:e[sd])?|结尾|为后缀|last (?:\w+ )?digits?",
        r"first (?:\w+ )?digits?|(?:\w+ )(?:digits?|characters?|positions?)(?= (?:is|are|of|being)(?![a-z]))",
        r"(?:[后末尾第](?:[一二两三四五六七八九十]|\d{1,2})?[位个](?:数字|字符|字母|数)?|尾数|末尾|尾号|首字)(?:为|是)",
    ),
    "between": _any(
        r"between(?![a-z])|介于",
    ),
    "from": _any(
        r"from(?![a-z])|ranging|自|从",
    ),
    "to": _any(
        r"(?:and )?runs? through|through(?![a-z])|thru(?![a-z])|up to(?![a-z])|(?<!refer )to(?![a-z])",
        r"till?(?![a-z])|until(?![a-z])|~+|至|到|→|-{1,2}>|=>|(?<=[a-z0-9])\.\.(?=[a-z0-9])|(?<=\s)[-\u2013]{1,2}(?=\s)|(?<=[日月年])[-\u2013]{1,2}(?=\d)|(?<=[./-]\d\d)-(?=\d{1,4}[./-]\d)|(?<=[./-]\d\d\d\d)-(?=\d{1,4}[./-]\d)",
    ),
    "all_units": _any(
        r"(?:全部|所有)(?:相关)?(?:产品|机器|设备|在售产品|型号及批次)",
    ),
    "all": _any(
        r"all(?![a-z])|every(?![a-z])|any(?![a-z])|全部|所有|全批次|各批次|不限",
    ),
    "none": _any(
        r"n[ \t]*/[ \t]*a(?![a-z0-9])|none(?![a-z])|not applicable|不适用|无(?=[,;。\s]|$)",
        r"no (?=(?:udi|individual|lot|serial|expir))",
    ),
    "and": _any(
        r"and(?![a-z])|or(?![a-z])|&|和|及|与|或",
    ),
}
