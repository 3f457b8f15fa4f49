"""Every command once: the same operation asked again gets the first answer; the same id with other content is refused.

An operation's id is made when the person acts (a scan, a click), so a workstation that lost its connection asks again
without knowing whether the first time went through. The answer is kept in the transaction that did the work: both are
there or neither is.
"""

import hashlib
import json
from collections.abc import Callable, Mapping
from contextvars import ContextVar
from functools import wraps
from typing import Any, Concatenate, ParamSpec, Protocol, TypeVar, cast

from sqlalchemy import bindparam, insert, select

from app.core.actor import Actor
from app.core.errors import AppError, RuleError, StorageError
from app.core.plain import plain, rebuilt
from app.models.database import Database
from app.models.direct import Direct, at_parting
from app.models.everything import METADATA

_KEPT = METADATA.tables["operation"]
_FIRST = Direct(select(_KEPT.c.content_hash, _KEPT.c.answer).where(_KEPT.c.op_id == bindparam("op_id")))
_KEEP = Direct(insert(_KEPT), ["op_id", "person_id", "content_hash", "answer", "at"])
_SECRETS = frozenset({"password"})
_under_way: ContextVar[str] = ContextVar("operation", default="")
"""A command that calls another one under its own id is still one operation."""

P = ParamSpec("P")
T = TypeVar("T")


class OperationReusedError(RuleError):
    """The operation ``op_id`` was something else the first time; nothing was done."""

    code = "operation_reused"


class _Service(Protocol):
    @property
    def _database(self) -> Database: ...


S = TypeVar("S", bound=_Service)


def once(method: Callable[Concatenate[S, P], T]) -> Callable[Concatenate[S, P], T]:
    """For a method with the keywords ``actor`` and ``op_id`` that opens one writing transaction; its answer is plain.

    The method's transaction is joined by the record of its answer. Nobody asks beforehand whether the operation is
    known: nearly none is, and where one is, its own record refuses the second (or its work, whose goods are gone), and
    the first answer is told. One that came at the same moment waits for the first. Raises OperationReusedError.
    """

    @wraps(method)
    def asked(self: S, /, *args: P.args, **values: P.kwargs) -> T:
        actor, op_id = cast("Actor", values["actor"]), cast("str", values["op_id"])
        if _under_way.get() == op_id:
            return method(self, *args, **values)
        content = _content(f"{type(self).__name__}.{method.__name__}", actor, values)
        database = self._database  # pyright: ignore[reportPrivateUsage]
        outer = _under_way.set(op_id)
        try:
            with database.writing(actor.id) as session:
                answer = method(self, *args, **values)
                kept = {"op_id": op_id, "person_id": actor.id, "content_hash": content, "answer": _written(answer)}
                at_parting(session, _KEEP.asking(**kept, at=database.clock()))
                return answer
        except StorageError:
            raise
        except AppError:
            with database.reading() as session:
                first = _FIRST.rows(session, op_id=op_id)
            if not first:
                raise
            return _told(first[0], op_id, content, method)
        finally:
            _under_way.reset(outer)

    return asked


def _content(command: str, actor: Actor, values: Mapping[str, Any]) -> str:
    """A hash over the command, the person and what was asked; passwords are no part of it."""
    asked = {name: plain(value) for name, value in values.items() if name not in {"actor", "op_id"} | _SECRETS}
    text = json.dumps([command, actor.id, asked], sort_keys=True, ensure_ascii=False)
    return hashlib.sha256(text.encode()).hexdigest()


def _written(answer: object) -> str:
    return json.dumps(plain(answer), ensure_ascii=False)


def _told(first: tuple[str, str], op_id: str, content: str, method: Callable[..., T]) -> T:
    content_hash, answer = first
    if content_hash != content:
        raise OperationReusedError(op_id=op_id)
    return rebuilt(method, json.loads(answer))
