"""The database's shape: bring it to the newest migration, and say whether it is there."""

import logging
from pathlib import Path

from clinic.database import database


def migrate(folder: Path) -> None:
    """Bring the database up to the newest of the migrations in ``folder``; needs an application context."""
    from flask_migrate import upgrade

    logging.getLogger("alembic").setLevel(logging.WARNING)
    upgrade(str(folder))
    let_go()


def what_is_missing(folder: Path) -> str:
    """Return what keeps the database from being used and how to mend it; an empty text when it is as it should be.

    Needs an application context.
    """
    from alembic.runtime.migration import MigrationContext
    from alembic.script import ScriptDirectory

    logging.getLogger("alembic").setLevel(logging.WARNING)
    with database.engine.connect() as connection:
        here = set(MigrationContext.configure(connection).get_current_heads())
    scripts = ScriptDirectory(str(folder))
    if here == set(scripts.get_heads()):
        return ""
    if not here:
        return "The database is empty. Set it up with: clinic init"
    if any(revision not in {script.revision for script in scripts.walk_revisions()} for revision in here):
        return "The database is newer than this program. Start the version that you ran before, or a newer one."
    return "The database is older than this program. Make a backup, then run: clinic init"


def let_go() -> None:
    """Close every connection, so that a process can fork."""
    database.session.remove()
    database.engine.dispose()
