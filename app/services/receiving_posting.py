"""Turns the sound lines of a delivery into batches and receipts of the ledger, all or nothing."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from sqlalchemy import insert, select
from sqlalchemy.orm import Session

from app.core.clock import Clock
from app.core.errors import RuleError
from app.core.lots import lot_key
from app.core.statuses.stock import (
    DeliveryState,
    Inspection,
    LineState,
    LocationKind,
    MovementKind,
    StockState,
)
from app.models.everything import METADATA
from app.models.places import Location
from app.models.receipt_rules import Judgement
from app.models.stock import DeliveryLine, SerialUnit
from app.queries.delivery_facts import line_facts
from app.services.drafting import Draft
from app.services.numbering import RECEIPT, next_number
from app.services.posting import Line, Operation, Shelf, post

_BATCHES = METADATA.tables["batch"]
_ENTER = insert(_BATCHES).returning(_BATCHES.c.id, sort_by_parameter_order=True)
UNKNOWN_LOT = "?"
"""Stands for the lot of goods without one; ``lot_key`` is ``?<receipt>-<line>``, so that no two are the same lot."""


class LinesOpenError(RuleError):
    """``lines`` still wait for an answer."""

    code = "receiving.lines_open"


class LinesChangedError(RuleError):
    """``lines`` stand otherwise than the person saw: a recall came in, or a colleague changed them."""

    code = "receiving.lines_changed"


class NothingToPostError(RuleError):
    """No line is ready."""

    code = "receiving.nothing_to_post"


@dataclass(slots=True)
class _Group:
    """The lines that become one batch."""

    lines: list[DeliveryLine] = field(default_factory=list[DeliveryLine])

    @property
    def first(self) -> DeliveryLine:
        return self.lines[0]


def post_delivery(
    draft: Draft, clock: Clock, *, actor_id: int, op_id: str, expected: frozenset[int] | None
) -> tuple[str, list[int]]:
    """The receipt number and the ids of the new batches.

    ``expected`` are the ids of the lines the person saw as ready. Raises LinesOpenError, LinesChangedError,
    NothingToPostError, and what the wall refuses.
    """
    judgements = draft.judgements()
    lines = _postable(draft, judgements, expected)
    receipt_no = next_number(draft.session, RECEIPT, draft.now)
    groups = _groups(lines, receipt_no)
    rows = [_batch(draft, group, key, receipt_no) for key, group in groups.items()]
    batches = dict(zip(groups, draft.session.connection().execute(_ENTER, rows).scalars(), strict=True))
    ordinary = Operation(op_id, actor_id, draft.now)
    free = [line for line in lines if judgements[line.id].state is LineState.READY]
    shelf = Shelf(draft.delivery.location_id, StockState.IN_STOCK)
    _post(draft, clock, ordinary, [*_movements(draft.session, groups, batches, free, shelf, receipt_no)])
    _post_overridden(draft, clock, actor_id, (groups, batches, receipt_no), [x for x in lines if x not in free])
    for line in draft.lines:
        line.state = judgements[line.id].state.value
    draft.delivery.state = DeliveryState.POSTED.value
    draft.delivery.receipt_no, draft.delivery.posted_at = receipt_no, draft.now
    return receipt_no, list(batches.values())


def _postable(draft: Draft, judgements: Mapping[int, Judgement], expected: frozenset[int] | None) -> list[DeliveryLine]:
    states = {line.id: judgements[line.id].state for line in draft.lines}
    ready = [line for line in draft.lines if states[line.id] in (LineState.READY, LineState.OVERRIDDEN)]
    differing = expected.symmetric_difference(line.id for line in ready) if expected is not None else None
    if differing:
        numbers = [line.line_no for line in draft.lines if line.id in differing]
        raise LinesChangedError(lines=numbers or ["—"])
    waiting = [line.line_no for line in draft.lines if states[line.id] is LineState.INCOMPLETE]
    if waiting:
        raise LinesOpenError(lines=waiting)
    if not ready:
        raise NothingToPostError
    return ready


_Key = tuple[int, str]


def _groups(lines: Iterable[DeliveryLine], receipt_no: str) -> dict[_Key, _Group]:
    """One batch per product and lot; a line without a lot stands alone."""
    groups: dict[_Key, _Group] = {}
    for line in lines:
        groups.setdefault(_key(line, receipt_no), _Group()).lines.append(line)
    return groups


def _key(line: DeliveryLine, receipt_no: str) -> _Key:
    return line.product_id or 0, lot_key(line.lot_no or "") or f"?{receipt_no}-{line.line_no}"


def _batch(draft: Draft, group: _Group, key: _Key, receipt_no: str) -> dict[str, Any]:
    """Dates may stand on one carton of a lot and not on the next; contradictions were refused before."""
    dated = next((line for line in group.lines if line.expiry_on is not None), group.first)
    made = next((line.production_on for line in group.lines if line.production_on is not None), None)
    return {
        "product_id": key[0],
        "lot_no": group.first.lot_no or UNKNOWN_LOT,
        "lot_key": key[1],
        "is_lot_unknown": not group.first.lot_no,
        "production_on": made,
        "expiry_on": dated.expiry_on,
        "expiry_precision": dated.expiry_precision,
        "supplier_id": draft.delivery.supplier_id,
        "receipt_no": receipt_no,
        "inspection": Inspection.PENDING,
        "received_at": draft.now,
    }


def _movements(
    session: Session,
    groups: Mapping[_Key, _Group],
    batches: Mapping[_Key, int],
    lines: Sequence[DeliveryLine],
    shelf: Shelf,
    receipt_no: str,
    case_id: int | None = None,
) -> Iterable[Line]:
    """One receipt per batch, or per unit where units have serial numbers."""
    for key, group in groups.items():
        taken = [line for line in group.lines if line in lines]
        batch_id = batches[key]
        if not taken:
            continue
        with_serial = [line for line in taken if line.serial_no and line.packages * line.units == 1]
        for line in with_serial:
            unit_id = _unit(session, key[0], batch_id, line.serial_no or "")
            yield Line(
                MovementKind.RECEIPT, batch_id, 1, None, shelf, receipt_no, serial_unit_id=unit_id, case_id=case_id
            )
        rest = sum(line.packages * line.units for line in taken if line not in with_serial)
        if rest:
            yield Line(MovementKind.RECEIPT, batch_id, rest, None, shelf, receipt_no, case_id=case_id)


def _unit(session: Session, product_id: int, batch_id: int, serial: str) -> int:
    unit = SerialUnit(
        product_id=product_id,
        batch_id=batch_id,
        serial_no=serial,
        serial_key=lot_key(serial),
        last_movement_id=0,
    )
    session.add(unit)
    session.flush()
    return unit.id


def _post_overridden(
    draft: Draft,
    clock: Clock,
    actor_id: int,
    made: tuple[Mapping[_Key, _Group], Mapping[_Key, int], str],
    lines: Sequence[DeliveryLine],
) -> None:
    """Each exception under the operation that its second person signed, into quarantine."""
    if not lines:
        return
    groups, batches, receipt_no = made
    shelf = Shelf(_quarantine_place(draft), StockState.QUARANTINED)
    facts = line_facts(draft.session, draft.lines, draft.bay, draft.lines)
    for line in lines:
        operation = Operation(line.override_op_id, actor_id, draft.now, line.override_by, line.override_reason)
        case_id = next((stop.case_id for stop in facts[line.id].stops if stop.case_id), None)
        movements = _movements(draft.session, groups, batches, [line], shelf, receipt_no, case_id)
        _post(draft, clock, operation, list(movements))


def _quarantine_place(draft: Draft) -> int:
    """The quarantine area of the site, or the store itself where the site has none."""
    site_id = select(Location.site_id).where(Location.id == draft.delivery.location_id).scalar_subquery()
    found = draft.session.scalar(
        select(Location.id)
        .where(Location.site_id == site_id, Location.kind == LocationKind.QUARANTINE, Location.is_active)
        .order_by(Location.id)
        .limit(1)
    )
    return found or draft.delivery.location_id


def _post(draft: Draft, clock: Clock, operation: Operation, lines: Sequence[Line]) -> None:
    if lines:
        post(draft.session, clock, operation, lines)
