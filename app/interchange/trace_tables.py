"""A trace as files: one flat table for people, one JSON document for programs, with the same figures in both."""

import json
from collections.abc import Iterator, Sequence
from datetime import datetime
from typing import Any

from app.core.plain import plain
from app.core.words import Language, spoken, text
from app.interchange.safe_cells import csv_bytes
from app.queries.ledger import LedgerLine
from app.queries.tracing import BatchTrace, LotTrace

HEAD = (
    "part",
    "product",
    "ref",
    "lot",
    "receipt",
    "step",
    "source",
    "place",
    "quantity",
    "patients",
    "document",
    "by",
    "second",
    "acted_at",
    "recorded_at",
    "reason",
)
"""Columns of the table; their titles are words of the catalogue."""

FORMAT = 1


def trace_csv(lots: Sequence[LotTrace], shown_at: datetime, language: Language) -> bytes:
    """Per batch its hops, what was where, and its ledger; ``part`` tells them apart. Moments are UTC, ISO 8601.

    The first line after the titles says as of which moment the figures are.
    """
    titles = [text(f"trace_file.{name}", language) for name in HEAD]
    rows = [_as_of_row(shown_at, language)]
    rows += [row for lot in lots for batch in lot.batches for row in _rows(lot, batch, language)]
    return csv_bytes(titles, rows)


def _as_of_row(shown_at: datetime, language: Language) -> list[object]:
    row: list[object] = [""] * len(HEAD)
    row[0] = text("trace_file.part_as_of", language)
    row[HEAD.index("recorded_at")] = _moment(shown_at)
    return row


def _rows(lot: LotTrace, batch: BatchTrace, language: Language) -> Iterator[list[object]]:
    base: list[object] = [lot.product.said_in(language), lot.ref, batch.lot_no, batch.receipt_no]
    for hop in batch.hops:
        by = hop.by.said_in(language) if hop.by else ""
        step, quantity = spoken(hop.kind, language), "" if hop.quantity is None else hop.quantity
        part = text("trace_file.part_hop", language)
        yield [part, *base, step, "", "", quantity, "", hop.document_no, by, "", _moment(hop.at), "", ""]
    for place in batch.destinations:
        part = text("trace_file.part_place", language)
        for number, (state, quantity) in enumerate(place.states.items()):
            patients = "" if number else place.patients
            name = place.name.said_in(language)
            yield [part, *base, spoken(state, language), "", name, quantity, patients, "", "", "", "", "", ""]
    for line in batch.lines:
        yield [text("trace_file.part_movement", language), *base, *_movement(line, language)]


def _movement(line: LedgerLine, language: Language) -> list[object]:
    return [
        spoken(line.kind, language),
        line.source.said_in(language) if line.source else "",
        line.target.said_in(language) if line.target else "",
        line.quantity,
        "",
        line.document_no,
        line.by.said_in(language),
        line.second.said_in(language) if line.second else "",
        _moment(line.at),
        _moment(line.recorded_at),
        line.reason,
    ]


def _moment(moment: datetime | None) -> str:
    return moment.isoformat() if moment is not None else ""


def trace_json(lots: Sequence[LotTrace], shown_at: datetime) -> bytes:
    """The same figures, names in both languages."""
    content = {"format": FORMAT, "as_of": shown_at.isoformat(), "lots": [lot_json(lot) for lot in lots]}
    return json.dumps(content, ensure_ascii=False, indent=1).encode()


def lot_json(lot: LotTrace) -> dict[str, Any]:
    """One lot as plain values, its sums beside it."""
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
