"""Episodes of care: one problem of one patient, from evaluation to discharge."""

from clinic.care.episodes.authorize import authorize
from clinic.care.episodes.close import close_episode, reopen_episode
from clinic.care.episodes.models import Authorization, Episode
from clinic.care.episodes.open import adopt, adopt_course, change_episode, open_episode
from clinic.care.episodes.queries import Visit, episode, episodes_of, open_episodes, visits_of

__all__ = [
    "Authorization",
    "Episode",
    "Visit",
    "adopt",
    "adopt_course",
    "authorize",
    "change_episode",
    "close_episode",
    "episode",
    "episodes_of",
    "open_episode",
    "open_episodes",
    "reopen_episode",
    "visits_of",
]
