"""Any change behind the program's back is found and named; an honest record is intact."""

import pytest

from app.queries.reader import Reader
from app.services.auditing import last_seal, seal, verify
from tests.stock_life import stock_life
from tests.tampering import tamper


@pytest.fixture
def life(database):
    life = stock_life(database)
    life.house.batch("CVC", "A1", 50)
    life.issue("A1", 10)
    life.use("A1", 2)
    life.hold("A1")
    return life


def kinds(verification):
    return {(one.kind, one.table, one.field) for one in verification.mismatches}


def test_an_honest_record_is_intact(life):
    seal(life.database)
    found = verify(life.database)

    assert found.mismatches == ()
    assert found.is_intact
    assert found.entries > 10
    assert found.chains >= 3
    assert found.balances == 3
    assert found.seals == 1


@pytest.mark.parametrize(
    ("statement", "expected"),
    [
        ("UPDATE movement SET quantity = 9 WHERE kind = 'issue'", ("changed_row", "movement", "quantity")),
        ("UPDATE movement SET actor_id = 2 WHERE kind = 'issue'", ("changed_row", "movement", "actor_id")),
        ("UPDATE batch SET lot_no = 'B2', lot_key = 'B2'", ("changed_row", "batch", "lot_no")),
        ("UPDATE lot_lock SET reason = 'x'", ("changed_row", "lot_lock", "reason")),
        ("DELETE FROM lot_lock", ("missing_row", "lot_lock", "")),
        ("UPDATE balance SET quantity = quantity + 1 WHERE state = 'in_stock'", ("balance", "balance", "quantity")),
        ("UPDATE audit_entry SET after = '{}' WHERE table_name = 'lot_lock'", ("changed_entry", "audit_entry", "hash")),
        ("DELETE FROM audit_entry WHERE table_name = 'movement'", ("gap", "audit_entry", "sequence")),
        ("DELETE FROM audit_entry WHERE table_name = 'lot_lock'", ("unaudited_row", "lot_lock", "")),
        ("UPDATE audit_head SET hash = 'x' WHERE sequence > 0", ("head", "audit_head", "hash")),
        ("UPDATE audit_seal SET heads = '[]'", ("changed_seal", "audit_seal", "hash")),
    ],
)
def test_a_change_behind_the_wall_is_found_and_named(life, statement, expected):
    seal(life.database)

    tamper(life.database, statement)

    found = verify(life.database)
    assert not found.is_intact
    assert expected in kinds(found)


def test_a_chain_cut_at_its_end_is_given_away_by_its_seal(life):
    seal(life.database)

    tamper(life.database, "DELETE FROM audit_entry WHERE table_name = 'lot_lock'")
    person = life.house.persons["keeper"]
    tamper(
        life.database,
        f"UPDATE audit_head SET sequence = (SELECT max(sequence) FROM audit_entry WHERE person_id = {person}),"
        f" hash = (SELECT hash FROM audit_entry WHERE person_id = {person} ORDER BY sequence DESC LIMIT 1)"
        f" WHERE person_id = {person}",
    )

    assert ("sealed_entry", "audit_entry", "hash") in kinds(verify(life.database))


def test_a_row_slipped_in_without_a_trail_is_found(life):
    tamper(
        life.database,
        "INSERT INTO signature (op_id, person_id, meaning, content, content_hash, reason, signed_at)"
        " VALUES ('x', 1, 'second', '', '', '', '2026-01-01 00:00:00')",
    )

    assert ("unaudited_row", "signature", "") in kinds(verify(life.database))


def test_seals_count_up_and_each_covers_the_one_before(life):
    first, second = seal(life.database), seal(life.database)

    assert (first.n, second.n) == (1, 2)
    assert first.hash != second.hash
    assert second.short == f"2 · {second.hash[:16]}"
    assert Reader(life.database).fetch(last_seal) == second


def test_before_the_first_seal_there_is_none(life):
    assert Reader(life.database).fetch(last_seal) is None


def test_a_missing_seal_is_a_gap(life):
    seal(life.database)
    seal(life.database)

    tamper(life.database, "DELETE FROM audit_seal WHERE n = 1")

    assert ("gap", "audit_seal", "n") in kinds(verify(life.database))


def test_a_deleted_row_whose_deletion_was_audited_is_no_finding(life):
    from app.models.persons import Setting

    keeper = life.house.persons["keeper"]
    with life.database.writing(keeper) as session:
        session.add(Setting(key="x", value="1", changed_by=keeper, changed_at=life.database.clock()))
    with life.database.writing(keeper) as session:
        session.delete(session.get_one(Setting, "x"))

    assert verify(life.database).is_intact


def test_two_who_seal_at_once_both_get_their_seal(life, monkeypatch):
    from app.models.refusals import ExistsError
    from app.services import auditing

    tries = []
    real = auditing._seal_once

    def late(database, actor_id):
        tries.append(actor_id)
        if len(tries) < 3:
            raise ExistsError
        return real(database, actor_id)

    monkeypatch.setattr(auditing, "_seal_once", late)
    assert seal(life.database).n == 1
    monkeypatch.setattr(auditing, "_seal_once", lambda *_: (_ for _ in ()).throw(ExistsError()))
    with pytest.raises(ExistsError):
        seal(life.database)
