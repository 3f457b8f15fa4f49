"""Decides what the closing tab shows, which step may be taken by whom, and what a second person signs; no widget."""

from collections.abc import Callable
from dataclasses import dataclass
from enum import Enum
from functools import partial
from typing import Any
from uuid import uuid4

from PySide6.QtCore import QObject, Signal, SignalInstance

from app.core.actor import Actor
from app.core.changes import Changes, Topic
from app.core.clock import Clock
from app.core.errors import AppError
from app.core.permissions import Duty
from app.core.statuses.recall import CaseState
from app.queries.case_closing import Checklist, ClosingItem, closing_checklist, read_by_hand
from app.queries.case_head import CaseHead, case_head
from app.queries.reader import Reader
from app.services.closing import ENDED, WITHDRAWABLE, WRITABLE, ClosingService
from app.ui.background import Background
from app.ui.pages.recalls.case_tab import CaseTabPresenter
from app.ui.seat import Seat
from app.ui.signers import Signed, Signer, signers


class ClosingStep(Enum):
    """What brings a case to its end, or back from it."""

    RECONCILE = "reconcile"
    ASK_REVIEW = "ask_review"
    CLOSE = "close"
    SEND_BACK = "send_back"
    REOPEN = "reopen"
    NOT_AFFECTED = "not_affected"
    WITHDRAW = "withdraw"


WITH_REASON = (ClosingStep.SEND_BACK, ClosingStep.REOPEN, ClosingStep.NOT_AFFECTED, ClosingStep.WITHDRAW)
"""Steps that keep a reason for ever."""

SIGNED = {ClosingStep.NOT_AFFECTED: CaseState.NOT_AFFECTED, ClosingStep.WITHDRAW: CaseState.WITHDRAWN}
"""Steps that end a case, each under the own signature of who takes it."""

WHERE: dict[ClosingItem, str] = {
    ClosingItem.TASKS: "tasks",
    ClosingItem.FREE_STOCK: "goods",
    ClosingItem.IN_TRANSIT: "goods",
    ClosingItem.UNCOUNTED: "goods",
    ClosingItem.QUARANTINE: "goods",
    ClosingItem.SHIPMENTS: "goods",
    ClosingItem.RECEIVED: "scope",
    ClosingItem.SCOPE_CHANGES: "scope",
    ClosingItem.DISTRIBUTED: "scope",
    ClosingItem.FEEDBACK: "tasks",
    ClosingItem.RETURNED: "goods",
}
"""The tab where an item is done; the others are done on this one."""


@dataclass(frozen=True, slots=True)
class ClosingSight:
    """``steps`` are what this person may take now, the usual one first; ``in_place``: closing takes a second person
    who signs here, because the one who sits here may not close it."""

    head: CaseHead
    checklist: Checklist
    steps: tuple[ClosingStep, ...]
    in_place: bool
    can_write: bool
    can_reply: bool
    closers: tuple[Signer, ...]
    enders: tuple[Signer, ...]
    """Who may sign that nothing is affected: the one who sits here, others where this one read the notice by hand."""

    @property
    def main_step(self) -> ClosingStep | None:
        """The step of the main button: none of those that take a reason."""
        return next((step for step in self.steps if step not in WITH_REASON), None)

    @property
    def reason_steps(self) -> tuple[ClosingStep, ...]:
        return tuple(step for step in self.steps if step in WITH_REASON)


@dataclass(frozen=True, slots=True)
class _Closed:
    """Who closed in place; the background wants to know what changed."""

    second: Actor
    changes: Changes = frozenset({Topic.RECALLS})


