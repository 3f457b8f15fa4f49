import pytest

from app.udi.reader import read
from app.udi.reading import Agency, ReadState
from tests.udi.strategies import TODAY

KEY = "https://id.gs1.org/01/09520123456788"


def pairs(raw: str) -> list[tuple[str, str]]:
    return [(each.ai, each.value) for each in read(raw, today=TODAY).elements]


def kinds(raw: str) -> list[str]:
    return [each.kind for each in read(raw, today=TODAY).problems]


def test_key_and_qualifiers_stand_in_the_path_and_dates_in_the_query() -> None:
    reading = read(f"{KEY}/10/ABC1/21/12345?17=180426", today=TODAY)
    assert reading.state is ReadState.COMPLETE
    assert (reading.di, reading.lot, reading.serial) == ("09520123456788", "ABC1", "12345")
    assert reading.expiry_text == "2018-04-26"
    assert [each.position for each in reading.elements] == [22, 40, 48, 57]


def test_the_last_key_of_the_path_counts() -> None:
    assert pairs("https://a/00/faux/00/006141411234567890") == [("00", "006141411234567890")]
    assert pairs("https://a/more/stem/01/09520123456788") == [("01", "09520123456788")]


def test_short_numbers_are_filled_up() -> None:
    assert pairs("https://a/01/02345673") == [("01", "00000002345673")]
    assert pairs("https://a/8004/9520614141234567?01=9520123456788")[1] == ("01", "09520123456788")


def test_escaped_signs_are_restored() -> None:
    assert read(f"{KEY}/10/A%2FB%28", today=TODAY).lot == "A/B("


def test_fields_of_the_web_server_and_fragments_are_left_alone() -> None:
    assert pairs(f"{KEY}?utm=1;99=ABC&singleton&98=XYZ#part") == [
        ("01", "09520123456788"),
        ("99", "ABC"),
        ("98", "XYZ"),
    ]
    assert pairs(f"{KEY}?") == [("01", "09520123456788")]


@pytest.mark.parametrize(
    "raw",
    [
        "http://",
        "http:///",
        "http://a",
        "http://a/",
        "https://a/zzz/09520123456788",
        "https://a/01//09520123456788",
        "https://a/stem/00/006141411234567890/",
        "https://a$/00/006141411234567890",
        "https://a_b/01/09520123456788",
        "HtTps://a/01/09520123456788",
        "https://a/01/09520123456788<x",
        "https://a/01/09520123456788}x",
        "https://a/01/0952 0123456788",
    ],
)
def test_an_address_without_a_key_is_refused(raw: str) -> None:
    reading = read(raw, today=TODAY)
    assert reading.state is ReadState.REFUSED
    assert [each.kind for each in reading.problems] == ["bad_digital_link"]


@pytest.mark.parametrize(
    ("tail", "problems"),
    [
        ("/10/AB/22/X", ["bad_link_order"]),
        ("/10/AB/235/X", ["bad_link_order"]),
        ("/17/250704", ["bad_link_order"]),
        ("?10=AB", ["bad_link_order"]),
        ("?21=AB", ["bad_link_order", "unknown_ai"]),
        ("/10/", ["missing_value"]),
        ("/89/X", ["bad_link_order", "unknown_ai"]),
        ("?89=X", ["unknown_ai"]),
        ("?99=A&99=A", ["duplicate_element"]),
        ("?01=09520123456788", ["duplicate_element"]),
        ("?99=A+B", ["bad_character"]),
        ("/10/A%00", ["bad_character"]),
        ("?17=250230", ["bad_date"]),
    ],
)
def test_what_breaks_the_rules_is_said_and_the_number_kept(tail: str, problems: list[str]) -> None:
    reading = read(KEY + tail, today=TODAY)
    assert sorted(each.kind for each in reading.problems) == problems
    assert reading.state is ReadState.PARTIAL
    assert reading.di == "09520123456788"


def test_a_lot_may_stand_in_the_query_where_the_key_takes_none_in_the_path() -> None:
    reading = read("https://id.gs1.org/00/952012345678912345?02=09520123456788&37=25&10=ABC123", today=TODAY)
    assert (reading.state, reading.lot, reading.quantity) == (ReadState.COMPLETE, "ABC123", 25)


def test_old_words_are_understood_but_not_trusted() -> None:
    reading = read("https://a/gtin/09520123456788/lot/AB", today=TODAY)
    assert (reading.di, reading.lot, reading.state) == ("09520123456788", "AB", ReadState.PARTIAL)
    assert {each.kind for each in reading.problems} == {"old_link_word"}


@pytest.mark.parametrize(
    ("raw", "agency", "di", "begin"),
    [
        ("http://x.cn/s?code=MA.156.M0.100204.13351764&v=2", Agency.MA, "MA.156.M0.100204.13351764", 19),
        ("http://x.cn/MA.156.M0.100204.13351764", Agency.MA, "MA.156.M0.100204.13351764", 12),
        ("https://x.cn/s?c=010950110153000317250704", Agency.GS1, "09501101530003", 19),
        ("https://x.cn/s?c=%2801%2909501101530003%2810%29AB", Agency.GS1, "09501101530003", 21),
        ("https://x.cn/s?c=]d2010950110153000310AB", Agency.GS1, "09501101530003", 22),
    ],
)
def test_an_address_that_carries_a_code_is_read_as_that_code(raw: str, agency: Agency, di: str, begin: int) -> None:
    reading = read(raw, today=TODAY)
    assert (reading.agency, reading.state, reading.di) == (agency, ReadState.COMPLETE, di)
    assert reading.elements[0].position == begin
