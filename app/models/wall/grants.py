"""Which role may write what on PostgreSQL: one table, from which every GRANT is made and every test of it.

A duty brings the tables its services write. Nobody changes a whole row: columns that services update are named, the
others stay as they were written. What a right allows, the wall still judges. See docs/decisions/0012.
"""

from collections.abc import Iterable, Mapping
from typing import NamedTuple

from app.core.permissions import DUTIES, Duty, Role

KEY = "id"
"""A granted key is a right to lock rows: changing it is refused (``access_sql.LOCKED_BY_KEY``)."""


class Write(NamedTuple):
    """``insert`` adds rows with any column; ``update`` names the columns that may change, ``KEY`` only lets lock."""

    table: str
    insert: bool = False
    update: tuple[str, ...] = ()
    delete: bool = False


def _add(*tables: str) -> tuple[Write, ...]:
    return tuple(Write(table, insert=True) for table in tables)


def _change(table: str, columns: str, *, insert: bool = False, delete: bool = False) -> Write:
    return Write(table, insert, tuple(columns.split()), delete)


_LEDGER = (*_add("movement"), _change("product", KEY))
_CASE = _change(
    "recall_case",
    "id state version assessed_at assessed_count assessed_until approved_by approved_at",
)
_REASSESSED = (
    *_add("scope_change", "case_entry", "task_line", "lot_lock"),
    _change("scope_line", "verdict because decided_by decided_reason quantity", insert=True),
    _change("department_task", "id state expected version", insert=True),
    _CASE,
)
_TASK = (
    *_add("case_entry"),
    _change(
        "department_task",
        "id state found note acknowledged_by acknowledged_at counted_by counted_at finished_by finished_at version",
    ),
    _change("task_line", "found reason"),
    _change("recall_case", "id state version"),
)
_RESERVED = (
    _change("reservation", "ended_at ended_why", insert=True),
    _change("requisition", "id state version"),
)
_CATALOGUE = (
    _change(
        "product",
        "id name_zh name_en spec ref product_class category_code certificate_id base_unit_zh base_unit_en is_implant "
        "needs_lot needs_serial needs_expiry needs_production storage is_contract_made contract_maker is_active",
        insert=True,
    ),
    _change("certificate", "number valid_from valid_until manufacturer_id", insert=True),
    _change("manufacturer", "name_zh name_en", insert=True),
    *_add("packaging_level", "device_identifier"),
)

_AGENT = (
    *_add("reminder"),
    _change("agent_lease", "id holder machine kind person_id fence taken_at renewed_at held_until", insert=True),
    _change("agent_job", "ran_at due_at ended count late_seconds fence trouble_zh trouble_en", insert=True),
    _change("mail", "id state tries next_try_at claimed_fence sent_at trouble", insert=True),
    *_add("news"),
)
"""Without an agent a workstation does its work, whoever is signed in there."""

AGENT: tuple[Write, ...] = (
    *(write for write in _AGENT if write.table != "mail"),
    *_add("audit_seal"),
    _change("mail", "state tries next_try_at claimed_fence sent_at trouble", insert=True),
)
"""What the agent's own login writes, and nothing else: it puts notices down, a person settles them."""

AGENT_READS = (
    *("setting", "site", "location", "recall_case", "task_clock", "audit_head", "audit_seal", "service_person"),
    *("reminder", "mail", "news", "agent_lease", "agent_job", "schema_info", "alembic_version"),
)
AGENT_FUNCTIONS = ("current_actor()", "take_turn()", "my_account()", "sees_all_places()", "my_places()")

EVERYBODY: tuple[Write, ...] = (*_add("signature", "operation", "document", "audit_seal"), *_AGENT)
"""Whoever may sign in signs, is answered once, prints what they may see, and stands in for the agent."""

