"""The plan of care: diagnosis, goals, interventions, how often and how long."""

from clinic.care.plans.begin import begin_plan
from clinic.care.plans.certify import note_certification
from clinic.care.plans.facts import Aim, PlanFacts, Prescribed
from clinic.care.plans.models import Goal, Intervention, Plan
from clinic.care.plans.save import save_plan
from clinic.care.plans.sign import PlanNotComplete, cosign_plan, sign_plan, what_the_plan_lacks
from clinic.care.plans.the_row import PlanSavedElsewhere, plan_content

__all__ = [
    "Aim",
    "Goal",
    "Intervention",
    "Plan",
    "PlanFacts",
    "PlanNotComplete",
    "PlanSavedElsewhere",
    "Prescribed",
    "begin_plan",
    "cosign_plan",
    "note_certification",
    "plan_content",
    "save_plan",
    "sign_plan",
    "what_the_plan_lacks",
]
