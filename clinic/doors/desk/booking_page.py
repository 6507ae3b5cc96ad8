"""What the booking panel shows: the patient, the sentence where it must be asked, and the openings that fit."""

from collections.abc import Sequence
from datetime import date, datetime, timedelta
from typing import Any, NamedTuple

from flask import request

from clinic import clock
from clinic.care.intake.sentence import SENTENCE, focuses_of
from clinic.database import database
from clinic.doors import wording
from clinic.doors.desk.board import panel_page
from clinic.doors.desk.booking_choices import TYPED, Choice, choice, choices, facts_of, likely_type, read_choice
from clinic.doors.desk.booking_forms import BookingForm
from clinic.doors.desk.booking_kept import kept_for
from clinic.doors.desk.booking_screening import Asked, asked_on
from clinic.doors.desk.booking_times import Given, offer_therapists, wanted_time
from clinic.doors.desk.emergency import emergency_facts
from clinic.doors.desk.patient_forms import whole
from clinic.doors.desk.patient_words import wishes_words
from clinic.doors.threshold import person
from clinic.people import patients
from clinic.people.patients.models import Patient
from clinic.refusals import Refusal, Unacceptable
from clinic.scheduling import practice
from clinic.scheduling.booking.kept_queries import not_in_the_way
from clinic.scheduling.booking.offers import able, best_offers, nearest_offers, openings_for
from clinic.scheduling.booking.queries import next_visits_of
from clinic.scheduling.booking.refusals import OutsideHours
from clinic.scheduling.practice.models import AppointmentType
from clinic.timetable.grid import GRID, floor_to_grid, on_grid
from clinic.timetable.wall import AmbiguousTime, parse_day
from clinic.timetable.wishes import Wishes
from clinic.timetable.words import dial_words
from clinic.timetable.zones import to_wall

FOUND = 6
OF_THE_CALLER = ("q", "name", "phone", "email", "consent", "wished_days", "wished_when", "screening")
"""Fields whose refusal leaves the chosen time as it is."""


class Seeker(NamedTuple):
    """For whom openings are sought: somebody in the register or not, what hurts, what they wish."""

    patient: Patient | None
    focus: Sequence[Sequence[str]]
    wishes: Wishes | None
    besides: Sequence[str]

    @property
    def patient_id(self) -> int | None:
        """The number in the register."""
        return self.patient.id if self.patient else None


def booking_page(form: BookingForm, *, refusal: Refusal | None = None) -> str:
    """Return the panel, beside its day's board unless a script has that."""
    database.session.rollback()
    now, me = clock.now(), person().id
    form.prepare()
    kinds = practice.types()
    patient = _chosen(form)
    known = facts_of(patient, now=now) if patient is not None else None
    kind = next((k for k in kinds if k.id == form.type_id.data), None)
    if kind is None:
        used = bool(known and (known.last_visit or known.next_visit))
        kind = likely_type(kinds, known=used or not (patient or form.is_new_caller))
    form.type_id.choices = [(k.id, f"{k.name} {k.length}") for k in kinds]
    form.type_id.data = kind.id if kind else None
    offer_therapists(form)
    asked = asked_on(form, kind, user_id=me)
    given = _given(form)
    refused_time = refusal if refusal is not None and refusal.field not in OF_THE_CALLER else None
    cards, unfit = _openings(form, kind, asked, given, patient=patient, now=now, refusal=refused_time)
    kept = kept_for(form, user_id=me, now=now)
    held = str(form.held.data) if kept is not None and kind is not None and kept.type_id == kind.id else ""
    facts: dict[str, Any] = {
        "form": form,
        "patient": patient,
        "known": known,
        "wishes": wishes_words(patient.wished_days, patient.wished_from, patient.wished_until) if patient else "",
        "new_caller": form.is_new_caller,
        "no_letters": _gets_no_letters(form, patient),
        "asked": asked,
        "sentence": SENTENCE,
        "cards": cards,
        "unfit": unfit,
        "chosen": "" if refused_time else _checked(form, cards),
        "refused_time": refused_time,
        "kept_value": held,
        "kept_until": dial_words(kept.until, wording.zone()) if kept and held else "",
        "refusal": refusal,
        "asked_anew": request.form.get("look") == "ask",
        "ambiguous": isinstance(refusal, AmbiguousTime) or bool(form.fold.data),
        "needs_reason": bool(form.reason.data) or isinstance(refusal, OutsideHours) or _is_past(given, now),
        "on": _day(given),
        "grace": practice.clinic().grace_minutes,
        **_found(form, patient, now=now),
    }
    if asked.is_emergency and asked.screening is not None:
        facts |= emergency_facts(asked.screening)
    return panel_page("new_appointment", **facts)


