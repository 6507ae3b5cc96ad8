"""The trail: who did what, and when. It is only ever read."""

from datetime import timedelta

from flask import render_template, request
from flask.typing import ResponseReturnValue
from wtforms import SelectField, ValidationError

from clinic import audit
from clinic.doors import wording
from clinic.doors.office import door
from clinic.doors.office.fields import DayField, whole
from clinic.doors.office.trail_words import lines
from clinic.doors.threshold import Form
from clinic.people import accounts
from clinic.scheduling.practice.office_queries import deeds_between
from clinic.timetable.intervals import Interval
from clinic.timetable.zones import day_bounds

AT_ONCE = 50
USUAL = timedelta(days=6)


class FilterForm(Form):
    """Which entries to show."""

    class Meta(Form.Meta):  # type: ignore[name-defined]
        """No token: nothing is changed."""

        csrf = False

    first = DayField("From")
    last = DayField("To")
    who = SelectField("Who", validate_choice=False)
    what = SelectField("What", validate_choice=False)

    def prepare(self) -> bool:
        """Take the last seven days where none are chosen, and say whether what was chosen can be."""
        good = self.validate()
        if not self.last.errors and self.last.data is None:
            self.last.data, self.last.typed = wording.today(), None
        if not self.first.errors and self.first.data is None:
            self.first.data, self.first.typed = (self.last.data or wording.today()) - USUAL, None
        return bool(good)

    def validate_last(self, field: DayField) -> None:
        """Let time run forward."""
        if self.first.data and field.data and field.data < self.first.data:
            raise ValidationError("This comes before the first day.")

    def bounds(self) -> Interval:
        """Return the time that the days take."""
        zone = wording.zone()
        return Interval(day_bounds(self.first.data, zone).start, day_bounds(self.last.data, zone).end)


@door.get("/trail", endpoint="trail")
def show() -> ResponseReturnValue:
    """Show the entries of some days, of one person, of one kind; the newest first."""
    form = FilterForm(request.args)
    people = {"": "Everybody"} | {str(one.id): one.name for one in accounts.users()}
    form.who.choices, form.what.choices = people, {"": "Everything"}
    if not form.prepare():
        return render_template("office/trail.html", form=form, days=[], older=None), 422
    when = form.bounds()
    deeds = deeds_between(first=when.start, until=when.end)
    chosen = form.what.data if form.what.data in deeds else ""
    form.what.choices = {"": "Everything"} | {deed: deed.capitalize() for deed in deeds}
    found = audit.entries_between(
        first=when.start,
        until=when.end,
        user_id=whole(form.who.data),
        what=chosen or "",
        before_id=whole(request.args.get("before")),
        limit=AT_ONCE + 1,
    )
    older = found[AT_ONCE - 1].id if len(found) > AT_ONCE else None
    return render_template("office/trail.html", form=form, days=lines(found[:AT_ONCE]), older=older)
