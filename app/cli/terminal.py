"""Where a command reads and writes, and in which language it speaks."""

import getpass
import json
import sys
from dataclasses import dataclass
from typing import Any, BinaryIO, TextIO

from app.core.words import Language, text

DONE, REFUSED, WRONG_USE, ENVIRONMENT = 0, 1, 2, 3
"""Exit codes: done · refused by a rule · wrong use · the surroundings (database, files) failed."""


@dataclass(frozen=True)
class Terminal:
    """``database`` is the URL the command works on; standard input stays bytes, so that any scan arrives whole."""

    stdin: BinaryIO
    stdout: TextIO
    stderr: TextIO
    language: Language
    database: str = ""

    def say(self, key: str, **values: Any) -> None:
        """One line in words."""
        self.line(text(key, self.language, **values))

    def line(self, words: str) -> None:
        """One line, sent at once: the other end may be a program that waits for it."""
        self.stdout.write(words + "\n")
        self.stdout.flush()

    def ask_secret(self, key: str, **values: Any) -> str:
        """A password: typed without an echo, or the first line of what another program pipes in."""
        if self.stdin.isatty():
            return getpass.getpass(text(key, self.language, **values) + " ")
        return self.stdin.readline().decode("utf-8").rstrip("\r\n")

    def as_json(self, answer: Any) -> None:
        """One line of JSON."""
        self.line(json.dumps(answer, ensure_ascii=False))

    def complain(self, words: str) -> None:
        """What went wrong, beside the answers."""
        self.stderr.write(words + "\n")
        self.stderr.flush()


def standard_terminal(language: Language, database: str) -> Terminal:
    """The process's own streams, in UTF-8 whatever the console is set to."""
    for stream in (sys.stdout, sys.stderr):
        reconfigure = getattr(stream, "reconfigure", None)
        if reconfigure is not None:
            reconfigure(encoding="utf-8", errors="backslashreplace")
    return Terminal(sys.stdin.buffer, sys.stdout, sys.stderr, language, database)
