"""Workstations are added and ended by who sets up the installation, on both engines and under personal logins."""

import psycopg
import pytest
from sqlalchemy import select, text

from app.core.errors import NotFoundError
from app.core.permissions import NotEntitledError, Role
from app.models.persons import Workstation
from app.models.proof import AuditEntry
from app.queries.reader import Reader
from app.queries.workstations import stations
from app.services.agent.mailing import MailSettings
from app.services.agent.setting_up import SettingUpMail
from app.services.signing_in import SigningInService, actor_of
from app.services.stationing import StationEndedError, StationingService, StationNameError, StationTakenError
from tests.builders import small_hospital
from tests.personal import PASSWORD, let_in, opened


def sight(database, *, asks_server=True):
    return Reader(database).fetch(stations, asks_server=asks_server)


def try_all(database, it, keeper, house):
    """What holds wherever the list lies."""
    service, icu = StationingService(database), house.places["icu"]
    assert service.add(actor=it, name=" icu-1 ", location_id=icu).name == "icu-1"
    service.add(actor=it, name="trolley", location_id=None)
    for name, error in (
        ("icu-1", StationTakenError),
        ("keeper", StationTakenError),
        ("", StationNameError),
        ("icu 1", StationNameError),
        ("-icu", StationNameError),
        ("重症-1", StationNameError),
        ("x" * 64, StationNameError),
    ):
        with pytest.raises(error):
            service.add(actor=it, name=name, location_id=icu)
    for place in (99_999,):
        with pytest.raises(NotFoundError):
            service.add(actor=it, name="icu-2", location_id=place)
    for act in (
        lambda: service.add(actor=keeper, name="k", location_id=icu),
        lambda: service.move(actor=keeper, workstation_id=1, location_id=icu),
        lambda: service.end(actor=keeper, workstation_id=1),
    ):
        with pytest.raises(NotEntitledError):
            act()
    with pytest.raises(NotFoundError):
        service.end(actor=it, workstation_id=99_999)
    trolley = next(row.id for row in sight(database).rows if row.name == "trolley")
    service.move(actor=it, workstation_id=trolley, location_id=icu)
    assert {row.name: row.location_id for row in sight(database).rows}["trolley"] == icu
    service.move(actor=it, workstation_id=trolley, location_id=None)
    for lost in ((99_999, icu), (trolley, 99_999)):
        with pytest.raises(NotFoundError):
            service.move(actor=it, workstation_id=lost[0], location_id=lost[1])
    service.end(actor=it, workstation_id=trolley)
    with pytest.raises(StationEndedError):
        service.move(actor=it, workstation_id=trolley, location_id=icu)
    rows = {row.name: row for row in sight(database).rows}
    assert [(row.name, row.is_active, row.location_id) for row in rows.values()] == [
        ("icu-1", True, icu),
        ("trolley", False, None),
    ]
    assert rows["icu-1"].added_by.en == "It"
    with pytest.raises(StationTakenError):
        service.add(actor=it, name="trolley", location_id=None)


def test_the_list_of_workstations(database):
    house = small_hospital(database)
    house.person("it", Role.IT_ADMIN)
    with database.reading() as session:
        it, keeper = (actor_of(session, house.persons[login]) for login in ("it", "keeper"))
    try_all(database, it, keeper, house)
    found = sight(database)
    assert (found.has_logins, found.knows_here, found.rows[0].here_since) == (False, False, None)
    with database.reading() as session:
        acts = session.scalars(select(AuditEntry.action).where(AuditEntry.table_name == "workstation"))
        assert list(acts) == ["insert", "insert", "update", "update", "update"]


def test_a_workstation_has_a_login_that_ends_with_it(personal_database, personal_house):
    personal_house.person("it", Role.IT_ADMIN)
    let_in(personal_database)
    desk = opened(personal_database)
    signing = SigningInService(desk)
    keeper = signing.sign_in("keeper", PASSWORD)
    it = signing.sign_in("it", PASSWORD)
    try_all(desk, it, keeper, personal_house)
    with desk.reading() as session:
        prefix = session.scalar(text("SELECT login_prefix FROM schema_info"))
    with personal_database.writing(None) as session:
        session.execute(text(f"ALTER ROLE \"{prefix}icu-1\" PASSWORD '{PASSWORD}'"))
        session.add(Workstation(login="copied", is_active=True, added_at=desk.clock()))
    address = personal_database.url.set(drivername="postgresql", username=f"{prefix}icu-1", password=PASSWORD)
    with psycopg.connect(address.render_as_string(hide_password=False), autocommit=True) as pc:
        assert pc.execute("SELECT workstation_place()").fetchone() == (personal_house.places["icu"],)
        rows = {row.name: row for row in sight(desk).rows}
        assert rows["icu-1"].here_since is not None
        assert (rows["copied"].here_since, rows["copied"].added_by) == (None, None)
        ward = personal_house.places["store"]
        StationingService(desk).move(actor=it, workstation_id=rows["icu-1"].id, location_id=ward)
        assert pc.execute("SELECT workstation_place()").fetchone() == (ward,), "without a new connection"
        assert sight(desk, asks_server=False).rows[0].here_since is None
        for name in ("icu-1", "copied"):
            StationingService(desk).end(actor=it, workstation_id=rows[name].id)
        with pytest.raises(psycopg.OperationalError):
            pc.execute("SELECT 1")
    assert not any(row.is_active or row.here_since for row in sight(desk).rows)
    SettingUpMail(desk).set_mail(
        actor=it, settings=MailSettings("mail.example", 587, "starttls", "", "a@b.example", "")
    )
    desk.close()