def _found(form: BookingForm, patient: Patient | None, *, now: datetime) -> dict[str, Any]:
    """Return who answers to what was typed into the search."""
    typed = (form.q.data or "") if patient is None else ""
    found = patients.search(typed, limit=FOUND + 1)
    coming = next_visits_of([one.id for one in found], now=now)
    return {"found": found[:FOUND], "more": len(found) > FOUND, "typed": typed, "coming": coming}


def _gets_no_letters(form: BookingForm, patient: Patient | None) -> bool:
    if patient is not None:
        return not patient.gets_letters
    return form.is_new_caller and not ((form.email.data or "").strip() and form.consent.data)


def _checked(form: BookingForm, cards: list[Choice]) -> str:
    """Return the card to begin with: the one chosen before if it is still there, else the first."""
    values = [card.value for card in cards]
    if form.opening.data == TYPED or form.opening.data in values:
        return str(form.opening.data)
    return values[0] if values else TYPED


def _chosen(form: BookingForm) -> Patient | None:
    id_ = whole(form.patient_id.data)
    found = database.session.get(Patient, id_) if id_ is not None and 0 < id_ < 2**31 else None
    if found is None or found.inactive_at or found.deceased_at:
        form.patient_id.data = ""
        return None
    return found


def _given(form: BookingForm) -> Given | None:
    try:
        text = Given(*read_choice(form.opening.data)) if form.opening.data not in (None, "", TYPED) else None
        return text or wanted_time(form, practice.location())
    except (Refusal, OverflowError, ValueError):
        return None


def _is_past(given: Given | None, now: datetime) -> bool:
    return given is not None and given.starts_at < now


def _day(given: Given | None) -> date:
    """Return the day whose board stands beside the panel."""
    if given is not None:
        return to_wall(given.starts_at, wording.zone()).date()
    try:
        return parse_day(request.values.get("on", ""))
    except Unacceptable:
        return wording.today()


def _openings(
    form: BookingForm,
    kind: AppointmentType | None,
    asked: Asked,
    given: Given | None,
    *,
    patient: Patient | None,
    now: datetime,
    refusal: Refusal | None,
) -> tuple[list[Choice], str]:
    """Return the cards, and a sentence where the given time does not fit; none before the sentence is answered."""
    if kind is None or asked.waits or asked.is_emergency:
        return [], ""
    seeker = Seeker(
        patient,
        focuses_of(form.complaint.data or []) if asked.needed else (),
        None if patient else form.wishes(),
        not_in_the_way(person().id, now=now),
    )
    return _cards(kind, given, seeker, now=now, refusal=refusal)


def _cards(
    kind: AppointmentType, given: Given | None, seeker: Seeker, *, now: datetime, refusal: Refusal | None
) -> tuple[list[Choice], str]:
    if given is not None and given.starts_at >= now - GRID:
        colleague = next((c for c in able(kind) if c.id == given.therapist_id), None)
        if refusal is None and colleague and _fits(kind, given, colleague, seeker):
            first = choice(
                given.starts_at, given.starts_at + timedelta(minutes=kind.length), colleague, why="as chosen"
            )
            others = _best(kind, seeker, now=now, not_before=given.starts_at)
            return [first, *(card for card in others if card.value != first.value)][:3], ""
        near = nearest_offers(
            kind,
            around=given.starts_at,
            therapist_id=given.therapist_id,
            patient_id=seeker.patient_id,
            now=now,
            besides=seeker.besides,
        )
        return choices(near), "" if refusal else f"A visit of {kind.length} minutes does not fit there."
    return _best(kind, seeker, now=now, not_before=floor_to_grid(now + GRID)), ""


def _best(kind: AppointmentType, seeker: Seeker, *, now: datetime, not_before: datetime) -> list[Choice]:
    return choices(
        best_offers(
            kind,
            patient=seeker.patient,
            focus=seeker.focus,
            wishes=seeker.wishes,
            besides=seeker.besides,
            now=now,
            not_before=not_before,
        )
    )


def _fits(kind: AppointmentType, given: Given, colleague: practice.Colleague, seeker: Seeker) -> bool:
    if not on_grid(given.starts_at):
        return False
    found = openings_for(
        kind,
        therapists=[colleague],
        not_before=given.starts_at,
        days=1,
        patient_id=seeker.patient_id,
        besides=seeker.besides,
        step=GRID,
    )
    first = next(iter(found), None)
    return first is not None and first.starts_at == given.starts_at
