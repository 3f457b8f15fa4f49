"""A drill says what a launch would do, and the ledger is the same to the byte after it."""

import pytest
from sqlalchemy import text

from app.cli.terminal import DONE, REFUSED
from app.core.statuses.stock import StockState
from app.core.statuses.verdict import Verdict
from app.models.everything import METADATA
from app.models.recalls import DepartmentTask
from app.models.table_rows import digest_of
from app.services.drilling import LedgerMovedError, drill, ledger_digest
from app.services.scoping import UnboundedError
from tests.cli.test_main import Answer
from tests.services.recall_stage import NOTICE, recall_stage


@pytest.fixture
def stage(database):
    return recall_stage(database)


def whole(database):
    with database.at_one_moment() as session:
        return {table.name: digest_of(session, table).hex for table in METADATA.sorted_tables}


def test_nothing_is_written_and_the_same_places_are_told_as_by_a_launch(stage):
    before = whole(stage.database)
    done = drill(stage.database, NOTICE)
    assert whole(stage.database) == before
    assert done.watermark.startswith("DRILL")
    assert (done.batches[Verdict.AFFECTED], done.received, sum(done.located.values())) == (2, 140, 140)
    assert done.located[StockState.USED] == 5
    assert [phase.name for phase in done.phases] == ["read", "judge", "locate", "tell"]
    stage.launched()
    with stage.database.reading() as session:
        tasks = session.query(DepartmentTask).all()
        told = sorted((place.place.zh, place.expected) for place in done.places)
        names = {row[0]: row[1] for row in session.execute(text("SELECT id, name_zh FROM location"))}
        assert told == sorted((names[task.location_id], task.expected) for task in tasks)


def test_the_score_falls_with_what_stays_open(stage):
    assert drill(stage.database, NOTICE).score == 100
    late = drill(stage.database, NOTICE, within=0.0)
    assert [check.name for check in late.checks if not check.passed] == ["in_time"]
    doubtful = drill(stage.database, "GTIN: 06999999013037\nLot: A1OO")
    assert "doubtful_batches" in [check.name for check in doubtful.checks if not check.passed]
    assert doubtful.score < 100
    with pytest.raises(UnboundedError):
        drill(stage.database, "Please be careful.")


def test_a_ledger_that_changed_under_the_drill_is_said(stage, monkeypatch):
    answers = iter([(9, "one"), (9, "other")])
    monkeypatch.setattr("app.services.drilling.ledger_digest", lambda *_: next(answers))
    with pytest.raises(LedgerMovedError):
        drill(stage.database, NOTICE)


def test_lines_that_others_post_meanwhile_are_not_part_of_it(stage):
    with stage.database.at_one_moment() as session:
        last, before = ledger_digest(session)
    stage.hospital.batch("CVC", "LATER", 5)
    with stage.database.at_one_moment() as session:
        assert ledger_digest(session, last) == (last, before)
        assert ledger_digest(session) != (last, before)


def test_at_the_terminal(stage, tmp_path):
    url, notice = stage.database.url.render_as_string(hide_password=False), tmp_path / "notice.txt"
    notice.write_text(NOTICE, "utf-8")
    told = Answer("drill", "--text", str(notice), "--json", database=url).json
    assert (told["score"], told["received"], told["watermark"]) == (100, 140, "DRILL / 演练")
    assert Answer("drill", "--text", str(notice), database=url).code == DONE
    assert Answer("drill", "--text", str(tmp_path / "none"), database=url).code == REFUSED
