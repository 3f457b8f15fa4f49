"""The labels of recall notices, in both languages, as patterns over flattened text (see ``app.notices.tokens``).

Flattened means: lower case, half width, simplified characters, en and em dashes as one sign, blanks for marks.
Written from the forms counted in notices of the FDA, Health Canada, MHRA, INVIMA, Hong Kong, NMPA and provincial
bureaus.
"""

_NUMBER = (
    r"(?:[ \t]*(?:numbers?|numeros?|n°"
    r"|nos?(?![a-z0-9])(?! (?:later|earlier|more|less|fewer|higher|lower|greater|newer|older) than)\.?|"
    r"nr(?![a-z0-9])\.?|nums?(?![a-z])\.?|codes?|ids?(?![a-z0-9])"
    r"|#(?:'?s(?![a-z0-9]))?|\(s\)))*"
)


def _any(*fragments: str) -> str:
    """One pattern of alternatives; the order counts, the first that fits is taken."""
    return "|".join(fragments).replace("<number>", _NUMBER).replace("[ \\t]*", "[ ]{0,6}")


LABELS: dict[str, str] = {
    "reg_no": _any(
        r"(?:医疗器械)?(?:产品)?(?:注册证|备案凭证|注册|备案)(?:编号|号码|号)|注册证(?!书)",
        r"(?:sanitary registration|crs)[ \t]*(?:#|nos?\.?|n°|numbers?)?",
        r"registration (?:certificate )?(?:nos?\.|numbers?|#)",
    ),
    "stop": _any(
        r"(?:销售|涉及|召回|产品)*数量|召回(?:级别|等级|理由|原因)|产品名称|生产(?:企业|厂家|商)",
        r"注册人(?:名称)?|联系(?:人|电话)|电话|quantit(?:y|ies)[^\n:]{0,20}|qty",
        r"reason(?: for recall)?(?=\s*:)|company name|device description|description(?=\s*:)",
        r"product (?:name|usage|description)|phone|fax|unit of use",
        r"ndc(?:[ \t]*(?:#|nos?\.?|numbers?))?(?![a-z0-9])|510 ?\(k\)[^\n:;,]{0,12}|fei(?![a-z])|artg",
        r"recall (?:number|no\.?|event id)|event id",
    ),
    "ster_date": _any(
        r"sterili[sz](?:ed|ation|ing)(?=[ \t]*(?:dates?|lots?|batch|on |between|from|before|after|prior))"
        r"[ \t]*(?:dates?|lots?|batch(?:es)?)?<number>",
        r"灭菌(?:日期|批号|时间|批次)|消毒日期",
    ),
    "mfg_date": _any(
        r"dates? of (?:manufactur(?:e|ing)|production)",
        r"manufactur(?:ed|ing|e)(?![a-z])(?:[ \t]*dates?)?(?: ranges?)?",
        r"(?:mfg|mfd|mnfg|manuf|dom)(?![a-z])\.?(?:[ \t]*dates?)?",
        r"made(?=[ \t]+(?:between|before|after|from|prior|up to|until|in|on))",
        r"built(?=[ \t]+(?:before|after|between|from|on|prior|up to))|(?:produced|prepared|assembled)(?![a-z])",
        r"production[ \t]+dates?|repackaged|compounded|生产日期|制造日期|生产时间|生产年月|生产于|出厂日期",
        r"制造时间|生产时段",
    ),
    "dist_date": _any(
        r"distribut(?:ed|ion)(?:[ \t]*(?:dates?|period))?(?: ranges?)?",
        r"ship(?:ped|ment|ping)(?:[ \t]*dates?)?(?![a-z])",
        r"sold(?=[ \t]+(?:between|from|since|before|after|until|prior|on|up to))|deliver(?:ed|y dates?)",
        r"dates? of (?:distribution|sale|shipment)|销售(?:日期|时间|期间)|发货(?:日期|时间)|销售于|进口日期",
    ),
    "expiry": _any(
        r"exp(?:ir(?:y|ation|ing|es?|ed)|n)?(?![a-z])\.?(?:[ \t]*dates?|[ \t]*on(?![ \t]+or))?(?: ranges?)?",
        r"use[- ]by(?:[ \t]*dates?)?|use before|best before|(?:bud|beyond[- ]use dates?)(?![a-z])",
        r"discard after|有?效期(?:限)?(?:至|到|截止)?|失效(?:日期|年月|时间|期)|到期日期?|使用期限",
    ),
    "di": _any(
        r"(?:(?:primary|packag(?:e|ing)|shelf ?box|pouch|each|case|unit|device)[ \t]+)?(?:udi[ \t]*[-/]?"
        r"[ \t]*d\.?i\.?(?![a-z])|udi(?![a-z])(?![ \t]*-?[ \t]*pi)|gtin(?:[- ]?1[234])?s?(?![a-z])|"
        r"(?<=primary )di(?![a-z])|(?<=packaging )di(?![a-z])|device identifiers?|di(?=[ \t]*(?:number|no"
        r"|code|:|\d{8}))|upc(?![a-z])|ean(?:[- ]?13)?(?![a-z])|(?:医疗器械)?唯一标识|产品标识|主键|器械标识)"
        r"(?:-di)?<number>(?:'s)?",
        r"udi[ \t]*-?[ \t]*pi(?![a-z])",
    ),
    "ref": _any(
        r"version or models?",
        r"(?:(?:model|catalog(?:ue)?|cat(?![a-z])|item|part|reorder|order|product|material|list|article"
        r"|reference|upn|smn|refs?|pn|p/n|sku|stock|ifu|kit)(?![a-z])\.?(?:[ \t]*(?:[/,]|and|or|&)[ \t]*)?){1,6}"
        r"(?:[ \t]*\((?:ln|pn|ref|sku|upn)\))?(?:[ \t]*(?:numbers?|nos?(?![a-z0-9])\.?|nr(?![a-z0-9])\.?"
        r"|codes?|#(?:'?s(?![a-z0-9]))?|\(s\)|ids?(?![a-z0-9])))+(?![a-z])",
        r"(?<=\()codes?(?![a-z])|references?(?![a-z])\.?|refs?(?![a-z])\.?|catalog(?:ue)?s?(?![a-z])",
        r"models?(?![a-z])(?!\s+of\b)|(?:pns?|p/ns?|skus?|upns?)(?![a-z0-9])|cat\.|model(?=\s*#)",
        r"(?:产品)?(?:规格|型号)(?:[ \t]*[、/,和及与和]*[ \t]*(?:规格|型号))*|货号|产品编码|物料(?:编码|号)",
        r"订货号|产品代码|产品编号",
    ),
    "lot_serial": _any(
        r"(?:lots?|batch(?:es)?)[ \t]*(?:/|or|and|&)[ \t]*serials?(?![a-z])<number>",
        r"serials?[ \t]*(?:/|or|and|&)[ \t]*(?:lots?|batch(?:es)?)(?![a-z])<number>",
        r"(?:生产|产品)?批号?(?:[/、]|或者?|和|及|\()(?:产品)?序列号\)?|序列号(?:[/、]|或者?|和|及)(?:生产|产品)?批号",
    ),
    "made": r"(?:期间|之间|间)?(?:内)?(?:所)?(?:生产|制造)(?=[的并和、,。])",
    "sold": r"(?:期间|之间|间)?(?:内)?(?:所)?(?:销售|发货|进口)(?=[的并和、,。])",
    "expired": r"(?:期间|之间|间)?(?:内)?(?:到期|过期|失效)(?=[的并和、,。])",
    "serial": _any(
        r"serials?(?![a-z])<number>|s\.?/n\.?s?(?![a-z0-9])[ \t]*#?",
        r"sns?(?![a-z0-9])\.?[ \t]*#?|series(?=[ \t]*:)|(?:产品)?序列号|机身(?:号|编号)|出厂(?:编号|号)",
        r"设备(?:编号|序列号)|主机编号|系列号",
    ),
    "lot": _any(
        r"(?:lots?|batch(?:es)?)(?![a-z0-9])(?:[ \t]*(?:/|or|and|&)[ \t]*(?:lots?|batch(?:es)?|codes?"
        r"|control)(?![a-z0-9]))?<number>",
        r"control (?:numbers?|nos?\.)|(?:生产|产品|涉及|出厂|制造|召回)*批(?:号|次号|次|别)(?:编号)?",
    ),
    "software": _any(
        r"(?:(?:software|firmware|sw|fw|app(?:lication)?)(?![a-z])[ \t]*[/&]?[ \t]*){1,4}(?:releases?|versions?"
        r"|revisions?|rev(?![a-z])\.?|ver(?![a-z])\.?|v(?=\d))?(?:[ \t]*numbers?)?",
        r"versions?(?![a-z])(?:[ \t]*numbers?)?|(?:完整|发布|软件|固件|程序)+版本号?|版本号?",
    ),
}
