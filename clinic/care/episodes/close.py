"""Close an episode, and open it again."""

from datetime import datetime, timedelta

from clinic import audit
from clinic.audit import Actor
from clinic.care.defaults.check import printable
from clinic.care.episodes.models import Episode
from clinic.care.episodes.queries import open_episodes
from clinic.care.episodes.the_row import episode_to_change
from clinic.people.patients.home_link import end_home_link
from clinic.refusals import Unacceptable
from clinic.scheduling import practice
from clinic.timetable.zones import to_wall

LINK_LASTS = timedelta(days=90)
"""So long after the last episode's end the patient's home link still works."""


def close_episode(*, episode_id: int, why: str, by: Actor, now: datetime) -> Episode:
    """Close an episode with a reason; a second time changes nothing. The caller commits. Raises ``Unacceptable``.

    Where it was the patient's last one, their home link ends 90 days later.
    """
    episode = episode_to_change(episode_id)
    if episode.closed_at is not None:
        return episode
    words = printable("why", " ".join(why.split()), most=200)
    if not words:
        raise Unacceptable("Say why the episode ends.", field="why")
    episode.closed_at, episode.closed_by, episode.closed_why = now, by.name, words
    episode.version += 1
    audit.record("episode closed", about=episode.key, by=by, now=now, patient_id=episode.patient_id)
    if all(one.id == episode.id for one in open_episodes(episode.patient_id)):
        zone = practice.location().tz
        end_home_link(patient_id=episode.patient_id, on=to_wall(now, zone).date() + LINK_LASTS)
    return episode


def reopen_episode(*, episode_id: int, by: Actor, now: datetime) -> Episode:
    """Open a closed episode again; the caller commits."""
    episode = episode_to_change(episode_id)
    if episode.closed_at is not None:
        episode.closed_at, episode.closed_by, episode.closed_why = None, "", ""
        episode.version += 1
        end_home_link(patient_id=episode.patient_id, on=None)
        audit.record("episode opened again", about=episode.key, by=by, now=now, patient_id=episode.patient_id)
    return episode
