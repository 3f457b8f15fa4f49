"""Whether a notice touches the house, before it is kept."""

import pytest
from sqlalchemy import func, select

from app.core.statuses.verdict import Verdict
from app.models.recalls import RecallCase
from app.services.previewing import PreviewingService
from app.services.scoping import UnboundedError
from tests.services.recall_stage import NOTICE, recall_stage


@pytest.fixture
def stage(database):
    return recall_stage(database)


@pytest.fixture
def previewing(stage):
    return PreviewingService(stage.database)


def test_the_answer_is_that_of_the_assessment(stage, previewing):
    touch = previewing.touch(NOTICE, title="kit", manufacturer="CVC Test Devices")
    case_id = stage.registered()
    told = stage.assessing.assess(actor=stage.actor("coordinator"), op_id="a", case_id=case_id)
    assert touch.batches == {
        Verdict.AFFECTED: told.affected,
        Verdict.NEED_INFO: told.need_info,
        Verdict.NOT_AFFECTED: told.not_affected,
    }
    assert touch.compared == told.compared


def test_it_names_the_affected_first_with_their_units(previewing):
    touch = previewing.touch(NOTICE)
    assert [(line.lot_no, line.quantity) for line in touch.lines[:2]] == [("A100", 100), ("A200", 40)]
    assert touch.units[Verdict.AFFECTED] == 140
    assert not touch.is_untouched


def test_a_notice_of_something_else_touches_nothing(previewing):
    touch = previewing.touch("Voluntary recall\nGTIN: 06999999055556\nLot: ZZ99\n")
    assert touch.is_untouched
    assert touch.lines == ()


def test_nothing_is_kept(stage, previewing):
    previewing.touch(NOTICE)
    with stage.database.reading() as session:
        assert session.scalar(select(func.count()).select_from(RecallCase)) == 0


def test_a_text_without_bounds_is_refused(previewing):
    assert not previewing.read("All our products.").is_bounded
    with pytest.raises(UnboundedError):
        previewing.touch("All our products.")


def test_the_reading_has_clauses_doubts_and_front_matter(previewing):
    reading = previewing.read(NOTICE)
    assert len(reading.clauses) == 3
    assert reading.front.title.value == "Voluntary recall of central venous catheters"
    assert reading.doubts == ()
