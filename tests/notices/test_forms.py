"""Rarer shapes of notices, each once seen in the wild and invented anew here."""

import pytest

from app.core.statuses.verdict import Verdict
from app.notices.clauses import ClauseKey
from app.notices.dates import readings
from app.notices.judging import Unit, judge
from app.notices.reader import read_notice, summary

YES, NO, ASK = Verdict.AFFECTED, Verdict.NOT_AFFECTED, Verdict.NEED_INFO


def values(text: str, key: ClauseKey) -> list[str]:
    return [value for one in read_notice(text).clauses if one.key is key for value in one.values]


@pytest.mark.parametrize(
    ("text", "lots"),
    [
        ("Lot 5501 (48 pk) and Lot 5502 (20 pk)", ["5501", "5502"]),
        ("批号：5501（100盒）、5502（200盒）", ["5501", "5502"]),
        ("Lot #: 5501 07/27   5502 08/27", ["5501", "5502"]),
        ("Lots: QHI 08/27, QJG 10/27", ["QHI", "QJG"]),
        ("Lots 5501 17-Oct-2027 5502 17-Nov-2027", ["5501", "5502"]),
        ("Lots: 04-24-2026, 04-25-2026-B", ["04-24-2026", "04-25-2026-B"]),
        ("Lots #5501, #5502/No Expiration Date", ["5501", "5502"]),
        ("Lots RX4040/RX4041 and CV0410/A", ["RX4040", "RX4041", "CV0410/A"]),
        ("Lots 5501, 5502. The recall affects 20 units sent to 5 hospitals since 2020.", ["5501", "5502"]),
        ("Lot and Exp Date: 5501, 12/31/2027; 5502, 12/31/2027", ["5501", "5502"]),
        ("Lots 5501 (U.S. only), 5502 (U.K. only)", ["5501", "5502"]),
        ("Exp. Date: 2031581\nLot Number: 5501", ["5501"]),
        ("Lots: 5501 were found in the central storage area of the firm and returned; 7788", ["5501", "7788"]),
        ("Lots 04/24/2026", []),
        ("All lots of TAPE RS20 and TAPE RS21", []),
        ("UDI 00851997007004(10)", []),
    ],
)
def test_lots_are_told_from_what_stands_around_them(text: str, lots: list[str]) -> None:
    assert values(text, ClauseKey.LOT) == lots


@pytest.mark.parametrize(
    ("text", "models"),
    [
        ("Product Code: DWC; Model: RETCAM", ["RETCAM"]),
        ("Models: A-100 v2.5, 25pcs, A-200", ["A-100", "A-200"]),
        ("UDI: A-100/00851997007004; A-200/00851997007011", ["A-100", "A-200"]),
        ("UDI-DI 00851997007004 Meter 10pcs, strips 77", []),
        ("Pump A-100, lots 5501; Pump A-200, lots 5502", ["A-100", "A-200"]),
        ("A-100 lot 5501 and A-200 lot 5502", ["A-100", "A-200"]),
        ("Lots:\nA-100: 5501, 5502\nA-200: 5503", ["A-100", "A-200"]),
        ("型号为AB-10xxxx、AB-200", ["AB-10xxxx", "AB-200"]),
        ("型号：ABC-1 ABC-2 批号：5501", ["ABC-1", "ABC-2"]),
        ("型号产品存在问题", []),
        ("规格型号：", []),
        ("型号：" + "超" * 90, []),
        ("型号：平面型耳挂式" + "长" * 70 + "，批号：5501", []),
    ],
)
def test_models_are_told_from_versions_sizes_and_prose(text: str, models: list[str]) -> None:
    assert values(text, ClauseKey.REF) == models


