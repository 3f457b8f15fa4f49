"""Units against invented notices of every form, in both languages."""

import pytest

from app.core.statuses.verdict import Verdict
from app.core.words import LANGUAGES
from app.core.words import text as text_of
from app.notices.judging import Judge, Unit, judge
from app.notices.reader import read_notice

YES, NO, ASK = Verdict.AFFECTED, Verdict.NOT_AFFECTED, Verdict.NEED_INFO

LISTS = "型号规格：KX-200；批号：240101、240102，240205；"
RANGES = "涉及产品：一次性使用引流管，规格型号：YL-16，批号：20230401至20230630。"
PER_MODEL = "REF QA-10: Lots 7701, 7702; REF QA-20: Lots 8801, 8802"
PER_MODEL_ZH = "规格型号：AB-1，批号：1001、1002；规格型号：AB-2，批号：2001、2002。"
BELOW = "Model ZV9; all serial numbers below 40000 with software version 3.10 or lower"
EXCEPT = "Catalog No. 5512-A: all lots except 9001, 9002"
EXCEPT_ZH = "型号：TK-5，全部批号，除批号TK0099外。"
WINDOW_ZH = "注册证号：浙械注准20192140999，生产日期为2023年5月1日至2023年8月31日的全部批次"
ATTACHED = "REF 44-810, Lot Numbers: see attached list"
ATTACHED_ZH = "国械注准20213140777，产品型号、规格及批次等详细信息见附件。"
TABLE = "REF\tLot\tExpiry\nPX-1\tL001\t2026-01-31\nPX-2\tL002\t2026-02-28\n"
MONTHS = "Lot 5A exp 2026-03; lot 6B exp 2026-04"
HALF_OPEN = "Lots expiring on or after 01 July 2026"
PREFIX = "序列号以GH7开头的产品"
TUPLE = "Product Code/UDI-DI/Lots: MN-1/00850022960338/1300001, 1300002;\nMN-2/00850022960345/1400001"
DOUBLE = "Lot: 550011, 550012. Serial numbers: 90001 to 90050"
BOTH_READINGS = "REF 7781; all lots manufactured before 03/04/2024"


