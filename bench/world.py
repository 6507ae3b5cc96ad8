"""A clinic of a given size, with four weeks about three quarters booked: the same one every time."""

import math
import random
from datetime import date, datetime, timedelta
from typing import Any

from sqlalchemy import insert

from clinic.database import database, transaction
from clinic.people.accounts.models import User
from clinic.people.accounts.roles import Role
from clinic.people.patients.models import Patient
from clinic.scheduling.booking.models import Appointment, Resource
from clinic.scheduling.holds.models import Hold, Stretch
from clinic.scheduling.practice.models import (
    AppointmentType,
    Clinic,
    Location,
    Room,
    Therapist,
    TypeNeed,
    WorkingHours,
)
from clinic.timetable.grid import cells
from clinic.timetable.intervals import Interval
from tests.cast import HASH, NOW, ZONE, at

SPANS = ((480, 720), (780, 1080))
LENGTH = 45
PATIENTS = 2000


def build(therapists: int, *, weeks: int = 4, past: int = 0) -> None:
    """Write the clinic into an empty database, with ``past`` visits behind it."""
    dice = random.Random(therapists)
    rooms = math.ceil(0.8 * therapists)
    with transaction() as session:
        session.add(
            Location(name="Main Street", address="12 Main Street", phone="+19195550142", zone="America/New_York")
        )
        session.add(Clinic(id=1, name="Riverside Clinic", mailbox="desk@riverside.example", letters_per_hour=10**6))
        session.add(_user("kim", Role.RECEPTION))
        session.add_all(_user(f"therapist{n}", Role.THERAPIST) for n in range(therapists))
        session.flush()
        session.add_all(Therapist(user_id=n + 2, location_id=1, position=n) for n in range(therapists))
        session.add_all(Room(location_id=1, name=f"Room {n}", position=n) for n in range(rooms))
        session.add(
            AppointmentType(
                name="Follow-up", purpose="follow-up", token="follow-up", length=LENGTH, patients_may_move=True
            )
        )
        session.flush()
        session.add(TypeNeed(type_id=1, kind="room", until_minute=LENGTH))
        session.execute(insert(WorkingHours), _hours(therapists))
        session.execute(insert(Patient), [_patient(n) for n in range(PATIENTS)])
        rows = _visits(dice, therapists, rooms, weeks) + _history(therapists, past)
        _write(rows)
    database.session.remove()


def _user(name: str, role: Role) -> User:
    return User(
        name=name.title(),
        email=f"{name}@clinic.example",
        password_hash=HASH,
        must_change_password=False,
        roles=frozenset({role}),
        created_at=NOW,
    )


def _hours(therapists: int) -> list[dict[str, Any]]:
    return [
        {"therapist_id": n + 1, "location_id": 1, "weekday": day, "starts": a, "ends": b, "from_on": date(2020, 1, 1)}
        for n in range(therapists)
        for day in range(5)
        for a, b in SPANS
    ]


def _patient(n: int) -> dict[str, Any]:
    return {
        "name": f"Patient {n}",
        "search_name": f"patient {n}",
        "phone": "+19195550101",
        "email": f"p{n}@mail.example",
        "created_at": NOW,
        "wished_days": [],
    }


def _visits(dice: random.Random, therapists: int, rooms: int, weeks: int) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = []
    for day in range(1, weeks * 7 + 1):
        if at(0, day=day).astimezone(ZONE).weekday() > 4:
            continue
        taken: list[list[datetime]] = [[] for _ in range(rooms)]
        wanted = sorted(
            (start, n)
            for n in range(therapists)
            for a, b in SPANS
            for start in range(a, b - LENGTH + 1, LENGTH)
            if dice.random() < 0.78
        )
        for start, n in wanted:
            begin = at(start // 60, start % 60, day=day)
            room = next((r for r, ends in enumerate(taken) if not ends or ends[-1] <= begin), None)
            if room is not None:
                taken[room].append(begin + timedelta(minutes=LENGTH))
                found.append(_row(len(found), begin, n + 1, room + 1, (n * 97 + len(found)) % PATIENTS + 1))
    return found


def _history(therapists: int, count: int) -> list[dict[str, Any]]:
    slots = [(a + k * LENGTH) for a, b in SPANS for k in range((b - a) // LENGTH)]
    found: list[dict[str, Any]] = []
    day = -1
    while len(found) < count:
        for n in range(therapists):
            for slot in slots:
                begin = at(slot // 60, slot % 60, day=day)
                found.append(_row(10**7 + len(found), begin, n + 1, None, len(found) % PATIENTS + 1, "completed"))
        day -= 1
    return found[:count]


def _row(
    n: int, start: datetime, therapist: int, room: int | None, patient: int, status: str = "booked"
) -> dict[str, Any]:
    return {
        "location_id": 1,
        "patient_id": patient,
        "therapist_id": therapist,
        "type_id": 1,
        "room_id": room,
        "starts_at": start,
        "ends_at": start + timedelta(minutes=LENGTH),
        "status": status,
        "ics_uid": f"a-{n}@bench",
        "ics_stamp": NOW,
        "booked_at": NOW,
        "booked_by": "bench",
    }


def _write(rows: list[dict[str, Any]]) -> None:
    session = database.session
    for first in range(0, len(rows), 5000):
        session.execute(insert(Appointment), rows[first : first + 5000])
    resources, taken, stretches = [], [], []
    for id_, row in enumerate(rows, start=1):
        if row["status"] != "booked":
            continue
        when = Interval(row["starts_at"], row["ends_at"])
        room = f"room:{row['room_id']}"
        resources.append({"appointment_id": id_, "holder": room, "starts_at": when.start, "ends_at": when.end})
        for holder in (f"therapist:{row['therapist_id']}", f"patient:{row['patient_id']}", room):
            whose = {"holder": holder, "lane": 0, "owner": f"appointment:{id_}"}
            taken += [{**whose, "cell": cell} for cell in cells(when)]
            stretches.append({**whose, "first": cells(when).start, "until": cells(when).stop})
    unique = {(hold["holder"], hold["cell"]): hold for hold in taken}
    session.execute(insert(Resource), resources)
    for first in range(0, len(stretches), 5000):
        session.execute(insert(Stretch), stretches[first : first + 5000])
    for first in range(0, len(unique), 5000):
        session.execute(insert(Hold), list(unique.values())[first : first + 5000])
