"""What must hold for any text and any notice."""

from hypothesis import given, settings
from hypothesis import strategies as st

from app.core.statuses.verdict import Verdict
from app.notices.clauses import NoticeReading
from app.notices.judging import Unit, judge
from app.notices.reader import read_notice, summary
from tests.notices.inventing import Case, cases

PIECES = [
    "lot",
    "lots:",
    "REF",
    "批号",
    "：",
    "、",
    "至",
    "序列号",
    "全部",
    "特定",
    "见附件",
    "all",
    "except",
    "between",
    "and",
    "to",
    "-",
    "before",
    "(01)",
    "(10)",
    "xxxx",
    "***",
    "A12",
    "20230101",
    "2024-05",
    "05/06/2024",
    "\n",
    "\t",
    ";",
    "。",
    ".",
    "(",
    ")",
    "exp.",
    "manufactured",
    "Model",
    "UDI-DI",
    "00851997007004",
    "1)",
    "¿¿",
    "\u200b",
    "不涉及",
    "除",
    "外",
    "开头",
    "software",
    "version",
    "1.2",
    "or lower",
    "prior to",
    "...",
    "/",
    "*",
]
pieces = st.lists(st.sampled_from(PIECES), max_size=40)
texts = st.one_of(st.text(max_size=200), pieces.map(" ".join), pieces.map("".join))


def assert_quotes_stand_at_their_place(text: str, reading: NoticeReading) -> None:
    for clause in reading.clauses:
        assert clause.quote
        assert text[clause.start : clause.end] == clause.quote
        for value in (*clause.values, clause.first, clause.last):
            assert value is None or value in clause.quote


@settings(max_examples=150, deadline=None)
@given(texts)
def test_any_text_is_read_and_every_quote_stands_at_its_place(text: str) -> None:
    reading = read_notice(text)
    assert_quotes_stand_at_their_place(text, reading)
    assert reading.understood is (bool(reading.clauses) and not reading.doubts)
    assert summary(text, reading)["decidable"] in ("yes", "partial", "no")


@settings(max_examples=150, deadline=None)
@given(
    texts, st.builds(Unit, *[st.none() | st.sampled_from(["A12", "20230101", "2024-05-06", "1.2", "*", "", " "])] * 9)
)
def test_any_unit_gets_a_verdict_with_reasons(text: str, unit: Unit) -> None:
    judgement = judge(read_notice(text), unit)
    assert judgement.reasons


@settings(max_examples=150, deadline=None)
@given(cases())
def test_a_unit_that_a_notice_means_is_affected_and_its_neighbour_is_not(case: Case) -> None:
    reading = read_notice(case.text)
    assert judge(reading, case.affected).verdict is Verdict.AFFECTED
    assert judge(reading, case.other).verdict is Verdict.NOT_AFFECTED


@settings(max_examples=150, deadline=None)
@given(cases(), st.sampled_from(["xxxxx", "XXXX", "****", "×××"]), st.data())
def test_masking_never_turns_affected_into_not_affected(case: Case, mask: str, data: st.DataObject) -> None:
    piece = data.draw(st.sampled_from(case.pieces))
    keep = data.draw(st.integers(0, len(piece) - 1))
    masked = case.text.replace(piece, piece[:keep] + mask)
    assert judge(read_notice(masked), case.affected).verdict is not Verdict.NOT_AFFECTED


@settings(max_examples=150, deadline=None)
@given(cases(), st.sampled_from(["...", "…", " [truncated]", "（未完"]), st.data())
def test_cutting_the_text_short_never_turns_affected_into_not_affected(
    case: Case, mark: str, data: st.DataObject
) -> None:
    at = data.draw(st.integers(0, len(case.text)))
    cut = case.text[:at] + mark
    assert judge(read_notice(cut), case.affected).verdict is not Verdict.NOT_AFFECTED


@settings(max_examples=150, deadline=None)
@given(cases(), st.sampled_from(["See attached list.", "Refer to the full list of affected devices", "详见附件。"]))
def test_a_list_that_stands_elsewhere_never_turns_affected_into_not_affected(case: Case, phrase: str) -> None:
    piece = case.pieces[0]
    hidden = case.text.replace(piece, "") + "\n" + phrase
    if len(case.pieces) == 1:
        assert judge(read_notice(hidden), case.affected).verdict is not Verdict.NOT_AFFECTED
