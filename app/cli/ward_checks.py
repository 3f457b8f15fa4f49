"""``recalldesk ward-check``: may this box be used on this ward?"""

import argparse

from app.cli.opening import sound_database
from app.cli.terminal import DONE, Terminal
from app.core.plain import plain
from app.queries.locations import location_by_code
from app.queries.reader import Reader
from app.services.ward import WardService
from app.udi.reader import read


def run(arguments: argparse.Namespace, terminal: Terminal) -> int:
    """The answer is the answer: the exit code is 0 also for "do not use"."""
    with sound_database(terminal) as database:
        ward = Reader(database).fetch(location_by_code, arguments.ward)
        verdict = WardService(database).may_i_use(read(arguments.scan), ward.id)
    if arguments.json:
        terminal.as_json(plain(verdict))
        return DONE
    terminal.say("cli.ward.answer", answer=verdict.answer, place=verdict.place)
    for finding in verdict.findings:
        why = finding.layer.reason if finding.layer else ""
        terminal.say("cli.ward.finding", reason=finding.reason, why=why or finding.day or finding.place or "-")
    if verdict.product is not None:
        name, expiry = verdict.product.name, verdict.expiry_on or "-"
        terminal.say("cli.ward.box", product=name, ref=verdict.product.ref, lot=verdict.lot or "-", expiry=expiry)
    return DONE
