"""The prescription of a course as the desk types it, and which times are chosen so far."""

import secrets
from collections.abc import Iterable
from datetime import date, datetime, timedelta
from hashlib import sha256
from typing import Any, NamedTuple

from flask import request
from wtforms import BooleanField, HiddenField, SelectField, SelectMultipleField, StringField
from wtforms.validators import Optional, Regexp
from wtforms.widgets import DateInput

from clinic.doors import wording
from clinic.doors.cards import card_of, read_card
from clinic.doors.desk.patient_forms import TOO_OLD, showable, whole
from clinic.doors.threshold import Form
from clinic.people.patients.models import Patient
from clinic.refusals import Unacceptable
from clinic.scheduling import practice
from clinic.scheduling.booking.course_asked import MOST_PHASES, Asked
from clinic.scheduling.booking.course_supply import CourseSupply
from clinic.scheduling.practice.models import AppointmentType
from clinic.timetable.course import Slot
from clinic.timetable.course_prescription import MOST_VISITS
from clinic.timetable.wall import parse_day
from clinic.timetable.words import WEEKDAYS, minute_words

DAYS = {str(day): name for day, name in enumerate(WEEKDAYS)}
ANY = ""
MIDNIGHT = 1440
MOST_OFFERED = 8
FIRST_PHASES = ((2, 4), (1, 4))
FIRST_APART = 2
FROM = {ANY: "any time"} | {str(minute): minute_words(minute) for minute in range(6 * 60, 21 * 60, 30)}
UNTIL = {ANY: "any time"} | {str(minute): minute_words(minute) for minute in range(7 * 60, 22 * 60, 30)}
PHASES = range(1, MOST_PHASES + 1)


