"""Tell the story: do in order what people did, with ``now`` as it was then, one transaction a day."""

from collections import Counter
from collections.abc import Callable, Iterator
from datetime import date, timedelta

from clinic.audit import Actor
from clinic.care import episodes, intake
from clinic.database import database, transaction
from clinic.demo.story.cast import EVALUATION
from clinic.demo.story.charts import Charts
from clinic.demo.story.courses import Visit
from clinic.demo.story.house import House, enter_absences, name_supervisors, open_house, remind_the_day_before
from clinic.demo.story.mail import PastPost
from clinic.demo.story.moments import LINK, THERAPIST, Moment
from clinic.demo.story.script import Script
from clinic.demo.story.whole_courses import phases
from clinic.letters.reminders import Desk
from clinic.people.patients.deactivate import deactivate
from clinic.people.patients.models import Patient
from clinic.people.patients.register import register
from clinic.refusals import Refusal
from clinic.scheduling import booking
from clinic.scheduling.booking.book_course import Row, RowsTaken
from clinic.scheduling.booking.course_asked import Asked
from clinic.scheduling.booking.course_queries import visits_of
from clinic.timetable.zones import to_wall

GRACE = timedelta(minutes=3)
STEPS = {
    "arrive": booking.arrive,
    "begin": booking.begin,
    "complete": booking.complete,
    "no show": booking.no_show,
    "confirm": booking.confirm,
    "tell": booking.mark_told,
}


