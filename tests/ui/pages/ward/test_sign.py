"""The sign a nurse reads in two seconds, in both languages, for every reason."""

import string

import pytest

from app.core.statuses.ward import WardReason
from app.core.words import LANGUAGES
from app.queries.ward_check import Finding
from app.ui import language
from app.ui.pages.ward.sign import COUNT, HAPPENED, LEAVES_AFTER, finding_text, sign_of
from tests.stock_life import gs1


def sign(life, raw=None):
    return sign_of(life.scan(raw or gs1()), person="白露", seconds=0.123)


def test_ok_is_green_leaves_by_itself_and_offers_use_and_return(life):
    shown = sign(life)

    assert (shown.tone, shown.words, shown.other_words) == ("ok", "可以使用", "OK TO USE")
    assert shown.seconds == LEAVES_AFTER
    assert not shown.holds
    assert [action.key for action in shown.actions] == ["F7", "F6"]
    assert len(shown.steps) == 5
    assert shown.note.startswith("扫码后 0.12 秒")


def test_a_recall_is_red_holds_and_leads_to_the_count(life):
    life.recall("A1")
    shown = sign(life)

    assert (shown.tone, shown.words) == ("stop", "禁止使用")
    assert shown.reason == "这一盒的批号正在一级召回：涂层可能脱落"
    assert shown.holds
    assert [action.name for action in shown.actions] == [HAPPENED, COUNT]
    assert "RC-2026-0017" in shown.contact_note
    assert shown.steps[2].note == "账上还应有 10 件"
    assert all(action.key not in ("Return", "Enter", "Space") for action in shown.actions)


def test_english_says_the_same(life):
    life.recall("A1")
    language.switch_language("en")
    shown = sign(life)

    assert (shown.words, shown.other_words) == ("DO NOT USE", "禁止使用")
    assert shown.reason == "This lot is under a Class I recall: 涂层可能脱落"
    assert shown.facts[1].is_bold


def test_doubt_is_amber_and_the_next_scan_may_come_at_once(life):
    shown = sign(life, gs1("ZZ9"))

    assert shown.tone == "attention"
    assert not shown.holds
    assert "8000" in shown.contact


def test_an_unreadable_code_still_makes_a_whole_sign(life):
    shown = sign(life, "nonsense")

    assert shown.facts_title == "没有读出"
    assert len(shown.facts) == 5


@pytest.mark.parametrize("tongue", LANGUAGES)
@pytest.mark.parametrize("reason", WardReason)
def test_every_reason_is_a_sentence_without_holes(reason, tongue):
    words = finding_text(Finding(reason), tongue)

    assert words
    assert not any(field for _, field, _, _ in string.Formatter().parse(words) if field)
