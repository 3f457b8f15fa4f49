"""The house rules as failing sentences; each is also shown a violation, so that it is known to bite."""

import ast
import re

import pytest

from tests.architecture import sources
from tests.architecture.sources import LINES, ROOT, name_of, python, tree_of, written

ROOMS = {
    "bootstrap",
    "cli",
    "core",
    "devices",
    "interchange",
    "gateway",
    "models",
    "notices",
    "queries",
    "reports",
    "services",
    "udi",
    "ui",
}
MAY_CATCH_EVERYTHING = {"app/ui/background.py": 1, "app/ui/application.py": 1, "app/devices/printing.py": 1}
LEDGER_DOOR = "app/services/posting.py"
BAD_NAMES = re.compile(r"(Manager|Helper|Helpers|Util|Utils|Handler)$")
BAD_MODULES = re.compile(r"(^|_)(utils?|helpers?|common|misc)$")
# Spelt in parts, so that this file does not find itself.
REGISTRIES = re.compile("https?://[^\\s\"')]*(" + "py" + "pi|python" + "hosted|npm" + "js|mir" + "ror|proxy|localhost)")
MACHINE_PATHS = re.compile("(?<![\\w.])/(" + "work|root|home|Users|tmp/rd" + ")/")
UNFINISHED = re.compile(r"\b(" + "TO" + "DO|FIX" + "ME|X" + r"XX)\b")


def presenters():
    return [path for path in python("app/ui") if path.name.startswith("presenter")]


def test_presenters_know_nothing_of_widgets():
    assert {name_of(path): found for path in presenters() if (found := sources.widget_imports(tree_of(path)))} == {}
    assert sources.widget_imports(ast.parse("from PySide6.QtWidgets import QLabel"))
    assert sources.widget_imports(ast.parse("from PySide6 import QtGui"))
    assert not sources.widget_imports(ast.parse("from PySide6.QtCore import QObject"))


def test_files_are_short():
    lengths = {name_of(path): len(path.read_text().splitlines()) for path in python("app", "benchmarks", "tests")}
    assert {name: length for name, length in lengths.items() if length > LINES} == {}
    ours = [sources.written_lines(path) for path in python("app")]
    assert sources.middle(ours) <= 100
    assert sources.ninth_decile(ours) <= 250


def limit(name: str) -> int:
    return sources.TEST_FUNCTION_LINES if name.startswith("tests/") else sources.FUNCTION_LINES


def test_functions_are_short():
    trees = {name_of(path): tree_of(path) for path in python("app", "benchmarks", "tests")}
    assert {name: found for name, tree in trees.items() if (found := sources.long_functions(tree, limit(name)))} == {}
    lengths = [
        length for name, tree in trees.items() if name.startswith("app/") for _, length in sources.functions(tree)
    ]
    assert sources.middle(lengths) <= 8
    assert sources.ninth_decile(lengths) <= 25
    assert sources.long_functions(ast.parse("def f():\n" + "    pass\n" * 41)) == ["f: 42"]


def test_tests_neither_mock_nor_sleep():
    found = {name_of(path): sources.mocks_and_sleeps(tree_of(path)) for path in python("tests")}
    assert {name: what for name, what in found.items() if what} == {}
    for wrong in ("from unittest.mock import MagicMock", "import time\ntime.sleep(1)", "from time import sleep"):
        assert sources.mocks_and_sleeps(ast.parse(wrong))


def test_everything_is_caught_only_at_the_edges():
    found = {name_of(path): sources.swallows_everything(tree_of(path)) for path in python("app")}
    assert {name: count for name, count in found.items() if count > MAY_CATCH_EVERYTHING.get(name, 0)} == {}
    assert sources.swallows_everything(ast.parse("try:\n    f()\nexcept Exception:\n    pass")) == 1
    assert sources.swallows_everything(ast.parse("try:\n    f()\nexcept:\n    pass")) == 1


def test_names_say_what_a_thing_is():
    named = {
        name_of(path): [name for name in sources.classes(tree_of(path)) if BAD_NAMES.search(name)]
        for path in python("app")
    }
    assert {name: found for name, found in named.items() if found} == {}
    assert [name_of(path) for path in python("app", "tests", "benchmarks") if BAD_MODULES.search(path.stem)] == []
    assert BAD_NAMES.search("StockManager")
    assert BAD_MODULES.search("date_utils")


def test_there_is_no_room_outside_the_house():
    rooms = {path.name for path in (ROOT / "app").iterdir() if path.is_dir() and path.name != "__pycache__"}
    assert rooms - ROOMS == set()
    assert not (ROOT / "alembic" / "__init__.py").exists()


def test_the_ledger_has_one_door():
    """No other module builds a movement; even the sample data goes through ``posting``."""
    builders = [name_of(path) for path in python("app") if sources.calls(tree_of(path), "Movement")]
    spoken = [name_of(path) for path in python("app") if re.search(r"insert\s+into\s+movement", path.read_text(), re.I)]
    inserts = [name_of(path) for path in python("app") if re.search(r"insert\((Movement|_LEDGER)", path.read_text())]
    assert (builders, spoken, inserts) == ([], [], [LEDGER_DOOR])
    assert sources.calls(ast.parse("Movement(kind=1)"), "Movement") == 1


def test_signatures_have_one_door():
    """They go over a connection opened with the password just typed; the wall takes them from no other."""
    signers = [name_of(path) for path in python("app") if sources.calls(tree_of(path), "Signature")]
    assert signers == ["app/services/signing_in.py"]


@pytest.mark.parametrize(
    ("pattern", "wrong"),
    [
        (REGISTRIES, "index https://" + "py" + "pi.org/simple"),
        (MACHINE_PATHS, 'open("/' + 'work/main/x")'),
        (UNFINISHED, "# TO" + "DO later"),
    ],
    ids=["registries", "machine paths", "unfinished"],
)
def test_nothing_of_the_workshop_is_left_in_the_files(pattern, wrong):
    assert pattern.search(wrong)
    found = {name_of(path): hit.group(0) for path in written() if (hit := pattern.search(path.read_text("utf-8")))}
    assert found == {}


def test_the_lock_file_names_no_address():
    lock = (ROOT / "requirements.lock").read_text()
    assert "--hash=sha256:" in lock
    assert re.findall(r"\w+://|--(?:extra-)?index-url|@ file", lock) == []


def test_no_test_is_skipped_to_hide_something():
    """Only what needs the folder of real data may skip, where that folder is absent."""
    for path in python("tests"):
        text = path.read_text()
        hidden = re.findall(r"pytest\.(?:mark\.)?(?:x" + r"fail|skip\w*|importor" + r"skip)", text)
        assert not hidden or "RECALLDESK_TEST_DATA" in text or "RECALLDESK_NIGHTLY" in text, name_of(path)
