"""What My day says of each visit: what happened since the last one, what is planned, and what is due."""

from collections.abc import Sequence
from datetime import date, datetime, timedelta
from typing import NamedTuple
from zoneinfo import ZoneInfo

from clinic.care import defaults, episodes, notes
from clinic.care.notes.models import Note
from clinic.care.notes.queries import Unfinished, how_it_stands, notes_by_appointment, notes_of, unfinished
from clinic.care.plans.queries import interventions_of
from clinic.care.plans.standing_of import Standing
from clinic.database import database
from clinic.doors import wording
from clinic.scheduling.booking.models import Appointment
from clinic.scheduling.booking.queries import Row
from clinic.timetable.words import day_words

LIVE = ("booked", "arrived", "in session")
SOON = timedelta(days=14)
MOST_PLANNED = 3


class Due(NamedTuple):
    """Something that comes due: when, for whom, what, and how pressing."""

    on: date | None
    patient_id: int
    patient: str
    words: str
    tone: str


class VisitLine(NamedTuple):
    """What is said of one visit beside its time and status."""

    note: Note | None
    number: str
    problem: str
    since: list[str]
    pain_is_up: bool
    planned: list[str]
    due: list[Due]


class Waiting(NamedTuple):
    """A document that waits for a signature, with its age in hours and how late that is."""

    document: Unfinished
    hours: int
    tone: str
    words: str


def visit_lines(rows: Sequence[Row], *, zone: ZoneInfo, today: date) -> dict[int, VisitLine]:
    """Return what is said of each visit, by the appointment."""
    written = notes_by_appointment([row.id for row in rows])
    return {row.id: _line(row, written.get(row.id), zone, today) for row in rows}


def _line(row: Row, note: Note | None, zone: ZoneInfo, today: date) -> VisitLine:
    appointment = database.session.get(Appointment, row.id)
    episode_id = appointment.episode_id if appointment is not None else None
    if episode_id is None:
        return VisitLine(note, "", "", [], False, [], [])
    episode = episodes.episode(episode_id)
    standing = how_it_stands(episode, zone=zone, today=today)
    number = next((visit.number for visit in episodes.visits_of(episode_id) if visit.id == row.id), None)
    before = [one for one in notes_of(episode_id) if one.service_at < row.starts_at and one is not note]
    since, up = _since(before) if row.status in LIVE else ([], False)
    return VisitLine(
        note,
        wording.visit_of(number, standing.planned if standing is not None else None) if number is not None else "",
        episode.problem,
        since,
        up,
        _planned(before, standing) if row.status in LIVE else [],
        dues_of(standing, row.patient, today=today) if standing is not None and row.status in LIVE else [],
    )


def _since(before: Sequence[Note]) -> tuple[list[str], bool]:
    """Return what was last told: home days, and pain at the two visits before."""
    if not before:
        return [], False
    last, found = before[0], []
    if last.home_done is not None:
        found.append(f"Home {last.home_done}" + (f" of {last.home_planned}" if last.home_planned is not None else ""))
    pain = [one.pain_now for one in before[:2] if one.pain_now is not None]
    if len(pain) == 2:
        found.append(f"Pain {pain[1]} → {pain[0]}" + (", up" if pain[0] > pain[1] else ""))
    elif pain:
        found.append(f"Pain {pain[0]} at {wording.at_visit(last.visit_number)}")
    return found, len(pain) == 2 and pain[0] > pain[1]


def _planned(before: Sequence[Note], standing: Standing | None) -> list[str]:
    """Return what the last note set for this visit, then what was done or is prescribed."""
    found = [before[0].next_focus] if before and before[0].next_focus else []
    rows = notes.content_of(before[0]).treatments if before else ()
    found += [f"{row.name}{', ' + row.dose if row.dose else ''}" for row in rows]
    if not rows and standing is not None:
        prescribed = [row for row in interventions_of(standing.plan.id) if row.kind != "home care" and not row.stopped]
        found += [f"{row.name}{', ' + row.dose if row.dose else ''}" for row in prescribed]
    return found[:MOST_PLANNED]


def dues_of(standing: Standing, patient: str, *, today: date) -> list[Due]:
    """Return what is due of an episode within two weeks, or overdue."""
    id_, found = standing.episode.patient_id, []
    if standing.progress.due_now:
        found.append(Due(standing.progress.due_on, id_, patient, "Progress report", "bad"))
    elif standing.report_on is not None and standing.report_on <= today + SOON:
        found.append(Due(standing.report_on, id_, patient, "Progress report", ""))
    if standing.certification_is_open:
        late = standing.certification.due_on is not None and standing.certification.due_on < today
        found.append(
            Due(standing.certification.due_on, id_, patient, standing.certification.sentence, "bad" if late else "warn")
        )
    if standing.reevaluate_on is not None and standing.reevaluate_on <= today + SOON:
        tone = "warn" if standing.reevaluate_on <= today else ""
        found.append(Due(standing.reevaluate_on, id_, patient, "Re-evaluation", tone))
    if standing.forecast.sentence:
        found.append(Due(standing.forecast.runs_out_on, id_, patient, standing.forecast.sentence, "warn"))
    return found


def waiting(user_id: int, *, now: datetime) -> list[Waiting]:
    """Return what waits for a user's signature, the oldest first, with its age by the clinic's rule."""
    rule = defaults.current("rule.unsigned").value
    return [_waiting(one, now, rule["late_hours"], rule["overdue_hours"]) for one in unfinished(user_id)]


def _waiting(document: Unfinished, now: datetime, late: int, overdue: int) -> Waiting:
    hours = max(int((now - document.service_at) / timedelta(hours=1)), 0)
    tone = "bad" if hours >= overdue else "warn" if hours >= late else ""
    if document.kind == "plan":
        return Waiting(document, hours, tone, f"Plan, version {document.visit_number}")
    kind = "Visit" if document.kind == "visit" else document.kind.capitalize()
    number = f" {document.visit_number}" if document.kind == "visit" else ""
    after = f", by {document.author}" if document.waits_for == "co-signer" else ""
    on = day_words(document.service_at.date(), today=now.date())
    return Waiting(document, hours, tone, f"{kind}{number}, {on}{after}")
