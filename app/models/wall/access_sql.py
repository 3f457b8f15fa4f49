"""What the wall on PostgreSQL says for personal logins: keys that never change, views that lend no rights."""

import re

LOCKED_BY_KEY = ("product", "location", "recall_case", "department_task", "batch")
"""Tables whose rows staff lock without changing them: the right to do so is UPDATE of the key, which is refused."""

OWNERS_VIEWS = frozenset({"place_alarm", "scan_verdict", "batch_layer", "patient_mark", "task_clock"})
"""Views that show some columns of tables whose rows their readers may not see; and what such a view reads from, since a
view with the reader's rights asks for them wherever it is read."""

_VIEW = re.compile(r"CREATE VIEW (\w+)")


def key_guards() -> list[str]:
    """Cost nothing where the key is not named in the UPDATE."""
    statements: list[str] = []
    for name in LOCKED_BY_KEY:
        statements += [
            f"CREATE TRIGGER keep_key BEFORE UPDATE OF id ON {name} FOR EACH ROW EXECUTE FUNCTION keep_key()",
            f"ALTER TABLE {name} ENABLE ALWAYS TRIGGER keep_key",
        ]
    return statements


def invoker_views(by_hand: list[str]) -> list[str]:
    """Every other view reads with the rights of whoever asks."""
    names = [found.group(1) for statement in by_hand if (found := _VIEW.search(statement))]
    return [f"ALTER VIEW {name} SET (security_invoker = true)" for name in names if name not in OWNERS_VIEWS]
