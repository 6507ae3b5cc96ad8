"""Plans: begun, saved by version, signed with all their parts, changed by a new version, certified."""

from dataclasses import replace
from datetime import date
from decimal import Decimal
from typing import Any

import pytest
from sqlalchemy import select, text
from sqlalchemy.exc import DBAPIError

from clinic.audit.models import Entry
from clinic.care import plans
from clinic.care.episodes import authorize, close_episode, visits_of
from clinic.care.episodes.the_row import EpisodeClosed
from clinic.care.notes.queries import how_it_stands
from clinic.care.plans import PlanFacts, PlanNotComplete, PlanSavedElsewhere, Prescribed
from clinic.care.plans.book import PlanMoved, book_for_plan
from clinic.care.plans.certification import Certification
from clinic.care.plans.codes import NoSuchCode
from clinic.care.plans.compare import what_changed
from clinic.care.plans.goals import read_goal
from clinic.care.plans.models import CertificationStep, DiagnosisCode, Goal, GoalEvent, Plan
from clinic.care.plans.queries import (
    diagnoses_of,
    draft_of,
    goals_of,
    interventions_of,
    plan_in_force,
    plans_of,
)
from clinic.care.plans.queries import plan as plan_by_id
from clinic.care.plans.sign import plan_is_as_signed
from clinic.care.plans.templates import templates
from clinic.care.signatures import AlreadySigned, NotForYou, signatures_of
from clinic.database import database, transaction
from clinic.people.accounts.models import User
from clinic.people.accounts.roles import Role
from clinic.refusals import NotFound, Unacceptable
from clinic.scheduling.booking.book_course import Row
from clinic.scheduling.booking.course_asked import Asked
from clinic.scheduling.practice.models import Therapist
from tests.care.acts import TODAY, clinician, episode, plan_facts, plan_signed, planned, visit, within
from tests.cast import CAST, KIM, NOW, ZONE, at

pytestmark = pytest.mark.usefixtures("app")


def save(plan: Plan, facts: PlanFacts, *, who: str = "Dana", seen: int | None = None) -> Plan:
    """Save a draft as it was last seen."""
    by, version = clinician(who), plan.version if seen is None else seen
    return within(lambda: plans.save_plan(plan_id=plan.id, facts=facts, seen=version, by=by, now=at(8), today=TODAY))


def begin(episode_id: int, *, who: str = "Dana") -> Plan:
    """Begin an episode's plan, or its next version."""
    by = clinician(who)
    return within(lambda: plans.begin_plan(episode_id=episode_id, by=by, now=NOW, today=TODAY))


def certify(plan: Plan, step: str, on: date = TODAY, words: str = "Fax") -> CertificationStep:
    """Note a step of a plan's certification, by Kim."""
    return within(
        lambda: plans.note_certification(plan_id=plan.id, step=step, on=on, words=words, by=KIM, now=NOW, today=TODAY)
    )


def read(goal: Goal, status: str, value: Decimal | None = None, **changes: Any) -> GoalEvent:
    """Note where a goal stands."""
    facts: dict[str, Any] = {"goal_id": goal.id, "words": "", "about": "note:1", "by": KIM, "now": at(12)} | changes
    return within(lambda: read_goal(status=status, value=value, **facts))


def test_beginning_twice_begins_one_draft_and_an_assistant_none() -> None:
    one = episode()

    with pytest.raises(NotForYou):
        begin(one.id, who="Sam")
    first, again = begin(one.id), begin(one.id, who="Noor")

    assert (first.id, first.number, first.author, first.from_on) == (again.id, 1, "Dana Ruiz", TODAY)
    assert [plan_in_force(one.id), draft_of(one.id)] == [None, first]
    with pytest.raises(NotFound):
        begin(99)


def test_what_is_saved_stands_there_and_nothing_new_is_no_new_version() -> None:
    plan = planned(episode())

    again = save(plan, replace(plan_facts(), goals=None))

    assert (plan.version, again.version, again.visits, again.weeks) == (2, 2, 12, 8)
    assert [(row.code, row.title) for row in diagnoses_of(plan.id)] == [("M54.59", "Other low back pain")]
    assert [(row.code, row.target) for row in plans.plan_content(again).goals] == [("LT1", Decimal(30))]
    assert goals_of(plan.episode_id) == []
    assert [row.name for row in interventions_of(plan.id)] == ["Side plank", "Treadmill with metronome", "Heat"]
    entry = database.session.scalars(select(Entry).where(Entry.what == "plan saved")).one()
    assert (entry.patient_id, entry.about, len(entry.after["fields"])) == (CAST.ada, plan.key, 10)


