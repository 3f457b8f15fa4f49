"""Moves an installation from the embedded file to PostgreSQL: everything, in one transaction, proved before it stands.

The target is a database that ``db init`` made and nobody has used. Its wall is set aside inside the transaction, the
rows go in as they are (the audit trail with them: its entries are stored text, so the chains verify on the other
engine), the wall stands up again and is attacked once; then everything is verified, and only then committed.
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Table, text
from sqlalchemy.exc import DBAPIError
from sqlalchemy.orm import Session

from app.core.errors import RuleError, UnexpectedError
from app.models.database import Database
from app.models.everything import METADATA
from app.models.refusals import AppendOnlyError, translated
from app.models.table_rows import Digest, Value, digest_of, fitting, pour, rows_of
from app.models.wall.standing import wall_differences
from app.services.auditing import Verification, verification, verify
from app.services.initialising import NotPostgresError
from app.services.upgrading import demand_sound, newest_revision

OWN = "schema_info"
"""What the target says of itself; the copy is written there and not over it."""
LONGEST_MARK = 200
_ATTACKS = ("TRUNCATE movement CASCADE", "UPDATE audit_entry SET after = after", "DELETE FROM audit_head")


class SourceKindError(RuleError):
    """Only an embedded file can be moved; ``url`` is none."""

    code = "moving.source_kind"


class SourceBrokenError(RuleError):
    """The source's own record has ``count`` mismatches; what does not fit is not moved."""

    code = "moving.source_broken"


class TargetFilledError(RuleError):
    """The target has rows in ``tables`` already."""

    code = "moving.target_filled"


class CopyUnequalError(UnexpectedError):
    """After the copy ``tables`` differ from the source; nothing was kept."""

    code = "moving.unequal"


class CopyUnprovedError(UnexpectedError):
    """The copied record or its wall does not stand: ``names``; nothing was kept."""

    code = "moving.unproved"


@dataclass(frozen=True, slots=True)
class CopiedTable:
    """``digest`` is the SHA-256 of all rows, equal on both sides."""

    name: str
    rows: int
    digest: str


@dataclass(frozen=True, slots=True)
class CopyReport:
    """What was copied and how it was proved."""

    tables: tuple[CopiedTable, ...]
    verified: Verification
    refused_attacks: int

    @property
    def rows(self) -> int:
        return sum(table.rows for table in self.tables)


def copy_installation(source: Database, target: Database, told: Callable[[CopiedTable], None]) -> CopyReport:
    """``told`` hears of each table when its rows are in, before anything stands for good.

    Nobody writes in the source meanwhile, and nothing is written there. Raises SourceKindError, NotPostgresError,
    SourceBrokenError, TargetFilledError, ValueUnfitError; OutdatedError or WallChangedError of either side.
    """
    if not source.is_sqlite:
        raise SourceKindError(url=source.url.render_as_string())
    if target.is_sqlite:
        raise NotPostgresError(url=str(target.path))
    demand_sound(source)
    demand_sound(target)
    before = verify(source)
    if not before.is_intact:
        raise SourceBrokenError(count=len(before.mismatches))
    with source.standing_still() as kept, target.writing(None) as new:
        return _Copy(kept, new, told).run(str(source.path))


