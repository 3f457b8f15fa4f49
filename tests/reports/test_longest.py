"""Documents at their longest: they go on over pages, and no lot is ever cut short."""

import re
from dataclasses import replace
from time import perf_counter

import pytest

from app.reports.case_report import render_case_report
from app.reports.notice import render_notice
from app.reports.quarantine_list import render_quarantine_list
from app.reports.receipt_slip import render_receipt_slip
from app.reports.return_form import render_return_form
from app.reports.rows import BalanceLine
from app.reports.task_sheet import render_task_sheet
from tests.reports import samples
from tests.reports.longest import LONG_CASE, LONG_LINES, LONG_NAME, LONG_REASON, MANY, long_lot
from tests.reports.reading import all_text, outside, overlaps, page_count, page_texts, squeezed

FOOT = re.compile(r"打印.*?Page\d+of\d+|扫码打开事件Scantoopenthecase")


def assert_clean(pdf: bytes) -> None:
    for page in range(page_count(pdf)):
        assert overlaps(pdf, page) == [], page
        assert outside(pdf, page, margin=20) == [], page


def test_two_thousand_lots_are_all_on_the_notice_under_repeated_heads() -> None:
    started = perf_counter()
    pdf = render_notice(replace(samples.NOTICE, lines=MANY))
    assert perf_counter() - started < 30
    texts = [squeezed(text) for text in page_texts(pdf)]
    everything = "".join(texts)
    assert [line.lot for line in MANY if line.lot not in everything] == []
    assert all("失效日期Expiry" in text or "失效日期" in text for text in texts[:-1])
    assert f"{sum(line.expected for line in MANY):,}套" in everything


@pytest.mark.parametrize("language", ["both", "zh", "en"])
def test_long_texts_break_no_page_of_the_notice(language: str) -> None:
    sheet = replace(samples.NOTICE, paper=samples.paper(language), case=LONG_CASE, lines=LONG_LINES)
    pdf = render_notice(sheet)
    assert_clean(pdf)
    text = all_text(pdf)
    assert [line.lot for line in LONG_LINES if squeezed(line.lot) not in text] == []
    assert [line.serial for line in LONG_LINES if line.serial not in text] == []


def test_a_long_reason_goes_on_over_pages_without_losing_a_character() -> None:
    pdf = render_notice(replace(samples.NOTICE, paper=samples.paper("zh"), case=LONG_CASE))
    letters = "".join(char for char in all_text(pdf) if char not in "0123456789")
    kept = sum(part in letters for part in re.findall(r"[^，。（）“”]+", LONG_REASON))
    assert kept == len(re.findall(r"[^，。（）“”]+", LONG_REASON))
    assert letters.count("亲水涂层固化温度偏低") == LONG_REASON.count("亲水涂层固化温度偏低")


def test_long_texts_break_no_page_of_the_task_sheet() -> None:
    assert_clean(render_task_sheet(replace(samples.TASK, case=LONG_CASE, lines=LONG_LINES)))


def test_long_texts_break_no_page_of_the_return_form() -> None:
    lines = tuple(
        replace(samples.RETURN.lines[0], product=LONG_NAME, lot=long_lot(n), serial="S" * 60, ref="R" * 60)
        for n in range(15)
    )
    pdf = render_return_form(replace(samples.RETURN, case=LONG_CASE, lines=lines))
    assert_clean(pdf)
    assert all(squeezed(line.lot) in all_text(pdf) for line in lines)


def test_long_texts_break_no_page_of_the_quarantine_list() -> None:
    lines = tuple(
        replace(samples.QUARANTINE.lines[0], product=LONG_NAME, lot=long_lot(n), place="隔离区" * 20) for n in range(15)
    )
    pdf = render_quarantine_list(replace(samples.QUARANTINE, case=LONG_CASE, lines=lines))
    assert_clean(pdf)
    assert all(squeezed(line.lot) in all_text(pdf) for line in lines)


def test_long_texts_break_no_page_of_the_receipt_slip() -> None:
    lines = tuple(
        replace(samples.RECEIPT.lines[0], product=LONG_NAME, lot=long_lot(n), remark="外包装破损" * 12)
        for n in range(20)
    )
    pdf = render_receipt_slip(replace(samples.RECEIPT, lines=lines, supplier_address="江临市滨河路" * 30))
    assert_clean(pdf)
    assert all(squeezed(line.lot) in all_text(pdf) for line in lines)


def test_long_texts_break_no_page_of_the_case_report() -> None:
    balance = tuple(BalanceLine(lot=long_lot(n), received=1234567, used=1234567) for n in range(25))
    departments = samples.REPORT.departments * 20
    report = replace(
        samples.REPORT, case=LONG_CASE, balance=balance, departments=departments, root_cause=LONG_REASON * 3
    )
    pdf = render_case_report(report)
    assert_clean(pdf)
    assert all(squeezed(line.lot) in all_text(pdf) for line in balance)


def test_markup_and_odd_characters_print_as_they_are() -> None:
    case = replace(samples.CASE, product="<b>A&amp;B</b> <font size=99>", reason="5 < 6 & 7 > 2；\x1d\ud7ff 𫖯𬀩 ☃")
    text = all_text(render_notice(replace(samples.NOTICE, case=case)))
    assert "<b>A&amp;B</b><fontsize=99>" in text
    assert "5<6&7>2；" in text
    assert "𫖯𬀩" in text


def test_the_sign_boxes_are_never_split_from_one_another() -> None:
    for count in (*range(1, 10), 22, 23, 24, 25, 26):
        pdf = render_notice(replace(samples.NOTICE, lines=MANY[:count]))
        last = squeezed(page_texts(pdf)[-1])
        assert all(role in last for role in ("清点人", "科主任", "物资科接收"))
