"""The words of recall notices, in both languages, as patterns over flattened text (see ``app.notices.tokens``).

Flattened means: lower case, half width, simplified characters, en and em dashes as one sign, blanks for marks.
Written from the forms counted in notices of the FDA, Health Canada, MHRA, INVIMA, Hong Kong, NMPA and provincial
bureaus.
"""

from app.notices.dates import DATE_PATTERN, MONTH_NAMES

_NUMBER = (
    r"(?:[ \t]*(?:numbers?|numeros?|nos?(?![a-z0-9])\.?|nr(?![a-z0-9])\.?|nums?(?![a-z])\.?|codes?|ids?(?![a-z0-9])"
    r"|#(?:'?s(?![a-z0-9]))?|\(s\)))*"
)
_END = r"(?![a-z])"

LABELS: dict[str, str] = {
    "reg_no": r"(?:医疗器械)?(?:产品)?(?:注册证|备案凭证|注册|备案)(?:编号|号码|号)|注册证(?!书)"
    r"|sanitary registration[ \t]*(?:#|nos?\.?|numbers?)?|registration (?:certificate )?(?:nos?\.|numbers?|#)",
    "stop": r"(?:销售|涉及|召回|产品)*数量|召回(?:级别|等级|理由|原因)|产品名称|生产(?:企业|厂家|商)|注册人(?:名称)?|联系(?:人|电话)|电话"
    r"|quantit(?:y|ies)[^\n:]{0,20}|qty|reason(?: for recall)?(?=\s*:)|company name|device description|description(?=\s*:)"
    r"|product (?:name|usage|description)|phone|fax|unit of use|ndc(?:[ \t]*(?:#|nos?\.?|numbers?))?(?![a-z0-9])"
    r"|510 ?\(k\)[^\n:;,]{0,12}|fei|recall (?:number|no\.?|event id)|event id",
    "ster_date": r"sterili[sz](?:ed|ation|ing)(?=[ \t]*(?:dates?|lots?|batch|on |between|from|before|after|prior))"
    r"[ \t]*(?:dates?|lots?|batch(?:es)?)?" + _NUMBER + r"|灭菌(?:日期|批号|时间|批次)|消毒日期",
    "mfg_date": r"dates? of (?:manufactur(?:e|ing)|production)|manufactur(?:ed|ing|e)(?![a-z])(?:[ \t]*dates?)?(?: ranges?)?"
    r"|(?:mfg|mfd|mnfg|manuf|dom)(?![a-z])\.?(?:[ \t]*dates?)?|produced(?![a-z])|production[ \t]+dates?|repackaged|compounded"
    r"|生产日期|制造日期|生产时间|生产年月|生产于|出厂日期|制造时间|生产时段",
    "dist_date": r"distribut(?:ed|ion)(?:[ \t]*(?:dates?|period))?(?: ranges?)?|ship(?:ped|ment|ping)(?:[ \t]*dates?)?(?![a-z])"
    r"|sold(?=[ \t]+(?:between|from|since|before|after|until|prior|on|up to))|deliver(?:ed|y dates?)"
    r"|dates? of (?:distribution|sale|shipment)|销售(?:日期|时间|期间)|发货(?:日期|时间)|销售于|进口日期",
    "expiry": r"exp(?:ir(?:y|ation|ing|es?|ed)|n)?(?![a-z])\.?(?:[ \t]*dates?|[ \t]*on)?(?: ranges?)?"
    r"|use[- ]by(?:[ \t]*dates?)?|use before|best before|(?:bud|beyond[- ]use dates?)(?![a-z])|discard after"
    r"|有效期(?:限)?(?:至|到|截止)?|失效(?:日期|年月|时间|期)|到期日期?|使用期限",
    "di": r"(?:(?:primary|packag(?:e|ing)|shelf ?box|pouch|each|case|unit|device)[ \t]+)?(?:udi[ \t]*[-/]?[ \t]*d\.?i\.?(?![a-z])"
    r"|udi(?![a-z])(?![ \t]*-?[ \t]*pi)|gtin(?:[- ]?1[234])?s?(?![a-z])|(?<=primary )di(?![a-z])|(?<=packaging )di(?![a-z])"
    r"|device identifiers?|di(?=[ \t]*(?:number|no|code|:))|upc(?![a-z])|ean(?:[- ]?13)?(?![a-z])"
    r"|(?:医疗器械)?唯一标识|产品标识|主键|器械标识)(?:-di)?" + _NUMBER + r"(?:'s)?|udi[ \t]*-?[ \t]*pi(?![a-z])",
    "ref": r"version or models?|(?:(?:model|catalog(?:ue)?|cat(?![a-z])|item|part|reorder|order|product|material|list"
    r"|article|reference|upn|smn|refs?|pn|p/n|sku|stock|ifu|kit)(?![a-z])\.?(?:[ \t]*(?:[/,]|and|or|&)[ \t]*)?)+"
    r"(?:[ \t]*\((?:ln|pn|ref|sku|upn)\))?"
    r"(?:[ \t]*(?:numbers?|nos?(?![a-z0-9])\.?|nr(?![a-z0-9])\.?|codes?|#(?:'?s(?![a-z0-9]))?|\(s\)|ids?(?![a-z0-9])))+(?![a-z])"
    r"|references?(?![a-z])\.?|refs?(?![a-z])\.?|catalog(?:ue)?s?(?![a-z])|models?(?![a-z])(?!\s+of\b)|(?:pns?|p/ns?|skus?|upns?)(?![a-z0-9])|cat\."
    r"|model(?=\s*#)|(?:产品)?(?:规格|型号)(?:[ \t]*[、/,和及与和]*[ \t]*(?:规格|型号))*|货号|产品编码|物料(?:编码|号)|订货号|产品代码|产品编号",
    "serial": r"serials?(?![a-z])(?:[ \t]*/[ \t]*lots?)?"
    + _NUMBER
    + r"|s\.?/n\.?s?(?![a-z0-9])[ \t]*#?|sns?(?![a-z0-9])\.?[ \t]*#?"
    r"|series(?=[ \t]*:)|(?:产品)?序列号|机身(?:号|编号)|出厂(?:编号|号)|设备(?:编号|序列号)|主机编号|系列号",
    "lot": r"(?:lots?|batch(?:es)?)(?![a-z0-9])(?:[ \t]*(?:/|or|and|&)[ \t]*(?:lots?|batch(?:es)?|codes?|control)(?![a-z0-9]))?"
    + _NUMBER
    + r"|control (?:numbers?|nos?\.)|(?:生产|产品|涉及|出厂|制造|召回)*批(?:号|次号|次|别)(?:编号)?",
    "software": r"(?:(?:software|firmware|sw|fw|app(?:lication)?)(?![a-z])[ \t]*[/&]?[ \t]*)+(?:releases?|versions?|revisions?|rev(?![a-z])\.?|ver(?![a-z])\.?|v(?=\d))?"
    r"(?:[ \t]*numbers?)?|versions?(?![a-z])(?:[ \t]*numbers?)?|(?:完整|发布|软件|固件|程序)+版本号?|版本号?",
}

