"""What a locked batch may still do: the table "movements and locks", once, for screen and wall alike."""

from collections.abc import Iterable
from enum import Enum

from app.core.statuses.stock import MovementKind


class LockLayer(Enum):
    """Layers stand independently of each other; lifting one leaves the others."""

    PENDING = "pending"
    REJECTED = "rejected"
    EXPIRED = "expired"
    ON_HOLD = "on_hold"
    RECALL_QUARANTINE = "recall_quarantine"


class Effect(Enum):
    """What a layer does to a movement."""

    ALLOW = "allow"
    REFUSE = "refuse"
    SECOND = "second"  # two persons and a reason
    QUARANTINE = "quarantine"  # lands in quarantine
    SECOND_QUARANTINE = "second_quarantine"
    SECOND_NOT_FREE = "second_not_free"  # two persons and a reason, never back to a free shelf


_MARKS = {
    "+": Effect.ALLOW,
    "x": Effect.REFUSE,
    "2": Effect.SECOND,
    "Q": Effect.QUARANTINE,
    "2Q": Effect.SECOND_QUARANTINE,
    "2F": Effect.SECOND_NOT_FREE,
}

#                    pending rejected expired on_hold recall
_TABLE = """
receipt              +       x        2Q      2Q      2Q
inspection           +       x        +       +       +
transfer             x       x        x       x       x
arrival              Q       Q        Q       Q       Q
issue                x       x        x       x       x
use                  2       2        2       2       2
ward_return          Q       Q        Q       Q       Q
quarantine           +       +        +       +       +
unquarantine         x       x        x       x       x
return_to_supplier   +       +        +       2       +
disposal             2       +        +       2       +
stock_gain           2Q      2Q       2Q      2Q      2Q
stock_loss           2       2        2       2       2
kit_build            x       x        x       x       x
kit_open             +       Q        Q       Q       Q
reversal             2F      2F       2F      2F      2F
"""

LOCK_TABLE: dict[tuple[MovementKind, LockLayer], Effect] = {
    (MovementKind(row[0]), layer): _MARKS[mark]
    for row in (line.split() for line in _TABLE.strip().splitlines())
    for layer, mark in zip(LockLayer, row[1:], strict=True)
}

NEEDS_SECOND = frozenset(
    {
        MovementKind.RETURN_TO_SUPPLIER,
        MovementKind.DISPOSAL,
        MovementKind.STOCK_GAIN,
        MovementKind.STOCK_LOSS,
        MovementKind.UNQUARANTINE,
    }
)
"""Kinds that take two persons whatever the lock: hand-over, witness, difference, way back to the shelf."""

NEEDS_REASON = NEEDS_SECOND - {MovementKind.RETURN_TO_SUPPLIER} | {MovementKind.REVERSAL}


def effects(kind: MovementKind, layers: Iterable[LockLayer]) -> frozenset[Effect]:
    """What the standing layers together do to a movement; empty or {ALLOW} is a free batch."""
    return frozenset(LOCK_TABLE[kind, layer] for layer in layers)


def is_refused(kind: MovementKind, layers: Iterable[LockLayer]) -> bool:
    """Whether one of the layers forbids the movement outright."""
    return Effect.REFUSE in effects(kind, layers)


def must_quarantine(kind: MovementKind, layers: Iterable[LockLayer]) -> bool:
    """Whether the goods may only land in quarantine."""
    return bool(effects(kind, layers) & {Effect.QUARANTINE, Effect.SECOND_QUARANTINE})


def needs_second(kind: MovementKind, layers: Iterable[LockLayer]) -> bool:
    """Whether another person signs; ``layers`` may be empty."""
    seconded = {Effect.SECOND, Effect.SECOND_QUARANTINE, Effect.SECOND_NOT_FREE}
    return kind in NEEDS_SECOND or bool(effects(kind, layers) & seconded)
