import pytest

from app.udi.damage import inverted, repair
from app.udi.reader import read
from app.udi.reading import Agency, ReadState, Severity
from tests.udi.strategies import TODAY

PLAIN = "010950400005911817271120107654321D\x1d2110987654d321"


def kinds(raw: str) -> list[str]:
    return [each.kind for each in read(raw, today=TODAY).problems]


def assert_read_well(raw: str, *problems: str) -> None:
    reading = read(raw, today=TODAY)
    assert reading.state is ReadState.COMPLETE
    assert (reading.di, reading.lot, reading.serial) == ("09504000059118", "7654321D", "10987654d321")
    assert reading.expiry_text == "2027-11-20"
    assert [each.kind for each in reading.problems] == list(problems)
    assert all(each.severity is Severity.WARNING for each in reading.problems)


@pytest.mark.parametrize("end", ["", "\r", "\r\n", "\t", "\n", "\x03", "\x00"])
@pytest.mark.parametrize("start", ["", "\x02", "\ufeff", "\r\n"])
def test_what_frames_a_scan_is_no_damage(start: str, end: str) -> None:
    assert_read_well(start + PLAIN + end)
    assert read(start + PLAIN, today=TODAY).elements[0].position == len(start) + 2


@pytest.mark.parametrize(
    "written",
    ["<GS>", "{GS}", "[GS]", "^]", "\\x1D", "\\u001d", "&#29;", "&#x1D;", "<0x1D>", "{0x1d}", "␝", "<FNC1>", "[FNC1]"],
)
def test_a_separator_that_came_as_text_is_restored(written: str) -> None:
    raw = PLAIN.replace("\x1d", written)
    assert_read_well(raw, "separator_as_text")
    reading = read(raw, today=TODAY)
    assert reading.problems[0].position == raw.index(written)
    assert all(raw.startswith(each.value, each.position) for each in reading.elements)


def test_several_separators_as_text_keep_the_places_true() -> None:
    raw = "{GS}]C1"[4:] + PLAIN.replace("\x1d", "{GS}") + "{GS}17271120{GS}"
    reading = read(raw, today=TODAY)
    assert all(raw.startswith(each.value, each.position) for each in reading.elements)
    assert len(reading.elements) == 5
    cut = read(PLAIN + "{GS}172", today=TODAY)
    assert cut.problems[-1].kind == "bad_length"
    assert cut.problems[-1].position == len(cut.raw)


@pytest.mark.parametrize("sign", [*"#~^|@$`\\ ", "\x1e", "\t"])
def test_another_sign_in_place_of_the_separator_is_shown_for_confirmation(sign: str) -> None:
    reading = read(PLAIN.replace("\x1d", sign), today=TODAY)
    assert reading.state is ReadState.AMBIGUOUS
    assert [each.kind for each in reading.problems] == ["separator_replaced"]
    assert (reading.lot, reading.serial) == ("7654321D", "10987654d321")
    assert len(reading.candidates) == 1


def test_two_kinds_of_foreign_signs_are_not_taken_for_separators() -> None:
    assert "separator_replaced" not in kinds("010950400005911810AB#21~C")
    assert "separator_replaced" not in kinds("]d20109504000059118~")


def test_widened_characters_are_narrowed() -> None:
    wide = "".join(chr(ord(letter) + 0xFEE0) if "!" <= letter <= "~" else letter for letter in PLAIN)
    assert_read_well(wide, "full_width")
    assert repair("　").text == " "


def test_a_french_keyboard_is_put_right() -> None:
    assert_read_well(
        "à&àç(à'àààà(ç&&_&è\"&&é&à&àè-('\"é&D\x1dé&&àç_è-('d\"é&".replace('&è"&&é&à', "&èéè&&éà"), "keyboard_layout"
    )
    hibc = read('+Q&é"BJC(D-Eè&%'[:-1] + "G", today=TODAY)
    assert (hibc.agency, hibc.di, hibc.state) == (Agency.HIBC, "A123BJC5D6E71", ReadState.COMPLETE)


@pytest.mark.parametrize("raw", ["réception", "à la carte", "éé", "àç收"])
def test_other_words_with_accents_are_left_alone(raw: str) -> None:
    assert repair(raw).text == raw


def test_a_frame_that_came_twice_counts_once() -> None:
    code = "]d2" + PLAIN
    assert_read_well(code + code, "repeated_scan")
    assert_read_well(code + "\r\n" + code, "repeated_scan")
    assert_read_well(code * 3, "repeated_scan")
    assert kinds("0950110153000309501101530003") == ["repeated_scan", "unmarked_number"]


def test_different_codes_of_one_trigger_are_all_handed_out() -> None:
    reading = read("]d2010950110153000310A\r]d2010950400005911810B\r\n", today=TODAY)
    assert (reading.state, reading.di) == (ReadState.REFUSED, None)
    assert [each.lot for each in reading.candidates] == ["A", "B"]
    assert [(each.kind, each.position) for each in reading.problems] == [("several_codes", 23)]
    assert reading.candidates[1].elements[0].position == 28
    empty = read("]d2010950110153000310A\x02", today=TODAY)
    assert empty.lot == "A"


def test_two_hibc_scans_of_one_trigger_are_joined_by_their_link() -> None:
    reading = read("+A123BJC5D6E71G\r\n+$$52001510X3GD\r\n", today=TODAY)
    assert (reading.state, reading.di, reading.lot) == (ReadState.COMPLETE, "A123BJC5D6E71", "10X3")
    assert [each.kind for each in reading.problems] == ["several_codes"]
    assert reading.raw.startswith(reading.elements[1].value, reading.elements[1].position)
    other = read("+A123BJC5D6E71G\r\n+$$52001510X3+ \r\n", today=TODAY)
    assert other.state is ReadState.PARTIAL


@pytest.mark.parametrize(
    ("text", "mark", "undone", "is_certain"),
    [
        ("]D210ab", "]D2", "]d210AB", True),
        ("]D210aB", "]D2", "]d210Ab", True),
        ("]D210AB", "]D2", "]d210AB", False),
        ("]D2101", "]D2", "]d2101", True),
        ("]c110AB", "]c1", "]C110ab", True),
        ("]c110ab", "]c1", "]C110AB", False),
    ],
)
def test_caps_lock_is_undone_where_the_letters_prove_it(text: str, mark: str, undone: str, is_certain: bool) -> None:
    assert inverted(text, mark) == (undone, is_certain)


def test_an_inverted_mark_is_reported() -> None:
    assert_read_well(("]d2" + PLAIN).swapcase(), "case_inverted")
    assert_read_well(("]C1" + PLAIN).swapcase(), "case_inverted")
    reading = read(("]d2" + PLAIN).upper(), today=TODAY)
    assert reading.state is ReadState.PARTIAL
    assert [(each.kind, each.severity, each.position) for each in reading.problems] == [
        ("case_lost", Severity.ERROR, 0)
    ]


def test_blanks_around_a_code_are_ignored_and_reported() -> None:
    assert_read_well("  " + PLAIN + " ", "blanks")
    assert read("  " + PLAIN, today=TODAY).elements[0].position == 4
    assert read("  " + PLAIN, today=TODAY).problems[0].position == 0


def test_a_mark_that_says_nothing_about_gs1_is_reported() -> None:
    assert_read_well("]C0" + PLAIN, "not_marked_gs1")
    assert kinds("]d1https://id.gs1.org/01/09520123456788") == []
    assert kinds("]Q1TESTING") == ["unknown_format"]
