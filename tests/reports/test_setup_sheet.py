"""The set-up sheet of a scanner: one page, and its test codes read back as what they are meant to show."""

import pytest

from app.reports.setup_sheet import TEST_HIBC, render_setup_sheet
from app.udi.reader import read
from app.udi.reading import ReadState
from tests.reports import samples
from tests.reports.reading import codes, outside, overlaps, page_count, page_texts


@pytest.mark.parametrize("language", ["both", "zh", "en"])
def test_the_codes_to_try_read_back_complete_and_nothing_overlaps(language):
    content = render_setup_sheet(samples.paper(language))
    assert page_count(content) == 1
    assert (overlaps(content), outside(content)) == ([], [])
    found = {code.symbology: code.content.decode() for code in codes(content)}
    assert found["]d2"] == "010699999901201610TEST-A1\x1d17281231"
    assert found["]C0"] == TEST_HIBC
    for mark, text in found.items():
        assert read(mark + text).state is ReadState.COMPLETE
    (page,) = page_texts(content)
    assert ("USB-COM" in page, "GS" in page) == (True, True)
