"""``recalldesk recall impact|pack --case N``."""

import argparse
from pathlib import Path
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from app.cli.opening import sound_database
from app.cli.terminal import DONE, Terminal
from app.core.errors import NotFoundError
from app.core.plain import plain
from app.models.recalls import RecallCase
from app.queries.impact import impact
from app.queries.reader import Reader
from app.services.packing import pack


def run(arguments: argparse.Namespace, terminal: Terminal) -> int:
    """Raises NotFoundError for a case that is none."""
    return {"impact": _impact, "pack": _pack}[arguments.action](arguments, terminal)


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