def test_two_tabs_cannot_overwrite_each_other() -> None:
    plan = planned(episode())

    save(plan, PlanFacts(values={"precautions": "No end range"}), seen=2)
    with pytest.raises(PlanSavedElsewhere):
        save(plan, PlanFacts(values={"precautions": "None"}), who="Noor", seen=2)

    assert plan_by_id(plan.id).precautions == "No end range"


CANNOT_BE: list[tuple[dict[str, Any], str]] = [
    ({"values": {"phases": [[0, 4]]}}, "per_week_1"),
    ({"values": {"phases": [[2, 53]]}}, "weeks_1"),
    ({"values": {"phases": [[7, 9]]}}, "weeks_1"),
    ({"values": {"phases": [[1, 1]] * 5}}, "per_week_4"),
    ({"values": {"amount": 5}}, "amount"),
    ({"values": {"reevaluate_every": 0}}, "reevaluate_every"),
    ({"values": {"prognosis": "great"}}, "prognosis"),
    ({"values": {"agreed_on": date(2026, 11, 25)}}, "agreed_on"),
    ({"values": {"type_id": 99}}, "type_id"),
    ({"values": {"impairments": "x" * 1001}}, "impairments"),
    ({"values": {"discharge_when": "a\x00b"}}, "discharge_when"),
    ({"diagnoses": ("M54.5",)}, "diagnosis"),
    ({"diagnoses": ("Z99.999",)}, "diagnosis"),
    ({"interventions": (Prescribed("surgery", "exercise", "Cut"),)}, "intervention.0.kind"),
    ({"interventions": (Prescribed("exercise", "exercise", " "),)}, "intervention.0.name"),
    ({"interventions": (Prescribed("exercise", "exercise", "Squat", minutes=481),)}, "intervention.0.minutes"),
    ({"interventions": (Prescribed("exercise", "exercise", "Squat", side="up"),)}, "intervention.0.side"),
]
WRONG_AIMS: list[tuple[dict[str, Any], str]] = [
    ({"term": "MT"}, "goal.0.term"),
    ({"comparison": "<"}, "goal.0.comparison"),
    ({"target": Decimal("NaN")}, "goal.0.target"),
    ({"target": Decimal("1e30")}, "goal.0.target"),
    ({"baseline": Decimal("6.125")}, "goal.0.baseline"),
    ({"due_on": TODAY}, "goal.0.due_on"),
    ({"function": "x" * 201}, "goal.0.function"),
]


def test_what_cannot_be_is_refused_beside_its_field_and_nothing_is_saved() -> None:
    plan = planned(episode())
    tries = CANNOT_BE + [({"goals": ((plan_facts().goals or ())[0]._replace(**aim),)}, at_) for aim, at_ in WRONG_AIMS]
    fields = []

    for facts, _ in tries:
        values = {"precautions": "kept out", **facts.get("values", {})}
        with pytest.raises(Unacceptable) as refused:
            save(plan, PlanFacts(**{**facts, "values": values}))
        fields.append(refused.value.field)

    assert fields == [field for _, field in tries]
    database.session.rollback()
    assert (plan_by_id(plan.id).precautions, plan_by_id(plan.id).version) == ("", plan.version)


def test_signing_names_every_part_that_is_missing_with_its_field() -> None:
    plan = begin(episode().id)
    aim = plans.Aim(term="ST")
    bare = (Prescribed("exercise", "exercise", "Side plank"),)

    with pytest.raises(PlanNotComplete) as empty:
        plan_signed(plan)
    plan = save(plan, PlanFacts(values={"from_on": None}, goals=(aim,), interventions=bare))
    with pytest.raises(PlanNotComplete) as partly:
        plan_signed(plan)

    assert [part.field for part in empty.value.missing] == [
        "diagnosis",
        "impairments",
        "add_goal",
        "add_intervention",
        "per_week_1",
        "type_id",
        "prognosis",
        "discharge_when",
    ]
    assert [part.field for part in partly.value.missing] == [
        "diagnosis",
        "impairments",
        "add_goal",
        "goal.0.function",
        "goal.0.measured",
        "goal.0.baseline",
        "goal.0.baseline_on",
        "goal.0.target",
        "goal.0.due_on",
        "intervention.0.why",
        "intervention.0.dose",
        "per_week_1",
        "from_on",
        "type_id",
        "prognosis",
        "discharge_when",
    ]
    assert empty.value.sentence == (
        "8 things before you sign: A diagnosis code; Impairments and what they hinder; A long-term goal."
    )
    assert plan_by_id(plan.id).signed_at is None


