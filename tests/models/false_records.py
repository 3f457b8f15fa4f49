"""False movements, false records, false steps of a case: what somebody might type, by what is wrong with it."""

from tests.models.arranging import LIFT, LOCK, MOVEMENT, SIGNATURE, insert
from tests.models.besieged import Besieged


def line(besieged: Besieged, **more) -> dict:
    return besieged.movement("issue", besieged.ids["batch"], 1, "store.in_stock", "icu.par") | more


MOVEMENTS = {
    "another's name": lambda b: {"actor_id": b.hospital.persons["keeper2"]},
    "nobody's name": lambda b: {"actor_id": 9999},
    "no quantity": lambda b: {"quantity": 0},
    "a negative quantity": lambda b: {"quantity": -5},
    "more than there is": lambda b: {"quantity": 100_000},
    "a batch that is not there": lambda b: {"batch_id": 9999},
    "a place that is not there": lambda b: {"target_id": 9999},
    "from nowhere": lambda b: {"source_id": None, "source_state": None},
    "half a source": lambda b: {"source_state": None},
    "half a target": lambda b: {"target_id": None},
    "to the ward as stock": lambda b: {"target_state": "in_stock"},
    "a state nobody knows": lambda b: {"target_state": "somewhere"},
    "a kit without its components": lambda b: {
        "kind": "kit_build", "batch_id": b.ids["kit"], "source_id": None, "source_state": None,
        "target_id": b.hospital.places["store"], "target_state": "in_stock",
    },
    "a kit of nothing": lambda b: {
        "kind": "kit_build", "source_id": None, "source_state": None, "target_id": b.hospital.places["store"],
        "target_state": "in_stock",
    },
    "goods that vanish as an opened kit": lambda b: {"kind": "kit_open", "target_id": None, "target_state": None},
    "a kind nobody knows": lambda b: {"kind": "gift"},
    "an outcome without inspection": lambda b: {"outcome": "released"},
    "a serial that is not of the batch": lambda b: {"serial_unit_id": 1},
    "a reversal of nothing": lambda b: {"kind": "reversal", "reason": "x"},
    "a held lot": lambda b: {"batch_id": b.ids["held"]},
    "a held lot, with another's signature": lambda b: {
        "batch_id": b.ids["held"], "op_id": b.ids["op"], "line_no": 7, "reason": "x",
        "second_person_id": b.hospital.persons["boss"],
    },
    "a rejected lot": lambda b: {"batch_id": b.ids["pending"]},
    "a unit without its serial number": lambda b: {"batch_id": b.ids["pump"]},
    "a line added later to a signed operation": lambda b: {
        "kind": "stock_loss", "target_id": b.hospital.places["store"], "target_state": "unaccounted",
        "op_id": b.ids["op"], "line_no": 2, "reason": "x", "second_person_id": b.hospital.persons["boss"],
    },
    "a second who has not signed": lambda b: {"second_person_id": b.hospital.persons["boss"]},
    "an operation posted before": lambda b: {"op_id": b.ids["op"]},
    "the receiver inspects": lambda b: {
        "kind": "inspection", "batch_id": b.ids["batch"], "target_id": b.hospital.places["store"],
        "target_state": "in_stock", "outcome": "released",
    },
    "an inspection that decides nothing": lambda b: {
        "kind": "inspection", "target_id": b.hospital.places["store"], "target_state": "in_stock", "outcome": "pending",
    },
}  # fmt: skip


