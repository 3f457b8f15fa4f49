"""What happens in the demo: deliveries with their labels, the notice, and what must come of it, all from a seed.

Lots, dates and quantities differ with the seed; the relations between them do not, so the same assertions hold.
"""

from dataclasses import dataclass
from datetime import date, timedelta
from random import Random

from app.services.sample_numbers import sample_di, sample_gtin, sample_number
from app.udi.building import gs1_element_string, hibc_primary, hibc_secondary, ma_string

AIM_DATAMATRIX, AIM_GS1_128 = "]d2", "]C1"


@dataclass(frozen=True, slots=True)
class Carton:
    """One package as the storekeeper scans it: one label, or one in two pieces. ``typed_expiry`` is missing on it."""

    scans: tuple[str, ...]
    ref: str
    lot: str
    packages: int
    typed_expiry: date | None = None
    refused: str = ""
    """The error that stops it, if one does."""


@dataclass(frozen=True, slots=True)
class Script:
    """Everything that the story needs to know; made by ``write_script``."""

    seed: int
    supplier: str
    order_no: str
    note_no: str
    waybill: str
    cartons: tuple[Carton, ...]
    recalled_ref: str
    recalled_lots: tuple[str, str, str]
    excepted_lot: str
    other_ref: str
    unit_scans: dict[str, str]
    visit_no: str
    notice: str


def write_script(seed: int, today: date) -> Script:
    """Deterministic in seed and day."""
    random = Random(seed)  # noqa: S311 (a story, not a secret)
    made = today - timedelta(days=random.randint(30, 60))
    stem = f"{made:%y%m}{random.choice('ABCDEFGHJKLMN')}"
    first = random.randint(10, 80)
    lots = tuple(f"{stem}{first + step}" for step in range(4))
    good_until = today + timedelta(days=random.randint(200, 330))
    recalled, excepted = (lots[0], lots[1], lots[3]), lots[2]
    cartons = _cartons(random, lots, made, good_until, today)
    return Script(
        seed=seed,
        supplier="KS",
        order_no=f"PO-{today:%y}-{random.randint(100, 999):05d}",
        note_no=f"KS{today:%y%m%d}-{random.randint(1, 20):02d}",
        waybill=f"YT {random.randint(1000, 9999)} {random.randint(1000, 9999)} {random.randint(10, 99)}",
        cartons=cartons,
        recalled_ref="CVC-7F-20",
        recalled_lots=recalled,
        excepted_lot=excepted,
        other_ref="LM-4",
        unit_scans={lot: _unit_label(lot, made, good_until) for lot in lots},
        visit_no=f"V{random.randint(10**7, 10**8 - 1)}",
        notice=_notice(recalled, excepted, made),
    )


def _gtin(ref: str, level: int = 0) -> str:
    return sample_gtin(sample_number(ref), level)


def _label(aim: str, *parts: tuple[str, str]) -> str:
    return aim + gs1_element_string(parts)


def _unit_label(lot: str, made: date, good_until: date) -> str:
    return _label(
        AIM_DATAMATRIX,
        ("01", _gtin("CVC-7F-20")),
        ("11", f"{made:%y%m%d}"),
        ("17", f"{good_until:%y%m%d}"),
        ("10", lot),
    )


def _cartons(random: Random, lots: tuple[str, ...], made: date, good_until: date, today: date) -> tuple[Carton, ...]:
    """Every way a label comes: whole, in two pieces, HIBC, MA without a date, and one that is refused."""
    until, carton = f"{good_until:%y%m%d}", _gtin("CVC-7F-20", 1)
    whole = tuple(
        Carton(
            (_label(AIM_DATAMATRIX, ("01", carton), ("11", f"{made:%y%m%d}"), ("17", until), ("10", lot)),),
            "CVC-7F-20",
            lot,
            random.randint(1, 3),
        )
        for lot in lots
    )
    # Another spelling and no production date on the label: whether this lot is meant, nobody can say yet.
    unclear = f"{lots[0][:4]}-{random.randint(1, 9)}R"
    bare = _label(AIM_DATAMATRIX, ("01", carton), ("17", until), ("10", unclear))
    others = _other_labels(random, made, good_until)
    return (*whole, Carton((bare,), "CVC-7F-20", unclear, 1), *others, _expired(today))


def _other_labels(random: Random, made: date, good_until: date) -> tuple[Carton, ...]:
    guide, mask = f"GW{random.randint(100, 999)}", f"LM{random.randint(1000, 9999)}"
    needle = f"IV{random.randint(1000, 9999)}"
    first = _label(AIM_GS1_128, ("01", _gtin("GW-018-180", 1)))
    second = _label(AIM_GS1_128, ("17", f"{good_until:%y%m%d}"), ("10", guide))
    primary = hibc_primary(sample_di("LM-4", "hibc"))
    secondary = hibc_secondary(primary[-1], lot=mask, expiry=good_until)
    dateless = ma_string(sample_di("IVC-22G", "ma"), lot=needle, production=made)
    return (
        Carton((first, second), "GW-018-180", guide, 1),
        Carton((primary, secondary), "LM-4", mask, 2),
        Carton((dateless,), "IVC-22G", needle, 1, typed_expiry=good_until),
    )


def _expired(today: date) -> Carton:
    gone = f"{today - timedelta(days=9):%y%m%d}"
    label = _label(AIM_DATAMATRIX, ("01", _gtin("HD-15L")), ("17", gone), ("10", "HD0001"))
    return Carton((label,), "HD-15L", "HD0001", 1, refused="expired")


def _notice(recalled: tuple[str, str, str], excepted: str, made: date) -> str:
    first, second, last = recalled
    month_begins = made.replace(day=1)
    month_ends = (month_begins + timedelta(days=32)).replace(day=1) - timedelta(days=1)
    return f"""泽岚医疗科技有限公司对中心静脉导管包主动召回

各使用单位：
我公司在上市后监测中发现，部分中心静脉导管包（注册证号：国械注准{made.year - 3}3030001）的导丝表面涂层可能脱落，\
颗粒物有进入血管的风险。经评估，我公司决定对下列产品实施一级召回。

涉及产品：中心静脉导管包　型号规格：CVC-7F-20
生产批号：{first}、{second}；{excepted}至{last}（{excepted}除外，该批已复检合格）
生产日期：{month_begins:%Y-%m-%d} 至 {month_ends:%Y-%m-%d}

请立即停止使用上述批次，封存库存及科室在用产品，并在24小时内书面回复。退货由我公司承担运费。
"""