WRITES: Mapping[Duty, tuple[Write, ...]] = {
    Duty.RECEIVE: (
        *_LEDGER,
        *_CATALOGUE,
        *_REASSESSED,
        *_add("batch", "serial_unit", "batch_supplement", "attachment"),
        _change("batch", KEY),
        _change(
            "delivery",
            "id supplier_id location_id order_no note_no waybill temperature_tenths state receipt_no posted_at",
            insert=True,
        ),
        _change(
            "delivery_line",
            "raw product_id di lot_no serial_no production_on expiry_on expiry_precision packages units state problem "
            "typed override_by override_reason override_op_id version",
            insert=True,
            delete=True,
        ),
    ),
    Duty.INSPECT: (*_LEDGER, *_add("inspection_check", "part_rejection", "attachment")),
    Duty.ISSUE: (*_LEDGER, *_RESERVED, *_add("requisition_issue")),
    Duty.WARD: (
        *_LEDGER,
        *_RESERVED,
        *_TASK,
        *_add("patient_use", "requisition", "requisition_line"),
    ),
    Duty.RUN_RECALL: (
        *_LEDGER,
        *_REASSESSED,
        *_TASK,
        *_add("lock_lift", "attachment"),
        _change("news", "state settled_by settled_at settled_reason case_id"),
        _change(
            "recall_case",
            "id kind recall_class treatment title manufacturer hazard notice_received_at state approved_by approved_at "
            "launched_by launched_at launched_after review_by review_at closed_by closed_at snapshot snapshot_hash "
            "assessed_at assessed_count assessed_until root_cause lessons version",
            insert=True,
        ),
        _change("recall_clause", "confirmed_by second_by removed_by", insert=True),
        _change("department_task", "acknowledge_by done_by expected", insert=True),
    ),
    Duty.HOLD: (*_REASSESSED, *_add("lock_lift")),
    Duty.APPROVE_RECALL: (*_add("case_entry"), _CASE, _change("recall_clause", "second_by")),
    Duty.CLOSE_RECALL: (*_add("case_entry"), _change("recall_case", "id state closed_by closed_at version")),
    Duty.COLLECT_GOODS: (
        *_LEDGER,
        *_TASK,
        _change("return_shipment", "id received_at received_note", insert=True),
        _change(
            "departure",
            "id state carrier waybill method place list_version reason handed_by second_person_id handed_at "
            "received_by received_at received_note settled_op_id settled_by settled_second_id settled_at "
            "settled_reason supplier_id version",
            insert=True,
        ),
        _change("departure_line", "quantity", insert=True, delete=True),
    ),
    Duty.MAINTAIN_CATALOGUE: (
        *_CATALOGUE,
        *_REASSESSED,
        *_add("batch_supplement", "attachment"),
        _change("batch", KEY),
        _change(
            "supplier",
            "name_zh name_en licence_no licence_valid_from licence_valid_until licence_scope address phone is_active",
            insert=True,
        ),
    ),
    Duty.BUILD_KITS: (*_LEDGER, *_add("batch", "kit", "kit_content", "serial_unit", "supplier")),
    Duty.KEEP_RECIPES: (*_CATALOGUE, *_add("kit_recipe", "kit_component")),
    Duty.STORE_WORK: (
        *_LEDGER,
        *_add("put_away"),
        _change("shelf_place", "is_active", insert=True),
        _change("transfer", "id state finished_by finished_at finish_reason second_person_id version", insert=True),
        _change("transfer_line", "received damaged lost", insert=True),
    ),
    Duty.COUNT_STOCK: (
        *_LEDGER,
        *_add("stock_count_entry"),
        _change("location", KEY),
        _change(
            "stock_count",
            "id state finished_by finished_at approved_by post_op_id posted_by posted_at version",
            insert=True,
        ),
        _change(
            "stock_count_line",
            "expected found first_found note reason round_no seen_movement_id is_posted",
            insert=True,
        ),
    ),
    Duty.APPROVE_REQUISITION: (
        *_RESERVED,
        _change("requisition", "id state decided_by decided_at decided_reason version"),
    ),
    Duty.ORDER: (
        *_add("purchase_order_line"),
        _change("purchase_order", "id cancelled_by cancelled_at cancel_reason version", insert=True),
    ),
    Duty.SET_RULES: (_change("setting", "value changed_by changed_at", insert=True),),
    Duty.SET_UP: (_change("setting", "value changed_by changed_at", insert=True),),
    Duty.GRANT_ROLES: (_change("setting", "value changed_by changed_at", insert=True),),
}
"""What each duty writes. A duty without an entry only reads, or acts through functions of the wall."""

