"""The one place where errors of the database become ours.

The wall says ``wall:<code>`` (on SQLite RAISE and CHECK both arrive as IntegrityError, so the message decides);
everything else is storage trouble, a duplicate, or a bug that stays a bug.
"""

import re

from sqlalchemy.exc import DBAPIError, IntegrityError

from app.core.errors import AppError, ConflictError, RuleError, StorageError
from app.core.scopes import OutOfScopeError


class NotSignedInError(RuleError):
    """The row names another person than the one signed in on this connection."""

    code = "not_signed_in"


class AgentMayNotError(RuleError):
    """A program among the persons posts, signs, approves and lifts nothing."""

    code = "agent_may_not"


class NotYourDutyError(RuleError):
    """No role of this person posts a movement of this kind."""

    code = "not_your_duty"


class OwnSecondError(RuleError):
    """Two signatures, one person."""

    code = "own_second"


class SecondReadingError(RuleError):
    """A notice of class I that only one person has read; ``numbers`` are its clauses."""

    code = "second_reading"


class UnsignedError(RuleError):
    """The second person has not signed this operation."""

    code = "unsigned"


class StaleSignatureError(RuleError):
    """A signature came over a connection that was opened longer ago: nobody has typed a password for it."""

    code = "stale_signature"


class SecondMissingError(RuleError):
    """The movement takes two persons and a reason."""

    code = "second_missing"


class ReasonMissingError(RuleError):
    """The movement takes a reason."""

    code = "reason_missing"


class PathError(RuleError):
    """A movement of this kind does not lead from there to there."""

    code = "path"


class PlaceError(RuleError):
    """Goods in this state cannot lie at a location of this kind."""

    code = "place"


class LockedError(RuleError):
    """A lock layer refuses the movement."""

    code = "locked"


class MustQuarantineError(RuleError):
    """Locked goods may only land in quarantine."""

    code = "must_quarantine"


class NotPendingError(RuleError):
    """The batch has been inspected already, or the outcome is no outcome."""

    code = "not_pending"


class OwnReceiptError(RuleError):
    """Who received the batch cannot inspect it."""

    code = "own_receipt"


class PartRejectedError(RuleError):
    """Units that the inspection rejected leave the hospital; they do not come back to a shelf."""

    code = "part_rejected"


class SerialMissingError(RuleError):
    """The product is tracked by serial number and none was given."""

    code = "serial_missing"


class SerialElsewhereError(RuleError):
    """The unit with this serial number is not where the movement takes it from."""

    code = "serial_elsewhere"


class SerialHereError(RuleError):
    """The unit came in again meanwhile: one serial number is in the hospital once."""

    code = "serial_here"


class ShortError(RuleError):
    """There is less on the shelf than the movement takes."""

    code = "short"


class BalanceError(RuleError):
    """Only a movement changes a balance."""

    code = "balance"


class AppendOnlyError(RuleError):
    """What is written stays as it was written."""

    code = "append_only"


class OwnStepError(RuleError):
    """Nobody approves or closes their own step."""

    code = "own_step"


class NotApprovedError(RuleError):
    """The case has not been approved by a second person."""

    code = "not_approved"


class IsolationError(RuleError):
    """A session with an old snapshot cannot post."""

    code = "isolation"


class ClockError(RuleError):
    """The workstation's clock differs from the database's."""

    code = "clock"


class OwnGrantError(RuleError):
    """Nobody grants a role to themselves."""

    code = "own_grant"


class ApartError(RuleError):
    """Two administrators' roles that no person may combine."""

    code = "apart"


class OwnLockError(RuleError):
    """Who set a lock does not agree to its lifting."""

    code = "own_lock"


class OnlySecurityError(RuleError):
    """Roles are granted and ended by a security administrator."""

    code = "only_security"


class NotShownError(RuleError):
    """A signature stands under what was shown, and its digest must be that of it."""

    code = "not_shown"


class OwnAccountError(RuleError):
    """A security administrator's own account is ended or reset by another one."""

    code = "own_account"


class LoginNameError(RuleError):
    """The database server cannot have a login of this name."""

    code = "login_name"


class ForbiddenError(RuleError):
    """The database knows no right of this person to do this; ``reason`` is what it said."""

    code = "forbidden"


class LoadingError(RuleError):
    """History can be loaded only before the first movement."""

    code = "loading"


class ExistsError(RuleError):
    """A record with this key exists already."""

    code = "exists"


class StatusError(RuleError):
    """The status cannot follow the one that stands."""

    code = "status_order"


class DiskFullError(StorageError):
    """No room left for the database."""

    code = "disk_full"


class ReadOnlyError(StorageError):
    """The database file or its folder cannot be written."""

    code = "read_only"


class NotADatabaseError(StorageError):
    """The file is not a database, or another program's; ``path`` names it."""

    code = "foreign_file"


class BusyError(StorageError):
    """Another program holds the database."""

    code = "busy"


class OutOfReachError(StorageError):
    """The database server does not answer."""

    code = "out_of_reach"


_RULES: tuple[type[RuleError], ...] = (
    NotSignedInError,
    OwnSecondError,
    UnsignedError,
    SecondReadingError,
    StaleSignatureError,
    SecondMissingError,
    ReasonMissingError,
    PathError,
    PlaceError,
    LockedError,
    MustQuarantineError,
    NotPendingError,
    OwnReceiptError,
    PartRejectedError,
    SerialMissingError,
    SerialElsewhereError,
    SerialHereError,
    ShortError,
    BalanceError,
    AppendOnlyError,
    OwnStepError,
    NotApprovedError,
    IsolationError,
    ClockError,
    OwnGrantError,
    AgentMayNotError,
    NotYourDutyError,
    ApartError,
    OwnAccountError,
    LoginNameError,
    ForbiddenError,
    OwnLockError,
    NotShownError,
    OnlySecurityError,
    OutOfScopeError,
    LoadingError,
    ExistsError,
)
REFUSALS: dict[str, type[RuleError]] = {error.code: error for error in _RULES}
REFUSALS["transition"] = StatusError  # the wall says which rule; the screen has a word of its own for it

_WALL = re.compile(r"wall:([a-z_]+)")
_STORAGE: tuple[tuple[str, type[StorageError]], ...] = (
    ("database or disk is full", DiskFullError),
    ("disk i/o error", DiskFullError),
    ("readonly database", ReadOnlyError),
    ("unable to open database", ReadOnlyError),
    ("not a database", NotADatabaseError),
    ("malformed", NotADatabaseError),
    ("database is locked", BusyError),
    ("lock timeout", BusyError),
    ("connection", OutOfReachError),
    ("no space left", DiskFullError),
)


def translated(error: DBAPIError) -> AppError | None:
    """Ours for what the user can be told; None where the error is a bug and must stay one."""
    message = str(error.orig)
    wall = _WALL.search(message)
    if wall:
        return REFUSALS[wall.group(1)]()
    lowered = message.lower()
    if "permission denied" in lowered or "row-level security" in lowered:
        return ForbiddenError(reason=message.splitlines()[0])
    if isinstance(error, IntegrityError):
        if "uq_serial_unit_here" in lowered:
            return SerialHereError()
        return ExistsError() if "unique" in lowered else None
    if "could not serialize" in lowered or "deadlock" in lowered:
        return ConflictError()
    found = next((kind for words, kind in _STORAGE if words in lowered), None)
    return found(reason=message.splitlines()[0]) if found else None
