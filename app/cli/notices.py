"""``recalldesk notice read|judge``: what a notice says, and what it means for a unit."""

import argparse
import gc

from app.cli.terminal import DONE, WRONG_USE, Terminal
from app.core.words import text
from app.notices.lines import judge_line, read_answer


def run(arguments: argparse.Namespace, terminal: Terminal) -> int:
    """``read`` takes one notice from the input, ``judge`` one question a line."""
    return _judge(terminal) if arguments.action == "judge" else _read(terminal, as_json=arguments.json)


def _read(terminal: Terminal, *, as_json: bool) -> int:
    gc.disable()  # one notice and the process ends: looking for garbage would cost a fifth of the time
    answer = read_answer(terminal.stdin.read().decode("utf-8-sig", "replace"))
    if as_json:
        terminal.as_json(answer)
        return DONE
    for number, clause in enumerate(answer["clauses"], start=1):
        terminal.say("cli.notice.clause", number=number, subject=clause["key"], quote=clause["quote"].strip())
    understood = text("yes" if answer["understood"] else "no", terminal.language)
    terminal.say("cli.notice.understood", understood=understood)
    return DONE


def _judge(terminal: Terminal) -> int:
    worst = DONE
    for line in terminal.stdin:
        try:
            terminal.line(judge_line(line.decode("utf-8", "replace")))
        except ValueError:
            terminal.as_json({"verdict": None, "because": [{"code": "bad_line"}]})
            worst = WRONG_USE
    return worst
