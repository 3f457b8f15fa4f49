"""Who does which step, who signs with them, and which steps one person never does both of.

The matrix of responsibilities is made from this and from ``permissions``; nothing of it is typed a second time.
"""

from dataclasses import dataclass
from enum import Enum

from app.core.permissions import DUTIES, Duty, Role


class Part(Enum):
    """The parts of the work, in the order of the goods."""

    GOODS_IN = "goods_in"
    STORES = "stores"
    WARDS = "wards"
    RECALLS = "recalls"
    GOODS_OUT = "goods_out"
    HOUSE = "house"


class Step(Enum):
    """One step of the work that somebody answers for."""

    ORDER = "order"
    RECEIVE = "receive"
    LET_IN = "let_in"
    INSPECT = "inspect"
    SUPPLEMENT = "supplement"
    ISSUE = "issue"
    TRANSFER = "transfer"
    WRITE_OFF = "write_off"
    COUNT = "count"
    APPROVE_COUNT = "approve_count"
    BUILD_KITS = "build_kits"
    KEEP_RECIPES = "keep_recipes"
    ASK = "ask"
    APPROVE_REQUEST = "approve_request"
    USE = "use"
    USE_DESPITE = "use_despite"
    SEE_PATIENTS = "see_patients"
    HOLD = "hold"
    LIFT_HOLD = "lift_hold"
    REGISTER = "register"
    CONFIRM = "confirm"
    READ_AGAIN = "read_again"
    READ_BY_HAND = "read_by_hand"
    END_UNAFFECTED = "end_unaffected"
    APPROVE = "approve"
    LAUNCH = "launch"
    ANSWER = "answer"
    REVIEW = "review"
    CLOSE = "close"
    LIFT_RECALL = "lift_recall"
    COLLECT = "collect"
    HAND_OVER = "hand_over"
    DESTROY = "destroy"
    SET_RULES = "set_rules"
    GRANT = "grant"
    SET_UP = "set_up"
    AUDIT = "audit"


@dataclass(frozen=True, slots=True)
class Task:
    """``duty`` does the step; ``second`` signs it in place, as another person."""

    part: Part
    duty: Duty
    second: Duty | None = None


