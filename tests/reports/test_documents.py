"""Every document, ordinary and at its longest: nothing missing, nothing overlapping, every code readable."""

from collections.abc import Callable, Iterator
from dataclasses import fields, is_dataclass, replace
from datetime import date, datetime
from typing import Any

import pytest

from app.reports.case_report import render_case_report
from app.reports.control_sheet import render_control_sheet
from app.reports.notice import render_notice
from app.reports.quarantine_list import render_quarantine_list
from app.reports.receipt_slip import render_receipt_slip
from app.reports.return_form import render_return_form
from app.reports.task_sheet import render_task_sheet
from tests.reports import samples
from tests.reports.reading import (
    Code,
    all_text,
    codes,
    outside,
    overlaps,
    page_count,
    page_texts,
    squeezed,
    title,
)

Render = Callable[[Any], bytes]
DOCUMENTS: dict[str, tuple[Render, Any]] = {
    "notice": (render_notice, samples.NOTICE),
    "task": (render_task_sheet, samples.TASK),
    "return": (render_return_form, samples.RETURN),
    "quarantine": (render_quarantine_list, samples.QUARANTINE),
    "receipt": (render_receipt_slip, samples.RECEIPT),
    "report": (render_case_report, samples.REPORT),
    "controls": (render_control_sheet, samples.CONTROLS),
}
LANGUAGES = ("both", "zh", "en")
NOT_PRINTED = frozenset(
    {
        ("Paper", "seal"),
        ("Paper", "zone"),
        ("Paper", "language"),
        ("CaseHead", "kind"),
        ("CaseHead", "recall_class"),
        ("CaseHead", "treatment"),
        ("EvidenceStamp", "step"),
    }
)
CODES = frozenset({"state", "name"})


def in_language(sheet: Any, language: str) -> Any:
    return replace(sheet, paper=samples.paper(language))


def printed_values(row: Any) -> Iterator[str]:
    """Every text and date of the rows, which must all stand on the paper of a sheet in both languages."""
    for field in fields(row):
        value = getattr(row, field.name)
        if (type(row).__name__, field.name) in NOT_PRINTED:
            continue
        for item in value if isinstance(value, tuple) else (value,):
            yield from printed_values(item) if is_dataclass(item) else spoken(field.name, item)


def spoken(name: str, value: Any) -> Iterator[str]:
    if isinstance(value, str) and name not in CODES:
        yield value
    elif isinstance(value, date) and not isinstance(value, datetime):
        yield value.isoformat()
    elif isinstance(value, int) and not isinstance(value, bool) and value:
        yield f"{value:,}" if name != "seal_number" else str(value)


@pytest.fixture(params=DOCUMENTS)
def document(request: pytest.FixtureRequest) -> tuple[Render, Any]:
    return DOCUMENTS[request.param]


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_document_is_one_page_or_two_and_nothing_overlaps_or_leaves_it(
    document: tuple[Render, Any], language: str
) -> None:
    render, sheet = document
    pdf = render(in_language(sheet, language))
    assert page_count(pdf) <= 2
    for page in range(page_count(pdf)):
        assert overlaps(pdf, page) == []
        assert outside(pdf, page, margin=20) == []


@pytest.mark.parametrize("name", DOCUMENTS)
def test_all_that_the_rows_say_stands_on_the_paper(name: str) -> None:
    render, sheet = DOCUMENTS[name]
    text = all_text(render(sheet))
    missing = [value for value in printed_values(sheet) if squeezed(value) not in text]
    # Where the goods came from is on the notice; the ward's sheet stays on one page without it.
    assert missing == ([samples.CASE.supplier] if name == "task" else [])


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("name", ["notice", "task", "return", "quarantine", "receipt", "controls"])
def test_an_ordinary_document_is_one_page(name: str, language: str) -> None:
    render, sheet = DOCUMENTS[name]
    assert page_count(render(in_language(sheet, language))) == 1


def test_what_is_not_known_yet_is_a_line_to_write_on() -> None:
    bare = replace(samples.RETURN, carrier="", waybill="", shipped_at=None, cartons=0, handed_over_by="")
    text = all_text(render_return_form(bare))
    for label in ("承运人", "运单号", "发运时间", "箱数"):
        assert label in text


def test_a_case_without_lots_still_prints() -> None:
    assert "合计Total0" in all_text(render_notice(replace(samples.NOTICE, lines=())))
    assert page_count(render_quarantine_list(replace(samples.QUARANTINE, lines=()))) == 1


def test_own_instructions_replace_the_standard_demands() -> None:
    own = replace(samples.NOTICE, instructions=("停用。", "退回物资科。", "通知患者管理组。"))
    text = all_text(render_notice(own))
    assert "请做以下3件事" in text
    assert "通知患者管理组。" in text
    assert "放入隔离箱" not in text


