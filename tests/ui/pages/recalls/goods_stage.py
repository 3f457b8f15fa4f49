"""A launched case whose goods can be moved, and who may sign, for tests of the goods tab."""

import pytest

from app.core.permissions import Role
from app.queries.case_head import case_head
from app.queries.reader import Reader
from app.services.collecting import CollectingService
from app.services.papers import PaperService
from app.services.returning import ReturningService
from app.services.signing_in import SigningInService
from app.ui.pages.recalls.goods_presenter import GoodsPresenter
from app.ui.pages.recalls.goods_tab import GoodsTab
from app.ui.seat import Seat
from app.ui.signers import Signed
from tests.fakes.immediate import ImmediateBackground
from tests.services.recall_stage import recall_stage
from tests.ui.desks import PASSWORD, password_hash

BOX, CARTON = "]d2010699999901201610", "]d2011699999901201310"
WITNESS = Signed("witness", PASSWORD, "counted together")


@pytest.fixture
def stage(sqlite_database):
    stage = recall_stage(sqlite_database)
    stage.hospital.person("witness", Role.QUALITY_INSPECTOR, place="store", password_hash=password_hash())
    return stage


@pytest.fixture
def case_id(stage):
    return stage.launched()


@pytest.fixture
def seat(stage):
    seat = Seat()
    seat.take(stage.actor("coordinator"))
    return seat


@pytest.fixture
def make(stage, seat, qapp):
    def make(case_id, **more):
        database = stage.database
        presenter = GoodsPresenter(
            Reader(database),
            CollectingService(database),
            ReturningService(database),
            PaperService(database),
            SigningInService(database),
            database.clock,
            seat,
            ImmediateBackground(),
            **more,
        )
        presenter.set_visible(True)
        presenter.show_case(case_id)
        return presenter

    return make


@pytest.fixture
def presenter(make, case_id):
    return make(case_id)


@pytest.fixture
def tab(presenter, stage, case_id, qtbot):
    tab = GoodsTab(presenter)
    qtbot.addWidget(tab)
    tab.resize(1138, 586)
    tab.show_case(Reader(stage.database).fetch(case_head, case_id, stage.database.clock()))
    tab.show()
    presenter.reload()
    return tab


def heard(signal):
    told = []
    signal.connect(lambda *values: told.append(values))
    return told


def row_at(presenter, place, lot="A100"):
    return next(row for row in presenter.sight.rows if row.place.en == place and row.lot_no == lot)


def collect_all(presenter, *places):
    for row in presenter.sight.rows:
        if row.left and (not places or row.place.en in places):
            presenter.collect_row(row, row.left)


def loose(presenter, place):
    return next(row for row in presenter.sight.loose if row.place.en == place)
