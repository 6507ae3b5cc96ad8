"""When a therapist works: weekly hours, other hours on a date, time off, and the visits that lie outside."""

from collections.abc import Callable
from datetime import timedelta
from functools import partial
from typing import Any

from flask import render_template, url_for
from flask.typing import ResponseReturnValue

from clinic import clock
from clinic.doors import wording
from clinic.doors.office import door
from clinic.doors.office.answering import Page, Why, answer, press
from clinic.doors.office.fields import DayField
from clinic.doors.office.hour_forms import SLOTS, AwayForm, DatedForm, WeekForm, ask_for, week_form
from clinic.doors.threshold import Form, actor
from clinic.refusals import NotFound
from clinic.scheduling import practice
from clinic.scheduling.booking.queries import Row, by_keys
from clinic.scheduling.practice import Colleague
from clinic.scheduling.practice.be_away import cancel_time_off, take_time_off
from clinic.scheduling.practice.hours import remove_dated_hours, set_dated_hours, set_weekly_hours
from clinic.scheduling.practice.in_use import booked_between
from clinic.scheduling.practice.office_queries import Period, coming_time_off, dated_days, periods
from clinic.scheduling.practice.queries import FOR_EVER
from clinic.timetable.intervals import Interval, merge
from clinic.timetable.words import LONG_WEEKDAYS


class DateForm(Form):
    """One date."""

    on = DayField("Date")

    def validate_on(self, field: DayField) -> None:
        """Ask for a date."""
        ask_for(field)


@door.get("/hours", endpoint="hours")
def show() -> ResponseReturnValue:
    """Show who works when."""
    today = wording.today()
    people = practice.colleagues()
    return render_template(
        "office/hours.html",
        people=people,
        present={one.id: _by_day(_on_or_next(periods(one.id, since=today))) for one in people},
        outside={one.id: len(outside_hours(one.id)) for one in people},
    )


@door.get("/hours/<int:therapist_id>", endpoint="therapist_hours")
def show_one(therapist_id: int) -> ResponseReturnValue:
    """Show when one therapist works."""
    return _page(therapist_id)


@door.post("/hours/<int:therapist_id>/week", endpoint="set_week")
def set_week(therapist_id: int) -> ResponseReturnValue:
    """Let other weekly hours hold from a date on."""
    form, by, now = week_form(), actor(), clock.now()
    return answer(
        form,
        lambda: set_weekly_hours(
            therapist_id=therapist_id, spans=form.week(), from_on=form.from_on.data, by=by, now=now
        ),
        page=partial(_page, therapist_id, week=form),
        to=_back_to(therapist_id),
    )


@door.post("/hours/<int:therapist_id>/dates", endpoint="set_date")
def set_date(therapist_id: int) -> ResponseReturnValue:
    """Let other hours hold on one date."""
    form, by, now = DatedForm(prefix="date-"), actor(), clock.now()
    return answer(
        form,
        lambda: set_dated_hours(therapist_id=therapist_id, on=form.on.data, spans=form.spans("on"), by=by, now=now),
        page=partial(_page, therapist_id, dated=form),
        to=_back_to(therapist_id),
    )


@door.post("/hours/<int:therapist_id>/dates/remove", endpoint="remove_date")
def remove_date(therapist_id: int) -> ResponseReturnValue:
    """Let the weekly hours hold on a date again."""
    form, by, now = DateForm(), actor(), clock.now()
    return answer(
        form,
        lambda: remove_dated_hours(therapist_id=therapist_id, on=form.on.data, by=by, now=now),
        page=partial(_page, therapist_id, removal=form),
        to=_back_to(therapist_id),
    )


@door.post("/hours/<int:therapist_id>/away", endpoint="take_time_off")
def be_away(therapist_id: int) -> ResponseReturnValue:
    """Enter time off."""
    form, by, now = AwayForm(prefix="away-"), actor(), clock.now()

    def work() -> None:
        starts_at, ends_at = form.bounds(practice.location().tz)
        take_time_off(
            therapist_id=therapist_id,
            starts_at=starts_at,
            ends_at=ends_at,
            label=form.label.data or "",
            request_id=form.request_id.data or None,
            by=by,
            now=now,
        )

    return answer(form, work, page=partial(_page, therapist_id, away=form), to=_back_to(therapist_id))


