"""Errors the application raises on purpose.

Each carries a ``code`` and values, never a sentence: ``app.core.words`` speaks for screen, paper and terminal.
Subclasses live beside what raises them.
"""

from typing import Any, ClassVar


class AppError(Exception):
    """A failure the user is told about in words; any other exception is a bug.

    ``code`` names the text ``[errors.<code>]`` of the word catalogue; ``values`` fill its placeholders.
    """

    code: ClassVar[str] = "unexpected"

    def __init__(self, **values: Any) -> None:
        super().__init__(self.code, values)
        self.values: dict[str, Any] = values


class NotFoundError(AppError):
    """The record does not exist, or no longer."""

    code = "not_found"


class RuleError(AppError):
    """A rule of the department forbids the request; the input stays as it was."""

    code = "rule"


class ConflictError(AppError):
    """Someone else changed the record since it was read."""

    code = "conflict"


class StorageError(AppError):
    """The database cannot be read or written: disk, rights, network, foreign file."""

    code = "storage"


class DeviceError(AppError):
    """A scanner or printer does not answer."""

    code = "device"


class UnexpectedError(AppError):
    """A bug, caught at the edge of a thread so that the window survives it."""

    code = "unexpected"