BALANCE = "INSERT INTO balance (batch_id, location_id, state, quantity, last_movement_id) VALUES (:b, :l, :s, :q, :m)"
NAMES = {
    "a balance from nothing": (BALANCE, lambda b: {
        "b": b.ids["batch"], "l": b.hospital.places["store2"], "s": "in_stock", "q": 5, "m": b.ids["inspection"],
    }),
    "an empty balance": (BALANCE, lambda b: {
        "b": b.ids["batch"], "l": b.hospital.places["store2"], "s": "in_stock", "q": 0, "m": 0,
    }),
    "a balance that borrows an inspection": (
        "UPDATE balance SET quantity = quantity + 10, last_movement_id = :m WHERE batch_id = :b",
        lambda b: {"b": b.ids["pending"], "m": b.ids["inspection"]},
    ),
    "a lock in another's name": (LOCK, lambda b: {
        "product_id": 1, "lot_key": "A1", "layer": "on_hold", "case_id": None, "locked_at": b.now,
        "locked_by": b.hospital.persons["boss"],
    }),
    "a recall lock without an approved case": (LOCK, lambda b: {
        "product_id": 1, "lot_key": "A1", "layer": "recall_quarantine", "case_id": b.ids["registered"],
        "locked_by": b.hospital.persons["keeper"], "locked_at": b.now,
    }),
    "a recall lock on a closed case": (LOCK, lambda b: {
        "product_id": 1, "lot_key": "A1", "layer": "recall_quarantine", "case_id": b.ids["closed"],
        "locked_by": b.hospital.persons["keeper"], "locked_at": b.now,
    }),
    "a layer nobody knows": (LOCK, lambda b: {
        "product_id": 1, "lot_key": "A1", "layer": "soft", "case_id": None, "locked_at": b.now,
        "locked_by": b.hospital.persons["keeper"],
    }),
    "a lift alone": (LIFT, lambda b: {
        "lock_id": b.ids["lock"], "op_id": b.ids["op"], "reason": "x", "lifted_at": b.now,
        "lifted_by": b.hospital.persons["keeper"], "second_person_id": b.hospital.persons["keeper"],
    }),
    "a lift in the names of two others": (LIFT, lambda b: {
        "lock_id": b.ids["lock"], "op_id": b.ids["op"], "reason": "x", "lifted_at": b.now,
        "lifted_by": b.hospital.persons["keeper2"], "second_person_id": b.hospital.persons["boss"],
    }),
    "a lift that nobody signed": (LIFT, lambda b: {
        "lock_id": b.ids["lock"], "op_id": "never signed", "reason": "x", "lifted_at": b.now,
        "lifted_by": b.hospital.persons["keeper"], "second_person_id": b.hospital.persons["boss"],
    }),
    "a lift that borrows the signature of a posting": (LIFT, lambda b: {
        "lock_id": b.ids["lock"], "op_id": b.ids["op"], "reason": "x", "lifted_at": b.now,
        "lifted_by": b.hospital.persons["keeper"], "second_person_id": b.hospital.persons["boss"],
    }),
    "a signature in another's name": (SIGNATURE, lambda b: {
        "op_id": "OP-X", "person_id": b.hospital.persons["boss"], "signed_at": b.now,
    }),
    "a paper in another's name": (
        insert("document", number="'WJ-2'", made_by=":by", made_at=":at"),
        lambda b: {"by": b.hospital.persons["boss"], "at": b.now},
    ),
    "a diary line in another's name": (
        insert("case_entry", op_id="'OP-D'", case_id="1", act="'registered'", person_id=":boss", at=":at"),
        lambda b: {"boss": b.hospital.persons["boss"], "at": b.now},
    ),
    "a change of scope in another's name": (
        insert("scope_change", case_id="1", batch_id="1", before="'affected'", after="'not_affected'", reason="'x'",
               person_id=":boss", at=":at"),
        lambda b: {"boss": b.hospital.persons["boss"], "at": b.now},
    ),
    "a shelving in another's name": (
        insert("put_away", op_id="'OP-S'", batch_id="1", location_id="1", shelf_id="1", person_id=":boss", at=":at"),
        lambda b: {"boss": b.hospital.persons["boss"], "at": b.now},
    ),
    "a count in another's name": (
        insert("stock_count_entry", op_id="'OP-C'", count_id="1", round_no="1", lot_no="''", lot_key="''",
               serial_no="''", quantity="1", source="'scan'", raw="''", person_id=":boss", at=":at"),
        lambda b: {"boss": b.hospital.persons["boss"], "at": b.now},
    ),
    "a count approved by who posts it": (
        "UPDATE stock_count SET state = 'posted', posted_by = :me, approved_by = :me, post_op_id = :op",
        lambda b: {"me": b.hospital.persons["keeper"], "op": b.ids["op"]},
    ),
    "a count approved without a signature": (
        "UPDATE stock_count SET state = 'posted', posted_by = :me, approved_by = :boss, post_op_id = 'never signed'",
        lambda b: {"me": b.hospital.persons["keeper"], "boss": b.hospital.persons["boss"]},
    ),
    "something put into a batch that stands": (
        insert("kit_content", kit_batch_id=":b", batch_id=":h", quantity="1"),
        lambda b: {"b": b.ids["batch"], "h": b.ids["held"]},
    ),
    "a kit in a kit": (
        insert("kit_content", kit_batch_id=":p", batch_id=":k", quantity="1"),
        lambda b: {"p": b.ids["pending"], "k": b.ids["kit"]},
    ),
    "a disposal in another's name": (
        insert("departure", number="'XH-2'", kind="'disposal'", state="'draft'", created_by=":boss", created_at=":at",
               version="1"),
        lambda b: {"boss": b.hospital.persons["boss"], "at": b.now},
    ),
    "a disposal that is done at birth": (
        insert("departure", number="'XH-3'", kind="'disposal'", state="'destroyed'", created_by=":me", created_at=":at",
               handed_by=":me", method="'shred'", place="'x'", version="1"),
        lambda b: {"me": b.hospital.persons["keeper"], "at": b.now},
    ),
    "a disposal of nothing": (
        "UPDATE departure SET state = 'destroyed', handed_by = :me, second_person_id = :boss, method = 'x',"
        " place = 'x'",
        lambda b: {"me": b.hospital.persons["keeper"], "boss": b.hospital.persons["boss"]},
    ),
    "a disposal that jumps": (
        "UPDATE departure SET state = 'received', received_at = :at, received_by = :me, handed_by = :me",
        lambda b: {"me": b.hospital.persons["keeper"], "at": b.now},
    ),
    "a disposal under another number": ("UPDATE departure SET number = 'XH-9'", lambda b: {}),
    "a task that jumps": ("UPDATE department_task SET state = 'done'", lambda b: {}),
    "a task of another department": ("UPDATE department_task SET location_id = 1", lambda b: {}),
    "a task of another number": ("UPDATE department_task SET number = 'RW-0'", lambda b: {}),
    "a patient on an issue": (
        insert("patient_use", movement_id=":id", visit_no="'V-9'", used_at=":at"),
        lambda b: {"id": b.ids["issue"], "at": b.now},
    ),
    "a second patient on one use": (
        insert("patient_use", movement_id=":id", visit_no="'V-9'", used_at=":at"),
        lambda b: {"id": b.ids["use"], "at": b.now},
    ),
    "a batch that is released at birth": (
        insert("batch", product_id="1", lot_no="'Z'", lot_key="'Z'", supplier_id="1", receipt_no="'Z'",
               inspection="'released'", received_at=":at"),
        lambda b: {"at": b.now},
    ),
    "a unit that is somewhere at birth": (
        insert("serial_unit", product_id="2", batch_id=":b", serial_no="'Z'", serial_key="'Z'", state="'in_stock'",
               location_id="1"),
        lambda b: {"b": b.ids["pump"]},
    ),
    "a unit of another product's batch": (
        insert("serial_unit", product_id="1", batch_id=":b", serial_no="'Z'", serial_key="'Z'"),
        lambda b: {"b": b.ids["pump"]},
    ),
    "a role for oneself": (
        insert("person_role", person_id=":me", role="'executive'", granted_by=":me", granted_at=":at"),
        lambda b: {"me": b.hospital.persons["keeper"], "at": b.now},
    ),
    "a role in another's name": (
        insert("person_role", person_id=":you", role="'executive'", granted_by=":other", granted_at=":at"),
        lambda b: {"you": b.hospital.persons["nurse"], "other": b.hospital.persons["boss"], "at": b.now},
    ),
    "a role in nobody's name": (
        insert("person_role", person_id=":you", role="'executive'", granted_at=":at"),
        lambda b: {"you": b.hospital.persons["nurse"], "at": b.now},
    ),
    "two administrators in one": (
        insert("person_role", person_id=":you", role="'auditor'", granted_by=":me", granted_at=":at"),
        lambda b: {"you": b.hospital.persons["it"], "me": b.hospital.persons["keeper"], "at": b.now},
    ),
    "another role for an old grant": (
        "UPDATE person_role SET role = 'executive' WHERE person_id = :you",
        lambda b: {"you": b.hospital.persons["nurse"]},
    ),
    "a grant moved to another person": (
        "UPDATE person_role SET person_id = :me WHERE role = 'executive'",
        lambda b: {"me": b.hospital.persons["keeper"]},
    ),
    "the end of one's own role": (
        "UPDATE person_role SET ended_at = :at WHERE person_id = :me",
        lambda b: {"me": b.hospital.persons["keeper"], "at": b.now},
    ),
    "a case approved at birth": (
        insert("recall_case", number="'RC-9'", kind="'voluntary'", recall_class="'I'", treatment="'warn'",
               notice_received_at=":at", state="'registered'", registered_by=":me", registered_at=":at",
               approved_by=":boss", version="1"),
        lambda b: {"me": b.hospital.persons["keeper"], "boss": b.hospital.persons["boss"], "at": b.now},
    ),
    "a case active at birth": (
        insert("recall_case", number="'RC-9'", kind="'voluntary'", recall_class="'I'", treatment="'warn'",
               notice_received_at=":at", state="'active'", registered_by=":me", registered_at=":at", version="1"),
        lambda b: {"me": b.hospital.persons["keeper"], "at": b.now},
    ),
    "a case in another's name": (
        insert("recall_case", number="'RC-9'", kind="'voluntary'", recall_class="'I'", treatment="'warn'",
               notice_received_at=":at", state="'registered'", registered_by=":boss", registered_at=":at", version="1"),
        lambda b: {"boss": b.hospital.persons["boss"], "at": b.now},
    ),
    "history loaded into a living database": ("UPDATE schema_info SET loading = true", lambda b: {}),
    "another application": ("UPDATE schema_info SET application = 'other'", lambda b: {}),
    "another row that says loading": (
        insert("schema_info", id="-1", application="'recalldesk'", loading="true"), lambda b: {},
    ),
    "a head for a chain that is not mine": ("INSERT INTO audit_head VALUES (9998, 0, '')", lambda b: {}),
    "a head moved on alone": ("UPDATE audit_head SET sequence = sequence + 1", lambda b: {}),
    "a seal of nothing": (
        insert("audit_seal", n="2", at=":at", heads="'[]'", hash="'abc'"), lambda b: {"at": b.now},
    ),
    "a seal that leaves a number out": (
        insert("audit_seal", n="7", at=":at", heads="'[]'", hash="'abc'"), lambda b: {"at": b.now},
    ),
    "a session ended by hand": (
        insert("ended_session", pid="1", login="'x'", address="''", program="''", state="'idle'", ended_for=":me",
               opened_at=":at", ended_at=":at"),
        lambda b: {"me": b.hospital.persons["keeper"], "at": b.now},
    ),
    "an entry with a false hash": (
        insert("audit_entry", person_id=":me", sequence="9999", at="'now'", table_name="'movement'", row_id="'1'",
               action="'update'", hash="'abc'"),
        lambda b: {"me": b.hospital.persons["keeper"]},
    ),
}  # fmt: skip