@pytest.mark.parametrize(
    ("text", "unit", "verdict"),
    [
        (LISTS, Unit(ref="KX-200", lot="240102"), YES),
        (LISTS, Unit(ref="ＫＸ-２００", lot=" 240102 "), YES),
        (LISTS, Unit(ref="KX-200", lot="240103"), NO),
        (LISTS, Unit(ref="KX-201", lot="240102"), NO),
        (LISTS, Unit(ref="KX-200"), ASK),
        (LISTS, Unit(ref="KX-200", lot="0240102"), ASK),
        (LISTS, Unit(ref="KX-200", lot="24O102"), ASK),
        (RANGES, Unit(model="YL-16", lot="20230401"), YES),
        (RANGES, Unit(model="YL-16", lot="20230630"), YES),
        (RANGES, Unit(model="YL-16", lot="20230701"), NO),
        (RANGES, Unit(model="YL-16", lot="A20230501"), ASK),
        (RANGES, Unit(model="YL-18", lot="20230501"), NO),
        (PER_MODEL, Unit(ref="QA-10", lot="7701"), YES),
        (PER_MODEL, Unit(ref="QA-10", lot="8801"), NO),
        (PER_MODEL, Unit(lot="8801"), YES),
        (PER_MODEL, Unit(lot="9901"), NO),
        (PER_MODEL_ZH, Unit(ref="AB-2", lot="2002"), YES),
        (PER_MODEL_ZH, Unit(ref="AB-2", lot="1002"), NO),
        (BELOW, Unit(model="ZV9", serial="39999", software="3.9"), YES),
        (BELOW, Unit(model="ZV9", serial="39999", software="3.10"), YES),
        (BELOW, Unit(model="ZV9", serial="39999", software="3.11"), NO),
        (BELOW, Unit(model="ZV9", serial="40000", software="3.9"), NO),
        (BELOW, Unit(model="ZV9", serial="39999"), ASK),
        (EXCEPT, Unit(ref="5512-A", lot="9003"), YES),
        (EXCEPT, Unit(ref="5512-A", lot="9001"), NO),
        (EXCEPT, Unit(ref="5512-B", lot="9003"), NO),
        (EXCEPT, Unit(ref="5512-A"), ASK),
        (EXCEPT_ZH, Unit(ref="TK-5", lot="TK0100"), YES),
        (EXCEPT_ZH, Unit(ref="TK-5", lot="TK0099"), NO),
        (WINDOW_ZH, Unit(reg_no="浙械注准20192140999", mfg_date="2023-08-31"), YES),
        (WINDOW_ZH, Unit(reg_no="浙械注准20192140999", mfg_date="2023-09-01"), NO),
        (WINDOW_ZH, Unit(reg_no="浙械注准20192140999", lot="1"), ASK),
        (WINDOW_ZH, Unit(reg_no="浙械注准20192140998", mfg_date="2023-06-01"), NO),
        (ATTACHED, Unit(ref="44-810", lot="123"), ASK),
        (ATTACHED, Unit(ref="44-811", lot="123"), NO),
        (ATTACHED_ZH, Unit(reg_no="国械注准20213140777", lot="123"), ASK),
        (ATTACHED_ZH, Unit(reg_no="国械注准20213140778", lot="123"), NO),
        (TABLE, Unit(ref="PX-1", lot="L001"), YES),
        (TABLE, Unit(ref="PX-1", lot="L002"), NO),
        (TABLE, Unit(ref="PX-2", lot="L002", expiry="2026-02-28"), YES),
        (MONTHS, Unit(lot="6B", expiry="2026-04-30"), YES),
        (MONTHS, Unit(lot="7C"), NO),
        (HALF_OPEN, Unit(lot="A1", expiry="2026-07-01"), YES),
        (HALF_OPEN, Unit(lot="A1", expiry="2026-06-30"), NO),
        (HALF_OPEN, Unit(lot="A1"), ASK),
        (PREFIX, Unit(serial="GH70001"), YES),
        (PREFIX, Unit(serial="GH80001"), NO),
        (TUPLE, Unit(ref="MN-1", lot="1300002"), YES),
        (TUPLE, Unit(udi_di="00850022960345", lot="1300002"), NO),
        (TUPLE, Unit(dis=("00850022960345",), lot="1400001"), YES),
        (DOUBLE, Unit(lot="550011"), YES),
        (DOUBLE, Unit(serial="90020"), YES),
        (DOUBLE, Unit(lot="550013", serial="90051"), NO),
        (DOUBLE, Unit(lot="550011", serial="90051"), ASK),
        (BOTH_READINGS, Unit(ref="7781", mfg_date="2024-02-01"), YES),
        (BOTH_READINGS, Unit(ref="7781", mfg_date="2024-03-20"), ASK),
        (BOTH_READINGS, Unit(ref="7781", mfg_date="2024-05-01"), NO),
        ("no recall here", Unit(lot="1"), ASK),
        ("", Unit(), ASK),
        ("Lots: 123, 456, ...", Unit(lot="789"), ASK),
        ("Lots: 123, 456, ...", Unit(lot="456"), YES),
        ("批号：A1、A2、A3等", Unit(lot="A9"), ASK),
        ("批号：A1、A2、A3等", Unit(lot="A3"), YES),
        ("Lots 12, 13 and 14 are not affected.", Unit(lot="12"), NO),
        ("Lot numbers include but are not limited to: 551, 552", Unit(lot="553"), ASK),
        ("部分批次的型号QX-9", Unit(model="QX-9", lot="1"), ASK),
        ("Batch 77-A to 77-F", Unit(lot="77-C"), ASK),
        ("REF 8812. Lots: 100 to 999", Unit(ref="8812", lot="1000"), ASK),
        ("REF 8812. Lots: 0100 to 0999", Unit(ref="8812", lot="0555"), YES),
        ("All lots of REF K-77 manufactured in 2023", Unit(ref="K-77", mfg_date="2023-06-01"), YES),
        ("All lots of REF K-77 manufactured in 2023", Unit(ref="K-77", mfg_date="2024-06-01"), NO),
        ("UDI-DI 10884521009370, lot 22A", Unit(udi_di="20884521009377", lot="22A"), ASK),
        ("UDI-DI 10884521009370, lot 22A", Unit(udi_di="10999521009377", lot="22A"), NO),
        ("软件版本V2.1.0及以下", Unit(software="2.0.9"), YES),
        ("软件版本V2.1.0及以下", Unit(software="V2.1.0"), YES),
        ("软件版本V2.1.0及以下", Unit(software="2.1.1"), NO),
        ("2023年5月至8月期间生产的型号为KX-1的产品", Unit(model="KX-1", mfg_date="2023-07-01"), YES),
        ("2023年5月至8月期间生产的型号为KX-1的产品", Unit(model="KX-1", mfg_date="2023-09-01"), NO),
        ("2023年5月1日之前生产的全部批次", Unit(lot="1", mfg_date="2023-05-02"), NO),
        ("生产日期为2023年5月、6月、7月", Unit(lot="1", mfg_date="2023-06-10"), ASK),
        ("生产日期2023年5月1日—15日", Unit(lot="1", mfg_date="2023-05-10"), ASK),
        ("生产日期：2023.05.01-2023.05.31", Unit(lot="1", mfg_date="2023-05-10"), YES),
        ("All lots manufactured between May and August 2023", Unit(lot="1", mfg_date="2023-06-10"), YES),
        ("All lots manufactured May 1-15, 2023", Unit(lot="1", mfg_date="2023-05-06"), YES),
        ("All lots manufactured May 1-15, 2023", Unit(lot="1", mfg_date="2022-05-06"), ASK),
        ("批号或序列号：55001、55002", Unit(lot="55001"), YES),
        ("批号或序列号：55001、55002", Unit(serial="55002"), YES),
        ("批号或序列号：55001、55002", Unit(lot="X1", serial="55002"), YES),
        ("批号或序列号：55001、55002", Unit(lot="55003"), NO),
        ("Lots 45670-75", Unit(lot="45673"), ASK),
        ("Lots 45670-75", Unit(lot="45679"), NO),
        ("Lots 45670/1/2", Unit(lot="45671"), ASK),
        ("Lots 45670/1/2", Unit(lot="45674"), NO),
        ("Serial no. 3EX 1234, 3EX 1235", Unit(serial="3EX1234"), ASK),
        ("批号：230101、230102等2个批次", Unit(lot="230103"), NO),
        ("批号：230101、230102等5个批次", Unit(lot="230103"), ASK),
        ("仅涉及批号230101，其他批号不受影响", Unit(lot="230102"), NO),
        ("Lot 7711 only. No other lots are affected.", Unit(lot="7712"), NO),
        ("型号：A1、B2，批号不限", Unit(ref="B2", lot="9"), YES),
        ("KX-100, KX-200", Unit(lot="KX-100"), YES),
        ("KX-100, 24A77", Unit(ref="KX-100", lot="24A78"), ASK),
        ("REF KX-100, DI 00851997007004, lot 5", Unit(ref="00851997007004", lot="5"), YES),
        ("REF KX-100, DI 00851997007004, lot 5", Unit(ref="KX-100", udi_di="00614141999996", lot="5"), ASK),
        ("REF KX-100, lot 55A", Unit(model="Better Bladder", lot="55A"), YES),
        ("REF KX-100, lot 55A", Unit(model="KX-100 Plus", lot="55A"), YES),
        ("REF KX-100, lot 55A", Unit(model="9981", lot="55A"), ASK),
        ("REF KX-100, lot 55A", Unit(ref="KX-100-B", lot="55A"), ASK),
        ("REF KX-100, lot 55A exp 2027-03", Unit(lot="55A", expiry="2025-01-31"), ASK),
        ("Lot: KX100", Unit(lot="KX-100"), ASK),
        ("国食药监械(准)字2013第3210151号，批号5X", Unit(reg_no="国械注准20183210151", lot="5X"), ASK),
        ("software versions 1.2, 1.3b", Unit(software="1.3"), ASK),
        ("software versions 1.2, 1.3b", Unit(software="1.3b"), YES),
        ("software versions 1.2, 1.3b", Unit(software="2.0"), NO),
        ("software version before 2.0-beta", Unit(software="1.0"), ASK),
        ("All lots distributed between 2024-01-01 and 2024-02-01", Unit(lot="5"), ASK),
        ("Lots 500 to 599 distributed since 2024-01-01", Unit(lot="550"), YES),
        ("REF KX-1, lots 5, 6. REF KX-2", Unit(ref="KX-2", lot="7"), ASK),
        ("有效期至2025年12月31日前的全部批号", Unit(lot="1", expiry="2025-06-01"), YES),
        ("有效期至2025年12月31日前的全部批号", Unit(lot="1", expiry="2026-06-01"), NO),
    ],
)
def test_a_unit_is_judged_by_what_the_notice_says(text: str, unit: Unit, verdict: Verdict) -> None:
    judgement = judge(read_notice(text), unit)
    assert judgement.verdict is verdict, judgement.reasons
    for one in judgement.reasons:
        assert all(text_of(f"notices.reason.{one.code}", language, **one.values) for language in LANGUAGES)


