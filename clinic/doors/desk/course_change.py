"""Change a course that is booked: this visit, this and later ones, or all; moved, given to somebody else, canceled."""

from collections.abc import Sequence
from datetime import date, datetime
from typing import Any

from flask import redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from clinic import clock
from clinic.database import database
from clinic.doors import wording
from clinic.doors.cards import read_card
from clinic.doors.desk import door
from clinic.doors.desk.course_change_form import SCOPES, ChangeForm
from clinic.doors.desk.course_forms import Draft, draft, mark_of, marked_elsewhere
from clinic.doors.desk.course_view import choices_of, months_of, rows_of, summary_of, taken_words
from clinic.doors.desk.just_done import note_course
from clinic.doors.desk.patient_forms import whole
from clinic.doors.threshold import actor, is_scripted, onward, person, redo
from clinic.people import patients
from clinic.refusals import Refusal, Unacceptable
from clinic.scheduling import booking, practice
from clinic.scheduling.booking import Appointment, Change, Course, Status
from clinic.scheduling.booking.change_course import NoSuchCourse
from clinic.scheduling.booking.course_proposal import Proposal, alternatives
from clinic.scheduling.booking.course_queries import course, last_changed, visits_of
from clinic.scheduling.booking.course_rest import RestOfCourse
from clinic.scheduling.booking.kept_queries import not_in_the_way
from clinic.scheduling.booking.move import SomeCannotMove
from clinic.timetable.course_prescription import MOST_VISITS
from clinic.timetable.zones import to_wall

NOTHING = Draft({}, frozenset(), None)
CHANGED = "The choices changed. This is what follows from them; look, and press Enter again."


@door.get("/courses/<int:course_id>/change", endpoint="change_course")
def new(course_id: int) -> ResponseReturnValue:
    """Show the visits, those in question as they are."""
    page = ChangePage(course_id, ChangeForm(formdata=None), first=whole(request.args.get("from")))
    page.form.begin(page.rest.asked)
    return page.show("stay")


@door.post("/courses/<int:course_id>/change", endpoint="changed_course")
def change(course_id: int) -> ResponseReturnValue:
    """Find, choose, or do it."""
    page = ChangePage(course_id, ChangeForm(), first=whole(request.form.get("from")))
    return page.answer(request.form.get("act", "find"))


@door.post("/courses/<int:course_id>/undo", endpoint="undo_course")
def undo(course_id: int) -> ResponseReturnValue:
    """Take the last thing done to a course back."""
    version, by, now = whole(request.form.get("version")), actor(), clock.now()
    database.session.rollback()
    changed = redo(
        lambda: booking.take_back(course_id=course_id, by=by, now=now, seen=-1 if version is None else version)
    )
    visits = last_changed(changed)
    note_course("course-undo", changed, visits=len(visits))
    on = to_wall(visits[0].starts_at, wording.zone()).date()
    return redirect(url_for("desk.day_board", on=on, shown=visits[0].id), 303)


