"""The tab of workstations: IT adds and ends, everybody else looks."""

import pytest

from app.core.permissions import Role
from app.queries.reader import Reader
from app.queries.workstations import stations
from app.services.signing_in import SigningInService, actor_of
from app.services.stationing import StationingService
from app.ui.language import say, switch_language
from app.ui.pages.settings.stations_presenter import StationsPresenter
from app.ui.pages.settings.stations_tab import NO_PLACE, StationsTab
from app.ui.seat import Seat
from tests.builders import small_hospital
from tests.fakes.immediate import ImmediateBackground
from tests.personal import PASSWORD, let_in, opened


@pytest.fixture
def tab_of(qtbot):
    def open_tab(database, actor) -> StationsTab:
        seat = Seat()
        seat.take(actor)
        reader = Reader(database)
        tab = StationsTab(StationsPresenter(reader, StationingService(database), seat, ImmediateBackground()))
        tab.retranslate()
        qtbot.addWidget(tab)
        tab.show()
        return tab

    return open_tab


def rows(database):
    return [(row.name, row.is_active) for row in Reader(database).fetch(stations, asks_server=False).rows]


def test_it_adds_and_ends_a_workstation_and_others_look(database, tab_of):
    house = small_hospital(database)
    house.person("it", Role.IT_ADMIN)
    with database.reading() as session:
        it, keeper = (actor_of(session, house.persons[login]) for login in ("it", "keeper"))
    tab = tab_of(database, it)
    tab.add.click()
    assert tab.name.error()
    tab.name.set_value("icu-1")
    tab.add.click()
    assert tab.place.error()
    switch_language("en")
    tab.retranslate()
    assert (tab.name.value(), rows(database)) == ("icu-1", [])
    tab.place.set_value(str(house.places["icu"]))
    tab.add.click()
    tab.name.set_value("trolley")
    tab.place.set_value(NO_PLACE)
    tab.add.click()
    assert rows(database) == [("icu-1", True), ("trolley", True)]
    assert "PostgreSQL" in tab.steps.text()
    switch_language("zh")
    tab.retranslate()
    assert (tab.new_place.value(), tab.change_place.isEnabled()) == (NO_PLACE, True)
    tab.new_place.set_value(str(house.places["icu"]))
    tab.retranslate()
    tab._presenter.reload()
    tab.change_place.click()
    found = Reader(database).fetch(stations, asks_server=False).rows
    assert [row.location_id for row in found if row.name == "trolley"] == [house.places["icu"]]
    assert "trolley" in tab.message.text()
    switch_language("en")
    tab.retranslate()
    tab.name.set_value("icu-1")
    tab.add.click()
    assert ("icu-1" in tab.message.text(), tab.name.value()) == (True, "icu-1")
    tab.end.click()
    assert rows(database)[1] == ("trolley", True), "the first press only asks"
    tab.end.click()
    assert rows(database) == [("icu-1", True), ("trolley", False)]
    assert say("stations.ended", name="trolley") == tab.message.text()
    assert not tab.end.isEnabled()

    looking = tab_of(database, keeper)
    assert not any(control.isEnabled() for control in (looking.name, looking.place, looking.add, looking.end))
    assert len(looking.table.rows) == 2


def test_under_personal_logins_the_very_words_for_the_certificate_are_shown(personal_database, personal_house, tab_of):
    personal_house.person("it", Role.IT_ADMIN)
    let_in(personal_database)
    desk = opened(personal_database)
    tab = tab_of(desk, SigningInService(desk).sign_in("it", PASSWORD))
    tab.name.set_value("icu-1")
    tab.place.set_value(str(personal_house.places["icu"]))
    tab.add.click()
    assert f"{desk.prefix}icu-1" in tab.steps.text()
    assert f'"place_id": {personal_house.places["icu"]}' in tab.lines.text()
    assert tab.table.rows[0].here_since is None
    desk.close()