SECRET: Mapping[str, frozenset[str]] = {
    "person": frozenset({"password_hash"}),
    "past_password": frozenset(),
    "patient_use": frozenset({"visit_no"}),
    "number_series": frozenset(),
}
"""Columns that nobody reads; an empty set hides the whole table."""

ONLY: Mapping[str, Duty] = {"patient_look": Duty.AUDIT, "ended_session": Duty.AUDIT}
"""Tables that only those with this duty read."""

FUNCTIONS: tuple[str, ...] = (
    "current_actor()",
    "take_turn()",
    "my_account()",
    "my_places()",
    "my_scope()",
    "my_tasks()",
    "sees_all_places()",
    "sees_use(integer)",
    "password_change(text)",
    "my_past_passwords()",
    "login_of_badge(text)",
    "site_today(text)",
    "tell_goods(bigint)",
)
"""What every person calls; triggers run with the owner's rights and need none of them."""

DUTY_FUNCTIONS: Mapping[str, Duty] = {
    "keep_the_line(integer, integer)": Duty.HOLD,
    "end_blockers(integer, integer)": Duty.HOLD,
    "next_in_series(text)": Duty.RUN_RECALL,
    "patients_of(integer, text)": Duty.SEE_PATIENTS,
    "person_add(text, text, text, integer, text, text[], text[])": Duty.GRANT_ROLES,
    "person_set_roles(integer, text[], text[])": Duty.GRANT_ROLES,
    "person_set_active(integer, boolean)": Duty.GRANT_ROLES,
    "person_set_badge(integer, text)": Duty.GRANT_ROLES,
    "person_reset_password(integer, text)": Duty.GRANT_ROLES,
    "agent_admit(text)": Duty.GRANT_ROLES,
    "workstation_add(text, integer, text)": Duty.SET_UP,
    "workstation_end(integer)": Duty.SET_UP,
    "workstation_move(integer, integer)": Duty.SET_UP,
    "workstations_here()": Duty.SET_UP,
}
"""Functions that demand a duty themselves; the right to call them goes with it."""

WORKSTATION_VIEWS = ("place_alarm", "scan_verdict")
WORKSTATION_FUNCTIONS = ("workstation_place()", "login_of_badge(text)")
"""All that a PC may do while nobody is signed in, beside listening."""


def writes_of(role: Role) -> dict[str, Write]:
    """Everything the role's duties write, one entry a table."""
    found: dict[str, Write] = {}
    for duty in sorted(DUTIES[role], key=lambda duty: duty.value):
        _gather(found, WRITES.get(duty, ()))
    return found


def of_everybody() -> dict[str, Write]:
    """What every person writes, one entry a table."""
    found: dict[str, Write] = {}
    _gather(found, EVERYBODY)
    return found


def of_agent() -> dict[str, Write]:
    """What the agent's login writes, one entry a table."""
    found: dict[str, Write] = {}
    _gather(found, AGENT)
    return found


def _gather(found: dict[str, Write], writes: Iterable[Write]) -> None:
    for write in writes:
        one = found.get(write.table, Write(write.table))
        columns = tuple(sorted({*one.update, *write.update}))
        found[write.table] = Write(write.table, one.insert or write.insert, columns, one.delete or write.delete)
