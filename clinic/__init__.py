"""Gaitkeeper: schedules an outpatient clinic. ``create_app()`` puts the building together."""

from __future__ import annotations

import os
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from flask import Flask

    from clinic.settings import Settings

_INSIDE = Path(__file__).parent / "_site"
SITE = _INSIDE if _INSIDE.exists() else Path(__file__).parent.parent
"""Where templates, static files and migrations lie: in the wheel, or at the top of a checkout."""


def create_app(settings: Settings | None = None) -> Flask:
    """Return the application for ``settings``, read from the environment if not given.

    Raises ``settings.Misconfigured`` rather than start half-configured.
    """
    from flask import Flask
    from flask_migrate import Migrate

    from clinic.database import database, engine_options
    from clinic.doors import open_doors
    from clinic.settings import from_environment

    settings = settings or from_environment(os.environ)
    app = Flask(
        "clinic",
        root_path=str(SITE),
        template_folder="templates",
        static_folder="static",
        instance_path=os.environ.get("CLINIC_INSTANCE", str(Path.cwd() / "instance")),
    )
    app.extensions["settings"] = settings
    app.config.update(
        SECRET_KEY=settings.secret_key,
        SQLALCHEMY_DATABASE_URI=settings.database_url,
        SQLALCHEMY_ENGINE_OPTIONS=engine_options(settings.database_url),
        MAX_CONTENT_LENGTH=1024 * 1024,
        MAX_FORM_MEMORY_SIZE=512 * 1024,
        TRUSTED_HOSTS=sorted({settings.host, "127.0.0.1", "localhost"}),
        SESSION_COOKIE_NAME="__Host-session" if settings.https else "session",
        SESSION_COOKIE_SECURE=settings.https,
        SESSION_COOKIE_HTTPONLY=True,
        SESSION_COOKIE_SAMESITE="Lax",
        SESSION_COOKIE_PATH="/",
        SEND_FILE_MAX_AGE_DEFAULT=3600,
        WTF_CSRF_TIME_LIMIT=None,
        WTF_CSRF_SSL_STRICT=False,  # our Referrer-Policy sends no Referer, which the strict check demands over https
    )
    database.init_app(app)
    Migrate(app, database, directory=str(SITE / "migrations"), render_as_batch=True, compare_type=True)
    open_doors(app, settings)
    if settings.demo:
        from clinic.demo.letters_page import door

        app.register_blueprint(door)
    return app