class Teller:
    """Tells a script into an empty database, which must be at the newest migration."""

    def __init__(self, script: Script, desk: Desk) -> None:
        self.script = script
        self.post = PastPost(desk)
        self.charts = Charts(script.visits, came=script.came, now=script.now)
        script.let_go(self.charts.discharged())
        self.refused: Counter[str] = Counter()
        self._house: House
        self._kept: list[object] = []

    def __len__(self) -> int:
        return len(self.script.days) + 1

    def __iter__(self) -> Iterator[date]:
        """Tell it day by day, and yield each day when it is told."""
        script = self.script
        with transaction() as session:
            self._house = open_house(first=script.first, now=script.opened)
            name_supervisors(self._house, now=script.opened)
            enter_absences(self._house, closed=script.closed, away=script.away, now=script.opened)
            remind_the_day_before(self._house, wanted=False, now=script.opened)
            self._kept = list(session.identity_map.values())  # so that they are read once
        yield script.days[0][0]
        for on, moments in script.days:
            with transaction():
                if on == script.reminded_since:
                    remind_the_day_before(self._house, wanted=True, now=moments[0].at if moments else script.now)
                for moment in moments:
                    self._tell(moment)
                if on == script.days[-1][0]:
                    self._end()
            yield on
        database.session.remove()

    def _end(self) -> None:
        gone = self.script.gone()
        if gone is not None and self.script.people[gone].id:
            deactivate(patient_id=self.script.people[gone].id, by=self._house.desk, now=self.script.now)
        self.post.work_until(self.script.now)

    def _tell(self, moment: Moment) -> None:
        self.post.work_until(moment.at)
        if bool(moment.visit.id) == (moment.what == "book"):
            return  # it was booked with its course; or it was refused, so nothing can become of it
        try:
            self._do(moment)
        except Refusal as refusal:
            self.refused[f"{moment.what}: {type(refusal).__name__}"] += 1

    def _do(self, moment: Moment) -> None:
        visit, by = moment.visit, self._actor(moment)
        if moment.what in STEPS:
            step: Callable[..., object] = STEPS[moment.what]
            step(appointment_id=visit.id, by=by, now=moment.at)
            if moment.what == "complete":
                self.charts.after(visit, at=moment.at, house=self._house)
            return
        self.post.expect(moment.at + GRACE)
        with database.session.begin_nested():
            self._change(moment, by)

    def _change(self, moment: Moment, by: Actor) -> None:
        visit, at = moment.visit, moment.at
        if moment.what == "book" and visit in self.script.courses:
            self._book_course(self.script.courses[visit], moment, by)
        elif moment.what == "book":
            visit.id = self._book(moment, by)
        elif moment.what == "move":
            booking.move(appointment_id=visit.id, starts_at=visit.starts_at, by=by, now=at)
        elif moment.what == "cancel":
            booking.cancel(appointment_id=visit.id, by=by, now=at, reason=moment.words)
        else:
            booking.want_call(appointment_id=visit.id, by=by, now=at, why=moment.words)

    def _book(self, moment: Moment, by: Actor) -> int:
        visit = moment.visit
        patient_id = self._registered(visit, moment, by)
        booked = booking.book(
            patient_id=patient_id,
            therapist_id=self._house.therapists[visit.member].id,
            type_id=self._house.kinds[visit.kind],
            starts_at=moment.to or visit.starts_at,
            by=by,
            now=moment.at,
            reason=moment.words,
        )
        episodes.adopt(booked)
        if visit.kind == EVALUATION:
            form = f"story-{booked.id}"
            asked_at = moment.at - timedelta(seconds=30)
            intake.screen(answer="none", complaint=[], patient_id=patient_id, by=by, now=asked_at, request_id=form)
            intake.link_screening(request_id=form, appointment_id=booked.id, patient_id=patient_id)
        return booked.id

    def _book_course(self, members: list[Moment], moment: Moment, by: Actor) -> None:
        """Book what is left of a course in one step; a time that somebody else still has is booked later by itself."""
        patient_id = self._registered(moment.visit, moment, by)
        while members:
            rows = [
                Row(number, member.to or member.visit.starts_at, self._house.therapists[member.visit.member].id)
                for number, member in enumerate(members, 1)
            ]
            asked = self._asked(members, rows)
            try:
                with database.session.begin_nested():
                    course = booking.book_course(patient_id=patient_id, asked=asked, rows=rows, by=by, now=moment.at)
            except RowsTaken as taken:
                members = [member for number, member in enumerate(members, 1) if number not in taken.why]
                continue
            episodes.adopt_course(course.id)
            for visit_id, member in zip([visit.id for visit in visits_of(course.id)], members, strict=True):
                member.visit.id = visit_id
            break
        if not moment.visit.id:
            moment.visit.id = self._book(moment, by)

    def _asked(self, members: list[Moment], rows: list[Row]) -> Asked:
        zone = self._house.location.tz
        first, last = (to_wall(row.starts_at, zone).date() for row in (rows[0], rows[-1]))
        kinds = Counter(member.visit.kind for member in members)
        usual = kinds.most_common(1)[0][0]
        return Asked(
            type_id=self._house.kinds[usual],
            phases=phases(len(rows), (last - first).days),
            first_on=first,
            other_types={
                number: self._house.kinds[member.visit.kind]
                for number, member in enumerate(members, 1)
                if member.visit.kind != usual
            },
            therapist_id=rows[0].therapist_id,
        )

    def _registered(self, visit: Visit, moment: Moment, by: Actor) -> int:
        """Return the patient's id; who calls for the first time is written into the register first."""
        person = self.script.people[visit.person]
        if not person.id:
            patient = register(
                name=person.name,
                called=person.called,
                born_on=person.born_on,
                phone=person.phone,
                email=person.email,
                channel=person.channel,
                consent=bool(person.email),
                usual_therapist_id=self._house.therapists[visit.member].id,
                wished_days=person.wished_days,
                wished_from=person.wished_from,
                wished_until=person.wished_until,
                desk_note=person.desk_note,
                by=by,
                now=moment.at - timedelta(seconds=45),
            )
            person.id = patient.id
            self._kept.append(patient)
        return person.id

    def _actor(self, moment: Moment) -> Actor:
        if moment.by == THERAPIST:
            return self._house.actors[moment.visit.member]
        if moment.by == LINK:
            person = self.script.people[moment.visit.person]
            return Patient(id=person.id, name=person.name).actor
        return self._house.desk
