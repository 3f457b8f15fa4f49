"""Signatures are read newest first, found by their words, and a changed one is seen."""

from app.core.shown import digest
from app.queries.reader import Reader
from app.queries.signatures import signatures
from tests.builders import small_hospital
from tests.services.recall_stage import op
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
