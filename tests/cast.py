"""The cast: a small clinic that most tests start from. On stage it is Tuesday, November 24, 2026, 7:00 in New York."""

from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

from argon2 import PasswordHasher

from clinic.audit import Actor
from clinic.database import database, transaction
from clinic.people.accounts.models import User
from clinic.people.accounts.roles import Role
from clinic.people.patients.models import Patient
from clinic.scheduling.practice.models import (
    AppointmentType,
    Clinic,
    Equipment,
    Location,
    Room,
    Therapist,
    TypeNeed,
    WorkingHours,
)

ZONE = ZoneInfo("America/New_York")
NOW = datetime(2026, 11, 24, 12, 0, tzinfo=UTC)
PASSWORD = "quiet-room-good-light"
HASH = PasswordHasher(memory_cost=8, time_cost=1, parallelism=1).hash(PASSWORD)
KIM = Actor(name="Kim Alder", user_id=1)


def at(hour: int, minute: int = 0, *, day: int = 0) -> datetime:
    """Return the instant of a wall time in New York, ``day`` days after the Tuesday on stage."""
    on = date(2026, 11, 24) + timedelta(days=day)
    return datetime(on.year, on.month, on.day, hour, minute, tzinfo=ZONE).astimezone(UTC)


@dataclass(frozen=True)
class Cast:
    """The ids of those on stage."""

    location: int = 1
    kim: int = 1
    dana: int = 1
    noor: int = 2
    sam: int = 3
    room_1: int = 1
    room_2: int = 2
    treadmill: int = 1
    evaluation: int = 1
    follow_up: int = 2
    gait_lab: int = 3
    ada: int = 1
    ben: int = 2
    cleo: int = 3


CAST = Cast()


def _user(name: str, *roles: Role) -> User:
    return User(
        name=name,
        email=f"{name.split()[0].lower()}@clinic.example",
        password_hash=HASH,
        must_change_password=False,
        roles=frozenset(roles),
        created_at=NOW,
    )


def _patient(name: str, phone: str, **facts: object) -> Patient:
    return Patient(
        **{
            "name": name,
            "search_name": name.lower(),
            "phone": phone,
            "email": f"{name.split()[0].lower()}@mail.example",
            "created_at": NOW,
            "consent_at": NOW,
            "consent_wording": "Letters about visits by e-mail.",
            **facts,
        }
    )


def set_the_stage() -> None:
    """Write the cast into an empty database: Kim at the desk, Dana and Noor who treat, Sam the assistant, Max the
    manager; two rooms, one treadmill, three kinds of appointment, three patients."""
    with transaction() as session:
        session.add(
            Location(name="Main Street", address="12 Main Street, Suite 4", phone="+19195550142", zone=ZONE.key)
        )
        session.add(Clinic(id=1, name="Riverside Clinic", mailbox="desk@riverside.example"))
        people = [
            _user("Kim Alder", Role.RECEPTION),
            _user("Dana Ruiz", Role.THERAPIST),
            _user("Noor Haddad", Role.THERAPIST),
            _user("Sam Osei", Role.ASSISTANT),
            _user("Max Weller", Role.MANAGER),
        ]
        session.add_all(people)
        session.flush()
        session.add_all(
            Therapist(user_id=user.id, location_id=1, credentials=letters, focus=focus, position=place)
            for place, (user, letters, focus) in enumerate(
                zip(people[1:4], ("PT, DPT", "PT", "PTA"), ("running", "spine", ""), strict=True)
            )
        )
        session.add_all(
            [Room(location_id=1, name="Room 1", position=0), Room(location_id=1, name="Room 2", position=1)]
        )
        session.add(Equipment(location_id=1, name="Treadmill 1", kind="treadmill"))
        session.add_all(
            [
                AppointmentType(
                    name="Evaluation", purpose="evaluation", token="evaluation", length=60, performed_by="therapist"
                ),
                AppointmentType(
                    name="Follow-up", purpose="follow-up", token="follow-up", length=40, patients_may_move=True
                ),
                AppointmentType(name="Gait lab", purpose="other", token="gait", length=45, turnover=10),
            ]
        )
        session.flush()
        session.add_all(
            [
                TypeNeed(type_id=1, kind="room", until_minute=60),
                TypeNeed(type_id=2, kind="room", until_minute=40),
                TypeNeed(type_id=3, kind="room", until_minute=45),
                TypeNeed(type_id=3, kind="treadmill", from_minute=10, until_minute=40),
            ]
        )
        for therapist in (1, 2, 3):
            session.add_all(
                WorkingHours(
                    therapist_id=therapist, location_id=1, weekday=day, starts=a, ends=b, from_on=date(2026, 1, 1)
                )
                for day in range(5)
                for a, b in ((480, 720), (780, 1080))
            )
        session.add_all(
            [
                _patient("Ada Moore", "+19195550101", born_on=date(1988, 4, 2)),
                _patient("Ben Novak", "+19195550102", born_on=date(1975, 10, 30), usual_therapist_id=1),
                _patient("Cleo Hayes", "+19195550103", email=""),
            ]
        )
    database.session.remove()
