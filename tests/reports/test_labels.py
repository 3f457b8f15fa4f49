"""Labels: what they say, what their symbol says, and that a thermal printer's raster can still be read."""

from dataclasses import fields, replace
from datetime import date
from itertools import product

import pytest

from app.core.words import describe
from app.reports.batch_label import render_batch_labels
from app.reports.label_parts import LabelOverflowError
from app.reports.quarantine_label import render_quarantine_labels
from app.reports.rows import BatchLabel, LabelSize
from tests.reports import samples
from tests.reports.longest import LONG_ENGLISH, LONG_NAME, long_lot
from tests.reports.reading import Code, all_text, codes, outside, overlaps, page_count, squeezed

SIZES = tuple(LabelSize)
LANGUAGES = ("both", "zh", "en")
QUARANTINE, BATCH = samples.QUARANTINE_LABEL, samples.BATCH_LABEL
LONG_QUARANTINE = replace(
    QUARANTINE,
    case_number="RC-2026-0017-SUPPLEMENT-0003",
    product=LONG_NAME,
    product_en=LONG_ENGLISH,
    lot=long_lot(1),
    serial="SERIAL" + "0123456789" * 5 + "WXYZ",
    ref="REF-" + "X9" * 28,
    quantity=1234567,
    unit="袋（每袋十套）",
    place="主院区外科大楼十二层重症医学科东侧隔离间第三排",
    from_place="主院区外科大楼十二层重症医学科西侧治疗准备间",
    sealed_by="周敏（物资科中心库）",
)
LONG_BATCH = replace(
    BATCH,
    product=LONG_NAME,
    product_en=LONG_ENGLISH,
    lot=long_lot(2),
    serial=LONG_QUARANTINE.serial,
    ref=LONG_QUARANTINE.ref,
    supplier="江临康达医药有限公司" * 4,
    place=LONG_QUARANTINE.place,
    storage="2–8 ℃ 冷藏，避光，防潮，不得冷冻，不得倒置，堆码不超过六层",
)


@pytest.mark.parametrize(("size", "language", "dpi"), list(product(SIZES, LANGUAGES, (203, 300, 600))))
def test_a_quarantine_label_opens_the_case_and_nothing_else(size: LabelSize, language: str, dpi: int) -> None:
    pdf = render_quarantine_labels([replace(QUARANTINE, language=language)], size)
    assert codes(pdf, dpi=dpi) == {Code("]d1", b"RD:CASE:RC-2026-0017")}


@pytest.mark.parametrize(("size", "dpi"), list(product(SIZES, (203, 300, 600))))
def test_a_batch_label_is_read_as_gs1_with_di_expiry_lot_and_serial(size: LabelSize, dpi: int) -> None:
    pdf = render_batch_labels([replace(BATCH, serial="SN00417")], size)
    assert codes(pdf, dpi=dpi) == {Code("]d2", b"010690000000001417280831102509A17\x1d21SN00417")}


@pytest.mark.parametrize("lot", ["AB(C).D", "2509A17", "a%b&'*+,-./:;<=>?_!", '"Q"', "1" * 20])
def test_every_lot_that_gs1_allows_comes_back_unchanged(lot: str) -> None:
    pdf = render_batch_labels([replace(BATCH, lot=lot)], LabelSize.SMALL)
    assert codes(pdf) == {Code("]d2", b"01069000000000141728083110" + lot.encode())}


@pytest.mark.parametrize(
    "label",
    [
        replace(BATCH, gtin=""),
        replace(BATCH, gtin="690000000001"),
        replace(BATCH, lot="批号不详"),
        replace(BATCH, lot="A B"),
        replace(BATCH, lot="X" * 21),
        replace(BATCH, serial="S" * 21),
    ],
)
def test_what_gs1_cannot_carry_unchanged_is_named_by_our_own_code(label: BatchLabel) -> None:
    for size in SIZES:
        assert codes(render_batch_labels([label], size)) == {Code("]d1", b"RD:BATCH:B-000417")}