@pytest.mark.parametrize(("region", "verdict"), [("US", NO), ("GB", YES), (None, ASK)])
def test_the_region_settles_the_order_of_day_and_month(region: str | None, verdict: Verdict) -> None:
    reading = read_notice("All lots manufactured before 03/05/2024")
    assert judge(reading, Unit(lot="1", mfg_date="2024-04-20"), region).verdict is verdict


def test_one_judge_answers_for_many_units() -> None:
    keeper = Judge(read_notice(PER_MODEL))
    assert [keeper.judge(Unit(ref="QA-20", lot=lot)).verdict for lot in ("8801", "7701")] == [YES, NO]


def test_reasons_point_at_the_deciding_clause() -> None:
    reading = read_notice(LISTS)
    reasons = judge(reading, Unit(ref="KX-200", lot="240103")).reasons
    assert [(one.code, reading.clauses[one.clause_index or 0].key.value) for one in reasons] == [("not_listed", "lot")]


def test_a_filing_and_a_registration_name_two_devices():
    reading = read_notice("某一次性使用导管（注册证号：国械注准20233030001）召回，生产批号：2510A01。")
    unit = Unit(lot="2604D22", reg_no="苏械备20240020")
    assert judge(reading, unit).verdict is Verdict.NOT_AFFECTED


@pytest.mark.parametrize(
    ("text", "meant"),
    [
        ("对其生产的导管（注册证编号：国械注准20203031234）主动召回，召回级别为二级。", Verdict.NEED_INFO),
        ("Registration certificate No. 国械注准20203031234 is recalled.", Verdict.NEED_INFO),
        ("注册证编号：国械注准20203031234，全部批次", Verdict.AFFECTED),
        ("注册证编号：国械注准20203031234，生产批号为A1", Verdict.AFFECTED),
        ("注册证编号：国械注准20203031234，2024年3月1日至2024年3月31日生产的产品", Verdict.AFFECTED),
    ],
)
def test_a_certificate_alone_asks_for_the_list_and_excludes_other_certificates(text, meant):
    judge = Judge(read_notice(text))
    mine, other = (
        Unit(reg_no=number, lot="A1", ref="X", mfg_date="2024-03-05")
        for number in ("国械注准20203031234", "国械注准20203039999")
    )
    assert judge.judge(mine).verdict is meant
    assert judge.judge(other).verdict is Verdict.NOT_AFFECTED
    assert ("certificate_only" in read_notice(text).doubts) == (meant is Verdict.NEED_INFO)
