"""What a SQLite connection must know before the wall lets it post: who acts, what time it is, how a chain is hashed."""

import hashlib
from collections.abc import Callable
from datetime import UTC, datetime
from typing import Any

from app.core.clock import Clock, local_date

MOMENT = "%Y-%m-%d %H:%M:%S.%f"


def teach(connection: Any, clock: Clock, actor: Callable[[], int | None]) -> None:
    """Register the functions on a sqlite3 connection; without them no trigger of the wall can run."""

    def site_today(zone: str) -> str:
        return local_date(clock(), zone).isoformat()

    connection.create_function("current_actor", 0, actor)
    connection.create_function("utc_now", 0, lambda: moment_text(clock()))
    connection.create_function("site_today", 1, site_today)
    connection.create_function("sha256", 1, sha256_text)
    connection.create_function("audit_hash", -1, audit_hash)


def sha256_text(value: object) -> str:
    """The digest of a value's text, in hexadecimal."""
    return hashlib.sha256(str(value).encode()).hexdigest()


def audit_hash(*fields: Any) -> str:
    """The link of a chain: SHA-256 over the length-prefixed fields, as PostgreSQL's function of the same name."""
    body = "".join(f"{len(str(field))}:{field}," for field in fields)
    return hashlib.sha256(body.encode()).hexdigest()


def moment_text(moment: datetime) -> str:
    """A moment as the audit trail writes it."""
    return moment.astimezone(UTC).strftime(MOMENT)
