"""``recalldesk trace``: a lot backward and forward, now or as it was on record at a past moment."""

import argparse
from datetime import datetime
from pathlib import Path
from typing import Any

from app.cli.opening import sound_database
from app.cli.terminal import DONE, Terminal
from app.core.errors import NotFoundError
from app.core.words import Language, spoken, text
from app.interchange.trace_tables import lot_json
from app.queries.reader import Reader
from app.queries.tracing import BatchTrace, LotTrace, trace_lot
from app.services.trace_files import past_moment, write_trace


def run(arguments: argparse.Namespace, terminal: Terminal) -> int:
    """Raises NotFoundError for a lot that never came. Without a lot everything is traced, into a file only."""
    with sound_database(terminal) as database:
        as_of = past_moment(arguments.as_of, database.clock()) if arguments.as_of else None
        found = Reader(database).fetch(trace_lot, arguments.lot, arguments.product, as_of)
        shown_at = as_of or database.clock()
    if not found and arguments.lot is not None:
        raise NotFoundError
    if arguments.export is not None:
        write_trace(Path(arguments.export), found, shown_at, terminal.language)
        terminal.say("cli.trace.written", path=arguments.export, lots=len(found), at=shown_at)
    elif arguments.json:
        terminal.as_json([lot_json(lot) for lot in found])
    else:
        _say_all(terminal, found, as_of)
    return DONE


def _say_all(terminal: Terminal, found: list[LotTrace], as_of: datetime | None) -> None:
    if as_of is not None:
        terminal.say("cli.trace.as_of", at=as_of)
    for lot in found:
        _say_lot(terminal, lot)


def _say_lot(terminal: Terminal, lot: LotTrace) -> None:
    even = text("cli.trace.even" if lot.is_even else "cli.trace.uneven", terminal.language)
    terminal.say(
        "cli.trace.lot",
        lot=lot.lot_no,
        product=lot.product,
        ref=lot.ref,
        received=lot.received,
        patients=lot.patients,
        even=even,
    )
    for batch in lot.batches:
        _say_batch(terminal, batch)


def _say_batch(terminal: Terminal, batch: BatchTrace) -> None:
    language = terminal.language
    terminal.say("cli.trace.batch", receipt=batch.receipt_no, supplier=batch.supplier)
    for hop in batch.hops:
        quantity: object = "-" if hop.quantity is None else hop.quantity
        by, at = hop.by or "-", hop.at or "-"
        terminal.say("cli.trace.hop", hop=hop.kind, quantity=quantity, document=hop.document_no or "-", by=by, at=at)
    for place in batch.destinations:
        states = _states(place.states, language)
        words = {"place": place.name, "quantity": place.quantity, "states": states}
        terminal.say(
            "cli.trace.place_patients" if place.patients else "cli.trace.place", **words, patients=place.patients
        )


def _states(states: Any, language: Language) -> list[str]:
    return [f"{spoken(state, language)} {spoken(quantity, language)}" for state, quantity in states.items()]
