"""Which times to offer: openings of therapists who may, with the rooms and devices it takes."""

from collections.abc import Iterator, Sequence
from datetime import date, datetime, time, timedelta
from itertools import islice
from typing import NamedTuple
from zoneinfo import ZoneInfo

from sqlalchemy import select

from clinic.database import database
from clinic.people.accounts.roles import Role
from clinic.people.patients.models import Patient
from clinic.scheduling import holds, practice
from clinic.scheduling.booking.models import Appointment
from clinic.scheduling.booking.states import Status
from clinic.scheduling.practice.models import AppointmentType, Location
from clinic.scheduling.practice.queries import local_day, wall_time
from clinic.timetable.bitmaps import bitmap
from clinic.timetable.grid import GRID, cell_at, cell_from, whole_cells
from clinic.timetable.openings import Opening, search
from clinic.timetable.ranking import Ranked, best, rank
from clinic.timetable.supply import Day
from clinic.timetable.wishes import Wishes
from clinic.timetable.zones import day_bounds

HORIZON = 28
WITHIN = 14
MOST = 400
MOST_AT_ONCE = 16


class Offer(NamedTuple):
    """A time to offer, with whom and why."""

    starts_at: datetime
    ends_at: datetime
    therapist: practice.Colleague
    suits: bool
    reasons: tuple[str, ...]


def able(kind: AppointmentType) -> list[practice.Colleague]:
    """Return the colleagues who may perform appointments of this kind, in the clinic's order."""
    allowed = {Role(role) for role in kind.performed_by.split()}
    return [colleague for colleague in practice.colleagues() if colleague.roles & allowed]


def openings_for(
    kind: AppointmentType,
    *,
    therapists: Sequence[practice.Colleague],
    not_before: datetime,
    days: int = HORIZON,
    patient_id: int | None = None,
    besides: Sequence[str] = (),
    step: timedelta = 2 * GRID,
) -> Iterator[Opening]:
    """Yield where an appointment of this kind fits, earliest first, reading one day at a time.

    Times at which the patient is elsewhere are left out; the time of the owners ``besides`` is free,
    such as an appointment to be moved.
    """
    location = practice.location()
    first = local_day(not_before, location.tz)
    return search(
        days_of(therapists, location, first=first, days=days, patient_id=patient_id, besides=besides),
        length=timedelta(minutes=kind.length),
        not_before=not_before,
        needs=practice.needs_of(kind),
        step=step,
    )


def days_of(
    therapists: Sequence[practice.Colleague],
    location: Location,
    *,
    first: date,
    days: int,
    patient_id: int | None,
    besides: Sequence[str] = (),
    at_once: int = 1,
) -> Iterator[Day]:
    """Yield the open days, read ``at_once``, then twice as many and so on, since most askers soon have enough.

    Times at which the patient is elsewhere are left out; the time of the owners ``besides`` is free.
    """
    zone = location.tz
    resources = practice.resources()
    keys = {t.id: t.key for t in therapists}
    patient_key = f"patient:{patient_id}"
    hours = practice.open_days(list(keys), zone=zone, first=first, last=first + timedelta(days=days - 1))
    open_days = ((_cells(first + timedelta(days=n), zone), today) for n, today in enumerate(hours) if any(today.spans))
    size = at_once
    while some := list(islice(open_days, size)):
        read = holds.by_day([bounds for bounds, _ in some], patient=patient_key, besides=besides)
        for ((begin, _), open_today), taken in zip(some, read, strict=True):
            patient = taken.get(patient_key, 0)
            hours_left = [bitmap(map(whole_cells, spans), first=begin) & ~patient for spans in open_today.spans]
            yield Day(
                first=begin,
                free={
                    keys[id_]: hours_left[number] & ~taken.get(keys[id_], 0) for id_, number in open_today.whose.items()
                },
                taken={need: {key: taken.get(key, 0) for key in found} for need, found in resources.items()},
            )
        size = max(at_once, min(2 * size, MOST_AT_ONCE))


def _cells(on: date, zone: ZoneInfo) -> tuple[int, int]:
    bounds = day_bounds(on, zone)
    return cell_at(bounds.start), cell_from(bounds.end)


def wishes_of(patient: Patient | None) -> Wishes:
    """Return a patient's wished days and times; none for nobody."""
    if patient is None:
        return Wishes()
    windows: tuple[tuple[time, time], ...] = ()
    if patient.wished_from is not None and patient.wished_until is not None:
        windows = ((wall_time(patient.wished_from), wall_time(patient.wished_until)),)
    return Wishes(frozenset(patient.wished_days or ()), windows)