@pytest.mark.parametrize(
    ("text", "unit", "verdict"),
    [
        ("Model A-9. Serial numbers:\ne70: E70001 to E70099;\ne60: E60001 to E60050", Unit(serial="E70050"), YES),
        ("Model A-9. Serial numbers:\ne70: E70001 to E70099;\ne60: E60001 to E60050", Unit(serial="E60051"), NO),
        ("All devices with software version 2.0 to 2.9", Unit(lot="1", software="2.5"), YES),
        ("All devices with software version 2.0 to 2.9", Unit(lot="1", software="3.0"), NO),
        ("All devices with software version 2.0 to 2.9", Unit(lot="1", software="1.9"), NO),
        ("所有产品软件版本为2.0", Unit(lot="1", software="2.0"), YES),
        ("All lots made after 2024-01-01 and before 2024-03-01", Unit(lot="1", mfg_date="2024-02-01"), YES),
        ("All lots made after 2024-01-01 and before 2024-03-01", Unit(lot="1", mfg_date="2024-03-01"), NO),
        ("All lots made before 2024-03-01 and after 2024-01-01", Unit(lot="1", mfg_date="2023-03-01"), NO),
        ("All lots made before 2024-03-01", Unit(lot="1", mfg_date="spring"), ASK),
        ("All lots made before 2024-03-15", Unit(lot="1", mfg_date="2024-03"), ASK),
        ("Lots A1, B2 made before 2024-03-01", Unit(lot="A1", mfg_date="2025-01-01"), ASK),
        ("Lots A1, B2 made before 2024-03-01", Unit(lot="A1", mfg_date="2024-01-01"), YES),
        ("Lots A1, B2 made before 2024-03-01", Unit(lot="A1"), YES),
        ("Lots 100-200, 150-250", Unit(lot="100-200"), YES),
        ("Lots 100-200, 150-250", Unit(lot="170"), ASK),
        ("除20210101批外，所有批次均在召回范围", Unit(lot="20210101"), NO),
        ("除20210101批外，所有批次均在召回范围", Unit(lot="20210102"), YES),
        ("Except as noted, lot 5501", Unit(lot="5501"), YES),
        ("Unaffected products may be used. Lot 5501", Unit(lot="5502"), ASK),
        ("Lots 5501, 5502. See also 5503 in prose", Unit(lot="5503"), ASK),
        ("REF 5503, lots 5501, 5502", Unit(ref="5503", lot="5503"), ASK),
        ("型号：平面型，批号：5501", Unit(model="ZX-9", lot="5501"), ASK),
        ("REF A-1 (DI 00851997007004) lot 5X; REF A-2, lot 6X", Unit(udi_di="00851997007004", lot="6X"), NO),
        ("REF A-1, UDI-DI 00851997007O4X, lots 5X", Unit(ref="A-1", udi_di="00851997007004", lot="5X"), ASK),
        ("REF A-1, UDI-DI 085199700700, lots 5X", Unit(udi_di="00851997007004", lot="5X"), ASK),
        ("REF A-1, UDI-DI 085199700700, lots 5X", Unit(ref="A-1", udi_di="00851997007004", lot="5X"), YES),
        ("REF A-1, UDI-DI see attachment, lots 5X", Unit(udi_di="00851997007004", lot="5X"), ASK),
        ("Lots 5501; serials see attachment", Unit(lot="5502", serial="9"), ASK),
        ("Lot 5501. Serial 77, 78", Unit(), ASK),
        ("UDI 010085199700700417271001105521ABC", Unit(lot="5521ABC"), ASK),
        ("UDI 010085199700700417271001105521ABC", Unit(lot="9"), NO),
        ("REF A-1: all lots except 5501; REF A-2: all lots", Unit(ref="A-2", lot="5501"), YES),
        ("REF A-1: all lots except 100 to 200", Unit(ref="A-1", lot="150"), NO),
        ("Select lots between 4000 and 4999", Unit(lot="4500"), ASK),
        ("Select lots between 4000 and 4999", Unit(lot="5500"), NO),
        ("Exp 09282027, lot 5501", Unit(lot="5501"), YES),
    ],
)
def test_rarer_forms_are_judged(text: str, unit: Unit, verdict: Verdict) -> None:
    judgement = judge(read_notice(text), unit)
    assert judgement.verdict is verdict, judgement.reasons


@pytest.mark.parametrize(
    "text",
    [
        "| REF | Lot |\n|---|---|\n| A-100 | 55X1 |\n| A-200 | 55X2 |",
        "货号;批号\nREF\tLot\nA-100\t55X1\nA-200\t55X2\n备注：无",
        "Product Code/Lot: A-100/55X1; A-200/55X2",
    ],
)
def test_tables_of_other_styles_are_read(text: str) -> None:
    reading = read_notice(text)
    lots = {one.values: one.scope for one in reading.clauses if one.key is ClauseKey.LOT}
    assert lots == {("55X1",): ("A-100",), ("55X2",): ("A-200",)}


def test_a_code_printed_with_thirteen_and_fourteen_digits_is_one() -> None:
    text = "GTIN 7290017578118; UDI (01)07290017578118(21)AB1"
    assert summary(text, read_notice(text))["dis"] == ["7290017578118"]


def test_unreadable_expiries_and_windows_are_left_out_of_the_summary() -> None:
    text = "Lot 5501, exp 13/45/2099; manufactured between 99.99.2020 and soon"
    plain = summary(text, read_notice(text))
    assert (plain["lot_expiry"], plain["mfg_from"], plain["mfg_to"]) == ({}, None, None)


@pytest.mark.parametrize(
    ("printed", "count"),
    [("2023/5-8", 0), ("05282024", 1), ("202409", 1), ("202024", 0), ("202406", 1), ("8月", 0), ("15日", 0)],
)
def test_solid_and_broken_dates(printed: str, count: int) -> None:
    assert len(readings(printed)) == count
