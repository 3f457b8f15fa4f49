"""Every problem that the room can report has its sentence in both languages."""

import ast
from pathlib import Path

import pytest

import app.udi
from app.core.words import LANGUAGES, catalogue, status_text
from app.udi.linters import LINTERS
from app.udi.reading import Agency, ReadState, Severity

REPORTING = {"error", "warn", "doubt", "warned", "replaced", "choice", "refused", "Fault", "Problem"}
PREFIX = "udi.problem."


def kinds_in_source() -> set[str]:
    kinds = {kind for _, kind in LINTERS.values()}
    for path in Path(app.udi.__file__).parent.glob("*.py"):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Call):
                kinds |= kinds_of(node)
    return kinds


def kinds_of(call: ast.Call) -> set[str]:
    called = call.func
    name = called.attr if isinstance(called, ast.Attribute) else getattr(called, "id", "")
    reports = name in REPORTING or isinstance(called, ast.IfExp)
    strings = [node.value for each in call.args for node in ast.walk(each) if isinstance(node, ast.Constant)]
    texts = [text for text in strings if isinstance(text, str) and text.isidentifier() and text.islower()]
    return set(texts) if reports else set()


@pytest.mark.parametrize("language", LANGUAGES)
def test_each_problem_has_a_sentence(language: str) -> None:
    words = {key.removeprefix(PREFIX) for key in catalogue(language) if key.startswith(PREFIX)}
    assert kinds_in_source() == words


@pytest.mark.parametrize("language", LANGUAGES)
def test_each_sentence_is_one_and_says_what_to_do(language: str) -> None:
    stop, pause = ("。", "；") if language == "zh" else (".", ";")
    for key, sentence in catalogue(language).items():
        if key.startswith(PREFIX):
            assert sentence.endswith(stop), key
            assert pause in sentence, key


@pytest.mark.parametrize("language", LANGUAGES)
def test_each_state_and_agency_has_a_word(language: str) -> None:
    for member in (*Agency, *ReadState, *Severity):
        assert status_text(member, language)
