"""The sample hospital: whole, consistent, and only in an empty database."""

import pytest
from sqlalchemy import func, select

from app.core.statuses.stock import MovementKind
from app.models.catalogue import Product
from app.models.database import Database
from app.models.places import Location, Site
from app.models.stock import Balance, Batch, Movement
from app.services.auditing import verify
from app.services.sample_data import NotEmptyError, SampleDataService
from app.services.sample_story import write_script
from app.services.signing_in import SigningInService


def count(database: Database, column, *conditions) -> int:
    with database.reading() as session:
        return session.scalar(select(func.count(column)).where(*conditions))


def test_the_sample_is_as_large_as_promised_and_adds_up(sqlite_database):
    SampleDataService(sqlite_database).fill(seed=7)
    assert count(sqlite_database, Site.id) == 3
    assert count(sqlite_database, Location.id, Location.kind == "department") == 18
    assert count(sqlite_database, Product.id) == 60
    assert count(sqlite_database, Batch.id) == 400
    with sqlite_database.reading() as session:
        received = session.scalar(select(func.sum(Movement.quantity)).where(Movement.kind == MovementKind.RECEIPT))
        assert received == session.scalar(select(func.sum(Balance.quantity)))
    assert verify(sqlite_database).mismatches == ()
    assert SigningInService(sqlite_database).sign_in("zhoumin", "Sample-2026").login == "zhoumin"
    with pytest.raises(NotEmptyError):
        SampleDataService(sqlite_database).fill(seed=8)


def test_the_script_differs_with_the_seed_and_repeats_with_it(clock):
    today = clock().date()
    first, again, other = write_script(1, today), write_script(1, today), write_script(2, today)
    assert first == again
    assert set(first.recalled_lots).isdisjoint(other.recalled_lots) or first.note_no != other.note_no
    assert all(lot in first.notice for lot in (*first.recalled_lots, first.excepted_lot))
