"""What the page of an evaluation shows beside its fields: sections with their state, the body chart, the red flags."""

from typing import Any, NamedTuple

from clinic.care import defaults
from clinic.care.notes import Content
from clinic.care.notes.body import QUALITIES, REGION_BY_CODE
from clinic.care.notes.measures import measures


class Chosen(NamedTuple):
    """A place of the body chart that was chosen, in the order of choosing."""

    number: int
    code: str
    name: str
    quality: str
    intensity: int | None
    words: str


class Section(NamedTuple):
    """A section of the evaluation: where it is, what it is called, whether it is done, to do or open, and a word."""

    id: str
    label: str
    state: str
    words: str


def evaluation_parts(content: Content) -> dict[str, Any]:
    """Return what the evaluation shows; empty for another kind of note."""
    if content.evaluation is None:
        return {}
    questions = defaults.every("flag.")
    answers = {row.question: row.answer for row in content.flags}
    left = sum(one.key.removeprefix("flag.") not in answers for one in questions)
    yes = [one for one in questions if answers.get(one.key.removeprefix("flag.")) == "yes"]
    return {
        "chosen": [
            Chosen(row.number, row.region, REGION_BY_CODE[row.region].name, row.quality, row.intensity, row.words)
            for row in content.regions
            if row.region in REGION_BY_CODE
        ],
        "quality_choices": [(one.key, one.label) for one in QUALITIES],
        "flags_left": left,
        "flag_advice": list(dict.fromkeys(str(one.value["advice"]) for one in yes if one.value["advice"])),
        "sections": _sections(content, left),
    }


def _sections(content: Content, flags_left: int) -> list[Section]:
    note, e = content.note, content.evaluation
    if e is None:
        return []
    known = measures()
    taken: dict[str, int] = {}
    for row in content.measurements:
        if row.measure in known and (row.value is not None or row.grade):
            section = known[row.measure].section
            taken[section] = taken.get(section, 0) + 1

    def measured(section: str) -> tuple[str, str]:
        count = taken.get(section, 0)
        return ("done", f"{count} entered") if count else ("open", "")

    pain = bool(content.regions) and note.pain_now is not None and note.pain_worst is not None
    flags = ("todo", f"{flags_left} to answer") if flags_left else ("done", "all answered")
    movement = measured("movement") if e.direction and e.irritability else ("todo", "direction, irritability")
    judged = all((e.diagnosis, e.impairments, e.prognosis, e.necessity, e.presentation, e.decision))
    return [
        Section("section-pain", "Pain and body chart", *(("done", "") if pain else ("todo", "required"))),
        Section("section-flags", "Red flags", *flags),
        Section(
            "section-history",
            "Complaint and history",
            *(("done", "") if e.complaint and e.onset_kind else ("todo", "required")),
        ),
        Section("section-running", "Running profile", "done" if e.weekly_km is not None else "open", ""),
        Section("section-outcome", "Outcome measures", *measured("outcome")),
        Section("section-neuro", "Posture and neuro", *measured("neuro")),
        Section("section-movement", "Movement and direction", *movement),
        Section("section-strength", "Strength and endurance", *measured("strength")),
        Section("section-assessment", "Assessment", *(("done", "") if judged else ("todo", "required"))),
    ]
