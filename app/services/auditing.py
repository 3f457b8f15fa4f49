"""Proof of the record: the chains re-hashed, the rows compared with their last audited image, the seals recomputed.

Reads with plain SQL on purpose: what is verified is what lies in the tables, not what the mapping makes of it.
"""

import json
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import Any

from sqlalchemy import Boolean, Table, text
from sqlalchemy.orm import Session

from app.core.statuses.stock import MovementKind
from app.models.base import UtcDateTime
from app.models.database import Database
from app.models.functions import audit_hash
from app.models.proof import AuditEntry, AuditHead, AuditSeal
from app.models.refusals import ExistsError
from app.models.wall.audit_sql import audited_tables, shown_columns

SEAL_DIGITS = 16
_TRIES = 5
_ROWS_AT_ONCE = 5_000
_BEFORE_THE_TRAIL = frozenset({"schema_info"})
"""Written by the migration that puts the trail up."""


@dataclass(frozen=True, slots=True)
class Mismatch:
    """One place where the record does not fit together; ``kind`` is a key of ``[audit.mismatch]``."""

    kind: str
    table: str
    row: str
    field: str = ""
    expected: str = ""
    found: str = ""


@dataclass(frozen=True, slots=True)
class Verification:
    """What was looked at, and everything that does not fit."""

    entries: int
    chains: int
    rows: int
    balances: int
    seals: int
    mismatches: tuple[Mismatch, ...]

    @property
    def is_intact(self) -> bool:
        return not self.mismatches


@dataclass(frozen=True, slots=True)
class Seal:
    """One hash over all chains, to print on paper."""

    n: int
    hash: str

    @property
    def short(self) -> str:
        """``12 · 9f2c…``: the number and 16 hex digits."""
        return f"{self.n} · {self.hash[:SEAL_DIGITS]}"


@dataclass
class _Found:
    mismatches: list[Mismatch] = field(default_factory=list)
    entries: int = 0
    chains: int = 0
    rows: int = 0
    balances: int = 0
    seals: int = 0

    def add(
        self, kind: str, table: str, row: object, name: str = "", expected: object = "", found: object = ""
    ) -> None:
        self.mismatches.append(Mismatch(kind, table, str(row), name, str(expected), str(found)))


def verify(database: Database) -> Verification:
    """Look at everything, in one snapshot; takes about a second per 20,000 entries."""
    with database.at_one_moment() as session:
        return verification(session)


def verification(session: Session) -> Verification:
    """The same inside the caller's transaction."""
    found = _Found()
    _verify_chains(session, found)
    for table in audited_tables():
        _verify_rows(session, table, found)
    _verify_balances(session, found)
    _verify_seals(session, found)
    return Verification(found.entries, found.chains, found.rows, found.balances, found.seals, tuple(found.mismatches))


def seal(database: Database, actor_id: int | None = None) -> Seal:
    """Write the next seal over the heads of all chains and the seal before."""
    for _ in range(_TRIES):
        try:
            return _seal_once(database, actor_id)
        except ExistsError:  # another workstation sealed in the same moment
            continue
    raise ExistsError


def last_seal(session: Session) -> Seal | None:
    """The newest seal, for the foot of a printed page."""
    row = session.query(AuditSeal).order_by(AuditSeal.n.desc()).first()
    return Seal(row.n, row.hash) if row else None


def _seal_once(database: Database, actor_id: int | None) -> Seal:
    with database.writing(actor_id) as session:
        before = session.query(AuditSeal).order_by(AuditSeal.n.desc()).first()
        heads = session.query(AuditHead).order_by(AuditHead.person_id).all()
        listed = json.dumps([[head.person_id, head.sequence, head.hash] for head in heads], separators=(",", ":"))
        n = before.n + 1 if before else 1
        its_hash = audit_hash(before.hash if before else "", n, listed)
        session.add(AuditSeal(n=n, at=database.clock(), heads=listed, hash=its_hash))
    return Seal(n, its_hash)


# ---- chains ----------------------------------------------------------------------------------------


def _entries(session: Session) -> Iterator[AuditEntry]:
    query = session.query(AuditEntry).order_by(AuditEntry.person_id, AuditEntry.sequence)
    yield from query.yield_per(_ROWS_AT_ONCE)


def _verify_chains(session: Session, found: _Found) -> None:
    heads = {head.person_id: head for head in session.query(AuditHead)}
    ends: dict[int, tuple[int, str]] = {}
    for entry in _entries(session):
        found.entries += 1
        sequence, previous = ends.get(entry.person_id, (0, ""))
        name = f"{entry.person_id}/{entry.sequence}"
        if entry.sequence != sequence + 1:
            found.add("gap", "audit_entry", name, "sequence", sequence + 1, entry.sequence)
        if entry.previous != previous:
            found.add("broken_link", "audit_entry", name, "previous", previous, entry.previous)
        if entry.hash != _hash_of(entry):
            found.add("changed_entry", "audit_entry", name, "hash", _hash_of(entry), entry.hash)
        ends[entry.person_id] = entry.sequence, entry.hash
    found.chains = len(ends)
    for person_id in sorted(heads.keys() | ends.keys()):
        head, end = heads.get(person_id), ends.get(person_id, (0, ""))
        stands = (head.sequence, head.hash) if head else (0, "")
        if stands != end:
            found.add("head", "audit_head", person_id, "hash", end[1], stands[1])


