"""What somebody does who owns the database and wants to change the past."""

import sqlite3

from sqlalchemy import text

from app.models.database import Database


def tamper(database: Database, statement: str) -> None:
    """As somebody would who owns the database: triggers off, one statement, triggers on again."""
    if database.is_sqlite:
        database.close()
        connection = sqlite3.connect(database.path)
        connection.execute("PRAGMA ignore_check_constraints = ON")
        names = connection.execute("SELECT name, sql FROM sqlite_master WHERE type = 'trigger'").fetchall()
        for name, _ in names:
            connection.execute(f'DROP TRIGGER "{name}"')
        connection.execute(statement)
        for _, sql in names:
            connection.execute(sql)
        connection.commit()
        connection.close()
        return
    with database.writing(None) as session:
        session.execute(text("SET LOCAL session_replication_role = replica"))
        tables = session.execute(text("SELECT tablename FROM pg_tables WHERE schemaname = 'public'")).scalars().all()
        for name in tables:
            session.execute(text(f'ALTER TABLE "{name}" DISABLE TRIGGER ALL'))
        session.execute(text(statement))
        for name in tables:
            session.execute(text(f'ALTER TABLE "{name}" ENABLE TRIGGER ALL'))
