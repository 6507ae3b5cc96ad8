"""The forms about somebody who works here."""

from typing import Any, NamedTuple

from wtforms import SelectField, SelectMultipleField, ValidationError

from clinic.doors.office.fields import TextField, VersionForm
from clinic.doors.threshold import Form
from clinic.people.accounts import Role

ROLES = {role.value: role.value.capitalize() for role in Role}


class Typed(NamedTuple):
    """What was typed about somebody: as a user, and as one who treats."""

    user: dict[str, Any]
    therapist: dict[str, str]


class AnyPersonForm(Form):
    """Somebody who works here."""

    name = TextField("Name")
    email = TextField("E-mail")
    roles = SelectMultipleField("Roles", choices=ROLES, validate_choice=False)
    license_number = TextField("License number")
    credentials = TextField("Credentials")
    focus = TextField("Focus")

    def validate_roles(self, field: SelectMultipleField) -> None:
        """Refuse a role that does not exist."""
        if any(name not in ROLES for name in field.data or []):
            raise ValidationError("There is no such role. Load the page again, and choose anew.")

    def typed(self) -> Typed:
        """Return what was typed, as the verbs take it."""
        return Typed(
            user={
                "name": self.name.data or "",
                "email": self.email.data or "",
                "roles": frozenset(Role(name) for name in self.roles.data or [] if name in ROLES),
            },
            therapist={name: self[name].data or "" for name in ("license_number", "credentials", "focus")},
        )


class NewPersonForm(AnyPersonForm):
    """Somebody to add."""

    new_password = TextField("First password")

    def validate_roles(self, field: SelectMultipleField) -> None:
        """Refuse somebody to whom no door would open."""
        super().validate_roles(field)
        if not field.data:
            raise ValidationError("Choose at least one role.")


class PersonForm(AnyPersonForm, VersionForm):
    """Somebody to change."""


def _whole(text: Any) -> int | None:
    return int(text) if str(text or "").isascii() and str(text or "").isdigit() else None


class SupervisorForm(Form):
    """Who signs after an assistant or a student."""

    supervisor_id = SelectField("Signs after them", coerce=_whole, validate_choice=False)


class PasswordForm(Form):
    """A first password, anew."""

    new_password = TextField("New first password")
