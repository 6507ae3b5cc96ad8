"""The plans to start from that the program brings; a licensed therapist has to confirm each dose."""

from typing import Any

from clinic.care.defaults.entry import Shipped

CAI = "Cai 2017, MSSE 49:2374: lower-limb strengthening helped runners' function most"
LONG = "Long 2004, Spine 29:2593: exercise in the preferred direction"
HEIDERSCHEIT = "Heiderscheit 2011, MSSE 43:296: a higher step rate lowers load; no trial in low back pain"
DOSES = "doses: To be confirmed by a licensed therapist"


def _goal(
    term: str, function: str, measure: str, measured: str, unit: str, target: float, comparison: str = ">="
) -> dict[str, Any]:
    return {
        "term": term,
        "function": function,
        "measure": measure,
        "measured": measured,
        "unit": unit,
        "target": target,
        "comparison": comparison,
    }


def _given(
    kind: str, category: str, name: str, dose: str, minutes: int | None, why: str, side: str = ""
) -> dict[str, Any]:
    return {
        "kind": kind,
        "category": category,
        "name": name,
        "side": side,
        "dose": dose,
        "minutes": minutes,
        "why": why,
    }


RUN_30 = _goal("LT", "run 30 min without a break, pain ≤ 2 next morning", "run-minutes", "Running", "min", 30)
SIT_60 = _goal("ST", "sit an hour at work, pain ≤ 2", "sit-minutes", "Sitting", "min", 60)
ODI = _goal("LT", "sit, lift and sleep as before", "odi", "ODI", "%", 16, "<=")
UWRI = _goal("LT", "train without holding back", "uwri", "UWRI", "", 23)
CADENCE = _given(
    "gait retraining", "gait", "Treadmill run with metronome", "baseline + 5 %, fading", 15, "Step rate low"
)
SIDE_PLANK = _given("exercise", "exercise", "Side plank", "3 × 10 s", 5, "Trunk endurance", "both")
SPLIT_SQUAT = _given("exercise", "exercise", "Split squat", "3 × 8", 8, "Leg strength carries the run", "both")
WALK_RUN = _given("home care", "self-care", "Run and walk, by stages", "3 a week, rest days", None, "Load")
HEAT = _given("home care", "heat-cold", "Heat", "15 min, evening, towel between", None, "Short-term relief")
OWN_RUNNING = "Long-term goals met, and two weeks of own running without a red day"


def _template(key: str, name: str, source: str, **value: Any) -> Shipped:
    return Shipped(f"template.{key}", "Plan templates", name, {**value, "retired": False}, f"{source}; {DOSES}")


PLAN_TEMPLATES = (
    _template(
        "runner-extension",
        "Runner, low back, extension-biased",
        f"{LONG}; {CAI}; {HEIDERSCHEIT}",
        impairments="Lumbar extension and hip strength limited; running stopped by pain",
        precautions="No end-range flexion under load",
        phases=[[2, 4], [1, 4]],
        discharge_when=OWN_RUNNING,
        goals=[RUN_30, ODI, UWRI, SIT_60],
        interventions=[
            CADENCE,
            _given("manual therapy", "manual", "Strain-counterstrain", "90 s a point", 8, "Tender points"),
            _given("exercise", "exercise", "Prone press-up", "10, 4 times a day", 5, "Eases with extension"),
            SIDE_PLANK,
            SPLIT_SQUAT,
            WALK_RUN,
            HEAT,
        ],
    ),
    _template(
        "runner-flexion",
        "Runner, low back, flexion-biased",
        f"{LONG}; {CAI}",
        impairments="Standing and running extended hurt; hip extension limited",
        precautions="No repeated extension while it spreads",
        phases=[[2, 4], [1, 2]],
        discharge_when=OWN_RUNNING,
        goals=[RUN_30, ODI, UWRI],
        interventions=[
            CADENCE,
            _given("exercise", "exercise", "Knees to chest", "10 × 5 s", 5, "Eases with flexion", "both"),
            SIDE_PLANK,
            SPLIT_SQUAT,
            WALK_RUN,
        ],
    ),
    _template(
        "low-back",
        "Low back, not running",
        LONG,
        impairments="Sitting and lifting limited by pain",
        precautions="",
        phases=[[2, 3], [1, 3]],
        discharge_when="Long-term goals met, and own exercises kept up for two weeks",
        goals=[ODI, SIT_60],
        interventions=[
            _given("manual therapy", "manual", "Mobilization, lumbar", "3 × 60 s", 8, "Stiff segments"),
            _given("exercise", "exercise", "Bird dog", "3 × 8 s", 5, "Trunk control", "both"),
            SIDE_PLANK,
            HEAT,
        ],
    ),
)
