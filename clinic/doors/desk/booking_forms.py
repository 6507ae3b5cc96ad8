"""The form that books: shape and type of what was typed."""

import re
import secrets

from wtforms import (
    BooleanField,
    HiddenField,
    RadioField,
    SelectField,
    SelectMultipleField,
    StringField,
    ValidationError,
)
from wtforms.validators import Optional, Regexp
from wtforms.widgets import DateTimeLocalInput

from clinic.care.intake.sentence import COMPLAINTS
from clinic.doors.desk.patient_forms import TOO_OLD, showable, whole
from clinic.doors.threshold import Form
from clinic.people.patients.consent import SPOKEN
from clinic.refusals import Unacceptable
from clinic.scheduling.practice.queries import wall_time
from clinic.timetable.wishes import Wishes
from clinic.timetable.words import WEEKDAYS

LONGEST_REASON = 200
TOKEN = re.compile(r"\A[0-9A-Za-z_-]{1,60}\Z")
WHEN: dict[str, tuple[str, int | None, int | None]] = {
    "any": ("Any time", None, None),
    "mornings": ("Mornings", 0, 720),
    "afternoons": ("Afternoons", 720, 1440),
    "late": ("After 4 pm", 960, 1440),
}
"""Wished times of day: words, and minutes after midnight from and until."""


class TimeForm(Form):
    """A time and a therapist: one of the cards, or typed."""

    opening = HiddenField()
    therapist_id = SelectField("Therapist", coerce=whole, validate_choice=False)
    starts_at = StringField("Day and time", widget=DateTimeLocalInput())
    fold = RadioField(
        "Which of the two",
        choices={"0": "The first", "1": "The second"},
        validators=[Optional()],
        validate_choice=False,
    )
    reason = StringField("Reason")

    def validate_reason(self, field: StringField) -> None:
        """Keep the reason to a sentence."""
        text = (field.data or "").strip()
        if len(text) > LONGEST_REASON or showable(text) != text or "\n" in text or "\r" in text:
            raise ValidationError(f"Say the reason in one line of at most {LONGEST_REASON} characters.")
        field.data = text


class BookingForm(TimeForm):
    """An appointment to book; with a name, a phone and an e-mail also a patient to register.

    ``screening`` is the number under which the answer to the emergency sentence is kept, ``screening_asked`` tells the
    panel's own form from a plain one, and ``caller`` is ``new`` while somebody new is on the phone. ``held`` is the
    card of the time that is kept for this very form; another tab of the same person may keep one for its own.
    ``shown_type`` is the type of visit that the cards were shown for.
    """

    q = StringField("Patient")
    patient_id = HiddenField()
    caller = HiddenField()
    name = StringField("Name")
    phone = StringField("Mobile")
    email = StringField("E-mail")
    consent = BooleanField("They agree to letters by e-mail", description=SPOKEN)
    complaint = SelectMultipleField(
        "What hurts", choices={one.key: one.label for one in COMPLAINTS}, validate_choice=False
    )
    wished_days = SelectMultipleField(
        "Wished days",
        choices={str(day): name for day, name in enumerate(WEEKDAYS)},
        coerce=whole,
        validate_choice=False,
    )
    wished_when = RadioField(
        "Wished time", choices={key: words for key, (words, _, _) in WHEN.items()}, validate_choice=False
    )
    type_id = RadioField("Type", coerce=whole, validate_choice=False)
    screening_asked = HiddenField()
    screening = HiddenField()
    answer = HiddenField()
    held = HiddenField()
    shown_type = HiddenField()
    request_id = HiddenField(validators=[Optional(), Regexp(TOKEN, message=TOO_OLD)])

    def prepare(self) -> None:
        """Give a form that was just opened its numbers, and keep what was typed fit to be shown."""
        for field in (self.q, self.name, self.phone, self.email, self.starts_at, self.reason, self.request_id):
            field.data = showable(field.data or "")[:300]
        self.request_id.data = self.request_id.data or secrets.token_urlsafe(16)
        if self.wished_when.data not in WHEN:
            self.wished_when.data = "any"
        self.screening_token()

    @property
    def is_new_caller(self) -> bool:
        """Whether somebody new is asked: a name, a number or an address was typed, or is about to be."""
        typed = any((field.data or "").strip() or field.errors for field in (self.name, self.phone, self.email))
        return bool(self.caller.data == "new" or typed) and not self.patient_id.data

    def forget_caller(self) -> None:
        """Empty what was asked of somebody new."""
        for field in (self.caller, self.name, self.phone, self.email):
            field.data = ""
        self.consent.data = False

    def let_caller_be_known(self, patient_id: int) -> None:
        """Go on with the caller as somebody in the register."""
        self.forget_caller()
        self.patient_id.data = str(patient_id)

    def screening_token(self) -> str:
        """Return the number under which the answer to the sentence is kept; a new one where there is none."""
        given = self.screening.data or ""
        self.screening.data = given if TOKEN.match(given) else secrets.token_urlsafe(16)
        return str(self.screening.data)

    def ask_anew(self) -> None:
        """Forget the answer to the sentence: it is asked again."""
        self.screening.data = secrets.token_urlsafe(16)

    def wished_times(self) -> tuple[int | None, int | None]:
        """Return from and until when, in minutes after midnight. Raises ``Unacceptable``."""
        found = WHEN.get(self.wished_when.data or "any")
        if found is None:
            raise Unacceptable("Choose one of the times of day.", field="wished_when")
        return found[1], found[2]

    def wishes(self) -> Wishes:
        """Return what somebody new wishes, to rank the openings by it."""
        days = frozenset(day for day in self.wished_days.data or [] if day is not None and 0 <= day < 7)
        since, until = WHEN.get(self.wished_when.data or "any", WHEN["any"])[1:]
        if since is None or until is None:
            return Wishes(days)
        return Wishes(days, ((wall_time(since), wall_time(until)),))


class MoveForm(TimeForm):
    """Another time for an appointment."""

    agreed = BooleanField("Agreed on the phone", description="A confirmation stays.")
    version = HiddenField()
