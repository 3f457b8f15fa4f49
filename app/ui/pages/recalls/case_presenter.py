"""Decides what the frame of a case shows and which step it offers to whom; knows no widget."""

from collections.abc import Callable
from dataclasses import dataclass
from functools import partial
from typing import Any
from uuid import uuid4

from PySide6.QtCore import QObject, Signal, Slot

from app.core.actor import Actor
from app.core.changes import Topic
from app.core.clock import Clock
from app.core.errors import AppError
from app.core.permissions import Duty, duties
from app.core.statuses.recall import CaseKind
from app.core.statuses.verdict import Verdict
from app.queries.case_head import CaseHead, NextStep, case_head
from app.queries.case_scope import scope_rows
from app.queries.persons import PersonRow, persons
from app.queries.reader import Reader
from app.services.assessing import AssessingService
from app.services.closing import ClosingService
from app.services.launching import HOLDABLE, LaunchingService
from app.services.papers import PaperService
from app.services.registering import RegisteringService
from app.services.second_reading import SecondReadingService, may_read_again
from app.ui.background import Background
from app.ui.presenter import Presenter
from app.ui.seat import Seat
from app.ui.signers import Signer

STEP_DUTIES: dict[NextStep, Duty] = {
    NextStep.ASSESS: Duty.RUN_RECALL,
    NextStep.CONFIRM: Duty.RUN_RECALL,
    NextStep.DECIDE: Duty.RUN_RECALL,
    NextStep.READ_AGAIN: Duty.RUN_RECALL,
    NextStep.APPROVE: Duty.APPROVE_RECALL,
    NextStep.LAUNCH: Duty.RUN_RECALL,
    NextStep.NOT_AFFECTED: Duty.RUN_RECALL,
    NextStep.CHASE: Duty.RUN_RECALL,
    NextStep.RECONCILE: Duty.RUN_RECALL,
    NextStep.ASK_REVIEW: Duty.RUN_RECALL,
    NextStep.CLOSE: Duty.CLOSE_RECALL,
    NextStep.REOPEN: Duty.CLOSE_RECALL,
}
"""Who may take a step with their own hands."""

STEP_TABS: dict[NextStep, str] = {
    NextStep.DECIDE: "scope",
    NextStep.NOT_AFFECTED: "closing",
    NextStep.CHASE: "tasks",
    NextStep.ASK_REVIEW: "closing",
    NextStep.CLOSE: "closing",
    NextStep.REOPEN: "closing",
}
"""Steps that need more than a key: the tab where they are taken."""


SIGNED_STEPS: dict[NextStep, frozenset[Duty]] = {
    NextStep.READ_AGAIN: frozenset({Duty.RUN_RECALL, Duty.APPROVE_RECALL}),
    NextStep.APPROVE: frozenset({Duty.APPROVE_RECALL}),
}
"""Steps that are taken under a signature, and who may give it."""


@dataclass(frozen=True, slots=True)
class StepOffer:
    """The next step; ``is_mine`` where the person may take it, ``in_place`` where a second one may sign it here."""

    step: NextStep
    is_mine: bool
    in_place: bool = False


@dataclass(frozen=True, slots=True)
class CaseFile:
    """The case above its tabs; ``loose`` affected or doubtful batches are on no hold yet."""

    head: CaseHead
    offer: StepOffer | None
    loose: int
    can_hold: bool


