"""Exercises that take the spine one way: for those whose pain eases that way, and not for the others.

Why it matters: Long 2004, Spine 29:2593. Starting doses from memory: ``OURS``.
"""

from clinic.care.homecare.library.dose import Dose, Span
from clinic.care.homecare.library.exercise import OURS, Caution, Direction, Exercise, Flag, Level, Variation

LONG = f"Exercise matched to the preferred direction: Long 2004, Spine 29:2593. Dose: {OURS}"
SPREADS = "Pain spreads down the leg, or stays worse for more than 30 minutes."

_NOT_BACKWARD = (
    Caution(Flag.STENOSIS, "Bending back narrows the canal: not with signs of stenosis.", Level.STOP),
    Caution(Flag.SPREADING, "Leg pain that spreads with bending back: stop.", Level.STOP),
)
_NOT_ROUNDED = (
    Caution(Flag.DISC_LEG_PAIN, "Bending forward loads the disc: not with disc-type leg pain.", Level.STOP),
    Caution(Flag.SPREADING, "Leg pain that spreads with bending forward: stop.", Level.STOP),
)
_SLIP = Caution(Flag.SPONDYLOLISTHESIS, "Bending back loads the arch of the vertebra: only after a second look.")

DIRECTIONAL = (
    Exercise(
        number=29,
        code="PRONE_LIE",
        name="Lying face down, then on the elbows",
        target="a first step into extension",
        dose=Dose(hold_s=Span(180, 300), per_day=Span(3, 5)),
        direction=Direction.EXTENSION,
        steps=(
            "Lie face down with the arms at your sides, and let your back go soft.",
            "After a minute or two, come up onto your elbows, if that feels no worse.",
            "Stay there, belly loose, hips on the floor.",
        ),
        cue="Let the belly sink into the floor.",
        why="Your back eases this way.",
        stop_if=SPREADS,
        cautions=(*_NOT_BACKWARD, _SLIP),
        progression=Variation("Press-up, face down", "PRESS_UP"),
        regression=Variation("Lying face down on a pillow"),
        equipment=("mat",),
        source=LONG,
    ),
    Exercise(
        number=30,
        code="PRESS_UP",
        name="Press-up, face down",
        target="mobility into extension",
        dose=Dose(reps=Span(10), per_day=Span(4, 6)),
        direction=Direction.EXTENSION,
        steps=(
            "Lie face down, hands under the shoulders.",
            "Straighten the arms slowly; the hips stay down.",
            "Breathe out at the top, then come down.",
        ),
        cue="The arms lift you; the back stays loose.",
        why="Your back eases this way. Best after sitting.",
        stop_if=SPREADS,
        form="the hips lift off",
        cautions=(*_NOT_BACKWARD, _SLIP),
        regression=Variation("Lying face down, then on the elbows", "PRONE_LIE"),
        equipment=("mat",),
        source=LONG,
    ),
    Exercise(
        number=31,
        code="STAND_EXT",
        name="Bending back, standing",
        target="a reset into extension",
        dose=Dose(reps=Span(10), when="after sitting"),
        direction=Direction.EXTENSION,
        steps=(
            "Stand with the feet apart, and put both hands on the small of your back.",
            "Bend back over your hands as far as is comfortable, with the knees straight.",
            "Come up at once, and repeat.",
        ),
        cue="Hands are the hinge; look up.",
        why="Undoes the bend of sitting.",
        stop_if=SPREADS,
        cautions=(*_NOT_BACKWARD, _SLIP),
        source=LONG,
    ),
    Exercise(
        number=32,
        code="LUM_EXT_ROM",
        name="Back lift, face down",
        target="strength of the back extensors",
        dose=Dose(sets=Span(3), reps=Span(10), days_per_week=Span(3)),
        direction=Direction.EXTENSION,
        loaded=True,
        steps=(
            "Lie face down with the arms at your sides, the forehead on the floor.",
            "Lift head and chest a little, and look at the floor.",
            "Lower slowly.",
        ),
        cue="Long, not high.",
        why="Strong muscles along your back.",
        stop_if="Your back pinches, or pain goes into the leg.",
        form="the head is thrown back",
        cautions=(
            Caution(Flag.ACUTE, "Loaded extension: not in an acute episode.", Level.STOP),
            Caution(Flag.FACET_PAIN, "Loaded extension: not with facet-type pain.", Level.STOP),
            Caution(Flag.SPONDYLOLISTHESIS, "Loaded extension: not with spondylolysis or -listhesis.", Level.STOP),
            *_NOT_BACKWARD,
        ),
        progression=Variation("Hands at the temples"),
        regression=Variation("Bird dog", "BIRD_DOG"),
        equipment=("mat",),
    ),
    Exercise(
        number=33,
        code="KTC",
        name="Knees to chest",
        target="relief in flexion",
        dose=Dose(reps=Span(10), hold_s=Span(5, 10)),
        direction=Direction.FLEXION,
        steps=(
            "Lie on your back with the knees bent.",
            "Bring one knee and then the other toward your chest, and hold them with your hands.",
            "Hold, breathe, and let them go a little. Not in the first hour after you get up.",
        ),
        cue="Draw the knees in gently; the shoulders stay down.",
        why="Your back eases this way.",
        stop_if=SPREADS,
        cautions=_NOT_ROUNDED,
        progression=Variation("Bending forward, seated"),
        regression=Variation("One knee at a time"),
        equipment=("mat",),
        source=LONG,
    ),
    Exercise(
        number=34,
        code="CHILD",
        name="Rock back to the heels",
        target="flexion of the low back",
        dose=Dose(reps=Span(5), hold_s=Span(10)),
        direction=Direction.FLEXION,
        steps=(
            "Kneel on hands and knees.",
            "Rock back until you sit toward your heels, the arms long in front of you.",
            "Hold and breathe. Come back up. Not in the first hour after you get up.",
        ),
        cue="Sit back; let the back be long and round.",
        why="Your back eases this way.",
        stop_if="Pain spreads down the leg, or a knee hurts.",
        cautions=(*_NOT_ROUNDED, Caution(Flag.KNEE_PAIN, "A deep bend of the knee: rock only partly.")),
        regression=Variation("Rock back only part of the way"),
        equipment=("mat",),
        source=LONG,
    ),
    Exercise(
        number=35,
        code="SIDE_GLIDE",
        name="Side glide at the wall",
        target="a shift of the trunk to one side",
        dose=Dose(reps=Span(10), per_day=Span(4, 6)),
        direction=Direction.LATERAL,
        steps=(
            "Stand with the shoulder your therapist showed you against a wall, feet a step away from it.",
            "Put the other hand on your hip, and slide the hips toward the wall.",
            "Stay a moment, come back, and repeat.",
        ),
        cue="Hips to the wall, shoulders level.",
        why="Brings you back to straight.",
        stop_if=SPREADS,
        form="only in the direction that was tested",
        progression=Variation("Press-up, face down", "PRESS_UP"),
        equipment=("wall",),
        source=LONG,
    ),
)
