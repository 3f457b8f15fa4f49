"""The sample hospital: whole, consistent, and only in an empty database."""

from collections import Counter

import pytest
from sqlalchemy import func, select

from app.core.statuses.leaving import DepartureState
from app.core.statuses.requisition import OrderState, RequisitionState
from app.core.statuses.stock import Inspection, MovementKind
from app.core.statuses.store_work import CountState, TransferState
from app.models.catalogue import Product
from app.models.database import Database
from app.models.kits import Kit, KitContent
from app.models.leaving import Departure, DepartureLine
from app.models.places import Location, Site
from app.models.requisitions import Requisition
from app.models.stock import Balance, Batch, Movement
from app.models.store_work import StockCount, StockCountEntry, StockCountLine, Transfer, TransferLine
from app.queries.orders import orders
from app.queries.shelves import lying_in
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
    assert count(sqlite_database, Product.id) == 61
    assert count(sqlite_database, Batch.id) == 400 + 4 + 3
    with sqlite_database.reading() as session:
        received = session.scalar(select(func.sum(Movement.quantity)).where(Movement.kind == MovementKind.RECEIPT))
        standing_kits = 2
        assert received + standing_kits == session.scalar(select(func.sum(Balance.quantity)))
    assert verify(sqlite_database).mismatches == ()
    assert SigningInService(sqlite_database).sign_in("zhoumin", "Sample-2026").login == "zhoumin"
    with pytest.raises(NotEmptyError):
        SampleDataService(sqlite_database).fill(seed=8)


@pytest.mark.parametrize("seed", [3, 11])
def test_every_link_of_the_chain_has_something_to_show(sqlite_database, seed):
    SampleDataService(sqlite_database).fill(seed)
    with sqlite_database.reading() as session:
        store = session.scalars(select(Location.id).where(Location.code == "ZXK")).one()
        assert Counter(row.state for row in orders(session)) == {
            OrderState.ORDERED: 1,
            OrderState.PARTLY: 2,  # of one everything came, and a batch of it was rejected
        }
        asked = Counter(session.scalars(select(Requisition.state)))
        assert asked == {RequisitionState.ISSUED: 1, RequisitionState.ASKED: 1, RequisitionState.APPROVED: 1}
        assert Counter(session.scalars(select(Transfer.state))) == {TransferState.RECEIVED: 1, TransferState.SENT: 1}
        assert session.scalar(select(func.sum(TransferLine.damaged))) == 2
        assert Counter(session.scalars(select(StockCount.state))) == {CountState.POSTED: 1, CountState.COUNTING: 1}
        assert session.scalar(select(func.count(StockCountLine.id)).where(StockCountLine.is_posted)) == 1
        assert session.scalar(select(func.count(StockCountEntry.id)).where(StockCountEntry.count_id == 2)) == 1
        shelved = {row.shelf for row in lying_in(session, store)}
        assert {"", "A-01", "B-03"} <= shelved
        assert session.scalar(select(func.count(Kit.batch_id))) == 3
        assert session.scalar(select(func.min(KitContent.quantity))) >= 1
        departure = session.scalars(select(Departure)).one()
        assert departure.state is DepartureState.HANDED_OVER
        gone = select(Batch.inspection).join(DepartureLine, DepartureLine.batch_id == Batch.id)
        assert set(session.scalars(gone)) == {Inspection.REJECTED}
    assert verify(sqlite_database).mismatches == ()


def test_the_script_differs_with_the_seed_and_repeats_with_it(clock):
    today = clock().date()
    first, again, other = write_script(1, today), write_script(1, today), write_script(2, today)
    assert first == again
    assert set(first.recalled_lots).isdisjoint(other.recalled_lots) or first.note_no != other.note_no
    assert all(lot in first.notice for lot in (*first.recalled_lots, first.excepted_lot))
