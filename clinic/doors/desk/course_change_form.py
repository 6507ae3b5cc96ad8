"""What to do to which visits of a course that is booked."""

from flask import request
from wtforms import BooleanField, RadioField, StringField

from clinic.doors.desk.course_forms import CourseForm
from clinic.doors.desk.patient_forms import showable
from clinic.refusals import Unacceptable
from clinic.scheduling.booking.course_asked import Asked

SCOPES = {"this": "this visit", "later": "this and later", "all": "all that are to come"}
ACTS = {"move": "Move", "therapist": "Another therapist", "cancel": "Cancel"}


class ChangeForm(CourseForm):
    """What to do to which visits of a course, and the wishes that hold from now on."""

    scope = RadioField("Which visits", choices=SCOPES, validate_choice=False)
    what = RadioField("What", choices=ACTS, validate_choice=False)
    reason = StringField("Reason")
    asked_by = RadioField(
        "Whose wish", choices={"patient": "The patient’s", "clinic": "The clinic’s"}, validate_choice=False
    )
    agreed = BooleanField("Agreed on the phone", description="Confirmations stay.")

    def begin(self, asked: Asked) -> None:
        """Fill what the address does not say."""
        self.show(asked)
        self.scope.data = request.args.get("scope", "later")
        self.what.data = request.args.get("what", "move")
        self.asked_by.data = "patient"

    def checked(self) -> None:
        """Raise ``Unacceptable`` for a choice that is none."""
        for field, choices in ((self.scope, SCOPES), (self.what, ACTS)):
            if field.data not in choices:
                raise Unacceptable("Choose one of these.", field=field.name)
        reason = (self.reason.data or "").strip()
        if len(reason) > 200 or showable(reason) != reason or "\n" in reason or "\r" in reason:
            raise Unacceptable("Say the reason in one line of at most 200 characters.", field="reason")
