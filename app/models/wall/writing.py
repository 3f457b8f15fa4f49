"""Puts the wall together: rules as views, the checks written by hand, guards and audit triggers.

``wall_text`` is what the newest frozen file must say; migrations read only the frozen files.
"""

from app.core.places import root
from app.models.wall.audit_sql import postgresql_audit, postgresql_guards, sqlite_audit, sqlite_guards
from app.models.wall.news_sql import postgresql_news
from app.models.wall.rules_sql import rule_views

SEPARATOR = "\n----\n"


def wall_statements(dialect: str) -> list[str]:
    """Every statement in the order of creation; ``dialect`` is sqlite or postgresql."""
    written = (root() / "app/models/wall/parts" / f"{dialect}.sql").read_text(encoding="utf-8")
    by_hand = [statement.strip() for statement in written.split(SEPARATOR)]
    if dialect == "sqlite":
        return [*rule_views(), *by_hand, *sqlite_guards(), *sqlite_audit()]
    return [*rule_views(), *by_hand, *postgresql_guards(), *postgresql_audit(), *postgresql_news()]


def wall_text(dialect: str) -> str:
    """The content of ``NNNN_<dialect>.sql``."""
    return SEPARATOR.join(wall_statements(dialect)) + "\n"
