"""The file of one case opened for writing, and its diary: who did what, when and why."""

from dataclasses import dataclass

from sqlalchemy.orm import Session
from sqlalchemy.orm.attributes import flag_modified

from app.core.actor import Actor
from app.core.changes import Changes, Topic
from app.core.errors import ConflictError, NotFoundError, RuleError
from app.core.statuses.recall import OPEN_STATES, CaseAct, CaseState
from app.models.database import Database
from app.models.recalls import CaseEntry, DepartmentTask, RecallCase

CASE_CHANGES: Changes = frozenset({Topic.RECALLS})
GOODS_CHANGES: Changes = frozenset({Topic.RECALLS, Topic.TASKS, Topic.STOCK})
LOCK_CHANGES: Changes = frozenset({Topic.RECALLS, Topic.TASKS, Topic.LOCKS, Topic.STOCK, Topic.DOCUMENTS})

_HELD = {"key_share": True}
"""Other writers of the row wait; postings that only name the case do not."""


class CaseStateError(RuleError):
    """The step is not possible while the case is in ``state``."""

    code = "recall.case_state"


@dataclass(frozen=True, slots=True)
class Done:
    """An act that needs no answer beyond what it touched."""

    changes: Changes


@dataclass(frozen=True, slots=True)
class Act:
    """One act on its way into the diary; ``op_id`` was made when the person acted."""

    op_id: str
    act: CaseAct
    actor: Actor
    note: str = ""
    task_id: int | None = None
    quantity: int | None = None
    document_no: str = ""
    second_person_id: int | None = None


def open_case(
    session: Session, case_id: int, version: int | None = None, states: frozenset[CaseState] | None = None
) -> RecallCase:
    """The case, held against other writers until the transaction ends.

    ``version`` is the one the person saw: another one raises ConflictError. A state outside ``states`` raises
    CaseStateError.
    """
    case = session.get(RecallCase, case_id, with_for_update=_HELD)
    if case is None:
        raise NotFoundError
    if version is not None and case.version != version:
        raise ConflictError
    if states is not None and case.state not in states:
        raise CaseStateError(number=case.number, state=case.state)
    return case


def case_of_task(session: Session, task_id: int) -> int:
    """The case is opened before its tasks, always in this order. Raises NotFoundError."""
    task = session.get(DepartmentTask, task_id)
    if task is None:
        raise NotFoundError
    return task.case_id


def open_task(session: Session, task_id: int, version: int | None = None) -> DepartmentTask:
    """The task, held against other writers; raises NotFoundError or ConflictError."""
    task = session.get(DepartmentTask, task_id, with_for_update=_HELD)
    if task is None:
        raise NotFoundError
    if version is not None and task.version != version:
        raise ConflictError
    return task


def enter(session: Session, database: Database, case_id: int, act: Act) -> None:
    """One line in the diary, at the moment of the clock. The same ``op_id`` twice raises ExistsError.

    An act on the case itself gives it a new version, so that a screen which still shows the old one is told.
    """
    case = session.get(RecallCase, case_id)
    if act.task_id is None and case is not None and case.state in OPEN_STATES:
        flag_modified(case, "state")
    session.flush()  # the wall asks for a signature that stands under no line of a diary yet
    session.add(
        CaseEntry(
            op_id=act.op_id,
            case_id=case_id,
            act=act.act,
            task_id=act.task_id,
            quantity=act.quantity,
            document_no=act.document_no,
            note=act.note.strip(),
            person_id=act.actor.id,
            second_person_id=act.second_person_id,
            at=database.clock(),
        )
    )
    session.flush()
