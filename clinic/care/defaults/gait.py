"""What a gait analysis looks at: ranges and typical values with their sources, and how feedback fades."""

from typing import Any

from clinic.care.defaults.entry import OURS, Shipped

RANGE = "hard range: policy"


def _item(key: str, label: str, unit: str, source: str = OURS, **value: Any) -> Shipped:
    blank: dict[str, Any] = {
        "low": None,
        "high": None,
        "typical_low": None,
        "typical_high": None,
        "least": None,
        "better": "",
        "hint": "",
        "sided": False,
        "graded": True,
        "choices": [],
    }
    return Shipped(f"gait.{key}", "Gait analysis", label, {**blank, "unit": unit, **value}, source)


CHECKLIST = (
    _item(
        "overstride",
        "Overstride at contact",
        "cm",
        f"Wille 2014, PMC4297621 (what it predicts); {RANGE}. Typical 5 to 15: {OURS}",
        hint="heel ahead of the center of mass",
        low=-10,
        high=50,
        typical_low=5,
        typical_high=15,
        least=1,
        better="lower",
    ),
    _item(
        "tibia", "Tibia angle at contact", "°", hint="foot ahead is positive", low=-20, high=40, least=2, better="lower"
    ),
    _item(
        "strike",
        "Foot strike",
        "",
        "PMC4801105 (about 94 % heel strike at 8 km of a marathon)",
        choices=["rear", "mid", "fore", "split"],
    ),
    _item(
        "foot-inclination",
        "Foot inclination",
        "°",
        f"Wille 2014, PMC4297621 (definition); {RANGE}. Typical 5 to 20, rearfoot: {OURS}",
        hint="toe up is positive",
        low=-30,
        high=45,
        typical_low=5,
        typical_high=20,
        least=2,
    ),
    _item(
        "knee-stance",
        "Knee flexion, peak stance",
        "°",
        f"PMC6044588 table 2 (39 to 46); {RANGE}",
        low=15,
        high=80,
        typical_low=39,
        typical_high=46,
        least=2,
    ),
    _item(
        "trunk-lean",
        "Trunk lean",
        "°",
        f"{RANGE}. Typical 3 to 12: {OURS}",
        hint="forward is positive",
        low=-15,
        high=30,
        typical_low=3,
        typical_high=12,
        least=2,
    ),
    _item("pelvic-tilt", "Lumbar extension, pelvic tilt", ""),
    _item("hip-extension", "Hip extension, late stance", "°", low=-20, high=40, least=2, better="higher"),
    _item(
        "pelvic-drop",
        "Pelvic drop",
        "°",
        f"{RANGE}. Typical 3 to 7, above 7 flagged by many: {OURS}",
        hint="stance side",
        low=-5,
        high=25,
        typical_low=3,
        typical_high=7,
        least=1,
        better="lower",
        sided=True,
    ),
    _item(
        "step-width",
        "Step width",
        "cm",
        f"Drozda 2024, Gait Posture 113:184 (more variable with low back pain); {RANGE}. Typical 2 to 8: {OURS}",
        hint="crossing over is negative",
        low=-10,
        high=30,
        typical_low=2,
        typical_high=8,
        least=1,
    ),
    _item("arm-crossover", "Arm crossover", ""),
    _item("sound", "Sound of landing", ""),
)
MORE = (
    _item(
        "cadence",
        "Cadence",
        "spm",
        "Drozda 2024, Gait Posture 113:184 (166 ± 10 with low back pain, 171 ± 9 without); PMC6044588 (171 ± 8, men "
        f"without injury); {RANGE}",
        hint="both feet",
        low=120,
        high=240,
        least=3,
        graded=False,
    ),
    _item(
        "knee-contact",
        "Knee flexion at contact",
        "°",
        f"{RANGE}. Typical 10 to 25: {OURS}",
        low=-5,
        high=50,
        typical_low=10,
        typical_high=25,
        least=2,
        graded=False,
    ),
    _item(
        "hip-adduction",
        "Hip adduction, peak",
        "°",
        f"PMC6044588 table 2 (13 ± 3); {RANGE}",
        low=-5,
        high=30,
        typical_low=10,
        typical_high=16,
        least=2,
        better="lower",
        sided=True,
        graded=False,
    ),
    _item(
        "contact-time",
        "Ground contact time",
        "ms",
        f"thewiredrunner.com, wareable.com (160 to 300 as Garmin quotes it); {RANGE}",
        low=120,
        high=450,
        typical_low=160,
        typical_high=300,
        least=10,
        graded=False,
    ),
    _item(
        "contact-balance",
        "Ground contact, share of the left",
        "%",
        f"{RANGE}. Typical 49 to 51: {OURS}",
        low=40,
        high=60,
        typical_low=49,
        typical_high=51,
        least=1,
        graded=False,
    ),
    _item(
        "oscillation",
        "Vertical oscillation",
        "cm",
        f"{RANGE}. Typical 6 to 12: {OURS}. A watch measures the torso, video the center of mass: never mixed",
        low=3,
        high=18,
        typical_low=6,
        typical_high=12,
        least=1,
        better="lower",
        graded=False,
    ),
    _item(
        "vertical-ratio",
        "Vertical ratio",
        "%",
        f"Garmin running dynamics webhelp (vertical oscillation over step length); {RANGE}",
        low=3,
        high=15,
        least=1,
        better="lower",
        graded=False,
    ),
    _item(
        "loading-rate",
        "Loading rate",
        "BW/s",
        f"Drozda 2024, Gait Posture 113:184 (68 ± 22 with low back pain, in a laboratory); {RANGE}",
        low=10,
        high=200,
        least=10,
        better="lower",
        graded=False,
    ),
)

