"""A PDF on the screen: pages, sizes, keys."""

from io import BytesIO

import pytest
from PySide6.QtCore import Qt
from reportlab.pdfgen.canvas import Canvas

from app.ui.widgets.paper_view import PaperView


def paper(pages: int = 3, size: tuple[float, float] = (595, 842)) -> bytes:
    file = BytesIO()
    canvas = Canvas(file, pagesize=size)
    for number in range(pages):
        canvas.rect(50, 50, 60 + 20 * number, 60, fill=1)
        canvas.showPage()
    canvas.save()
    return file.getvalue()


@pytest.fixture
def view(qtbot):
    view = PaperView("Nothing chosen")
    qtbot.addWidget(view)
    view.resize(420, 500)
    view.show()
    return view


def test_a_paper_shows_its_first_page_as_wide_as_there_is_room(view):
    view.set_paper(paper())
    assert (view.page, view.pages) == (1, 3)
    assert 340 < view.image().deviceIndependentSize().width() <= 400
    assert view.place.text() == "1 / 3 页"


def test_keys_turn_the_pages_and_stop_at_the_ends(view, qtbot):
    view.set_paper(paper())
    for key, page in (
        (Qt.Key.Key_PageUp, 1),
        (Qt.Key.Key_PageDown, 2),
        (Qt.Key.Key_End, 3),
        (Qt.Key.Key_PageDown, 3),
        (Qt.Key.Key_Home, 1),
    ):
        qtbot.keyClick(view, key)
        assert view.page == page


def test_each_page_is_drawn_anew(view):
    view.set_paper(paper())
    first = view.image()
    view.turn(1)
    assert view.image() != first


def test_the_size_grows_shrinks_and_fits_again(view, qtbot):
    view.set_paper(paper())
    fitted = view.zoom()
    qtbot.keyClick(view, Qt.Key.Key_Plus)
    assert view.zoom() > fitted
    for _ in range(20):
        view.step_size(1)
    assert view.zoom() == 3.0
    for _ in range(20):
        qtbot.keyClick(view, Qt.Key.Key_Minus)
    assert view.zoom() == 0.5
    qtbot.keyClick(view, Qt.Key.Key_0)
    assert view.zoom() == pytest.approx(fitted)


def test_a_wider_pane_widens_the_page(view):
    view.set_paper(paper())
    before = view.image().width()
    view.resize(700, 500)
    assert view.image().width() > before


def test_the_arrows_scroll_and_other_keys_go_on(view, qtbot):
    view.set_paper(paper())
    view.step_size(1)
    view.step_size(1)
    bar = view._area.verticalScrollBar()
    qtbot.keyClick(view, Qt.Key.Key_Down)
    assert bar.value() > 0
    qtbot.keyClick(view, Qt.Key.Key_Up)
    assert bar.value() == 0
    qtbot.keyClick(view, Qt.Key.Key_A)
    assert view.page == 1


def test_the_buttons_do_what_the_keys_do(view):
    view.set_paper(paper())
    view.after.click()
    assert view.page == 2
    view.before.click()
    assert view.page == 1
    assert not view.before.isEnabled()
    view.larger.click()
    view.smaller.click()
    view.fit.click()


def test_without_a_paper_nothing_can_be_turned(view):
    view.set_paper(paper())
    view.set_paper(b"")
    assert (view.page, view.pages) == (0, 0)
    assert view.image().isNull()
    assert not view.larger.isEnabled()
    view.turn(1)
    view.setFocus()
    assert not view.grab().isNull()


def test_a_label_has_its_own_size(view):
    view.set_paper(paper(1, (283, 198)))
    view.step_size(1)
    image = view.image()
    assert image.width() > image.height()
