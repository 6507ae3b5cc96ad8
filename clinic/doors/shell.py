"""What the frame round every staff page shows: places, person, site."""

from dataclasses import dataclass
from functools import cached_property

from flask import Flask, request, url_for
from flask_login import current_user

from clinic import clock
from clinic.care.notes.queries import count_unfinished
from clinic.people.accounts.roles import may_open, own_door
from clinic.scheduling import practice
from clinic.scheduling.practice.models import Location
from clinic.timetable.zones import zone_label


@dataclass(frozen=True)
class Place:
    """One line of the navigation; ``count`` only where someone must act."""

    label: str
    icon: str
    href: str
    count: int = 0
    current: bool = False


PLACES = (
    ("desk", "Schedule", "calendar3", "desk.today"),
    ("desk", "Patients", "people", "desk.patients"),
    ("desk", "Call list", "telephone", "desk.calls"),
    ("desk", "Letters", "envelope", "desk.letters"),
    ("treatment", "My day", "sun", "treatment.my_day"),
    ("treatment", "Caseload", "folder2-open", "treatment.caseload"),
    ("treatment", "Unsigned", "pen", "treatment.unsigned"),
    ("treatment", "Library", "collection", "treatment.library"),
    ("treatment", "Subscribe", "calendar-plus", "treatment.subscribe"),
    ("office", "Office", "gear", "office.overview"),
)


class Shell:
    """What the frame shows; read when the template asks, so that a fragment costs nothing."""

    @cached_property
    def _location(self) -> Location:
        return practice.location()

    @property
    def places(self) -> list[Place]:
        """The places that the signed-in person may open."""
        if not current_user.is_authenticated:
            return []
        roles = current_user.user.roles
        found = [
            Place(label, icon, url_for(endpoint), self._count(endpoint))
            for door, label, icon, endpoint in PLACES
            if may_open(door, roles)
        ]
        own = own_door(roles)
        found.sort(key=lambda place: not place.href.startswith(own))
        longest = max((p.href for p in found if request.path.startswith(p.href)), key=len, default="")
        return [Place(p.label, p.icon, p.href, p.count, p.href == longest) for p in found]

    def _count(self, endpoint: str) -> int:
        """Return how many things wait at a place for the signed-in person."""
        return count_unfinished(current_user.user.id) if endpoint == "treatment.unsigned" else 0

    @property
    def person(self) -> str:
        """The name at the foot."""
        return current_user.user.name if current_user.is_authenticated else ""

    @property
    def clinic(self) -> str:
        """The clinic's name."""
        return practice.clinic().name

    @property
    def site(self) -> str:
        """The location's name."""
        return self._location.name

    @property
    def phone(self) -> str:
        """The location's phone."""
        return self._location.phone

    @property
    def zone_label(self) -> str:
        """The clinic's zone in words, such as ``Eastern (EST)``."""
        return zone_label(self._location.tz, clock.now())


def install(app: Flask) -> None:
    """Give every template its ``shell``."""

    @app.context_processor
    def _shell() -> dict[str, Shell]:
        return {"shell": Shell()}
