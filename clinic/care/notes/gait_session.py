"""Which session of the fading feedback a visit is: what to run, and how long with the metronome."""

from typing import NamedTuple

from sqlalchemy import func, select

from clinic.care.gait.items import Session, protocols
from clinic.care.gait.models import GaitAnalysis
from clinic.care.notes.models import Note, Treatment
from clinic.database import database

GAIT = "gait retraining"


class GaitSession(NamedTuple):
    """The ``number``-th session of ``total``, with the target in steps a minute."""

    number: int
    total: int
    session: Session
    target_spm: int | None


def gait_session(note: Note) -> GaitSession | None:
    """Return the session that a visit is, by the newest protocol chosen before it; None without one, or after its last.

    Visits with gait retraining since that analysis count as sessions.
    """
    chosen = database.session.execute(
        select(Note.service_at, GaitAnalysis.protocol, GaitAnalysis.target_spm)
        .join(GaitAnalysis, GaitAnalysis.note_id == Note.id)
        .where(Note.episode_id == note.episode_id, Note.service_at < note.service_at, GaitAnalysis.protocol != "")
        .order_by(Note.service_at, Note.id)
    ).all()
    if not chosen:
        return None
    newest = chosen[-1]
    begun_at = next(row.service_at for row in chosen if row.protocol == newest.protocol)
    protocol = protocols().get(newest.protocol)
    had = database.session.scalar(
        select(func.count(func.distinct(Note.id)))
        .join(Treatment, Treatment.note_id == Note.id)
        .where(
            Note.episode_id == note.episode_id,
            Note.service_at >= begun_at,
            Note.service_at < note.service_at,
            Treatment.kind == GAIT,
        )
    )
    number = (had or 0) + 1
    if protocol is None or number > len(protocol.sessions):
        return None
    return GaitSession(number, len(protocol.sessions), protocol.sessions[number - 1], newest.target_spm)
