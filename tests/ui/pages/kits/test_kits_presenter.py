"""What a scan puts into the kit on the bench, what is refused, and what is kept."""

import pytest

from app.queries.reader import Reader
from app.services.composing import ComposingService
from app.services.kitting import KittingService
from app.services.labelling import LabellingService
from app.ui.pages.kits.page import KitsPage
from app.ui.pages.kits.presenter import KitsPresenter
from app.ui.seat import Seat
from tests.fakes.immediate import ImmediateBackground
from tests.kit_life import kit_life
from tests.stock_life import gs1, gtin

TRAY = gtin("0699999991555")


@pytest.fixture
def life(sqlite_database):
    life = kit_life(sqlite_database)
    life.house.product("PLATE", TRAY)
    life.recipe("KIT", {"CVC": 2, "PLATE": 1})
    life.house.batch("CVC", "A1", 10)
    life.house.batch("PLATE", "P1", 10)
    return life


@pytest.fixture
def make(life, qapp, tmp_path):
    def make(login: str = "keeper") -> KitsPresenter:
        seat, database = Seat(), life.database
        seat.move_to(life.house.places["store"])
        seat.take(life.actor(login))
        presenter = KitsPresenter(
            Reader(database),
            KittingService(database),
            ComposingService(database),
            LabellingService(database),
            seat,
            ImmediateBackground(),
            tmp_path,
        )
        presenter.set_visible(True)
        return presenter

    return make


def heard(signal) -> list:
    got: list = []
    signal.connect(lambda *values: got.append(values[0] if len(values) == 1 else values))
    return got


def cvc(lot: str = "A1") -> str:
    return gs1(lot, None)


def plate(lot: str = "P1") -> str:
    return gs1(lot, None, di=TRAY)


def test_the_first_component_chooses_the_only_kit_that_has_it_and_the_last_completes_it(make):
    presenter = make()
    said = heard(presenter.answered)

    for raw in (cvc(), cvc(), plate()):
        presenter.take_scan(raw)

    assert [one.key for one in said] == ["added", "added", "complete"]
    assert presenter.bench.is_complete
    assert presenter.bench.row(presenter.bench.recipe.components[0].product_id).parts[0].quantity == 2


def test_one_too_many_is_answered_and_not_added(make):
    presenter = make()
    said = heard(presenter.answered)
    for _ in range(3):
        presenter.take_scan(cvc())

    assert said[-1].key == "enough"
    assert sum(row.scanned for row in presenter.bench.rows) == 2


@pytest.mark.parametrize(("raw", "code"), [("nonsense", "no_scan"), (gs1("ZZ", None), "no_such_lot")])
def test_what_is_not_in_the_books_is_refused(make, raw, code):
    presenter = make()
    said = heard(presenter.answered)

    presenter.take_scan(raw)

    assert (said[0].key, said[0].error.code) == ("refused", code)


def test_a_held_component_is_refused_with_its_reason(make, life):
    life.hold("A1")
    presenter = make()
    said = heard(presenter.answered)

    presenter.take_scan(cvc())

    assert said[0].error.code == "lot_on_hold"
    assert presenter.bench.parts == ()


def test_a_built_kit_is_labelled_found_by_its_label_and_opened(make, tmp_path):
    presenter = make()
    done, said = heard(presenter.done), heard(presenter.answered)
    for raw in (cvc(), cvc(), plate()):
        presenter.take_scan(raw)
    presenter.build()

    number = done[0][1]["number"]
    assert [key for key, _ in done] == ["built", "label"]
    assert (tmp_path / f"{number}.pdf").read_bytes().startswith(b"%PDF")
    assert presenter.bench.parts == ()
    kit = presenter.sight.kits[0]
    presenter.take_scan(f"RD:BATCH:{kit.batch_id}")
    assert said[-1].key == "kit"
    assert [row.quantity for row in presenter.card.contents] == [2, 1]

    presenter.open_kit("Wrong tray")

    assert done[-1][0] == "opened"
    assert presenter.card.row.is_opened


def test_a_recipe_that_is_refused_says_why(make, life):
    presenter = make()
    refused = heard(presenter.refused)

    presenter.save_recipe(life.house.products["KIT"], [(life.house.products["KIT"], 1)], "")

    assert refused[0].code == "kits.kit_in_kit"


def test_the_page_shows_a_nurse_her_kits_only(make, qtbot):
    page = KitsPage(make("nurse"))
    qtbot.addWidget(page)
    page.show()

    assert page.views.current() == "kits"
    page.open_view("build")
    assert page.tables.currentIndex() == 1


def test_f9_on_the_bench_builds_when_it_is_complete(make, qtbot):
    presenter = make()
    page = KitsPage(presenter)
    qtbot.addWidget(page)
    page.show()
    assert not page.bench_pane.build.isEnabled()
    for raw in (cvc(), cvc(), plate()):
        assert page.take_scan(raw)
    assert page.bench_pane.build.isEnabled()

    page.bench_pane.build.click()

    assert len(presenter.sight.kits) == 1
    assert "ZT-" in page.strip.message()
