"""A trace written to a file, for as long as anybody may ask."""

import os
from collections.abc import Sequence
from datetime import UTC, datetime
from pathlib import Path

from app.core.errors import RuleError, StorageError
from app.core.words import Language
from app.interchange.trace_tables import trace_csv, trace_json
from app.queries.tracing import LotTrace

SUFFIXES = (".csv", ".json")


class TraceFileKindError(RuleError):
    """A trace is written as .csv or .json; ``path`` is neither."""

    code = "trace_file.kind"


class TraceNotWrittenError(StorageError):
    """The file ``path`` could not be written, because of ``reason``."""

    code = "trace_file.not_written"


class MomentUnreadableError(RuleError):
    """``typed`` is no moment."""

    code = "trace_file.unreadable"


class MomentAheadError(RuleError):
    """``at`` has not come yet; nobody knows what will be in stock then."""

    code = "trace_file.ahead"


def past_moment(typed: str, now: datetime) -> datetime:
    """Read 2026-11-01T08:00, 2026-11-01 08:00 or 2026-11-01 (its beginning); local time unless it names its offset.

    Raises MomentUnreadableError or MomentAheadError.
    """
    try:
        moment = datetime.fromisoformat(typed.strip().replace("\u3000", " ").replace("/", "-"))
    except ValueError:
        raise MomentUnreadableError(typed=typed.strip()[:40]) from None
    moment = moment.astimezone(UTC)
    if moment > now:
        raise MomentAheadError(at=moment)
    return moment


def write_trace(path: Path, lots: Sequence[LotTrace], shown_at: datetime, language: Language) -> None:
    """Whole or not at all: written beside and moved into place. The suffix decides between table and JSON.

    Raises TraceFileKindError or TraceNotWrittenError.
    """
    suffix = path.suffix.lower()
    if suffix not in SUFFIXES:
        raise TraceFileKindError(path=str(path))
    content = trace_csv(lots, shown_at, language) if suffix == ".csv" else trace_json(lots, shown_at)
    part = path.with_name(path.name + ".part")
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        part.write_bytes(content)
        os.replace(part, path)
    except OSError as error:
        raise TraceNotWrittenError(path=str(path), reason=str(error)) from error
