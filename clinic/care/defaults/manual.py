"""Manual therapy: the dictionary of tender points, the checklist before it, and how strain-counterstrain is given.

Rotation is noted differently from school to school, and the sources differ on AL2 and AL5: positions are words.
"""

from clinic.care.defaults.entry import OURS, Shipped

ANTERIOR = "Student study cards 8226162 and 7558816 (brainscape), read against Turocy, lab slides"
POSTERIOR = "studentomt.org, posterior pelvic points"
LUMBAR = f"{ANTERIOR}; {POSTERIOR}"
SLIDES = "Turocy, lab slides (scribd 55231517)"
TEXTBOOK = "Counterstrain article (changyan.org, after AMBOSS)"


def _point(code: str, name: str, location: str, position: str, source: str = OURS) -> Shipped:
    key = code.lower().replace(" ", "-").replace(",", "").replace("(", "").replace(")", "")
    return Shipped(
        f"point.{key}", "Tender points", code, {"name": name, "location": location, "position": position}, source
    )


def _check(key: str, question: str, kind: str, before: str = "all", source: str = OURS) -> Shipped:
    return Shipped(
        f"check.manual.{key}", "Checklist before manual therapy", question, {"kind": kind, "for": before}, source
    )


SUPINE_90 = "Supine, hips and knees about 90°"
FRONT = (
    _point(
        "AL1",
        "Anterior L1",
        "medial to the ASIS",
        f"{SUPINE_90}; flex, side-bend toward, rotate away: knees and ankles to the side of the point",
        ANTERIOR,
    ),
    _point(
        "AL2",
        "Anterior L2",
        "medial to the AIIS",
        f"{SUPINE_90}, knees well across; flex, side-bend away, rotate toward: rotation matters most",
        f"{ANTERIOR}; sources differ on the rotation",
    ),
    _point(
        "AL3",
        "Anterior L3",
        "lateral to the AIIS",
        f"{SUPINE_90}; flex, side-bend away, rotate toward",
        ANTERIOR,
    ),
    _point(
        "AL4",
        "Anterior L4",
        "inferior to the AIIS",
        f"{SUPINE_90}; flex, side-bend away, rotate toward, as for AL3",
        ANTERIOR,
    ),
    _point(
        "AL5",
        "Anterior L5",
        "pubic bone, about 1 cm lateral to the symphysis",
        "Supine, hips 90 to 135°; flex, side-bend away, slight rotation",
        f"{ANTERIOR}; sources differ on the rotation",
    ),
    _point("ABL2", "Abdominal L2", "side wall of the abdomen, at the level of L2", "Supine; flex, side-bend toward"),
    _point(
        "Iliacus",
        "Iliacus",
        "deep in the iliac fossa, medial to the ASIS",
        "Supine, both hips flexed far, ankles crossed, knees out",
        f"{ANTERIOR}. Location and external rotation: {OURS}",
    ),
    _point("Psoas", "Psoas", "lateral to the line of the navel, deep", "Supine; flex, side-bend toward"),
    _point("Low ilium", "Low ilium", "upper branch of the pubic bone", "Supine, hip flexed"),
    _point(
        "Inguinal",
        "Inguinal",
        "lateral side of the pubic tubercle",
        "Supine, hip flexed, thigh crossed over the other: adduction and internal rotation",
    ),
)
SPINOUS = tuple(
    _point(
        f"PL{n} spinous",
        f"Posterior L{n}, spinous process",
        f"tip of the spinous process of L{n}, below and to its side",
        "Prone; extend the hip of the same side, fine-tune side-bend and rotation, a little adduction",
        LUMBAR,
    )
    for n in range(1, 6)
)
TRANSVERSE = tuple(
    _point(
        f"PL{n} transverse",
        f"Posterior L{n}, transverse process",
        f"tip of the transverse process of L{n}",
        "Prone; extend, side-bend away, pelvis turned back on the side of the point",
        LUMBAR,
    )
    for n in range(1, 6)
)
QL = tuple(
    _point(
        f"QL, L{n}",
        "Quadratus lumborum",
        f"lateral tip of the transverse process of L{n}, pressed forward and inward",
        "Prone, trunk side-bent toward; or hip abducted about 45° and flexed",
        f"{SLIDES}. Hip extended and abducted instead: {OURS}",
    )
    for n in range(1, 6)
)
PELVIS = (
    _point(
        "UPL5",
        "Upper pole of L5",
        "superomedial to the PSIS",
        "Prone, hip extended and adducted; fine-tune rotation of the hip",
        POSTERIOR,
    ),
    _point(
        "LPL5",
        "Lower pole of L5",
        "inferior to the PSIS",
        "Prone, leg off the table, hip and knee 90°, internal rotation and adduction",
        POSTERIOR,
    ),
    _point(
        "PL3 lateral",
        "Posterior L3, gluteus medius",
        "upper outer gluteus medius, two thirds of the way from the PSIS to the tensor",
        "Prone; hip extended, abducted, turned out",
        POSTERIOR,
    ),
    _point(
        "PL4 lateral",
        "Posterior L4, gluteus medius",
        "gluteus medius, near the tensor",
        "Prone; hip extended, abducted, turned out",
        POSTERIOR,
    ),
    _point(
        "HISI",
        "High ilium, sacroiliac",
        "2 to 3 cm lateral to the PSIS",
        "Hip extended, abducted, turned out",
        POSTERIOR,
    ),
    _point(
        "HIFO",
        "High ilium, flare-out",
        "lateral to the inferior lateral angle, at the edge of the coccyx",
        "Hip extended and adducted",
        POSTERIOR,
    ),
    _point(
        "Piriformis",
        "Piriformis",
        "midway between the inferior lateral angle and the greater trochanter",
        "Hip flexed up to about 135° and abducted; fine-tune rotation",
        f"{POSTERIOR}. The 135°: {OURS}",
    ),
    _point("Midpole SI", "Midpole sacroiliac", "middle of the sacroiliac joint", "Prone; press opposite to the point"),
    *(
        _point(f"PS{n}", f"Posterior sacrum {n}", f"sacrum, at the level of S{n}", "Prone; press opposite to the point")
        for n in range(1, 6)
    ),
)
POINTS = (*FRONT, *SPINOUS, *TRANSVERSE, *QL, *PELVIS)

