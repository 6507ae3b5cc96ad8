"""Prescribe something to do at home, or to leave out; change it by a version that takes its place."""

from dataclasses import dataclass, field
from datetime import date, datetime
from decimal import Decimal
from typing import Any

from sqlalchemy import select
from sqlalchemy.exc import IntegrityError

from clinic import audit
from clinic.care import episodes
from clinic.care.episodes.the_row import refuse_closed
from clinic.care.homecare.doses import as_fields, from_fields
from clinic.care.homecare.exercises import exercise
from clinic.care.homecare.library import Conflict, Irritability, Preference, conflicts
from clinic.care.homecare.library.guard import exercises_to_stop
from clinic.care.homecare.models import HomeItem
from clinic.care.homecare.queries import Entry, entry, program_of
from clinic.care.homecare.rules.ladder import BEYOND
from clinic.care.homecare.rules.thermal import Modality, check_minutes, what_blocks
from clinic.care.signatures import Clinician, NotForYou, check_words, is_exact
from clinic.database import database
from clinic.refusals import ChangedMeanwhile, NotFound, Refusal, Unacceptable

WIDTHS = {"name": 120, "code": 40, "cue": 300, "stop_if": 300, "why": 300, "routine": 80, "despite": 300}
MOST_KM = Decimal(300)
LEFT_OUT = "It stands on the list to leave out. Allow it again there first."
STILL_DONE = "It is in the program. Stop it there first."
ONLY_ONE = ("heat", "cold", "hydration", "rest", "running")


class GoesAgainst(Refusal):
    """The patient's preferred direction or condition speaks against it; a reason lets the therapist go on."""

    def __init__(self, found: list[Conflict]) -> None:
        self.conflicts = found
        super().__init__(f"{found[0].reason} Say why you go on, or choose another.", field="despite")


class AlreadyThere(Refusal):
    """It is in the program already."""

    def __init__(self, name: str) -> None:
        super().__init__(f"{name} is in the program already: change it there, or stop it first.", field="exercise")


class ChangedBefore(ChangedMeanwhile):
    """Somebody else changed or stopped the item."""

    def __init__(self) -> None:
        super().__init__("Somebody else has just changed this. Look at the program, then make your change again.")


@dataclass(frozen=True, kw_only=True)
class Prescription:
    """What is prescribed: an exercise of the library by its ``code``, another kind, or something to leave out.

    ``dose`` are texts by name, as ``doses.from_fields`` reads them. ``checks`` are the answers that heat and cold
    need: yes or no by the line of the checklist. ``despite`` is why it goes on against a warning.
    """

    kind: str
    code: str = ""
    name: str = ""
    dose: dict[str, str] = field(default_factory=dict)
    minutes: int | None = None
    weekly_km: Decimal | None = None
    cue: str = ""
    stop_if: str = ""
    why: str = ""
    routine: str = ""
    details: dict[str, Any] = field(default_factory=dict)
    from_on: date | None = None
    review_on: date | None = None
    checks: dict[str, str] = field(default_factory=dict)
    despite: str = ""


@dataclass(frozen=True)
class Weighed:
    """The patient against whom an exercise is weighed."""

    preference: Preference = Preference.UNTESTED
    irritability: Irritability = Irritability.LOW


def prescribe(
    *,
    episode_id: int,
    what: Prescription,
    weighed: Weighed,
    by: Clinician,
    now: datetime,
    today: date,
    request_id: str | None = None,
) -> HomeItem:
    """Put something into an episode's home program; the caller commits.

    Raises ``NotFound``, ``NotForYou``, ``Unacceptable``, ``AlreadyThere``, and ``GoesAgainst`` where a warning asks
    for a reason.
    """
    episode = episodes.episode(episode_id)
    twin = _by_request(request_id)
    if twin is not None:
        return twin
    refuse_closed(episode)
    facts, warned = _checked(what, weighed, by, today)
    for one in program_of(episode_id):
        same = what.kind in ONLY_ONE or one.item.code == facts["code"] or one.item.name == facts["name"]
        if one.item.kind == what.kind and same:
            raise AlreadyThere(one.item.name)
        if {one.item.kind, what.kind} == {"exercise", "avoid"} and one.item.code and one.item.code == facts["code"]:
            raise Unacceptable(LEFT_OUT if what.kind == "exercise" else STILL_DONE, field="exercise")
    return _put(
        HomeItem(episode_id=episode.id, patient_id=episode.patient_id, request_id=request_id, **facts, warned=warned),
        by=by,
        now=now,
        verb="home item prescribed",
    )


def change_item(
    *, item_id: int, what: Prescription, weighed: Weighed, by: Clinician, now: datetime, today: date
) -> HomeItem:
    """Put another version of an item in its place; what it was stays on record. The caller commits.

    Raises what ``prescribe`` raises, and ``ChangedBefore``.
    """
    before = entry(item_id)
    refuse_closed(episodes.episode(before.item.episode_id))
    if before.is_over:
        raise ChangedBefore
    facts, warned = _checked(what, weighed, by, today)
    facts["details"] = {**facts["details"], "place": before.item.details.get("place", before.item.id)}
    if facts["kind"] != before.item.kind or facts["code"] != before.item.code:
        raise Unacceptable("Stop this one and prescribe the other.")
    new = HomeItem(
        episode_id=before.item.episode_id,
        patient_id=before.item.patient_id,
        replaces_id=before.item.id,
        **facts,
        warned=warned,
    )
    return _put(new, by=by, now=now, verb="home item changed")


