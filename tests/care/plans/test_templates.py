"""Templates of plans: the program's, the clinic's own, and what a plan gives to one."""

from datetime import date
from typing import Any

import pytest

from clinic.care import defaults
from clinic.care.plans.facts import Aim
from clinic.care.plans.templates import keep_as_template, template_of, templates
from clinic.care.signatures import NotForYou
from clinic.database import database
from clinic.refusals import Unacceptable
from tests.care.acts import clinician, episode, planned, within
from tests.cast import NOW

pytestmark = pytest.mark.usefixtures("app")


def keep(**changes: Any) -> defaults.DefaultVersion:
    """Keep the plan of Ada's episode as a template, by Dana."""
    facts: dict[str, Any] = {"name": "Runner, tempo", "replaces": "", "source": "Own practice", "confirmed": True}
    facts |= {"by": clinician("Dana"), "now": NOW} | changes
    return within(lambda: keep_as_template(**facts))


def test_a_plan_kept_as_a_template_gives_everything_but_dates_and_baselines() -> None:
    plan = planned(episode())

    kept = keep(plan_id=plan.id)

    template = next(one for one in templates() if one.key == "own-1")
    facts = template.facts(from_on=date(2027, 1, 4), type_id=None)
    assert kept.key == "template.own-1"
    assert (template.name, template.source, template.phases) == ("Runner, tempo", "Own practice", ((2, 4), (1, 4)))
    assert [row.name for row in template.interventions] == ["Side plank", "Treadmill with metronome", "Heat"]
    assert facts.goals == (
        Aim(
            term="LT",
            function="run 30 min without a break",
            measured="Running without a break",
            measure="run-minutes",
            unit="min",
            baseline_on=date(2027, 1, 4),
            target=template.goals[0].target,
            due_on=date(2027, 3, 1),
        ),
    )


def test_a_template_of_the_program_gets_a_version_and_keeps_its_name() -> None:
    plan = planned(episode())

    keep(plan_id=plan.id, name="", replaces="runner-extension")

    found = template_of(defaults.current("template.runner-extension"))
    assert (found.name, found.number, found.discharge_when) == (
        "Runner, low back, extension-biased",
        1,
        "LT1 met, and two weeks of own running without a red day",
    )


@pytest.mark.parametrize(
    ("changes", "sentence"),
    [
        ({"name": " "}, "Give it a name."),
        ({"name": "runner, LOW back, flexion-biased"}, "There is one of this name already."),
        ({"source": ""}, "Say where this comes from."),
        ({"name": "x" * 121}, "At most 120 letters."),
    ],
)
def test_a_template_needs_a_name_of_its_own_and_a_source(changes: dict[str, str], sentence: str) -> None:
    plan = planned(episode())

    with pytest.raises(Unacceptable) as refused:
        keep(plan_id=plan.id, **changes)

    assert refused.value.sentence == sentence


def test_an_assistant_keeps_no_template() -> None:
    plan = planned(episode())

    with pytest.raises(NotForYou):
        keep(plan_id=plan.id, by=clinician("Sam"))


def test_a_retired_template_is_no_longer_offered() -> None:
    plan = planned(episode())
    kept = keep(plan_id=plan.id)

    within(
        lambda: defaults.change(
            key=kept.key,
            value={"retired": True},
            source="Own practice",
            reason="Nobody uses it",
            confirmed=False,
            seen=1,
            by=clinician("Dana").actor,
            now=NOW,
        )
    )

    assert [one.key for one in templates()] == ["runner-extension", "runner-flexion", "low-back"]


def test_questions_read_as_they_stood_when_they_were_asked() -> None:
    asked = defaults.latest_number("flag.")
    database.session.rollback()
    within(
        lambda: defaults.change(
            key="flag.saddle",
            value={"advice": "Call 911."},
            label="Numbness where a saddle touches",
            source="Own wording",
            reason="Plainer",
            confirmed=True,
            seen=0,
            by=clinician("Dana").actor,
            now=NOW,
        )
    )

    then = next(one for one in defaults.every("flag.", as_of=asked) if one.key == "flag.saddle")
    now = next(one for one in defaults.every("flag.") if one.key == "flag.saddle")
    assert (then.label, now.label) == ("Numbness around saddle or genitals", "Numbness where a saddle touches")
    assert now.value == {"then": "emergency", "advice": "Call 911."}
