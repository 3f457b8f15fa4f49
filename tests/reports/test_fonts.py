"""Faces: no character is ever left out silently."""

import tomllib

from app.core.places import resources
from app.reports.fonts import Face, glyph_for, load, missing, to_unicode_map


def test_all_our_own_words_can_be_drawn() -> None:
    for language in ("zh", "en"):
        with (resources() / "words" / f"{language}.toml").open("rb") as file:
            reports = tomllib.load(file)["reports"]
        assert missing("".join(str(reports).split())) == ()


def test_a_character_without_a_glyph_is_printed_as_its_code_point() -> None:
    assert glyph_for("⌫", Face.SANS).text == "[U+232B]"
    assert glyph_for("😀", Face.MONO).text == "[U+1F600]"
    assert glyph_for("😀", Face.BOLD).advance > 3


def test_control_characters_of_a_code_are_shown_by_name_and_dropped_from_prose() -> None:
    assert glyph_for("\x1d", Face.MONO).text == "<GS>"
    assert glyph_for("\u200b", Face.MONO).text == "[U+200B]"
    assert glyph_for("\u200b", Face.SANS).text == ""
    assert glyph_for("\t", Face.SANS).text == " "


def test_a_code_face_borrows_what_it_lacks_from_the_text_face() -> None:
    assert glyph_for("批", Face.MONO_BOLD).face is Face.BOLD
    assert glyph_for("A", Face.MONO).face is Face.MONO


def test_the_whole_of_gbk_can_be_drawn() -> None:
    pairs = [bytes((high, low)) for high in range(0xB0, 0xF8) for low in range(0xA1, 0xFF)]
    hanzi = "".join(pair.decode("gbk", "ignore") for pair in pairs)
    assert len(hanzi) > 6700
    assert missing(hanzi) == ()


def test_rare_name_characters_map_back_to_themselves() -> None:
    table = to_unicode_map("Name", [0x41, 0x2BD2F, 0x6C1F])
    assert "<01> <D86FDD2F>" in table
    assert "<00> <0041>" in table


def test_the_map_back_keeps_to_a_hundred_entries_a_block() -> None:
    table = to_unicode_map("Name", list(range(0x4E00, 0x4E00 + 256)))
    assert table.count("beginbfchar") == 3
    assert "100 beginbfchar" in table
    assert "56 beginbfchar" in table


def test_loading_twice_gives_the_same_faces() -> None:
    assert load() is load()
