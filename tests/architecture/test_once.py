"""Every command with an operation id can be asked again."""

import ast
from pathlib import Path

from tests.architecture.sources import ROOT

PASSWORDS = frozenset({"password"})


def commands(tree: ast.Module) -> list[tuple[str, bool]]:
    """Public methods that take ``actor`` and ``op_id`` and no password, and whether they are asked ``once``."""
    found: list[tuple[str, bool]] = []
    for owner in (node for node in tree.body if isinstance(node, ast.ClassDef)):
        for method in (node for node in owner.body if isinstance(node, ast.FunctionDef)):
            taken = {argument.arg for argument in method.args.kwonlyargs}
            if method.name.startswith("_") or not {"actor", "op_id"} <= taken or taken & PASSWORDS:
                continue
            marks = {mark.id for mark in method.decorator_list if isinstance(mark, ast.Name)}
            found.append((f"{owner.name}.{method.name}", "once" in marks))
    return found


def test_every_command_with_an_operation_id_is_answered_once():
    services = sorted(Path(ROOT / "app" / "services").glob("*.py"))
    every = [one for path in services for one in commands(ast.parse(path.read_text(encoding="utf-8")))]
    assert len(every) > 40
    assert [name for name, is_once in every if not is_once] == []


def test_the_check_can_fail():
    source = "class S:\n    def act(self, *, actor, op_id): ...\n    def sign(self, *, actor, op_id, password): ...\n"
    assert commands(ast.parse(source)) == [("S.act", False)]