TASKS: dict[Step, Task] = {
    Step.ORDER: Task(Part.GOODS_IN, Duty.ORDER),
    Step.RECEIVE: Task(Part.GOODS_IN, Duty.RECEIVE),
    Step.LET_IN: Task(Part.GOODS_IN, Duty.RECEIVE, Duty.WITNESS),
    Step.INSPECT: Task(Part.GOODS_IN, Duty.INSPECT),
    Step.SUPPLEMENT: Task(Part.GOODS_IN, Duty.RECEIVE, Duty.WITNESS),
    Step.ISSUE: Task(Part.STORES, Duty.ISSUE),
    Step.TRANSFER: Task(Part.STORES, Duty.STORE_WORK),
    Step.WRITE_OFF: Task(Part.STORES, Duty.STORE_WORK, Duty.WITNESS),
    Step.COUNT: Task(Part.STORES, Duty.COUNT_STOCK),
    Step.APPROVE_COUNT: Task(Part.STORES, Duty.COUNT_STOCK, Duty.WITNESS),
    Step.BUILD_KITS: Task(Part.STORES, Duty.BUILD_KITS),
    Step.KEEP_RECIPES: Task(Part.STORES, Duty.KEEP_RECIPES),
    Step.ASK: Task(Part.WARDS, Duty.WARD),
    Step.APPROVE_REQUEST: Task(Part.WARDS, Duty.APPROVE_REQUISITION),
    Step.USE: Task(Part.WARDS, Duty.WARD),
    Step.USE_DESPITE: Task(Part.WARDS, Duty.WARD, Duty.WITNESS),
    Step.SEE_PATIENTS: Task(Part.WARDS, Duty.SEE_PATIENTS),
    Step.HOLD: Task(Part.RECALLS, Duty.HOLD),
    Step.LIFT_HOLD: Task(Part.RECALLS, Duty.HOLD, Duty.WITNESS),
    Step.REGISTER: Task(Part.RECALLS, Duty.RUN_RECALL),
    Step.CONFIRM: Task(Part.RECALLS, Duty.RUN_RECALL),
    Step.READ_AGAIN: Task(Part.RECALLS, Duty.RUN_RECALL, Duty.APPROVE_RECALL),
    Step.READ_BY_HAND: Task(Part.RECALLS, Duty.RUN_RECALL),
    Step.END_UNAFFECTED: Task(Part.RECALLS, Duty.RUN_RECALL, Duty.CLOSE_RECALL),
    Step.APPROVE: Task(Part.RECALLS, Duty.APPROVE_RECALL),
    Step.LAUNCH: Task(Part.RECALLS, Duty.RUN_RECALL),
    Step.ANSWER: Task(Part.RECALLS, Duty.WARD),
    Step.REVIEW: Task(Part.RECALLS, Duty.RUN_RECALL),
    Step.CLOSE: Task(Part.RECALLS, Duty.CLOSE_RECALL),
    Step.LIFT_RECALL: Task(Part.RECALLS, Duty.RUN_RECALL, Duty.WITNESS),
    Step.COLLECT: Task(Part.GOODS_OUT, Duty.COLLECT_GOODS),
    Step.HAND_OVER: Task(Part.GOODS_OUT, Duty.COLLECT_GOODS, Duty.WITNESS),
    Step.DESTROY: Task(Part.GOODS_OUT, Duty.COLLECT_GOODS, Duty.WITNESS),
    Step.SET_RULES: Task(Part.HOUSE, Duty.SET_RULES),
    Step.GRANT: Task(Part.HOUSE, Duty.GRANT_ROLES),
    Step.SET_UP: Task(Part.HOUSE, Duty.SET_UP),
    Step.AUDIT: Task(Part.HOUSE, Duty.AUDIT),
}


@dataclass(frozen=True, slots=True)
class Separation:
    """Who did ``first`` never does ``then``, or never signs it where ``signs``; ``code`` is the refusal's."""

    first: Step
    then: Step
    code: str
    signs: bool = False


SEPARATIONS: tuple[Separation, ...] = (
    Separation(Step.RECEIVE, Step.INSPECT, "own_receipt"),
    Separation(Step.COUNT, Step.APPROVE_COUNT, "store_work.counter_approves", signs=True),
    Separation(Step.ASK, Step.APPROVE_REQUEST, "requisition.own"),
    Separation(Step.HOLD, Step.LIFT_HOLD, "own_lock", signs=True),
    Separation(Step.LAUNCH, Step.LIFT_RECALL, "own_lock", signs=True),
    Separation(Step.REGISTER, Step.APPROVE, "own_step"),
    Separation(Step.CONFIRM, Step.READ_AGAIN, "own_second"),
    Separation(Step.READ_BY_HAND, Step.END_UNAFFECTED, "recall.own_reading"),
    Separation(Step.REGISTER, Step.CLOSE, "own_step"),
    Separation(Step.LAUNCH, Step.CLOSE, "own_step"),
    Separation(Step.REVIEW, Step.CLOSE, "own_step"),
)
"""Besides them: a second signature is always another person's, and nobody grants a role to themselves."""


class Hand(Enum):
    """What a role has to do with a step."""

    DOES = "does"
    SIGNS = "signs"
    BOTH = "both"
    NONE = "none"


def hand(role: Role, step: Step) -> Hand:
    """Whether the role does the step, may sign it as the second person, either of them, or neither."""
    task = TASKS[step]
    does, signs = task.duty in DUTIES[role], task.second is not None and task.second in DUTIES[role]
    if does and signs:
        return Hand.BOTH
    if does:
        return Hand.DOES
    return Hand.SIGNS if signs else Hand.NONE


def kept_apart_from(step: Step) -> list[Separation]:
    """The rules that say who may not do this step."""
    return [rule for rule in SEPARATIONS if rule.then is step]
