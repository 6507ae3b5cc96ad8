"""Two at one chart at one moment: one wins, the others are told, and nothing is lost or done twice."""

from collections import Counter
from collections.abc import Callable
from dataclasses import replace
from datetime import date
from decimal import Decimal
from typing import Any

from flask import Flask
from sqlalchemy import func, select

from clinic.care import defaults, notes, plans
from clinic.care.notes import NoteFacts, Stands
from clinic.care.notes.models import Note
from clinic.care.notes.queries import how_it_stands
from clinic.care.notes.sign import is_as_signed
from clinic.care.plans import PlanFacts
from clinic.care.plans.book import book_for_plan, mark_of_plan
from clinic.care.plans.models import Goal, GoalEvent, Plan
from clinic.care.plans.sign import plan_is_as_signed
from clinic.care.plans.templates import keep_as_template, templates
from clinic.care.signatures import COSIGNER, Signature
from clinic.database import database
from clinic.doors.threshold import redo
from clinic.scheduling.booking import Appointment
from clinic.scheduling.booking.book_course import Row
from clinic.scheduling.booking.course_asked import Asked
from clinic.scheduling.practice.models import Therapist
from tests.care.acts import (
    TODAY,
    begun,
    clinician,
    episode,
    plan_facts,
    plan_signed,
    planned,
    saved,
    signed,
    visit,
    visit_facts,
    within,
)
from tests.care.at_once import at_once, in_one, the_winner
from tests.cast import CAST, KIM, NOW, ZONE, at

MANY = 6


def saving(note: Note, place: int, facts: NoteFacts) -> Callable[[], Any]:
    """Save a note as it was last seen, Dana and Noor by turns."""
    by = clinician(("Dana", "Noor")[place % 2])
    more = {"seen": note.version, "by": by, "now": at(9), "today": TODAY}
    return in_one(notes.save_note, note_id=note.id, facts=facts, **more)


def signing(note: Note) -> Callable[[], Any]:
    """Sign a note as it was last seen, by Dana."""
    return in_one(notes.sign_note, note_id=note.id, seen=note.version, by=clinician("Dana"), now=at(12))


def plan_saving(plan: Plan, place: int, facts: PlanFacts) -> Callable[[], Any]:
    """Save a plan as it was last seen, Dana and Noor by turns."""
    by = clinician(("Dana", "Noor")[place % 2])
    more = {"seen": plan.version, "by": by, "now": at(9), "today": TODAY}
    return in_one(plans.save_plan, plan_id=plan.id, facts=facts, **more)


def plan_signing(plan: Plan) -> Callable[[], Any]:
    """Sign a plan as it was last seen, by Dana."""
    return in_one(plans.sign_plan, plan_id=plan.id, seen=plan.version, by=clinician("Dana"), now=at(12))


def signatures(part: str = "author") -> int:
    """Return how many signatures there are."""
    return database.session.scalar(select(func.count()).where(Signature.part == part)) or 0


def test_of_those_who_save_one_draft_one_wins_and_the_others_save_after_it(app: Flask) -> None:
    appointment = visit()
    episode()
    note = begun(appointment)

    came_to = at_once(app, [saving(note, n, visit_facts(pain_now=n, pain_worst=9)) for n in range(MANY)])

    winner = the_winner(came_to, others="SavedElsewhere")
    found = database.session.get_one(Note, note.id)
    assert (found.pain_now, found.version, found.saved_by) == (winner, 2, ("Dana Ruiz", "Noor Haddad")[winner % 2])
    assert len(notes.content_of(found).measurements) == 2
    saved(found, NoteFacts(values={"report": "Typed again, on top."}), who="Noor")
    both = database.session.execute(select(Note.report, Note.pain_now)).one()
    assert tuple(both) == ("Typed again, on top.", winner)


def test_of_those_who_save_one_plan_one_wins_with_all_its_rows(app: Flask) -> None:
    plan = planned(episode(), PlanFacts())
    aim = (plan_facts().goals or ())[0]

    facts = [replace(plan_facts(precautions=f"{n}"), goals=(aim._replace(function=f"{n}"),) * 2) for n in range(MANY)]
    came_to = at_once(app, [plan_saving(plan, n, one) for n, one in enumerate(facts)])

    winner = the_winner(came_to, others="PlanSavedElsewhere")
    assert database.session.get_one(Plan, plan.id).precautions == f"{winner}"
    rows = database.session.execute(select(Goal.code, Goal.function).order_by(Goal.id))
    assert [tuple(row) for row in rows] == [("LT1", f"{winner}"), ("LT2", f"{winner}")]


