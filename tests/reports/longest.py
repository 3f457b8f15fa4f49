"""The longest real-shaped rows: product names of 400 characters, lots of 60, two thousand batches."""

from dataclasses import replace
from datetime import date

from app.reports.rows import LotLine
from tests.reports import samples

LONG_NAME = ("一次性使用多腔中心静脉导管穿刺套件（含导丝、扩张器、注射器、缝合针、无菌巾单）" * 11)[:400]
LONG_ENGLISH = ("Multi-lumen central venous catheterisation kit with guide wire, dilator, sterile drapes; " * 6)[:400]
LONG_REASON = ("生产过程中导丝亲水涂层固化温度偏低，在体温和血流冲刷下可能脱落，“碎屑”会进入血管（含肺循环）。" * 60)[
    :3000
]


def long_lot(number: int) -> str:
    """A lot of 60 characters with every mark a label may carry."""
    return f"LOT/{number:06}-AB(C).D+E_F:" + "0123456789ABCDEFGHJKLMNPQRSTUVWXYZ"[:36]


MANY = tuple(
    LotLine(
        lot=f"26{number:05}",
        expected=number,
        received=number + 3,
        used=3,
        expires_on=date(2028, 1 + number % 12, 1 + number % 28),
        unit="套",
    )
    for number in range(1, 2001)
)
LONG_LINES = tuple(
    LotLine(
        lot=long_lot(number),
        expected=1234567,
        received=7654321,
        used=6419754,
        expires_on=date(2028, 8, 31),
        serial=f"SERIAL-{number:053}",
        product=f"{number}{LONG_NAME[: 400 - len(str(number))]}",
        ref="REF-" + "X" * 56,
        di="06900000000014",
        unit="袋（每袋十套）",
        place="主院区外科大楼十二层重症医学科东侧治疗准备间第三排壁柜",
    )
    for number in range(1, 13)
)
LONG_CASE = replace(
    samples.CASE,
    number="RC-2026-0017-SUPPLEMENT-0003",
    product=LONG_NAME,
    product_en=LONG_ENGLISH,
    ref=", ".join(f"CVC-{size}F-{length}" for size in range(3, 15) for length in (15, 20, 30)),
    certificate="国械注准20213080000、国械注进20223080001、江械备20230002号",
    manufacturer="泽岚医疗科技（江临）有限公司" * 6,
    supplier="江临康达医药有限公司" * 8,
    reason=LONG_REASON,
    reason_en=LONG_ENGLISH * 5,
    treatment=("warn", "check", "repair", "relabel", "revise_ifu", "software_update", "replace", "retrieve", "destroy"),
)
