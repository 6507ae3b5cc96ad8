"""Book a whole course: what is asked, the preview of all visits, and Enter."""

from collections.abc import Sequence
from datetime import date, datetime
from typing import Any

from flask import redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from clinic import clock
from clinic.care.notes.queries import standings_of
from clinic.care.plans.book import PlanMoved, book_for_plan
from clinic.database import database
from clinic.doors import wording
from clinic.doors.cards import read_card
from clinic.doors.desk import door
from clinic.doors.desk.course_forms import CourseForm, Draft, device_kinds, draft, mark_of, marked_elsewhere
from clinic.doors.desk.course_view import choices_of, counts_of, months_of, rows_of, summary_of, taken_words
from clinic.doors.desk.just_done import note_course
from clinic.doors.desk.patient_forms import whole
from clinic.doors.plan_to_book import left_to_book
from clinic.doors.threshold import actor, is_scripted, onward, person, redo
from clinic.people import patients
from clinic.people.patients.models import Patient
from clinic.refusals import Refusal
from clinic.scheduling import practice
from clinic.scheduling.booking.book_course import AnotherCourse, Row, RowsTaken
from clinic.scheduling.booking.course_asked import Asked
from clinic.scheduling.booking.course_proposal import Pins, Proposal, alternatives, propose, refuse_broken_rules, settle
from clinic.scheduling.booking.course_queries import courses_to_come, evaluation_to_come, first_of
from clinic.scheduling.booking.course_supply import CourseSupply
from clinic.scheduling.booking.kept_queries import not_in_the_way
from clinic.timetable.course import CannotBe, Slot
from clinic.timetable.course_prescription import MOST_VISITS
from clinic.timetable.zones import to_wall

CHANGED = "The choices changed. These are the times for them; look, and press Enter again."
NOTHING_LEFT = "The plan of care asks for no more visits than are booked. What is booked here comes on top of it."
Time = tuple[datetime, int]


@door.get("/patients/<int:patient_id>/course", endpoint="new_course")
def new(patient_id: int) -> ResponseReturnValue:
    """Propose a course for what the address asks, else for what is left of the plan of care, else for what is usual."""
    patient = patients.patient(patient_id)
    if request.args:
        return CoursePage(patient, CourseForm(request.args)).show()
    standings = standings_of(patient_id, zone=wording.zone(), today=wording.today())
    left = [asked for standing in standings if (asked := left_to_book(patient, standing))]
    if len(left) == 1:
        return redirect(url_for("desk.new_course", patient_id=patient_id, **left[0]))
    page = CoursePage(patient, CourseForm(formdata=None))
    page.form.begin_with(patient, today=wording.today(), after=_last_before(patient_id, now=page.now))
    page.notice = NOTHING_LEFT if standings and not left else None
    return page.show()


@door.post("/patients/<int:patient_id>/course", endpoint="book_course")
def ask(patient_id: int) -> ResponseReturnValue:
    """Find, choose, leave out, or book."""
    return CoursePage(patients.patient(patient_id), CourseForm()).answer(request.form.get("act", "find"))


def _last_before(patient_id: int, *, now: datetime) -> date | None:
    """Return the day of what comes before a course that is begun now: an evaluation, or the end of another course."""
    ends = [other.last_at for other in courses_to_come(patient_id, now=now)]
    evaluated = evaluation_to_come(patient_id, now=now)
    days = [to_wall(at, wording.zone()).date() for at in (evaluated, *ends) if at is not None]
    return max(days, default=None)


