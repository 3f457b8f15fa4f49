"""Goods of a case put aside where they lie: the lines of the ledger for what a department has counted."""

from collections import defaultdict

from sqlalchemy import select
from sqlalchemy.orm import Session

from app.core.actor import Actor
from app.core.clock import Clock
from app.core.statuses.stock import MovementKind, StockState
from app.models.recalls import DepartmentTask, RecallCase, TaskLine
from app.models.stock import Balance, SerialUnit
from app.services.numbering import QUARANTINE, next_number
from app.services.picking import SerialNeededError
from app.services.posting import Line, Operation, Shelf, post

SEALED_FROM = (StockState.PAR, StockState.IN_STOCK, StockState.EXPENSED, StockState.IN_TRANSIT)
"""Shelves that a department's goods are sealed from, in this order."""


def seal_lines(
    session: Session, clock: Clock, actor: Actor, op_id: str, case: RecallCase, task: DepartmentTask
) -> tuple[str, int]:
    """Move what was counted and is not yet put aside to quarantined at the same place; (document, quantity).

    Never more than the books say is there: a surplus is explained by two persons first.
    """
    number = next_number(session, QUARANTINE, clock())
    shelf = Shelf(task.location_id, StockState.QUARANTINED)
    lines: list[Line] = []
    for task_line in session.scalars(select(TaskLine).where(TaskLine.task_id == task.id).order_by(TaskLine.batch_id)):
        quantities = _quantities(session, task_line.batch_id, task.location_id)
        missing = (task_line.found or 0) - quantities[StockState.QUARANTINED]
        for state, quantity in _take(quantities, missing):
            source = Shelf(task.location_id, state)
            units = _units(session, task_line.batch_id, source, quantity)
            lines += [
                Line(
                    MovementKind.QUARANTINE,
                    task_line.batch_id,
                    1 if unit else quantity,
                    source,
                    shelf,
                    number,
                    serial_unit_id=unit,
                    case_id=case.id,
                )
                for unit in units
            ]
    post(session, clock, Operation(op_id, actor.id, clock(), reason=case.number), lines)
    return (number if lines else ""), sum(line.quantity for line in lines)


def _quantities(session: Session, batch_id: int, location_id: int) -> dict[StockState, int]:
    rows = session.execute(
        select(Balance.state, Balance.quantity).where(Balance.batch_id == batch_id, Balance.location_id == location_id)
    )
    found: dict[StockState, int] = defaultdict(int)
    for state, quantity in rows:
        found[state] = quantity
    return found


def _take(quantities: dict[StockState, int], missing: int) -> list[tuple[StockState, int]]:
    taken: list[tuple[StockState, int]] = []
    for state in SEALED_FROM:
        part = min(missing, quantities[state])
        if part > 0:
            taken.append((state, part))
            missing -= part
    return taken


def _units(session: Session, batch_id: int, source: Shelf, quantity: int) -> list[int | None]:
    """Serial units are moved one by one, and only where all of the shelf go: which are missing, a scan must say."""
    statement = select(SerialUnit.id).where(
        SerialUnit.batch_id == batch_id,
        SerialUnit.location_id == source.location_id,
        SerialUnit.state == source.state,
    )
    units = list(session.scalars(statement.order_by(SerialUnit.id)))
    if not units:
        return [None]
    if len(units) != quantity:
        raise SerialNeededError
    return list(units)
