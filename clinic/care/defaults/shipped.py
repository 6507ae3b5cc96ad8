"""What the program brings: each clinical default with its source; pure data, version 0 of every key.

``OURS`` marks what no source was found for: a licensed therapist has to confirm it.
"""

from typing import Any

from clinic.care.defaults.entry import OURS, Shipped
from clinic.care.defaults.gait import GAIT
from clinic.care.defaults.manual import MANUAL
from clinic.care.defaults.plan_templates import PLAN_TEMPLATES


def _measure(key: str, label: str, unit: str, section: str, source: str = OURS, **value: Any) -> Shipped:
    blank = {"low": None, "high": None, "normal": None, "mdc": None, "mcid": None, "better": "", "sided": False}
    fields = {**blank, "unit": unit, "section": section, "grades": [], **value}
    return Shipped(f"measure.{key}", "Measures", label, fields, source)


def _graded(key: str, label: str, section: str, grades: list[str], *, sided: bool = True) -> Shipped:
    return _measure(key, label, "", section, grades=grades, normal=grades[0], sided=sided)


EFFECTS = ["no effect", "better", "worse", "centralizes", "peripheralizes"]
CHILDS = "Childs 2005, Spine 30:1331 (MDC 2); Ostelo 2008, Spine (important change 2 or 30 %)"

MEASURES = (
    _measure("pain", "Pain", "/10", "pain", CHILDS, low=0, high=10, mdc=2, mcid=2, better="lower"),
    _measure(
        "odi",
        "ODI",
        "%",
        "outcome",
        "Ostelo 2008, Spine (important change 10 or 30 %); modified-ODI scoring text (MDC90 10)",
        low=0,
        high=100,
        mdc=10,
        mcid=10,
        better="lower",
    ),
    _measure(
        "rmdq",
        "RMDQ",
        "",
        "outcome",
        "Ostelo 2008, Spine (important change 5 or 30 %); no MDC found",
        low=0,
        high=24,
        mcid=5,
        better="lower",
    ),
    _measure(
        "lefs",
        "LEFS",
        "",
        "outcome",
        "Binkley 1999, Phys Ther 79:371 (MDC 9, important change 9)",
        low=0,
        high=80,
        mdc=9,
        mcid=9,
        better="higher",
    ),
    _measure(
        "psfs",
        "PSFS",
        "/10",
        "outcome",
        f"{OURS}: MDC 2 for the mean (Stratford 1995, from memory)",
        low=0,
        high=10,
        mdc=2,
        mcid=2,
        better="higher",
    ),
    _measure(
        "uwri",
        "UWRI",
        "",
        "outcome",
        "Nelson 2020, JOSPT 50:702 (important change 8); Nelson 2019, JOSPT 49:751 (MDC95 4.1, computed)",
        low=0,
        high=36,
        mdc=4.1,
        mcid=8,
        better="higher",
    ),
    _measure(
        "groc",
        "Global change",
        "",
        "outcome",
        "Bobos 2020, PMC7025089 (11-point scale, important change 2.5)",
        low=-5,
        high=5,
        mcid=2.5,
        better="higher",
    ),
    _measure(
        "lumbar-flexion", "Lumbar flexion, standing", "°", "movement", low=0, high=120, normal=60, better="higher"
    ),
    _measure(
        "lumbar-extension", "Lumbar extension, standing", "°", "movement", low=0, high=60, normal=25, better="higher"
    ),
    _measure(
        "side-bend", "Side-bend, standing", "°", "movement", low=0, high=60, normal=25, better="higher", sided=True
    ),
    _graded("repeated-flexion", "Repeated flexion", "movement", EFFECTS, sided=False),
    _graded("repeated-extension", "Repeated extension", "movement", EFFECTS, sided=False),
    _graded("side-glide", "Repeated side-glide", "movement", EFFECTS),
    _measure("slr", "Straight leg raise", "°", "neuro", low=0, high=120, normal=70, better="higher", sided=True),
    _graded("slump", "Slump", "neuro", ["negative", "positive"]),
    _graded("myotomes", "Myotomes L2–S1", "neuro", ["normal", "reduced"]),
    _graded("dermatomes", "Dermatomes L2–S1", "neuro", ["normal", "reduced", "increased"]),
    _graded("reflexes", "Knee and ankle reflexes", "neuro", ["normal", "reduced", "absent", "brisk"]),
    _measure(
        "hamstring",
        "Hamstring length, knee short of straight",
        "°",
        "strength",
        low=0,
        high=90,
        normal=20,
        better="lower",
        sided=True,
    ),
    _measure(
        "hip-extension",
        "Hip extension, Thomas",
        "°",
        "strength",
        low=-40,
        high=40,
        normal=10,
        better="higher",
        sided=True,
    ),
    _measure(
        "hip-rotation", "Hip internal rotation", "°", "strength", low=0, high=80, normal=35, better="higher", sided=True
    ),
    _measure("hip-abductors", "Hip abductors", "/5", "strength", low=0, high=5, normal=5, better="higher", sided=True),
    _measure("hip-extensors", "Hip extensors", "/5", "strength", low=0, high=5, normal=5, better="higher", sided=True),
    _measure("side-plank", "Side plank", "s", "strength", low=0, high=300, normal=60, better="higher", sided=True),
    _measure("sorensen", "Trunk extensors, Sorensen", "s", "strength", low=0, high=400, normal=60, better="higher"),
    _graded("single-leg-squat", "Single-leg squat", "strength", ["good", "fair", "poor"]),
    _graded("hop", "Single-leg hop, bone pain", "bone", ["negative", "positive"]),
    _graded("sacral-squeeze", "Sacral squeeze", "bone", ["negative", "positive"], sided=False),
    _measure(
        "cadence",
        "Cadence at the usual speed",
        "spm",
        "running",
        "Hard range from the clinical reference B1; Drozda 2024, Gait Posture 113:184 (166 ± 10 with low back pain)",
        low=120,
        high=240,
    ),
    _measure("in-band", "Running time in the cadence band", "%", "running", low=0, high=100, better="higher"),
    _measure("run-minutes", "Running without a break", "min", "running", low=0, high=600, better="higher"),
    _measure("sit-minutes", "Sitting", "min", "function", low=0, high=960, better="higher"),
    _measure("walk-minutes", "Walking", "min", "function", low=0, high=600, better="higher"),
)