class _Copy:
    def __init__(self, kept: Session, new: Session, told: Callable[[CopiedTable], None]) -> None:
        self._kept, self._new, self._told = kept, new, told
        self._tables = [table for table in METADATA.sorted_tables if table.name != OWN]

    def run(self, source: str) -> CopyReport:
        self._run("LOCK TABLE schema_info IN ACCESS EXCLUSIVE MODE")
        self._demand_empty()
        triggers = self._set_wall_aside(source)
        copied = tuple(self._copy(table) for table in self._tables)
        unequal = [one.name for one, table in zip(copied, self._tables, strict=True) if not self._is_equal(one, table)]
        if unequal:
            raise CopyUnequalError(tables=unequal)
        self._set_sequences()
        self._put_wall_up(triggers)
        self._run("UPDATE schema_info SET loading = false")
        refused = sum(_is_refused(self._new, attack) for attack in _ATTACKS)
        verified = verification(self._new)
        self._demand_proved(verified, refused)
        return CopyReport(copied, verified, refused)

    def _run(self, statement: str, **values: Any) -> Any:
        return self._new.execute(text(statement), values)

    def _demand_empty(self) -> None:
        filled = [
            table.name
            for table in self._tables
            if self._new.execute(text(f'SELECT 1 FROM "{table.name}" LIMIT 1')).first()  # noqa: S608 our own names
        ]
        if filled:
            raise TargetFilledError(tables=filled[:8])

    def _set_wall_aside(self, source: str) -> list[tuple[str, str]]:
        """While ``loading`` is set, which the wall allows only before the first movement. Returns the triggers."""
        self._run("ALTER TABLE schema_info DISABLE TRIGGER audit_row")
        loaded_by = self._kept.execute(text("SELECT loaded_by FROM schema_info")).scalar_one()
        mark = "; ".join(part for part in (loaded_by, f"copied from {source}") if part)[-LONGEST_MARK:]
        self._run("UPDATE schema_info SET loading = true, loaded_by = :mark", mark=mark)
        found = self._run(
            "SELECT relname, tgname FROM pg_trigger AS t JOIN pg_class AS c ON c.oid = tgrelid "
            "JOIN pg_namespace AS n ON n.oid = relnamespace WHERE NOT tgisinternal AND nspname = 'public'"
        )
        triggers = [(str(table), str(trigger)) for table, trigger in found]
        for name in sorted({table for table, _ in triggers}):
            self._run(f'ALTER TABLE "{name}" DISABLE TRIGGER USER')
        return triggers

    def _put_wall_up(self, triggers: list[tuple[str, str]]) -> None:
        for table, trigger in triggers:
            self._run(f'ALTER TABLE "{table}" ENABLE ALWAYS TRIGGER "{trigger}"')

    def _copy(self, table: Table) -> CopiedTable:
        digest = Digest()
        pour(self._new, table, self._counted(table, digest))
        copied = CopiedTable(table.name, digest.rows, digest.hex)
        self._told(copied)
        return copied

    def _counted(self, table: Table, digest: Digest) -> Iterator[tuple[Value, ...]]:
        for row in rows_of(self._kept, table):
            digest.add(row)
            yield fitting(table, row)

    def _is_equal(self, copied: CopiedTable, table: Table) -> bool:
        found = digest_of(self._new, table)
        return (found.rows, found.hex) == (copied.rows, copied.digest)

    def _set_sequences(self) -> None:
        """New rows go on after the last; numbers of documents never come twice on the day of the move."""
        for table in self._tables:
            for column in table.primary_key.columns:
                sequence = self._run("SELECT pg_get_serial_sequence(:name, :key)", name=table.name, key=column.name)
                if (named := sequence.scalar()) is not None:
                    query = f'SELECT setval(:named, max("{column.name}")) FROM "{table.name}" HAVING count(*) > 0'  # noqa: S608
                    self._run(query, named=named)
        self._run("SELECT setval('document_number', max(last)) FROM number_series HAVING max(last) > 0")

    def _demand_proved(self, verified: Verification, refused: int) -> None:
        names = wall_differences(self._new.connection(), newest_revision())
        names += [f"{one.kind} {one.table} {one.row}" for one in verified.mismatches[:5]]
        if refused != len(_ATTACKS):
            names.append(f"{refused} / {len(_ATTACKS)}")
        if names:
            raise CopyUnprovedError(names=names)


def _is_refused(session: Session, attack: str) -> bool:
    """Tried inside a savepoint that is rolled back either way."""
    savepoint = session.begin_nested()
    try:
        session.execute(text(attack))
    except DBAPIError as error:
        return isinstance(translated(error), AppendOnlyError)
    else:
        return False
    finally:
        savepoint.rollback()
