"""The terminal: one line in, one line out; exit codes that a script can trust."""

import io
import json
import subprocess
import sys
from datetime import timedelta

import pytest

from app.cli import main
from app.cli.terminal import DONE, ENVIRONMENT, REFUSED, WRONG_USE, Terminal
from app.core.places import root
from tests.stock_life import GOOD_UNTIL, gs1, stock_life
from tests.tampering import tamper


class Answer:
    """What a command said, and its exit code."""

    def __init__(self, *argv, stdin: bytes = b"", hooks=None, language="en", database=""):
        self.out, self.err = io.StringIO(), io.StringIO()
        terminal = Terminal(io.BytesIO(stdin), self.out, self.err, language, database)
        self.code = main.run(argv, hooks, terminal)

    @property
    def lines(self):
        return self.out.getvalue().splitlines()

    @property
    def json(self):
        return json.loads(self.out.getvalue())


@pytest.fixture
def life(database):
    life = stock_life(database)
    life.url = database.url.render_as_string(hide_password=False)
    life.house.batch("CVC", "A1", 50, expiry=GOOD_UNTIL)
    life.issue("A1", 10)
    return life


def test_every_line_gets_one_answer_whatever_it_holds():
    sent = json.dumps({"raw": gs1()}) + "\nnonsense\n\n" + json.dumps({"raw": 7}) + "\n"

    answer = Answer("scan", "read", stdin=sent.encode() + b'{"raw": "\xff\xfe"}\n')

    states = [json.loads(line)["state"] for line in answer.lines]
    assert states[:4] == ["complete", "refused", "refused", "refused"]
    assert len(states) == 5
    assert answer.code == DONE


def test_no_command_opens_the_desktop_and_demo_is_handed_over():
    called = []
    hooks = {
        "desktop": lambda url: called.append(("desktop", url)) or 0,
        "demo": lambda url, out, seed, *, as_json: called.append((url, out, seed, as_json)) or 0,
    }

    Answer("--database", "sqlite:///x", hooks=hooks)
    Answer("demo", "--out", "there", "--seed", "5", "--json", hooks=hooks)

    assert called == [("desktop", "sqlite:///x"), ("", "there", 5, True)]


@pytest.mark.parametrize("argv", [("fly",), ("scan",), ("trace",), ("--language", "xx", "scan", "read"), ("--no",)])
def test_wrong_use_is_said_with_the_usage(argv):
    answer = Answer(*argv)

    assert answer.code == WRONG_USE
    assert answer.err.getvalue().startswith("usage: recalldesk")


@pytest.mark.parametrize("language", ["zh", "en"])
def test_help_speaks_the_language_asked_for(language, capsys):
    assert main.run(["--language", language, "--help"]) == DONE

    assert ("追溯一个批号" if language == "zh" else "trace a lot") in capsys.readouterr().out


def test_a_lot_is_traced_in_json_and_in_words(life):
    asked = ("trace", "--lot", "a1", "--product", "REF-CVC")

    [lot] = Answer(*asked, "--json", database=life.url).json
    words = Answer(*asked, database=life.url).out.getvalue()

    assert (lot["received"], lot["is_even"], lot["product"]["en"]) == (50, True, "CVC catheter")
    [batch] = lot["batches"]
    assert batch["destinations"][0]["states"] == {"in_stock": 40}
    assert batch["lines"][0]["document_no"].startswith("RK-")
    assert "every hop adds up" in words
    assert "ICU: 10 (On the ward 10)" in words


def test_a_lot_that_never_came_is_refused(life):
    answer = Answer("trace", "--lot", "ZZ9", database=life.url)

    assert answer.code == REFUSED
    assert answer.err.getvalue()


def test_where_a_lot_is_and_who_got_it(life):
    told = Answer("where", "--lot", "a1", "--json", database=life.url).json
    words = Answer("where", "--lot", "a1", database=life.url).out.getvalue()

    assert sum(place["quantity"] for place in told["where"]) == 50
    assert [ward["place_en"] for ward in told["who"]] == ["ICU"]
    assert all(place["place_en"] in words for place in told["where"])
    assert Answer("where", "--lot", "ZZ9", database=life.url).code == REFUSED


def test_a_trace_as_of_a_past_moment_is_told_and_written(life, tmp_path):
    life.later(days=1)
    before = life.database.clock() - timedelta(days=2)

    told = Answer("trace", "--lot", "A1", "--as-of", before.isoformat(), "--json", database=life.url)
    words = Answer("trace", "--lot", "A1", "--as-of", before.isoformat(), database=life.url)
    file = tmp_path / "all.json"
    written = Answer("trace", "--export", str(file), database=life.url)

    assert told.json[0]["received"] == 0
    assert "not now" in words.out.getvalue()
    assert (written.code, json.loads(file.read_bytes())["lots"][0]["received"]) == (DONE, 50)
    assert Answer("trace", database=life.url).code == WRONG_USE
    assert Answer("trace", "--lot", "A1", "--as-of", "gestern", database=life.url).code == REFUSED
    assert Answer("trace", "--export", str(tmp_path / "t.txt"), database=life.url).code == REFUSED


