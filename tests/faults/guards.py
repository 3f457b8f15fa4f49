"""Every guard of the services, read from their source, and how to take one away while the program runs."""

import ast
import importlib
import inspect
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from types import CodeType, FunctionType

from app.core.places import root

SERVICES = root() / "app/services"
REFUSALS = frozenset(
    {"OwnReceiptError", "OwnStepError", "OwnRequisitionError", "CounterApprovesError", "OwnSecondError"}
    | {"OwnLockError", "OwnGrantError", "SamePersonError", "NotYourWardError", "ApartError", "NotEntitledError"}
    | {"SecondMissingError", "NotApprovedError", "OwnReadingError"}
)
"""What a guard of separated duties raises."""

DEMANDS = frozenset({"demand", "demand_at"})


@dataclass(frozen=True)
class Guard:
    """One statement: ``name`` is the function it stands in."""

    module: str
    name: str
    line: int
    says: str

    def __str__(self) -> str:
        return f"{self.module}.{self.name}:{self.line} {self.says}"


def _says(node: ast.stmt) -> str:
    """What the statement guards, empty for any other statement."""
    if isinstance(node, ast.Expr) and isinstance(node.value, ast.Call) and isinstance(node.value.func, ast.Attribute):
        return f"{ast.unparse(node.value)}" if node.value.func.attr in DEMANDS else ""
    if not isinstance(node, ast.If) or not isinstance(node.body[-1], ast.Raise):
        return ""
    raised = node.body[-1].exc
    named = raised.func if isinstance(raised, ast.Call) else raised
    return named.id if isinstance(named, ast.Name) and named.id in REFUSALS else ""


def _functions(tree: ast.AST, before: str = "") -> Iterator[tuple[str, ast.FunctionDef]]:
    for node in ast.iter_child_nodes(tree):
        if isinstance(node, ast.ClassDef):
            yield from _functions(node, f"{before}{node.name}.")
        elif isinstance(node, ast.FunctionDef):
            yield f"{before}{node.name}", node


def guards() -> list[Guard]:
    """In the order of files and lines; of ``elif`` chains each branch is one."""
    found: list[Guard] = []
    for path in sorted(SERVICES.glob("*.py")):
        for name, function in _functions(ast.parse(path.read_text(encoding="utf-8"))):
            statements = [node for node in ast.walk(function) if isinstance(node, ast.stmt)]
            found += [Guard(path.stem, name, node.lineno, _says(node)) for node in statements if _says(node)]
    return sorted(found, key=lambda guard: (guard.module, guard.line))


class _Without(ast.NodeTransformer):
    def __init__(self, line: int) -> None:
        self._line = line

    def visit(self, node: ast.AST) -> ast.AST:
        if isinstance(node, ast.stmt) and node.lineno == self._line and _says(node):
            if isinstance(node, ast.If) and node.orelse:
                node.body = [ast.copy_location(ast.Pass(), node)]
                return node
            return ast.copy_location(ast.Pass(), node)
        return self.generic_visit(node)


def _code_of(path: Path, guard: Guard) -> CodeType:
    tree = ast.fix_missing_locations(_Without(guard.line).visit(ast.parse(path.read_text(encoding="utf-8"))))
    code = compile(tree, str(path), "exec")
    for part in guard.name.split("."):
        code = next(one for one in code.co_consts if isinstance(one, CodeType) and one.co_name == part)
    return code


def _function_of(guard: Guard) -> FunctionType:
    found: object = importlib.import_module(f"app.services.{guard.module}")
    for part in guard.name.split("."):
        found = inspect.getattr_static(found, part)
    function = inspect.unwrap(found)  # pyright: ignore
    assert isinstance(function, FunctionType)
    return function


@contextmanager
def without(guard: Guard) -> Iterator[None]:
    """The function runs without that statement; decorators and references to it stay as they are."""
    function = _function_of(guard)
    before = function.__code__
    function.__code__ = _code_of(SERVICES / f"{guard.module}.py", guard)
    try:
        yield
    finally:
        function.__code__ = before
