"""Clauses read from invented notices of the common forms."""

import json
import os
from pathlib import Path

import pytest

from app.notices.clauses import ClauseForm, ClauseKey
from app.notices.reader import read_notice, summary

REAL = Path(os.environ.get("RECALLDESK_TEST_DATA", "")) / "notices"

Row = tuple[str, str, tuple[str, ...], str | None, str | None]


def rows(text: str) -> list[Row]:
    return [(one.key.value, one.form.value, one.values, one.first, one.last) for one in read_notice(text).clauses]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Lot numbers 77A, 77B and 77C", [("lot", "list", ("77A", "77B", "77C"), None, None)]),
        ("批号：77A、77B，77C", [("lot", "list", ("77A", "77B", "77C"), None, None)]),
        (
            "Lot 1205 (exp. 2027-09)",
            [("lot", "list", ("1205",), None, None), ("expiry", "list", ("2027-09",), None, None)],
        ),
        ("1) Lot 4455; 2) Lot 4466", [("lot", "list", ("4455",), None, None), ("lot", "list", ("4466",), None, None)]),
        ("Lots ** 8001, **8002", [("lot", "list", ("8001", "8002"), None, None)]),
        ("Lot Number:44556¿¿¿¿¿¿", [("lot", "list", ("44556",), None, None)]),
        ("Lots 300-1 and 170-903", [("lot", "list", ("300-1",), None, None), ("lot", "range", (), "170", "903")]),
        ("Lot 5290-201001", [("lot", "list", ("5290-201001",), None, None)]),
        ("Serial numbers: SN1000 – SN1999", [("serial", "range", (), "SN1000", "SN1999")]),
        ("Serial numbers below 5000", [("serial", "cutoff", (), None, "5000")]),
        ("序列号以KK9开头", [("serial", "prefix", ("KK9",), None, None)]),
        ('Lots beginning with "QA" or "QB"', [("lot", "prefix", ("QA", "QB"), None, None)]),
        ("Lots: xxxxx", [("lot", "masked", ("xxxxx",), None, None)]),
        ("Lots V24xxxx to V25xxxx", [("lot", "masked", (), "V24xxxx", "V25xxxx")]),
        ("Select lots between 4000 and 4999", [("lot", "masked", (), "4000", "4999")]),
        ("批号见附件2", [("lot", "reference", (), None, None)]),
        ("全部批号", [("lot", "all", (), None, None)]),
        ("All unexpired lots", [("lot", "all", (), None, None)]),
        ("All lots except 12 and 13", [("lot", "except", ("12", "13"), None, None)]),
        ("本次召回不涉及批号12345", [("lot", "except", ("12345",), None, None)]),
        ("软件版本为3.1、3.2", [("software", "list", ("3.1", "3.2"), None, None)]),
        ("Software version 3.1 and lower", [("software", "cutoff", (), None, "3.1")]),
        ("国械备20180123号", [("reg_no", "list", ("国械备20180123号",), None, None)]),
        ("灭菌日期：2024年5月6日", [("ster_date", "list", ("2024年5月6日",), None, None)]),
        ("distributed after 1 May 2024", [("dist_date", "cutoff", (), "1 May 2024", None)]),
        ("UDI-DI: 00851997007004", [("di", "list", ("00851997007004",), None, None)]),
        ("UDI: D471ABC20201", [("di", "list", ("D471ABC20201",), None, None)]),
        ("Model numbers A-100 and A-200", [("ref", "list", ("A-100", "A-200"), None, None)]),
        ("Quantity: 5000 units", []),
        ("数量：330件", []),
    ],
)
def test_a_phrase_is_read_as_its_clauses(text: str, expected: list[Row]) -> None:
    assert rows(text) == expected


def test_a_long_notice_keeps_each_list_with_its_own_product() -> None:
    reading = read_notice("REF A-1: lots 100, 101; REF A-2: lots 200\nREF A-3: lot 300, serial 55")
    scopes = {clause.values[0]: clause.scope for clause in reading.clauses if clause.key is ClauseKey.LOT}
    assert scopes == {"100": ("A-1",), "200": ("A-2",), "300": ("A-3",)}


def test_a_notice_of_one_product_has_no_scopes() -> None:
    assert not any(clause.scope for clause in read_notice("REF A-1, lots 100, 101; lot 102").clauses)


@pytest.mark.parametrize(
    ("text", "doubt"),
    [
        ("Lots 12345, xxxxx", "masked"),
        ("型号规格及批次详见附件", "see_attachment"),
        ("Lots 100, 101, ...", "truncated"),
        ("Lots 100, 101 and", "truncated"),
        ("特定型号、特定批次的产品", "vague"),
        ("Lots: 100, 101, etc.", "vague"),
        ("Lots 100, 101; all lots except 100", "contradictory"),
        ("Lot numbers:\nQuantity: 50", "unread"),
        ("KX-100, KX-200", "unlabelled"),
        ("Please check your stock", "no_clause"),
        ("", "no_clause"),
    ],
)
def test_what_stays_open_is_named(text: str, doubt: str) -> None:
    reading = read_notice(text)
    assert doubt in reading.doubts
    assert not reading.understood