def test_a_batch_without_expiry_has_no_expiry_in_its_code() -> None:
    pdf = render_batch_labels([replace(BATCH, expires_on=None)])
    assert codes(pdf) == {Code("]d2", b"0106900000000014102509A17")}


@pytest.mark.parametrize(("size", "language"), list(product(SIZES, LANGUAGES)))
def test_labels_say_everything_and_nothing_overlaps(size: LabelSize, language: str) -> None:
    pdf = render_quarantine_labels([replace(QUARANTINE, language=language)], size)
    text = all_text(pdf)
    for said in ("召回封存·禁止使用", "QUARANTINE–DONOTUSE", "2509A17", "CVC-7F-20", "2028-08-31", "44件"):
        assert said in text
    for said in ("RC-2026-0017", "隔离区A2", "重症医学科", "周敏", "2026-03-1214:22", "3/6"):
        assert said in text
    assert overlaps(pdf) == []
    assert outside(pdf) == []
    batch = render_batch_labels([replace(BATCH, language=language)], size)
    assert overlaps(batch) == []
    assert outside(batch) == []


@pytest.mark.parametrize("size", SIZES)
def test_the_class_is_on_the_label(size: LabelSize) -> None:
    for recall_class, words in {"I": "一级CLASSI", "II": "二级CLASSII", "unclassified": "未分级UNCLASSIFIED"}.items():
        assert words in all_text(render_quarantine_labels([replace(QUARANTINE, recall_class=recall_class)], size))


@pytest.mark.parametrize("size", SIZES)
def test_the_longest_lot_and_serial_stay_whole_on_both_stocks(size: LabelSize) -> None:
    pdf = render_quarantine_labels([LONG_QUARANTINE], size)
    text = all_text(pdf)
    assert overlaps(pdf) == []
    assert outside(pdf) == []
    kept = ("lot", "serial", "ref", "place", "from_place", "sealed_by", "case_number", "unit")
    assert [name for name in kept if squeezed(getattr(LONG_QUARANTINE, name)) not in text] == []
    assert codes(pdf) == {Code("]d1", b"RD:CASE:RC-2026-0017-SUPPLEMENT-0003")}
    batch = render_batch_labels([LONG_BATCH], size)
    assert overlaps(batch) == []
    assert squeezed(LONG_BATCH.lot) in all_text(batch)
    assert LONG_BATCH.serial in all_text(batch)


def test_what_cannot_fit_is_refused_in_words() -> None:
    with pytest.raises(LabelOverflowError) as refused:
        render_quarantine_labels([replace(QUARANTINE, place="隔离区" * 400)], LabelSize.SMALL)
    assert "60 × 40" in describe(refused.value, "zh")
    assert "60 x 40" in describe(refused.value, "en")


def test_a_page_a_label_in_the_order_given() -> None:
    labels = [replace(QUARANTINE, index=number, count=5) for number in range(1, 6)]
    assert page_count(render_quarantine_labels(labels)) == 5
    assert page_count(render_batch_labels([BATCH, replace(BATCH, lot="X")], LabelSize.SMALL)) == 2


def test_a_drill_label_says_that_it_is_one() -> None:
    text = all_text(render_quarantine_labels([replace(QUARANTINE, kind="drill")]))
    assert "演练标签·并非召回" in text
    assert "NOTAREALRECALL" in text
    assert "禁止使用" not in text


def test_the_same_label_gives_the_same_bytes() -> None:
    assert render_batch_labels([BATCH]) == render_batch_labels([BATCH])
    assert render_quarantine_labels([QUARANTINE]) == render_quarantine_labels([QUARANTINE])


def test_the_row_of_a_quarantine_label_has_no_identifier_that_could_be_scanned_into_use() -> None:
    assert not {field.name for field in fields(QUARANTINE)} & {"gtin", "di", "batch_code", "udi"}


def test_a_month_end_expiry_is_written_with_its_day() -> None:
    assert b"17280229" in next(iter(codes(render_batch_labels([replace(BATCH, expires_on=date(2028, 2, 29))])))).content