def test_what_is_signed_is_what_was_saved_before_or_nothing_is_signed(app: Flask) -> None:
    appointment = visit()
    one = episode()
    note, plan = saved(begun(appointment), visit_facts()), planned(one)

    writing = [saving(note, n, NoteFacts(values={"report": f"{n}"})) for n in range(2)]
    writing += [plan_saving(plan, n, PlanFacts(values={"precautions": f"{n}"})) for n in range(2)]
    came_to = at_once(app, [*writing, *[signing(note)] * 2, *[plan_signing(plan)] * 2])

    note, plan = database.session.get_one(Note, note.id), database.session.get_one(Plan, plan.id)
    of_note, of_plan = came_to[0:2] + came_to[4:6], came_to[2:4] + came_to[6:8]
    told = {True: "AlreadySigned", False: "SavedElsewhere"}
    assert (the_winner(of_note, others=told[note.is_signed]) >= 2) == note.is_signed
    told[False] = "PlanSavedElsewhere"
    assert (the_winner(of_plan, others=told[plan.is_signed]) >= 2) == plan.is_signed
    assert (note.report == "", plan.precautions == "") == (note.is_signed, plan.is_signed)
    assert signatures() == note.is_signed + plan.is_signed
    assert (is_as_signed(note), plan_is_as_signed(plan)) == (note.is_signed, plan.is_signed)


def test_signings_at_one_moment_give_one_signature_and_each_goal_one_reading(app: Flask) -> None:
    appointment = visit()
    one = episode()
    goal = plans.plan_content(plan_signed(planned(one))).goals[0].id
    judged = replace(visit_facts(own_words="On the way."), goals=(Stands(goal, Decimal(20), "active"),))
    note = saved(begun(appointment, kind="progress report"), judged)

    came_to = at_once(app, [signing(note)] * MANY)

    the_winner(came_to, others="AlreadySigned")
    assert (signatures(), database.session.scalar(select(func.count(GoalEvent.id)))) == (2, 1)
    assert is_as_signed(database.session.get_one(Note, note.id))


def test_two_who_sign_after_an_assistant_at_one_moment_give_one_signature(app: Flask) -> None:
    appointment = visit(therapist_id=CAST.sam)
    episode()
    within(lambda: setattr(database.session.get_one(Therapist, CAST.sam), "supervisor_id", CAST.dana))
    note = signed(saved(begun(appointment, who="Sam"), visit_facts(), who="Sam"), who="Sam")

    people = [clinician(("Dana", "Noor")[n % 2]) for n in range(MANY)]
    came_to = at_once(app, [in_one(notes.cosign_note, note_id=note.id, by=by, now=at(13)) for by in people])

    the_winner(came_to, others="AlreadySigned")
    assert (signatures(), signatures(COSIGNER)) == (1, 1)


def test_beginning_at_one_moment_begins_one_note_and_one_plan(app: Flask) -> None:
    appointment = visit()
    one = episode()
    dana = clinician("Dana")

    begin_note = in_one(notes.begin_note, appointment_id=appointment, by=dana, now=NOW)
    begin_plan = in_one(plans.begin_plan, episode_id=one.id, by=dana, now=NOW, today=TODAY)
    came_to = at_once(app, [begin_note, begin_plan] * 3)

    assert came_to == ["done"] * 6
    assert [database.session.scalar(select(func.count(model.id))) for model in (Note, Plan)] == [1, 1]


def test_of_those_who_change_one_default_one_wins(app: Flask) -> None:
    plan = planned(episode())
    dana = clinician("Dana")
    facts: dict[str, Any] = {"source": "Own practice", "confirmed": False, "now": NOW}

    change = [
        in_one(defaults.change, key="measure.slr", value={"normal": n}, reason="Tried", seen=0, by=dana.actor, **facts)
        for n in range(MANY)
    ]
    keep = [in_one(keep_as_template, plan_id=plan.id, name=f"Own {n}", replaces="", by=dana, **facts) for n in range(3)]
    came_to = at_once(app, change + keep)

    winner = the_winner(came_to[:MANY], others="ChangedMeanwhile")
    assert defaults.current("measure.slr").value["normal"] == winner
    kept = Counter(came_to[MANY:])
    assert kept["done"] + kept["ChangedMeanwhile"] == 3
    assert len([one for one in templates() if one.key.startswith("own-")]) == kept["done"] > 0


