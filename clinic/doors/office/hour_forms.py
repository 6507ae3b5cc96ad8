"""The forms about when a therapist works."""

import secrets
from collections.abc import Sequence
from datetime import datetime
from itertools import pairwise
from typing import Any
from zoneinfo import ZoneInfo

from flask import request
from wtforms import Field, HiddenField, SelectField, ValidationError
from wtforms.validators import Optional, Regexp

from clinic.doors.office.fields import MIDNIGHT, TOO_OLD, DayField, TextField, TimeField, instant, whole
from clinic.doors.threshold import Form
from clinic.refusals import Refusal
from clinic.timetable.wall import AmbiguousTime
from clinic.timetable.words import LONG_WEEKDAYS
from clinic.timetable.zones import day_bounds

SLOTS = 3
MOST_SLOTS = 8
WHICH = {"": "–", "0": "the first", "1": "the second"}


def ask_for(field: DayField) -> None:
    """Ask for a date where none was typed. Raises ``ValidationError``."""
    if field.data is None and not field.errors:
        raise ValidationError("Choose a date.")


class SpansForm(Form):
    """Times of day in pairs: from and until."""

    def pairs(self, row: str) -> list[tuple[TimeField, TimeField]]:
        """Return the pairs of one row of fields, in order."""
        found = []
        for slot in range(MOST_SLOTS):
            if f"{row}_{slot}_from" in self._fields:
                found.append((self[f"{row}_{slot}_from"], self[f"{row}_{slot}_until"]))
        return found

    def check(self, rows: Sequence[str]) -> bool:
        """Say whether each pair is whole, and put a sentence beside those that are not."""
        good = True
        for row in rows:
            for opens, closes in self.pairs(row):
                if not (opens.errors or closes.errors) and (opens.data is None) != (closes.data is None):
                    _tell(closes if closes.data is None else opens, "Fill in both times, or neither.")
                    good = False
        return good

    def spans(self, row: str) -> list[tuple[int, int]]:
        """Return the times of one row; midnight as an end is that of the day's end."""
        return [
            (opens.data, closes.data or MIDNIGHT)
            for opens, closes in self.pairs(row)
            if opens.data is not None and closes.data is not None
        ]

    def fill(self, row: str, spans: Sequence[tuple[int, int]]) -> None:
        """Show the times of one row."""
        for (opens, closes), (starts, ends) in zip(self.pairs(row), spans, strict=False):
            opens.data, closes.data = starts, ends

    def blame(self, rows: Sequence[str], sentence: str) -> bool:
        """Put a sentence about all times beside those that it is about; say whether any were found."""
        for row in rows:
            typed = [(a.data, c.data or MIDNIGHT, c) for a, c in self.pairs(row) if None not in (a.data, c.data)]
            backwards = [closes for starts, ends, closes in typed if starts >= ends]
            ordered = sorted(typed, key=lambda span: span[:2])
            overlapping = [later[2] for earlier, later in pairwise(ordered) if later[0] < earlier[1]]
            for field in (backwards or overlapping)[:1]:
                _tell(field, sentence)
                return True
        return False


class WeekForm(SpansForm):
    """A week's hours, from a date on; the pairs of fields are added by ``week_form``."""

    from_on = DayField("From")
    rows = tuple(str(day) for day in range(7))

    def validate_from_on(self, field: DayField) -> None:
        """Ask for a date."""
        ask_for(field)

    def validate(self, extra_validators: Any = None) -> bool:
        """Check each field, then each pair."""
        good = super().validate(extra_validators)
        return self.check(self.rows) and bool(good)

    def week(self) -> list[tuple[int, int, int]]:
        """Return what was typed, as the verb takes it."""
        return [(int(row), starts, ends) for row in self.rows for starts, ends in self.spans(row)]

    def show(self, spans: Sequence[tuple[int, int, int]]) -> None:
        """Show a week's hours."""
        for row in self.rows:
            self.fill(row, [(starts, ends) for day, starts, ends in spans if str(day) == row])

    def refuse(self, refusal: Refusal) -> None:
        """Put a sentence about the times beside them."""
        if refusal.field != "spans" or not self.blame(self.rows, refusal.sentence):
            super().refuse(refusal)


