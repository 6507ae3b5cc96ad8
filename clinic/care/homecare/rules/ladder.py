"""The ladder from walking to running: stages of walk and run, and how long to stay on each.

A composite of public ladders (clinical reference, E2 with sources 63 and 64: secondary) and a policy: ``OURS``. Entry
asks for a walk of 30 min without more symptoms (source 60). In 40 adults with chronic low back pain, 12 weeks of three
run-walks a week lowered pain, 70 % were done, and seven of nine small injuries were of the legs: go slowly at the start
(Neason 2024, ASTEROID trial).
"""

from datetime import date, timedelta
from typing import NamedTuple

from clinic.care.homecare.rules import OURS
from clinic.refusals import NotFound

SOURCE = f"Public run-walk ladders (clinical reference E2, sources 60, 63, 64: secondary). {OURS}"
MIN_SESSIONS = 2
"""Good sessions on a stage before the next."""

REST_DAYS = 1
"""Days between two runs, up to ``RESTED_UNTIL``."""

RESTED_UNTIL = 7
ENTRY_WALK_MIN = 30


class Stage(NamedTuple):
    """A rung: minutes walked and run by turns, how many times; ``run_min`` is all running, in minutes."""

    number: int
    walk_min: int
    run_each_min: int
    times: int

    @property
    def run_min(self) -> int:
        """All minutes that are run."""
        return self.run_each_min * self.times

    @property
    def words(self) -> str:
        """What to do, for the patient."""
        if not self.run_each_min:
            return f"Walk briskly for {self.walk_min} min."
        if not self.walk_min:
            return f"Run easily for {self.run_each_min} min without a break."
        return f"Walk {self.walk_min} min, run {self.run_each_min} min, {self.times} times."


LADDER = (
    Stage(0, 30, 0, 1),
    Stage(1, 4, 1, 6),
    Stage(2, 3, 2, 6),
    Stage(3, 3, 3, 5),
    Stage(4, 2, 4, 5),
    Stage(5, 1, 5, 5),
    Stage(6, 1, 9, 3),
    Stage(7, 0, 30, 1),
)
BEYOND = 8
"""From here on the weekly distance grows instead; then hills, then speed, one thing at a time."""

BEYOND_WORDS = (
    "Add at most 10 % a week, and make every third or fourth week lighter. Then hills, then speed: never two "
    "new things at once."
)


def stage(number: int) -> Stage:
    """Return the rung; raises NotFound beyond the ladder."""
    if not 0 <= number < len(LADDER):
        raise NotFound(f"The ladder has stages 0 to {len(LADDER) - 1}; from {BEYOND} on, plan by weekly distance.")
    return LADDER[number]


def stage_words(number: int) -> str:
    """Return what to do on a stage, also on those beyond the ladder."""
    return BEYOND_WORDS if number >= BEYOND else stage(number).words


def may_begin(*, walks_min: int, symptoms_rose: bool) -> bool:
    """Return whether a patient may start to run: 30 min of walking without more symptoms."""
    return walks_min >= ENTRY_WALK_MIN and not symptoms_rose


def next_run_on(*, last_run_on: date, stage_number: int) -> date:
    """Return the first day on which the next run may be: a day of rest between runs until stage 7."""
    rest = REST_DAYS if stage_number < RESTED_UNTIL else 0
    return last_run_on + timedelta(days=1 + rest)
