"""The database: base class, the UTC-only column type, and one transaction per request."""

import sqlite3
import traceback
from collections.abc import Collection, Iterator, Mapping
from contextlib import contextmanager
from datetime import UTC, datetime
from typing import Any

from flask_sqlalchemy import SQLAlchemy
from sqlalchemy import DateTime, MetaData, event, inspect
from sqlalchemy.engine import Connection, Dialect, Engine
from sqlalchemy.exc import DBAPIError, InterfaceError, OperationalError
from sqlalchemy.exc import TimeoutError as PoolTimeout
from sqlalchemy.orm import DeclarativeBase, Session, registry
from sqlalchemy.types import TypeDecorator

NAMES = {
    "ix": "ix_%(table_name)s_%(column_0_N_name)s",
    "uq": "uq_%(table_name)s_%(column_0_N_name)s",
    "ck": "ck_%(table_name)s_%(constraint_name)s",
    "fk": "fk_%(table_name)s_%(column_0_N_name)s_%(referred_table_name)s",
    "pk": "pk_%(table_name)s",
}
PRAGMAS = ("journal_mode=WAL", "synchronous=FULL", "foreign_keys=ON", "recursive_triggers=ON", "busy_timeout=10000")
POSTGRESQL_OPTIONS = "-c lock_timeout=5000 -c statement_timeout=15000 -c timezone=UTC"


class Instant(TypeDecorator[datetime]):
    """A moment in UTC. Naive datetimes are refused, since SQLite would drop an offset without a word."""

    impl = DateTime(timezone=True)
    cache_ok = True

    def process_bind_param(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        """Store ``value`` in UTC. Raises ``ValueError`` for a naive datetime."""
        if value is None:
            return None
        if value.tzinfo is None:
            raise ValueError(f"a moment needs a zone: {value!r}")
        value = value.astimezone(UTC)
        return value.replace(tzinfo=None) if dialect.name == "sqlite" else value

    def process_result_value(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        """Return the stored moment, aware."""
        if value is None:
            return None
        return value.replace(tzinfo=UTC) if value.tzinfo is None else value.astimezone(UTC)


class Base(DeclarativeBase):
    """The base of every model."""

    registry = registry(metadata=MetaData(naming_convention=NAMES), type_annotation_map={datetime: Instant})


database = SQLAlchemy(model_class=Base, session_options={"expire_on_commit": False})


@event.listens_for(Engine, "connect")
def _set_up_sqlite(connection: Any, _record: object) -> None:
    if isinstance(connection, sqlite3.Connection):
        connection.isolation_level = None  # we say BEGIN, the driver never does
        for pragma in PRAGMAS:
            connection.execute(f"PRAGMA {pragma}")


@event.listens_for(Engine, "begin")
def _begin(connection: Connection) -> None:
    if connection.dialect.name == "sqlite":
        writes = connection.get_execution_options().get("writes")
        connection.exec_driver_sql("BEGIN IMMEDIATE" if writes else "BEGIN")


def engine_options(url: str) -> dict[str, Any]:
    """Return SQLAlchemy's engine options for ``url``. No value may reach a log through an error."""
    if url.startswith("postgresql"):
        arguments = {"options": POSTGRESQL_OPTIONS, "connect_timeout": 5}
        more = {"connect_args": arguments, "pool_pre_ping": True, "pool_size": 8}
        return {"hide_parameters": True, **more}
    return {"hide_parameters": True}


@contextmanager
def transaction() -> Iterator[Session]:
    """Open the one writing transaction of a request, a job or a command; commit it, or roll all of it back.

    Raises ``RuntimeError`` where something was read before it opened: that read would not be part of it.
    """
    session = database.session()
    if session.in_transaction():
        raise RuntimeError("read inside the writing transaction")
    session.connection(execution_options={"writes": True})
    try:
        yield session
        session.commit()
    except BaseException:
        session.rollback()
        raise


def columns_of(row: Base, *, leave_out: Collection[str] = ()) -> dict[str, Any]:
    """Return a row as plain values by column name."""
    return {one.key: getattr(row, one.key) for one in inspect(type(row)).column_attrs if one.key not in leave_out}


def set_columns(row: Base, values: Mapping[str, Any]) -> list[str]:
    """Set columns of a row, and return the names of those that were different."""
    changed = [name for name, value in values.items() if getattr(row, name) != value]
    for name in changed:
        setattr(row, name, values[name])
    return changed


def is_worth_a_retry(error: BaseException) -> bool:
    """Say whether the same transaction may succeed if it is tried again: deadlock, serialization, a busy SQLite."""
    original = getattr(error, "orig", None)
    return getattr(original, "sqlstate", None) in {"40001", "40P01", "55P03"} or "database is locked" in str(original)


def does_not_answer(error: BaseException) -> bool:
    """Say whether the database cannot be reached, or gave up: nothing that was asked is at fault."""
    asked_wrongly = getattr(getattr(error, "orig", None), "sqlite_errorcode", None) == sqlite3.SQLITE_ERROR
    return isinstance(error, OperationalError | InterfaceError | PoolTimeout) and not asked_wrongly


def words_without_values(error: BaseException) -> str:
    """Return a traceback in which a database's error is named by its kind: its own words may quote a whole row."""
    chain: list[BaseException] = []
    link: BaseException | None = error
    while link is not None and link not in chain:
        chain.append(link)
        link = link.__cause__ or (None if link.__suppress_context__ else link.__context__)
    return "\nand because of that:\n".join(
        "".join(traceback.format_tb(each.__traceback__)) + _named(each) for each in reversed(chain)
    )


def _named(error: BaseException) -> str:
    kind = f"{type(error).__module__}.{type(error).__qualname__}"
    original = error.orig if isinstance(error, DBAPIError) else error
    state = getattr(original, "sqlstate", None)
    if isinstance(error, DBAPIError) or hasattr(original, "sqlstate"):
        return f"{kind} ({state or type(original).__name__})"
    return kind if isinstance(error, sqlite3.Error) else f"{kind}: {error}"
