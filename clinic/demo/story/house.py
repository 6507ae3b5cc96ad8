"""Chapter one: the clinic opens. Its place, rooms, devices, kinds of appointment and team."""

from dataclasses import dataclass
from datetime import date, datetime, time

from clinic.audit import Actor
from clinic.demo.story.cast import DEVICES, KINDS, MANAGER, PLACE, RECEPTION, ROOMS, TEAM, Kind, Member
from clinic.demo.story.courses import Away
from clinic.founding import found
from clinic.people import accounts
from clinic.people.accounts import Role, User
from clinic.scheduling import practice
from clinic.scheduling.practice.be_away import take_time_off
from clinic.scheduling.practice.change_clinic import change_clinic
from clinic.scheduling.practice.close import close
from clinic.scheduling.practice.devices import add_device
from clinic.scheduling.practice.furnish_rooms import add_room
from clinic.scheduling.practice.hours import set_weekly_hours
from clinic.scheduling.practice.kinds import add_type
from clinic.scheduling.practice.models import Location, Therapist
from clinic.scheduling.practice.therapists import add_therapist, set_supervisor
from clinic.timetable.wall import from_wall

PASSWORD = "demo-clinic"  # noqa: S105  no secret: it is printed at every start
TRAINING = "Staff training"


@dataclass(frozen=True)
class House:
    """The ids that the story needs, in the order of the cast, and who acts."""

    location: Location
    desk: Actor
    manager: Actor
    therapists: list[Therapist]
    actors: list[Actor]
    kinds: dict[str, int]


def open_house(*, first: date, now: datetime) -> House:
    """Found the clinic with all that is in it, and return it; the caller commits."""
    found(PLACE, now=now)
    manager = _employ(MANAGER, by=Actor(name=MANAGER.name), now=now).actor
    desk = _employ(RECEPTION, by=manager, now=now).actor
    for name in ROOMS:
        add_room(name=name, by=manager, now=now)
    for name, kind in DEVICES:
        add_device(name=name, kind=kind, by=manager, now=now)
    kinds = {kind.name: _add_kind(kind, by=manager, now=now) for kind in KINDS.values()}
    users = [_employ(member, by=manager, now=now) for member in TEAM]
    therapists = [
        _let_treat(member, user, first=first, by=manager, now=now) for member, user in zip(TEAM, users, strict=True)
    ]
    return House(practice.location(), desk, manager, therapists, [user.actor for user in users], kinds)


def name_supervisors(house: House, *, now: datetime) -> None:
    """Let the first therapist sign after every assistant; the caller commits."""
    for member, therapist in zip(TEAM, house.therapists, strict=True):
        if member.role is Role.ASSISTANT:
            set_supervisor(therapist_id=therapist.id, supervisor_id=house.therapists[0].id, by=house.manager, now=now)


def _employ(member: Member, *, by: Actor, now: datetime) -> User:
    return accounts.add_user(
        name=member.name,
        email=member.email,
        roles=[member.role],
        password=PASSWORD,
        by=by,
        now=now,
        must_change_password=False,
        any_password=True,
    )


def _add_kind(kind: Kind, *, by: Actor, now: datetime) -> int:
    return add_type(
        name=kind.name,
        purpose=kind.purpose,
        token=kind.color,
        length=kind.length,
        turnover=kind.turnover,
        performed_by=kind.performed_by,
        patients_may_move=kind.patients_may_move,
        needs=kind.needs,
        by=by,
        now=now,
    ).id


def _let_treat(member: Member, user: User, *, first: date, by: Actor, now: datetime) -> Therapist:
    therapist = add_therapist(
        user=user,
        license_number=member.license_number,
        credentials=member.credentials,
        focus=member.focus,
        by=by,
        now=now,
    )
    set_weekly_hours(therapist_id=therapist.id, spans=member.spans, from_on=first, by=by, now=now)
    return therapist


def enter_absences(house: House, *, closed: list[date], away: list[Away], now: datetime) -> None:
    """Enter the days on which the clinic is closed, and when somebody is away; the caller commits."""
    zone = house.location.tz
    for on in closed:
        close(
            location_id=house.location.id,
            starts_at=from_wall(datetime.combine(on, time(7)), zone),
            ends_at=from_wall(datetime.combine(on, time(19)), zone),
            label=TRAINING,
            by=house.manager,
            now=now,
        )
    for absence in away:
        take_time_off(
            therapist_id=house.therapists[absence.member].id,
            starts_at=from_wall(datetime.combine(absence.first, _clock(absence.since)), zone),
            ends_at=from_wall(datetime.combine(absence.last, _clock(absence.until)), zone),
            label=absence.label,
            by=house.actors[absence.member],
            now=now,
        )


def remind_the_day_before(house: House, *, wanted: bool, now: datetime) -> None:
    """Let the manager try a second reminder, the day before, or do without; the caller commits."""
    clinic = practice.clinic()
    change_clinic(
        name=clinic.name,
        mailbox=clinic.mailbox,
        notice_hours=clinic.notice_hours,
        grace_minutes=clinic.grace_minutes,
        remind_hours=clinic.remind_hours,
        remind_day_before=wanted,
        idle_minutes=clinic.idle_minutes,
        letters_per_hour=clinic.letters_per_hour,
        feed_initials=clinic.feed_initials,
        by=house.manager,
        now=now,
    )


def _clock(minute: int) -> time:
    return time(minute // 60, minute % 60)
