"""Other times for one visit of a course, which keep the days between its neighbors."""

from datetime import datetime

from clinic.database import database
from clinic.scheduling.booking.course_proposal import alternatives
from clinic.scheduling.booking.course_queries import visits_of
from clinic.scheduling.booking.course_rest import RestOfCourse
from clinic.scheduling.booking.models import Course
from clinic.scheduling.booking.offers import Offer


def moves_within_course(
    course_id: int, number: int, *, besides: list[str], now: datetime, count: int = 5
) -> list[Offer]:
    """Return the best other times for a visit while all others of its course stay; none where it cannot be moved."""
    rest = RestOfCourse(database.session.get_one(Course, course_id), visits_of(course_id), now=now)
    if number not in rest.open_numbers:
        return []
    wishes = {"therapist_id": rest.therapist_of(number), "therapist_only": rest.asked.therapist_only}
    supply = rest.supply(wishes, numbers=[number], besides=besides, now=now)
    placed = rest.placed(supply)
    found = alternatives(number, placed, supply=supply, pinned=None, count=count)
    return [
        Offer(
            other.slot.starts_at,
            other.slot.ends_at,
            other.therapist,
            not other.slot.outside,
            ("keeps the course's days",),
        )
        for other in found
        if other.slot != placed[number - 1]
    ]
