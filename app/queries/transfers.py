"""Transfers between stores: what is on its way to and from a store, and each document with its lines."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from sqlalchemy import func, select
from sqlalchemy.orm import Session, aliased

from app.core.actor import Bilingual
from app.core.errors import NotFoundError
from app.core.packages import Level
from app.core.statuses.locks import LockLayer
from app.core.statuses.store_work import OPEN_TRANSFERS, TransferState
from app.models.catalogue import Product
from app.models.persons import Person
from app.models.places import Location
from app.models.stock import Batch, SerialUnit
from app.models.store_work import Transfer, TransferLine
from app.queries.days import today_at
from app.queries.layers import distinct_layers, keys_of, layers_of
from app.queries.packages import levels_of

LONGEST = 200


@dataclass(frozen=True, slots=True)
class TransferRow:
    """One document; quantities in base units, ``missing`` of them neither arrived nor settled."""

    id: int
    number: str
    source_id: int
    source: Bilingual
    target_id: int
    target: Bilingual
    state: TransferState
    sent_by: Bilingual
    sent_at: datetime
    finished_by: Bilingual | None
    finished_at: datetime | None
    second: Bilingual | None
    reason: str
    finish_reason: str
    lines: int
    quantity: int
    missing: int
    version: int

    @property
    def is_open(self) -> bool:
        return self.state in OPEN_TRANSFERS


@dataclass(frozen=True, slots=True)
class TransferLineRow:
    """One batch of a document, with the layers that stand on it now."""

    id: int
    batch_id: int
    product_id: int
    product: Bilingual
    ref: str
    spec: str
    unit: Bilingual
    lot_no: str
    lot_key: str
    serial_no: str
    expiry_on: date | None
    quantity: int
    received: int
    damaged: int
    lost: int
    layers: tuple[LockLayer, ...]
    levels: tuple[Level, ...] = ()

    @property
    def missing(self) -> int:
        return self.quantity - self.received - self.damaged - self.lost


@dataclass(frozen=True, slots=True)
class TransferSheet:
    """A document with its lines."""

    head: TransferRow
    lines: tuple[TransferLineRow, ...]


def incoming(session: Session, store_id: int, *, only_open: bool = False) -> list[TransferRow]:
    """Documents to a store, the open ones first, the newest first among each."""
    return _listed(session, Transfer.target_id == store_id, only_open)


def outgoing(session: Session, store_id: int, *, only_open: bool = False) -> list[TransferRow]:
    """Documents from a store, in the same order."""
    return _listed(session, Transfer.source_id == store_id, only_open)


def transfer_sheet(session: Session, transfer_id: int) -> TransferSheet:
    """Raises NotFoundError."""
    found = _rows(session, Transfer.id == transfer_id)
    if not found:
        raise NotFoundError
    return TransferSheet(found[0], tuple(_lines(session, found[0])))


def transfer_by_number(session: Session, number: str) -> TransferRow:
    """Raises NotFoundError."""
    found = _rows(session, Transfer.number == number.strip().upper())
    if not found:
        raise NotFoundError
    return found[0]


def _listed(session: Session, condition: Any, only_open: bool) -> list[TransferRow]:
    conditions = [condition, Transfer.state.in_(OPEN_TRANSFERS)] if only_open else [condition]
    rows = _rows(session, *conditions)
    return sorted(rows, key=lambda row: not row.is_open)


def _rows(session: Session, *conditions: Any) -> list[TransferRow]:
    source, target = aliased(Location), aliased(Location)
    sender, finisher, second = aliased(Person), aliased(Person), aliased(Person)
    sums = (
        select(
            TransferLine.transfer_id,
            func.count().label("lines"),
            func.sum(TransferLine.quantity).label("quantity"),
            func.sum(TransferLine.received + TransferLine.damaged + TransferLine.lost).label("ended"),
        )
        .group_by(TransferLine.transfer_id)
        .subquery()
    )
    query = (
        select(Transfer, source, target, sender, finisher, second, sums.c.lines, sums.c.quantity, sums.c.ended)
        .join(source, source.id == Transfer.source_id)
        .join(target, target.id == Transfer.target_id)
        .join(sender, sender.id == Transfer.sent_by)
        .join(sums, sums.c.transfer_id == Transfer.id)
        .outerjoin(finisher, finisher.id == Transfer.finished_by)
        .outerjoin(second, second.id == Transfer.second_person_id)
        .where(*conditions)
        .order_by(Transfer.id.desc())
        .limit(LONGEST)
    )
    return [_row(*found) for found in session.execute(query)]


def _row(
    transfer: Transfer,
    source: Location,
    target: Location,
    sender: Person,
    finisher: Person | None,
    second: Person | None,
    lines: int,
    quantity: int,
    ended: int,
) -> TransferRow:
    return TransferRow(
        transfer.id,
        transfer.number,
        source.id,
        Bilingual(source.name_zh, source.name_en),
        target.id,
        Bilingual(target.name_zh, target.name_en),
        transfer.state,
        Bilingual(sender.name_zh, sender.name_en),
        transfer.sent_at,
        Bilingual(finisher.name_zh, finisher.name_en) if finisher else None,
        transfer.finished_at,
        Bilingual(second.name_zh, second.name_en) if second else None,
        transfer.reason,
        transfer.finish_reason,
        lines,
        int(quantity),
        int(quantity - ended) if transfer.state in OPEN_TRANSFERS else 0,
        transfer.version,
    )


def _lines(session: Session, head: TransferRow) -> list[TransferLineRow]:
    query = (
        select(TransferLine, Batch, Product, SerialUnit.serial_no)
        .join(Batch, Batch.id == TransferLine.batch_id)
        .join(Product, Product.id == Batch.product_id)
        .outerjoin(SerialUnit, SerialUnit.id == TransferLine.serial_unit_id)
        .where(TransferLine.transfer_id == head.id)
        .order_by(TransferLine.line_no)
    )
    found: Sequence[tuple[TransferLine, Batch, Product, str | None]] = [
        (line, batch, product, serial) for line, batch, product, serial in session.execute(query)
    ]
    layers = layers_of(session, keys_of([batch for _, batch, _, _ in found]), today_at(session, head.target_id))
    levels = levels_of(session, {product.id for _, _, product, _ in found})
    return [
        TransferLineRow(
            line.id,
            batch.id,
            product.id,
            Bilingual(product.name_zh, product.name_en),
            product.ref,
            product.spec,
            Bilingual(product.base_unit_zh, product.base_unit_en),
            batch.lot_no,
            batch.lot_key,
            serial or "",
            batch.expiry_on,
            line.quantity,
            line.received,
            line.damaged,
            line.lost,
            distinct_layers(layers[batch.id]),
            levels.get(product.id, ()),
        )
        for line, batch, product, serial in found
    ]
