"""Read plans of care, their goals and interventions."""

from collections.abc import Sequence
from datetime import date, datetime
from decimal import Decimal
from typing import NamedTuple

from sqlalchemy import select

from clinic.care.plans.models import (
    CertificationStep,
    Goal,
    GoalEvent,
    Intervention,
    Plan,
    PlanDiagnosis,
)
from clinic.database import database
from clinic.refusals import NotFound

LARGEST_ID = 2**31 - 1


class GoalRow(NamedTuple):
    """A goal with where it stands: the last value that was read, when, and its status."""

    goal: Goal
    status: str
    now: Decimal | None
    now_on: date | None
    words: str

    @property
    def is_open(self) -> bool:
        """Whether it is still worked on."""
        return self.status in ("active", "partly met")


def plan(plan_id: int) -> Plan:
    """Return a plan. Raises ``NotFound``."""
    found = database.session.get(Plan, plan_id) if 0 < plan_id <= LARGEST_ID else None
    if found is None:
        raise NotFound("There is no such plan.")
    return found


def plans_of(episode_id: int) -> Sequence[Plan]:
    """Return the versions of an episode's plan, the newest first."""
    return database.session.scalars(
        select(Plan).where(Plan.episode_id == episode_id).order_by(Plan.number.desc())
    ).all()


def plan_in_force(episode_id: int) -> Plan | None:
    """Return the newest signed version."""
    return next((one for one in plans_of(episode_id) if one.is_signed), None)


def draft_of(episode_id: int) -> Plan | None:
    """Return the version that is being written."""
    return next((one for one in plans_of(episode_id) if not one.is_signed), None)


def diagnoses_of(plan_id: int) -> Sequence[PlanDiagnosis]:
    """Return a plan's diagnoses, the leading one first."""
    query = select(PlanDiagnosis).where(PlanDiagnosis.plan_id == plan_id).order_by(PlanDiagnosis.position)
    return database.session.scalars(query).all()


def interventions_of(plan_id: int) -> Sequence[Intervention]:
    """Return what a plan prescribes, in order."""
    query = select(Intervention).where(Intervention.plan_id == plan_id).order_by(Intervention.position, Intervention.id)
    return database.session.scalars(query).all()


def goals_of(episode_id: int, *, up_to: int | None = None, as_of: datetime | None = None) -> list[GoalRow]:
    """Return the goals that an episode's signed plans set, with where they stand, long-term first.

    ``up_to`` leaves out those of later plans, ``as_of`` whatever was signed or read after that moment. A draft's goals
    are in its content: until it is signed they may go.
    """
    query = select(Goal).join(Plan, Plan.id == Goal.plan_id)
    query = query.where(Goal.episode_id == episode_id, Plan.signed_at.is_not(None))
    if up_to is not None:
        query = query.where(Plan.number <= up_to)
    if as_of is not None:
        query = query.where(Plan.signed_at <= as_of)
    goals = database.session.scalars(query.order_by(Goal.term, Goal.id)).all()
    events: dict[int, list[GoalEvent]] = {one.id: [] for one in goals}
    found = select(GoalEvent).where(GoalEvent.goal_id.in_(events)).order_by(GoalEvent.id)
    if as_of is not None:
        found = found.where(GoalEvent.at <= as_of)
    for event in database.session.scalars(found):
        events[event.goal_id].append(event)
    return [_row(one, events[one.id]) for one in goals]


def _row(goal: Goal, events: Sequence[GoalEvent]) -> GoalRow:
    read = next((event for event in reversed(events) if event.value is not None), None)
    status = events[-1].status if events else "active"
    words = next((event.words for event in reversed(events) if event.words), "")
    return GoalRow(goal, status, read.value if read else None, read.at.date() if read else None, words)


def certification_steps_of(plan_id: int) -> Sequence[CertificationStep]:
    """Return what was done for a plan's certification, in order."""
    query = select(CertificationStep).where(CertificationStep.plan_id == plan_id)
    return database.session.scalars(query.order_by(CertificationStep.id)).all()
