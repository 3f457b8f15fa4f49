"""A department answers its task: acknowledge, count, put aside, report done. By telephone the coordinator answers."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from sqlalchemy import select
from sqlalchemy.orm import Session

from app.core.actor import Actor, Bilingual
from app.core.changes import Changes
from app.core.errors import RuleError
from app.core.permissions import Duty, NotEntitledError
from app.core.statuses.recall import UNLOCKED_KINDS, CaseAct, CaseKind, CaseState, TaskState
from app.core.statuses.stock import FREE_STATES
from app.models.database import Database
from app.models.places import Location
from app.models.recalls import DepartmentTask, RecallCase, TaskLine
from app.models.stock import Balance, Batch
from app.services.diary import GOODS_CHANGES, Act, Done, case_of_task, enter, open_case, open_task
from app.services.registering import demand_reason
from app.services.repeating import once
from app.services.sealing import seal_lines

RUNNING = frozenset({CaseState.ACTIVE, CaseState.RECONCILING, CaseState.REOPENED})
COUNTABLE = frozenset({TaskState.ACKNOWLEDGED, TaskState.LOCATING, TaskState.FOUND, TaskState.NONE_FOUND})


class NotYoursError(RuleError):
    """The task belongs to ``place``."""

    code = "recall.not_yours"


class PhoneNoteError(RuleError):
    """Who answers for a department writes whom they spoke to."""

    code = "recall.phone_note"


class CountNegativeError(RuleError):
    """Nobody finds less than nothing."""

    code = "recall.count_negative"


class NotCountedError(RuleError):
    """The department has not counted yet."""

    code = "recall.not_counted"


class NoneButFoundError(RuleError):
    """``quantity`` were counted as found before."""

    code = "recall.none_but_found"


class StillOpenError(RuleError):
    """``quantity`` of the affected goods still lie on a free shelf of the department."""

    code = "recall.still_open"


@dataclass(frozen=True, slots=True)
class Answered:
    """The task after the answer: its state, and what was found so far (None: not counted)."""

    task_id: int
    state: TaskState
    found: int | None
    document_no: str = ""
    changes: Changes = field(default=GOODS_CHANGES)


class AnsweringService:
    """The department's own people answer (WARD, or COLLECT_GOODS in a store); else RUN_RECALL with a note."""

    def __init__(self, database: Database) -> None:
        self._database = database

    @once
    def acknowledge(
        self, *, actor: Actor, op_id: str, task_id: int, note: str = "", version: int | None = None
    ) -> Answered:
        """The department has read its task. Raises NotYoursError, PhoneNoteError, TransitionError."""
        with self._database.writing(actor.id) as session:
            task, case = self._open(session, actor, task_id, note, version)
            self._acknowledge(task, actor)
            return self._enter(session, case, task, Act(op_id, CaseAct.ACKNOWLEDGED, actor, note, task.id))

    @once
    def count(
        self,
        *,
        actor: Actor,
        op_id: str,
        task_id: int,
        found: Mapping[int, int],
        reasons: Mapping[int, str] | None = None,
        note: str = "",
        version: int | None = None,
    ) -> Answered:
        """What was found per batch id; ``reasons`` say why it differs. Batches left out stay to be counted.

        Acknowledges as well where nobody has. All counted: ``found``, or ``none_found`` at zero; else ``locating``.
        """
        if any(quantity < 0 for quantity in found.values()):
            raise CountNegativeError
        with self._database.writing(actor.id) as session:
            task, case = self._open(session, actor, task_id, note, version)
            if task.state is TaskState.SENT:
                self._acknowledge(task, actor)
            lines = _lines(session, task.id)
            _write(lines, found, reasons or {})
            self._after_count(task, lines, actor)
            act = Act(op_id, CaseAct.COUNTED, actor, note, task.id, quantity=task.found)
            return self._enter(session, case, task, act)

    @once
    def none_found(
        self, *, actor: Actor, op_id: str, task_id: int, note: str = "", version: int | None = None
    ) -> Answered:
        """Nothing of it is there. Raises NoneButFoundError where something was counted before."""
        with self._database.writing(actor.id) as session:
            task, case = self._open(session, actor, task_id, note, version)
            if task.found or any(line.found for line in _lines(session, task.id)):
                raise NoneButFoundError(quantity=task.found or 0)
            if task.state is TaskState.SENT:
                self._acknowledge(task, actor)
            lines = _lines(session, task.id)
            _write(lines, {line.batch_id: 0 for line in lines}, {})
            self._after_count(task, lines, actor)
            act = Act(op_id, CaseAct.NONE_FOUND, actor, note, task.id, quantity=0)
            return self._enter(session, case, task, act)

    @once
    def quarantine_here(
        self, *, actor: Actor, op_id: str, task_id: int, note: str = "", version: int | None = None
    ) -> Answered:
        """Put what was found aside where it is: the ledger moves it to quarantined at this place.

        Raises NotCountedError; SerialNeededError where serial units are missing and each must be scanned.
        """
        with self._database.writing(actor.id) as session:
            task, case = self._open(session, actor, task_id, note, version)
            if task.counted_at is None:
                raise NotCountedError
            task.move_to(TaskState.QUARANTINED)
            number, moved = "", 0
            if case.kind is not CaseKind.DRILL:
                number, moved = seal_lines(session, self._database.clock, actor, op_id, case, task)
            act = Act(op_id, CaseAct.QUARANTINED, actor, note, task.id, moved, number)
            return self._enter(session, case, task, act)

    @once
    def finish(self, *, actor: Actor, op_id: str, task_id: int, note: str = "", version: int | None = None) -> Answered:
        """The department has nothing more to do. Raises StillOpenError while goods lie on its free shelves: they are
        put aside, used, or explained as a difference by two persons."""
        with self._database.writing(actor.id) as session:
            task, case = self._open(session, actor, task_id, note, version)
            if case.kind not in UNLOCKED_KINDS:
                _demand_shelves_empty(session, task)
            task.move_to(TaskState.DONE)
            task.finished_by, task.finished_at = actor.id, self._database.clock()
            return self._enter(session, case, task, Act(op_id, CaseAct.TASK_DONE, actor, note, task.id))

    @once
    def exempt(self, *, actor: Actor, op_id: str, task_id: int, reason: str, version: int | None = None) -> Answered:
        """The coordinator frees a department of its task, with the reason."""
        actor.demand(Duty.RUN_RECALL)
        with self._database.writing(actor.id) as session:
            case = open_case(session, case_of_task(session, task_id), states=RUNNING)
            task = open_task(session, task_id, version)
            task.move_to(TaskState.EXEMPTED)
            task.note = demand_reason(reason)
            task.finished_by, task.finished_at = actor.id, self._database.clock()
            return self._enter(session, case, task, Act(op_id, CaseAct.EXEMPTED, actor, reason, task.id))

    @once
    def chase(self, *, actor: Actor, op_id: str, case_id: int, note: str = "") -> Done:
        """Remind everybody whose task is open; kept in the diary with how many."""
        actor.demand(Duty.RUN_RECALL)
        with self._database.writing(actor.id) as session:
            case = open_case(session, case_id, states=RUNNING)
            statement = select(DepartmentTask).where(
                DepartmentTask.case_id == case.id, DepartmentTask.finished_at.is_(None)
            )
            waiting = len(session.scalars(statement).all())
            enter(session, self._database, case.id, Act(op_id, CaseAct.CHASED, actor, note, quantity=waiting))
        return Done(GOODS_CHANGES)

    # ---- parts -------------------------------------------------------------------------------------

    def _open(
        self, session: Session, actor: Actor, task_id: int, note: str, version: int | None
    ) -> tuple[DepartmentTask, RecallCase]:
        case = open_case(session, case_of_task(session, task_id), states=RUNNING)
        task = open_task(session, task_id, version)
        demand_answering(session, actor, task.location_id, note)
        return task, case

    def _acknowledge(self, task: DepartmentTask, actor: Actor) -> None:
        task.move_to(TaskState.ACKNOWLEDGED)
        task.acknowledged_by, task.acknowledged_at = actor.id, self._database.clock()

    def _after_count(self, task: DepartmentTask, lines: list[TaskLine], actor: Actor) -> None:
        if task.state not in COUNTABLE:
            task.state.to(TaskState.FOUND)
        counted = [line.found for line in lines if line.found is not None]
        task.found = sum(counted) if counted else None
        if len(counted) < len(lines):
            after = TaskState.LOCATING
        else:
            after = TaskState.FOUND if task.found else TaskState.NONE_FOUND
            task.counted_by, task.counted_at = actor.id, self._database.clock()
        is_recount = task.state is TaskState.FOUND and after is not TaskState.FOUND
        if after is not task.state and not is_recount:
            task.move_to(after)

    def _enter(self, session: Session, case: RecallCase, task: DepartmentTask, act: Act) -> Answered:
        if act.note.strip():
            task.note = act.note.strip()
        enter(session, self._database, case.id, act)
        return Answered(task.id, task.state, task.found, act.document_no)