def test_a_signed_plan_is_in_force_and_no_longer_changes() -> None:
    plan = plan_signed(planned(episode()))

    for verb in (lambda: save(plan, plan_facts()), lambda: plan_signed(plan)):
        with pytest.raises(AlreadySigned):
            verb()
    statements = (
        "UPDATE plans SET prognosis = 'fair'",
        "DELETE FROM plans",
        "UPDATE goals SET target = 1",
        "UPDATE goals SET code = 'LT9'",
        "DELETE FROM goals",
        "UPDATE interventions SET dose = ''",
        "DELETE FROM plan_diagnoses",
    )
    for sql in statements:
        database.session.rollback()
        with pytest.raises(DBAPIError), transaction() as session:
            session.execute(text(sql))
    database.session.rollback()
    database.session.expire_all()

    assert [(one.part, one.name, one.credentials, one.signed_at) for one in signatures_of(plan.key)] == [
        ("author", "Dana Ruiz", "PT, DPT", NOW)
    ]
    assert plan_in_force(plan.episode_id) == plan_by_id(plan.id)
    assert plan_is_as_signed(plan_by_id(plan.id))


def test_what_becomes_of_a_goal_is_added_and_never_rewritten() -> None:
    plan = plan_signed(planned(episode()))
    goal = goals_of(plan.episode_id)[0].goal

    read(goal, "active", Decimal(18), words="Runs 18 min")
    read(goal, "partly met", Decimal("24.5"))
    read(goal, "met")
    wrong: list[dict[str, Any]] = [{"status": "won"}, {"status": "met", "value": Decimal("NaN")}]
    for facts in wrong:
        with pytest.raises(Unacceptable):
            read(goal, **facts)
    with pytest.raises(NotFound):
        read(goal, "met", goal_id=99)
    for sql in ("UPDATE goal_events SET status = 'active'", "DELETE FROM goal_events"):
        database.session.rollback()
        with pytest.raises(DBAPIError), transaction() as session:
            session.execute(text(sql))
    database.session.rollback()

    row = goals_of(plan.episode_id)[0]
    assert (row.status, row.now, row.now_on, row.words, row.is_open) == (
        "met",
        Decimal("24.5"),
        TODAY,
        "Runs 18 min",
        False,
    )
    assert database.session.scalars(select(GoalEvent.status).order_by(GoalEvent.id)).all() == [
        "active",
        "partly met",
        "met",
    ]
    entries = database.session.scalars(select(Entry).where(Entry.what == "goal read")).all()
    assert [(one.patient_id, one.about) for one in entries] == [(CAST.ada, f"goal:{goal.id}")] * 3


def test_where_a_goal_stood_at_a_moment_is_not_changed_by_what_was_read_later() -> None:
    plan = plan_signed(planned(episode()))
    goal = goals_of(plan.episode_id)[0].goal

    read(goal, "partly met", Decimal(18), now=at(12))
    read(goal, "met", Decimal(32), now=at(15))

    stood, stands = (goals_of(plan.episode_id, as_of=moment)[0] for moment in (at(12), at(15)))
    assert [(row.status, row.now) for row in (stood, stands)] == [("partly met", 18), ("met", 32)]
    assert goals_of(plan.episode_id, as_of=at(1)) == []


