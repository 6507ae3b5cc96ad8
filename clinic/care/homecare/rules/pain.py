"""What a run's pain asks for: a light, and from the lights of a stage what comes next.

Up to 3 of 10 is from public programs (clinical reference, E2 with sources 60 and 64: secondary), the other limits are
a policy: ``OURS``.
"""

from collections.abc import Sequence
from enum import StrEnum
from typing import NamedTuple

from clinic.care.homecare.rules import OURS
from clinic.care.homecare.rules.ladder import BEYOND, MIN_SESSIONS

SOURCE = f"Pain up to 3 of 10: clinical reference E2, sources 60, 64 (secondary); other limits: {OURS}"
GREEN_UP_TO, AMBER_UP_TO = 3, 5
STIFF_MIN = 60
WALK_ONLY_HOURS = 48


class Light(StrEnum):
    """How a run went."""

    GREEN = "green"
    AMBER = "amber"
    RED = "red"
    EMERGENCY = "emergency"


class RunReport(NamedTuple):
    """What a runner tells: pain 0 to 10 and minutes of stiffness; ``next_morning`` is None until it has come.

    ``baseline`` is the usual morning pain before running was taken up again.
    """

    during: int
    baseline: int
    next_morning: int | None = None
    rising: bool = False
    stiff_min: int = 0
    limp: bool = False
    below_the_knee: bool = False
    emergency: bool = False


class Decision(NamedTuple):
    """What comes next: the stage, the sentence for the patient, hours of walking only, and whether to tell anybody."""

    light: Light
    stage: int
    words: str
    walk_only_hours: int = 0
    tell_the_therapist: bool = False


def light(report: RunReport) -> Light:
    """Return the light of a run: the worst that any of its answers asks for."""
    rise = 0 if report.next_morning is None else report.next_morning - report.baseline
    if report.emergency:
        return Light.EMERGENCY
    if report.during > AMBER_UP_TO or report.limp or report.below_the_knee or rise >= 2:
        return Light.RED
    if report.during > GREEN_UP_TO or report.rising or rise >= 1 or report.stiff_min > STIFF_MIN:
        return Light.AMBER
    return Light.GREEN


def decide(stage: int, lights: Sequence[Light]) -> Decision:
    """Return what comes after the runs on a stage, whose lights are given oldest first; at least one.

    Green: the next stage after two greens in a row, else the same. Amber: the same, and after two in a row one back.
    Red: one back, 48 h of walking only, and the therapist is told. Emergency: the emergency sentence, nothing else.
    """
    last = lights[-1]
    back = max(stage - 1, 0)
    if last is Light.EMERGENCY:
        return Decision(last, stage, "Stop. Call 911 or go to an emergency room now.", tell_the_therapist=True)
    if last is Light.RED:
        words = f"Stop running, and only walk for {WALK_ONLY_HOURS} hours. Your therapist will look at it."
        return Decision(last, back, words, WALK_ONLY_HOURS, tell_the_therapist=True)
    if last is Light.AMBER:
        if list(lights[-2:]) == [Light.AMBER, Light.AMBER]:
            return Decision(last, back, "Go one stage back.")
        return Decision(last, stage, "Stay on this stage.")
    if len(lights) >= MIN_SESSIONS and set(lights[-MIN_SESSIONS:]) == {Light.GREEN}:
        return Decision(last, min(stage + 1, BEYOND), "Go on to the next stage.")
    return Decision(last, stage, "That went well. Once more on this stage.")