def test_a_udi_with_brackets_and_blanks_gives_its_parts() -> None:
    found = {(one.key, one.values[0]) for one in read_notice("UDI (01) 00851997007004 (17) 271001\n(10) 55-A").clauses}
    assert found == {(ClauseKey.DI, "00851997007004"), (ClauseKey.EXPIRY, "271001"), (ClauseKey.LOT, "55-A")}


def test_a_udi_in_one_piece_gives_its_parts() -> None:
    found = [(one.key, one.values) for one in read_notice("UDI 010085199700700417271001105577").clauses]
    assert (ClauseKey.DI, ("00851997007004",)) in found
    assert any(key is ClauseKey.LOT for key, _ in found)


@pytest.mark.parametrize("gap", ["\t", "  ", " ", " | ", ","])
def test_a_table_is_read_by_its_header(gap: str) -> None:
    lines = [("货号", "批号", "失效日期"), ("K-100", "B1", "2027-01-31"), ("K-200", "B2", "2027-02-28")]
    reading = read_notice("\n".join(gap.join(line) for line in lines))
    lots = {one.values: one.scope for one in reading.clauses if one.key is ClauseKey.LOT}
    assert lots == {("B1",): ("K-100",), ("B2",): ("K-200",)}


def test_unknown_columns_of_a_table_are_left_out() -> None:
    reading = read_notice(
        "No.\tProduct name\tREF\tLot number\tQty\n1\tTube 5F\tT-5\tL100, L101\t20\n2\tTube 6F\tT-6\tL200\t10\n"
    )
    assert [one.values for one in reading.clauses] == [("T-5",), ("L100", "L101"), ("T-6",), ("L200",)]


def test_a_summary_says_the_same_in_plain_fields() -> None:
    text = "REF A-1: lots 100, 101 exp 2027-03; REF A-2: lots 200 to 299. Manufactured before 05/27/2025"
    plain = summary(text, read_notice(text))
    assert plain["lots"] == ["100", "101"]
    assert plain["lot_ranges"] == [["200", "299"]]
    assert plain["models"] == ["A-1", "A-2"]
    assert plain["groups"] == [{"model": "A-1", "lots": ["100", "101"]}]
    assert plain["lot_expiry"] == {"100": "2027-03", "101": "2027-03"}
    assert (plain["mfg_to"], plain["decidable"], plain["all_lots"]) == ("2025-05-26", "yes", False)


@pytest.mark.parametrize(
    ("text", "decidable", "all_lots"),
    [
        ("REF 7781, all lots", "yes", True),
        ("REF 7781, all lots made between 2024-01-01 and 2024-02-01", "partial", False),
        ("Model KX-100", "partial", True),
        ("REF 7781, lots xxxx", "no", False),
        ("Select lots between 4000 and 4999", "partial", False),
        ("软件版本3.1", "partial", False),
        ("无", "no", False),
    ],
)
def test_a_summary_says_whether_a_lot_decides(text: str, decidable: str, all_lots: bool) -> None:
    plain = summary(text, read_notice(text))
    assert (plain["decidable"], plain["all_lots"]) == (decidable, all_lots)


def test_tens_of_thousands_of_lots_stay_one_clause() -> None:
    lots = [f"Q{number:06d}" for number in range(30_000)]
    reading = read_notice("Lot numbers: " + ", ".join(lots))
    assert [(one.form, len(one.values)) for one in reading.clauses] == [(ClauseForm.LIST, 30_000)]


def real_texts() -> list[str]:
    texts: list[str] = []
    for name in ("fda_device_recalls", "imdd_international_recalls", "cn_device_recall_notices"):
        for line in (REAL / f"{name}.jsonl").read_text(encoding="utf-8").splitlines():
            row = json.loads(line)
            texts.append(row.get("text") or row.get("code_info") or "")
    return texts


@pytest.mark.skipif(not REAL.is_dir(), reason="the folder of real notices is absent")
def test_real_notices_are_read_with_every_quote_at_its_place() -> None:
    for text in real_texts():
        reading = read_notice(text)
        assert all(text[one.start : one.end] == one.quote and one.quote for one in reading.clauses), text[:200]


@pytest.mark.skipif(not REAL.is_dir(), reason="the folder of real notices is absent")
def test_the_lots_of_real_chinese_notices_are_found() -> None:
    for line in (REAL / "cn_device_recall_notices.jsonl").read_text(encoding="utf-8").splitlines():
        row = json.loads(line)
        reading = read_notice(row["text"])
        found = {value for one in reading.clauses for value in one.values} | reading.leftovers
        assert set(row["expected_lots"]) <= found, row["text"]
