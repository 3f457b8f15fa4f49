"""Puts the wall together: rules as views, the checks written by hand, guards and audit triggers.

``wall_text`` is what the newest frozen file must say; migrations read only the frozen files.
"""

from app.core.places import root
from app.models.wall.access_sql import invoker_views, key_guards
from app.models.wall.agent_sql import postgresql_agent, sqlite_agent
from app.models.wall.audit_sql import postgresql_audit, postgresql_guards, sqlite_audit, sqlite_guards
from app.models.wall.news_sql import postgresql_news
from app.models.wall.rules_sql import rule_views

SEPARATOR = "\n----\n"


def wall_statements(dialect: str) -> list[str]:
    """Every statement in the order of creation; ``dialect`` is sqlite or postgresql."""
    written = [
        (root() / "app/models/wall/parts" / f"{name}.sql").read_text(encoding="utf-8")
        for name in (dialect, f"{dialect}_people")
    ]
    by_hand = [statement.strip() for part in written for statement in part.split(SEPARATOR)]
    if dialect == "sqlite":
        return [*rule_views(), *by_hand, *sqlite_guards(), *sqlite_audit(), *sqlite_agent()]
    raised = [
        *rule_views(),
        *by_hand,
        *postgresql_guards(),
        *postgresql_audit(),
        *postgresql_agent(),
        *postgresql_news(),
    ]
    return [*raised, *key_guards(), *invoker_views(raised)]


def wall_text(dialect: str) -> str:
    """The content of ``NNNN_<dialect>.sql``."""
    return SEPARATOR.join(wall_statements(dialect)) + "\n"
