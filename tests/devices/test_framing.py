"""Bytes of a serial line become scans, however the line cuts them."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.devices.framing import MOST_BYTES, Frame, Framer
from app.udi.reader import read

CODE = b"]d20106999999012015" + b"10A100\x1d17280831"


@pytest.mark.parametrize(
    ("sent", "heard"),
    [
        (CODE + b"\r", [(CODE, "\r")]),
        (CODE + b"\r\n", [(CODE, "\r")]),
        (CODE + b"\n", [(CODE, "\n")]),
        (b"\x02" + CODE + b"\x03", [(CODE, "\x03")]),
        (b"\r\n\r\n", []),
        (b"+A123\r+B456\r", [(b"+A123", "\r"), (b"+B456", "\r")]),
        (b"[)>\x1e06\x1d9NA\x1e\x04\r", [(b"[)>\x1e06\x1d9NA\x1e\x04", "\r")]),
    ],
)
def test_what_ends_a_scan_is_taken_off_and_nothing_else(sent, heard):
    assert [(one.content, one.ended_by) for one in Framer().feed(sent, 0.0)] == heard


@given(
    codes=st.lists(
        st.binary(min_size=1, max_size=60).filter(lambda one: not set(one) & set(b"\x02\x03\r\n")), max_size=5
    ),
    cuts=st.lists(st.integers(1, 40), max_size=12),
)
def test_it_does_not_matter_where_the_line_cuts(codes, cuts):
    sent, framer, heard = b"".join(code + b"\r" for code in codes), Framer(), []
    for moment, size in enumerate([*cuts, len(sent)]):
        piece, sent = sent[:size], sent[size:]
        heard += framer.feed(piece, float(moment))
    assert [one.content for one in heard] == codes


def test_a_silence_ends_a_scan_without_a_suffix_and_a_short_pause_does_not():
    framer = Framer(silence_ms=100)
    assert framer.feed(CODE[:9], 0.0) == []
    assert framer.feed(CODE[9:], 99.0) == []
    assert framer.settle(198.0) == []
    assert framer.settle(199.0) == [Frame(CODE, "silence", 99.0)]
    assert framer.settle(500.0) == []
    framer.feed(b"first", 1000.0)
    assert [one.content for one in framer.feed(b"second\r", 2000.0)] == [b"first", b"second"]


def test_what_came_before_the_line_was_cut_is_no_scan():
    framer = Framer()
    framer.feed(CODE[:12], 0.0)
    framer.forget()
    assert [one.content for one in framer.feed(b"NEXT\r", 5.0)] == [b"NEXT"]


def test_a_line_that_never_ends_keeps_no_more_than_a_reader_refuses():
    framer = Framer()
    for moment in range(40):
        assert framer.feed(b"7" * 1000, float(moment)) == []
    (frame,) = framer.feed(b"\r", 40.0)
    assert len(frame.content) == MOST_BYTES + 1
    assert [problem.kind for problem in read(frame.text).problems] == ["too_big"]


@pytest.mark.parametrize(("content", "text"), [("批号".encode(), "批号"), (b"LOT\xff", "LOT\xff")])
def test_bytes_that_are_not_utf_8_are_kept_one_by_one(content, text):
    assert Frame(content, "\r", 0.0).text == text
