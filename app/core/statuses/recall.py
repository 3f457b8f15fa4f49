"""The life of a recall case and of the tasks it sends out."""

from collections.abc import Mapping
from enum import Enum

from app.core.statuses.transitions import Status, table


class CaseState(Status):
    """product: draft → registered → assessing → not_affected | active → reconciling → closing_review → closed."""

    DRAFT = "draft"
    REGISTERED = "registered"
    ASSESSING = "assessing"
    NOT_AFFECTED = "not_affected"
    ACTIVE = "active"
    RECONCILING = "reconciling"
    CLOSING_REVIEW = "closing_review"
    CLOSED = "closed"
    WITHDRAWN = "withdrawn"
    REOPENED = "reopened"

    def successors(self) -> frozenset["CaseState"]:
        return CASE_TRANSITIONS[self]


CASE_TRANSITIONS = table(
    CaseState,
    draft="registered",
    registered="assessing withdrawn",
    assessing="active not_affected withdrawn",
    not_affected="reopened",
    active="reconciling withdrawn",
    reconciling="closing_review active withdrawn",
    closing_review="closed reconciling",
    closed="reopened",
    withdrawn="reopened",
    reopened="assessing active reconciling",
)

OPEN_STATES = frozenset(CaseState) - {CaseState.CLOSED, CaseState.NOT_AFFECTED, CaseState.WITHDRAWN}


class CaseKind(Enum):
    """Who ordered the recall."""

    VOLUNTARY = "voluntary"
    MANDATORY = "mandatory"
    INTERNAL_HOLD = "internal_hold"
    ADVISORY = "advisory"
    DRILL = "drill"


class RecallClass(Enum):
    """医疗器械召回管理办法 (总局令第29号) art. 13; unclassified where the notice does not say."""

    I = "I"  # noqa: E741
    II = "II"
    III = "III"
    UNCLASSIFIED = "unclassified"


class Treatment(Enum):
    """The nine ways of art. 3 of the same order."""

    WARN = "warn"
    CHECK = "check"
    REPAIR = "repair"
    RELABEL = "relabel"
    REVISE_IFU = "revise_ifu"
    SOFTWARE_UPDATE = "software_update"
    REPLACE = "replace"
    RETRIEVE = "retrieve"
    DESTROY = "destroy"


UNLOCKED_KINDS = frozenset({CaseKind.ADVISORY, CaseKind.DRILL})
"""Kinds that lock nothing: a warning takes nothing off the shelf, a drill touches no stock."""

TAKEN_AWAY = frozenset({Treatment.REPLACE, Treatment.RETRIEVE, Treatment.DESTROY})
"""Treatments after which no affected unit stays in the hospital, not even in quarantine."""


class CaseAct(Enum):
    """What a person did in a case: one line of its diary."""

    REGISTERED = "registered"
    ASSESSED = "assessed"
    CLAUSES_CONFIRMED = "clauses_confirmed"
    CLAUSE_CORRECTED = "clause_corrected"
    CLAUSE_REMOVED = "clause_removed"
    CLAUSE_ADDED = "clause_added"
    DOUBT_SETTLED = "doubt_settled"
    LINE_DECIDED = "line_decided"
    HELD = "held"
    APPROVED = "approved"
    LAUNCHED = "launched"
    ACKNOWLEDGED = "acknowledged"
    COUNTED = "counted"
    NONE_FOUND = "none_found"
    QUARANTINED = "quarantined"
    HANDED_OVER = "handed_over"
    TASK_DONE = "task_done"
    EXEMPTED = "exempted"
    CHASED = "chased"
    COLLECTED = "collected"
    EXPLAINED = "explained"
    SHIPPED = "shipped"
    SHIPMENT_CONFIRMED = "shipment_confirmed"
    DESTROYED = "destroyed"
    REPLIED = "replied"
    REVIEWED = "reviewed"
    RECONCILING = "reconciling"
    REVIEW_ASKED = "review_asked"
    SENT_BACK = "sent_back"
    CLOSED = "closed"
    REOPENED = "reopened"
    WITHDRAWN = "withdrawn"
    NOT_AFFECTED = "not_affected"
    LIFTED = "lifted"
    SCOPE_CHANGED = "scope_changed"
    CHANGE_DECIDED = "change_decided"
    READ_AGAIN = "read_again"
    LINE_EXCLUDED = "line_excluded"
    FILE_ADDED = "file_added"
    EXPANDED = "expanded"
    ARRIVED_LATER = "arrived_later"


SIGNED_ACTS: Mapping[CaseAct, str] = {
    CaseAct.APPROVED: "approve_recall",
    CaseAct.CLOSED: "close_recall",
    CaseAct.NOT_AFFECTED: "not_affected",
    CaseAct.WITHDRAWN: "withdraw_recall",
    CaseAct.READ_AGAIN: "read_again",
    CaseAct.LINE_EXCLUDED: "exclude_batch",
}
"""What is done to a case only under a signature, and what that signature means."""


class TaskState(Status):
    """One department's part of a recall."""

    SENT = "sent"
    ACKNOWLEDGED = "acknowledged"
    LOCATING = "locating"
    FOUND = "found"
    NONE_FOUND = "none_found"
    QUARANTINED = "quarantined"
    HANDED_OVER = "handed_over"
    DONE = "done"
    EXEMPTED = "exempted"

    def successors(self) -> frozenset["TaskState"]:
        return TASK_TRANSITIONS[self]


TASK_TRANSITIONS = table(
    TaskState,
    sent="acknowledged exempted",
    acknowledged="locating found none_found exempted",
    locating="found none_found exempted",
    found="quarantined handed_over locating",
    none_found="done found locating",
    quarantined="handed_over done locating",
    handed_over="done locating",
    done="locating",
    exempted="locating",
)
"""A task that was answered goes back to locating when the department turns out to have more of what is recalled."""

FINISHED_TASKS = frozenset({TaskState.DONE, TaskState.EXEMPTED})