def warnings_for(*, code: str, weighed: Weighed, dose: dict[str, str] | None = None) -> list[Conflict]:
    """Return what speaks against an exercise of the library for a patient. Raises ``NotFound``."""
    found = exercise(code)
    if found is None:
        raise NotFound("There is no such exercise.")
    return conflicts(weighed.preference, weighed.irritability, found, dose=from_fields(dose) if dose else found.dose)


def to_weigh_again(entries: list[Entry], weighed: Weighed) -> list[Entry]:
    """Return the exercises in a program that go against the direction as it is now, and were not kept despite that."""
    opposite = {one.code for one in exercises_to_stop(weighed.preference)}
    return [
        one
        for one in entries
        if one.holds
        and one.item.kind == "exercise"
        and one.item.code in opposite
        and not {new.reason for new in warnings_for(code=one.item.code, weighed=weighed, dose=one.item.dose)}
        <= {old["reason"] for old in one.item.warned or ()}
    ]


def _checked(
    what: Prescription, weighed: Weighed, by: Clinician, today: date
) -> tuple[dict[str, Any], list[dict[str, str]]]:
    facts: dict[str, Any] = {
        name: " ".join(getattr(what, name).split()) for name in ("name", "cue", "stop_if", "why", "routine", "despite")
    }
    facts |= {"kind": what.kind, "code": what.code, "dose": {}, "minutes": None, "weekly_km": None, "checks": {}}
    facts |= {"details": dict(what.details), "from_on": what.from_on or today, "review_on": what.review_on}
    warned: list[dict[str, str]] = []
    if what.kind == "exercise":
        warned = _check_exercise(what, weighed, by, facts)
    elif what.kind in ("heat", "cold"):
        _check_thermal(what, by, facts)
    elif what.kind == "running":
        _check_running(what, facts)
    for name, most in WIDTHS.items():
        check_words(facts[name], most, name)
    if not facts["name"]:
        raise Unacceptable("Say what it is.", field="name")
    if facts["review_on"] is not None and facts["review_on"] < facts["from_on"]:
        raise Unacceptable("It is looked at again after it begins.", field="review_on")
    return facts, warned


def _check_exercise(what: Prescription, weighed: Weighed, by: Clinician, facts: dict[str, Any]) -> list[dict[str, str]]:
    found = exercise(what.code)
    if found is None:
        raise Unacceptable("Choose an exercise of the library.", field="exercise")
    dose = from_fields(what.dose) if what.dose else found.dose
    against = conflicts(weighed.preference, weighed.irritability, found, dose=dose)
    if against and not facts["despite"]:
        raise GoesAgainst(against)
    if any(one.level == "stop" for one in against) and not by.is_therapist:
        raise NotForYou("Only a therapist goes on against this warning.")
    facts |= {
        "name": found.name,
        "dose": as_fields(dose),
        "cue": facts["cue"] or found.cue,
        "stop_if": facts["stop_if"] or found.stop_if,
        "why": facts["why"] or ("" if against else found.why),
        "details": {**facts["details"], "steps": list(found.steps)},
    }
    return [{"level": one.level.value, "reason": one.reason, "source": one.source} for one in against]


def _check_thermal(what: Prescription, by: Clinician, facts: dict[str, Any]) -> None:
    modality = Modality(what.kind)
    if what.minutes is None:
        raise Unacceptable("Say how many minutes.", field="minutes")
    check_minutes(modality, what.minutes)
    if not by.is_therapist:
        raise NotForYou("A therapist signs the checklist before the patient sees this.")
    answers = {key: answer == "yes" for key, answer in what.checks.items() if answer in ("yes", "no")}
    blocks = what_blocks(modality, answers, is_signed=by.is_therapist)
    if blocks:
        raise Unacceptable(" ".join(blocks), field="checks")
    facts |= {"name": what.kind.capitalize(), "minutes": what.minutes, "checks": dict(what.checks)}


def _check_running(what: Prescription, facts: dict[str, Any]) -> None:
    number = what.details.get("stage")
    if not isinstance(number, int) or not 0 <= number <= BEYOND:
        raise Unacceptable(f"A stage is 0 to {BEYOND}.", field="stage")
    spm = what.details.get("spm")
    if spm is not None and not 120 <= spm <= 240:
        raise Unacceptable("A cadence is 120 to 240 steps a minute, both feet.", field="spm")
    if what.weekly_km is not None and not (0 <= what.weekly_km <= MOST_KM and is_exact(what.weekly_km, 1)):
        raise Unacceptable(f"A week is 0 to {MOST_KM} km, with one digit behind the point at most.", field="weekly_km")
    facts |= {"name": facts["name"] or "Run and walk", "weekly_km": what.weekly_km}


def _put(item: HomeItem, *, by: Clinician, now: datetime, verb: str) -> HomeItem:
    item.author_id, item.author, item.at = by.user_id, by.name, now
    try:
        with database.session.begin_nested():
            database.session.add(item)
    except IntegrityError:
        twin = _by_request(item.request_id)
        if twin is None:
            raise ChangedBefore from None
        return twin
    audit.record(verb, about=item.key, by=by.actor, now=now, patient_id=item.patient_id)
    return item


def _by_request(request_id: str | None) -> HomeItem | None:
    if request_id is None:
        return None
    return database.session.scalars(select(HomeItem).where(HomeItem.request_id == request_id)).first()