@door.post("/hours/<int:therapist_id>/away/<int:time_off_id>/cancel", endpoint="cancel_time_off")
def be_here(therapist_id: int, time_off_id: int) -> ResponseReturnValue:
    """Take time off back."""
    by, now = actor(), clock.now()

    def work() -> None:
        if time_off_id not in {away.id for away in coming_time_off(_colleague(therapist_id).id, now=now)}:
            raise NotFound("There is no such time off any more.")
        cancel_time_off(time_off_id=time_off_id, by=by, now=now)

    page: Page = partial(_page, therapist_id)
    return press(work, page=page, to=_back_to(therapist_id)())


def outside_hours(therapist_id: int) -> list[Row]:
    """Return a therapist's coming visits that do not lie within the hours as they are now."""
    now, zone = clock.now(), wording.zone()
    visits = by_keys(booked_between(f"therapist:{therapist_id}", Interval(now, now + FOR_EVER)))
    if not visits:
        return []
    days = [visits[0].starts_at.astimezone(zone).date(), max(row.ends_at for row in visits).astimezone(zone).date()]
    hours = practice.open_hours([therapist_id], zone=zone, first=days[0], last=days[1], with_closures=False)
    spans = merge(hours[therapist_id])
    return [row for row in visits if not any(s.start <= row.starts_at and row.ends_at <= s.end for s in spans)]


def _back_to(therapist_id: int) -> Callable[[], str]:
    return lambda: url_for("office.therapist_hours", therapist_id=therapist_id)


def _on_or_next(found: list[Period]) -> list[tuple[int, int, int]]:
    """Return the spans of the earliest of the periods: those that hold now, or will first."""
    return [span for period in found if period.from_on == found[0].from_on for span in period.spans]


def _by_day(spans: list[tuple[int, int, int]]) -> list[tuple[str, list[tuple[int, int]]]]:
    """Return the hours of each weekday that has any."""
    days = [(name, [(a, b) for on, a, b in spans if on == day]) for day, name in enumerate(LONG_WEEKDAYS)]
    return [(name, hours) for name, hours in days if hours]


def _colleague(therapist_id: int) -> Colleague:
    for one in practice.colleagues(with_left=True):
        if one.id == therapist_id:
            return one
    raise NotFound("There is no such therapist.")


def _week(found: list[Period]) -> WeekForm:
    """Return the form with the hours that hold last, so that it changes them from today on."""
    spans = found[-1].spans if found else []
    most = max((sum(day == on for on, _, _ in spans) for day in range(7)), default=0)
    form = week_form(slots=max(SLOTS, most), formdata=None)
    form.show(spans)
    form.from_on.data = wording.today() + timedelta(days=1)
    return form


def _page(
    therapist_id: int,
    *,
    week: WeekForm | None = None,
    dated: DatedForm | None = None,
    away: AwayForm | None = None,
    removal: DateForm | None = None,
    why: Why | None = None,
) -> str:
    one, today = _colleague(therapist_id), wording.today()
    found = periods(therapist_id, since=today)
    shown: dict[str, Any] = {
        "week": week or _week(found),
        "dated": dated or DatedForm(formdata=None, prefix="date-"),
        "away": away or AwayForm(formdata=None, prefix="away-").prepare(),
        "removal": removal,
    }
    return render_template(
        "office/therapist_hours.html",
        one=one,
        days=LONG_WEEKDAYS,
        periods=[(period, _by_day(period.spans)) for period in found],
        dates=dated_days(therapist_id, since=today),
        absences=coming_time_off(therapist_id, now=clock.now()),
        outside=outside_hours(therapist_id),
        why=why,
        **shown,
    )
