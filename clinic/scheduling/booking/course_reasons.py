"""Why a visit of a course is not at a wished time, in words short enough for its row."""

from collections.abc import Iterator, Sequence
from datetime import date, datetime, time, timedelta

from clinic.scheduling.booking.course_supply import CourseSupply
from clinic.timetable.bitmaps import bitmap, runs
from clinic.timetable.course import Slot
from clinic.timetable.grid import cell_count, cells
from clinic.timetable.intervals import Interval
from clinic.timetable.openings import any_of, resource_starts
from clinic.timetable.words import WEEKDAYS, date_words, day_words, minute_words
from clinic.timetable.zones import readings

WEEK = 7


def why_not(number: int, placed: Sequence[Slot | None], *, supply: CourseSupply, fits_the_rest: bool = True) -> str:
    """Return why visit ``number`` is not as wished, from the first wished day of its week; empty if it is as wished."""
    slot = placed[number - 1]
    asked = supply.asked
    if asked.authorized is not None and number > asked.authorized:
        count = asked.authorized or "no"
        return f"{'only ' if asked.authorized else ''}{count} visit{' is' if count == 1 else 's are'} authorized"
    if slot is not None and _as_wished(slot, supply) and fits_the_rest:
        return ""
    days = list(_wished_days(number, placed, supply))
    if not days or any(_is_to_be_had(number, on, supply) for on in days):
        return _not_for_want(number, placed, supply)
    return f"{day_words(days[0], today=days[0])}: {_reason(number, days[0], supply)}"


def _not_for_want(number: int, placed: Sequence[Slot | None], supply: CourseSupply) -> str:
    """Return why a visit is where it is though a wished day has what it needs."""
    slot = placed[number - 1]
    if slot is None:
        return "nothing free that keeps the rules"
    named = supply.asked.prescription.therapist
    if named not in (None, slot.therapist):
        return f"not with {_first_name(named or '', supply)}"
    if not slot.outside:
        return "keeps the days between visits"
    if any(other is not None and other.therapist == slot.therapist for other in neighbors(number, placed)):
        return f"stays with {_first_name(slot.therapist, supply)}"
    return "outside the wished times"


def _first_name(key: str, supply: CourseSupply) -> str:
    return supply.colleagues[key].name.split()[0]


def neighbors(number: int, placed: Sequence[Slot | None]) -> tuple[Slot | None, Slot | None]:
    """Return the visits placed just before and just after visit ``number``."""
    before = next((slot for slot in reversed(placed[: number - 1]) if slot is not None), None)
    after = next((slot for slot in placed[number:] if slot is not None), None)
    return before, after


def _as_wished(slot: Slot, supply: CourseSupply) -> bool:
    named = supply.asked.prescription.therapist
    return not slot.outside and named in (None, slot.therapist)


def _wished_days(number: int, placed: Sequence[Slot | None], supply: CourseSupply) -> Iterator[date]:
    """Yield the wished days of the visit's own week that its neighbors leave to it, the likeliest first."""
    asked, prescription = supply.asked, supply.asked.prescription
    week = _week_of(number, supply)
    first = asked.first_on + timedelta(days=WEEK * week)
    before, after = neighbors(number, placed)
    apart = timedelta(days=prescription.least_apart)
    slot = placed[number - 1]
    days = [first + timedelta(days=n) for n in range(WEEK)]
    for on in sorted(days, key=lambda day: (slot is not None and abs((day - slot.on).days), day)):
        wished = not asked.wished_days or on.weekday() in asked.wished_days
        clear = (before is None or before.on + apart <= on) and (after is None or on <= after.on - apart)
        if wished and clear and (slot is None or on != slot.on or slot.outside or not _as_wished(slot, supply)):
            yield on


def _week_of(number: int, supply: CourseSupply) -> int:
    prescription, passed = supply.asked.prescription, 0
    for week in range(prescription.weeks):
        passed += prescription.prescribed(week)
        if number <= passed:
            return week
    return prescription.weeks


def _reason(number: int, on: date, supply: CourseSupply) -> str:
    asked = supply.asked
    if asked.end_on is not None and on > asked.end_on:
        return f"the course ends by {date_words(asked.end_on)}"
    visit = supply.comes_already.get(on)
    if visit is not None:
        return "comes already" if visit == on else f"comes {day_words(visit, today=on)}"
    window = _window(on, supply)
    shut = next((label for span, label in supply.closures if span.overlaps(window)), None)
    if shut is not None:
        return f"closed ({shut})"
    if asked.therapist_id is None:
        return _taken(number, on, window, supply, who="") if on in supply.days else "closed"
    name = _first_name(f"therapist:{asked.therapist_id}", supply)
    if all(colleague.id != asked.therapist_id for colleague in supply.able[asked.type_of(number)]):
        return f"{name} does not treat {supply.kind_of(number).name}"
    hours = [part for span in supply.hours(asked.therapist_id, on) if (part := span.clip(window))]
    if not supply.hours(asked.therapist_id, on):
        return f"{name} does not work on {WEEKDAYS[on.weekday()]}"
    if not any(part.length >= supply.length_of(number) for part in hours):
        return f"{name} does not work {window_words(supply)}".strip()
    if any(key == f"therapist:{asked.therapist_id}" and span.overlaps(window) for key, span in supply.away):
        return f"{name} is away"
    return _taken(number, on, window, supply, who=name)


def _is_to_be_had(number: int, on: date, supply: CourseSupply) -> bool:
    """Say whether the day has a wished time with the therapist who is wished, or with anybody."""
    named = supply.asked.prescription.therapist
    found = supply.slots()[number - 1].get(on, ())
    return any(not slot.outside and named in (None, slot.therapist) for slot in found)


def _taken(number: int, on: date, window: Interval, supply: CourseSupply, *, who: str) -> str:
    day, length = supply.days.get(on), supply.length_of(number)
    words = window_words(supply)
    if day is not None:
        wished = bitmap([cells(window)], first=day.first)
        keys = [f"therapist:{supply.asked.therapist_id}"] if who else list(day.free)
        starts = any_of(runs(day.free.get(key, 0) & wished, cell_count(length)) for key in keys)
        needs = supply.needs(number)
        lacking = [need.kind for need in needs if not starts & any_of(resource_starts(day, need).values())]
        if starts and needs:
            return f"no {' or '.join(lacking or [need.kind for need in needs])} free {words}".strip()
    return f"{who} is taken {words}".strip() if who else f"all taken {words}".strip()


def _window(on: date, supply: CourseSupply) -> Interval:
    since, until = supply.asked.wished_from or 0, supply.asked.wished_until or 1440
    return Interval(_instant(on, since, supply), _instant(on, until, supply))


def _instant(on: date, minute: int, supply: CourseSupply) -> datetime:
    wall = datetime.combine(on, time.min) + timedelta(minutes=minute)
    return readings(wall, supply.zone)[0]


def window_words(supply: CourseSupply) -> str:
    """Return the wished window in words: after 4:00 pm, before 11:00 am, 9:00 am to 1:00 pm; empty for any time."""
    since, until = supply.asked.wished_from, supply.asked.wished_until
    if since is None or until is None:
        return ""
    if until == 1440:
        return f"after {minute_words(since)}"
    if since == 0:
        return f"before {minute_words(until)}"
    return f"{minute_words(since)} to {minute_words(until)}"
