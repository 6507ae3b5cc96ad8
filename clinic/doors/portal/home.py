"""The home link: the birth date once per device, then what to do today, read-only."""

from collections.abc import Iterable
from datetime import date, datetime, timedelta

from flask import make_response, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from clinic import clock
from clinic.care import episodes, homecare
from clinic.care.homecare.doses import from_fields
from clinic.care.homecare.queries import PAUSED, STOPPED, Entry, in_order, what_is_left
from clinic.care.homecare.shown import Shown, shown
from clinic.database import database
from clinic.doors import wording
from clinic.doors.threshold import open_door, redo, settings
from clinic.people.patients import HomeLink, read_birth_date
from clinic.people.patients.contact import shown_phone
from clinic.people.patients.home_link import HomeLinkGone, HomeLinkLocked, is_known, open_home, opened_home
from clinic.people.patients.models import Patient
from clinic.refusals import Refusal, Unacceptable
from clinic.scheduling import practice

door = open_door("home", __name__, "/home")

COOKIE = "home"
A_YEAR = 365 * 24 * 60 * 60
STOPPED_FOR = timedelta(days=30)
"""So long a stopped item stands on the page as stopped: an old sheet of paper may still name it."""
WRONG = "That is not the birth date we have. Type it with its year, like 3/8/1991."


@door.get("/<token>", endpoint="program")
def show(token: str) -> ResponseReturnValue:
    """Show today's program, or ask the birth date on a device that is new."""
    link = _link(token)
    if link.locked_at is not None:
        raise HomeLinkLocked
    if not is_known(link, device=request.cookies.get(COOKIE, "")):
        return _ask(token)
    return _program(link)


@door.post("/<token>", endpoint="open")
def check(token: str) -> ResponseReturnValue:
    """Check the birth date; the fifth wrong one locks the link."""
    link_id, now = _link(token).id, clock.now()
    typed = request.form.get("born_on", "")[:40]
    database.session.rollback()
    try:
        born_on = read_birth_date(typed, today=wording.today())
        if born_on is None:
            raise Unacceptable("Type your birth date with its year, like 3/8/1991.", field="born_on")
        device = redo(lambda: open_home(link_id=link_id, born_on=born_on, now=now))
    except Refusal as refusal:
        database.session.rollback()
        return _ask(token, typed=typed, sentence=refusal.sentence), refusal.status
    if device is None:
        return _ask(token, typed=typed, sentence=WRONG), 422
    answer = make_response(redirect(url_for("home.program", token=token), 303))
    answer.set_cookie(
        COOKIE,
        device,
        max_age=A_YEAR,
        httponly=True,
        secure=settings().https,
        samesite="Lax",
        path=url_for("home.program", token=token),
    )
    return answer


@door.errorhandler(HomeLinkGone)
@door.errorhandler(HomeLinkLocked)
def gone(refusal: HomeLinkGone | HomeLinkLocked) -> ResponseReturnValue:
    """Say so in the clinic's own name, without a way into the house."""
    locked = isinstance(refusal, HomeLinkLocked)
    return render_template("portal/home_gone.html", locked=locked, **_clinic()), refusal.status


def _link(token: str) -> HomeLink:
    return opened_home(token, secret=settings().secret_key, today=wording.today())


def _clinic() -> dict[str, object]:
    location = practice.location()
    return {"clinic": practice.clinic(), "location": location, "phone": shown_phone(location.phone)}


def _ask(token: str, *, typed: str = "", sentence: str = "") -> str:
    return render_template("portal/home_ask.html", token=token, typed=typed, sentence=sentence, **_clinic())


def _program(link: HomeLink) -> str:
    patient, today, now = database.session.get_one(Patient, link.patient_id), wording.today(), clock.now()
    everything = [one for episode in episodes.episodes_of(patient.id) for one in homecare.all_of(episode.id)]
    entries = what_is_left(everything)
    todays = [shown(one) for one in in_order(homecare.todays(entries, today=today))]
    kept = [one for one in todays if one.item.kind != "avoid"]
    exercises = [one for one in kept if one.item.kind == "exercise"]
    return render_template(
        "portal/home.html",
        first_name=patient.first_name,
        today=today,
        exercises=[one for one in exercises if _is_on(one, today)],
        other_days=[one for one in exercises if not _is_on(one, today)],
        runs=[one for one in kept if one.item.kind == "running"],
        others=[one for one in kept if one.item.kind not in ("exercise", "running")],
        avoided=[one for one in todays if one.item.kind == "avoid"],
        paused=[one.item.name for one in entries if one.status == PAUSED and one.item.kind != "avoid"],
        stopped=[one for one in _stopped(everything, now=now) if one[0] not in {again.item.name for again in kept}],
        **_clinic(),
    )


def _is_on(one: Shown, today: date) -> bool:
    """Say whether an exercise is for this day: it is, unless it names other weekdays."""
    weekdays = from_fields(one.item.dose).weekdays
    return not weekdays or today.weekday() in weekdays


def _stopped(entries: Iterable[Entry], *, now: datetime) -> list[tuple[str, date]]:
    """Return what was stopped lately: names and days."""
    return [
        (one.item.name, one.last.at.date())
        for one in entries
        if one.status == STOPPED
        and one.item.kind != "avoid"
        and one.last is not None
        and now - one.last.at <= STOPPED_FOR
    ]