def test_a_new_version_keeps_the_goals_says_what_changed_and_why() -> None:
    first = plan_signed(planned(episode()))
    second = begin(first.episode_id)
    rows = interventions_of(second.id)
    kept = [Prescribed(r.kind, r.category, r.name, r.side, r.dose, r.minutes, r.why, r.stopped) for r in rows]
    changed = (
        kept[0]._replace(dose="3 × 30 s"),
        kept[1]._replace(stopped="Step rate holds"),
        Prescribed("exercise", "exercise", "Split squat", "both", "3 × 8", 8, "Leg strength"),
    )
    sit = plans.Aim("LT", "sit an hour", "sit-minutes", "Sitting", "min", Decimal(20), TODAY, Decimal(60))
    facts = PlanFacts(
        values={"phases": [[1, 6]], "prognosis": "excellent"},
        diagnoses=("M54.59", "M54.16"),
        goals=(sit._replace(due_on=date(2027, 1, 22)),),
        interventions=changed,
    )
    second = save(second, facts)

    with pytest.raises(PlanNotComplete) as refused:
        plan_signed(second)
    second = plan_signed(save(second, PlanFacts(values={"why_changed": "Better than foreseen"})))
    third = begin(first.episode_id)

    assert [part.field for part in refused.value.missing] == ["why_changed"]
    assert what_changed(first, second) == [
        "Prognosis: good → excellent",
        "Frequency: 2 × a week for 4 weeks, then 1 × for 4 → 1 × a week for 6 weeks",
        "Diagnosis: M54.59 → M54.59, M54.16",
        "New: Split squat, 3 × 8",
        "Side plank: 3 × 15 s → 3 × 30 s",
        "Stopped: Treadmill with metronome, Step rate holds",
        "Gone: Heat",
    ]
    assert [row.goal.code for row in goals_of(first.episode_id)] == ["LT1", "LT2"]
    assert [row.goal.code for row in goals_of(first.episode_id, up_to=1)] == ["LT1"]
    assert [one.number for one in plans_of(first.episode_id)] == [3, 2, 1]
    assert plan_in_force(first.episode_id) == second
    assert [row.name for row in interventions_of(third.id)] == ["Side plank", "Split squat"]
    assert all(plan_is_as_signed(plan) for plan in plans_of(first.episode_id) if plan.is_signed)


def test_a_new_version_is_not_signed_with_a_code_that_has_ended() -> None:
    first = plan_signed(planned(episode()))
    ended = select(DiagnosisCode).where(DiagnosisCode.code == "M54.59")
    within(lambda: setattr(database.session.scalars(ended).one(), "valid_until", date(2026, 11, 23)))
    second = save(begin(first.episode_id), PlanFacts(values={"why_changed": "More visits"}))

    with pytest.raises(PlanNotComplete) as refused:
        plan_signed(second)

    assert refused.value.missing == [("diagnosis", "M54.59 is not valid since November 24, 2026.")]
    with pytest.raises(NoSuchCode):
        save(second, PlanFacts(diagnoses=("M54.16", "M54.59", "M54.5")))


def test_a_students_plan_waits_for_a_therapist_who_signs_after_them() -> None:
    one = episode()

    student = frozenset({Role.STUDENT})
    within(lambda: setattr(database.session.get_one(User, clinician("Sam").user_id), "roles", student))
    plan = planned(one, who="Sam")
    with pytest.raises(NotForYou):
        plan_signed(plan, who="Sam")
    within(lambda: setattr(database.session.get_one(Therapist, CAST.sam), "supervisor_id", CAST.dana))
    plan = plan_signed(plan, who="Sam")
    sam, dana = clinician("Sam"), clinician("Dana")

    with pytest.raises(NotForYou):
        within(lambda: plans.cosign_plan(plan_id=plan.id, by=sam, now=at(13)))
    within(lambda: plans.cosign_plan(plan_id=plan.id, by=dana, now=at(13)))
    with pytest.raises(AlreadySigned):
        within(lambda: plans.cosign_plan(plan_id=plan.id, by=dana, now=at(14)))

    assert [(row.part, row.name) for row in signatures_of(plan.key)] == [
        ("author", "Sam Osei"),
        ("co-signer", "Dana Ruiz"),
    ]


