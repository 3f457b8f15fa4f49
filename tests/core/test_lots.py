import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.core.lots import lot_key


@pytest.mark.parametrize(
    ("raw", "key"),
    [
        ("ab 12-3", "AB12-3"),
        ("ＡＢ１２－３", "AB12-3"),
        ("AB12–3", "AB12-3"),
        ("AB12\u22123", "AB12-3"),
        ("AB\u200b12\ufeff-3\r\n", "AB12-3"),
        ("\u3000 7 \u00a0\t8", "78"),
        ("0001441871", "0001441871"),
        ("11/20:B.4", "11/20:B.4"),
        ("批 2026a", "批2026A"),
        ("", ""),
        ("\u200d \x00", ""),
    ],
)
def test_only_what_no_label_means_is_dropped(raw: str, key: str) -> None:
    assert lot_key(raw) == key


def test_leading_zeros_keep_two_lots_apart() -> None:
    assert lot_key("005") != lot_key("5")


@given(st.text())
def test_the_key_of_a_key_is_itself(raw: str) -> None:
    assert lot_key(lot_key(raw)) == lot_key(raw)


@given(st.text(alphabet="ABCXYZ0189-/.", min_size=1, max_size=16), st.data())
def test_width_case_and_blanks_never_separate_a_lot_from_itself(lot: str, data: st.DataObject) -> None:
    wide = {letter: chr(ord(letter) + 0xFEE0) for letter in "ABCXYZ0189-/."}
    changed = "".join(
        data.draw(st.sampled_from([letter, letter.lower(), wide[letter], f" {letter}", f"\u200b{letter}"]))
        for letter in lot
    )
    assert lot_key(changed) == lot_key(lot)
