"""How notices say "up to", "from here on", "among others": no way of saying it may turn a meant unit into another one.

Each row: a sentence, units that it may mean (never "not affected"), units that it surely does not mean.
"""

import pytest

from app.core.statuses.verdict import Verdict
from app.notices.judging import Unit, judge
from app.notices.reader import read_notice

SENTENCES = [
    ("Model P1, before lot 240101.", "model=P1 lot=231205", "model=P1 lot=240205"),
    ("Model P1, after lot number 240101.", "model=P1 lot=240205", "model=P1 lot=231205"),
    ("Model P1 from lot 240101 to lot 240131.", "model=P1 lot=240115", ""),
    ("型号 P1，从批号240101到批号240131。", "model=P1 lot=240115", ""),
    ("Model P1 from lot 240101 onwards.", "model=P1 lot=240215", ""),
    ("Model P1 beginning with lot 240101.", "model=P1 lot=240215", ""),
    ("Model P1, starting with serial number 5000 and continuing through 6000", "model=P1 serial=5500", ""),
    ("Model P1 serial numbers: 5000 and up", "model=P1 serial=5500", ""),
    ("Model P1 serial numbers: 5000+", "model=P1 serial=5500", ""),
    ("Model P1 serial numbers less than or equal to 5000", "model=P1 serial=4500", "model=P1 serial=5500"),
    ("Model P1 serial numbers equal to or less than 5000", "model=P1 serial=4500", ""),
    ("Model P1 serial numbers equal to or greater than 5000", "model=P1 serial=5500", ""),
    ("Model P1 lots with a number above 5000", "model=P1 lot=5500", ""),
    ("Model P1 lots in the 5000 series", "model=P1 lot=5500", ""),
    ("型号 P1，批号240101系列。", "model=P1 lot=240101-2", ""),
    ("型号 P1，批号区间240101/240131。", "model=P1 lot=240115", ""),
    ("型号 P1，批号240101，240131之间。", "model=P1 lot=240115", ""),
    ("型号 P1，批号240101与240131之间（含）。", "model=P1 lot=240115", ""),
    ("型号 P1，序列号为奇数的产品，如 5001。", "model=P1 serial=5003", ""),
    ("型号 P1，批号240101、240102、240103（连续批号至240120）。", "model=P1 lot=240110", ""),
    ("型号 P1，批号 240101 起的 20 个批次。", "model=P1 lot=240110", ""),
    ("型号 P1，批号 240101 相邻批次。", "model=P1 lot=240102", ""),
    ("型号 P1，批号 240101 及其前后批次。", "model=P1 lot=240102", ""),
    ("型号 P1，批号 240101 及同原料批次。", "model=P1 lot=240102", ""),
    ("Model P1 lot 240101 and lots made from the same raw material", "model=P1 lot=240102", ""),
    ("Model P1 lot 240101 and adjacent lots", "model=P1 lot=240102", ""),
    ("Model P1, lots such as 240101", "model=P1 lot=240102", ""),
    ("型号 P1，例如批号 240101。", "model=P1 lot=240102", ""),
    ("型号 P1，批号 240101 为首的批次。", "model=P1 lot=240102", ""),
    ("型号 P1，生产日期 2024-01-01 以来。", "model=P1 lot=X mfg_date=2024-05-05", ""),
    ("型号 P1，2024-01-01 起生产。", "model=P1 lot=X mfg_date=2024-05-05", ""),
    ("型号 P1，生产日期：2024年1月—至今。", "model=P1 lot=X mfg_date=2024-05-05", ""),
    ("Model P1, manufactured January 2024 to present.", "model=P1 lot=X mfg_date=2024-05-05", ""),
    ("Model P1, manufactured since January 2024.", "model=P1 lot=X mfg_date=2024-05-05", ""),
    ("Model P1, expiring within 12 months of 2024-01-01.", "model=P1 lot=X expiry=2024-05-05", ""),
    ("型号 P1，失效日期 2025-06 及更早。", "model=P1 lot=X expiry=2024-05-05", "model=P1 lot=X expiry=2026-05-05"),
    ("型号 P1，失效日期不晚于 2025-06-30。", "model=P1 lot=X expiry=2024-05-05", "model=P1 lot=X expiry=2026-05-05"),
    ("型号 P1，失效日期不早于 2025-06-30。", "model=P1 lot=X expiry=2026-05-05", "model=P1 lot=X expiry=2024-05-05"),
    ("Model P1, Exp no later than 2025-06-30", "model=P1 lot=X expiry=2024-05-05", "model=P1 lot=X expiry=2026-05-05"),
    ("Model P1, expiration dates not later than June 2025", "model=P1 lot=X expiry=2024-05-05", ""),
    ("型号 P1，序列号 5000 以下。", "model=P1 serial=4000", "model=P1 serial=6000"),
    ("型号 P1，序列号 5000 以上。", "model=P1 serial=6000", "model=P1 serial=4000"),
    ("型号 P1，序列号5000以前的产品。", "model=P1 serial=4000", "model=P1 serial=6000"),
    ("型号 P1，序列号5000之前的产品。", "model=P1 serial=4000", "model=P1 serial=6000"),
    ("型号 P1，序列号5000之后的产品。", "model=P1 serial=6000", "model=P1 serial=4000"),
    ("型号 P1，批号 240101 以前（含）的全部产品。", "model=P1 lot=231231", "model=P1 lot=240201"),
    ("型号 P1，批号 240101 以后（含）的全部产品。", "model=P1 lot=240301", "model=P1 lot=231201"),
    ("型号 P1，批号在 240101 之前。", "model=P1 lot=231231", "model=P1 lot=240201"),
    ("型号 P1，批号不大于 240101。", "model=P1 lot=231231", "model=P1 lot=240201"),
    ("型号 P1，批号大于等于 240101。", "model=P1 lot=240301", "model=P1 lot=231201"),
    ("型号 P1，批号≥240101。", "model=P1 lot=240301", "model=P1 lot=231201"),
    ("型号 P1，批号从240101起。", "model=P1 lot=240301", "model=P1 lot=231201"),
    ("型号 P1，自批号240101开始的产品。", "model=P1 lot=240301", ""),
    ("型号 P1，截至批号240101。", "model=P1 lot=231201", ""),
    ("型号 P1，批号240101起至240630止。", "model=P1 lot=240301", "model=P1 lot=241001"),
    ("型号 P1，批号介于240101与240630之间。", "model=P1 lot=240301", "model=P1 lot=241001"),
    ("型号 P1，批号前四位为2401的产品。", "model=P1 lot=240105", "model=P1 lot=240201"),
    ("型号 P1，批号以2401开头。", "model=P1 lot=240105", "model=P1 lot=240201"),
    ("型号 P1，批号中含“K”的产品。", "model=P1 lot=24K05", ""),
    ("型号 P1，批号末位为A的产品。", "model=P1 lot=24005A", ""),
    ("型号 P1，批号2401开头的所有批次。", "model=P1 lot=240105", ""),
    ("型号 P1，批号240101、240102等共5批。", "model=P1 lot=240103", ""),
    ("型号 P1，批号240101、240102及后续批次。", "model=P1 lot=240109", ""),
    ("型号 P1，批号240101（部分）。", "model=P1 lot=240101", "model=P1 lot=240102"),
    ("型号 P1，批号240101等。", "model=P1 lot=240109", ""),
    ("型号 P1，2024年1月以后生产的产品。", "model=P1 lot=X mfg_date=2024-05-01", "model=P1 lot=X mfg_date=2023-05-01"),
    ("型号 P1，2024年上半年生产的产品。", "model=P1 lot=X mfg_date=2024-05-01", ""),
    (
        "型号 P1，2023年及2024年生产的产品。",
        "model=P1 lot=X mfg_date=2024-05-01 | model=P1 lot=X mfg_date=2023-05-01",
        "model=P1 lot=X mfg_date=2022-05-01",
    ),
    ("型号 P1，近两年生产的产品。", "model=P1 lot=X mfg_date=2024-05-01", ""),
    ("型号 P1，效期至2026年3月及之前。", "model=P1 lot=X expiry=2026-03-15", "model=P1 lot=X expiry=2026-05-15"),
    ("型号 P1，有效期在2026-03-31以内。", "model=P1 lot=X expiry=2026-03-15", ""),
    ("型号 P1、P2、P3等系列产品，所有批次。", "model=P4 lot=X", ""),
    ("型号：P系列。批号：全部。", "model=P4 lot=X", ""),
    ("规格型号：6F、7F、8F，批号：全部。", "model=7F lot=X", ""),
    ("型号 P1，批号：见产品标签。", "model=P1 lot=X", ""),
    ("型号 P1，批号：/", "model=P1 lot=X", ""),
    ("型号 P1，批号：详见公司官网。", "model=P1 lot=X", ""),
    ("型号 P1，批号：待定。", "model=P1 lot=X", ""),
    ("型号 P1，批号 A1O2。", "model=P1 lot=A102", ""),
    ("Lot numbers up to and including 240101, Model P1.", "model=P1 lot=231231", "model=P1 lot=240201"),
    ("Lots 240101 onwards, Model P1", "model=P1 lot=240301", ""),
    ("Lots 240101 onward. Model P1", "model=P1 lot=240301", ""),
    ("Lots ending in A, Model P1", "model=P1 lot=2405A", ""),
    ("Lots containing the letter K, Model P1", "model=P1 lot=24K5", ""),
    ("Lots whose third digit is 7, Model P1", "model=P1 lot=247005", ""),
    ("Model P1 lots 240101 and higher", "model=P1 lot=240301", ""),
    ("Model P1 lots beginning with 2401", "model=P1 lot=240105", "model=P1 lot=240205"),
    ("Model P1 lots no later than 240101", "model=P1 lot=231205", ""),
    ("Model P1, all lots within expiry.", "model=P1 lot=X", ""),
    ("Model P1, lots not exceeding 240101", "model=P1 lot=231205", ""),
    ("Model P1, lot 240101 plus all subsequent lots", "model=P1 lot=240305", ""),
    ("Model P1, lots starting from 240101", "model=P1 lot=240305", ""),
    ("Model P1, lot 240101 or earlier", "model=P1 lot=231205", ""),
    ("Model P1, lots prior to and including 240101", "model=P1 lot=231205", ""),
    ("Model P1, serial range 100 thru 200", "model=P1 serial=150", "model=P1 serial=250"),
    ("Model P1, serials 100 -> 200", "model=P1 serial=150", ""),
    ("Model P1, serials 100..200", "model=P1 serial=150", ""),
    ("Model P1, S/N 100/200", "model=P1 serial=200", ""),
    ("Model P1, lots A1-A9", "model=P1 lot=A5", ""),
    ("Model P1, lots 12340 through 49", "model=P1 lot=12345", ""),
    ("型号 P1，批号 12340-49。", "model=P1 lot=12345", ""),
    ("型号 P1，批号 24010１～240109。", "model=P1 lot=240105", ""),
    ("型号 P1，批号 240101—240109。", "model=P1 lot=240105", ""),
    ("型号 P1，批号 240101－240109。", "model=P1 lot=240105", ""),
    ("型号 P1，批号 240101到240109。", "model=P1 lot=240105", ""),
    ("型号 P1，批号 240101 ... 240109。", "model=P1 lot=240105", ""),
    ("型号 P1，批号 240101…240109。", "model=P1 lot=240105", ""),
    ("型号 P1，批号 24XXXX。", "model=P1 lot=240105", ""),
    ("型号 P1，批号 24□□□□。", "model=P1 lot=240105", ""),
    ("型号 P1，批号 2401××。", "model=P1 lot=240105", ""),
    ("型号 P1，批号 2401??。", "model=P1 lot=240105", ""),
    ("型号 P1，批号 2401__。", "model=P1 lot=240105", ""),
]


def units(written: str) -> list[Unit]:
    return [Unit(**dict(pair.split("=", 1) for pair in one.split())) for one in written.split(" | ") if one]


@pytest.mark.parametrize(("text", "meant", "others"), SENTENCES)
def test_a_unit_that_a_limit_may_mean_is_never_called_not_affected(text, meant, others):
    reading = read_notice(text)
    for unit in units(meant):
        assert judge(reading, unit).verdict is not Verdict.NOT_AFFECTED, unit
    for unit in units(others):
        assert judge(reading, unit).verdict is Verdict.NOT_AFFECTED, unit


@pytest.mark.parametrize("text", [sentence[0] for sentence in SENTENCES])
def test_each_quote_stands_at_its_place(text):
    for clause in read_notice(text).clauses:
        assert text[clause.start : clause.end] == clause.quote