FINUCANE = "International framework for red flags, Finucane 2020, JOSPT 50:350; NHS low back pathway (G1, G2)"


def _flag(key: str, label: str, then: str = "review", advice: str = "") -> Shipped:
    return Shipped(f"flag.{key}", "Red flags", label, {"then": then, "advice": advice}, FINUCANE)


EMERGENCY_ADVICE = "Stop here. This needs the emergency department now: call 911, and do not treat."
REVIEW_ADVICE = "Weigh it together with the rest; write what you decided."
FLAGS = (
    _flag("saddle", "Numbness around saddle or genitals", "emergency", EMERGENCY_ADVICE),
    _flag("bladder-bowel", "Bladder or bowel changed", "emergency", EMERGENCY_ADVICE),
    _flag("leg-weakness", "Weakness in a leg, getting worse", "emergency", EMERGENCY_ADVICE),
    _flag("both-legs", "Both legs numb, weak or painful", "emergency", EMERGENCY_ADVICE),
    _flag("cancer", "Cancer, now or before", "review", REVIEW_ADVICE),
    _flag("weight-fever", "Unexplained weight loss, fever, chills", "review", REVIEW_ADVICE),
    _flag("night-pain", "Constant night pain, worse lying", "review", REVIEW_ADVICE),
    _flag("trauma", "Trauma; or minor and steroids, thin bones", "review", REVIEW_ADVICE),
    _flag(
        "bone-pain", "Focal bone pain on hopping", "bone", "Bone stress possible: test hop and sacral squeeze first."
    ),
    _flag(
        "stress-fracture",
        "Stress fracture before, missed periods, low intake",
        "bone",
        "Bone stress possible: test hop and sacral squeeze first.",
    ),
    _flag("immune", "Long-term steroids, immune suppression", "review", REVIEW_ADVICE),
    _flag("pregnant", "Pregnant or recently so", "review", REVIEW_ADVICE),
)


def _category(key: str, label: str, *, timed: bool) -> Shipped:
    return Shipped(
        f"category.{key}",
        "Kinds of treatment time",
        label,
        {"timed": timed, "payer_code": ""},
        "Families of outpatient therapy services (clinical reference F4); no code of a payer is shipped",
    )


CATEGORIES = (
    _category("exercise", "Therapeutic exercise", timed=True),
    _category("neuromuscular", "Neuromuscular re-education", timed=True),
    _category("gait", "Gait training", timed=True),
    _category("manual", "Manual therapy", timed=True),
    _category("activity", "Activity training", timed=True),
    _category("self-care", "Self-care and home management", timed=True),
    _category("heat-cold", "Heat or cold", timed=False),
    _category("evaluation", "Evaluation", timed=False),
)

MEDICARE = (
    "Noridian plan-of-care page, updated 2025-09-08 (30 days, verbal order 14, exception since 2025); "
    "42 CFR 424.24 (90 days); MBPM ch. 15 §220.3 (progress report every 10 treatment days); CMS 8-minute rule; "
    "14 days of notice: policy"
)
PAYERS = (
    Shipped(
        "payer.medicare-b",
        "Payers",
        "Medicare Part B",
        {
            "certify_within_days": 30,
            "verbal_signature_days": 14,
            "interval_days": 90,
            "expiring_days": 14,
            "exception_by_referral": True,
            "progress_treatment_days": 10,
            "progress_calendar_days": None,
            "billing": "cms8",
        },
        MEDICARE,
    ),
    Shipped(
        "payer.commercial",
        "Payers",
        "Commercial insurance",
        {
            "certify_within_days": None,
            "verbal_signature_days": 14,
            "interval_days": None,
            "expiring_days": 14,
            "exception_by_referral": False,
            "progress_treatment_days": 10,
            "progress_calendar_days": None,
            "billing": "ama_midpoint",
        },
        "AMA midpoint rule, as in guides to the 8-minute rule (kmcuniversity, clinicient); the contract decides. "
        f"{OURS}: a progress report every 10 treatment days, no certification",
    ),
    Shipped(
        "payer.self-pay",
        "Payers",
        "Self-pay",
        {
            "certify_within_days": None,
            "verbal_signature_days": 14,
            "interval_days": None,
            "expiring_days": 14,
            "exception_by_referral": False,
            "progress_treatment_days": None,
            "progress_calendar_days": None,
            "billing": "ama_midpoint",
        },
        f"{OURS}: direct-access limits differ from state to state",
    ),
)

RULES = (
    Shipped(
        "rule.unsigned",
        "Rules of the clinic",
        "A note stands unsigned",
        {"remind_hours": 24, "late_hours": 48, "overdue_hours": 72},
        "Policy: sign within a couple of days (clinical reference F5)",
    ),
    Shipped(
        "rule.late-entry",
        "Rules of the clinic",
        "A late entry is late",
        {"days": 45},
        "Alabama Medicaid 560-x-1-.21 (45 days after the service); policy elsewhere",
    ),
)

SHIPPED = (*MEASURES, *FLAGS, *CATEGORIES, *PAYERS, *RULES, *PLAN_TEMPLATES, *GAIT, *MANUAL)
BY_KEY = {one.key: one for one in SHIPPED}
