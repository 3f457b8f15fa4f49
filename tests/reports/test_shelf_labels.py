"""Shelf labels: the symbol names the shelf, the sheet breaks into pages."""

from app.reports.shelf_labels import render_shelf_labels
from app.reports.store_rows import ShelfLabel
from tests.reports.reading import all_text, codes, page_count


def label(number: int) -> ShelfLabel:
    return ShelfLabel(code=f"A-{number:02d}", place="中心库", place_en="Central store")


def test_each_label_says_its_shelf_in_letters_and_in_its_symbol():
    pdf = render_shelf_labels([label(1), label(2)])

    assert {code.content for code in codes(pdf)} == {b"RD:SHELF:A-01", b"RD:SHELF:A-02"}
    assert "A-01" in all_text(pdf)
    assert "中心库" in all_text(pdf)


def test_fourteen_labels_fill_a_page():
    assert page_count(render_shelf_labels([label(number) for number in range(14)])) == 1
    assert page_count(render_shelf_labels([label(number) for number in range(15)])) == 2