class CasePresenter(Presenter):
    """One case at a time. Every act carries the version that the person saw."""

    topics = frozenset({Topic.RECALLS, Topic.TASKS, Topic.LOCKS, Topic.STOCK})
    file_changed = Signal(object)
    asked_for_tab = Signal(str)
    asked_to_sign = Signal(str, list)
    """A key of ``SIGNED_STEPS`` and ``Signer`` rows: the step takes a signature, which may be given in place."""
    signed = Signal(str, object)
    """The step and the name of who signed."""
    sign_refused = Signal(AppError)
    refused = Signal(object, AppError)
    """The ``NextStep`` that was refused (None: the hold), and why."""
    done = Signal(str, dict)
    """A key of ``[recalls.done]`` and its values."""
    launched = Signal(object)
    """``Launched``: everything is locked, the tasks are out; the papers follow."""
    printed = Signal(object)
    """``Printed``: the papers of the launch."""
    print_refused = Signal(AppError)

    def __init__(
        self,
        reader: Reader,
        registering: RegisteringService,
        assessing: AssessingService,
        launching: LaunchingService,
        second_reading: SecondReadingService,
        closing: ClosingService,
        papers: PaperService,
        clock: Clock,
        seat: Seat,
        background: Background,
        parent: QObject | None = None,
    ) -> None:
        super().__init__(background, parent)
        self._reader, self._clock, self._seat = reader, clock, seat
        self._registering, self._assessing, self._launching = registering, assessing, launching
        self._second_reading, self._closing, self._papers = second_reading, closing, papers
        self._signing = NextStep.APPROVE
        self._case_id: int | None = None
        self._file: CaseFile | None = None

    @property
    def case_id(self) -> int | None:
        return self._case_id

    @property
    def file(self) -> CaseFile | None:
        return self._file

    def open_case(self, case_id: int) -> None:
        """Show this case from now on."""
        if case_id != self._case_id:
            self._file = None
        self._case_id = case_id
        self._is_stale = True
        if self._is_visible:
            self._refresh()

    @Slot()
    def reload(self) -> None:
        case_id = self._case_id
        if case_id is None or not self._seat.is_taken:
            return
        actor, now = self._seat.actor, self._clock()

        def ask() -> CaseFile:
            head = self._reader.fetch(case_head, case_id, now)
            lines = self._reader.fetch(scope_rows, case_id, Verdict.AFFECTED, Verdict.NEED_INFO)
            loose = sum(not line.is_held and not line.is_recall_locked for line in lines)
            return CaseFile(head, offer_to(actor, head), loose, _can_hold(actor, head, loose))

        self._load(ask, self._show)

    def _show(self, shown: CaseFile) -> None:
        self._file = shown
        self.file_changed.emit(shown)

    # acts ---------------------------------------------------------------------
    @Slot()
    def take_step(self) -> None:
        """Take the next step, or lead to where it is taken."""
        shown = self._file
        if shown is None or shown.offer is None:
            return
        step = shown.offer.step
        if step in STEP_TABS:
            self.asked_for_tab.emit(STEP_TABS[step])
        elif step in SIGNED_STEPS:
            self._ask_to_sign(shown, is_own=shown.offer.is_mine)
        else:
            self._take(step, shown.head)

    def _take(self, step: NextStep, head: CaseHead) -> None:
        acts: dict[NextStep, Callable[..., Any]] = {
            NextStep.ASSESS: self._assessing.assess,
            NextStep.CONFIRM: self._registering.confirm_clauses,
            NextStep.LAUNCH: self._launching.launch,
            NextStep.RECONCILE: self._closing.reconcile,
        }
        act = partial(acts[step], actor=self._seat.actor, op_id=uuid4().hex, case_id=head.id, version=head.version)
        self._act(act, partial(self._tell, step), partial(self.refused.emit, step))

    def _tell(self, step: NextStep, outcome: Any) -> None:
        if step is NextStep.LAUNCH:
            self.launched.emit(outcome)
            self.print_launch(outcome.case_id)
            return
        values: dict[str, Any] = {}
        if step is NextStep.ASSESS:
            values = {"affected": outcome.affected, "doubtful": outcome.need_info, "compared": outcome.compared}
        self.done.emit(step.value, values)

    def print_launch(self, case_id: int) -> None:
        """The papers come after the locks: if they fail, everything stays locked and they can be printed again."""
        act = partial(self._papers.print_launch, actor=self._seat.actor, case_id=case_id)
        self._act(act, self.printed.emit, self.print_refused.emit)

    @Slot()
    def hold(self) -> None:
        """Put every affected and doubtful lot on hold, at once and alone."""
        shown = self._file
        if shown is None or not shown.can_hold:
            return
        act = partial(self._launching.hold, actor=self._seat.actor, op_id=uuid4().hex, case_id=shown.head.id)
        self._act(
            act,
            lambda held: self.done.emit("hold", {"lots": held.lots}),
            lambda error: self.refused.emit(None, error),
        )

    # the second person ----------------------------------------------------------
    def _ask_to_sign(self, shown: CaseFile, *, is_own: bool) -> None:
        """Such a step takes a fresh password, also of the person who sits here."""
        actor, step = self._seat.actor, shown.offer.step if shown.offer else NextStep.APPROVE
        self._signing = step
        if is_own:
            self.asked_to_sign.emit(step.value, [Signer(actor.login, actor.name)])
            return
        left_out = {actor.id, *(shown.head.first_readers if step is NextStep.READ_AGAIN else ())}

        def ask() -> list[Signer]:
            found = self._reader.fetch(persons, only_active=True)
            return [Signer(row.login, row.name) for row in found if _may_sign(row, step) and row.id not in left_out]

        self._load(ask, partial(self.asked_to_sign.emit, step.value), "signers")

    def sign(self, login: str, password: str) -> None:
        """The second person reads again or approves here; the first one stays signed in."""
        shown, step = self._file, self._signing
        if shown is None:
            return
        in_place = {
            NextStep.READ_AGAIN: self._second_reading.read_again_in_place,
            NextStep.APPROVE: self._launching.approve_in_place,
        }
        act = partial(
            in_place[step],
            actor=self._seat.actor,
            op_id=uuid4().hex,
            case_id=shown.head.id,
            login=login,
            password=password,
            version=shown.head.version,
        )
        told = step.value
        self._act(lambda: _Signed(act()), lambda done: self.signed.emit(told, done.second.name), self.sign_refused.emit)


@dataclass(frozen=True, slots=True)
class _Signed:
    """Who signed in place; the background wants to know what changed."""

    second: Actor
    changes: frozenset[Topic] = frozenset({Topic.RECALLS})


def offer_to(actor: Actor, head: CaseHead) -> StepOffer | None:
    """The next step of the case as this person may take it."""
    step = head.next_step
    if step is None:
        return None
    is_mine = actor.may(STEP_DUTIES[step])
    if step is NextStep.APPROVE:
        is_mine = is_mine and actor.name != head.registered_by
        return StepOffer(step, is_mine, in_place=actor.may(Duty.RUN_RECALL))
    if step is NextStep.READ_AGAIN:
        is_mine = may_read_again(actor) and actor.id not in head.first_readers
        return StepOffer(step, is_mine, in_place=actor.may(Duty.RUN_RECALL))
    return StepOffer(step, is_mine)


def _can_hold(actor: Actor, head: CaseHead, loose: int) -> bool:
    row = head.row
    is_possible = actor.may(Duty.HOLD) and row.state in HOLDABLE and row.kind is not CaseKind.DRILL
    return is_possible and (loose > 0 or not row.is_assessed)


def _may_sign(row: PersonRow, step: NextStep) -> bool:
    return bool(SIGNED_STEPS[step] & duties(frozenset(row.roles)))
