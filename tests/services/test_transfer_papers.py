"""The slip of a transfer: boxes to count in before, what arrived afterwards, kept on file, opened by its code."""

import pytest
from sqlalchemy import select

from app.core.errors import NotFoundError
from app.core.permissions import NotEntitledError
from app.models.recalls import Document
from app.reports.codes import transfer_code
from app.services.transfer_papers import TransferPaperService
from tests.reports.reading import all_text, codes, outside, overlaps, squeezed
from tests.store_floor import store_floor


@pytest.fixture
def floor(sqlite_database):
    floor = store_floor(sqlite_database)
    floor.life.house.batch("CVC", "A1", 40)
    floor.life.house.batch("CVC", "B2-" + "LONG" * 4, 40)
    return floor


def printed(floor, transfer_id, by="keeper", folder=None):
    papers = TransferPaperService(floor.life.database)
    return papers.print_slip(actor=floor.actor(by), transfer_id=transfer_id, folder=folder)


def sound(content: bytes) -> str:
    assert outside(content) == []
    assert overlaps(content) == []
    return squeezed(all_text(content))


def test_on_the_way_it_has_boxes_to_count_in_and_a_code_to_open_it(floor, tmp_path):
    sent = floor.send(floor.life.wanted("A1", 17), reason="科室急用")
    slip = printed(floor, sent.transfer_id, folder=tmp_path)
    text = sound(slip.content)
    for words in ("调拨单", sent.number, "中心库", "二号库", "A1", "17", "科室急用", "测试keeper", "实收"):
        assert words in text
    assert "未到" not in text
    assert transfer_code(sent.number).encode() in {code.content for code in codes(slip.content)}
    assert slip.path.read_bytes() == slip.content
    with floor.life.database.reading() as session:
        document = session.scalars(select(Document)).one()
        assert (document.kind, document.content) == ("transfer_slip", slip.content)


def test_afterwards_it_says_what_arrived_was_damaged_and_is_missing(floor):
    sent = floor.send(floor.life.wanted("A1", 17))
    floor.receive(sent.transfer_id, (12, 2))
    text = sound(printed(floor, sent.transfer_id, by="keeper2").content)
    assert "未到" in text
    assert "调拨单" in text


def test_a_slip_of_many_lots_goes_on_over_pages(floor):
    for number in range(45):
        floor.life.house.batch("CVC", f"M{number:03d}", 5)
    sent = floor.send(*(floor.life.wanted(f"M{number:03d}", 5) for number in range(45)))
    text = sound(printed(floor, sent.transfer_id).content)
    assert all(f"M{number:03d}" in text for number in range(45))


def test_only_the_stores_print_and_only_what_there_is(floor):
    sent = floor.send(floor.life.wanted("A1", 1))
    with pytest.raises(NotEntitledError):
        printed(floor, sent.transfer_id, by="nurse")
    with pytest.raises(NotFoundError):
        printed(floor, 999)