def _own_inspection(besieged: Besieged) -> dict:
    shelf = "store.in_stock"
    more = {"op_id": besieged.ids["own_release"], "actor_id": besieged.hospital.persons["both"]}
    return besieged.movement("inspection", besieged.ids["both"], 10, shelf, shelf, outcome="released", **more)


SIGNED = {
    "who received inspects": ("both", MOVEMENT, _own_inspection),
    "the end of one's own role": (
        "security", "UPDATE person_role SET ended_at = :at WHERE person_id = :me",
        lambda b: {"me": b.hospital.persons["security"], "at": b.now},
    ),
}  # fmt: skip
"""By somebody whose duty it is, and under their signature."""


def persons(besieged: Besieged, **names: str) -> dict[str, int]:
    return {column: besieged.hospital.persons[name] for column, name in names.items()}


CASES = {
    "who registered approves": ("registered", "coordinator", {"approved_by": "coordinator"}, {}),
    "approval in another's name": ("registered", "coordinator", {"approved_by": "boss"}, {}),
    "active without approval": ("registered", "boss", {}, {"state": "active"}),
    "a step left out": ("registered", "coordinator", {}, {"state": "closed"}),
    "approval taken back": ("active", "boss", {}, {"approved_by": None}),
    "approval taken over": ("active", "keeper", {"approved_by": "keeper"}, {}),
    "launched in another's name": ("active", "keeper", {"launched_by": "boss"}, {}),
    "closed at once": ("active", "boss", {"closed_by": "boss"}, {"state": "closed"}),
    "who reviewed closes": ("reviewed", "coordinator", {"closed_by": "coordinator"}, {"state": "closed"}),
    "closed in another's name": ("reviewed", "coordinator", {"closed_by": "boss"}, {"state": "closed"}),
    "closed by nobody": ("reviewed", "coordinator", {}, {"state": "closed", "closed_by": None}),
    "closed without a review": ("reviewed", "boss", {"closed_by": "boss"}, {"state": "closed", "review_by": None}),
    "reviewed in another's name": ("active", "coordinator", {"review_by": "boss"}, {}),
    "approved by another without a signature": ("registered", "boss", {"approved_by": "boss"}, {}),
    "closed by another without a signature": ("reviewed", "boss", {"closed_by": "boss"}, {"state": "closed"}),
    "closed early, in one's own name": ("reviewed", "boss", {"closed_by": "boss"}, {}),
    "withdrawn without a signature": ("active", "coordinator", {"closed_by": "coordinator"}, {"state": "withdrawn"}),
    "withdrawn by nobody": ("active", "coordinator", {}, {"state": "withdrawn"}),
    "another notice": ("active", "coordinator", {}, {"notice_text": "harmless"}),
    "another number": ("active", "coordinator", {}, {"number": "RC-0"}),
    "another kind": ("active", "coordinator", {}, {"kind": "drill"}),
    "another registrar": ("active", "boss", {"registered_by": "boss"}, {}),
    "a closed case edited": ("closed", "boss", {}, {"root_cause": "nobody's fault"}),
    "a closed case closed by another": ("closed", "keeper", {"closed_by": "keeper"}, {}),
}
