"""Which measures are due at a note's visit, and at the next one."""

from collections.abc import Mapping, Sequence
from datetime import date
from zoneinfo import ZoneInfo

from clinic.care.notes.models import Note
from clinic.care.notes.queries import notes_of
from clinic.care.notes.trends import Point
from clinic.care.outcomes.battery import Due, Milestone, Occasion, Taken, due
from clinic.timetable.zones import to_wall

OCCASIONS = {
    "evaluation": Occasion.EVALUATION,
    "visit": Occasion.VISIT,
    "progress report": Occasion.REPORT,
    "re-evaluation": Occasion.REPORT,
    "discharge": Occasion.DISCHARGE,
}


def due_at(note: Note, points: Mapping[str, Sequence[Point]], *, zone: ZoneInfo) -> list[Due]:
    """Return what is due at the visit of a note."""
    before = [one for one in notes_of(note.episode_id) if one.id != note.id and one.service_at <= note.service_at]
    return due(
        occasion=OCCASIONS[note.kind],
        visit_no=note.visit_number,
        on=to_wall(note.service_at, zone).date(),
        taken=_taken(points, zone),
        since=_milestone(before, zone),
    )


def due_next(
    episode_id: int, points: Mapping[str, Sequence[Point]], *, report: bool, zone: ZoneInfo, today: date
) -> list[Due]:
    """Return what is due at the visit that comes next; ``report`` says that a progress report is due with it."""
    before = notes_of(episode_id)
    return due(
        occasion=(Occasion.REPORT if report else Occasion.VISIT) if before else Occasion.EVALUATION,
        visit_no=max((one.visit_number for one in before), default=0) + 1,
        on=today,
        taken=_taken(points, zone),
        since=_milestone(before, zone),
    )


def _taken(points: Mapping[str, Sequence[Point]], zone: ZoneInfo) -> list[Taken]:
    return [
        Taken(key=key, visit_no=one.visit, on=to_wall(one.at, zone).date(), version=one.scored.version)
        for key, some in points.items()
        for one in some
        if one.value is not None
    ]


def _milestone(before: Sequence[Note], zone: ZoneInfo) -> Milestone | None:
    """Return the newest evaluation or report of some notes, the newest first."""
    found = next((one for one in before if OCCASIONS[one.kind] is not Occasion.VISIT), None)
    if found is None:
        return None
    return Milestone(occasion=OCCASIONS[found.kind], on=to_wall(found.service_at, zone).date())