class ClosingPresenter(CaseTabPresenter):
    """Every act carries the version that the person saw."""

    topics = frozenset({Topic.RECALLS, Topic.TASKS, Topic.STOCK, Topic.LOCKS, Topic.DOCUMENTS})
    sight_changed = Signal(object)
    """``ClosingSight``."""
    asked_to_sign = Signal(object)
    """The ``ClosingSight`` whose closing another person signs here."""
    asked_to_end = Signal(ClosingStep, tuple)
    """The step of ``SIGNED``, and who may sign it."""
    refused = Signal(AppError)
    """A step was not taken, and why."""
    sign_refused = Signal(AppError)
    done = Signal(str, dict)
    """A key of ``[recalls.closing.tab.said]`` and its values."""

    def __init__(
        self,
        reader: Reader,
        closing: ClosingService,
        clock: Clock,
        seat: Seat,
        background: Background,
        parent: QObject | None = None,
    ) -> None:
        super().__init__(background, parent)
        self._reader, self._closing, self._clock, self._seat = reader, closing, clock, seat
        self._sight: ClosingSight | None = None

    @property
    def sight(self) -> ClosingSight | None:
        return self._sight

    def forget(self) -> None:
        self._sight = None

    def load_case(self, case_id: int) -> None:
        if not self._seat.is_taken:
            return
        actor, now = self._seat.actor, self._clock()

        def ask() -> ClosingSight:
            head = self._reader.fetch(case_head, case_id, now)
            in_place = not _may_close(actor, head)
            may_run = actor.may(Duty.RUN_RECALL)
            own, read = (Signer(actor.login, actor.name),), self._reader.fetch(read_by_hand, case_id)
            return ClosingSight(
                head,
                self._reader.fetch(closing_checklist, case_id),
                steps_of(actor, head),
                in_place,
                may_run and head.row.state in WRITABLE,
                may_run and head.launched_at is not None and head.row.state not in ENDED,
                signers(self._reader, Duty.CLOSE_RECALL, actor) if in_place else own,
                self._others(actor) if actor.id in read else own,
            )

        self._load(ask, self._show)

    def _others(self, actor: Actor) -> tuple[Signer, ...]:
        """Those who run recalls and those who close them, each once."""
        found = [one for duty in (Duty.RUN_RECALL, Duty.CLOSE_RECALL) for one in signers(self._reader, duty, actor)]
        return tuple(dict.fromkeys(found))

    def _show(self, sight: ClosingSight) -> None:
        if sight.head.id == self.case_id:
            self._sight = sight
            self.sight_changed.emit(sight)

    # acts -------------------------------------------------------------------------
    def take(self, step: ClosingStep, reason: str = "") -> None:
        """Take a step; closing asks for a signature, a second person's where this one may not; so does every ending."""
        sight = self._sight
        if sight is None or step not in sight.steps:
            return
        if step is ClosingStep.CLOSE:
            self.asked_to_sign.emit(sight)
            return
        if step in SIGNED:
            own = (Signer(self._seat.actor.login, self._seat.actor.name),)
            self.asked_to_end.emit(step, sight.enders if step is ClosingStep.NOT_AFFECTED else own)
            return
        acts: dict[ClosingStep, Callable[..., Any]] = {
            ClosingStep.RECONCILE: self._closing.reconcile,
            ClosingStep.ASK_REVIEW: self._closing.ask_review,
            ClosingStep.SEND_BACK: self._closing.send_back,
            ClosingStep.REOPEN: self._closing.reopen,
        }
        more = {"reason": reason} if step in WITH_REASON else {}
        self._do(partial(acts[step], **more), step.value)

    def sits_here(self, people: tuple[Signer, ...]) -> bool:
        """Whether it is the one who sits here who signs."""
        return [one.login for one in people] == [self._seat.actor.login]

    def close_in_place(self, signed: Signed) -> None:
        """Another person closes here; the one who sits here stays signed in."""
        sight = self._sight
        if sight is None:
            return
        act = partial(
            self._closing.close_in_place,
            actor=self._seat.actor,
            op_id=uuid4().hex,
            case_id=sight.head.id,
            login=signed.login,
            password=signed.password,
            note=signed.reason,
            version=sight.head.version,
        )

        def done(closed: _Closed) -> None:
            self.done.emit("closed_by", {"person": closed.second.name})

        self._act(lambda: _Closed(act()), done, self.sign_refused.emit)

    def end(self, step: ClosingStep, reason: str, signed: Signed) -> None:
        """A step of ``SIGNED``, under the password of the one who sits here or of another coordinator."""
        end = partial(
            self._closing.end_in_place,
            ending=SIGNED[step],
            reason=reason,
            login=signed.login,
            password=signed.password,
        )
        self._do(end, step.value, self.sign_refused)

    def write_review(self, root_cause: str, lessons: str) -> None:
        """Keep root cause and lessons as they are now."""
        self._do(partial(self._closing.write_review, root_cause=root_cause, lessons=lessons), "review")

    def reply(self, note: str, document_no: str) -> None:
        """The sender of the notice was answered."""
        self._do(partial(self._closing.reply, note=note, document_no=document_no), "reply")

    def _do(self, act: Callable[..., Any], key: str, refused: SignalInstance | None = None) -> None:
        sight = self._sight
        if sight is None:
            return
        given = partial(
            act, actor=self._seat.actor, op_id=uuid4().hex, case_id=sight.head.id, version=sight.head.version
        )
        self._act(given, lambda _done: self.done.emit(key, {}), (refused or self.refused).emit)


def _may_close(actor: Actor, head: CaseHead) -> bool:
    """Not who registered or launched it, and not who asked for the review."""
    own = (head.registered_by, head.review_by, head.launched_by)
    return actor.may(Duty.CLOSE_RECALL) and actor.name not in own


def steps_of(actor: Actor, head: CaseHead) -> tuple[ClosingStep, ...]:
    """What this person may do towards the end of the case now."""
    state, may_run, may_close = head.row.state, actor.may(Duty.RUN_RECALL), actor.may(Duty.CLOSE_RECALL)
    offers = (
        (ClosingStep.RECONCILE, may_run and state in (CaseState.ACTIVE, CaseState.REOPENED)),
        (ClosingStep.ASK_REVIEW, may_run and state is CaseState.RECONCILING),
        (ClosingStep.CLOSE, (may_run or may_close) and state is CaseState.CLOSING_REVIEW),
        (ClosingStep.SEND_BACK, may_close and state is CaseState.CLOSING_REVIEW),
        (ClosingStep.REOPEN, may_run and state in ENDED),
        (ClosingStep.NOT_AFFECTED, may_run and state is CaseState.ASSESSING and head.row.batches == 0),
        (ClosingStep.WITHDRAW, may_run and state in WITHDRAWABLE),
    )
    return tuple(step for step, is_offered in offers if is_offered)
