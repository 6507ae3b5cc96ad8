"""Register a patient at the desk, and change what is known."""

from collections.abc import Callable
from typing import Any

from flask import redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from clinic import clock
from clinic.doors.desk import door
from clinic.doors.desk.patient_forms import (
    BirthDateForm,
    ChangePatientForm,
    NewPatientForm,
    PatientForm,
    StepForm,
    whole,
)
from clinic.doors.desk.patient_words import LABELS, fact_words
from clinic.doors.desk.patients import patient_page
from clinic.doors.threshold import actor, redo
from clinic.people import patients
from clinic.people.patients import ChangedBySomebody, Patient, Resemblance
from clinic.people.patients.particulars import facts, faults
from clinic.refusals import Refusal
from clinic.scheduling import practice

STEPS: dict[str, Callable[..., Patient]] = {
    "deactivate": patients.deactivate,
    "reactivate": patients.reactivate,
    "deceased": patients.mark_deceased,
    "not-deceased": patients.unmark_deceased,
}


@door.get("/patients/new", endpoint="new_patient")
def new() -> ResponseReturnValue:
    """Show an empty form."""
    form = NewPatientForm()
    form.prepare()
    return _form_page(form)


@door.post("/patients/new", endpoint="register_patient")
def register() -> ResponseReturnValue:
    """Register a patient; with ``look``, only look whether we know them, and keep what was typed."""
    form = NewPatientForm()
    if "look" in request.form:
        form.name.data = form.name.data or request.form.get("q", "")
        form.prepare()
        return _form_page(form, alike=_alike(form))
    if not form.validate():
        _refuse_all(form)
        return _form_page(form), 422
    by, now = actor(), clock.now()
    try:
        made = redo(lambda: patients.register(**form.facts(), request_id=form.request_id.data or None, by=by, now=now))
    except Refusal as refusal:
        _refuse_all(form, refusal)
        return _form_page(form), refusal.status
    return redirect(url_for("desk.patient", patient_id=made.id), 303)


@door.get("/patients/<int:patient_id>/edit", endpoint="edit_patient")
def edit(patient_id: int) -> ResponseReturnValue:
    """Show what is known, to change it."""
    form = ChangePatientForm()
    found = patients.patient(patient_id)
    form.show(found)
    return _form_page(form, patient=found)


@door.post("/patients/<int:patient_id>/edit", endpoint="change_patient")
def change(patient_id: int) -> ResponseReturnValue:
    """Write down what is known now."""
    form = ChangePatientForm()
    if not form.validate():
        _refuse_all(form)
        return _form_page(form, patient=patients.patient(patient_id)), 422
    by, now = actor(), clock.now()
    try:
        redo(lambda: patients.change(patient_id=patient_id, **form.facts(), seen=form.seen, by=by, now=now))
    except Refusal as refusal:
        if refusal.status == 404:
            raise
        _refuse_all(form, refusal)
        found = patients.patient(patient_id)
        changed = isinstance(refusal, ChangedBySomebody)
        return _form_page(form, patient=found, meanwhile=_meanwhile(form, found) if changed else []), refusal.status
    return redirect(url_for("desk.patient", patient_id=patient_id), 303)


@door.post("/patients/<int:patient_id>/birth-date", endpoint="note_birth_date")
def note_birth_date(patient_id: int) -> ResponseReturnValue:
    """Write down the birth date that was asked at the first arrival."""
    form = BirthDateForm()
    if not form.validate():
        return patient_page(patient_id, birth_date=form), 422
    by, now, seen = actor(), clock.now(), whole(form.version.data)
    try:
        redo(
            lambda: patients.note_birth_date(
                patient_id=patient_id, born_on=form.born_on.data, seen=seen, by=by, now=now
            )
        )
    except Refusal as refusal:
        if refusal.status == 404:
            raise
        form.refuse(refusal)
        return patient_page(
            patient_id, birth_date=form, refusal="" if refusal.field else refusal.sentence
        ), refusal.status
    return redirect(url_for("desk.patient", patient_id=patient_id), 303)


@door.post(
    "/patients/<int:patient_id>/<any('deactivate','reactivate','deceased','not-deceased'):step>",
    endpoint="patient_step",
)
def take(patient_id: int, step: str) -> ResponseReturnValue:
    """Mark a patient inactive or deceased, or take that back."""
    form = StepForm()
    if not form.validate():
        return patient_page(patient_id, refusal=" ".join(form.version.errors)), 422
    by, now, seen = actor(), clock.now(), whole(form.version.data)
    try:
        redo(lambda: STEPS[step](patient_id=patient_id, seen=seen, by=by, now=now))
    except Refusal as refusal:
        if refusal.status == 404:
            raise
        return patient_page(patient_id, refusal=refusal.sentence), refusal.status
    return redirect(url_for("desk.patient", patient_id=patient_id), 303)


def _refuse_all(form: PatientForm, refusal: Refusal | None = None) -> None:
    """Put beside each field what cannot be there, all at once, and what the register said besides."""
    for fault in faults(**form.facts(), now=clock.now()):
        field = form[fault.field] if fault.field and fault.field in form else None
        if field is None or not field.errors:
            form.refuse(fault)
    field = form[refusal.field] if refusal is not None and refusal.field and refusal.field in form else None
    if refusal is not None and (field is None or not field.errors):
        form.refuse(refusal)


def _form_page(
    form: PatientForm,
    *,
    patient: Patient | None = None,
    alike: list[Resemblance] | None = None,
    meanwhile: list[str] | None = None,
) -> str:
    """Return the page of a form, with those we may know and what somebody else wrote meanwhile."""
    form.offer(_therapists(patient))
    looked = alike is not None
    return render_template(
        "desk/patient_form.html",
        form=form,
        patient=patient,
        alike=alike or [],
        looked=looked,
        meanwhile=meanwhile or [],
    )


def _therapists(patient: Patient | None) -> list[practice.Colleague]:
    """Return whom to offer as usual therapist: those who treat here, and the one it was even if they left."""
    kept = patient.usual_therapist_id if patient else None
    return [one for one in practice.colleagues(with_left=True) if one.active or one.id == kept]


def _alike(form: PatientForm) -> list[Resemblance]:
    typed = form.facts()
    return patients.resembling(**{name: typed[name] for name in ("name", "phone", "email", "born_on")})


def _meanwhile(form: ChangePatientForm, patient: Patient) -> list[str]:
    """Return, in words, what the register says now where it is not what was typed; saving again is deliberate."""
    form.version.data = str(patient.version)
    known: dict[str, Any] = {**facts(patient), "consent": patient.consent_at is not None}
    typed = form.facts()
    typed["phone"] = _normal(typed["phone"])
    different = [name for name in LABELS if name in typed and typed[name] != known[name]]
    colleagues = practice.colleagues(with_left=True)
    plain = {name: value.isoformat() if name == "born_on" and value else value for name, value in known.items()}
    return [f"{LABELS[name]}: {fact_words(name, plain, colleagues)}" for name in different]


def _normal(phone: str) -> str:
    try:
        return patients.normal_phone(phone)
    except Refusal:
        return phone
