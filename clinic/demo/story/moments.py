"""What a story is made of: moments, in each of which somebody does one thing."""

from datetime import datetime
from typing import NamedTuple

from clinic.demo.story.courses import Visit

DESK, LINK, THERAPIST = "desk", "link", "therapist"


class Moment(NamedTuple):
    """Somebody does one thing; ``by`` is the desk, the patient's link, or the therapist, ``to`` where a move goes."""

    at: datetime
    what: str
    visit: Visit
    by: str = DESK
    to: datetime | None = None
    words: str = ""