class CourseForm(Form):
    """How often, for how long, when and with whom."""

    per_week_1, weeks_1 = StringField("Visits a week"), StringField("Weeks")
    per_week_2, weeks_2 = StringField("Then, visits a week"), StringField("Then, weeks")
    per_week_3, weeks_3 = StringField("At last, visits a week"), StringField("At last, weeks")
    per_week_4, weeks_4 = StringField("In the end, visits a week"), StringField("In the end, weeks")
    type_id = SelectField("Type", coerce=whole, validate_choice=False)
    least_apart = StringField("Days between, least")
    other_type_id = SelectField("Another type", coerce=whole, validate_choice=False)
    other_visits = StringField("At visits")
    wished_days = SelectMultipleField("Days they can come", choices=DAYS, coerce=whole, validate_choice=False)
    wished_from = SelectField("From", choices=FROM, coerce=whole, validate_choice=False)
    wished_until = SelectField("Until", choices=UNTIL, coerce=whole, validate_choice=False)
    therapist_id = SelectField("Therapist", coerce=whole, validate_choice=False)
    therapist_only = BooleanField("only this one")
    first_on = StringField("Not before", widget=DateInput())
    first_within = StringField("First within, days")
    end_on = StringField("Ends by", widget=DateInput())
    authorized = StringField("Visits authorized")
    plan = HiddenField(validators=[Optional(), Regexp(r"\A[0-9]{1,9}-[0-9]{1,3}\Z", message=TOO_OLD)])
    newest_seen = HiddenField()
    request_id = HiddenField(validators=[Optional(), Regexp(r"\A[0-9A-Za-z_-]{1,40}\Z", message=TOO_OLD)])

    def prepare(self) -> None:
        """Fill the choices, give a new form its number, and keep what was typed fit to be shown."""
        kinds = course_types()
        self.type_id.choices = [(kind.id, f"{kind.name} {kind.length}") for kind in kinds]
        self.other_type_id.choices = [("", "none"), *self.type_id.choices]
        self.therapist_id.choices = [("", "Anybody"), *((c.id, c.name) for c in practice.colleagues())]
        shown = {*practice.worked_weekdays(), *(self.wished_days.data or ())}
        self.wished_days.choices = [(day, name) for day, name in DAYS.items() if int(day) in shown]
        for field in self:
            if isinstance(field, StringField) and field.type != "CSRFTokenField":
                field.data = showable(str(field.data or ""))[:40]
        self.request_id.data = self.request_id.data or secrets.token_urlsafe(16)

    def begin_with(self, patient: Patient, *, today: date, after: date | None) -> None:
        """Fill a form that was just opened: the usual taper, and what is known of the patient.

        ``after`` is the day of a visit that comes before the course, and as far from its first as they are apart.
        """
        for number, (per_week, weeks) in enumerate(FIRST_PHASES, 1):
            self[f"per_week_{number}"].data, self[f"weeks_{number}"].data = str(per_week), str(weeks)
        self.type_id.data = usual_type(practice.types())
        self.least_apart.data, self.first_within.data = str(FIRST_APART), "7"
        tomorrow = today + timedelta(days=1)
        self.first_on.data = (max(tomorrow, after + timedelta(days=FIRST_APART)) if after else tomorrow).isoformat()
        self.therapist_id.data = patient.usual_therapist_id
        self.wished_days.data = list(patient.wished_days or ())
        self.wished_from.data, self.wished_until.data = _on_the_half_hour(patient)

    def show(self, asked: Asked) -> None:
        """Fill the form with what was asked before."""
        for number, (per_week, weeks) in enumerate(asked.phases, 1):
            self[f"per_week_{number}"].data, self[f"weeks_{number}"].data = str(per_week), str(weeks)
        self.type_id.data, self.least_apart.data = asked.type_id, str(asked.least_apart)
        self.wished_days.data = list(asked.wished_days)
        self.wished_from.data = asked.wished_from or None
        self.wished_until.data = None if asked.wished_until == MIDNIGHT else asked.wished_until
        self.therapist_id.data, self.therapist_only.data = asked.therapist_id, asked.therapist_only

    def asked(self) -> Asked:
        """Return what was typed. Raises ``Unacceptable`` beside its field."""
        return Asked(
            type_id=self._known(self.type_id, [kind.id for kind in course_types()], "Choose the type of the visits."),
            phases=self._phases(),
            first_on=self._first_day(),
            end_on=self._day(self.end_on),
            first_within=whole(self.first_within.data),
            least_apart=whole(self.least_apart.data) or 1,
            authorized=whole(self.authorized.data),
            other_types=self._other_types(),
            devices=self._devices(),
            **self.wishes(),
        )

    def wishes(self) -> dict[str, Any]:
        """Return the part of it that may change while a course is under way."""
        since, until = self.wished_from.data, self.wished_until.data
        if since is not None or until is not None:
            since, until = since or 0, until or MIDNIGHT
            if since not in range(MIDNIGHT) or until not in range(1, MIDNIGHT + 1):
                raise Unacceptable("Choose one of the times.", field="wished_from")
        days = tuple(sorted({day for day in self.wished_days.data or () if day is not None}))
        if any(day not in range(7) for day in days):
            raise Unacceptable("Choose days of the week.", field="wished_days")
        ids = [colleague.id for colleague in practice.colleagues()]
        named = self.therapist_id.data
        return {
            "wished_days": days,
            "wished_from": since,
            "wished_until": until,
            "therapist_id": None if named is None else self._known(self.therapist_id, ids, "Choose the therapist."),
            "therapist_only": bool(self.therapist_only.data),
        }

    def device_visits(self, kind: str) -> set[int]:
        """Return the visits at which a kind of device is asked for."""
        numbers = map(whole, request.values.getlist(f"device.{kind}"))
        return {number for number in numbers if number is not None and 0 < number <= MOST_VISITS}

    def _phases(self) -> tuple[tuple[int, int], ...]:
        typed = [(self[f"per_week_{n}"].data or "", self[f"weeks_{n}"].data or "") for n in PHASES]
        while typed and not any(text.strip() for text in typed[-1]):
            typed.pop()
        return tuple((whole(per_week) or 0, whole(weeks) or 0) for per_week, weeks in typed)

    def _day(self, field: StringField) -> date | None:
        text = (field.data or "").strip()
        return parse_day(text, field=field.name) if text else None

    def _first_day(self) -> date:
        first_on = self._day(self.first_on)
        if first_on is None:
            raise Unacceptable("Type the first day that will do.", field="first_on")
        if first_on < wording.today():
            raise Unacceptable("That day has passed: a course begins today at the earliest.", field="first_on")
        return first_on

    def _known(self, field: SelectField, ids: Iterable[int], sentence: str) -> int:
        chosen = field.data
        if chosen not in ids:
            raise Unacceptable(sentence, field=field.name)
        return int(chosen)

    def _other_types(self) -> dict[int, int]:
        """Return the type of the visits that have another one; half of an answer is none, until it is booked."""
        typed = (self.other_visits.data or "").replace(",", " ").split()
        if (self.other_type_id.data is None or not typed) and request.values.get("act") != "book":
            return {}
        if self.other_type_id.data is None:
            if typed:
                raise Unacceptable(
                    "Choose the type of these visits, or leave their numbers out.", field="other_type_id"
                )
            return {}
        type_id = self._known(self.other_type_id, [kind.id for kind in course_types()], "Choose the other type.")
        numbers = [whole(part) for part in typed]
        found = [number for number in numbers if number is not None and 0 < number <= MOST_VISITS]
        if not found or len(found) < len(numbers):
            raise Unacceptable("Type the numbers of those visits, such as 7, 12.", field="other_visits")
        return dict.fromkeys(found, type_id)

    def _devices(self) -> dict[str, frozenset[int]]:
        asked = {kind: frozenset(self.device_visits(kind)) for kind in device_kinds()}
        return {kind: numbers for kind, numbers in asked.items() if numbers}


