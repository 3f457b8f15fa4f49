"""Title, maker, class, kind, treatment and hazard as a notice says them, each with its place in the text."""

import pytest

from app.core.statuses.recall import CaseKind, RecallClass, Treatment
from app.notices.front_matter import front_matter

CHINESE = """关于对一次性使用中心静脉导管包实施主动召回的通知
各有关医疗机构：由于部分产品导丝涂层可能脱落，本公司决定实施一级召回。
产品名称：一次性使用中心静脉导管包
请立即停止使用，并退回我公司。
虚构医疗科技有限公司
"""
ENGLISH = """Voluntary recall: Central Venous Catheter Kit
Manufacturer: Invented Medical Ltd
Reason for recall: the guide wire may shed its coating
This is a Class II recall. Please return all units.
"""


def test_a_chinese_letter():
    front = front_matter(CHINESE)
    assert front.title.value == "关于对一次性使用中心静脉导管包实施主动召回的通知"
    assert front.manufacturer.value == "虚构医疗科技有限公司"
    assert front.hazard.value == "部分产品导丝涂层可能脱落"
    assert front.recall_class.value is RecallClass.I
    assert front.kind.value is CaseKind.VOLUNTARY
    assert front.treatment.value is Treatment.RETRIEVE


def test_an_english_letter():
    front = front_matter(ENGLISH)
    assert front.title.value == "Voluntary recall: Central Venous Catheter Kit"
    assert front.manufacturer.value == "Invented Medical Ltd"
    assert front.hazard.value == "the guide wire may shed its coating"
    assert front.recall_class.value is RecallClass.II
    assert front.treatment.value is Treatment.RETRIEVE


@pytest.mark.parametrize("text", [CHINESE, ENGLISH])
def test_every_text_taken_is_the_passage_itself(text):
    front = front_matter(text)
    for taken in (front.title, front.manufacturer, front.hazard):
        assert text[taken.start : taken.end].rstrip("：:。. ") == taken.value
    for taken in (front.kind, front.recall_class, front.treatment):
        assert text[taken.start : taken.end]


def test_a_text_that_says_nothing_gives_nothing():
    front = front_matter("Dear customer,\nplease take care of yourself and of others today.\n")
    assert front.title is None
    assert front.manufacturer is None
    assert front.recall_class is None
    assert front.kind is None


@pytest.mark.parametrize(
    ("words", "found"),
    [
        ("召回级别为三级", RecallClass.III),
        ("召回级别：Ⅱ级", RecallClass.II),
        ("实施二级召回", RecallClass.II),
        ("a class III recall", RecallClass.III),
        ("a Class I recall", RecallClass.I),
        ("三级医院", None),
        ("first class service", None),
    ],
)
def test_the_class(words, found):
    taken = front_matter(words).recall_class
    assert (taken.value if taken else None) is found


@pytest.mark.parametrize(
    ("words", "found"),
    [
        ("责令召回", CaseKind.MANDATORY),
        ("模拟召回，主动召回流程", CaseKind.DRILL),
        ("voluntarily initiated a recall", CaseKind.VOLUNTARY),
        ("医疗器械安全警示", CaseKind.ADVISORY),
    ],
)
def test_the_kind(words, found):
    assert front_matter(words).kind.value is found


@pytest.mark.parametrize(
    ("words", "found"),
    [
        ("需进行软件升级", Treatment.SOFTWARE_UPDATE),
        ("修改说明书", Treatment.REVISE_IFU),
        ("予以销毁", Treatment.DESTROY),
        ("免费更换新品", Treatment.REPLACE),
        ("relabel the units", Treatment.RELABEL),
        ("inspect each device", Treatment.CHECK),
    ],
)
def test_the_treatment(words, found):
    assert front_matter(words).treatment.value is found


def test_a_report_names_its_maker_first():
    text = "某虚构医疗器械有限公司报告，对其生产的医用外科口罩（注册证号：略）主动召回。"
    front = front_matter(text)
    assert front.manufacturer.value == "某虚构医疗器械有限公司"
    assert front.title.value == "医用外科口罩"


@pytest.mark.parametrize("text", ["由于" * 20_000, "（" * 40_000, "公司 " * 20_000, "a may " * 10_000, ""])
def test_hostile_texts_are_read_quickly(text):
    front_matter(text)
