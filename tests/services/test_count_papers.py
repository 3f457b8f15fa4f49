"""The papers of a stock-take: blind before, differences after, kept on file."""

import pytest
from sqlalchemy import select

from app.core.permissions import NotEntitledError
from app.models.recalls import Document
from app.models.store_work import StockCount
from app.queries.signed import signed_on_document
from app.services.count_papers import CountPaperService
from tests.reports.reading import all_text, squeezed
from tests.store_floor import store_floor


@pytest.fixture
def floor(sqlite_database):
    return store_floor(sqlite_database)


def printed(floor, count_id, by="keeper", folder=None):
    papers = CountPaperService(floor.life.database)
    return papers.print_count(actor=floor.actor(by), count_id=count_id, folder=folder)


def test_the_sheet_to_count_with_shows_no_figure_of_the_books(floor):
    floor.life.house.batch("CVC", "A1", 4711)
    count_id = floor.open_count()

    text = squeezed(all_text(printed(floor, count_id).content))

    assert "盘点表" in text
    assert "A1" in text
    assert "4711" not in text
    assert "4,711" not in text


def test_the_report_shows_differences_both_counts_and_reasons(floor, tmp_path):
    floor.life.house.batch("CVC", "A1", 10)
    floor.life.house.batch("CVC", "B2", 5)
    count_id = floor.open_count()
    floor.found(count_id, "A1", 7)
    floor.found(count_id, "B2", 5)
    floor.finish(count_id)
    floor.recount(count_id, "A1")
    floor.found(count_id, "A1", 8)
    floor.finish(count_id)
    floor.explain(count_id, "A1", "lost", "两处货架都找过")
    floor.approve(count_id)

    paper = printed(floor, count_id, folder=tmp_path)
    text = squeezed(all_text(paper.content))

    assert "盘点差异报告" in text
    assert "-2" in text
    assert "初盘7" in text
    assert "丢失，已查找：两处货架都找过" in text
    assert "测试inspector" in text
    with floor.life.database.reading() as session:
        (kept,) = signed_on_document(session, session.scalar(select(StockCount.number)))
    assert kept.holds
    assert kept.meaning.zh in text
    assert kept.digest[:16] in text
    assert paper.path.read_bytes() == paper.content
    with floor.life.database.reading() as session:
        kinds = list(session.scalars(select(Document.kind)))
    assert kinds == ["count_report"]


def test_a_ward_prints_only_its_own(floor):
    count_id = floor.open_count()

    with pytest.raises(NotEntitledError):
        printed(floor, count_id, by="nurse")
