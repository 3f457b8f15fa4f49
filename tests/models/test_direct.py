"""Statements spoken to the driver itself: the same rows, and the same errors, as through SQLAlchemy."""

from datetime import date

import pytest
from sqlalchemy import bindparam, func, insert, select, text

from app.core.statuses.stock import Inspection
from app.models.direct import Direct, at_parting, together
from app.models.proof import KeptOperation
from app.models.refusals import ExistsError, OutOfReachError
from app.models.stock import Batch
from tests.builders import small_hospital

BATCHES = select(Batch.id, Batch.lot_no, Batch.expiry_on, Batch.inspection, Batch.received_at, Batch.is_lot_unknown)
SOME = BATCHES.where(
    Batch.lot_key.in_(bindparam("lots", expanding=True)),
    Batch.inspection == Inspection.RELEASED,
    Batch.expiry_on >= bindparam("day"),
).order_by(Batch.id)


@pytest.fixture
def hospital(database):
    house = small_hospital(database)
    for lot in ("A1", "A2", "A3"):
        house.batch("CVC", lot, 5, expiry=date(2028, 1, 31))
    return house


@pytest.mark.parametrize("lots", [["A1"], ["A1", "A3"], ["A3", "A1", "A2"], ["none"]])
def test_rows_are_those_of_sqlalchemy_in_the_types_of_the_columns(hospital, lots):
    asked = {"lots": lots, "day": date(2026, 1, 1)}
    with hospital.database.reading() as session:
        known = [tuple(row) for row in session.execute(SOME, asked)]
        direct = Direct(SOME)
        assert direct.rows(session, **asked) == known
        assert direct.rows(session, **asked) == known


def test_several_questions_are_answered_in_order_and_see_what_was_done_before(hospital):
    count = Direct(select(func.count()).select_from(KeptOperation))
    keep = Direct(insert(KeptOperation), ["op_id", "person_id", "content_hash", "answer", "at"])
    person, now = hospital.person("keeper9"), hospital.database.clock()
    kept = {"op_id": "op-1", "person_id": person, "content_hash": "x", "answer": "{}", "at": now}

    with hospital.database.writing(person) as session:
        before, written, after = count.asking(), keep.asking(**kept), count.asking()
        together(session, before, written, after)

    assert (before.rows[0][0] + 1, written.rows) == (after.rows[0][0], [])


def test_what_the_database_refuses_is_said_in_our_words_and_nothing_is_written(hospital):
    count = Direct(select(func.count()).select_from(KeptOperation))
    keep = Direct(insert(KeptOperation), ["op_id", "person_id", "content_hash", "answer", "at"])
    person, now = hospital.person("keeper9"), hospital.database.clock()
    kept = {"op_id": "op-1", "person_id": person, "content_hash": "x", "answer": "{}", "at": now}
    with hospital.database.reading() as session:
        before = count.rows(session)

    with pytest.raises(ExistsError), hospital.database.writing(person) as session:
        together(session, keep.asking(**kept), keep.asking(**kept), count.asking())

    with hospital.database.reading() as session:
        assert count.rows(session) == before


def test_what_is_kept_for_the_parting_is_asked_last_and_committed(hospital):
    keep = Direct(insert(KeptOperation), ["op_id", "person_id", "content_hash", "answer", "at"])
    count = Direct(select(func.count()).select_from(KeptOperation))
    person, now = hospital.person("keeper9"), hospital.database.clock()
    kept = {"op_id": "op-1", "person_id": person, "content_hash": "x", "answer": "{}", "at": now}

    with hospital.database.writing(person) as session:
        before, last = count.rows(session), count.asking()
        with hospital.database.writing(person) as inner:
            at_parting(inner, keep.asking(**kept), last)
        assert count.rows(session) == before
    assert last.rows[0][0] == before[0][0] + 1

    with hospital.database.reading() as session:
        assert count.rows(session) == last.rows


def test_a_parting_that_is_refused_undoes_all_of_the_transaction(hospital, caplog):
    keep = Direct(insert(KeptOperation), ["op_id", "person_id", "content_hash", "answer", "at"])
    count = Direct(select(func.count()).select_from(KeptOperation))
    person, now = hospital.person("keeper9"), hospital.database.clock()
    kept = {"op_id": "op-1", "person_id": person, "content_hash": "x", "answer": "{}", "at": now}

    with hospital.database.reading() as session:
        before = count.rows(session)

    with pytest.raises(ExistsError), hospital.database.writing(person) as session:
        at_parting(session, *(keep.asking(**kept) for _ in range(4)), count.asking())

    with hospital.database.writing(person) as session:
        assert count.rows(session) == before
    assert not caplog.records


def test_a_connection_that_broke_is_not_used_again(hospital):
    if hospital.database.is_sqlite:
        return
    backend, end = Direct(text("SELECT pg_backend_pid()")), Direct(text("SELECT pg_terminate_backend(:pid)"))

    def cut_off() -> None:
        with hospital.database.writing(None) as session:
            end.rows(session, pid=backend.rows(session)[0][0])
            backend.rows(session)

    with pytest.raises(OutOfReachError):
        cut_off()
    with hospital.database.writing(None) as session:
        assert backend.rows(session)
