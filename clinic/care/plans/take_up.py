"""Take up in the plan what a gait analysis found: the target cadence and how feedback fades."""

from datetime import date, datetime

from clinic.care.gait import analysis_of
from clinic.care.gait.item import CUES
from clinic.care.gait.items import protocols
from clinic.care.plans.begin import begin_plan
from clinic.care.plans.facts import PlanFacts, Prescribed
from clinic.care.plans.models import Intervention, Plan
from clinic.care.plans.queries import interventions_of
from clinic.care.plans.save import save_plan
from clinic.care.signatures import Clinician
from clinic.refusals import Unacceptable

GAIT = "gait retraining"


def take_up_gait(*, episode_id: int, note_id: int, by: Clinician, now: datetime, today: date) -> Plan:
    """Return the plan's draft, its gait retraining replaced by the target and protocol of an analysis.

    A draft is begun where there is none. The caller commits. Raises ``Unacceptable`` without a target, and what
    ``begin_plan`` raises.
    """
    row = analysis_of(note_id).row
    if row is None or row.target_spm is None or row.target_pct is None:
        raise Unacceptable("Measure a cadence and choose a target first.", field="target_pct")
    plan = begin_plan(episode_id=episode_id, by=by, now=now, today=today)
    protocol = protocols().get(row.protocol)
    cue = CUES.get(row.cue, "")
    dose = f"{row.target_spm} spm (+{row.target_pct.normalize():f} %), metronome"
    if protocol is not None:
        minutes = [session.run for session in protocol.sessions]
        dose = f"{dose}; {protocol.name.lower()}, {min(minutes)} to {max(minutes)} min"
    taken = Prescribed(
        kind=GAIT,
        category="gait",
        name="Running with a target cadence",
        dose=dose[:120],
        minutes=protocol.sessions[0].run if protocol is not None else 15,
        why=(row.target_why or cue or "From the gait analysis")[:300],
    )
    kept = [_as_written(one) for one in interventions_of(plan.id) if one.kind != GAIT]
    facts = PlanFacts(interventions=(taken, *kept))
    return save_plan(plan_id=plan.id, facts=facts, seen=plan.version, by=by, now=now, today=today)


def _as_written(row: Intervention) -> Prescribed:
    return Prescribed(**{name: getattr(row, name) for name in Prescribed._fields})
