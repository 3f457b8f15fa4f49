"""``recalldesk db upgrade|check``."""

import argparse

from app.cli.opening import raw_database
from app.cli.terminal import DONE, ENVIRONMENT, Terminal
from app.services.upgrading import check, upgrade


def run(arguments: argparse.Namespace, terminal: Terminal) -> int:
    """``check`` only reads; its exit code says whether the program can work with the database."""
    with raw_database(terminal, may_create=arguments.action == "upgrade") as database:
        if arguments.action == "upgrade":
            upgrade(database)
            terminal.say("cli.db.upgraded", revision=check(database).found or "-")
            return DONE
        report = check(database)
    if arguments.json:
        terminal.as_json(
            {
                "found": report.found,
                "newest": report.newest,
                "differences": list(report.differences),
                "sound": report.is_sound,
            }
        )
    else:
        key = "cli.db.sound" if report.is_sound else "cli.db.unsound"
        terminal.say(key, found=report.found or "-", newest=report.newest, names=list(report.differences) or "-")
    return DONE if report.is_sound else ENVIRONMENT