class Draft(NamedTuple):
    """What is chosen so far: the time of each visit, which were chosen by hand, and the visit in hand.

    ``offered`` are the times that were shown for that visit, in their order.
    """

    rows: dict[int, tuple[datetime, int] | None]
    pinned: frozenset[int]
    in_hand: int | None
    offered: tuple[tuple[datetime, int], ...] = ()

    def offered_for(self, number: int, supply: CourseSupply) -> list[Slot]:
        """Return the times that were shown for a visit and are still free; none where it was not in hand."""
        if number != self.in_hand:
            return []
        return [slot for time in self.offered if (slot := supply.slot_at(number, *time)) is not None]

    def by_hand(self) -> list[tuple[str, str]]:
        """Return the fields of what was chosen by hand, for a page that shows no rows meanwhile."""
        fields = []
        for number in sorted(self.pinned):
            time = self.rows[number]
            fields += [(f"row.{number}", card_of(*time) if time else ""), ("pin", str(number))]
        return fields


def draft(visits: int) -> Draft:
    """Read it from the form; what cannot be read is as if it were not there."""
    rows: dict[int, tuple[datetime, int] | None] = {}
    for number in range(1, visits + 1):
        text = request.form.get(f"row.{number}")
        if text is not None:
            rows[number] = read_card(text)
    pinned = frozenset(n for text in request.form.getlist("pin") if (n := whole(text)) in rows)
    in_hand = whole(request.form.get("open"))
    offered = tuple(time for text in request.form.getlist("offered")[:MOST_OFFERED] if (time := read_card(text)))
    pins = frozenset(n for n in pinned if n is not None)
    return Draft(rows, pins, in_hand if in_hand in rows else None, offered)


def marked_elsewhere(state: Draft) -> int | None:
    """Return the visit in hand where another time is marked than its row says: without a script it is not taken yet."""
    marked = read_card(request.form.get("alternative", ""))
    return state.in_hand if state.in_hand and marked and marked != state.rows[state.in_hand] else None


def mark_of(asked: object) -> str:
    """Return a short mark that changes with what is asked, whose ``repr`` says all of it."""
    return sha256(repr(asked).encode()).hexdigest()[:12]


def device_kinds() -> list[str]:
    """Return the kinds of devices that there are, in the clinic's order."""
    return [kind for kind in practice.resources() if kind != "room"]


def course_types() -> list[AppointmentType]:
    """Return the types that a course can have: a new problem is evaluated by itself, after the emergency sentence."""
    return [kind for kind in practice.types() if kind.purpose != "evaluation"]


def usual_type(kinds: Iterable[AppointmentType]) -> int | None:
    """Return the type of most visits: the first follow-up."""
    ordered = list(kinds)
    found = next((kind for kind in ordered if kind.purpose == "follow-up"), next(iter(ordered), None))
    return found.id if found else None


def _on_the_half_hour(patient: Patient) -> tuple[int | None, int | None]:
    """Return the wished time as the lists have it: a little narrower where it is not on the half hour."""
    since, until = patient.wished_from, patient.wished_until
    return (-(-since // 30) * 30 or None if since else None, until // 30 * 30 if until and until < MIDNIGHT else None)
