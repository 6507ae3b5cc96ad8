"""Owe a letter: a row in the transaction of the thing it tells."""

from datetime import datetime

from sqlalchemy.dialects import postgresql, sqlite

from clinic.database import database
from clinic.outbox.models import OWED, Letter


def owe(
    *,
    about: str,
    occasion: str,
    kind: str,
    patient_id: int | None,
    due_at: datetime,
    not_after: datetime,
    now: datetime,
    channel: str = "email",
    after: str = "",
) -> bool:
    """Owe a letter once: False if this very one is owed or was already; the caller commits.

    ``about`` is such as ``appointment:12``, and ``after`` something else whose older letters must leave before, such as
    ``course:3``; ``occasion`` tells this time from another: the revision, the start, a day.
    """
    insert = postgresql.insert if database.engine.dialect.name == "postgresql" else sqlite.insert
    added = database.session.execute(
        insert(Letter)
        .values(
            key=f"{about}/{occasion}/{kind}/{channel}",
            about=about,
            after=after,
            occasion=occasion,
            kind=kind,
            channel=channel,
            patient_id=patient_id,
            owed_at=now,
            due_at=due_at,
            try_at=due_at,
            not_after=not_after,
            state=OWED,
            tries=0,
            handed=False,
            outcome="",
            address="",
            message_id="",
        )
        .on_conflict_do_nothing(index_elements=["key"])
        .returning(Letter.id)
    )
    return added.first() is not None
