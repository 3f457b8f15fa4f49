"""Signatures are read newest first, found by their words, and a changed one is seen."""

import ast

from sqlalchemy import select

from app.core.places import root
from app.core.shown import digest
from app.core.statuses.recall import SIGNED_ACTS
from app.models.stock import Batch
from app.queries.batch_card import SignedAct, batch_card
from app.queries.case_timeline import case_timeline
from app.queries.reader import Reader
from app.queries.signatures import signatures
from app.queries.signed import meaning_words, signed_on_case, signed_on_departure
from app.services.closing import CLOSING
from app.services.holding import HoldingService, Lot
from app.services.inspecting import MEANINGS
from app.services.launching import APPROVAL
from app.services.receiving import OVERRIDE_MEANING
from app.services.staffing import GRANTING
from tests.builders import small_hospital
from tests.services.recall_stage import op, recall_stage
from tests.tampering import tamper


def test_signatures_are_found_by_their_words_and_computed_again(sqlite_database):
    hospital, reader = small_hospital(sqlite_database), Reader(sqlite_database)
    for meaning in ("second", "destroy"):
        hospital.sign("boss", op(), meaning)
    rows = reader.fetch(signatures)
    assert [row.meaning for row in rows] == ["destroy", "second"]
    assert all(row.holds and digest(row.content) == row.content_hash for row in rows)
    assert [row.meaning for row in reader.fetch(signatures, words="destr")] == ["destroy"]
    assert reader.fetch(signatures, words="100%") == []
    tamper(sqlite_database, "UPDATE signature SET content = 'something else' WHERE meaning = 'destroy'")
    assert [row.holds for row in reader.fetch(signatures)] == [False, True]


def test_signatures_stand_at_what_they_are_about(database):
    stage = recall_stage(database)
    case_id, hospital, reader = stage.approved(), stage.hospital, Reader(database)
    signed = reader.fetch(signed_on_case, case_id)
    assert [(row.person.en, row.meaning.en, row.holds) for row in signed] == [
        ("Boss", "read the notice again as the second person", True),
        ("Boss", "approve the recall", True),
    ]
    rows = [row for row in reader.fetch(case_timeline, case_id) if row.kind == "signature"]
    assert [(row.what.zh, row.by.zh, row.is_alarm) for row in rows] == [
        ("电子签名：第二人复核通知条款", "测试boss", False),
        ("电子签名：批准召回", "测试boss", False),
    ]

    holding, actor = HoldingService(database), stage.actor("keeper")
    holding.hold(actor=actor, lots=[Lot(hospital.products["TUBE"], "A100")], reason="smell")
    with database.reading() as session:
        batch = session.scalar(select(Batch.id).where(Batch.product_id == hospital.products["TUBE"]))
    lock = next(row for row in reader.fetch(batch_card, batch).layers if row.lock_id)
    op_id = stage.signed("boss", "lift_hold")
    holding.lift(
        actor=stage.actor("coordinator"), op_id=op_id, second=stage.actor("boss"), lock_id=lock.lock_id, reason="ok"
    )
    history = [row for row in reader.fetch(batch_card, batch).history if row.what is SignedAct.SIGNED]
    said = {(row.by.en, row.meaning.en, row.line) for row in history}
    assert said == {("Inspector", "release after inspection", None), ("Boss", "agree to lift the hold", None)}
    assert reader.fetch(signed_on_departure, "TC-0") == []
    assert meaning_words("forgotten").zh == "forgotten"


def test_no_meaning_of_a_signature_is_without_words():
    named = set()
    for path in [*(root() / "app/services").rglob("*.py"), *(root() / "app/ui/pages").rglob("*.py")]:
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.keyword) and node.arg == "meaning" and isinstance(node.value, ast.Constant):
                named.add(node.value.value)
            if isinstance(node, ast.Call) and getattr(node.func, "attr", "") in ("_two", "_with_second"):
                named |= {one.value for one in node.args if isinstance(one, ast.Constant) and one.value}
    named |= {APPROVAL, CLOSING, GRANTING, OVERRIDE_MEANING, *MEANINGS.values(), *SIGNED_ACTS.values()}
    assert {"approve_recall", "hand_over", "stock_take", "difference", "settle"} <= named
    assert [code for code in sorted(named) if meaning_words(code).zh == code] == []
