"""The form that books: shape and type of what was typed."""

import secrets

from wtforms import BooleanField, HiddenField, RadioField, SelectField, StringField, ValidationError
from wtforms.validators import Optional, Regexp
from wtforms.widgets import DateTimeLocalInput

from clinic.doors.desk.patient_forms import TOO_OLD, showable, whole
from clinic.doors.threshold import Form
from clinic.people.patients.consent import SPOKEN

LONGEST_REASON = 200


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
    """An appointment to book; with a name, a phone and an e-mail also a patient to register."""

    q = StringField("Patient")
    patient_id = HiddenField()
    name = StringField("Name")
    phone = StringField("Phone")
    email = StringField("E-mail")
    consent = BooleanField("They agree to letters by e-mail", description=SPOKEN)
    type_id = RadioField("Type", coerce=whole, validate_choice=False)
    request_id = HiddenField(validators=[Optional(), Regexp(r"\A[0-9A-Za-z_-]{1,60}\Z", message=TOO_OLD)])

    def prepare(self) -> None:
        """Give a form that was just opened its number, and keep what was typed fit to be shown."""
        for field in (self.q, self.name, self.phone, self.email, self.starts_at, self.reason, self.request_id):
            field.data = showable(field.data or "")[:300]
        self.request_id.data = self.request_id.data or secrets.token_urlsafe(16)


class MoveForm(TimeForm):
    """Another time for an appointment."""

    agreed = BooleanField("Agreed on the phone", description="A confirmation stays.")
    version = HiddenField()