class CoursePage:
    """One request about a course that is not booked yet."""

    def __init__(self, patient: Patient, form: CourseForm) -> None:
        self.patient = patient
        self.form = form
        self.now = clock.now()
        self.notice: Refusal | str | None = None
        self.taken: set[int] = set()

    def show(self) -> ResponseReturnValue:
        """Propose anew."""
        try:
            asked = self.form.asked()
            supply = self._supply(asked)
            proposal = propose(supply)
        except Refusal as refusal:
            return self._refused(refusal)
        return self._page(asked, supply, proposal, pinned=frozenset(), in_hand=None)

    def answer(self, act: str) -> ResponseReturnValue:
        """Do what a button asks."""
        self.form.validate()
        try:
            asked = self.form.asked()
        except Refusal as refusal:
            return self._refused(refusal)
        if self.form.errors:
            return self._refused(None)
        state = draft(asked.visits)
        marked = marked_elsewhere(state)
        if act == "book" and marked is not None:
            self.notice, act = CHANGED, f"choose.{marked}"
        if act != "find" and request.form.get("mark") != mark_of(asked):
            self.notice = CHANGED
            act = "find"
        if act == "book":
            return self._book(asked, state)
        return self._find(asked, state, act)

    def _find(self, asked: Asked, state: Draft, act: str) -> str:
        supply = self._supply(asked)
        pinned, in_hand = set(state.pinned), state.in_hand
        what, _, text = act.partition(".")
        number = whole(text) if text else in_hand
        rows = dict(state.rows)
        if number in rows and number is not None:
            in_hand = number
            if what == "choose":
                rows[number] = read_card(request.form.get("alternative", "")) or rows[number]
                pinned.add(number)
            elif what == "out":
                rows[number] = None
                pinned.add(number)
            elif what == "back":
                rows.pop(number)
                pinned.discard(number)
        if what == "find":
            rows = {n: time for n, time in rows.items() if n in pinned}
            in_hand = None
        proposal = self._settled_as_far_as_can_be(supply, rows, pinned, in_hand)
        self.notice = self.notice or taken_words(self.taken)
        offered = state.offered_for(in_hand, supply) if in_hand is not None else []
        return self._page(asked, supply, proposal, pinned=frozenset(pinned), in_hand=in_hand, offered=offered)

    def _settled_as_far_as_can_be(
        self, supply: CourseSupply, rows: dict[int, Time | None], pinned: set[int], in_hand: int | None
    ) -> Proposal:
        """Let go of the choices that break a rule, the one in hand last, and say which."""
        said, let_go = [], []
        while True:
            try:
                proposal = self._settled(supply, rows, pinned)
            except CannotBe as refusal:
                number = next((n for n in reversed(refusal.numbers) if n != in_hand), refusal.numbers[-1])
                rows.pop(number, None)
                pinned.discard(number)
                said.append(refusal.sentence)
                let_go.append(number)
            else:
                break
        if let_go:
            anew = f"Visit {let_go[0]} is" if len(let_go) == 1 else f"Visits {', '.join(map(str, sorted(let_go)))} are"
            self.notice = " ".join([*said, f"{anew} found anew; what else was chosen stays."])
        return proposal

    def _settled(self, supply: CourseSupply, rows: dict[int, Time | None], pinned: set[int]) -> Proposal:
        """Return the course with the rows where they are; those no longer free are found anew, and named."""
        fixed: dict[int, Any] = {}
        for number, time in rows.items():
            if time is None:
                if number in pinned:
                    fixed[number] = None
                continue
            slot = supply.slot_at(number, *time)
            if slot is None:
                self.taken.add(number)
                pinned.discard(number)
            else:
                fixed[number] = slot
        by_hand: Pins = {number: slot for number, slot in fixed.items() if number in pinned}
        others: Pins = {number: slot for number, slot in fixed.items() if number not in pinned}
        return settle(supply, pinned=by_hand, others=others)

    def _book(self, asked: Asked, state: Draft) -> ResponseReturnValue:
        chosen = {number: time for number, time in state.rows.items() if time is not None}
        rows = [Row(number, *time) for number, time in chosen.items()]
        facts: dict[str, Any] = {"patient_id": self.patient.id, "asked": asked, "rows": rows}
        facts |= {"by": actor(), "now": self.now, "request_id": self.form.request_id.data or None}
        facts |= {"seen": self.form.plan.data or "", "zone": wording.zone(), "today": wording.today()}
        facts |= {"newest_seen": whole(self.form.newest_seen.data) or 0}
        try:
            refuse_broken_rules(self._supply(asked), chosen)
        except CannotBe as refusal:
            self.notice = refusal
            return self._find(asked, state, "keep"), refusal.status
        database.session.rollback()
        try:
            course = redo(lambda: book_for_plan(**facts))
        except PlanMoved as refusal:
            self.notice, self.form.plan.data = refusal, refusal.mark
            return self._find(asked, state, "keep"), refusal.status
        except AnotherCourse as refusal:
            self.notice = refusal
            return self._find(asked, state, "keep"), refusal.status
        except RowsTaken as refusal:
            self.notice = refusal
            return self._find(asked, state, f"open.{min(refusal.why)}"), refusal.status
        except Refusal as refusal:
            return self._refused(refusal)
        note_course("course-book", course, visits=len(rows))
        first = min(row.starts_at for row in rows)
        on = to_wall(first, wording.zone()).date()
        return onward(url_for("desk.day_board", on=on, shown=first_of(course.id)))

    def _supply(self, asked: Asked) -> CourseSupply:
        database.session.rollback()
        free_too = not_in_the_way(person().id, now=self.now)
        return CourseSupply(asked, patient_id=self.patient.id, now=self.now, besides=free_too)

    def _refused(self, refusal: Refusal | None) -> ResponseReturnValue:
        if refusal is not None:
            self.form.refuse(refusal)
        status = refusal.status if refusal is not None else 422
        kept = draft(MOST_VISITS).by_hand()
        return self._render(rows=[], kept=kept, summary=[], months=[], counts=(0, 0, 0), asked_mark=""), status

    def _page(
        self,
        asked: Asked,
        supply: CourseSupply,
        proposal: Proposal,
        *,
        pinned: frozenset[int],
        in_hand: int | None,
        offered: Sequence[Slot] = (),
    ) -> str:
        rows = rows_of(proposal, pinned=pinned, taken=self.taken, plain_type=asked.type_id)
        choices = []
        if in_hand is not None and in_hand <= len(proposal.rows):
            placed = [row.slot for row in proposal.rows]
            by_hand: Pins = {row.number: row.slot for row in proposal.rows if row.number in pinned}
            found = alternatives(in_hand, placed, supply=supply, pinned=by_hand, offered=offered)
            choices = choices_of(proposal.rows[in_hand - 1], found)
        return self._render(
            rows=rows,
            choices=choices,
            in_hand=in_hand,
            summary=summary_of(proposal, supply),
            months=months_of(proposal, supply),
            counts=counts_of(rows),
            asked_mark=mark_of(asked),
            visits=asked.visits,
        )

    def _render(self, **facts: Any) -> str:
        self.form.prepare()
        others = courses_to_come(self.patient.id, now=self.now)
        self.form.newest_seen.data = str(max((other.id for other in others), default=0))
        piece = "desk/_course.html"
        return render_template(
            piece if is_scripted() else "desk/course.html",
            piece=piece,
            heading="Book a course",
            patient=self.patient,
            form=self.form,
            notice_of=self.notice,
            others=others,
            device_kinds=device_kinds(),
            grace=practice.clinic().grace_minutes,
            **{"choices": [], "in_hand": None, "visits": 0, "kept": [], **facts},
        )
