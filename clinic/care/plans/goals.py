"""What becomes of a goal: readings and status, only ever added."""

from datetime import datetime
from decimal import Decimal

from clinic import audit
from clinic.audit import Actor
from clinic.care.plans.models import Goal, GoalEvent
from clinic.database import database
from clinic.refusals import NotFound, Unacceptable

STATUSES = ("active", "met", "partly met", "not met", "discontinued")


def read_goal(
    *, goal_id: int, status: str, value: Decimal | None, words: str, about: str, by: Actor, now: datetime
) -> GoalEvent:
    """Note where a goal stands, as ``about`` (a note or a plan) says; the caller commits.

    Raises ``NotFound`` and ``Unacceptable``.
    """
    goal = database.session.get(Goal, goal_id) if 0 < goal_id < 2**31 else None
    if goal is None:
        raise NotFound("There is no such goal.")
    if status not in STATUSES:
        raise Unacceptable("Choose how the goal stands.", field=f"goal.{goal_id}.status")
    event = GoalEvent(goal_id=goal_id, status=status, value=value, words=words[:300], about=about, at=now, by=by.name)
    database.session.add(event)
    audit.record("goal read", about=f"goal:{goal_id}", by=by, now=now, after={"status": status})
    return event
