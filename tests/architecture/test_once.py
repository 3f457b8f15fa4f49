"""Every command with an operation id can be asked again."""

import ast
from pathlib import Path

from tests.architecture.sources import ROOT

SECRET = "password"


def commands(tree: ast.Module) -> list[tuple[str, bool]]:
    """Public methods that take ``actor`` and ``op_id``, and whether they are asked ``once``.

    One that takes a password signs over a connection of its own first, and hands the act to a method asked once.
    """
    found: list[tuple[str, bool]] = []
    for owner in (node for node in tree.body if isinstance(node, ast.ClassDef)):
        methods = [node for node in owner.body if isinstance(node, ast.FunctionDef)]
        marked = {method.name for method in methods if "once" in marks_of(method)}
        for method in methods:
            taken = {argument.arg for argument in method.args.kwonlyargs}
            if method.name.startswith("_") or not {"actor", "op_id"} <= taken:
                continue
            is_once = method.name in marked or (SECRET in taken and handed_to(method) in marked)
            found.append((f"{owner.name}.{method.name}", is_once))
    return found


def marks_of(method: ast.FunctionDef) -> set[str]:
    return {mark.id for mark in method.decorator_list if isinstance(mark, ast.Name)}


def handed_to(method: ast.FunctionDef) -> str:
    """The method of the same class that gets this one's operation id, with ``op_id=op_id``."""
    for call in (node for node in ast.walk(method) if isinstance(node, ast.Call)):
        target = call.func
        own = isinstance(target, ast.Attribute) and isinstance(target.value, ast.Name) and target.value.id == "self"
        same = any(
            word.arg == "op_id" and isinstance(word.value, ast.Name) and word.value.id == "op_id"
            for word in call.keywords
        )
        if own and same and isinstance(target, ast.Attribute):
            return target.attr
    return ""


def test_every_command_with_an_operation_id_is_answered_once():
    services = sorted(Path(ROOT / "app" / "services").glob("*.py"))
    every = [one for path in services for one in commands(ast.parse(path.read_text(encoding="utf-8")))]
    assert len(every) > 40
    assert [name for name, is_once in every if not is_once] == []


def test_the_check_can_fail():
    source = (
        "class S:\n"
        "    def act(self, *, actor, op_id): ...\n"
        "    def sign(self, *, actor, op_id, password): self._lost(actor=actor, op_id=op_id)\n"
        "    def seal(self, *, actor, op_id, password): self._kept(actor=actor, op_id=op_id)\n"
        "    @once\n"
        "    def _kept(self, *, actor, op_id): ...\n"
    )
    assert commands(ast.parse(source)) == [("S.act", False), ("S.sign", False), ("S.seal", True)]
