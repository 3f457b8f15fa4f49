"""Lines: where they break, what they never lose."""

from hypothesis import given, settings
from hypothesis import strategies as st

from app.reports.fonts import Face
from app.reports.typesetting import (
    CANNOT_END,
    CANNOT_START,
    Line,
    Run,
    Style,
    fitted,
    measure,
    set_runs,
    set_text,
)

TEXT = Style(10, 15)
CODE = Style(10, 15, Face.MONO)
HAN = "导丝亲水涂层可能脱落，碎屑会进入血管（含肺循环）。请立即停用！“实有”与“账上”不符的，写明原因；"


def words(line: Line) -> str:
    return "".join(piece.text for piece in line.pieces)


def test_no_closing_mark_starts_a_line_and_no_opening_mark_ends_one() -> None:
    for width in range(30, 240, 7):
        lines = [words(line) for line in set_text(HAN * 3, TEXT, width)]
        assert not [line for line in lines if line[0] in CANNOT_START]
        assert not [line for line in lines[:-1] if line[-1] in CANNOT_END]


def test_no_character_is_lost_and_no_line_is_too_wide() -> None:
    for width in range(30, 240, 7):
        lines = set_text(HAN, TEXT, width)
        assert "".join(words(line) for line in lines) == HAN
        assert max(line.width for line in lines) <= width + 0.5 * TEXT.size + 0.01


def test_latin_words_stay_whole() -> None:
    lines = [words(line) for line in set_text("Count the boxes and explain differences", TEXT, 70)]
    assert " ".join(lines) == "Count the boxes and explain differences"
    assert len(lines) > 2


def test_a_word_longer_than_the_line_breaks_after_a_mark_before_it_breaks_anywhere() -> None:
    assert words(set_text("www.example.org/recalls/2026", TEXT, 90)[0]).endswith(("/", "."))


def test_a_code_longer_than_the_line_fills_it_and_keeps_every_character() -> None:
    lot = "LOT/2509-A17(B).C+D" * 3
    lines = set_text(lot, CODE, 62)
    assert "".join(words(line) for line in lines) == lot
    assert not [line for line in lines[:-1] if words(line).endswith("-")]


def test_spaces_inside_a_code_are_part_of_it() -> None:
    assert "".join(words(line) for line in set_text("A  B  C", CODE, 19)).replace(" ", "") == "ABC"
    assert words(set_text("A  B", CODE, 200)[0]) == "A  B"


def test_a_gap_opens_between_han_and_latin_and_no_space_is_written() -> None:
    plain = sum(measure(part, TEXT) for part in ("批号", "A17", "停用"))
    assert measure("批号A17停用", TEXT) > plain
    assert words(set_text("批号A17停用", TEXT, 500)[0]) == "批号A17停用"


def test_two_marks_in_a_row_share_one_em() -> None:
    assert measure("停用）。", TEXT) == 35
    assert measure("（“停用", TEXT) == measure("停用", TEXT) + 10


def test_curly_quotation_marks_are_straight_in_english_and_curly_in_chinese() -> None:
    assert words(set_text("the “found” column", TEXT, 500)[0]) == 'the "found" column'
    assert words(set_text("填写“实有”一栏", TEXT, 500)[0]) == "填写“实有”一栏"


def test_line_feeds_break_lines_and_an_empty_text_is_none() -> None:
    assert [words(line) for line in set_text("一\n二\r\n三", TEXT, 500)] == ["一", "二", "三"]
    assert set_text("", TEXT, 100) == ()


def test_a_style_shrinks_until_the_text_fits_but_not_under_the_smallest() -> None:
    assert measure("召回封存清单", fitted("召回封存清单", TEXT, 40, 5)) <= 40
    assert fitted("召回封存清单" * 9, TEXT, 40, 7).size == 7


def test_runs_in_several_styles_share_lines() -> None:
    lines = set_runs((Run("批号 ", TEXT), Run("2509A17", CODE)), 500)
    assert {piece.face for piece in lines[0].pieces} == {Face.SANS, Face.MONO}


def test_no_single_character_is_left_on_the_last_line() -> None:
    for length in range(5, 40):
        lines = [words(line) for line in set_text("导" * length, TEXT, 60)]
        assert "".join(lines) == "导" * length
        assert len(lines[-1]) > 1


@settings(max_examples=60, deadline=None)
@given(st.text(alphabet="批号A1-/（）“，。 b", min_size=1, max_size=60), st.integers(12, 200))
def test_whatever_the_text_nothing_but_spaces_is_dropped(text: str, width: int) -> None:
    for style in (TEXT, CODE):
        drawn = "".join(words(line) for line in set_text(text, style, width))
        assert drawn.replace(" ", "").replace('"', "“") == text.replace(" ", "")
