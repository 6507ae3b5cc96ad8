"""The forms about a patient: shape and type of what was typed."""

import secrets
import unicodedata
from datetime import date
from typing import Any

from wtforms import (
    BooleanField,
    Field,
    HiddenField,
    RadioField,
    SelectField,
    SelectMultipleField,
    StringField,
    TextAreaField,
    ValidationError,
)
from wtforms.validators import InputRequired, Optional, Regexp
from wtforms.widgets import TextInput, TimeInput

from clinic import clock
from clinic.doors.threshold import Form
from clinic.people import patients
from clinic.people.patients import Found, Patient
from clinic.people.patients.consent import SPOKEN
from clinic.refusals import Refusal
from clinic.scheduling.practice import Colleague
from clinic.timetable.words import LONG_WEEKDAYS

CHANNELS = {"email": "Letters by e-mail", "phone": "By phone", "none": "Not at all"}
DAYS = {str(day): name for day, name in enumerate(LONG_WEEKDAYS)}
TOO_OLD = "This page is too old, or was not complete. Open it again."
MIDNIGHT = 1440


def whole(text: Any) -> int | None:
    """Return a whole number, None for nothing, and -1, which no rule accepts, for anything else."""
    typed = str("" if text is None else text).strip()
    if not typed:
        return None
    return int(typed) if typed.isascii() and typed.isdigit() and len(typed) < 10 else -1


def showable(text: str) -> str:
    """Return ``text`` without the control characters that no page may hold."""
    return "".join(character for character in text if character in "\n\r\t" or unicodedata.category(character) != "Cc")


class BirthDateField(Field):
    """A birth date as people write it: 3/8/1991."""

    widget = TextInput()
    typed: str | None = None

    def process_formdata(self, valuelist: list[Any]) -> None:
        """Keep what was typed, and read it."""
        self.typed = str(valuelist[0]) if valuelist else ""
        self.data = None
        try:
            self.data = patients.read_birth_date(self.typed, today=clock.now().date())
        except Refusal as refusal:
            raise ValueError(refusal.sentence) from refusal

    def _value(self) -> str:
        if self.typed is not None:
            return showable(self.typed)
        on: date | None = self.data
        return f"{on.month}/{on.day}/{on.year}" if on else ""


class TimeOfDayField(Field):
    """A time of day, as minutes after midnight."""

    widget = TimeInput()
    typed: str | None = None

    def process_formdata(self, valuelist: list[Any]) -> None:
        """Keep what was typed, and read it."""
        self.typed = str(valuelist[0]).strip() if valuelist else ""
        self.data = None
        if not self.typed:
            return
        hour, _, minute = self.typed.partition(":")
        hours, minutes = whole(hour), whole(minute[:2])
        if hours is None or minutes is None or hours not in range(24) or minutes not in range(60):
            raise ValueError("Type a time of day, like 14:00.")
        self.data = hours * 60 + minutes

    def _value(self) -> str:
        if self.typed is not None:
            return showable(self.typed)
        minute: int | None = self.data
        return "" if minute is None or minute == MIDNIGHT else f"{minute // 60:02d}:{minute % 60:02d}"


class PatientForm(Form):
    """All that the desk writes down about a patient; the register's own rules decide what can be."""

    name = StringField("Name")
    called = StringField("Likes to be called")
    born_on = BirthDateField("Birth date")
    phone = StringField("Phone")
    email = StringField("E-mail")
    channel = RadioField("How to tell them about visits", choices=CHANNELS, validate_choice=False)
    consent = BooleanField("They agree to letters by e-mail", description=SPOKEN)
    usual_therapist_id = SelectField("Usual therapist", coerce=whole, validate_choice=False)
    wished_days = SelectMultipleField("Wished days", choices=DAYS, coerce=whole, validate_choice=False)
    wished_from = TimeOfDayField("Not before")
    wished_until = TimeOfDayField("Not after")
    desk_note = TextAreaField("Note for the desk")
    request_id = HiddenField(validators=[Optional(), Regexp(r"\A[0-9A-Za-z_-]{1,64}\Z", message=TOO_OLD)])

    def facts(self) -> dict[str, Any]:
        """Return what was typed, as the verbs take it."""
        return {
            "name": self.name.data or "",
            "called": self.called.data or "",
            "born_on": self.born_on.data,
            "phone": self.phone.data or "",
            "email": self.email.data or "",
            "channel": self.channel.data or "",
            "consent": bool(self.consent.data),
            "usual_therapist_id": self.usual_therapist_id.data,
            "wished_days": [day for day in self.wished_days.data or [] if day is not None],
            "wished_from": self.wished_from.data,
            "wished_until": self.wished_until.data or None,
            "desk_note": self.desk_note.data or "",
        }

    def offer(self, colleagues: list[Colleague]) -> None:
        """Fill the list of therapists, and keep what was typed fit to be shown again."""
        for field in (self.name, self.called, self.phone, self.email, self.desk_note, self.request_id):
            field.data = showable(field.data or "")
        self.usual_therapist_id.choices = {"": "Nobody yet"} | {str(one.id): one.name for one in colleagues}


class NewPatientForm(PatientForm):
    """A patient to register."""

    def prepare(self) -> None:
        """Give a form that was just opened what it starts with."""
        self.request_id.data = self.request_id.data or secrets.token_urlsafe(16)
        self.channel.data = self.channel.data or "email"


class ChangePatientForm(PatientForm):
    """A patient to change, as they were when the page was read."""

    version = HiddenField(validators=[InputRequired(TOO_OLD)])

    @property
    def seen(self) -> int:
        """The version that the page showed."""
        return whole(self.version.data) or 0

    def show(self, patient: Patient) -> None:
        """Show a patient as they are in the register."""
        for name in ("name", "called", "born_on", "email", "channel", "wished_days", "wished_from", "wished_until"):
            self[name].data = getattr(patient, name)
        self.phone.data = patients.shown_phone(patient.phone)
        self.consent.data = patient.consent_at is not None
        self.usual_therapist_id.data = patient.usual_therapist_id
        self.desk_note.data = patient.desk_note
        self.version.data = str(patient.version)


class BirthDateForm(Form):
    """The birth date, asked at the first arrival."""

    born_on = BirthDateField("Birth date")
    version = HiddenField()

    def validate_born_on(self, field: BirthDateField) -> None:
        """Ask for one."""
        if field.data is None and not field.errors:
            raise ValidationError("Type the birth date with its year, like 3/8/1991.")


class StepForm(Form):
    """One button: the version that the page showed."""

    version = HiddenField(validators=[InputRequired(TOO_OLD)])


def initials_of(patient: Patient) -> str:
    """Return the letters in the circle beside a name."""
    return Found(patient.id, patient.name, "", None, "", "", "", None, None, None).initials
