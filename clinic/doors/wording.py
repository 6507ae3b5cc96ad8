"""How screens say days, times, phones and ages: US words, on the clinic's clock."""

from collections.abc import Iterable
from datetime import date, datetime, time
from decimal import Decimal
from zoneinfo import ZoneInfo

from flask import Flask, g

from clinic import clock
from clinic.people.patients.contact import shown_phone
from clinic.scheduling import practice
from clinic.timetable.words import (
    WEEKDAYS,
    clock_words,
    date_words,
    day_words,
    long_day_words,
    minute_words,
    span_words,
)
from clinic.timetable.zones import readings, to_wall, zone_label


def years_between(born_on: date, today: date) -> int:
    """Return the age in whole years; somebody born on February 29 has a birthday on March 1 in other years."""
    return today.year - born_on.year - ((today.month, today.day) < (born_on.month, born_on.day))


def weekday_words(weekdays: Iterable[int]) -> str:
    """Return weekdays (0 is Monday) in order: Mon, Thu."""
    return ", ".join(WEEKDAYS[day] for day in sorted(set(weekdays)))


def zone() -> ZoneInfo:
    """Return the zone whose clock hangs on the clinic's wall; read once a request."""
    if "zone" not in g:
        g.zone = practice.location().tz
    found: ZoneInfo = g.zone
    return found


def today() -> date:
    """Return the date on the clinic's wall."""
    return to_wall(clock.now(), zone()).date()


def seconds(instant: datetime) -> str:
    """Return a moment to the second on the clinic's clock: 2:40:07 pm."""
    return to_wall(instant, zone()).strftime("%-I:%M:%S %p").lower()


def _day(when: datetime | date) -> str:
    on = to_wall(when, zone()).date() if isinstance(when, datetime) else when
    return day_words(on, today=today())


def _long_day(on: date) -> str:
    return long_day_words(on, today=today())


def _full_date(when: datetime | date) -> str:
    return date_words(to_wall(when, zone()).date() if isinstance(when, datetime) else when)


def _two_letters(on: date) -> str:
    return ("Mo", "Tu", "We", "Th", "Fr", "Sa", "Su")[on.weekday()]


def _clock(instant: datetime) -> str:
    return clock_words(instant, zone())


def _span(start: datetime, end: datetime) -> str:
    return span_words(start, end, zone())


def _moment(instant: datetime) -> str:
    return f"{_day(instant)}, {_clock(instant)}"


def _zone(when: datetime | date) -> str:
    instant = when if isinstance(when, datetime) else readings(datetime.combine(when, time(12)), zone())[0]
    return zone_label(zone(), instant)


def _wall(instant: datetime) -> str:
    return to_wall(instant, zone()).isoformat(timespec="minutes")


def _age(born_on: date) -> int:
    return years_between(born_on, today())


def _plain(number: Decimal | None) -> str:
    return "" if number is None else f"{number.normalize():f}"


def visit_of(number: int, planned: int | None = None) -> str:
    """Return what a visit of an episode is called, counted as its plan counts: Evaluation, Visit 4 of 12.

    A visit beyond those that are ``planned`` says its number alone.
    """
    if number == 0:
        return "Evaluation"
    return f"Visit {number} of {planned}" if planned is not None and number <= planned else f"Visit {number}"


def at_visit(number: int) -> str:
    """Return what a visit of an episode is called inside a sentence: the evaluation, visit 4."""
    return f"visit {number}" if number else "the evaluation"


FILTERS = {
    "day": _day,  # an instant or a date: Tue Nov 24
    "long_day": _long_day,  # a date: Tuesday, November 24
    "clock": _clock,  # an instant: 2:40 pm
    "moment": _moment,  # an instant: Tue Nov 24, 2:40 pm
    "span": _span,  # starts_at | span(ends_at): 2:40–3:20 pm
    "zone": _zone,  # an instant, or a day at noon: Eastern (EST)
    "wall": _wall,  # an instant, for a form's field: 2026-11-24T14:40
    "full_date": _full_date,  # an instant or a date: Mar 8, 1991
    "two_letters": _two_letters,  # a date: Tu
    "minute": minute_words,  # minutes after midnight: 2:40 pm
    "weekdays": weekday_words,  # 0 is Monday: Mon, Thu
    "phone": shown_phone,  # E.164: (919) 555-0134
    "plain": _plain,  # a number: 12.5, without trailing zeros; nothing for None
    "visit_of": visit_of,  # an episode's visit: Visit 4 of 12; 0 is the evaluation
    "at_visit": at_visit,  # the same in a sentence: visit 4
    "age": _age,  # a birth date: whole years today
}


def install(app: Flask) -> None:
    """Give every template these filters."""
    app.jinja_env.filters.update(FILTERS)
