"""Note how many visits the payer pays for."""

from datetime import date, datetime

from clinic import audit
from clinic.audit import Actor
from clinic.care.episodes.models import Authorization
from clinic.care.episodes.the_row import episode_to_change
from clinic.database import database
from clinic.refusals import Unacceptable

MOST = 500


def authorize(
    *, episode_id: int, visits: int | None, until_on: date | None, number: str, by: Actor, now: datetime
) -> Authorization:
    """Note an authorization of ``visits`` in all until a day; None where none is needed. The caller commits.

    Raises ``NotFound`` and ``Unacceptable``.
    """
    episode = episode_to_change(episode_id)
    if visits is not None and not 1 <= visits <= MOST:
        raise Unacceptable(f"Type how many visits are authorized in all, 1 to {MOST}.", field="visits")
    found = Authorization(
        episode_id=episode.id,
        visits=visits,
        until_on=until_on,
        number="".join(letter for letter in number.strip() if letter.isprintable())[:60],
        noted_at=now,
        noted_by=by.name,
    )
    database.session.add(found)
    audit.record(
        "visits authorized",
        about=episode.key,
        by=by,
        now=now,
        patient_id=episode.patient_id,
        after={"visits": visits, "until": until_on},
    )
    return found
