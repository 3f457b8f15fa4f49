"""The main job as one story again, on PostgreSQL, everybody with a login of their own: a missing right fails it."""

from app import bootstrap
from app.core.settings import WorkstationFile
from app.queries.reader import Reader
from app.services.auditing import verify
from app.services.sample_data import SampleDataService, hospital_file
from app.services.signing_in import SigningInService
from app.ui import language, theme
from app.ui.story import StoryParts, play
from app.ui.story_facts import StoryFacts
from tests.journeys.test_story import check_database, check_summary
from tests.personal import let_in, opened


def test_a_delivery_becomes_a_closed_recall_under_personal_logins(personal_database, tmp_path, qapp, monkeypatch):
    monkeypatch.setenv("RECALLDESK_PAPERS", str(tmp_path / "papers"))
    SampleDataService(personal_database).fill(7)
    password = hospital_file()["password"]
    let_in(personal_database, password)
    database = opened(personal_database)
    SigningInService(database).sign_in("zhoumin", password)
    desk, background = bootstrap.build_desk(database, WorkstationFile(tmp_path / "workstation.json"))
    desk.start()
    background.wait()
    facts = StoryFacts(Reader(personal_database), personal_database.clock)
    summary = play(
        StoryParts(desk, background, facts, database.clock), tmp_path, 7, lambda _act: None, with_pages=False
    )
    desk.close()
    background.wait()
    language.switch_language("zh")
    theme.apply(qapp, dark=False)
    check_summary(summary, tmp_path)
    check_database(personal_database, 7)
    database.close()
    assert verify(personal_database).mismatches == ()
