"""``recalldesk recall impact|pack --case N`` and ``recalldesk drill --text FILE``."""

import argparse
from pathlib import Path
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from app.cli.opening import sound_database
from app.cli.terminal import DONE, Terminal
from app.core.errors import NotFoundError, RuleError
from app.core.plain import plain
from app.core.statuses.verdict import Verdict
from app.models.recalls import RecallCase
from app.queries.impact import impact
from app.queries.reader import Reader
from app.services.drilling import drill
from app.services.packing import pack

MOST_BYTES = 16 * 1024 * 1024


class NoticeFileError(RuleError):
    """The notice at ``path`` cannot be read: ``reason``."""

    code = "drill.notice_file"


def run(arguments: argparse.Namespace, terminal: Terminal) -> int:
    """Raises NotFoundError for a case that is none."""
    if arguments.command == "drill":
        return _drill(arguments, terminal)
    return {"impact": _impact, "pack": _pack}[arguments.action](arguments, terminal)


def _drill(arguments: argparse.Namespace, terminal: Terminal) -> int:
    """On the live data, writing nothing; the exit code is 0 whatever the score."""
    try:
        notice = Path(arguments.text).read_bytes()[:MOST_BYTES].decode("utf-8-sig", "replace")
    except OSError as error:
        raise NoticeFileError(path=arguments.text, reason=str(error)) from error
    with sound_database(terminal) as database:
        done = drill(database, notice, within=arguments.within)
    if arguments.json:
        terminal.as_json(plain(done) | {"seconds": round(done.seconds, 3)})
        return DONE
    terminal.say("cli.drill.head", mark=done.watermark, score=done.score, seconds=f"{done.seconds:.2f}")
    units, doubtful = sum(done.located.values()), done.batches[Verdict.NEED_INFO]
    said = {"affected": done.batches[Verdict.AFFECTED], "doubtful": doubtful, "units": units, "locks": done.locks}
    terminal.say("cli.drill.scope", **said, received=done.received)
    for place in done.places:
        terminal.say("cli.drill.place", place=place.place, batches=place.batches, quantity=place.expected)
    terminal.say("cli.drill.untouched", digest=done.ledger[:16])
    return DONE


def _impact(arguments: argparse.Namespace, terminal: Terminal) -> int:
    """Every figure of the case as of now; visit numbers are counted, never told."""
    with sound_database(terminal) as database:
        reader = Reader(database)
        case_id, number = reader.fetch(_case, arguments.case)
        found = reader.fetch(impact, case_id)
    if arguments.json:
        told: dict[str, Any] = plain(found)
        terminal.as_json({"case": number} | told)
        return DONE
    received, patients = sum(found.by_state.values()), found.patients
    terminal.say("cli.recall.impact", number=number, batches=found.batches, received=received, patients=patients)
    for place in found.places:
        terminal.say("cli.recall.place", place=place.name, quantity=sum(place.by_state.values()))
    return DONE


def _pack(arguments: argparse.Namespace, terminal: Terminal) -> int:
    with sound_database(terminal) as database:
        _id, number = Reader(database).fetch(_case, arguments.case)
        made = pack(database, number, Path(arguments.out))
    if arguments.json:
        terminal.as_json(plain(made))
    else:
        terminal.say("cli.recall.packed", **plain(made) | {"digest": made.sha256[:16], "sealed": made.seal[:24] or "-"})
    return DONE


def _case(session: Session, named: str) -> tuple[int, str]:
    """By its number, or by the number of its row."""
    by_row = (
        RecallCase.id == int(named) if named.isdecimal() and len(named) < 10 else RecallCase.number == named.strip()
    )
    found = session.execute(select(RecallCase.id, RecallCase.number).where(by_row)).first()
    if found is None:
        raise NotFoundError
    return found[0], found[1]
