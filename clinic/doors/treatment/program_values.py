"""A home program's forms, read into what the verbs take."""

from collections.abc import Mapping
from typing import Any

from clinic.care.homecare import Prescription, found_by
from clinic.care.homecare.doses import FIELDS
from clinic.care.homecare.rules.drinking import Gate
from clinic.care.homecare.rules.thermal import INSTRUCTIONS, Modality
from clinic.doors.treatment.note_values import DAY, DECIMAL, NUMBER, read
from clinic.refusals import Unacceptable

TEXTS = ("cue", "stop_if", "why", "routine", "despite")
NOT_FOUND = "No exercise of the library is called that. Type a part of its name."


def prescription_of(form: Mapping[str, str], *, weekdays: list[str]) -> Prescription:
    """Return what a form prescribes. Raises ``Unacceptable`` beside the field that is none."""
    kind = form.get("kind", "exercise")
    values: dict[str, Any] = {name: read(form, name) for name in TEXTS if name in form}
    values |= {"from_on": read(form, "from_on", DAY), "review_on": read(form, "review_on", DAY)}
    if kind == "exercise":
        code = form.get("code") or _code(form.get("exercise", ""))
        return Prescription(kind=kind, code=code, dose=_dose(form, weekdays), **values)
    if kind in INSTRUCTIONS:
        lines = INSTRUCTIONS[Modality(kind)].contraindications
        checks = {line.key: form.get(f"check.{kind}.{line.key}", "") for line in lines}
        return Prescription(kind=kind, minutes=read(form, "minutes", NUMBER), checks=checks, **values)
    if kind == "running":
        details = {"stage": read(form, "stage", NUMBER), "spm": read(form, "spm", NUMBER)}
        return Prescription(kind=kind, details=details, weekly_km=read(form, "weekly_km", DECIMAL), **values)
    if kind == "hydration":
        gates = [gate.value for gate in Gate if f"gate.{gate.value}" in form]
        return Prescription(kind=kind, name="Drinking", details={"gates": gates}, **values)
    if kind == "rest":
        return Prescription(kind=kind, name="Rest", **values)
    if kind == "avoid":
        return Prescription(kind=kind, name=read(form, "name"), code=form.get("code", "")[:40], **values)
    raise Unacceptable("Choose what to prescribe.", field="kind")


def _code(words: str) -> str:
    found = found_by(words)
    if found is None:
        raise Unacceptable(NOT_FOUND if words.strip() else "Type a part of its name.", field="exercise")
    return found.code


def _dose(form: Mapping[str, str], weekdays: list[str]) -> dict[str, str]:
    dose = {name: form[f"dose.{name}"].strip() for name in FIELDS if f"dose.{name}" in form}
    if dose and "dose.weekdays.shown" in form:
        dose["weekdays"] = " ".join(day for day in weekdays if day in "0123456")
    return dose
