"""The main job as one story, through real windows: the demo itself, with other lots for another seed."""

import hashlib
import json

import pytest
from sqlalchemy import func, select

from app import bootstrap
from app.core.settings import WorkstationFile
from app.core.statuses.recall import CaseState
from app.core.statuses.stock import MovementKind, StockState
from app.models.recalls import Document, RecallCase
from app.models.stock import Balance, Batch, Movement, PatientUse
from app.queries.reader import Reader
from app.services.auditing import verify
from app.services.sample_data import SampleDataService
from app.services.sample_story import write_script
from app.ui import language, theme
from app.ui.story import StoryParts, play
from app.ui.story_facts import StoryFacts


@pytest.mark.parametrize("seed", [7])
def test_a_delivery_becomes_a_closed_recall(sqlite_database, tmp_path, qapp, seed, monkeypatch):
    monkeypatch.setenv("RECALLDESK_PAPERS", str(tmp_path / "papers"))
    SampleDataService(sqlite_database).fill(seed)
    desk, background = bootstrap.build_desk(sqlite_database, WorkstationFile(tmp_path / "workstation.json"))
    facts = StoryFacts(Reader(sqlite_database), sqlite_database.clock)
    parts = StoryParts(desk, background, facts, sqlite_database.clock)
    summary = play(parts, tmp_path, seed, lambda _act: None, with_pages=False)
    desk.close()
    background.wait()
    language.switch_language("zh")
    theme.apply(qapp, dark=False)
    check_summary(summary, tmp_path)
    check_database(sqlite_database, seed)


def check_summary(summary, folder) -> None:
    assert json.loads((folder / "summary.json").read_text(encoding="utf-8")) == summary
    assert {"seed", "case", "affected", "locked", "tasks", "documents", "balance", "audit_seal"} <= summary.keys()
    assert (summary["affected"], summary["locked"], summary["tasks"], summary["balance"]) == (3, 3, 3, 0)
    assert summary["documents"] == len(list((folder / "papers").glob("*.pdf")))
    quantities = dict(summary["quantities"])
    assert quantities.pop("received") == sum(quantities.values())
    assert len(list((folder / "pictures").glob("*.png"))) > 25


def check_database(database, seed: int) -> None:
    script = write_script(seed, database.clock().date())
    with database.reading() as session:
        case = session.scalars(select(RecallCase)).one()
        assert case.state is CaseState.CLOSED
        people = {case.registered_by, case.approved_by, case.closed_by}
        assert len(people) == 3
        recalled = select(Batch.id).where(Batch.lot_no.in_(script.recalled_lots))
        received = session.scalar(
            select(func.sum(Movement.quantity)).where(
                Movement.kind == MovementKind.RECEIPT, Movement.batch_id.in_(recalled)
            )
        )
        where = dict(
            session.execute(
                select(Balance.state, func.sum(Balance.quantity))
                .where(Balance.batch_id.in_(recalled), Balance.quantity > 0)
                .group_by(Balance.state)
            ).all()
        )
        assert where == {StockState.USED: 1, StockState.RETURNED: received - 1}
        assert session.scalars(select(PatientUse.visit_no).where(PatientUse.visit_no == script.visit_no)).one()
        for document in session.scalars(select(Document)):
            assert hashlib.sha256(document.content).hexdigest() == document.content_hash
            assert script.visit_no.encode() not in document.content
    assert verify(database).mismatches == ()
