"""Every key, form, reason and doubt has its words in both languages."""

import re
from pathlib import Path

import pytest

from app.core.places import resources
from app.core.words import LANGUAGES, catalogue, status_text, text
from app.notices.clauses import ClauseForm, ClauseKey

ROOM = Path(resources()).parent / "app" / "notices"


def codes_in(*names: str) -> set[str]:
    source = "\n".join((ROOM / f"{name}.py").read_text(encoding="utf-8") for name in names)
    return set(re.findall(r'Match\.\w+(?: if \w+ else Match\.\w+)?[,:)] \(?"(\w+)"', source))


@pytest.mark.parametrize("language", LANGUAGES)
def test_keys_and_forms_are_spoken(language: str) -> None:
    for member in (*ClauseKey, *ClauseForm):
        assert status_text(member, language)


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_reason_is_a_sentence(language: str) -> None:
    codes = codes_in("judging", "tables", "products", "conditions")
    assert len(codes) > 15
    for code in sorted(codes):
        sentence = text(f"notices.reason.{code}", language, key=ClauseKey.LOT, value="A1")
        assert sentence.endswith(("。", "."))
        assert "{" not in sentence


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_doubt_has_a_text_and_both_languages_have_the_same(language: str) -> None:
    source = (ROOM / "assembling.py").read_text(encoding="utf-8") + (ROOM / "scanning.py").read_text(encoding="utf-8")
    for code in set(re.findall(r'doubts\.append\("(\w+)"\)', source)):
        assert text(f"notices.doubt.{code}", language)
    ours = {key for key in catalogue(language) if key.startswith("notices.")}
    assert ours == {key for key in catalogue(LANGUAGES[0]) if key.startswith("notices.")}
