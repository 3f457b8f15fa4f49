"""A notice of class I is read by two persons; what they read is what they signed."""

import pytest
from sqlalchemy import select, update

from app.core.permissions import NotEntitledError, Role
from app.core.shown import digest
from app.core.statuses.recall import RecallClass
from app.models.persons import Signature
from app.models.recalls import RecallClause
from app.models.refusals import AppendOnlyError, NotSignedInError, OwnSecondError, SecondReadingError, UnsignedError
from app.notices.clauses import Clause, ClauseForm, ClauseKey
from app.services.launching import UnconfirmedError
from app.services.signing_in import WrongPasswordError, hash_password
from tests.services.recall_stage import op, recall_stage

PASSWORD = "Chief-of-9-stores"


@pytest.fixture
def stage(database):
    return recall_stage(database)


def confirmed(stage, **changes) -> int:
    case_id = stage.assessed(**changes)
    stage.registering.confirm_clauses(actor=stage.actor("coordinator"), op_id=op(), case_id=case_id)
    return case_id


def clauses(stage, case_id) -> list[RecallClause]:
    with stage.database.reading() as session:
        rows = select(RecallClause).where(RecallClause.case_id == case_id, RecallClause.removed_by.is_(None))
        return list(session.scalars(rows.order_by(RecallClause.ordinal)))


def approve(stage, case_id):
    return stage.launching.approve(
        actor=stage.actor("boss"), op_id=stage.signed("boss", "approve_recall"), case_id=case_id
    )


def test_class_i_is_approved_only_when_another_person_has_read_each_clause(stage):
    case_id = confirmed(stage)
    with pytest.raises(SecondReadingError) as refusal:
        approve(stage, case_id)
    assert refusal.value.values["numbers"] == [1, 2, 3]
    stage.read_again(case_id)
    assert {row.second_by for row in clauses(stage, case_id)} == {stage.hospital.persons["boss"]}
    approve(stage, case_id)


def test_other_classes_need_one_reader(stage):
    approve(stage, confirmed(stage, recall_class=RecallClass.II))


def test_who_confirmed_or_entered_does_not_read_again_and_nobody_before_the_first(stage):
    case_id = stage.assessed()
    with pytest.raises(UnconfirmedError):
        stage.read_again(case_id)
    stage.registering.confirm_clauses(actor=stage.actor("coordinator"), op_id=op(), case_id=case_id)
    with pytest.raises(OwnSecondError):
        stage.read_again(case_id, by="coordinator")
    with pytest.raises(NotEntitledError):
        stage.read_again(case_id, by="nurse")
    with pytest.raises(UnsignedError):
        stage.second_reading.read_again(actor=stage.actor("boss"), op_id=op(), case_id=case_id)


def test_a_corrected_clause_is_read_again_by_another_person(stage):
    case_id = confirmed(stage)
    stage.read_again(case_id)
    lots = Clause(ClauseKey.LOT, ClauseForm.LIST, "", 0, 0, values=("A100",))
    stage.registering.correct_clause(
        actor=stage.actor("coordinator"),
        op_id=op(),
        clause_id=clauses(stage, case_id)[2].id,
        clause=lots,
        reason="seen",
    )
    stage.assessing.assess(actor=stage.actor("coordinator"), op_id=op(), case_id=case_id)
    with pytest.raises(SecondReadingError) as refusal:
        approve(stage, case_id)
    assert refusal.value.values["numbers"] == [3]


def test_the_second_reader_signs_in_place_over_the_clauses_as_they_stand(stage):
    case_id = confirmed(stage)
    stage.hospital.person("chief", Role.EXECUTIVE, password_hash=hash_password(PASSWORD))
    asked = {"actor": stage.actor("coordinator"), "case_id": case_id, "login": "chief"}
    with pytest.raises(WrongPasswordError):
        stage.second_reading.read_again_in_place(**asked, op_id=op(), password="Chief-of-8-stores")
    assert {row.second_by for row in clauses(stage, case_id)} == {None}
    second = stage.second_reading.read_again_in_place(**asked, op_id="again", password=PASSWORD)
    assert {row.second_by for row in clauses(stage, case_id)} == {second.id}
    with stage.database.reading() as session:
        (signed,) = session.scalars(select(Signature).where(Signature.op_id == "again"))
    assert digest(signed.content) == signed.content_hash
    assert "clause 3: lot list A100, A200" in signed.content
    assert "clauses: 3" in signed.content


def test_the_wall_holds_the_second_reading_past_every_service(stage):
    case_id, boss = confirmed(stage), stage.hospital.persons["boss"]
    coordinator = stage.hospital.persons["coordinator"]

    def write(by: int, **values: object) -> None:
        with stage.database.writing(by) as session:
            session.execute(update(RecallClause).where(RecallClause.case_id == case_id).values(**values))

    with pytest.raises(UnsignedError):
        write(boss, second_by=boss)
    with pytest.raises(NotSignedInError):
        write(coordinator, second_by=boss)
    stage.signed("coordinator", "read_again")
    with pytest.raises(OwnSecondError):
        write(coordinator, second_by=coordinator)
    with pytest.raises(AppendOnlyError):
        write(coordinator, content='{"values": []}')
    stage.signed("boss", "read_again")
    write(boss, second_by=boss)
    approve(stage, case_id)
