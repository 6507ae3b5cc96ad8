"""Templates that fill a plan in a minute: pure data, with sources; a licensed therapist has to confirm each default."""

from datetime import date, timedelta
from decimal import Decimal
from typing import NamedTuple

from clinic.care.plans.facts import Aim, PlanFacts, Prescribed

CAI = "Cai 2017, MSSE 49:2374: lower-limb strengthening helped runners' function most"
LONG = "Long 2004, Spine 29:2593: exercise in the preferred direction"
HEIDERSCHEIT = "Heiderscheit 2011, MSSE 43:296: a higher step rate lowers load; no trial in low back pain"


class Template(NamedTuple):
    """A plan to start from: its words, frequency, goals and interventions, and where the defaults come from."""

    key: str
    name: str
    source: str
    impairments: str
    precautions: str
    phases: tuple[tuple[int, int], ...]
    discharge_when: str
    goals: tuple[Aim, ...]
    interventions: tuple[Prescribed, ...]

    def facts(self, *, from_on: date, type_id: int | None) -> PlanFacts:
        """Return the template as what a person would have written, its goals due from ``from_on``."""
        weeks = sum(weeks for _, weeks in self.phases)
        due = {"LT": from_on + timedelta(weeks=weeks), "ST": from_on + timedelta(weeks=max(weeks // 2, 1))}
        return PlanFacts(
            values={
                "impairments": self.impairments,
                "precautions": self.precautions,
                "phases": [list(phase) for phase in self.phases],
                "from_on": from_on,
                "type_id": type_id,
                "least_apart": 2,
                "reevaluate_every": 6,
                "discharge_when": self.discharge_when,
            },
            goals=tuple(aim._replace(baseline_on=from_on, due_on=due[aim.term]) for aim in self.goals),
            interventions=self.interventions,
        )


RUN_30 = Aim(
    "LT", "run 30 min without a break, pain ≤ 2 next morning", "run-minutes", "Running", "min", target=Decimal(30)
)
SIT_60 = Aim("ST", "sit an hour at work, pain ≤ 2", "sit-minutes", "Sitting", "min", target=Decimal(60))
ODI = Aim("LT", "sit, lift and sleep as before", "odi", "ODI", "%", target=Decimal(16), comparison="<=")
UWRI = Aim("LT", "train without holding back", "uwri", "UWRI", "", target=Decimal(23))
CADENCE = Prescribed(
    "gait retraining",
    "gait",
    "Treadmill run with metronome",
    "",
    "baseline + 5 %, fading",
    15,
    "Step rate low",
)
SIDE_PLANK = Prescribed("exercise", "exercise", "Side plank", "both", "3 × 10 s", 5, "Trunk endurance")
SPLIT_SQUAT = Prescribed("exercise", "exercise", "Split squat", "both", "3 × 8", 8, "Leg strength carries the run")
WALK_RUN = Prescribed("home care", "self-care", "Run and walk, by stages", "", "3 a week, rest days", None, "Load")
HEAT = Prescribed("home care", "heat-cold", "Heat", "", "15 min, evening, towel between", None, "Short-term relief")

TEMPLATES = (
    Template(
        "runner-extension",
        "Runner, low back, extension-biased",
        f"{LONG}; {CAI}; {HEIDERSCHEIT}; doses to be confirmed by a licensed therapist",
        "Lumbar extension and hip strength limited; running stopped by pain",
        "No end-range flexion under load",
        ((2, 4), (1, 4)),
        "Long-term goals met, and two weeks of own running without a red day",
        (RUN_30, ODI, UWRI, SIT_60),
        (
            CADENCE,
            Prescribed("manual therapy", "manual", "Strain-counterstrain", "", "90 s a point", 8, "Tender points"),
            Prescribed("exercise", "exercise", "Prone press-up", "", "10, 4 times a day", 5, "Eases with extension"),
            SIDE_PLANK,
            SPLIT_SQUAT,
            WALK_RUN,
            HEAT,
        ),
    ),
    Template(
        "runner-flexion",
        "Runner, low back, flexion-biased",
        f"{LONG}; {CAI}; doses to be confirmed by a licensed therapist",
        "Standing and running extended hurt; hip extension limited",
        "No repeated extension while it spreads",
        ((2, 4), (1, 2)),
        "Long-term goals met, and two weeks of own running without a red day",
        (RUN_30, ODI, UWRI),
        (
            CADENCE,
            Prescribed("exercise", "exercise", "Knees to chest", "both", "10 × 5 s", 5, "Eases with flexion"),
            SIDE_PLANK,
            SPLIT_SQUAT,
            WALK_RUN,
        ),
    ),
    Template(
        "low-back",
        "Low back, not running",
        f"{LONG}; doses to be confirmed by a licensed therapist",
        "Sitting and lifting limited by pain",
        "",
        ((2, 3), (1, 3)),
        "Long-term goals met, and own exercises kept up for two weeks",
        (ODI, SIT_60),
        (
            Prescribed("manual therapy", "manual", "Mobilization, lumbar", "", "3 × 60 s", 8, "Stiff segments"),
            Prescribed("exercise", "exercise", "Bird dog", "both", "3 × 8 s", 5, "Trunk control"),
            SIDE_PLANK,
            HEAT,
        ),
    ),
)
BY_KEY = {one.key: one for one in TEMPLATES}
