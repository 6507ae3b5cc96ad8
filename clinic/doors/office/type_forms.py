"""The form of a kind of appointment, with what it needs."""

from typing import Any

from wtforms import BooleanField, RadioField, SelectField, SelectMultipleField

from clinic.doors.office.fields import NumberField, TextField
from clinic.doors.threshold import Form
from clinic.people.accounts.roles import TREATING, Role
from clinic.refusals import Refusal
from clinic.scheduling.practice.kinds import NEEDS, PURPOSES, Needed
from clinic.scheduling.practice.models import AppointmentType

COLORS = {
    "evaluation": "Evaluation",
    "follow-up": "Follow-up",
    "gait": "Gait",
    "manual": "Manual",
    "tele": "By video",
}
NEEDED = {"room": "A room", "treadmill": "A treadmill", "video": "Video"}
WHO = {role.value: role.value.capitalize() for role in Role if role in TREATING}


class TypeForm(Form):
    """A kind of appointment. Each thing that can be needed has a row of three fields."""

    name = TextField("Name")
    purpose = SelectField("Purpose", choices={p: p.capitalize() for p in PURPOSES}, validate_choice=False)
    token = RadioField("Color on the board", choices=COLORS, validate_choice=False)
    length = NumberField("Minutes")
    turnover = NumberField("Turnover after, in minutes")
    performed_by = SelectMultipleField("Who may perform it", choices=WHO, validate_choice=False)
    patients_may_move = BooleanField("Patients may move it themselves, by the link in their letter")
    room_needed = BooleanField("A room")
    room_from = NumberField("A room from minute")
    room_until = NumberField("A room until minute")
    treadmill_needed = BooleanField("A treadmill")
    treadmill_from = NumberField("A treadmill from minute")
    treadmill_until = NumberField("A treadmill until minute")
    video_needed = BooleanField("Video")
    video_from = NumberField("Video from minute")
    video_until = NumberField("Video until minute")

    def facts(self) -> dict[str, Any]:
        """Return what was typed, as the verbs take it."""
        return {
            "name": self.name.data or "",
            "purpose": self.purpose.data or "",
            "token": self.token.data or "",
            "length": self.length.data,
            "turnover": 0 if self.turnover.data is None else self.turnover.data,
            "performed_by": [Role(name) for name in self.performed_by.data or [] if name in WHO],
            "patients_may_move": bool(self.patients_may_move.data),
            "needs": [self._need(what) for what in NEEDS if self[f"{what}_needed"].data],
        }

    def show(self, kind: AppointmentType, needs: list[Needed]) -> None:
        """Show a kind as it is; what is needed to the end has no last minute, so that a new length takes it along."""
        for name in ("name", "purpose", "token", "length", "turnover", "patients_may_move"):
            self[name].data = getattr(kind, name)
        self.performed_by.data = kind.performed_by.split()
        for what, first, until in needs:
            self[f"{what}_needed"].data = True
            self[f"{what}_from"].data = first or None
            self[f"{what}_until"].data = until if until < kind.length else None

    def begin(self) -> None:
        """Show what most kinds are like."""
        self.length.data, self.turnover.data, self.token.data = 40, 0, "follow-up"
        self.purpose.data = "follow-up"
        self.performed_by.data, self.room_needed.data = ["therapist", "assistant"], True

    def refuse(self, refusal: Refusal) -> None:
        """Put a sentence about what is needed beside the row that it is about."""
        if refusal.field == "needs":
            length = self.length.data or 0
            for what, first, until in self.facts()["needs"]:
                if not 0 <= first < until <= length or first % 5 or until % 5:
                    refusal.field = f"{what}_until"
                    break
        super().refuse(refusal)

    def _need(self, what: str) -> Needed:
        """Return a row; minutes left empty mean the whole visit."""
        first, until = self[f"{what}_from"].data, self[f"{what}_until"].data
        return what, first or 0, (self.length.data or 0) if until is None else until