def _hash_of(entry: AuditEntry) -> str:
    return audit_hash(
        entry.previous,
        entry.person_id,
        entry.sequence,
        entry.at,
        entry.table_name,
        entry.row_id,
        entry.action,
        entry.before,
        entry.after,
    )


# ---- rows ------------------------------------------------------------------------------------------


def _verify_rows(session: Session, table: Table, found: _Found) -> None:
    """Each row equals the last 'after' of its trail, and each trail's last row is there."""
    images = _last_images(session, table.name)
    for key, image in _rows(session, table):
        found.rows += 1
        audited = images.pop(key, None)
        if audited is None:
            if table.name not in _BEFORE_THE_TRAIL:
                found.add("unaudited_row", table.name, key)
        elif audited != image:
            _compare(table, key, json.loads(audited) if audited else {}, json.loads(image), found)
    for key, audited in images.items():
        if audited:
            found.add("missing_row", table.name, key)


def _last_images(session: Session, name: str) -> dict[str, str]:
    rows = session.execute(
        text('SELECT row_id, "after" FROM audit_entry WHERE table_name = :name ORDER BY id'), {"name": name}
    )
    return {row_id: after for row_id, after in rows}


def _rows(session: Session, table: Table) -> Iterator[tuple[str, str]]:
    """Key and image of each row, made as the wall makes them."""
    key = " || '/' || ".join(f'CAST("{column.name}" AS TEXT)' for column in table.primary_key.columns)
    names = shown_columns(table)
    if session.get_bind().dialect.name == "sqlite":
        pairs = ", ".join(f"'{name}', \"{name}\"" for name in names)
        query = f'SELECT {key}, json_object({pairs}) FROM "{table.name}"'  # noqa: S608 our own names
    else:
        hidden = ", ".join(f"'{column.name}'" for column in table.columns if column.name not in names)
        image = f"to_jsonb(t) - ARRAY[{hidden}]::text[]"
        query = f'SELECT {key}, ({image})::text FROM "{table.name}" AS t'  # noqa: S608
    for row_key, image in session.execute(text(query)).yield_per(_ROWS_AT_ONCE):
        yield str(row_key), str(image)


def _compare(table: Table, key: str, audited: dict[str, Any], image: dict[str, Any], found: _Found) -> None:
    """By meaning: a row that came from the other database has its image as that one wrote it."""
    for column in sorted(audited.keys() | image.keys()):
        was, stands = (_meant(table, column, values.get(column)) for values in (audited, image))
        if was != stands:
            found.add("changed_row", table.name, key, column, audited.get(column), image.get(column))


def _meant(table: Table, column: str, value: Any) -> Any:
    """A truth is 0 or false, a moment ends in +00:00 or in nothing, as the database writes it."""
    kind = table.columns[column].type if column in table.columns else None
    if isinstance(kind, Boolean) and value in (0, 1):
        return bool(value)
    if isinstance(kind, UtcDateTime) and isinstance(value, str):
        with suppress(ValueError):  # somebody wrote something else there: it is compared as it stands
            moment = datetime.fromisoformat(value)
            return moment if moment.tzinfo else moment.replace(tzinfo=UTC)
    return value


# ---- balances and seals ----------------------------------------------------------------------------

_SUMS = """
SELECT batch_id, place, state, sum(quantity) FROM (
  SELECT batch_id, target_id AS place, target_state AS state, quantity FROM movement
    WHERE target_id IS NOT NULL AND kind <> :inspection
  UNION ALL
  SELECT batch_id, source_id, source_state, -quantity FROM movement
    WHERE source_id IS NOT NULL AND kind <> :inspection
) AS moved GROUP BY batch_id, place, state
"""


def _verify_balances(session: Session, found: _Found) -> None:
    sums = {
        (batch, place, state): int(quantity)
        for batch, place, state, quantity in session.execute(text(_SUMS), {"inspection": MovementKind.INSPECTION.value})
    }
    kept = {
        (batch, place, state): quantity
        for batch, place, state, quantity in session.execute(
            text("SELECT batch_id, location_id, state, quantity FROM balance")
        )
    }
    found.balances = len(kept)
    for key in sorted(sums.keys() | kept.keys()):
        if sums.get(key, 0) != kept.get(key, 0):
            name = "/".join(str(part) for part in key)
            found.add("balance", "balance", name, "quantity", sums.get(key, 0), kept.get(key, 0))


def _verify_seals(session: Session, found: _Found) -> None:
    previous, last = "", 0
    for row in session.query(AuditSeal).order_by(AuditSeal.n):
        found.seals += 1
        if row.n != last + 1:
            found.add("gap", "audit_seal", row.n, "n", last + 1, row.n)
        if row.hash != audit_hash(previous, row.n, row.heads):
            found.add("changed_seal", "audit_seal", row.n, "hash", audit_hash(previous, row.n, row.heads), row.hash)
        previous, last = row.hash, row.n
        for person_id, sequence, head in json.loads(row.heads):
            if sequence and not _sealed_entry(session, person_id, sequence, head):
                found.add("sealed_entry", "audit_entry", f"{person_id}/{sequence}", "hash", head)


def _sealed_entry(session: Session, person_id: int, sequence: int, its_hash: str) -> bool:
    query = session.query(AuditEntry.id).filter_by(person_id=person_id, sequence=sequence, hash=its_hash)
    return query.first() is not None
