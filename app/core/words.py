"""The words people read, on screen, paper and terminal, from ``resources/words/{zh,en}.toml``.

Keys are dotted paths into the TOML tables: ``text("status.task.sent", "zh")``. Placeholders are ``{name}``; beside a
count English says ``{name:unit|units}``, which is the word for one and the word for any other number.
"""

import tomllib
from datetime import date, datetime
from enum import Enum
from functools import cache
from typing import Any, Protocol, runtime_checkable

from app.core.errors import AppError
from app.core.places import resources

LANGUAGES = ("zh", "en")
Language = str


@runtime_checkable
class TwoTongued(Protocol):
    """A name that knows itself in both languages, such as ``app.core.actor.Bilingual``."""

    def said_in(self, language: Language) -> str:
        """The name in ``language``."""
        ...


class _Said(str):
    """A value as it is read; with the format ``one|many`` the word that goes with the number instead."""

    def __format__(self, spec: str) -> str:
        one, is_choice, many = spec.partition("|")
        if not is_choice:
            return super().__format__(spec)
        return one if self == "1" else many


class MissingWordError(KeyError):
    """A text that neither catalogue has: a bug, found by the test that walks the keys."""


@cache
def catalogue(language: Language) -> dict[str, str]:
    """All texts of one language by dotted key. Raises MissingWordError for an unknown language."""
    if language not in LANGUAGES:
        raise MissingWordError(language)
    with (resources() / "words" / f"{language}.toml").open("rb") as file:
        return dict(_flatten("", tomllib.load(file)))


def _flatten(prefix: str, table: dict[str, Any]) -> list[tuple[str, str]]:
    flat: list[tuple[str, str]] = []
    for key, value in table.items():
        if isinstance(value, dict):
            flat += _flatten(f"{prefix}{key}.", value)  # pyright: ignore[reportUnknownArgumentType]
        else:
            flat.append((prefix + key, str(value)))
    return flat


def text(key: str, language: Language, /, **values: Any) -> str:
    """The text at ``key`` with its placeholders filled; values that are enums or dates are spoken too.

    Raises MissingWordError where the catalogue has no such key.
    """
    try:
        pattern = catalogue(language)[key]
    except KeyError:
        raise MissingWordError(f"{key} [{language}]") from None
    if not values:
        return pattern
    return pattern.format(**{name: _Said(spoken(value, language)) for name, value in values.items()})


def spoken(value: Any, language: Language) -> str:
    """A value as a person reads it inside a sentence."""
    if isinstance(value, str):
        return value
    if isinstance(value, Enum):
        return status_text(value, language)
    if isinstance(value, datetime):
        return value.astimezone().strftime("%Y-%m-%d %H:%M")
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, bool):
        return text("yes" if value else "no", language)
    if isinstance(value, int):
        return f"{value:,}"
    if isinstance(value, list | tuple | set | frozenset):
        joiner = "、" if language == "zh" else ", "
        return joiner.join(spoken(item, language) for item in value)  # pyright: ignore[reportUnknownVariableType]
    return value.said_in(language) if isinstance(value, TwoTongued) else str(value)


def status_text(status: Enum, language: Language) -> str:
    """The word of one enum member: ``[status.<enum>] <value>``; the enum's class says its table in ``WORDS``."""
    return text(f"status.{status_table(type(status))}.{status.value}", language)


def status_table(enum: type[Enum]) -> str:
    """The table's name: the class name in snake_case."""
    name = enum.__name__
    return "".join(
        f"_{letter.lower()}" if letter.isupper() and index else letter.lower() for index, letter in enumerate(name)
    )


def describe(error: AppError, language: Language) -> str:
    """What went wrong, why, and what to do."""
    return text(f"errors.{error.code}", language, **error.values)
