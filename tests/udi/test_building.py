from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.core.words import describe
from app.udi import building
from app.udi.building import UnbuildableError
from app.udi.reader import read
from app.udi.reading import ReadState
from tests.udi.strategies import TODAY, capitals, days, digits, examples, gtins, hibc_identifiers, hibc_texts, lots

isbt_days = st.dates(min_value=date(2000, 1, 1), max_value=date(2099, 12, 31))
ma_values = st.text(digits + capitals, min_size=1, max_size=18)


@examples
@given(gtin=gtins, lot=lots, serial=lots, expiry=days, production=days, count=st.integers(1, 99_999_999))
def test_a_gs1_string_reads_back_the_same(
    gtin: str, lot: str, serial: str, expiry: date, production: date, count: int
) -> None:
    parts = [
        ("01", gtin),
        ("11", building.gs1_date(production)),
        ("17", building.gs1_date(expiry)),
        ("10", lot),
        ("21", serial),
        ("30", str(count)),
    ]
    for mark in ("", "]d2"):
        reading = read(mark + building.gs1_element_string(parts, today=TODAY), today=TODAY)
        assert reading.state is ReadState.COMPLETE
        assert [(each.ai, each.value) for each in reading.elements] == parts
        assert (reading.di, reading.lot, reading.serial, reading.quantity) == (gtin, lot, serial, count)
        assert reading.expiry == _this_side(expiry)
        assert reading.production == _this_side(production)


def _this_side(day: date) -> date:
    """Two digits of year can only mean a year within 49 back and 50 ahead: 1977 to 2076 in 2026."""
    return day if day.year > 1976 else day.replace(year=day.year + 100)


@examples
@given(gtin=gtins, lot=lots.filter(lambda lot: "(" not in lot), expiry=days)
def test_bracketed_text_reads_back_the_same(gtin: str, lot: str, expiry: date) -> None:
    parts = [("01", gtin), ("10", lot), ("17", building.gs1_date(expiry))]
    reading = read(building.gs1_hri(parts, today=TODAY), today=TODAY)
    assert (reading.state, reading.di, reading.lot, reading.expiry) == (ReadState.COMPLETE, gtin, lot, expiry)


@examples
@given(gtin=gtins, lot=lots, serial=lots, expiry=days)
def test_a_digital_link_reads_back_the_same(gtin: str, lot: str, serial: str, expiry: date) -> None:
    parts = [("17", building.gs1_date(expiry)), ("01", gtin), ("21", serial), ("10", lot)]
    link = building.gs1_digital_link(parts, today=TODAY)
    reading = read(link, today=TODAY)
    assert (reading.state, reading.di, reading.lot) == (ReadState.COMPLETE, gtin, lot)
    assert (reading.serial, reading.expiry) == (serial, expiry)


def test_a_digital_link_has_its_key_first() -> None:
    parts = [("10", "A/B"), ("01", "09501101530003")]
    assert building.gs1_digital_link(parts, stem="https://x.cn") == "https://x.cn/01/09501101530003/10/A%2FB"


@pytest.mark.parametrize("parts", [[("10", "A")], [("01", "09501101530003"), ("8200", "http")], []])
def test_a_digital_link_needs_a_key_and_refuses_what_has_no_place(parts: list[tuple[str, str]]) -> None:
    with pytest.raises(UnbuildableError):
        building.gs1_digital_link(parts)


@pytest.mark.parametrize(
    "parts",
    [
        [("01", "09501101530004")],
        [("18", "250704")],
        [("17", "250230")],
        [("10", "A B")],
        [("10", "A"), ("10", "A")],
        [("01", "09501101530003"), ("37", "5")],
    ],
)
def test_what_the_rules_forbid_is_not_built(parts: list[tuple[str, str]]) -> None:
    with pytest.raises(UnbuildableError) as raised:
        building.gs1_element_string(parts, today=TODAY)
    for language in ("zh", "en"):
        assert parts[-1][0] in describe(raised.value, language) or parts[0][0] in describe(raised.value, language)


def test_separators_stand_only_where_they_are_due() -> None:
    parts = [("10", "A"), ("17", "250704"), ("7003", "2507041305"), ("21", "S")]
    assert building.gs1_element_string(parts, today=TODAY) == "10A\x1d1725070470032507041305\x1d21S"


