"""Who may do what: roles, duties, and the table between them."""

from enum import Enum

from app.core.errors import RuleError
from app.core.statuses.stock import MovementKind


class Role(Enum):
    """The roles of a hospital; a person may have several, but the three administrators stay apart (三员分立)."""

    STOREKEEPER = "storekeeper"
    BUYER = "buyer"
    QUALITY_INSPECTOR = "quality_inspector"
    DEPT_LIAISON = "dept_liaison"
    DEPT_HEAD = "dept_head"
    RECALL_COORDINATOR = "recall_coordinator"
    EXECUTIVE = "executive"
    CLINICAL_AFFAIRS = "clinical_affairs"
    AUDITOR = "auditor"
    IT_ADMIN = "it_admin"
    SECURITY_ADMIN = "security_admin"


class Duty(Enum):
    """One thing a person may be entitled to do."""

    RECEIVE = "receive"
    INSPECT = "inspect"
    ISSUE = "issue"
    WARD = "ward"
    SEE_BATCHES = "see_batches"
    SEE_RECALLS = "see_recalls"
    RUN_RECALL = "run_recall"
    HOLD = "hold"
    APPROVE_RECALL = "approve_recall"
    CLOSE_RECALL = "close_recall"
    COLLECT_GOODS = "collect_goods"
    SEE_PATIENTS = "see_patients"
    MAINTAIN_CATALOGUE = "maintain_catalogue"
    AUDIT = "audit"
    SET_UP = "set_up"
    GRANT_ROLES = "grant_roles"
    WITNESS = "witness"
    BUILD_KITS = "build_kits"
    KEEP_RECIPES = "keep_recipes"
    STORE_WORK = "store_work"
    COUNT_STOCK = "count_stock"
    APPROVE_REQUISITION = "approve_requisition"
    ORDER = "order"
    SET_RULES = "set_rules"


class NotEntitledError(RuleError):
    """The person signed in has no role with this ``duty``."""

    code = "not_entitled"


_EVERYBODY = {Duty.SEE_BATCHES, Duty.SEE_RECALLS}

DUTIES: dict[Role, frozenset[Duty]] = {
    role: frozenset(duties | _EVERYBODY)
    for role, duties in {
        Role.STOREKEEPER: {Duty.RECEIVE, Duty.ISSUE, Duty.COLLECT_GOODS, Duty.HOLD, Duty.WITNESS}
        | {Duty.BUILD_KITS, Duty.KEEP_RECIPES, Duty.STORE_WORK, Duty.COUNT_STOCK},
        Role.BUYER: {Duty.KEEP_RECIPES, Duty.MAINTAIN_CATALOGUE, Duty.ORDER},
        Role.QUALITY_INSPECTOR: {Duty.INSPECT, Duty.HOLD, Duty.WITNESS},
        Role.DEPT_LIAISON: {Duty.WARD, Duty.WITNESS, Duty.COUNT_STOCK},
        Role.DEPT_HEAD: {Duty.WARD, Duty.WITNESS, Duty.SEE_PATIENTS, Duty.COUNT_STOCK, Duty.APPROVE_REQUISITION},
        Role.RECALL_COORDINATOR: {Duty.RUN_RECALL, Duty.HOLD, Duty.COLLECT_GOODS, Duty.WITNESS},
        Role.EXECUTIVE: {Duty.APPROVE_RECALL, Duty.CLOSE_RECALL, Duty.HOLD, Duty.WITNESS, Duty.SET_RULES},
        Role.CLINICAL_AFFAIRS: {Duty.SEE_PATIENTS},
        Role.AUDITOR: {Duty.AUDIT},
        Role.IT_ADMIN: {Duty.SET_UP},
        Role.SECURITY_ADMIN: {Duty.GRANT_ROLES},
    }.items()
}

APART: tuple[frozenset[Role], ...] = (
    frozenset({Role.IT_ADMIN, Role.SECURITY_ADMIN}),
    *(frozenset({Role.AUDITOR, role}) for role in Role if role is not Role.AUDITOR),
    *(
        frozenset({administrator, approver})
        for administrator in (Role.IT_ADMIN, Role.SECURITY_ADMIN)
        for approver in (Role.EXECUTIVE, Role.DEPT_HEAD)
    ),
)
"""Pairs that no person may combine: three administrators (三员分立), the auditor only reads, and the other two never
approve."""


def duties(roles: frozenset[Role]) -> frozenset[Duty]:
    """Everything that the roles together entitle to."""
    return frozenset(duty for role in roles for duty in DUTIES[role])


def demand(duty: Duty, roles: frozenset[Role]) -> None:
    """Raises NotEntitledError where no role carries the duty."""
    if duty not in duties(roles):
        raise NotEntitledError(duty=duty)


MOVED_BY: dict[MovementKind, frozenset[Duty]] = {
    kind: frozenset(duties)
    for kind, duties in {
        MovementKind.RECEIPT: {Duty.RECEIVE},
        MovementKind.INSPECTION: {Duty.INSPECT},
        MovementKind.TRANSFER: {Duty.STORE_WORK},
        MovementKind.ARRIVAL: {Duty.STORE_WORK},
        MovementKind.ISSUE: {Duty.ISSUE},
        MovementKind.USE: {Duty.WARD},
        MovementKind.WARD_RETURN: {Duty.WARD},
        MovementKind.QUARANTINE: {Duty.COLLECT_GOODS, Duty.INSPECT, Duty.WARD},
        MovementKind.UNQUARANTINE: {Duty.COLLECT_GOODS},
        MovementKind.RETURN_TO_SUPPLIER: {Duty.COLLECT_GOODS},
        MovementKind.DISPOSAL: {Duty.COLLECT_GOODS},
        MovementKind.STOCK_GAIN: {Duty.COUNT_STOCK, Duty.COLLECT_GOODS, Duty.WARD},
        MovementKind.STOCK_LOSS: {Duty.COUNT_STOCK, Duty.COLLECT_GOODS, Duty.STORE_WORK},
        MovementKind.KIT_BUILD: {Duty.BUILD_KITS},
        MovementKind.KIT_OPEN: {Duty.BUILD_KITS, Duty.WARD},
        MovementKind.REVERSAL: {Duty.RECEIVE, Duty.ISSUE, Duty.WARD, Duty.COLLECT_GOODS, Duty.STORE_WORK},
    }.items()
}
"""Which duty posts a line of the ledger: one of these; who builds a kit says that it is good. The wall asks it too."""
POSTING: frozenset[Duty] = frozenset[Duty]().union(*MOVED_BY.values())
"""Duties that move goods or act for a place: a scope limits them."""


def posting_roles(kind: MovementKind | None = None) -> frozenset[Role]:
    """The roles that may post lines of this kind; without one those whose scope decides where a person may act."""
    wanted = POSTING if kind is None else MOVED_BY[kind]
    return frozenset(role for role, held in DUTIES.items() if held & wanted)