class ChangePage:
    """One request about a course that is booked."""

    def __init__(self, course_id: int, form: ChangeForm, *, first: int | None) -> None:
        database.session.rollback()
        found = course(course_id)
        if found is None:
            raise NoSuchCourse
        self.course: Course = found
        self.form = form
        self.now = clock.now()
        self.rest = RestOfCourse(found, visits_of(found.id), now=self.now)
        # asked from a visit that is gone meanwhile, it is not silently another one
        is_one = first is not None and 0 < first <= found.visits
        self.first = first if first and is_one else next(iter(self.rest.open_numbers), 0)
        self.notice: Refusal | str | None = None
        self.taken: set[int] = set()

    @property
    def numbers(self) -> list[int]:
        """The visits in question."""
        scope = self.form.scope.data
        return [
            number
            for number in self.rest.open_numbers
            if scope == "all" or number == self.first or (scope == "later" and number > self.first)
        ]

    def answer(self, act: str) -> ResponseReturnValue:
        """Do what a button asks."""
        self.form.validate()
        try:
            self.form.checked()
            mark = self._mark(whole(request.form.get("from")))
        except Refusal as refusal:
            self.form.refuse(refusal)
            return self._render(None, NOTHING), refusal.status
        marked = marked_elsewhere(draft(self.course.visits))
        if act == "apply" and request.form.get("mark") != mark:
            self.notice, act = CHANGED, "find"
        elif act == "apply" and marked is not None:
            self.notice, act = CHANGED, f"choose.{marked}"
        return self._apply() if act == "apply" else self.show(act)

    def _mark(self, first: int | None) -> str:
        """Return a short mark that changes with what the visits on the page follow from."""
        return mark_of((self.form.scope.data, self.form.what.data, first, sorted(self.form.wishes().items())))

    def show(self, act: str) -> tuple[str, int]:
        """Show the visits as they would become."""
        if self.form.what.data == "cancel":
            return self._render(None, NOTHING), 200
        try:
            proposal, state = self._proposal(act)
        except Refusal as refusal:
            self.form.refuse(refusal)
            return self._render(None, NOTHING), refusal.status
        return self._render(proposal, state), 200

    def _proposal(self, act: str) -> tuple[Proposal, Draft]:
        state = draft(self.course.visits)
        wishes = self.form.wishes()
        therapist = self.form.what.data == "therapist"
        if therapist:
            if wishes["therapist_id"] is None:
                raise Unacceptable("Choose the therapist who takes over.", field="therapist_id")
            wishes["therapist_only"] = True
        supply = self.rest.supply(
            wishes, numbers=self.numbers, besides=not_in_the_way(person().id, now=self.now), now=self.now
        )
        what, _, text = act.partition(".")
        number = whole(text)
        if what == "stay" and not therapist:
            return self.rest.as_it_is(supply, numbers=self.numbers), NOTHING
        rows, pinned, in_hand = dict(state.rows), set(state.pinned), state.in_hand
        if what in ("stay", "find"):
            rows = {n: time for n, time in rows.items() if n in pinned}
            if therapist:
                rows, pinned = self.rest.times(self.numbers, therapist_id=wishes["therapist_id"]), set()
            in_hand = None
        elif number in self.numbers and number is not None:
            in_hand = number
            if what == "choose":
                rows[number] = read_card(request.form.get("alternative", "")) or rows.get(number)
                pinned.add(number)
        rows = {number: time for number, time in rows.items() if number in self.numbers}
        proposal, self.taken = self.rest.propose(supply, numbers=self.numbers, rows=rows, pinned=pinned)
        if what in ("stay", "find"):
            self.taken = set()
        self.notice = self.notice or taken_words(self.taken)
        offered = state.offered if in_hand == state.in_hand else ()
        return proposal, Draft(rows, frozenset(pinned & set(self.numbers)), in_hand, offered)

    def _apply(self) -> ResponseReturnValue:
        version = whole(request.form.get("version"))
        facts: dict[str, Any] = {
            "course_id": self.course.id,
            "seen": -1 if version is None else version,
            "by": actor(),
            "now": self.now,
        }
        seen = {number: whole(request.form.get(f"seen.{number}")) or 0 for number in self.numbers}
        database.session.rollback()
        try:
            done, count = self._cancel(facts, seen) if self.form.what.data == "cancel" else self._move(facts, seen)
        except SomeCannotMove as refusal:
            self.notice = refusal
            return self.show("open")[0], refusal.status
        except Refusal as refusal:
            if refusal.status == 404:
                raise
            self.notice = refusal
            return self.show("stay")[0], refusal.status
        note_course("course-cancel" if self.form.what.data == "cancel" else "course-move", done, visits=count)
        on = self._where(done)
        return onward(url_for("desk.day_board", on=on))

    @staticmethod
    def _where(done: Course) -> date:
        return to_wall(last_changed(done)[0].starts_at, wording.zone()).date()

    def _cancel(self, facts: dict[str, Any], seen: dict[int, int]) -> tuple[Course, int]:
        visits = {self.rest.visit(number).id: seen[number] for number in self.numbers}
        reason = (self.form.reason.data or "").strip()
        asked_by = "clinic" if self.form.asked_by.data == "clinic" else "patient"
        database.session.rollback()
        done = redo(lambda: booking.cancel_visits(visits=visits, reason=reason, asked_by=asked_by, **facts))
        return done, len(visits)

    def _move(self, facts: dict[str, Any], seen: dict[int, int]) -> tuple[Course, int]:
        rows = draft(self.course.visits).rows
        changes = [
            Change(visit.id, time[0], time[1], seen[number])
            for number in self.numbers
            if (time := rows.get(number)) is not None and _differs(visit := self.rest.visit(number), time)
        ]
        if not changes:
            raise Unacceptable("Nothing would change. Choose other days, times or another therapist, and find again.")
        staying = {number: time for number, time in rows.items() if number not in self.numbers and time is not None}
        asked = self.rest.with_wishes(self.form.wishes()) if self.form.scope.data != "this" else None
        agreed = bool(self.form.agreed.data)
        database.session.rollback()
        facts |= {"changes": changes, "staying": staying, "asked": asked, "agreed_on_the_phone": agreed}
        done = redo(lambda: booking.move_visits(**facts))
        return done, len(changes)

    def _render(self, proposal: Proposal | None, state: Draft) -> str:
        self.form.prepare()
        numbers = self.numbers if self.form.scope.data in SCOPES else []
        was = {number: self.rest.visit(number).starts_at for number in numbers}
        facts: dict[str, Any] = {"pinned": state.pinned, "taken": self.taken, "plain_type": self.course.type_id}
        rows = rows_of(proposal, was=was, **facts) if proposal else []
        rows = [row for row in rows if row.number in self.rest.booked]
        choices = []
        if proposal is not None and state.in_hand in numbers and state.in_hand is not None:
            placed = [row.slot for row in proposal.rows]
            by_hand = {
                row.number: row.slot for row in proposal.rows if row.number not in numbers or row.number in state.pinned
            }
            supply = self.rest.last_supply
            offered = state.offered_for(state.in_hand, supply)
            found = alternatives(state.in_hand, placed, supply=supply, pinned=by_hand, offered=offered)
            choices = choices_of(proposal.rows[state.in_hand - 1], found)
        piece = "desk/_course_change.html"
        return render_template(
            piece if is_scripted() else "desk/course.html",
            piece=piece,
            heading="Change a course",
            course=self.course,
            patient=patients.patient(self.course.patient_id),
            form=self.form,
            first=self.first,
            numbers=numbers,
            visits=[self.rest.visit(number) for number in numbers],
            rows=rows,
            kept=[] if rows else draft(MOST_VISITS).by_hand(),
            choices=choices,
            in_hand=state.in_hand,
            changed=_changed(rows, numbers, self.rest),
            notice_of=self.notice,
            asked_mark=self._mark(self.first) if not self.form.errors else "",
            summary=summary_of(proposal, self.rest.last_supply) if proposal else [],
            months=months_of(proposal, self.rest.last_supply) if proposal else [],
            grace=practice.clinic().grace_minutes,
            now=self.now,
        )


def _changed(rows: Sequence[Any], numbers: Sequence[int], rest: RestOfCourse) -> int:
    """Return how many visits would get another time or therapist."""
    times = {row.number: read_card(row.value) for row in rows if row.number in numbers}
    return sum(time is not None and _differs(rest.visit(number), time) for number, time in times.items())


def _differs(visit: Appointment, time: tuple[datetime, int]) -> bool:
    return visit.status == Status.BOOKED and (visit.starts_at, visit.therapist_id) != time
