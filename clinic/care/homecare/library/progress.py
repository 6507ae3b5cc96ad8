"""When to make an exercise harder, and when easier: a policy of the clinical reference, D3 (``OURS``)."""

from collections.abc import Sequence
from enum import StrEnum
from typing import NamedTuple

EFFORT = 6
"""Effort of 10 up to which a session counts as easy enough to advance."""

PAIN = 2
"""Pain of 10 up to which a session counts as calm enough to advance."""

IN_A_ROW = 2


class Session(NamedTuple):
    """How one session went: ``at_the_top`` of the prescribed range, effort and worst pain 0 to 10, and the rest."""

    at_the_top: bool
    effort: int
    pain: int
    worse_next_day: bool = False
    form_failed: bool = False


class Advice(StrEnum):
    """What the rule proposes; the therapist decides."""

    ADVANCE = "advance"
    KEEP = "keep"
    REGRESS = "regress"


def advise(sessions: Sequence[Session], *, pain_ceiling: int) -> Advice:
    """Return what the sessions at this dose, oldest first, ask for.

    Regress where pain went over the ceiling in the last, or the form failed in the last two. Advance after two in a
    row at the top of the range with effort up to 6, pain up to 2, and no rise on the next day.
    """
    last = sessions[-IN_A_ROW:]
    if last and last[-1].pain > pain_ceiling:
        return Advice.REGRESS
    if len(last) < IN_A_ROW:
        return Advice.KEEP
    if all(session.form_failed for session in last):
        return Advice.REGRESS
    return Advice.ADVANCE if all(_easy(session) for session in last) else Advice.KEEP


def _easy(session: Session) -> bool:
    return (
        session.at_the_top
        and session.effort <= EFFORT
        and session.pain <= PAIN
        and not session.worse_next_day
        and not session.form_failed
    )
