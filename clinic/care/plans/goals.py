"""What becomes of a goal: readings and status, only ever added."""

from datetime import datetime
from decimal import Decimal

from clinic import audit
from clinic.audit import Actor
from clinic.care.defaults.check import printable
from clinic.care.plans.models import Goal, GoalEvent, Plan
from clinic.care.signatures import is_exact
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
    if value is not None and not (is_exact(value, 2) and -10_000 < value < 100_000):
        raise Unacceptable("That value cannot be.", field=f"goal.{goal_id}.value")
    said = printable(f"goal.{goal_id}.words", words, most=300)
    event = GoalEvent(goal_id=goal_id, status=status, value=value, words=said, about=about, at=now, by=by.name)
    database.session.add(event)
    patient_id = database.session.get_one(Plan, goal.plan_id).patient_id
    audit.record("goal read", about=f"goal:{goal_id}", by=by, now=now, patient_id=patient_id, after={"status": status})
    return event
