"""Takes the wall down and puts a frozen one up; every migration changes tables only in between.

SQLite's batch mode silently drops a table's triggers and fails on views, so nothing of the wall stands meanwhile.
"""

from pathlib import Path

from alembic import op

WALLS = Path(__file__).parents[1] / "app" / "models" / "wall"
SEPARATOR = "\n----\n"


def raise_wall(revision: str) -> None:
    """Put up the wall as it was frozen for ``revision``."""
    dialect = op.get_bind().dialect.name
    for statement in (WALLS / f"{revision}_{dialect}.sql").read_text(encoding="utf-8").split(SEPARATOR):
        op.get_bind().exec_driver_sql(
            statement.strip().replace("%", "%%") if dialect == "postgresql" else statement.strip()
        )


def take_down_wall() -> None:
    """Drop every trigger, view, function and sequence of the wall."""
    bind = op.get_bind()
    if bind.dialect.name == "sqlite":
        kinds = "SELECT type, name FROM sqlite_master WHERE type IN ('trigger', 'view') ORDER BY type"
        for kind, name in bind.exec_driver_sql(kinds).all():
            bind.exec_driver_sql(f'DROP {kind} "{name}"')
        return
    triggers = (
        "SELECT tgname, relname FROM pg_trigger JOIN pg_class ON pg_class.oid = tgrelid "
        "JOIN pg_namespace ON pg_namespace.oid = relnamespace WHERE NOT tgisinternal AND nspname = 'public'"
    )
    for name, table in bind.exec_driver_sql(triggers).all():
        bind.exec_driver_sql(f'DROP TRIGGER "{name}" ON "{table}"')
    functions = (
        "SELECT p.oid::regprocedure::text FROM pg_proc p JOIN pg_namespace n ON n.oid = p.pronamespace "
        "WHERE n.nspname = 'public'"
    )
    for view in bind.exec_driver_sql("SELECT viewname FROM pg_views WHERE schemaname = 'public'").scalars().all():
        bind.exec_driver_sql(f'DROP VIEW IF EXISTS "{view}" CASCADE')
    for function in bind.exec_driver_sql(functions).scalars().all():
        bind.exec_driver_sql(f"DROP FUNCTION {function} CASCADE")
    for name in ("document_number", "news_told"):
        bind.exec_driver_sql(f"DROP SEQUENCE IF EXISTS {name}")