def test_a_plan_changes_while_the_desk_books_it_and_both_stand(app: Flask) -> None:
    one = episode()
    plan_signed(planned(one))
    dana, episode_id = clinician("Dana"), one.id
    asked = Asked(type_id=CAST.follow_up, phases=((2, 2),), first_on=date(2026, 11, 25))
    rows = [Row(number, at(9, day=day), CAST.dana) for number, day in enumerate((1, 3, 6, 8), 1)]

    def change() -> None:
        draft = redo(lambda: plans.begin_plan(episode_id=episode_id, by=dana, now=NOW, today=TODAY))
        fewer = PlanFacts(values={"phases": [[1, 3]], "why_changed": "Better"})
        more: dict[str, Any] = {"by": dana, "now": NOW}
        seen = redo(
            lambda: plans.save_plan(plan_id=draft.id, facts=fewer, seen=draft.version, today=TODAY, **more)
        ).version
        redo(lambda: plans.sign_plan(plan_id=draft.id, seen=seen, **more))

    facts: dict[str, Any] = {"patient_id": CAST.ada, "asked": asked, "rows": rows, "by": KIM, "now": NOW}
    facts |= {"seen": "", "request_id": "the desk's form", "zone": ZONE, "today": TODAY}
    book = in_one(book_for_plan, **facts)
    came_to = at_once(app, [change, book, book])

    standing = how_it_stands(one, zone=ZONE, today=TODAY)
    assert came_to == ["done"] * 3
    assert standing is not None
    assert (standing.plan.number, standing.planned, len(standing.booked), standing.forecast.to_book) == (2, 3, 4, 0)
    owners = database.session.execute(select(Appointment.episode_id, func.count()).group_by(Appointment.episode_id))
    assert [tuple(row) for row in owners] == [(one.id, 4)]
    assert plan_is_as_signed(database.session.get_one(Plan, standing.plan.id))


def test_of_two_desks_that_book_one_plan_at_one_moment_one_does(app: Flask) -> None:
    one = episode()
    plan_signed(planned(one))
    standing = how_it_stands(one, zone=ZONE, today=TODAY)
    assert standing is not None
    asked = Asked(type_id=CAST.follow_up, phases=((1, 2),), first_on=date(2026, 11, 25))
    facts: dict[str, Any] = {"patient_id": CAST.ada, "asked": asked, "by": KIM, "now": NOW, "zone": ZONE}
    facts |= {"seen": mark_of_plan(standing), "today": TODAY}

    desks = [[Row(1, at(hour, day=1), CAST.dana), Row(2, at(hour, day=8), CAST.noor)] for hour in (8, 10, 14)]
    works = [in_one(book_for_plan, rows=rows, request_id=f"desk {n}", **facts) for n, rows in enumerate(desks)]
    came_to = at_once(app, works)

    the_winner(came_to, others="PlanMoved")
    standing = how_it_stands(one, zone=ZONE, today=TODAY)
    assert standing is not None
    assert (len(standing.booked), mark_of_plan(standing)) == (2, "1-10")


def test_of_three_desks_that_book_a_course_for_one_patient_at_one_moment_one_does(app: Flask) -> None:
    asked = Asked(type_id=CAST.follow_up, phases=((1, 2),), first_on=date(2026, 11, 25))
    facts: dict[str, Any] = {"patient_id": CAST.ada, "asked": asked, "by": KIM, "now": NOW, "zone": ZONE}
    facts |= {"seen": "", "today": TODAY, "newest_seen": 0}

    desks = [[Row(1, at(hour, day=1), CAST.dana), Row(2, at(hour, day=8), CAST.noor)] for hour in (8, 10, 14)]
    works = [in_one(book_for_plan, rows=rows, request_id=f"desk {n}", **facts) for n, rows in enumerate(desks)]
    came_to = at_once(app, works)

    the_winner(came_to, others="AnotherCourse")
    assert database.session.scalar(select(func.count(Appointment.id))) == 2
