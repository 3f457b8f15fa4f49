"""Inspection by another person: released or rejected with a signature, or not at all."""

import uuid
from dataclasses import replace

import pytest
from sqlalchemy import select

from app.core.errors import ConflictError, NotFoundError
from app.core.permissions import NotEntitledError, Role
from app.core.statuses.stock import Inspection, MovementKind
from app.models.persons import Signature
from app.models.refusals import NotPendingError, OwnReceiptError
from app.models.stock import Batch, InspectionCheck, Movement
from app.queries.inspections import CheckAnswer, check_answers, inspection_card, pending_batches
from app.services.inspecting import (
    FailedItemsError,
    InspectingService,
    NoteTooLongError,
    UncheckedError,
    WhyRejectedError,
)
from app.services.signing_in import SigningInService, WrongPasswordError
from tests.builders import small_hospital
from tests.services.receiving_bay import CARTON, FAR, PASSWORD, Bay, label


class Desk:
    """An inspector with a receipt to look at."""

    def __init__(self, database):
        self.bay = Bay(database, small_hospital(database))
        self.database, self.reader = database, self.bay.reader
        self.service = InspectingService(database, SigningInService(database))
        self.bay.give_password()
        self.bay.scan(label(CARTON, "26A0418", FAR))
        (self.batch_id,) = self.bay.post().batch_ids

    def card(self):
        return self.reader.fetch(inspection_card, self.batch_id)

    def answers(self, **failed):
        items = self.card().checklist.items
        return [CheckAnswer(item.key, failed.get(item.key, True), "") for item in items]

    def release(self, login="inspector", password=PASSWORD, answers=None):
        return self.service.release(
            actor=self.bay.actor(login),
            batch_id=self.batch_id,
            answers=self.answers() if answers is None else answers,
            password=password,
            op_id=uuid.uuid4().hex,
        )

    def reject(self, reason="外包装破损", answers=()):
        return self.service.reject(
            actor=self.bay.actor("inspector"),
            batch_id=self.batch_id,
            answers=answers,
            reason=reason,
            password=PASSWORD,
            op_id=uuid.uuid4().hex,
        )

    def state(self):
        with self.database.reading() as session:
            return session.get(Batch, self.batch_id).inspection

    def rows(self, kind):
        with self.database.reading() as session:
            return list(session.scalars(select(kind)))


@pytest.fixture
def desk(database):
    return Desk(database)


def test_a_receipt_waits_in_the_queue_until_it_is_inspected(desk):
    (row,) = desk.reader.fetch(pending_batches)
    assert (row.id, row.quantity, row.lot_no) == (desk.batch_id, 20, "26A0418")
    assert row.received_by.en == "Keeper"
    desk.release()
    assert desk.reader.fetch(pending_batches) == []


def test_a_release_is_a_line_of_the_ledger_with_signature_and_answers(desk):
    done = desk.release()
    assert (done.outcome, desk.state()) == (Inspection.RELEASED, Inspection.RELEASED)
    movement = next(each for each in desk.rows(Movement) if each.kind is MovementKind.INSPECTION)
    assert (movement.document_no, movement.quantity) == (done.document_no, 20)
    (signature,) = desk.rows(Signature)
    assert (signature.op_id, signature.meaning) == (movement.op_id, "inspection_release")
    assert len(signature.content_hash) == 64
    answers = desk.reader.fetch(check_answers, desk.batch_id)
    assert [answer.item for answer in answers] == [item.key for item in desk.card().checklist.items]
    assert {row.list_version for row in desk.rows(InspectionCheck)} == {desk.card().checklist.version}


def test_a_rejection_says_why(desk):
    with pytest.raises(WhyRejectedError):
        desk.reject(reason="  ")
    desk.reject(answers=[CheckAnswer("package", False, "压坏两箱"), CheckAnswer("no such item", True, "")])
    assert desk.state() is Inspection.REJECTED
    movement = next(each for each in desk.rows(Movement) if each.kind is MovementKind.INSPECTION)
    assert movement.reason == "外包装破损"
    assert [(row.item, row.passed, row.note) for row in desk.rows(InspectionCheck)] == [("package", False, "压坏两箱")]


def test_an_unanswered_item_stops_the_release(desk):
    with pytest.raises(UncheckedError) as caught:
        desk.release(answers=desk.answers()[1:])
    assert [name.zh for name in caught.value.values["items"]] == [desk.card().checklist.items[0].text.zh]
    assert desk.state() is Inspection.PENDING


def test_a_failed_item_stops_the_release(desk):
    with pytest.raises(FailedItemsError):
        desk.release(answers=desk.answers(package=False))
    assert desk.state() is Inspection.PENDING


def test_an_item_that_does_not_apply_does_not_stop_it(desk):
    desk.release(answers=desk.answers(udi=None))
    assert desk.state() is Inspection.RELEASED


def test_who_received_the_goods_never_inspects_them(desk):
    security = desk.bay.hospital.person("security", Role.SECURITY_ADMIN)
    desk.bay.hospital.sign("security", "grant", "grant_roles")
    with desk.database.writing(security) as session:
        from app.models.persons import PersonRole

        session.add(
            PersonRole(
                person_id=desk.bay.hospital.persons["keeper"],
                role=Role.QUALITY_INSPECTOR,
                granted_by=security,
                granted_at=desk.database.clock(),
            )
        )
    desk.bay.give_password("keeper")
    with pytest.raises(OwnReceiptError):
        desk.release(login="keeper")


def test_a_wrong_password_signs_nothing(desk):
    with pytest.raises(WrongPasswordError):
        desk.release(password="wrong")
    assert desk.state() is Inspection.PENDING
    assert desk.rows(Signature) == []
    assert desk.rows(InspectionCheck) == []


def test_a_batch_is_inspected_once(desk):
    desk.release()
    with pytest.raises(NotPendingError):
        desk.reject()


def test_a_storekeeper_inspects_nothing(desk):
    with pytest.raises(NotEntitledError):
        desk.release(login="keeper2")


def test_goods_that_left_meanwhile_are_looked_at_again(desk, monkeypatch):
    real = desk.service._begin

    def slow(*given):
        card = real(*given)
        return replace(card, row=replace(card.row, quantity=card.row.quantity + 5))

    monkeypatch.setattr(desk.service, "_begin", slow)
    with pytest.raises(ConflictError):
        desk.release()
    assert desk.state() is Inspection.PENDING


def test_an_endless_remark_is_refused(desk):
    with pytest.raises(NoteTooLongError):
        desk.reject(reason="x" * 401)


def test_goods_in_quarantine_are_inspected_where_they_lie(desk):
    desk.bay.recall("2509A17")
    desk.bay.delivery_id = desk.bay.open()
    desk.bay.override(desk.bay.scan(label(CARTON, "2509A17", FAR)))
    (desk.batch_id,) = desk.bay.post().batch_ids
    desk.release()
    assert desk.state() is Inspection.RELEASED


def test_an_unknown_batch_has_no_card(desk):
    with pytest.raises(NotFoundError):
        desk.reader.fetch(inspection_card, 9_999)


def test_the_queue_of_one_place(desk):
    places = desk.bay.hospital.places
    assert len(desk.reader.fetch(pending_batches, places["store"])) == 1
    assert desk.reader.fetch(pending_batches, places["store2"]) == []
