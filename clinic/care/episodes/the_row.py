"""Find an episode to change it."""

from sqlalchemy import select

from clinic.care.episodes.models import Episode
from clinic.database import database
from clinic.refusals import ChangedMeanwhile, NotFound, Refusal

LARGEST_ID = 2**31 - 1


class EpisodeClosed(Refusal):
    """Nothing is added to a closed episode, nor changed in it."""

    status = 422

    def __init__(self) -> None:
        super().__init__("This episode is closed. Open it again first.")


def refuse_closed(episode: Episode) -> None:
    """Raise ``EpisodeClosed`` for an episode that is closed."""
    if episode.closed_at is not None:
        raise EpisodeClosed


def episode_to_change(episode_id: int, *, seen: int | None = None) -> Episode:
    """Lock and return an episode. Raises ``NotFound``, or ``ChangedMeanwhile`` unless it is as ``seen``."""
    query = select(Episode).where(Episode.id == (episode_id if 0 < episode_id <= LARGEST_ID else 0))
    found = database.session.scalars(query.with_for_update().execution_options(populate_existing=True)).first()
    if found is None:
        raise NotFound("There is no such episode.")
    if seen is not None and found.version != seen:
        raise ChangedMeanwhile("Somebody else has just changed this episode. Load the page again.")
    return found
