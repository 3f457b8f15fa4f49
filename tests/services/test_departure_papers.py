"""The return form and the disposal record: on file, in both languages, with what stands in the books."""

import pytest

from app.core.statuses.documents import DocumentKind
from app.models.recalls import Document
from app.services.departure_papers import DeparturePaperService
from app.services.receipt_papers import PaperNotSavedError
from tests.kit_life import kit_life
from tests.reports.reading import all_text, outside, overlaps, squeezed
from tests.services.test_departing import DISPOSAL, Gate


@pytest.fixture
def gate(database):
    return Gate(database, kit_life(database).house)


def test_a_disposal_record_says_how_where_and_before_whom(gate, tmp_path):
    gate.house.batch("CVC", "A1", 4)
    draft = gate.draft(DISPOSAL)
    gate.scan_in(draft, "A1", 4)
    gate.leave(draft, reason="包装破损")

    printed = DeparturePaperService(gate.database).print_form(
        actor=gate.actor("keeper"), departure_id=draft, folder=tmp_path
    )

    text = all_text(printed.content)
    for words in (
        "医疗器械销毁记录",
        "Disposal record",
        "机械粉碎",
        "A1",
        "测试inspector",
        "包装破损",
        "电子签名",
        printed.number,
    ):
        assert squeezed(words) in squeezed(text)
    assert not overlaps(printed.content)
    assert not outside(printed.content)
    assert printed.path.read_bytes() == printed.content
    with gate.database.reading() as session:
        kept = session.get_one(Document, printed.document_id)
        assert (kept.kind, kept.content) == (DocumentKind.DISPOSAL_RECORD.value, printed.content)


def test_a_return_form_is_printed_before_the_carrier_comes_and_again_afterwards(gate, tmp_path):
    gate.house.batch("CVC", "A1", 4)
    draft = gate.draft()
    gate.scan_in(draft, "A1", 3)
    service, keeper = DeparturePaperService(gate.database), gate.actor("keeper")

    first = all_text(service.print_form(actor=keeper, departure_id=draft).content)
    gate.leave(draft, waybill="SF-4711")
    second = all_text(service.print_form(actor=keeper, departure_id=draft).content)

    assert "SF-4711" not in first
    assert "SF-4711" in second
    blocked = tmp_path / "file"
    blocked.write_text("x")
    with pytest.raises(PaperNotSavedError):
        service.print_form(actor=keeper, departure_id=draft, folder=blocked)
