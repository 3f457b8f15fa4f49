"""Whatever the program can say, it says in both languages, and as people write them."""

import importlib
import pkgutil
import re
from enum import Enum
from string import Formatter

import pytest

import app
from app.core import permissions
from app.core.errors import AppError
from app.core.statuses import locks, recall, stock, verdict
from app.core.words import LANGUAGES, catalogue, status_text

HANZI = "[\u3400-\u9fff\uf900-\ufaff]"
HALF_WIDTH = re.compile(rf"{HANZI}\s*[,.;:!?()]\s*(?={HANZI})|{HANZI}[,;!?]|\({HANZI}|{HANZI}\)")
CHINESE_MARKS = re.compile("[\u3000-\u303f\uff01-\uff5e\u201c\u201d\u2018\u2019]|" + HANZI)
OFFICIAL = re.compile("国械注[准进许]|[\u3400-\u9fff]?械备")
"""Marks that stand on certificates and have no English."""
INNER = {locks.Effect, stock.Status, recall.Status}
"""Words of the machinery: nobody reads them."""
COUNT_BESIDE = (
    "workbench.",
    "receiving.total.",
    "recalls.touch.",
    "recalls.scope.",
    "recalls.tasks.figure.",
    "leaving.figure.",
)
"""Tables whose words stand beside a figure that is painted larger."""
CHINESE_ON_PURPOSE = re.compile(r"(^language|\.zh$|agency|bilingual|(^|\.)brand|own_name|notice_example|sample)")


def errors() -> list[type[AppError]]:
    for module in pkgutil.walk_packages(app.__path__, "app."):
        importlib.import_module(module.name)
    found, waiting = [], [AppError]
    while waiting:
        kind = waiting.pop()
        found.append(kind)
        waiting += kind.__subclasses__()
    return sorted({kind for kind in found if kind.__module__.startswith("app.")}, key=lambda kind: kind.__name__)


def spoken_enums() -> list[type[Enum]]:
    found = {
        value
        for module in (locks, recall, stock, verdict, permissions)
        for value in vars(module).values()
        if isinstance(value, type) and issubclass(value, Enum) and value is not Enum
    }
    return sorted(found - INNER, key=lambda kind: kind.__name__)


CHOICE = re.compile(r"\{(\w+):([^{}|]+)\|([^{}|]+)\}")
"""The word for one and the word for any other number, chosen by a count (``app.core.words``)."""


def placeholders(text: str) -> set[str]:
    """What is said; a count that only chooses a word is needed by one language alone."""
    return {name for _, name, spec, _ in Formatter().parse(text) if name and "|" not in (spec or "")}


def plural_nouns() -> set[str]:
    """The nouns that English counts somewhere."""
    return {many.split()[0] for text in catalogue("en").values() for _, _, many in CHOICE.findall(text)} - {
        "are",
        "were",
    }


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_error_has_words(language):
    missing = [
        f"{kind.__module__}.{kind.__name__}: {kind.code}"
        for kind in errors()
        if f"errors.{kind.code}" not in catalogue(language)
    ]
    assert missing == []


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("enum", spoken_enums(), ids=lambda kind: kind.__name__)
def test_every_member_of_every_enum_has_a_word(enum, language):
    assert all(status_text(member, language).strip() for member in enum)


def test_both_catalogues_have_the_same_keys():
    zh, en = (catalogue(language).keys() for language in LANGUAGES)
    assert (sorted(zh - en), sorted(en - zh)) == ([], [])


def test_both_catalogues_have_the_same_placeholders():
    zh, en = (catalogue(language) for language in LANGUAGES)
    differing = {key for key in zh.keys() & en.keys() if placeholders(zh[key]) != placeholders(en[key])}
    assert differing == set()
    assert placeholders("{a} and {b}") == {"a", "b"}


def test_english_has_a_word_for_one_wherever_it_counts():
    bare = re.compile(r"\{\w+\} (?:[a-z]+ )?(?:" + "|".join(sorted(plural_nouns())) + r")\b")
    assert {key: text for key, text in catalogue("en").items() if bare.search(text)} == {}
    assert bare.search("{count} batches")
    assert bare.search("{count} other places wait")
    assert not bare.search("{count} other {count:place|places}")


def test_both_words_of_a_choice_differ_and_it_is_made_by_a_count_of_the_same_text():
    wrong = {
        key: text
        for key, text in catalogue("en").items()
        for name, one, many in CHOICE.findall(text)
        if one.strip() == many.strip() or (f"{{{name}}}" not in text and not key.startswith(COUNT_BESIDE))
    }
    assert wrong == {}
    assert not any(CHOICE.search(text) for text in catalogue("zh").values())


def test_no_text_is_empty():
    assert [
        f"{key} [{language}]" for language in LANGUAGES for key, text in catalogue(language).items() if not text.strip()
    ] == []


def test_chinese_is_punctuated_in_full_width():
    assert {key: text for key, text in catalogue("zh").items() if HALF_WIDTH.search(text)} == {}
    for wrong in ("请核对,再保存", "已满(三件)", "批号:旧", "好. 再来"):
        assert HALF_WIDTH.search(wrong), wrong
    assert not HALF_WIDTH.search("批号 A-1.2，已封存（3 件）：10:30")


def test_english_has_no_chinese_marks():
    found = {
        key: text
        for key, text in catalogue("en").items()
        if CHINESE_MARKS.search(OFFICIAL.sub("", text)) and not CHINESE_ON_PURPOSE.search(key)
    }
    assert found == {}
    for wrong in ("locked，sorry", "“quoted”", "中文"):
        assert CHINESE_MARKS.search(wrong), wrong
