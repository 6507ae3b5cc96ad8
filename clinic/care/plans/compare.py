"""What a new version of a plan changed of the one before."""

from clinic.care.plans.models import Intervention, Plan
from clinic.care.plans.queries import diagnoses_of, interventions_of

FACTS = {
    "impairments": "Impairments",
    "precautions": "Precautions",
    "discharge_when": "Discharge when",
    "prognosis": "Prognosis",
}


def what_changed(before: Plan, after: Plan) -> list[str]:
    """Return the differences between two versions, each in a sentence."""
    found = [
        f"{label}: {getattr(before, name) or 'nothing'} → {getattr(after, name) or 'nothing'}"
        for name, label in FACTS.items()
        if getattr(before, name) != getattr(after, name)
    ]
    if before.phases != after.phases:
        found.append(f"Frequency: {frequency_words(before)} → {frequency_words(after)}")
    old_codes, new_codes = ([row.code for row in diagnoses_of(one.id)] for one in (before, after))
    if old_codes != new_codes:
        found.append(f"Diagnosis: {', '.join(old_codes)} → {', '.join(new_codes)}")
    return found + _interventions(before, after)


def _interventions(before: Plan, after: Plan) -> list[str]:
    old, new = ({_key(row): row for row in interventions_of(one.id)} for one in (before, after))
    added = [f"New: {row.name}, {row.dose}" for key, row in new.items() if key not in old]
    gone = [f"Gone: {row.name}" for key, row in old.items() if key not in new]
    both = [(old[key], row) for key, row in new.items() if key in old]
    changed = [f"{row.name}: {was.dose} → {row.dose}" for was, row in both if was.dose != row.dose]
    stopped = [f"Stopped: {row.name}, {row.stopped}" for was, row in both if row.stopped and not was.stopped]
    return added + changed + stopped + gone


def frequency_words(plan: Plan) -> str:
    """Return how often and how long: 2 × a week for 4 weeks, then 1 × for 4."""
    parts = []
    for place, (per_week, weeks) in enumerate(plan.phases):
        parts.append(f"then {per_week} × for {weeks}" if place else f"{per_week} × a week for {weeks} weeks")
    return ", ".join(parts) or "nothing"


def _key(row: Intervention) -> tuple[str, str]:
    return row.name.casefold(), row.side
