"""Alembic's entry point: migrates over the connection it is given."""

from alembic import context
from sqlalchemy import Connection

from app.models.everything import METADATA


def migrate(connection: Connection) -> None:
    context.configure(
        connection=connection,
        target_metadata=METADATA,
        render_as_batch=True,
        compare_type=True,
        compare_server_default=True,
        user_module_prefix="kinds.",
        include_object=lambda _object, name, kind, _reflected, _other: (
            not (kind == "table" and name == "alembic_version")
        ),
    )
    with context.begin_transaction():
        context.run_migrations()


migrate(context.config.attributes["connection"])