FADING = (
    "Time 15 to 30 min and fading in the second half follow Crowell & Davis 2011, PMC3014399, and the programs that "
    f"Barton 2016, BJSM 50:513, reviews. The minutes: {OURS}"
)


def _session(run: int, feedback: int, how: str) -> dict[str, Any]:
    return {"run": run, "feedback": feedback, "how": how}


PROTOCOLS = (
    Shipped(
        "protocol.fade-8",
        "Feedback that fades",
        "Eight sessions, fading",
        {
            "sessions": [
                _session(15, 15, "metronome and words"),
                _session(18, 18, "metronome and words"),
                _session(20, 20, "metronome and words"),
                _session(22, 22, "metronome and words"),
                _session(24, 16, "on 4 min, off 2"),
                _session(26, 10, "on 2 min, off 3"),
                _session(28, 5, "on 1 min, off 5"),
                _session(30, 2, "a check only; test of what stays"),
            ]
        },
        FADING,
    ),
    Shipped(
        "protocol.one-and-six",
        "Feedback that fades",
        "One session here, six runs at home",
        {
            "sessions": [
                _session(20, 5, "taught here at the target"),
                *[_session(30, 30, "at home with the metronome, 2 or 3 a week") for _ in range(6)],
                _session(20, 0, "test here without feedback"),
            ]
        },
        "Huber & Verhoff 2024, IJSPT, doi 10.26603/001c.90909 (one taught session, then two weeks with a metronome)",
    ),
)
CADENCE_RULE = Shipped(
    "rule.cadence",
    "Rules of the clinic",
    "Target cadence",
    {"percent": 5, "least_percent": 3, "most_percent": 10, "band_percent": 2.5, "same_speed_percent": 3},
    "Heiderscheit 2011, MSSE 43:296 (+5 and +10 % at constant speed). Band and speed limits: policy. Never a fixed "
    "180: Lieberman 2015, JEB 218:3406 (the optimum differs from runner to runner)",
)
GAIT = (*CHECKLIST, *MORE, *PROTOCOLS, CADENCE_RULE)
