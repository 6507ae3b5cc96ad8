"""Run migrations: in one transaction on both engines, and on SQLite with foreign keys off, since a rebuilt table is
dropped first and its cascades would empty others."""

from typing import Any

from alembic import context
from flask import current_app
from sqlalchemy import TypeDecorator, text
from sqlalchemy.engine import Connection

from clinic.database import Instant, database


def _frozen(kind: str, item: object, _context: object) -> str | bool:
    """A migration must not change when the application does."""
    if kind == "type" and isinstance(item, Instant):
        return "sa.DateTime(timezone=True)"
    return f"sa.{item.impl!r}" if kind == "type" and isinstance(item, TypeDecorator) else False


def _foreign_keys(connection: Connection, state: str) -> None:
    raw: Any = connection.connection.dbapi_connection
    if connection.dialect.name == "sqlite":
        raw.execute(f"PRAGMA foreign_keys={state}")


def _run() -> None:
    with database.engine.connect().execution_options(writes=True) as connection:
        _foreign_keys(connection, "OFF")
        try:
            context.configure(
                connection=connection,
                target_metadata=database.metadata,
                transactional_ddl=True,
                render_item=_frozen,
                **current_app.extensions["migrate"].configure_args,
            )
            with context.begin_transaction():
                context.run_migrations()
                sqlite = connection.dialect.name == "sqlite"
                if sqlite and connection.execute(text("PRAGMA foreign_key_check")).all():
                    raise RuntimeError("the migration breaks foreign keys")
        finally:
            _foreign_keys(connection, "ON")


_run()
