"""The charts of three runners, at different points of their care: written visit by visit, as it happens."""

from collections import Counter
from collections.abc import Collection, Sequence
from datetime import datetime, timedelta
from decimal import Decimal
from typing import NamedTuple

from clinic.care import defaults, notes, plans, signatures
from clinic.care.episodes import adopt, authorize, close_episode, open_episode
from clinic.care.notes import Done, Hurts, Measured, Note, NoteFacts, Ran, Stands
from clinic.care.plans.queries import goals_of
from clinic.care.plans.templates import templates
from clinic.care.signatures import Clinician
from clinic.database import database
from clinic.demo.story import treatment as treatment_of
from clinic.demo.story.cast import EVALUATION
from clinic.demo.story.courses import Visit
from clinic.demo.story.house import House
from clinic.people.accounts.models import User
from clinic.scheduling import practice
from clinic.scheduling.booking.models import Appointment
from clinic.timetable.zones import to_wall

DANA = 0
LATER = timedelta(minutes=4)
PROBLEM = "Low back pain, runner"
DOSES = ("3 × 10 s", "3 × 15 s", "3 × 20 s", "3 × 25 s", "3 × 30 s")
FADING = (15, 18, 20, 22, 16, 10, 5, 2)
"""Minutes with feedback, session by session (clinical reference B3, the fading template)."""
PACE = Decimal(6)
"""Minutes a kilometer."""
OWN_WORDS = (
    "Goals are within reach; running without pain for half an hour, sitting as before.",
    "Holds form for two minutes without a cue; still needs a hand when tired.",
)


class Runner(NamedTuple):
    """One of the three: the place in the cast, and how the story of their chart ends."""

    person: int
    end: str


class Charts:
    """Writes the charts of the runners whenever one of their visits is over."""

    def __init__(self, visits: Sequence[Visit], *, came: Collection[Visit], now: datetime) -> None:
        self.now = now
        self.ends = {runner.person: runner.end for runner in runners(visits, came=came)}
        self.past: dict[int, list[Visit]] = {person: [] for person in self.ends}
        for visit in sorted(came, key=lambda one: one.starts_at):
            if visit.person in self.past:
                self.past[visit.person].append(visit)
        self.episodes: dict[int, int] = {}
        self.done: dict[int, int] = {}

    def discharged(self) -> set[int]:
        """Return who is discharged, as places in the cast: they come no more."""
        return {person for person, end in self.ends.items() if end == "discharged"}

    def after(self, visit: Visit, *, at: datetime, house: House) -> None:
        """Write what is written after a visit; ``at`` is when it was completed. The caller commits."""
        if visit.person not in self.past or not visit.id or at + 4 * LATER > self.now:
            return
        appointment = database.session.get_one(Appointment, visit.id)
        who = _clinician(house, visit.member)
        if visit.kind == EVALUATION and visit.person not in self.episodes:
            self._evaluate(visit, appointment, who, at + LATER, house)
        elif visit.person in self.episodes:
            adopt(appointment)
            if appointment.episode_id is not None:
                self._treat(visit, appointment, who, at + LATER, house)

    def _evaluate(self, visit: Visit, appointment: Appointment, who: Clinician, at: datetime, house: House) -> None:
        today = to_wall(at, house.location.tz).date()
        episode = open_episode(
            patient_id=appointment.patient_id,
            therapist_id=appointment.therapist_id,
            problem=PROBLEM,
            payer="payer.medicare-b" if visit.person % 2 else "payer.commercial",
            referrer="Dr. A. Whitfield",
            referral_on=today - timedelta(days=6),
            by=who.actor,
            now=at,
        )
        self.episodes[visit.person], self.done[visit.person] = episode.id, 0
        adopt(appointment)
        note = notes.begin_note(appointment_id=appointment.id, episode_id=episode.id, by=who, now=at)
        note = _save(note, evaluation(), who, at, house)
        note = treatment_of.analyze(note, number=0, by=who, at=at)
        note = treatment_of.score(note, by=who, at=at)
        notes.sign_note(note_id=note.id, seen=note.version, by=who, now=at + LATER)
        draft = plans.begin_plan(episode_id=episode.id, by=who, now=at + LATER, today=today)
        follow_up = next(one.id for one in practice.types() if one.purpose == "follow-up")
        template = next(one for one in templates() if one.key == "runner-extension")
        facts = template.facts(from_on=today, type_id=follow_up)
        starts = (Decimal(6), Decimal(28), Decimal(15), Decimal(20))
        aims = tuple(aim._replace(baseline=start) for aim, start in zip(facts.goals or (), starts, strict=True))
        facts = plans.PlanFacts(
            values={**facts.values, "prognosis": "good", "agreed_on": today, "treadmill_at": [1, 4, 8]},
            diagnoses=("M54.59",),
            goals=aims,
            interventions=facts.interventions,
        )
        draft = plans.save_plan(plan_id=draft.id, facts=facts, seen=draft.version, by=who, now=at + LATER, today=today)
        plan = plans.sign_plan(plan_id=draft.id, seen=draft.version, by=who, now=at + 2 * LATER)
        treatment_of.begin_at_home(
            episode_id=episode.id, patient_id=appointment.patient_id, by=who, at=at + 3 * LATER, today=today
        )
        authorize(
            episode_id=episode.id,
            visits=10,
            until_on=today + timedelta(days=60),
            number="A-20417",
            by=house.desk,
            now=at + 3 * LATER,
        )
        plans.note_certification(
            plan_id=plan.id, step="sent", on=today, words="fax, 2 pages", by=who.actor, now=at + 3 * LATER, today=today
        )

    def _treat(self, visit: Visit, appointment: Appointment, who: Clinician, at: datetime, house: House) -> None:
        self.done[visit.person] += 1
        number = self.done[visit.person]
        last = self.past[visit.person][-1] is visit
        end = self.ends[visit.person] if last else ""
        kind = "discharge" if end == "discharged" else "progress report" if number == 9 else None
        if not who.is_therapist:
            kind = None
        note = notes.begin_note(appointment_id=appointment.id, by=who, now=at, kind=kind)
        note = treatment_of.treat_points(note, number=number, by=who, at=at)
        note = _save(note, treatment(note, number, over=end == "discharged"), who, at, house)
        note = treatment_of.score(note, by=who, at=at)
        note = treatment_of.analyze(note, number=number, by=who, at=at)
        today = to_wall(at, house.location.tz).date()
        treatment_of.go_on_at_home(episode_id=note.episode_id, number=number, by=who, at=at, today=today)
        if end == "unsigned":
            return
        note = notes.sign_note(note_id=note.id, seen=note.version, by=who, now=at + LATER)
        if not who.is_therapist and not last:
            notes.cosign_note(note_id=note.id, by=_clinician(house, DANA), now=at + 2 * LATER)
        if end == "discharged" and who.is_therapist:
            close_episode(episode_id=note.episode_id, why="Goals met", by=who.actor, now=at + 2 * LATER)


