"""What every mapped class shares: names of constraints, enums as text, moments in UTC."""

from datetime import UTC, datetime
from enum import Enum
from typing import Annotated, Any

from sqlalchemy import DateTime, MetaData, String, types
from sqlalchemy import Enum as EnumColumn
from sqlalchemy.engine import Dialect
from sqlalchemy.orm import DeclarativeBase, mapped_column

NAMING = {
    "ix": "ix_%(column_0_label)s",
    "uq": "uq_%(table_name)s_%(column_0_N_name)s",
    "ck": "ck_%(table_name)s_%(constraint_name)s",
    "fk": "fk_%(table_name)s_%(column_0_name)s_%(referred_table_name)s",
    "pk": "pk_%(table_name)s",
}


_Told = Any
"""What SQLAlchemy has no public name for."""


class UtcDateTime(types.TypeDecorator[datetime]):
    """An aware UTC datetime on both databases; SQLite keeps it as sortable text."""

    impl = DateTime(timezone=True)
    cache_ok = True

    def process_bind_param(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        if value is None:
            return None
        moment = value.astimezone(UTC)
        return moment.replace(tzinfo=None) if dialect.name == "sqlite" else moment

    def result_processor(self, dialect: Dialect, coltype: object) -> _Told:
        """PostgreSQL's connections speak UTC (``app.models.database``), so there is nothing to do for each value."""
        return None if dialect.name == "postgresql" else _from_text


def _from_text(value: str | None) -> datetime | None:
    """At once: two thousand lines of a ledger have four thousand moments."""
    return datetime.fromisoformat(value + "+00:00") if value is not None else None


def enum_column(enum: type[Enum], name: str = "", *, by_wall: bool = False) -> EnumColumn:
    """The enum's values as text, checked by the database; ``name`` keeps two of one table apart.

    ``by_wall``: by the wall's own table of what may stand here, not by a list of its own beside it, which PostgreSQL
    reads anew for each row.
    """
    return EnumColumn(
        enum,
        values_callable=lambda members: [member.value for member in members],  # pyright: ignore[reportUnknownLambdaType, reportUnknownVariableType]
        native_enum=False,
        create_constraint=not by_wall,
        length=24,
        name=name or enum.__name__.lower(),
    )


Moment = Annotated[datetime, mapped_column(UtcDateTime)]
Name = Annotated[str, mapped_column(String(200))]
Code = Annotated[str, mapped_column(String(64))]
Number = Annotated[str, mapped_column(String(32))]


class Base(DeclarativeBase):
    """Declarative base of every table."""

    metadata = MetaData(naming_convention=NAMING)
    type_annotation_map: dict[Any, Any] = {}  # noqa: RUF012 (SQLAlchemy's own protocol)
