"""``recalldesk where``: do we have the lot, where is it, who got it; two statements, for the first minute."""

import argparse
from typing import Any

from app.cli.opening import sound_database
from app.cli.terminal import DONE, Terminal
from app.core.actor import Bilingual
from app.core.errors import NotFoundError
from app.core.plain import plain
from app.queries.reader import Reader
from app.queries.whereabouts import Recipient, Whereabout, batches_with_lot, where_is, who_got


def run(arguments: argparse.Namespace, terminal: Terminal) -> int:
    """Raises NotFoundError for a lot that never came."""
    with sound_database(terminal) as database:
        reader = Reader(database)
        batches = reader.fetch(batches_with_lot, arguments.lot, arguments.product)
        if not batches:
            raise NotFoundError
        places, wards = reader.fetch(where_is, batches), reader.fetch(who_got, batches)
    if arguments.json:
        terminal.as_json({"lot": arguments.lot, "where": _rows(places), "who": _rows(wards)})
        return DONE
    terminal.say("cli.where.lot", lot=arguments.lot, receipts=len(batches))
    for place in places:
        terminal.say("cli.where.place", place=place.place, state=place.state, quantity=place.quantity)
    for ward in wards:
        terminal.say("cli.where.ward", place=ward.place, quantity=ward.quantity, at=ward.last_at)
    return DONE


def _rows(found: list[Whereabout] | list[Recipient]) -> list[dict[str, Any]]:
    return [_flat(plain(one), one.place) for one in found]


def _flat(row: dict[str, Any], place: Bilingual) -> dict[str, Any]:
    """The place as two plain fields."""
    return {key: value for key, value in row.items() if key != "place"} | {"place_zh": place.zh, "place_en": place.en}
