"""What the tests of care do over and over: an episode, a plan, a note, each in a transaction of its own."""

from collections.abc import Callable
from datetime import date, datetime
from decimal import Decimal
from typing import Any, TypeVar

from sqlalchemy import select

from clinic.care import notes, plans, signatures
from clinic.care.episodes import Episode, open_episode
from clinic.care.notes import Done, Hurts, Measured, Note, NoteFacts
from clinic.care.plans import Aim, Plan, PlanFacts, Prescribed
from clinic.care.signatures import Clinician
from clinic.database import database, transaction
from clinic.people.accounts.models import User
from clinic.scheduling import booking
from tests.cast import CAST, KIM, NOW, at

TODAY = date(2026, 11, 24)
Result = TypeVar("Result")
FLAGS = (
    "saddle",
    "bladder-bowel",
    "leg-weakness",
    "both-legs",
    "cancer",
    "weight-fever",
    "night-pain",
    "trauma",
    "bone-pain",
    "stress-fracture",
    "immune",
    "pregnant",
)


def clinician(first_name: str) -> Clinician:
    """Return one of the cast as they act in a chart."""
    user = database.session.scalars(select(User).where(User.name.startswith(first_name))).one()
    found = signatures.clinician(user)
    database.session.rollback()
    return found


def within(verb: Callable[[], Result]) -> Result:
    """Run a verb in a transaction of its own."""
    database.session.rollback()
    with transaction():
        return verb()


def visit(*, starts_at: datetime | None = None, type_id: int = CAST.follow_up, **changes: Any) -> int:
    """Book an appointment of Ada with Dana, and return its id."""
    facts: dict[str, Any] = {"patient_id": CAST.ada, "therapist_id": CAST.dana, "type_id": type_id}
    facts |= {"starts_at": starts_at or at(9), "by": KIM, "now": NOW} | changes
    return within(lambda: booking.book(**facts)).id


def episode(**changes: Any) -> Episode:
    """Open an episode of Ada's low back, Dana in charge."""
    facts: dict[str, Any] = {"patient_id": CAST.ada, "therapist_id": CAST.dana, "problem": "Low back pain, runner"}
    facts |= {"payer": "payer.medicare-b", "by": clinician("Dana").actor, "now": NOW} | changes
    return within(lambda: open_episode(**facts))


def begun(appointment_id: int, *, who: str = "Dana", now: datetime = NOW, **changes: Any) -> Note:
    """Begin the note of an appointment."""
    by = clinician(who)
    return within(lambda: notes.begin_note(appointment_id=appointment_id, by=by, now=now, **changes))


def first_note() -> Note:
    """Begin the note of a visit of Ada, and the episode that it belongs to."""
    appointment = visit()
    episode()
    return begun(appointment)


def saved(note: Note, facts: NoteFacts, *, who: str = "Dana", now: datetime = NOW, seen: int | None = None) -> Note:
    """Save a note as it was last seen."""
    by, version = clinician(who), note.version if seen is None else seen
    return within(
        lambda: notes.save_note(
            note_id=note.id, facts=facts, seen=version, by=by, now=now, today=now.date(), flags_version=1
        )
    )


def signed(note: Note, *, who: str = "Dana", now: datetime | None = None) -> Note:
    """Sign a note as it was last seen."""
    by, when = clinician(who), now or at(12)
    return within(lambda: notes.sign_note(note_id=note.id, seen=note.version, by=by, now=when))


def visit_facts(**values: Any) -> NoteFacts:
    """Return the facts of a routine visit, complete."""
    columns = {"since_last": "better", "pain_now": 3, "pain_worst": 5, "new_event": "none"}
    columns |= {"skilled_need": "Form needs a hand", "next_focus": "Fade feedback"} | values
    return NoteFacts(
        values=columns,
        measured=(Measured("side-plank", "L", Decimal(30)), Measured("lumbar-extension", "", Decimal(25))),
        done=(Done("exercise", "exercise", "Side plank", "both", "3 × 20 s", 10, "form held"),),
    )


def evaluation_facts(**evaluation: Any) -> NoteFacts:
    """Return the facts of an evaluation, complete."""
    columns = {
        "complaint": "My low back hurts after half an hour of running.",
        "onset_kind": "gradual",
        "direction": "extension",
        "irritability": "moderate",
        "diagnosis": "Mechanical low back pain, extension-biased",
        "impairments": "Extension and hip strength limited; cannot run 30 min",
        "prognosis": "good",
        "necessity": "Needs graded manual care and gait cueing",
        "presentation": "stable",
        "decision": "low",
        "history_factors": 1,
        "examined_elements": 4,
    }
    return NoteFacts(
        values={"pain_now": 4, "pain_best": 1, "pain_worst": 6},
        evaluation=columns | evaluation,
        measured=(Measured("lumbar-extension", "", Decimal(15)), Measured("slr", "L", Decimal(55))),
        hurts=(Hurts("back.low-back.left", "ache", 5, "deep"),),
        flags=dict.fromkeys(FLAGS, "no"),
    )


def plan_facts(**values: Any) -> PlanFacts:
    """Return the facts of a plan, complete."""
    columns: dict[str, Any] = {
        "impairments": "Extension and hip strength limited",
        "amount": 1,
        "phases": [[2, 4], [1, 4]],
        "from_on": TODAY,
        "type_id": CAST.follow_up,
        "least_apart": 2,
        "treadmill_at": [1, 4, 8],
        "reevaluate_every": 6,
        "prognosis": "good",
        "discharge_when": "LT1 met, and two weeks of own running without a red day",
    }
    return PlanFacts(
        values=columns | values,
        diagnoses=("M54.59",),
        goals=(
            Aim(
                term="LT",
                function="run 30 min without a break",
                measured="Running without a break",
                measure="run-minutes",
                unit="min",
                baseline=Decimal(6),
                baseline_on=TODAY,
                target=Decimal(30),
                due_on=date(2026, 12, 22),
            ),
        ),
        interventions=(
            Prescribed("exercise", "exercise", "Side plank", "both", "3 × 15 s", 5, "Trunk endurance"),
            Prescribed("gait retraining", "gait", "Treadmill with metronome", "", "174 spm", 15, "Cadence low"),
            Prescribed("home care", "self-care", "Heat", "", "15 min, evening", None, "Eases"),
        ),
    )


def planned(of: Episode, facts: PlanFacts | None = None, *, who: str = "Dana") -> Plan:
    """Begin and save the plan of an episode."""
    by = clinician(who)
    draft = within(lambda: plans.begin_plan(episode_id=of.id, by=by, now=NOW, today=TODAY))
    return within(
        lambda: plans.save_plan(
            plan_id=draft.id, facts=facts or plan_facts(), seen=draft.version, by=by, now=NOW, today=TODAY
        )
    )


def plan_signed(plan: Plan, *, who: str = "Dana", now: datetime = NOW) -> Plan:
    """Sign a plan as it was last seen."""
    by = clinician(who)
    return within(lambda: plans.sign_plan(plan_id=plan.id, seen=plan.version, by=by, now=now))
