"""Tables between tabs or upright lines, as they come out of spreadsheets: an empty cell keeps its column."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from app.core.statuses.verdict import Verdict
from app.notices.clauses import ClauseKey
from app.notices.judging import Judge, Unit
from app.notices.reader import read_notice

A, N, D = Verdict.AFFECTED, Verdict.NOT_AFFECTED, Verdict.NEED_INFO
GAPS = "REF\tLot\tExpiry\tQty\nA-100\tL1001\t2027-01-31\t5\nA-100\tL1002\t\t6\nB-200\tL2001\t2027-02-28\t\n"
CONTINUED = "REF\tLot\nA-100\tL1001\n\tL1002\nB-200\tL2001\n\tL2002\n"
PIPES = "| REF | Lot | Qty |\n|---|---|---|\n| A-100 | L1001; L1002 | 5 |\n| B-200 | | 6 |\n| B-201 | L2001 |  |\n"
REMARKS = "型号\t批号\t数量\t备注\nSY-01\t240101\t500\t已售\nSY-01\t240102\t\t\nSY-02\t240103\t20\t"
AFTER = CONTINUED + "Please also return lot L9999."


@pytest.mark.parametrize(
    ("text", "ref", "lot", "verdict"),
    [
        (GAPS, "A-100", "L1001", A),
        (GAPS, "A-100", "L1002", A),
        (GAPS, "B-200", "L2001", A),
        (GAPS, "B-200", "L1001", N),
        (CONTINUED, "A-100", "L1002", A),
        (CONTINUED, "B-200", "L2002", A),
        (CONTINUED, "B-200", "L1002", N),
        (PIPES, "A-100", "L1002", A),
        (PIPES, "B-200", "L7777", D),
        (PIPES, "B-201", "L2001", A),
        (PIPES, "B-201", "L1001", N),
        (PIPES.replace("| |", "| N/A |"), "B-200", "L7777", D),
        (REMARKS, "SY-01", "240102", A),
        (REMARKS, "SY-02", "240103", A),
        (REMARKS, "SY-02", "240101", N),
        (AFTER, "A-100", "L9999", A),
        (AFTER, "B-200", "L9999", A),
    ],
)
def test_a_row_says_what_its_cells_say(text, ref, lot, verdict):
    assert Judge(read_notice(text)).judge(Unit(ref=ref, lot=lot, expiry=None)).verdict is verdict


def test_a_title_that_fills_a_cell_is_enough():
    reading = read_notice("REF\tLot\tDI\nBB50T\t1441871\t06901234567892\nBB51T\t1441872\t123456789012345xxxxx")
    assert next(one.values for one in reading.clauses if one.key is ClauseKey.DI) == ("06901234567892",)
    assert "masked" in reading.doubts


REFS = st.from_regex(r"[A-Z]{2}-[0-9]{3}", fullmatch=True)
LOTS = st.from_regex(r"[A-HJ-NP-Z][0-9]{6}", fullmatch=True)
ROWS = st.lists(st.tuples(REFS, LOTS, st.booleans()), min_size=1, max_size=8, unique_by=(lambda row: row[1],))
FRAMES = st.sampled_from(["\t", " | "])
EXTRA = st.sampled_from(["", "Qty", "Remark"])


@settings(max_examples=250, deadline=None)
@given(rows=ROWS, frame=FRAMES, extra=EXTRA, said=st.sampled_from(["", "7", "sold"]))
def test_every_pair_of_a_table_is_affected_wherever_cells_are_empty(rows, frame, extra, said):
    head = ["REF", "Lot Number", "Expiration Date", *([extra] if extra else [])]
    lines = [head] + [
        [ref, lot, "2027-01-31" if is_dated else "", *([said] if extra else [])] for ref, lot, is_dated in rows
    ]
    text = "\n".join(frame.join(line) for line in lines)
    judge = Judge(read_notice(text))
    for ref, lot, is_dated in rows:
        unit = Unit(ref=ref, lot=lot, expiry="2027-01-31" if is_dated else None)
        assert judge.judge(unit).verdict is A, text
    for ref, _, _ in rows:
        assert judge.judge(Unit(ref=ref, lot="Z9999999")).verdict is not A
