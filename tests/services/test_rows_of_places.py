"""Whose rows a department sees: the tasks of its own places, of all of them and no others."""

import pytest
from sqlalchemy import select, text, update

from app.core.permissions import Role
from app.models.persons import PersonRole
from app.models.recalls import DepartmentTask, ScopeLine, TaskLine
from app.services.signing_in import SigningInService
from tests.personal import *  # noqa: F403
from tests.personal import PASSWORD, let_in, opened
from tests.services.recall_stage import Stage, recall_stage


@pytest.fixture
def stage(personal_database) -> Stage:
    stage = recall_stage(personal_database)
    stage.launched()
    let_in(personal_database)
    return stage


@pytest.fixture
def desk(stage):
    database = opened(stage.database)
    yield database
    database.close()


def limit(stage: Stage, login: str, *scopes: str) -> None:
    """The person is a liaison at these places and has no other role."""
    now, person_id = stage.database.clock(), stage.hospital.persons[login]
    ended = update(PersonRole).where(PersonRole.person_id == person_id, PersonRole.ended_at.is_(None))
    with stage.database.writing(None) as session:
        session.execute(ended.values(ended_at=now))
        session.flush()
        session.add_all(
            PersonRole(person_id=person_id, role=Role.DEPT_LIAISON, granted_by=None, granted_at=now, scope=scope)
            for scope in scopes
        )


def test_a_liaison_of_several_departments_sees_the_tasks_of_all_of_them_and_no_others(stage, desk):
    places = stage.hospital.places
    with stage.database.reading() as session:
        tasks = {place: key for key, place in session.execute(select(DepartmentTask.id, DepartmentTask.location_id))}
    assert set(tasks) == {places[name] for name in ("store", "store2", "icu", "clinic")}

    def seen(login: str) -> set[int]:
        SigningInService(desk).sign_in(login, PASSWORD)
        with desk.reading() as session:
            found = set(session.scalars(select(DepartmentTask.location_id)))
            lines = set(session.scalars(select(TaskLine.task_id)))
            assert lines == {tasks[place] for place in found}
            assert bool(session.scalars(select(ScopeLine.id)).all()) == bool(found)
        return found

    assert seen("nurse") == {places["icu"]}
    both = f"place:{places['icu']} place:{places['clinic']}"
    for scopes, wanted in (
        ([both], {"icu", "clinic"}),
        ([f"place:{places['clinic']}"], {"clinic"}),
        ([f"place:{places['icu']}0"], set()),
        (["", f"place:{places['clinic']}"], {"icu", "clinic"}),
        (["site:1"], {"store", "store2", "icu", "clinic"}),
    ):
        limit(stage, "nurse", *scopes)
        assert seen("nurse") == {places[name] for name in wanted}, scopes
    with stage.database.reading() as session:
        assert session.execute(text("SELECT count(*) FROM department_task")).scalar_one() == len(tasks)
