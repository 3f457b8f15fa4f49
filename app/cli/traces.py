"""``recalldesk trace``: one lot backward and forward."""

import argparse
from typing import Any

from app.cli.opening import sound_database
from app.cli.plain import plain
from app.cli.terminal import DONE, Terminal
from app.core.errors import NotFoundError
from app.core.words import Language, spoken, text
from app.queries.reader import Reader
from app.queries.tracing import BatchTrace, LotTrace, trace_lot


def run(arguments: argparse.Namespace, terminal: Terminal) -> int:
    """Raises NotFoundError for a lot that never came."""
    with sound_database(terminal) as database:
        found = Reader(database).fetch(trace_lot, arguments.lot, arguments.product)
    if not found:
        raise NotFoundError
    if arguments.json:
        terminal.as_json([_lot_json(lot) for lot in found])
    else:
        for lot in found:
            _say_lot(terminal, lot)
    return DONE


def _lot_json(lot: LotTrace) -> dict[str, Any]:
    batches = [
        plain(batch)
        | {
            "received": batch.received,
            "is_even": batch.is_even,
            "destinations": [plain(place) | {"quantity": place.quantity} for place in batch.destinations],
        }
        for batch in lot.batches
    ]
    return plain(lot) | {"received": lot.received, "is_even": lot.is_even, "batches": batches}


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
        terminal.say("cli.trace.place", place=place.name, quantity=place.quantity, states=states)


def _states(states: Any, language: Language) -> list[str]:
    return [f"{spoken(state, language)} {spoken(quantity, language)}" for state, quantity in states.items()]