def demand_answering(session: Session, actor: Actor, location_id: int, note: str) -> None:
    """The department's own people, or the coordinator who writes whom they spoke to."""
    own_people = (Duty.WARD, Duty.COLLECT_GOODS)
    if actor.belongs_to(location_id) and any(actor.may(duty, at=location_id) for duty in own_people):
        return
    if actor.may(Duty.RUN_RECALL):
        if not note.strip():
            raise PhoneNoteError
        return
    if not actor.may(Duty.WARD) and not actor.may(Duty.COLLECT_GOODS):
        raise NotEntitledError(duty=Duty.WARD)
    place = session.get_one(Location, location_id)
    raise NotYoursError(place=Bilingual(place.name_zh, place.name_en))


def _lines(session: Session, task_id: int) -> list[TaskLine]:
    return list(session.scalars(select(TaskLine).where(TaskLine.task_id == task_id).order_by(TaskLine.batch_id)))


def _write(lines: list[TaskLine], found: Mapping[int, int], reasons: Mapping[int, str]) -> None:
    for line in lines:
        if line.batch_id in found:
            line.found = found[line.batch_id]
        if line.batch_id in reasons:
            line.reason = reasons[line.batch_id].strip()[:200]


def _demand_shelves_empty(session: Session, task: DepartmentTask) -> None:
    statement = (
        select(Balance.quantity, Batch.lot_no)
        .join(Batch, Batch.id == Balance.batch_id)
        .join(TaskLine, TaskLine.batch_id == Balance.batch_id)
        .where(
            TaskLine.task_id == task.id,
            Balance.location_id == task.location_id,
            Balance.state.in_(FREE_STATES),
            Balance.quantity > 0,
        )
    )
    left = session.execute(statement).all()
    if left:
        raise StillOpenError(quantity=sum(quantity for quantity, _ in left))