def runners(visits: Sequence[Visit], *, came: Collection[Visit]) -> list[Runner]:
    """Choose three who were evaluated by Dana: with the most visits behind them, with some, with few.

    ``came`` are the visits that somebody came to, and that are over.
    """
    counts = Counter(visit.person for visit in came)
    first: dict[int, Visit] = {}
    for visit in sorted(visits, key=lambda one: one.starts_at):
        first.setdefault(visit.person, visit)
    known = [
        person
        for person, visit in first.items()
        if visit.kind == EVALUATION and visit.member == DANA and visit in came and counts[person] > 1
    ]
    ranked = sorted(known, key=lambda person: (-counts[person], person))
    if len(ranked) < 3:
        return [Runner(person, "unsigned") for person in ranked]
    middle = ranked[len(ranked) // 3]
    return [Runner(ranked[0], "discharged"), Runner(middle, "unsigned"), Runner(ranked[-1], "signed")]


def _clinician(house: House, member: int) -> Clinician:
    return signatures.clinician(database.session.get_one(User, house.actors[member].user_id))


def _save(note: Note, facts: NoteFacts, who: Clinician, at: datetime, house: House) -> Note:
    today = to_wall(at, house.location.tz).date()
    return notes.save_note(
        note_id=note.id, facts=facts, seen=note.version, by=who, now=at, today=today, flags_version=0
    )


def evaluation() -> NoteFacts:
    """Return what is written at a first evaluation."""
    flags = [one.key.removeprefix("flag.") for one in defaults.every("flag.")]
    return NoteFacts(
        values={"pain_now": 5, "pain_best": 1, "pain_worst": 7},
        evaluation={
            "complaint": "My low back aches after half an hour of running and when I sit long.",
            "onset_kind": "gradual",
            "mechanism": "volume up by a third within a month",
            "aggravating": "sitting, bending, running over 25 min",
            "easing": "walking, lying prone",
            "pattern": "stiff in the morning",
            "radiation": "thigh",
            "work": "desk",
            "hopes": "run 10 km again, a half marathon in spring",
            "running_since": 2016,
            "weekly_km": Decimal(12),
            "weekly_km_before": Decimal(38),
            "longest_km": Decimal(18),
            "runs_a_week": 2,
            "runs_a_week_before": 4,
            "cadence": 162,
            "shoe_km": 90,
            "pain_starts": 25,
            "pain_stays": 180,
            "surface": "road, cambered",
            "changed_lately": "volume +30 %, new shoes",
            "recovery_days": 2,
            "posture": "flat low back in sitting",
            "direction": "extension",
            "irritability": "moderate",
            "diagnosis": "Mechanical low back pain, extension-biased",
            "impairments": "Lumbar extension and hip strength limited; cannot run 30 min or sit an hour",
            "contributing": "Weekly distance and shoes changed at once",
            "prognosis": "good",
            "necessity": "Needs graded manual care and gait cueing that cannot be done alone yet",
            "history_factors": 1,
            "examined_elements": 4,
            "presentation": "stable",
            "decision": "low",
        },
        measured=(
            Measured("lumbar-extension", "", Decimal(15)),
            Measured("lumbar-flexion", "", Decimal(45)),
            Measured("repeated-extension", "", None, "better"),
            Measured("slr", "L", Decimal(55)),
            Measured("slr", "R", Decimal(70)),
            Measured("side-plank", "L", Decimal(18)),
            Measured("side-plank", "R", Decimal(30)),
            Measured("hip-abductors", "L", Decimal(4)),
            Measured("hip-abductors", "R", Decimal(5)),
        ),
        hurts=(
            Hurts("back.low-back.left", "ache", 5, "deep"),
            Hurts("back.thigh-upper.left", "pulling", 3, "when sitting"),
        ),
        flags=dict.fromkeys(flags, "no"),
    )


def treatment(note: Note, number: int, *, over: bool) -> NoteFacts:
    """Return what is written after the ``number``-th treatment: a little better each time."""
    rows = {row.name: row for row in notes.content_of(note).treatments}
    step = min(number, len(DOSES)) - 1
    pain = max(5 - number, 1)
    done = tuple(
        Done(
            row.kind,
            row.category,
            row.name,
            row.side,
            DOSES[step] if row.name == "Side plank" else row.dose,
            FADING[min(number, len(FADING)) - 1] if row.kind == "gait retraining" else row.minutes or 5,
            row.response or _response(row.name, number),
            row_id=row.id,
        )
        for row in rows.values()
    ) or (Done("exercise", "exercise", "Side plank", "both", DOSES[step], 5, "form held"),)
    ran_on = note.service_at.date() - timedelta(days=2)
    cadence, in_band = 168 + min(number, 6), min(50 + 5 * number, 90)
    minutes = min(12 + 2 * number, 30)
    km = (Decimal(minutes) / PACE).quantize(Decimal("0.1"))
    runs = (Ran(ran_on, minutes, cadence, in_band, pain, max(pain - 1, 0), km),)
    values = {
        "since_last": "same" if number % 4 == 0 else "better",
        "pain_now": pain,
        "pain_best": 0,
        "pain_worst": min(pain + 2, 7),
        "home_done": 4 + number % 3,
        "home_planned": 6,
        "new_event": "none",
        "own_words": OWN_WORDS[note.kind == "visit"],
        "skilled_need": "Form and cadence still drift when tired",
        "next_focus": "Fade feedback, recheck extension",
        "run_until_next": "Stage 4 again, run 4 walk 2 × 5",
        "home_change": f"Side plank {DOSES[step]}; press-up as before",
    }
    return NoteFacts(
        values=values,
        measured=(
            Measured("lumbar-extension", "", Decimal(min(15 + 2 * number, 27))),
            Measured("slr", "L", Decimal(min(55 + 5 * (number // 2), 70))),
            Measured("side-plank", "L", Decimal(min(18 + 4 * number, 50))),
        ),
        done=done,
        runs=runs,
        goals=_goals(note, over=over) if note.kind != "visit" else None,
    )


def _response(name: str, number: int) -> str:
    return {
        "Treadmill run with metronome": f"{168 + min(number, 6)} spm, pain {max(5 - number, 1)}",
        "Strain-counterstrain": f"tenderness {max(7 - number, 2)} → {max(3 - number // 2, 0)}",
        "Prone press-up": "leg clear, back easier",
    }.get(name, "effort 6, form held")


def _goals(note: Note, *, over: bool) -> tuple[Stands, ...]:
    values = {"run-minutes": (20, 32), "odi": (22, 12), "uwri": (21, 27), "sit-minutes": (45, 75)}
    return tuple(
        Stands(
            row.goal.id,
            Decimal(values.get(row.goal.measure, (1, 1))[over]),
            "met" if over else "active",
            "",
        )
        for row in goals_of(note.episode_id)
        if row.is_open
    )
