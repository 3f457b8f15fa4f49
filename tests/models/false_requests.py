"""False supplements, attachments, part rejections, requisitions and orders: what somebody might type at a prompt."""

from tests.models.arranging import insert
from tests.models.besieged import Besieged


def supplement(besieged: Besieged, **more) -> dict:
    """A correction of a lot as it should be, but for what is ``more``; nobody has signed its operation."""
    people = besieged.hospital.persons
    return {
        "batch_id": besieged.ids["batch"], "field": "lot_no", "old_value": "A1", "new_value": "A2", "old_key": "A1",
        "new_key": "A2", "op_id": "OP-SUPPLEMENT", "reason": "x", "added_by": people["keeper"],
        "second_person_id": people["boss"], "added_at": besieged.now,
    } | more  # fmt: skip


SUPPLEMENT = insert("batch_supplement", **{name: f":{name}" for name in (
    "batch_id", "field", "old_value", "new_value", "old_key", "new_key", "op_id", "reason", "added_by",
    "second_person_id", "added_at",
)})  # fmt: skip
_DATE = {"field": "production_on", "old_value": "", "new_value": "2025-01-01", "old_key": None, "new_key": None}

REQUESTS = {
    "a lot corrected without a signature": (SUPPLEMENT, supplement),
    "a lot corrected alone": (SUPPLEMENT, lambda b: supplement(b, second_person_id=None)),
    "a lot corrected by one person twice": (
        SUPPLEMENT, lambda b: supplement(b, second_person_id=b.hospital.persons["keeper"]),
    ),
    "a lot corrected with a borrowed signature": (SUPPLEMENT, lambda b: supplement(b, op_id=b.ids["op"])),
    "a lot corrected from another spelling": (
        SUPPLEMENT, lambda b: supplement(b, op_id=b.ids["free_op"], old_value="Z9", old_key="Z9"),
    ),
    "a date in another's name": (
        SUPPLEMENT, lambda b: supplement(b, **_DATE, second_person_id=None, added_by=b.hospital.persons["boss"]),
    ),
    "a date without a reason": (SUPPLEMENT, lambda b: supplement(b, **_DATE, second_person_id=None, reason=" ")),
    "an expiry over the one that came with the goods": (
        SUPPLEMENT,
        lambda b: supplement(b, op_id=b.ids["free_op"], field="expiry_on", old_value="2099-12-31",
                             new_value="2098-01-01", old_key=None, new_key=None),
    ),
    "a part rejected in another's name": (
        insert("part_rejection", batch_id=":b", op_id="'OP-P'", quantity="1", reason="'x'", rejected_by=":by",
               rejected_at=":at"),
        lambda b: {"b": b.ids["waiting"], "by": b.hospital.persons["inspector"], "at": b.now},
    ),
    "a part rejected by who received it": (
        insert("part_rejection", batch_id=":b", op_id="'OP-P'", quantity="1", reason="'x'", rejected_by=":by",
               rejected_at=":at"),
        lambda b: {"b": b.ids["waiting"], "by": b.hospital.persons["keeper"], "at": b.now},
    ),
    "a part of a batch that was inspected": (
        insert("part_rejection", batch_id=":b", op_id="'OP-P'", quantity="1", reason="'x'", rejected_by=":by",
               rejected_at=":at"),
        lambda b: {"b": b.ids["batch"], "by": b.hospital.persons["keeper"], "at": b.now},
    ),
    "a file in another's name": (
        insert("attachment", batch_id=":b", kind="'photo'", name="'a'", size="1", content="'a'", content_hash="'h'",
               added_by=":by", added_at=":at"),
        lambda b: {"b": b.ids["batch"], "by": b.hospital.persons["boss"], "at": b.now},
    ),
    "an order in another's name": (
        insert("purchase_order", number="'CG-1'", supplier_id="1", ordered_by=":by", ordered_at=":at", version="1"),
        lambda b: {"by": b.hospital.persons["boss"], "at": b.now},
    ),
    "a requisition in another's name": (
        insert("requisition", number="'LY-2'", department_id="1", store_id="1", state="'asked'", asked_by=":by",
               asked_at=":at", version="1"),
        lambda b: {"by": b.hospital.persons["boss"], "at": b.now},
    ),
    "a requisition of another number": ("UPDATE requisition SET number = 'LY-9'", lambda b: {}),
    "a decision in another's name": (
        "UPDATE requisition SET decided_by = :boss", lambda b: {"boss": b.hospital.persons["boss"]},
    ),
    "a reservation of more": ("UPDATE reservation SET quantity = quantity + 1", lambda b: {}),
}  # fmt: skip


def arrange(besieged: Besieged) -> None:
    """What these attacks are aimed at: a requisition with units kept, a batch of which a part was rejected."""
    ids, people, prompt = besieged.ids, besieged.hospital.persons, besieged.prompt
    ids["waiting"] = besieged.batch("V1")
    besieged.post("receipt", ids["waiting"], 10, "", "store.in_stock")
    ids["free_op"] = besieged.sign("boss")
    ids["wet"] = besieged.batch("W1")
    besieged.post("receipt", ids["wet"], 10, "", "store.in_stock")
    with besieged.acting("inspector"):
        prompt.run(
            insert("part_rejection", batch_id=":b", op_id="'OP-WET'", quantity="3", reason="'wet'",
                   rejected_by=":by", rejected_at=":at"),
            b=ids["wet"], by=people["inspector"], at=besieged.now,
        )  # fmt: skip
        ids["aside"] = besieged.post(
            "quarantine", ids["wet"], 3, "store.in_stock", "quarantine.quarantined", op_id="OP-WET",
            actor_id=people["inspector"],
        )  # fmt: skip
    with besieged.acting("inspector"):
        besieged.post(
            "inspection", ids["wet"], 7, "store.in_stock", "store.in_stock", outcome="released",
            actor_id=people["inspector"],
        )  # fmt: skip
    with besieged.acting("nurse"):
        prompt.run(
            insert("requisition", number="'LY-1'", department_id=":icu", store_id=":store", state="'approved'",
                   asked_by=":by", asked_at=":at", version="1"),
            icu=besieged.hospital.places["icu"], store=besieged.hospital.places["store"], by=people["nurse"],
            at=besieged.now,
        )  # fmt: skip
        prompt.run(insert("requisition_line", requisition_id="1", line_no="1", product_id="1", quantity="5"))
        prompt.run(
            insert("reservation", line_id="1", batch_id=":b", location_id=":store", quantity="5", made_at=":at"),
            b=ids["batch"], store=besieged.hospital.places["store"], at=besieged.now,
        )  # fmt: skip


def reversal_of_the_part(besieged: Besieged) -> dict:
    """The way back to the shelf of what the inspection rejected."""
    return besieged.movement(
        "reversal", besieged.ids["wet"], 3, "quarantine.quarantined", "store.in_stock", reason="x",
        reverses_id=besieged.ids["aside"],
    )  # fmt: skip