def test_certification_goes_from_its_sending_to_its_signature() -> None:
    one = episode()
    draft = planned(one)
    with pytest.raises(Unacceptable):
        certify(draft, "sent")
    plan = plan_signed(draft)
    wrong: list[tuple[str, date, str]] = [
        ("lost", TODAY, ""),
        ("sent", date(2026, 11, 25), ""),
        ("sent", TODAY, "a\x00b"),
    ]
    for step, on, words in wrong:
        with pytest.raises(Unacceptable):
            certify(plan, step, on, words)
    states = []
    for step in ("", "sent", "no answer", "verbal order", "signed"):
        if step:
            certify(plan, step)
        standing = how_it_stands(one, zone=ZONE, today=TODAY)
        states.append(standing.certification.state if standing else None)

    assert states == [
        Certification.TO_SEND,
        Certification.SENT,
        Certification.SENT,
        Certification.CERTIFIED,
        Certification.CERTIFIED,
    ]
    steps = database.session.scalars(select(CertificationStep).order_by(CertificationStep.id)).all()
    assert (steps[0].step, steps[0].words, steps[0].noted_by) == ("sent", "Fax", "Kim Alder")


def test_the_standing_counts_what_is_used_booked_and_still_to_book() -> None:
    visit(starts_at=at(8), type_id=CAST.evaluation)
    for day in (1, 2, 6):
        visit(starts_at=at(9, day=day))
    one = episode()
    before = how_it_stands(one, zone=ZONE, today=TODAY)
    plan_signed(planned(one))
    within(lambda: authorize(episode_id=one.id, visits=2, until_on=None, number="", by=KIM, now=NOW))

    standing = how_it_stands(one, zone=ZONE, today=TODAY)

    assert before is None
    assert standing is not None
    assert (standing.used, len(standing.booked), standing.planned, standing.forecast.to_book) == (0, 3, 12, 9)
    assert (standing.until_on, standing.rules.key) == (date(2027, 1, 18), "payer.medicare-b")
    assert (standing.forecast.left, standing.forecast.short_by) == (2, 10)


def test_a_template_fills_a_plan_that_lacks_only_what_is_the_patients_own() -> None:
    plan = begin(episode().id)
    template = next(one for one in templates() if one.key == "runner-extension")

    plan = save(plan, template.facts(from_on=TODAY, type_id=CAST.follow_up))

    assert (plan.visits, plan.reevaluate_every, len(interventions_of(plan.id))) == (12, 6, 7)
    assert [(row.code, row.due_on) for row in plans.plan_content(plan).goals] == [
        ("LT1", date(2027, 1, 19)),
        ("LT2", date(2027, 1, 19)),
        ("LT3", date(2027, 1, 19)),
        ("ST1", date(2026, 12, 22)),
    ]
    missing = plans.what_the_plan_lacks(plans.plan_content(plan))
    assert [part.field for part in missing] == ["diagnosis", *[f"goal.{n}.baseline" for n in range(4)], "prognosis"]


def test_the_desk_is_told_when_the_plan_that_it_books_has_moved() -> None:
    one = episode()
    plan_signed(planned(one))
    asked = Asked(type_id=CAST.follow_up, phases=((1, 2),), first_on=date(2026, 11, 25))
    facts: dict[str, Any] = {"patient_id": CAST.ada, "asked": asked, "by": KIM, "now": NOW, "zone": ZONE}
    facts |= {"today": TODAY, "rows": [Row(1, at(9, day=1), CAST.dana), Row(2, at(9, day=8), CAST.dana)]}

    with pytest.raises(PlanMoved) as moved:
        within(lambda: book_for_plan(seen="1-8", request_id="a", **facts))
    for nobodys in ("99-12", "twelve", "1-12\n"):
        with pytest.raises(NotFound):
            within(lambda s=nobodys: book_for_plan(seen=s, request_id="a", **facts))
    with pytest.raises(NotFound):
        within(lambda: book_for_plan(seen="1-12", request_id="a", **{**facts, "patient_id": CAST.ben}))
    course, again = (within(lambda: book_for_plan(seen="1-12", request_id="a", **facts)).id for _ in range(2))

    assert moved.value.mark == "1-12"
    assert moved.value.sentence == (
        "The plan of care was changed, or booked, since you opened this page: it asks for 12 more visits now. "
        "Nothing was booked. Look, and press Enter again to book these all the same."
    )
    assert course == again
    assert [row.number for row in visits_of(one.id)] == [1, 2]


def test_a_closed_episodes_plan_is_neither_changed_nor_signed() -> None:
    one = episode()
    draft = planned(one)
    within(lambda: close_episode(episode_id=one.id, why="Moved away", by=clinician("Dana").actor, now=NOW))

    with pytest.raises(EpisodeClosed):
        plan_signed(draft)
    with pytest.raises(EpisodeClosed):
        planned(one)
