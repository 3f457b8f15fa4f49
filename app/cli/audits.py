"""``recalldesk audit verify|seal``."""

import argparse
from dataclasses import asdict

from app.cli.opening import raw_database, sound_database
from app.cli.terminal import DONE, REFUSED, Terminal
from app.core.words import text
from app.services.auditing import Verification, seal, verify


def run(arguments: argparse.Namespace, terminal: Terminal) -> int:
    """``verify`` looks even where the wall was torn down: that is when it is needed. Exit code 1 where it finds
    something.
    """
    if arguments.action == "seal":
        with sound_database(terminal) as database:
            terminal.say("cli.audit.sealed", seal=seal(database).short)
        return DONE
    with raw_database(terminal) as database:
        found = verify(database)
    if arguments.json:
        terminal.as_json({"intact": found.is_intact} | asdict(found))
    else:
        _say(terminal, found)
    return DONE if found.is_intact else REFUSED


def _say(terminal: Terminal, found: Verification) -> None:
    counts = {"entries": found.entries, "chains": found.chains, "rows": found.rows, "seals": found.seals}
    terminal.say("cli.audit.looked_at", **counts)
    for one in found.mismatches:
        kind = text(f"audit.mismatch.{one.kind}", terminal.language)
        terminal.say("cli.audit.mismatch", kind=kind, table=one.table, row=one.row, field=one.field or "-")
    terminal.say("cli.audit.intact" if found.is_intact else "cli.audit.broken", count=len(found.mismatches))