def test_the_ward_check_answers_in_json_and_in_words(life):
    life.hold("A1")
    asked = ("ward-check", "--ward", "icu", "--scan", gs1())

    told = Answer(*asked, "--json", database=life.url)
    words = Answer(*asked, database=life.url, language="zh")

    assert told.code == DONE
    assert told.json["answer"] == "do_not_use"
    assert told.json["findings"][0]["reason"] == "on_hold"
    assert told.json["lot"] == "A1"
    assert "禁止使用" in words.out.getvalue()
    assert "外包装破损" in words.out.getvalue()
    assert Answer("ward-check", "--ward", "nowhere", "--scan", "x", database=life.url).code == REFUSED


def test_the_audit_verifies_and_seals(life):
    told = Answer("audit", "verify", "--json", database=life.url)
    words = Answer("audit", "verify", database=life.url, language="zh")
    sealed = Answer("audit", "seal", database=life.url)

    assert told.json["intact"] is True
    assert words.code == DONE
    assert "记录完整" in words.out.getvalue()
    assert sealed.out.getvalue().startswith("Sealed: 1 · ")


def test_a_broken_record_is_exit_code_one(life):
    tamper(life.database, "UPDATE movement SET quantity = 9 WHERE kind = 'issue'")

    answer = Answer("audit", "verify", database=life.url)

    assert answer.code == REFUSED
    assert "table movement" in answer.out.getvalue()


def test_a_database_is_checked_and_upgraded(tmp_path):
    url = f"sqlite:///{tmp_path / 'new.db'}"

    for looks in (("db", "check"), ("trace", "--lot", "x"), ("audit", "verify")):
        assert Answer(*looks, database=url).code == ENVIRONMENT
        assert not (tmp_path / "new.db").exists()
    assert Answer("db", "upgrade", database=url).code == DONE
    assert Answer("db", "check", "--json", database=url).json["sound"] is True
    assert Answer("db", "check", database=url).code == DONE


def test_a_database_that_cannot_be_opened_is_the_surroundings_fault(tmp_path):
    answer = Answer("trace", "--lot", "x", database=f"sqlite:///{tmp_path / 'no' / 'folder.db'}")

    assert answer.code == ENVIRONMENT
    assert answer.err.getvalue()


def test_a_notice_is_read_and_judged():
    notice = "召回产品：测试导管。批号：A1、B2。"

    read = Answer("notice", "read", "--json", stdin=notice.encode())
    words = Answer("notice", "read", stdin=notice.encode())
    question = json.dumps({"text": notice, "unit": {"lot": "A1"}}) + "\nnonsense\n"
    judged = Answer("notice", "judge", stdin=question.encode())

    assert read.json["clauses"]
    assert words.lines
    assert [json.loads(line)["verdict"] for line in judged.lines][1] is None
    assert judged.code == WRONG_USE


def test_a_scan_is_read_without_loading_a_window_or_a_database():
    """A scanner script starts this program thousands of times."""
    script = (
        "import sys; from app.cli.main import run; code = run(['scan', 'read'], {});"
        "heavy = [name for name in ('PySide6', 'sqlalchemy', 'alembic', 'reportlab') if name in sys.modules];"
        "sys.exit(code or len(heavy))"
    )

    ran = subprocess.run(
        [sys.executable, "-c", script], input=b'{"raw": "x"}\n', capture_output=True, cwd=root(), timeout=60
    )

    assert ran.returncode == 0, ran.stderr
    assert json.loads(ran.stdout)["state"] == "refused"


def test_the_standard_terminal_speaks_utf8(monkeypatch, capsys):
    from app.cli.terminal import standard_terminal

    terminal = standard_terminal("zh", "")
    terminal.line("批号")

    assert capsys.readouterr().out == "批号\n"


def test_a_reader_that_stops_listening_is_no_error():
    def leave(_url):
        raise BrokenPipeError

    assert Answer(hooks={"desktop": leave}).code == DONE


def test_an_unknown_product_still_gets_an_answer_in_words(life):
    answer = Answer("ward-check", "--ward", "icu", "--scan", gs1(di="06999999977775"), database=life.url)

    assert answer.code == DONE
    assert len(answer.lines) == 2
