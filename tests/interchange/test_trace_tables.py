"""A trace as a table and as JSON: the same figures, and no formula."""

import csv
import io
import json
from datetime import UTC, datetime

import pytest

from app.interchange.safe_cells import csv_bytes, safe_cell
from app.interchange.trace_tables import HEAD, trace_csv, trace_json
from app.queries.reader import Reader
from app.queries.tracing import trace_lot
from app.services.trace_files import (
    MomentAheadError,
    MomentUnreadableError,
    TraceFileKindError,
    TraceNotWrittenError,
    past_moment,
    write_trace,
)
from tests.stock_life import stock_life

NOW = datetime(2026, 11, 22, 8, 0, tzinfo=UTC)


@pytest.fixture
def lots(sqlite_database):
    life = stock_life(sqlite_database)
    life.house.batch("CVC", "=A1", 50)
    life.issue("=A1", 20, reason="+1-800")
    life.use("=A1", 2, visit_no="ZY20261234471")
    return Reader(life.database).fetch(trace_lot, "=A1")


@pytest.mark.parametrize(
    "words", ["=1+1", "+A", "-A", "@x", "\t=1", "\r=1", "|x", "%x", "＝1", "＋1a", "－a", "＠a", "  =1"]
)
def test_what_a_spreadsheet_would_reckon_gets_a_mark(words):
    assert safe_cell(words) == "'" + words


@pytest.mark.parametrize("words", ["-5", "+3", "2.50", "A-1", "批号 A", ""])
def test_numbers_and_plain_words_stay(words):
    assert safe_cell(words) == words
    assert safe_cell(None) == ""


def test_lines_with_quotes_and_breaks_come_back_whole():
    back = list(csv.reader(io.StringIO(csv_bytes(["a"], [['say "x",\ny']]).decode("utf-8-sig"), newline="")))

    assert back == [["a"], ['say "x",\ny']]


@pytest.mark.parametrize("language", ["zh", "en"])
def test_both_files_say_the_same_figures(lots, language):
    table = trace_csv(lots, NOW, language).decode("utf-8-sig")
    rows = list(csv.reader(io.StringIO(table, newline="")))
    told = json.loads(trace_json(lots, NOW))

    assert len(rows[0]) == len(set(rows[0])) == len(HEAD)
    assert rows[1][HEAD.index("recorded_at")] == told["as_of"] == NOW.isoformat()
    [batch] = told["lots"][0]["batches"]
    quantity = HEAD.index("quantity")
    parts = {name: [row for row in rows[2:] if row[0] == name] for name in {row[0] for row in rows[2:]}}
    names = ("来路", "所在", "流水") if language == "zh" else ("way in", "where", "ledger")
    hops, places, moved = (parts[name] for name in names)
    assert [row[quantity] for row in hops] == [
        "" if h["quantity"] is None else str(h["quantity"]) for h in batch["hops"]
    ]
    assert sorted(int(row[quantity]) for row in places) == sorted(
        amount for place in batch["destinations"] for amount in place["states"].values()
    )
    assert [int(row[quantity]) for row in moved] == [line["quantity"] for line in batch["lines"]]
    assert sum(int(row[quantity]) for row in places) == batch["received"] == 50
    assert sum(int(row[HEAD.index("patients")] or 0) for row in places) == batch["patients"] == 1


def test_no_formula_and_no_patient_leaves_in_a_file(lots):
    table = trace_csv(lots, NOW, "en").decode("utf-8-sig")

    assert "'=A1" in table
    assert "'+1-800" in table
    assert "ZY2026" not in table + trace_json(lots, NOW).decode()


def test_a_file_is_written_whole_or_refused(lots, tmp_path):
    write_trace(tmp_path / "new" / "t.CSV", lots, NOW, "zh")
    assert (tmp_path / "new" / "t.CSV").read_bytes() == trace_csv(lots, NOW, "zh")
    with pytest.raises(TraceFileKindError):
        write_trace(tmp_path / "t.txt", lots, NOW, "zh")
    (tmp_path / "file").write_bytes(b"")
    with pytest.raises(TraceNotWrittenError):
        write_trace(tmp_path / "file" / "t.json", lots, NOW, "zh")
    assert not list(tmp_path.rglob("*.part"))


@pytest.mark.parametrize(
    "typed", ["2026-11-01T08:00", " 2026-11-01 08:00 ", "2026/11/01 08:00", "2026-11-01T08:00+08:00"]
)
def test_a_typed_moment_is_read(typed):
    assert past_moment(typed, NOW).tzinfo is UTC


def test_what_is_no_moment_or_still_to_come_is_refused():
    assert past_moment("2026-11-01", NOW) < NOW
    for typed in ("", "gestern", "2026-13-01"):
        with pytest.raises(MomentUnreadableError):
            past_moment(typed, NOW)
    with pytest.raises(MomentAheadError):
        past_moment("2026-12-01", NOW)
