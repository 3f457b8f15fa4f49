"""The project's own files, and the questions that the architecture asks of one source."""

import ast
import re
from functools import cache
from pathlib import Path
from statistics import median, quantiles

ROOT = Path(__file__).parents[2]
LINES, FUNCTION_LINES, TEST_FUNCTION_LINES = 400, 40, 60
NOT_OURS = {
    ".venv",
    ".git",
    ".hypothesis",
    ".pytest_cache",
    ".ruff_cache",
    ".import_linter_cache",
    "__pycache__",
    "demo",
}
WRITTEN = {
    ".py",
    ".toml",
    ".md",
    ".sql",
    ".qss",
    ".sh",
    ".lock",
    ".cfg",
    ".ini",
    ".yml",
    ".yaml",
    ".json",
    ".svg",
    ".txt",
}
EVERYTHING = {"Exception", "BaseException"}


def python(*folders: str) -> list[Path]:
    return sorted(
        path for folder in folders for path in (ROOT / folder).rglob("*.py") if not NOT_OURS & set(path.parts)
    )


def written() -> list[Path]:
    """Every text file of the project; fonts and pictures have nothing to say."""
    return sorted(
        path
        for path in ROOT.rglob("*")
        if not NOT_OURS & set(path.parts[len(ROOT.parts) :])
        and path.is_file()
        and (path.suffix in WRITTEN or path.name in {"Makefile", "run"})
    )


def name_of(path: Path) -> str:
    return path.relative_to(ROOT).as_posix()


@cache
def tree_of(path: Path) -> ast.Module:
    return ast.parse(path.read_text(encoding="utf-8"))


def imported(tree: ast.AST) -> set[str]:
    """Dotted names of everything imported, with the name taken out of each module."""
    found: set[str] = set()
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            found |= {alias.name for alias in node.names}
        elif isinstance(node, ast.ImportFrom):
            found |= {f"{node.module}.{alias.name}" for alias in node.names} | {node.module or ""}
    return found


def widget_imports(tree: ast.AST) -> set[str]:
    return {name for name in imported(tree) if re.match(r"PySide6\.(QtWidgets|QtGui)", name)}


def functions(tree: ast.AST) -> list[tuple[str, int]]:
    """Name and length, from the line of ``def`` to the last line of the body."""
    return [
        (node.name, (node.end_lineno or 0) - node.lineno + 1)
        for node in ast.walk(tree)
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef)
    ]


def long_functions(tree: ast.AST, limit: int = FUNCTION_LINES) -> list[str]:
    return [f"{name}: {length}" for name, length in functions(tree) if length > limit]


def mocks_and_sleeps(tree: ast.AST) -> set[str]:
    names = {name for name in imported(tree) if name.startswith("unittest.mock") or name == "time.sleep"}
    called = {
        f"{node.value.id}.{node.attr}"
        for node in ast.walk(tree)
        if isinstance(node, ast.Attribute) and isinstance(node.value, ast.Name)
    }
    return names | (called & {"time.sleep", "QTest.qWait", "qtbot.wait", "QThread.sleep", "QThread.msleep"})


def swallows_everything(tree: ast.AST) -> int:
    """How many handlers catch whatever comes."""
    caught = [node.type for node in ast.walk(tree) if isinstance(node, ast.ExceptHandler)]
    return sum(kind is None or (isinstance(kind, ast.Name) and kind.id in EVERYTHING) for kind in caught)


def classes(tree: ast.AST) -> list[str]:
    return [node.name for node in ast.walk(tree) if isinstance(node, ast.ClassDef)]


def calls(tree: ast.AST, name: str) -> int:
    return sum(
        isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id == name
        for node in ast.walk(tree)
    )


def written_lines(path: Path) -> int:
    """Lines that are not blank."""
    return sum(bool(line.strip()) for line in path.read_text(encoding="utf-8").splitlines())


def ninth_decile(numbers: list[int]) -> float:
    return quantiles(numbers, n=10)[-1]


def middle(numbers: list[int]) -> float:
    return median(numbers)