OPERATORS: dict[str, str] = {
    "cut": r"\.{3,}|…+|\[(?:truncated|more|cont)[^\]\n]{0,20}\]|\(cont(?:inued|'d)?\.?\)|to be continued|<truncated>|未完|下略|从略|后略",
    "unexpired": r"unexpired|non-?expired|(?:still |remaining )?within (?:the )?(?:their )?(?:expiry|expiration|shelf[- ]?life)(?:[ \t]*(?:dates?|periods?))?"
    r"|not (?:yet )?expired|in[- ]date(?![a-z])|未过期|在?有效期内",
    "attach": r"(?:see|refer to|per|as per|in|on)[ \t]+(?:the |an? )?(?:attach(?:ed|ments?)|enclosed|enclosure|appendix|annex|spreadsheet|table)[^\n.;]{0,40}"
    r"|attach(?:ed|ment)(?![a-z])(?:[ \t]+(?:list|table|file|document))?|(?:see|refer to)[ \t]+(?:the )?[\"“]?(?:full|complete|below)?[ \t]*lists?[^\n.;]{0,40}"
    r"|full list of[^\n.;]{0,40}|(?:详见|见|参见|参考|如|请见)(?:以下)?(?:附件|附表|附录|附页|清单|列表|《[^》\n]{1,40}》|报告表|[^\s,;。]{0,6}网站)|附件|附表"
    r"|(?:can be found|available|listed) (?:on|at|in)[ \t]+(?:the |our )?(?:website|web site|attach\w*|http\S*)|see (?:our )?(?:website|http\S*)",
    "vague": r"(?:selected|select|some|certain|specific|specified|various|multiple|particular|several|limited|varios)(?![a-z])"
    r"|to be (?:confirmed|determined|advised)|tbd(?![a-z])|tbc(?![a-z])|pending(?![a-z])|not (?:yet )?(?:available|known|specified|provided)|unspecified"
    r"|特定|部分|个别|某些|若干|多个|待定|待确认|另行通知|另行公布|不详",
    "open": r"including(?:,)? but not limited to|but not limited to|not limited to|among others|and others|etc(?![a-z])\.?|包括但不限于|(?<=[a-z0-9])[ ]?等(?![级待])",
    "unaffected": r"(?:(?:is|are|were|was)[ \t]+)?(?:not (?:affected|impacted|recalled|included|subject|part)|unaffected)[^\n.;,]{0,30}"
    r"|不(?:受影响|在召回范围|属于召回范围|在本次召回|涉及召回)[^\n。;,]{0,10}|除外",
    "except": r"with the exception of|except(?:ing|ions?)?(?![a-z])(?: for)?|exclud(?:ing|es|ed)|other than|not includ(?:ing|es)|apart from|but not(?! limited)|不(?:包括|包含|含|涉及)|除(?!外)",
    "besides": r"(?<=[a-z0-9])(?:之外|以外|外)",
    "upto_incl": r"on or before|on and before|no later than|not later than|up to and including|≤|<=|不晚于|截至|截止(?:到|至)?|不高于|不超过",
    "since_incl": r"on or after|on and after|no earlier than|not earlier than|since(?![a-z])|≥|>=|不早于|不低于|starting (?:on|from|in)|beginning (?:on|in|from)",
    "before": r"before(?![a-z])|prior to|earlier than|below(?![a-z])|less than|lower than|older than|under(?![a-z])|<|早于|低于|小于",
    "after": r"after(?![a-z])|later than|above(?![a-z])|greater than|higher than|newer than|more than|>|晚于|高于|大于",
    "or_earlier": r"(?:and|or|&)[ \t]+(?:all[ \t]+)?(?:earlier|below|lower|older|prior|before|under|previous|less)(?![a-z])(?:[ \t]+versions?)?|(?:及|或)(?:其)?(?:以前|之前|以下|更早|更低)(?:版本)?|(?<=[a-z0-9日月年])[ ]?(?:以前|以下)",
    "or_later": r"(?:and|or|&)[ \t]+(?:all[ \t]+)?(?:later|above|higher|newer|greater|after|onwards?|up|more recent)(?![a-z])(?:[ \t]+versions?)?|onwards?(?![a-z])|(?:及|或)(?:其)?(?:以后|之后|以上|更晚|更高)(?:版本)?|(?<=[a-z0-9日月年])[ ]?(?:以后|以上|起)",
    "post_before": r"(?<=[a-z0-9日月年])[ ]?(?:之前|前)",
    "post_after": r"(?<=[a-z0-9日月年])[ ]?(?:之后|后)",
    "prefix": r"(?:begin|start|commenc)(?:s|ning|ing)?[ \t]+with|prefix(?:e[sd])?(?:[ \t]+with)?|开头为",
    "post_prefix": r"(?:开头|打头|为前缀|字头)",
    "suffix": r"end(?:s|ing)?[ \t]+(?:in|with)|suffix(?:e[sd])?|结尾|为后缀|last (?:\w+ )?digits?|first (?:\w+ )?digits?|containing",
    "between": r"between(?![a-z])|介于",
    "from": r"from(?![a-z])|ranging|自|从",
    "to": r"(?:and )?runs? through|through(?![a-z])|thru(?![a-z])|up to(?![a-z])|to(?![a-z])|till?(?![a-z])|until(?![a-z])|~+|至|到|→|(?<=\s)[-\u2013]{1,2}(?=\s)",
    "all_units": r"(?:全部|所有)(?:相关)?(?:产品|机器|设备|在售产品|型号及批次)",
    "all": r"all(?![a-z])|every(?![a-z])|any(?![a-z])|全部|所有|全批次|各批次",
    "none": r"n[ \t]*/[ \t]*a(?![a-z0-9])|none(?![a-z])|not applicable|不适用|无(?=[,;。\s]|$)|no (?=(?:udi|individual|lot|serial|expir))",
    "and": r"and(?![a-z])|or(?![a-z])|&|plus(?![a-z])|和|及|与|或",
}

