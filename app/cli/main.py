"""The terminal's front door: chooses the command, turns errors into words and exit codes."""

import argparse
import importlib
import os
from collections.abc import Callable, Mapping, Sequence
from contextlib import suppress
from typing import Any

from app.cli.arguments import WrongUseError, parse
from app.cli.terminal import DONE, ENVIRONMENT, REFUSED, WRONG_USE, Terminal, standard_terminal
from app.core import settings
from app.core.errors import AppError, DeviceError, StorageError, UnexpectedError
from app.core.words import LANGUAGES, Language, describe, text

ROOMS = {
    "scan": "app.cli.scans",
    "notice": "app.cli.notices",
    "db": "app.cli.databases",
    "audit": "app.cli.audits",
    "trace": "app.cli.traces",
    "where": "app.cli.whereabouts",
    "recall": "app.cli.recalls",
    "drill": "app.cli.recalls",
    "ward-check": "app.cli.ward_checks",
    "agent": "app.cli.agents",
}
"""Command → module with ``run(arguments, terminal) -> int``, loaded only when asked for: a scan needs no database."""


def run(
    argv: Sequence[str], hooks: Mapping[str, Callable[..., int]] | None = None, terminal: Terminal | None = None
) -> int:
    """Do what the command line asks; returns the exit code, never raises for a fault of the user or the database.

    ``hooks`` are the commands that live above this room: ``desktop(url)`` for no command at all, and
    ``demo(url, out, seed, as_json=…)``. ``terminal`` stands in for the process's own streams.
    """
    language = _language(argv)
    try:
        asked = parse(argv, language)
    except WrongUseError as error:
        out = terminal or standard_terminal(language, "")
        out.complain(error.usage + text("cli.wrong_use", language, complaint=str(error)))
        return WRONG_USE
    except SystemExit as left:  # argparse leaves after --help
        return int(left.code or 0)
    with _pipe_may_close():
        return _dispatch(asked, hooks or {}, terminal or standard_terminal(asked.language, asked.database))
    return DONE


class _pipe_may_close(suppress):  # noqa: N801 reads as a statement
    """Whoever reads our answers may stop listening: ``recalldesk … | head`` is not an error."""

    def __init__(self) -> None:
        super().__init__(BrokenPipeError)


def _dispatch(asked: argparse.Namespace, hooks: Mapping[str, Callable[..., int]], terminal: Terminal) -> int:
    try:
        if asked.command is None:
            return hooks["desktop"](asked.database)
        if asked.command == "demo":
            return hooks["demo"](asked.database, asked.out, asked.seed, as_json=asked.json)
        room: Any = importlib.import_module(ROOMS[asked.command])
        return int(room.run(asked, terminal))
    except AppError as error:
        terminal.complain(describe(error, terminal.language))
        return ENVIRONMENT if isinstance(error, StorageError | DeviceError | UnexpectedError) else REFUSED


def _language(argv: Sequence[str]) -> Language:
    """The language of the help itself: from the command line, else the workstation's."""
    for before, word in zip(("", *argv), argv, strict=False):
        given = word.removeprefix("--language=") if word.startswith("--language=") else word
        if (before == "--language" or given != word) and given in LANGUAGES:
            return given
    told = os.environ.get("RECALLDESK_LANGUAGE", "")
    kept = told or settings.load(settings.settings_path()).language
    return kept if kept in LANGUAGES else "zh"
