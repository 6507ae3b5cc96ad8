"""The clinic's settings, and the switch that stops all letters."""

from functools import partial
from typing import Any

from flask import render_template, url_for
from flask.typing import ResponseReturnValue
from wtforms import BooleanField

from clinic import clock
from clinic.doors.office import door
from clinic.doors.office.answering import Why, answer, press
from clinic.doors.office.fields import NumberField, TextField, VersionForm
from clinic.doors.threshold import actor
from clinic.refusals import ChangedMeanwhile
from clinic.scheduling import practice
from clinic.scheduling.practice.change_clinic import SHOWN, change_clinic, pause_letters, resume_letters


class SettingsForm(VersionForm):
    """All that a manager may set about the clinic."""

    name = TextField("Clinic's name")
    mailbox = TextField("Letters come from")
    notice_hours = NumberField("Notice, in hours")
    grace_minutes = NumberField("Letters wait, in minutes")
    remind_hours = NumberField("First reminder, in hours before")
    remind_day_before = BooleanField("Remind again on the day before")
    idle_minutes = NumberField("Sign people out after, in minutes")
    letters_per_hour = NumberField("Letters an hour, at most")
    feed_initials = BooleanField("Calendars may show patients' initials")

    def facts(self) -> dict[str, Any]:
        """Return what was typed, as the verb takes it."""
        words = {name: self[name].data or "" for name in ("name", "mailbox")}
        return {name: self[name].data for name in SHOWN} | words


@door.get("/settings", endpoint="settings")
def show() -> ResponseReturnValue:
    """Show the settings."""
    form, clinic = SettingsForm(), practice.clinic()
    form.show({name: getattr(clinic, name) for name in SHOWN}, version=clinic.version)
    return _page(form)


@door.post("/settings", endpoint="change_settings")
def change() -> ResponseReturnValue:
    """Change the settings."""
    form, by, now = SettingsForm(), actor(), clock.now()
    return answer(
        form,
        lambda: change_clinic(**form.facts(), seen=form.seen, by=by, now=now),
        page=partial(_page, form),
        to=lambda: url_for("office.settings"),
    )


@door.post("/settings/letters/<any('pause','resume'):step>", endpoint="letters")
def letters(step: str) -> ResponseReturnValue:
    """Let no letter leave until further notice, or let them leave again."""
    verb, by, now = {"pause": pause_letters, "resume": resume_letters}[step], actor(), clock.now()
    return press(
        lambda: verb(by=by, now=now), page=partial(_page, SettingsForm(formdata=None)), to=url_for("office.settings")
    )


def _page(form: SettingsForm, *, why: Why | None = None) -> str:
    clinic, meanwhile = practice.clinic(), list[str]()
    if why and isinstance(why.refusal, ChangedMeanwhile):
        meanwhile = form.compare({name: getattr(clinic, name) for name in SHOWN}, version=clinic.version)
    return render_template("office/settings.html", form=form, clinic=clinic, meanwhile=meanwhile)