_VISIBLE = r"a-z0-9\x01\u00c0-\u024f\u0370-\u03ff\u0400-\u04ff"
_ELEMENT = r"\(\s*(?:01|02|10|11|13|15|17|20|21|22|30|240|241|250)\s*\)\s*[^\s();,\u4e00-\u9fff]+"

SHAPES: dict[str, str] = {
    "elements": rf"{_ELEMENT}(?:[\s|]*{_ELEMENT})*",
    "certificate": r"[\u4e00-\u9fff]{1,2}(?:食)?(?:药监)?械(?:\((?:准|进|许)\)字|注(?:准|进|许)(?:字)?|\(注\)(?:准|进|许)字?)[ ]?\d{4}[ ]?第?[ ]?\d{5,8}号?"
    r"|[\u4e00-\u9fff]{1,4}械备(?:字)?\d{6,12}号?",
    "mask": rf"(?<![{_VISIBLE}])[{_VISIBLE}/.-]*(?:(?<![a-z])x{{3,}}(?!l)|(?<=\d)x{{2,}}(?![{_VISIBLE}])|\*{{3,}}|×{{2,}}|\?{{3,}}|_{{3,}}|■+|█+)[{_VISIBLE}*×/.-]*",
    "date": rf"(?<![{_VISIBLE}])(?<![\d][-/.])(?:{DATE_PATTERN})(?![{_VISIBLE}])(?![-/.][{_VISIBLE}])",
    "mark": r"(?<![^\s;:.,\n])(?:\d{1,2}|[a-z])\)(?=\s|[a-z0-9])|\*{1,2}(?!\*)",
}
QUICK: dict[str, str] = {
    "comma": r"[,、]",
    "plain": rf"(?<![{_VISIBLE}./@_+\u2013-])[a-z]{{0,4}}\d{{3,}}(?![{_VISIBLE}./:@_+\u2013*×?年-])(?! ?{MONTH_NAMES})",
}
_CODE_INNER = rf"[{_VISIBLE}]|[-._@+\u2013](?=[{_VISIBLE}])|/(?!(?:no|[a-z]{{4,}})(?![a-z0-9]))(?=[{_VISIBLE}])|:(?=\d{{1,3}}(?![\d:]))"
REST: dict[str, str] = {
    "code": rf"[+#]?(?=[a-z\x01\u00c0-\u04ff._/@+\u2013-]*\d)[{_VISIBLE}](?:{_CODE_INNER})*",
    "word": r"[a-z\u00c0-\u024f\u0370-\u03ff\u0400-\u04ff]+(?:[-'/][a-z\u00c0-\u04ff]+)*",
    "break": r"[;\n。]+|(?<=[^\s])\.(?=\s|$)",
    "colon": r"[:=]",
    "slash": r"/",
    "open_paren": r"[(\[]",
    "close_paren": r"[)\]]",
    "han": r"[\u3400-\u9fff]",
}
