"""A second reader as an oracle: where both call a plain GS1 string sound, they must say the same."""

from datetime import date

from biip.gs1_messages import GS1Message
from hypothesis import given

from app.udi.building import gs1_date, gs1_element_string
from app.udi.reader import read
from tests.udi.strategies import TODAY, days, examples, gtins, lots


@examples
@given(gtin=gtins, lot=lots, serial=lots, expiry=days)
def test_both_readers_agree(gtin: str, lot: str, serial: str, expiry: date) -> None:
    parts = [("01", gtin), ("10", lot), ("17", gs1_date(expiry)), ("21", serial)]
    raw = gs1_element_string(parts, today=TODAY)
    theirs = [(each.ai.ai, each.value) for each in GS1Message.parse(raw).element_strings]
    ours = [(each.ai, each.value) for each in read(raw, today=TODAY).elements]
    assert ours == theirs == parts