def best_offers(
    kind: AppointmentType,
    *,
    patient: Patient | None,
    now: datetime,
    not_before: datetime | None = None,
    therapist_id: int | None = None,
    focus: Sequence[Sequence[str]] = (),
    wishes: Wishes | None = None,
    besides: Sequence[str] = (),
    count: int = 3,
) -> list[Offer]:
    """Return the openings to offer first, best first: the usual therapist, the wishes, no dead gaps.

    They lie within two weeks of ``not_before`` where there are any, else within four. Of ``focus``, each a few words of
    which one is enough, those therapists fit who fit most. ``wishes`` are those of somebody who is not in the register.
    """
    colleagues = [c for c in able(kind) if therapist_id in (None, c.id)]
    ranked: list[Ranked] = []
    busy_days = days_with_a_visit(patient.id, now=now, besides=besides) if patient else set()
    for days in (WITHIN, HORIZON):
        found = openings_for(
            kind,
            therapists=colleagues,
            not_before=max(now, not_before or now),
            days=days,
            patient_id=patient.id if patient else None,
            besides=besides,
        )
        ranked = rank(
            islice(_on_other_days(found, busy_days), MOST * len(colleagues)),
            wishes=wishes_of(patient) if wishes is None else wishes,
            zone=practice.location().tz,
            shortest=timedelta(minutes=min((k.length for k in practice.types()), default=kind.length)),
            usual_therapist=f"therapist:{patient.usual_therapist_id}" if patient else None,
            focus_therapists=_fitting(colleagues, focus),
        )
        if len(ranked) >= count:
            break
    return _offers(best(ranked, count=count), colleagues)


def _fitting(colleagues: Sequence[practice.Colleague], focus: Sequence[Sequence[str]]) -> frozenset[str]:
    fits = {c.key: sum(any(word.lower() in c.focus.lower() for word in words) for words in focus) for c in colleagues}
    most = max(fits.values(), default=0)
    return frozenset(key for key, count in fits.items() if most and count == most)


def days_with_a_visit(patient_id: int, *, now: datetime, besides: Sequence[str]) -> set[date]:
    """Return the days on which the patient comes already: nobody is treated twice a day by an oversight."""
    zone = practice.location().tz
    rows = database.session.execute(
        select(Appointment.id, Appointment.starts_at).where(
            Appointment.patient_id == patient_id,
            Appointment.status != Status.CANCELED.value,
            Appointment.starts_at > now - timedelta(days=1),
        )
    )
    return {local_day(starts_at, zone) for id_, starts_at in rows if f"appointment:{id_}" not in besides}


def _on_other_days(openings: Iterator[Opening], days: set[date]) -> Iterator[Opening]:
    zone = practice.location().tz
    return (opening for opening in openings if not days or local_day(opening.starts_at, zone) not in days)


def nearest_offers(
    kind: AppointmentType,
    *,
    around: datetime,
    therapist_id: int | None,
    patient_id: int | None,
    now: datetime,
    besides: Sequence[str] = (),
    count: int = 3,
) -> list[Offer]:
    """Return the free times nearest to ``around``: of the same therapist if there are any, else of anybody able."""
    colleagues = able(kind)
    same = [c for c in colleagues if c.id == therapist_id]
    zone = practice.location().tz
    begin = max(now, day_bounds(local_day(around - timedelta(days=1), zone), zone).start)
    for people in (same, colleagues):
        if not people:
            continue
        found = sorted(
            openings_for(kind, therapists=people, not_before=begin, days=5, patient_id=patient_id, besides=besides),
            key=lambda opening: (abs(opening.starts_at - around), opening.starts_at),
        )
        apart = _apart(found, count)
        if apart:
            by_key = {c.key: c for c in colleagues}
            return [Offer(o.starts_at, o.ends_at, by_key[o.therapist], True, ()) for o in apart]
    return []


def _apart(found: Sequence[Opening], count: int) -> list[Opening]:
    """Return the first ``count`` that are at least 20 minutes apart."""
    chosen: list[Opening] = []
    for opening in found:
        if all(abs(opening.starts_at - other.starts_at) >= timedelta(minutes=20) for other in chosen):
            chosen.append(opening)
        if len(chosen) == count:
            break
    return chosen


def _offers(ranked: Sequence[Ranked], colleagues: Sequence[practice.Colleague]) -> list[Offer]:
    by_key = {c.key: c for c in colleagues}
    return [
        Offer(
            r.opening.starts_at,
            r.opening.ends_at,
            by_key[r.opening.therapist],
            r.suits,
            tuple(str(reason) for reason in r.reasons),
        )
        for r in ranked
    ]