def test_a_gtin_is_completed_and_filled_up() -> None:
    assert building.gtin("0950110153000") == "09501101530003"
    assert building.gtin("0234567") == "00000002345673"
    for body in ("12", "123456A", ""):
        with pytest.raises(UnbuildableError):
            building.gtin(body)


@examples
@given(
    di=hibc_identifiers,
    lot=st.just("") | hibc_texts,
    serial=st.just("") | hibc_texts,
    expiry=st.none() | days,
    production=st.none() | days,
    quantity=st.none() | st.integers(0, 99_999),
)
def test_a_hibc_code_reads_back_the_same(
    di: str, lot: str, serial: str, expiry: date | None, production: date | None, quantity: int | None
) -> None:
    raw = building.hibc_combined(di, lot=lot, serial=serial, expiry=expiry, production=production, quantity=quantity)
    reading = read(raw, today=TODAY)
    assert (reading.state, reading.problems) == (ReadState.COMPLETE, ())
    assert (reading.di, reading.lot, reading.serial) == (di, lot or None, serial or None)
    assert (reading.expiry, reading.production, reading.quantity) == (expiry, production, quantity)


@examples
@given(di=hibc_identifiers, text=hibc_texts, expiry=st.none() | days, is_serial=st.booleans(), glued=st.booleans())
def test_a_hibc_pair_reads_back_the_same(di: str, text: str, expiry: date | None, is_serial: bool, glued: bool) -> None:
    primary = building.hibc_primary(di)
    value = {"serial" if is_serial else "lot": text}
    secondary = building.hibc_secondary(primary[-1], expiry=expiry, **value)
    reading = read(primary + ("" if glued else "\r") + secondary, today=TODAY)
    assert reading.state is ReadState.COMPLETE
    assert (reading.di, reading.link, reading.expiry) == (di, primary[-1], expiry)
    assert (reading.serial if is_serial else reading.lot) == text
    alone = read(secondary, today=TODAY)
    assert alone.is_secondary
    assert alone.link == primary[-1]


def test_a_hibc_code_has_capitals_only_and_one_of_lot_and_serial() -> None:
    with pytest.raises(UnbuildableError):
        building.hibc_primary("a12311")
    with pytest.raises(UnbuildableError):
        building.hibc_secondary("G", lot="A", serial="B")


@examples
@given(
    di=st.from_regex(r"[A-NP-Z1-9][0-9]{4}[A-Z0-9]{11}", fullmatch=True),
    serial=st.from_regex(r"[A-Z1-9][A-Z0-9]{5}", fullmatch=True),
    lot=st.from_regex(r"[A-Z0-9]{18}", fullmatch=True),
    expiry=isbt_days,
    production=isbt_days,
)
def test_an_isbt_code_reads_back_the_same(di: str, serial: str, lot: str, expiry: date, production: date) -> None:
    parts = [
        ("=/", di),
        ("=,", serial),
        ("=>", building.isbt_date(expiry)),
        ("=}", building.isbt_date(production)),
        ("&,1", lot),
    ]
    reading = read(building.isbt_string(parts), today=TODAY)
    assert (reading.state, reading.di, reading.serial, reading.lot) == (ReadState.COMPLETE, di, serial, lot)
    assert (reading.expiry, reading.production) == (expiry, production)


@examples
@given(
    registrant=st.text(digits, min_size=6, max_size=6),
    item=st.text(digits + capitals, min_size=6, max_size=10),
    level=st.integers(0, 9),
    lot=st.just("") | ma_values,
    serial=st.just("") | ma_values,
    production=st.none() | days,
    valid_until=st.none() | days,
)
def test_an_ma_code_reads_back_the_same(
    registrant: str,
    item: str,
    level: int,
    lot: str,
    serial: str,
    production: date | None,
    valid_until: date | None,
) -> None:
    di = building.ma_identifier(registrant, item, level=level)
    raw = building.ma_string(di, lot=lot, serial=serial, production=production, valid_until=valid_until)
    reading = read(raw, today=TODAY)
    assert (reading.state, reading.problems) == (ReadState.COMPLETE, ())
    assert (reading.di, reading.lot, reading.serial) == (di, lot or None, serial or None)
    assert (reading.production, reading.expiry) == (production, valid_until)


def test_an_ma_code_refuses_foreign_signs() -> None:
    with pytest.raises(UnbuildableError):
        building.ma_identifier("100204", "批33517")