CHECKLIST = (
    _check("trauma", "Trauma to the area", "absolute", "counterstrain", TEXTBOOK),
    _check("severe-illness", "Severe illness", "absolute", "counterstrain", TEXTBOOK),
    _check("spondylosis", "Severe spondylosis", "absolute", "counterstrain", TEXTBOOK),
    _check("cannot-relax", "Unable to relax or to cooperate", "relative", "counterstrain", TEXTBOOK),
    _check("connective-tissue", "Connective-tissue disease", "relative", "counterstrain", TEXTBOOK),
    _check("hurts-in-position", "Pain while positioned", "relative", "counterstrain", TEXTBOOK),
    _check("local-injury", "Acute injury or infection there", "relative", "counterstrain", TEXTBOOK),
    _check("fracture", "Fracture or instability", "absolute"),
    _check("thrombosis", "Deep vein thrombosis, known or suspected", "absolute"),
    _check("surgery", "Recent surgery in the region", "relative"),
    _check("aneurysm", "Aneurysm", "absolute"),
    _check("neuro-signs", "A position provokes neurological signs", "absolute"),
    _check("osteoporosis", "Osteoporosis", "absolute", "thrust"),
    _check("steroids", "Steroids for a long time", "absolute", "thrust"),
    _check("malignancy", "Malignancy", "absolute", "thrust"),
    _check("spinal-infection", "Infection of the spine", "absolute", "thrust"),
    _check("cauda-equina", "Signs of cauda equina", "absolute", "thrust"),
    _check("progressive-deficit", "Neurological deficit that gets worse", "absolute", "thrust"),
    _check("arthropathy", "Inflammatory joint disease", "absolute", "thrust"),
    _check("bleeding", "Anticoagulants, or a bleeding disorder", "absolute", "thrust"),
    _check("pregnancy", "Pregnancy", "relative", "thrust"),
)
COUNTERSTRAIN_RULE = Shipped(
    "rule.counterstrain",
    "Rules of the clinic",
    "Strain-counterstrain",
    {
        "hold_s": 90,
        "least_hold_s": 60,
        "most_hold_s": 240,
        "goal_percent": 70,
        "responds_by": 2,
        "nearly_gone": 1,
        "drop_after": 3,
    },
    f"{TEXTBOOK} (90 s, 70 % less); omtommguru 2005 (120 s for ribs, the only other number found). 60 to 240 s: "
    f"policy. What counts as a response: {OURS}",
)
EVIDENCE = (
    "Counterstrain article (changyan.org, after AMBOSS): find, rate, place, hold 90 s, return slowly, rate again",
    "Wong 2012, Man Ther 17:2: what a tender point is, and how it differs from a trigger point",
    "Lewis & Flynn 2001: case series, two or three sessions in a week",
    "IOSR-JSPE 2014: quadratus lumborum against heat, n = 40",
    f"Lewis 2011: a trial without added benefit over exercise. {OURS}: from memory",
    "CPG 2021, JOSPT 51:CPG1: acute pain, mobilization “should”, soft tissue “may”; chronic pain, exercise “should”",
)
"""What stands behind the technique, with its mixed results; shown beside every use."""
MANUAL = (*POINTS, *CHECKLIST, COUNTERSTRAIN_RULE)
