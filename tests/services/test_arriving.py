"""A notice that came by itself is settled once, by a person who runs recalls, and leads back to its file."""

from datetime import timedelta

import pytest
from sqlalchemy import select

from app.core.permissions import NotEntitledError
from app.core.statuses.agent import NewsState
from app.core.words import describe
from app.models.agents import News
from app.models.recalls import CaseEntry
from app.queries.news import arrival_text, arrivals, waiting_since
from app.queries.reader import Reader
from app.services.arriving import ArrivalReasonError, ArrivalSettledError, ArrivingService
from app.services.registering import Notice
from tests.services.recall_stage import NOTICE, op, recall_stage


@pytest.fixture
def stage(database):
    return recall_stage(database)


def arrive(database, name, text=NOTICE, later=0):
    with database.writing(None) as session:
        row = News(file_name=name, content_hash=name * 4, text=text, trouble="", state=NewsState.WAITING)
        row.arrived_at = database.clock() - timedelta(hours=3) + timedelta(minutes=later)
        session.add(row)
        session.flush()
        return row.id


def test_it_is_registered_or_put_aside_once_and_the_case_names_the_file(stage):
    database, reader = stage.database, Reader(stage.database)
    first, second = arrive(database, "b.txt", "\n \n 召回公告\n" + NOTICE), arrive(database, "a.txt", later=1)
    rows = reader.fetch(arrivals)
    assert (rows[0].id, rows[0].file_name, rows[0].opening) == (first, "b.txt", "召回公告")
    assert rows[0].digest == "b.txt" * 4
    assert reader.fetch(waiting_since) == (2, rows[0].arrived_at)
    assert reader.fetch(arrival_text, second) == NOTICE

    service, coordinator = ArrivingService(database), stage.actor("coordinator")
    with pytest.raises(NotEntitledError):
        service.put_aside(actor=stage.actor("keeper"), op_id=op(), news_id=first, reason="x")
    with pytest.raises(ArrivalReasonError):
        service.put_aside(actor=coordinator, op_id=op(), news_id=first, reason="  ")
    service.put_aside(actor=coordinator, op_id=op(), news_id=first, reason=" 本院没有这种产品 ")
    with pytest.raises(ArrivalSettledError) as settled:
        service.put_aside(actor=coordinator, op_id=op(), news_id=first, reason="again")
    assert "b.txt" in describe(settled.value, "zh")
    assert "b.txt" in describe(settled.value, "en")

    notice = Notice(text=NOTICE, title="t", manufacturer="m", received_at=database.clock(), news_id=second)
    case = stage.registering.register(actor=coordinator, op_id=op(), notice=notice)
    with pytest.raises(ArrivalSettledError):
        stage.registering.register(actor=coordinator, op_id=op(), notice=notice)
    assert reader.fetch(arrivals) == []
    assert reader.fetch(waiting_since) == (0, None)
    with database.reading() as session:
        aside, taken = session.scalars(select(News).order_by(News.id))
        notes = session.scalars(select(CaseEntry.note).where(CaseEntry.case_id == case.case_id)).all()
        assert session.query(CaseEntry.case_id).distinct().count() == 1
    assert (aside.state, aside.settled_by, aside.settled_reason) == (
        NewsState.ASIDE,
        coordinator.id,
        "本院没有这种产品",
    )
    assert (taken.state, taken.case_id, taken.settled_by) == (NewsState.TAKEN, case.case_id, coordinator.id)
    assert "a.txt" in notes
