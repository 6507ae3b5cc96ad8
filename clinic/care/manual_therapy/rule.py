"""How strain-counterstrain is given, and what counts as a response. Pure."""

from typing import NamedTuple


class CounterstrainRule(NamedTuple):
    """The clinic's rule: holds in seconds, the goal in the position in percent, tenderness on its scale of 0 to 10.

    A point responds when it is ``responds_by`` less tender than at first; it is nearly gone at ``nearly_gone`` or
    less; without either after ``drop_after`` visits it is asked whether to drop it.
    """

    hold_s: int
    least_hold_s: int
    most_hold_s: int
    goal_percent: int
    responds_by: int
    nearly_gone: int
    drop_after: int
