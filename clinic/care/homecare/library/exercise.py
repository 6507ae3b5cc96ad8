"""What the library knows of one exercise. Pure."""

from dataclasses import dataclass
from enum import StrEnum
from typing import NamedTuple

from clinic.care.homecare.library.dose import Dose

OURS = "To be confirmed by a licensed therapist"


class Direction(StrEnum):
    """Which way an exercise takes the spine; NONE where it is about a limb only."""

    FLEXION = "flexion"
    EXTENSION = "extension"
    NEUTRAL = "neutral"
    ROTATION = "rotation"
    LATERAL = "lateral"
    NONE = "none"


class Level(StrEnum):
    """How strongly the library objects: STOP belongs on the patient's stop list, CAUTION needs a second look."""

    STOP = "stop"
    CAUTION = "caution"


class Flag(StrEnum):
    """What may be known of a patient that an exercise must be weighed against."""

    ACUTE = "acute episode"
    STENOSIS = "signs of stenosis"
    DISC_LEG_PAIN = "disc-type leg pain"
    SPREADING = "leg pain that spreads"
    SPONDYLOLISTHESIS = "spondylolysis or spondylolisthesis"
    FACET_PAIN = "facet-type pain"
    NERVE_SYMPTOMS = "nerve symptoms in the leg"
    NECK_PAIN = "neck pain"
    SHOULDER_PAIN = "shoulder pain"
    WRIST_PAIN = "wrist pain"
    KNEE_PAIN = "knee pain"
    KNEECAP_PAIN = "pain behind the kneecap"
    ACHILLES_PAIN = "Achilles pain"


class Caution(NamedTuple):
    """What to weigh for patients with ``flag``, in words for the therapist."""

    flag: Flag
    words: str
    level: Level = Level.CAUTION


class Variation(NamedTuple):
    """A harder or an easier way, and the code of the exercise where it is one of the library."""

    words: str
    code: str = ""


@dataclass(frozen=True, kw_only=True)
class Exercise:
    """One exercise: what it is for, how much, in which steps, when to stop, and what comes after.

    ``number`` is the row in the clinical reference, D3. ``slight``: the spine moves little that way, or only where
    the form slips. ``steps``, ``cue``, ``why`` and ``stop_if`` are for the patient; ``target``, ``cautions`` and
    ``form`` (where it usually fails) for the therapist.
    """

    number: int
    code: str
    name: str
    target: str
    dose: Dose
    direction: Direction
    steps: tuple[str, ...]
    cue: str
    why: str
    stop_if: str
    slight: bool = False
    loaded: bool = False
    end_range_rotation: bool = False
    form: str = ""
    cautions: tuple[Caution, ...] = ()
    progression: Variation | None = None
    regression: Variation | None = None
    equipment: tuple[str, ...] = ()
    source: str = OURS