def week_form(*, slots: int = SLOTS, **options: Any) -> WeekForm:
    """Return a form with ``slots`` pairs of times a day, or as many as were sent."""
    for slot in range(slots, MOST_SLOTS):
        if any(f"week-{day}_{slot}_from" in request.form for day in range(7)):
            slots = slot + 1
    fields = {
        f"{day}_{slot}_{end}": TimeField(f"{name}, {end}")
        for day, name in enumerate(LONG_WEEKDAYS)
        for slot in range(slots)
        for end in ("from", "until")
    }
    made: WeekForm = type("WeekFormWithDays", (WeekForm,), fields)(prefix="week-", **options)
    return made


class DatedForm(SpansForm):
    """Other hours on one date; none is a day off."""

    on = DayField("Date")
    on_0_from = TimeField("From")
    on_0_until = TimeField("Until")
    on_1_from = TimeField("and from")
    on_1_until = TimeField("until")
    on_2_from = TimeField("and from")
    on_2_until = TimeField("until")

    def validate_on(self, field: DayField) -> None:
        """Ask for a date."""
        ask_for(field)

    def validate(self, extra_validators: Any = None) -> bool:
        """Check each field, then each pair."""
        good = super().validate(extra_validators)
        return self.check(["on"]) and bool(good)

    def refuse(self, refusal: Refusal) -> None:
        """Put a sentence about the times beside them."""
        if refusal.field != "spans" or not self.blame(["on"], refusal.sentence):
            super().refuse(refusal)


class StretchForm(Form):
    """A time from one day to another; times left empty mean whole days."""

    starts_on = DayField("First day")
    starts_at = TimeField("From")
    starts_which = SelectField("Which of the two", choices=WHICH, validate_choice=False)
    ends_on = DayField("Last day")
    ends_at = TimeField("Until")
    ends_which = SelectField("Which of the two", choices=WHICH, validate_choice=False)
    label = TextField("Why")
    asked: str = ""
    """The end whose time the clock shows twice, so that the page asks which."""

    def validate_starts_on(self, field: DayField) -> None:
        """Ask for a date."""
        ask_for(field)

    def validate_ends_on(self, field: DayField) -> None:
        """Take the first day where no last one was typed."""
        if field.data is None and not field.errors:
            field.data = self.starts_on.data
            field.typed = self.starts_on.typed

    def bounds(self, zone: ZoneInfo) -> tuple[datetime, datetime]:
        """Return the two instants. Raises ``Unacceptable`` where the clock skips or repeats one."""
        return self._end("starts", zone), self._end("ends", zone)

    def refuse(self, refusal: Refusal) -> None:
        """Ask which of two times is meant, where the clock shows one twice."""
        if isinstance(refusal, AmbiguousTime):
            self.asked = (refusal.field or "").removesuffix("_at")
        super().refuse(refusal)

    def _end(self, end: str, zone: ZoneInfo) -> datetime:
        on, minute = self[f"{end}_on"].data, self[f"{end}_at"].data
        if minute is None or (end == "ends" and minute == 0 and on == self.starts_on.data):
            day = day_bounds(on, zone)
            return day.start if end == "starts" else day.end
        fold = whole(self[f"{end}_which"].data)
        return instant(on, minute, zone, fold=fold if fold in (0, 1) else None, field=f"{end}_at")


class AwayForm(StretchForm):
    """Time off, entered once however often the button is pressed."""

    request_id = HiddenField(validators=[Optional(), Regexp(r"\A[0-9A-Za-z_-]{1,64}\Z", message=TOO_OLD)])

    def prepare(self) -> "AwayForm":
        """Give a form that was just opened its own number."""
        self.request_id.data = secrets.token_urlsafe(16)
        return self


def _tell(field: Field, sentence: str) -> None:
    field.errors = [*field.errors, sentence]