def test_lots_of_several_products_stand_under_the_name_of_theirs() -> None:
    lines = tuple(replace(line, product=f"产品{index}", ref=f"REF-{index}") for index, line in enumerate(samples.LOTS))
    text = all_text(render_notice(replace(samples.NOTICE, lines=lines)))
    assert text.index("产品0") < text.index("2509A17") < text.index("产品1") < text.index("2509A18")


def test_a_balance_that_does_not_add_up_says_so_by_lot() -> None:
    off = replace(samples.REPORT.balance[1], used=149)
    report = replace(samples.REPORT, balance=(samples.REPORT.balance[0], off))
    text = all_text(render_case_report(report))
    assert "账不平的批次：2509A18" in text
    assert "账平：" not in text
    even = replace(samples.REPORT, balance=samples.REPORT.balance[1:])
    assert "差异为0" in all_text(render_case_report(even))


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_same_rows_give_the_same_bytes(document: tuple[Render, Any], language: str) -> None:
    render, sheet = document
    spoken = in_language(sheet, language)
    assert render(spoken) == render(spoken)


def test_every_page_says_which_it_is_and_carries_the_seal(document: tuple[Render, Any]) -> None:
    render, sheet = document
    pdf = render(sheet)
    count = page_count(pdf)
    for number, text in enumerate(page_texts(pdf), 1):
        assert f"第{number}页，共{count}页" in squeezed(text)
        assert f"Page{number}of{count}" in squeezed(text)
        assert "18442" in text
        assert samples.PAPER.seal[:16] in text


def test_the_file_is_titled_by_the_document_and_its_number() -> None:
    assert title(render_notice(samples.NOTICE)) == "医疗器械召回通知 Medical device recall notice RC-2026-0017"
    assert title(render_receipt_slip(samples.RECEIPT)).endswith("IN-2026-03-0118")


@pytest.mark.parametrize("name", ["notice", "task", "return", "quarantine", "report"])
def test_the_symbol_in_the_head_opens_the_case_from_every_page(name: str) -> None:
    render, sheet = DOCUMENTS[name]
    pdf = render(sheet)
    for page in range(page_count(pdf)):
        assert Code("]d1", b"RD:CASE:RC-2026-0017") in codes(pdf, page=page)


def test_the_task_sheet_carries_the_code_of_its_task() -> None:
    assert codes(render_task_sheet(samples.TASK)) == {
        Code("]d1", b"RD:CASE:RC-2026-0017"),
        Code("]d1", b"RD:TASK:RC-2026-0017/03"),
    }


def test_the_return_form_carries_its_own_code() -> None:
    assert Code("]d1", b"RD:RETURN:RT-2026-0009") in codes(render_return_form(samples.RETURN))


def test_the_receipt_slip_opens_the_receipt() -> None:
    assert codes(render_receipt_slip(samples.RECEIPT)) == {Code("]d1", b"RD:RECEIPT:IN-2026-03-0118")}


@pytest.mark.parametrize("dpi", [203, 300, 600])
def test_all_control_barcodes_are_read(dpi: int) -> None:
    said = {"CONFIRM", "CANCEL", "NEXT", "PRINT", "QTY10", "PLACE"}
    expected = {Code("]C0", f"RD:CTL:{word}".encode()) for word in said}
    expected |= {Code("]C0", b"RD:PLACE:A2"), Code("]C0", b"RD:PLACE:B3")}
    assert codes(render_control_sheet(samples.CONTROLS), dpi=dpi) == expected


def test_a_drill_says_so_across_the_page() -> None:
    drill = replace(samples.NOTICE, case=replace(samples.CASE, kind="drill"))
    assert "演练DRILL" in all_text(render_notice(drill))
    assert "演练DRILL" not in all_text(render_notice(samples.NOTICE))


def test_a_sheet_in_english_has_no_chinese_words_of_ours() -> None:
    text = all_text(render_notice(in_language(samples.NOTICE, "en")))
    for word in ("召回通知", "批号", "失效日期", "清点人", "审计"):
        assert word not in text
    assert "Medicaldevicerecallnotice" in text


def test_a_sheet_in_chinese_has_no_english_words_of_ours() -> None:
    text = all_text(render_notice(in_language(samples.NOTICE, "zh")))
    for word in ("recall", "Lot", "Expiry", "Counted", "Audit"):
        assert word not in text


def test_moments_are_printed_in_the_zone_of_the_sheet() -> None:
    assert "2026-03-1220:52" in all_text(render_notice(samples.NOTICE))
    utc = replace(samples.NOTICE, paper=replace(samples.PAPER, zone="UTC"))
    assert "2026-03-1212:52" in all_text(render_notice(utc))


def test_no_row_has_a_field_for_a_patient() -> None:
    from app.reports import rows

    names = {
        field.name
        for kind in vars(rows).values()
        if isinstance(kind, type) and is_dataclass(kind)
        for field in fields(kind)
    }
    for word in ("patient", "birth", "medical_record", "diagnosis", "gender", "age"):
        assert not [name for name in names if word in name.split("_")]
