"""Find a plan to change it, with its rows."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import select

from clinic.care.plans.models import Goal, Intervention, Plan, PlanDiagnosis
from clinic.care.plans.queries import LARGEST_ID, diagnoses_of, interventions_of
from clinic.care.signatures import AlreadySigned
from clinic.database import columns_of, database
from clinic.refusals import ChangedMeanwhile, NotFound

UNSIGNED_FIELDS = frozenset({"version", "saved_at", "saved_by", "signed_at", "content_hash", "created_at"})


class PlanSavedElsewhere(ChangedMeanwhile):
    """The draft was saved in another tab, or by somebody else."""

    def __init__(self, plan: Plan) -> None:
        super().__init__(
            f"This plan was saved by {plan.saved_by} somewhere else since you opened it. What you typed here is not "
            "saved. Copy what you need, then load the page again."
        )


@dataclass
class PlanContent:
    """A plan with its diagnoses, the goals that it set, and its interventions."""

    plan: Plan
    diagnoses: Sequence[PlanDiagnosis]
    goals: Sequence[Goal]
    interventions: Sequence[Intervention]

    def facts(self) -> dict[str, Any]:
        """Return the whole content as plain values: what a signature stands for."""
        return {
            "plan": columns_of(self.plan, leave_out=UNSIGNED_FIELDS),
            "diagnoses": [columns_of(row) for row in self.diagnoses],
            "goals": [columns_of(row) for row in self.goals],
            "interventions": [columns_of(row) for row in self.interventions],
        }


def plan_to_change(plan_id: int, *, seen: int | None = None) -> Plan:
    """Lock and return a draft.

    Raises ``NotFound``, ``AlreadySigned``, or ``PlanSavedElsewhere`` unless it is as ``seen``.
    """
    query = select(Plan).where(Plan.id == (plan_id if 0 < plan_id <= LARGEST_ID else 0))
    found = database.session.scalars(query.with_for_update().execution_options(populate_existing=True)).first()
    if found is None:
        raise NotFound("There is no such plan.")
    if found.is_signed:
        raise AlreadySigned
    if seen is not None and found.version != seen:
        raise PlanSavedElsewhere(found)
    return found


def plan_content(plan: Plan) -> PlanContent:
    """Return a plan with all its rows."""
    goals = database.session.scalars(select(Goal).where(Goal.plan_id == plan.id).order_by(Goal.id)).all()
    return PlanContent(plan, diagnoses_of(plan.id), goals, interventions_of(plan.id))
