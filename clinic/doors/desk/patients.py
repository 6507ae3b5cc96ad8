"""The register at the desk: find a patient, and see what there is to know."""

from flask import render_template, request
from flask.typing import ResponseReturnValue

from clinic import audit, clock
from clinic.database import database
from clinic.doors import wording
from clinic.doors.desk import door
from clinic.doors.desk.patient_forms import BirthDateForm, NewPatientForm, initials_of, showable, whole
from clinic.doors.desk.patient_words import trail_lines, wishes_words
from clinic.doors.desk.plan_words import plan_facts
from clinic.doors.threshold import is_scripted
from clinic.outbox.queries import last_failed, letters_of
from clinic.people import patients
from clinic.people.patients.home_link import is_open
from clinic.scheduling import practice
from clinic.scheduling.booking.course_queries import courses_of
from clinic.scheduling.booking.queries import appointments_of, next_visits_of

FEW = 8
MANY = 50
BOOKABLE = frozenset({"booked", "arrived", "in session"})


@door.get("/patients", endpoint="patients")
def register() -> ResponseReturnValue:
    """Show those who were registered last, and the search."""
    found, now = patients.newest(limit=20), clock.now()
    coming = next_visits_of([one.id for one in found], now=now)
    return render_template("desk/patients.html", found=found, typed=None, more=False, coming=coming)


@door.post("/patients/search", endpoint="patient_search")
def search() -> ResponseReturnValue:
    """Find patients: rows for a script, ``for=booking`` rows to choose from, else the whole page.

    It is a POST so that no name stands in an address.
    """
    typed = request.form.get("q", "")[:200]
    scripted = is_scripted()
    limit = FEW if scripted else MANY
    found = patients.search(typed, limit=limit + 1)
    coming = next_visits_of([one.id for one in found[:limit]], now=clock.now())
    facts = {"found": found[:limit], "more": len(found) > limit, "typed": showable(typed), "coming": coming}
    if scripted:
        return render_template("desk/_patient_rows.html", booking=request.form.get("for") == "booking", **facts)
    return render_template("desk/patients.html", **facts)


@door.post("/patients/resembling", endpoint="patient_resembling")
def warn() -> ResponseReturnValue:
    """Say whether what was typed so far may be somebody we know."""
    form = NewPatientForm()
    alike = patients.resembling(
        name=form.name.data or "",
        phone=form.phone.data or "",
        email=form.email.data or "",
        born_on=form.born_on.data,
        except_id=whole(request.form.get("patient_id")),
    )
    return render_template("desk/_patient_resembling.html", alike=alike)


@door.get("/patients/<int:patient_id>", endpoint="patient")
def page(patient_id: int) -> ResponseReturnValue:
    """Show one patient."""
    return patient_page(patient_id)


def patient_page(patient_id: int, *, refusal: str = "", birth_date: BirthDateForm | None = None) -> str:
    """Return a patient's page, with a refusal on top where there is one. Raises ``NoSuchPatient``."""
    database.session.rollback()
    found = patients.patient(patient_id)
    colleagues = practice.colleagues(with_left=True)
    coming, past = appointments_of(patient_id, now=clock.now())
    letters, home_link = letters_of(patient_id), patients.home_link_of(patient_id)
    return render_template(
        "desk/patient.html",
        patient=found,
        initials=initials_of(found),
        usual=next((one.name for one in colleagues if one.id == found.usual_therapist_id), ""),
        wishes=wishes_words(found.wished_days, found.wished_from, found.wished_until),
        coming=coming,
        still_booked=sum(row.status in BOOKABLE for row in coming),
        past=past,
        courses=courses_of(patient_id, now=clock.now()),
        plans=plan_facts(patient_id),
        letters=letters,
        letter_failed=last_failed(letters),
        visits={row.key: row for row in coming + past},
        trail=trail_lines(audit.entries_about(f"patient:{patient_id}"), colleagues=colleagues),
        birth_date=birth_date or BirthDateForm(formdata=None),
        home_link=home_link,
        home_link_works=home_link is not None and is_open(home_link, today=wording.today()),
        refusal=refusal,
    )
