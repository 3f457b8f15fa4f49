"""``recalldesk scan read``: a conversation in JSON lines, one answer for each line whatever it holds."""

import argparse

from app.cli.terminal import DONE, Terminal
from app.udi.lines import answer


def run(_arguments: argparse.Namespace, terminal: Terminal) -> int:
    """Reads ``{"raw": "…"}`` lines until the input ends."""
    for line in terminal.stdin:
        terminal.line(answer(line.decode("utf-8", "replace").rstrip("\r\n")))
    return DONE
