"""The tab of house rules: read by everybody, changed by an executive; what is typed survives a language switch."""

import pytest

from app.core.permissions import Role
from app.queries.house_rules import USUAL_LIMIT, requisition_limit
from app.queries.reader import Reader
from app.services.passwords import PasswordRulesService
from app.services.regulating import RegulatingService
from app.ui import language
from app.ui.pages.settings.rules_presenter import RulesPresenter
from app.ui.pages.settings.rules_tab import RulesTab
from app.ui.seat import Seat
from tests.fakes.immediate import ImmediateBackground
from tests.stock_life import stock_life


@pytest.fixture
def tabs(database, qtbot):
    """A tab for whoever sits there."""
    life = stock_life(database)
    life.house.person("chief", Role.EXECUTIVE)

    def open_tab(login: str) -> RulesTab:
        seat = Seat()
        seat.take(life.actor(login))
        service = RegulatingService(database)
        tab = RulesTab(
            RulesPresenter(Reader(database), service, PasswordRulesService(database), seat, ImmediateBackground())
        )
        qtbot.addWidget(tab)
        tab.show()
        return tab

    return open_tab


def test_an_executive_types_a_limit_and_saves_it(tabs, database):
    tab = tabs("chief")
    assert tab.limit.value() == str(USUAL_LIMIT)
    tab.limit.set_value("12x")
    tab.save.click()
    assert tab.limit.error()
    tab.limit.set_value("60")
    tab.limit.edited.emit()
    tab.save.click()
    assert Reader(database).fetch(requisition_limit).units == 60
    assert tab.message.text()


def test_typed_input_survives_a_language_switch(tabs, qapp):
    tab = tabs("chief")
    tab.limit.set_value("75")
    tab.limit.edited.emit()
    language.switch_language("en")
    qapp.processEvents()
    try:
        assert tab.limit.value() == "75"
        assert "approval" in tab.limit.label.text()
    finally:
        language.switch_language("zh")


def test_others_read_it_and_are_told_who_may_change_it(tabs):
    tab = tabs("keeper")
    assert tab.limit.value() == str(USUAL_LIMIT)
    assert not tab.limit.isEnabled()
    assert not tab.save.isEnabled()
    assert "分管领导" in tab.message.text()
