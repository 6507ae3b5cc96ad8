"""What is measured: openings, a booking, the board, a feed, letters through SMTP."""

import re
import time
from collections.abc import Iterator
from datetime import timedelta
from itertools import islice
from typing import Any

from flask import Flask
from sqlalchemy import select

from bench import sink
from bench.measure import Figure, middle_and_tail, times
from clinic import clock, outbox
from clinic.database import database, transaction
from clinic.doors.threshold import redo
from clinic.letters.reminders import Desk, deliver
from clinic.outbox import Letter
from clinic.outbox.post import Parcel, Smtp
from clinic.scheduling import booking, practice
from clinic.scheduling.booking import Appointment
from clinic.scheduling.booking.course_asked import Asked
from clinic.scheduling.booking.course_proposal import propose
from clinic.scheduling.booking.course_supply import CourseSupply
from clinic.scheduling.booking.offers import able, best_offers, openings_for
from clinic.timetable.course import best_course
from tests.cast import KIM, NOW, at
from tests.engines import SECRET
from tests.visitor import Visitor

DAY = "2026-11-25"
LETTERS = 1500


def openings(engine: str, therapists: int) -> Iterator[Figure]:
    """W1: the next ten openings with rooms; W1b: all of four weeks; and the three that the panel offers."""
    kind = practice.types()[0]
    people = able(kind)
    goals = {5: "3", 20: "3", 100: "4"}

    def search(limit: int | None) -> list[Any]:
        database.session.rollback()
        found = openings_for(practice.types()[0], therapists=able(kind), not_before=NOW, step=timedelta(minutes=15))
        return list(islice(found, limit))

    p50, p95 = middle_and_tail(times(lambda: search(10), rounds=60))
    yield Figure(f"W1 next 10 openings, {therapists} therapists", engine, p50, p95, target=f"<= {goals[therapists]} ms")
    p50, p95 = middle_and_tail(times(lambda: search(None), rounds=8, warm=1))
    yield Figure(f"W1b all openings of 4 weeks, {therapists}", engine, p50, p95, target="<= 10 / 35 ms")
    if len(people) == 20:
        p50, p95 = middle_and_tail(times(lambda: best_offers(kind, patient=None, now=NOW), rounds=20))
        yield Figure("three best openings, 20 therapists", engine, p50, p95)


def courses(engine: str) -> Iterator[Figure]:
    """The best course of 12 visits over 8 weeks: the search alone, and with all that the screen reads for it."""
    first_on = (NOW + timedelta(days=1)).date()
    asked = Asked(
        type_id=1,
        phases=((2, 4), (1, 4)),
        first_on=first_on,
        first_within=7,
        least_apart=2,
        wished_days=(1, 3),
        wished_from=16 * 60,
        wished_until=24 * 60,
    )

    def read() -> CourseSupply:
        database.session.rollback()
        return CourseSupply(asked, patient_id=1, now=NOW)

    supply = read()
    slots = supply.slots()
    p50, p95 = middle_and_tail(times(lambda: best_course(asked.prescription, slots=slots), rounds=20))
    yield Figure("course of 12 visits, 8 weeks, the search", engine, p50, p95, target="<= 100 ms")
    p50, p95 = middle_and_tail(times(lambda: propose(read()), rounds=20))
    yield Figure("course of 12 visits, 8 weeks, read and found", engine, p50, p95, target="<= 100 ms")


def bookings(engine: str) -> Iterator[Figure]:
    """One booking: check, row, holds, room, letter, audit, commit."""
    kind = practice.types()[0]
    free = list(
        islice(openings_for(kind, therapists=able(kind), not_before=at(0, day=1), step=timedelta(minutes=45)), 4000)
    )
    database.session.rollback()
    taken: set[tuple[str, Any]] = set()
    chosen = []
    for opening in free:
        if all((opening.therapist, opening.starts_at + timedelta(minutes=m)) not in taken for m in range(-40, 45, 5)):
            taken.add((opening.therapist, opening.starts_at))
            chosen.append(opening)
    patients = iter(range(1, 2000))
    stock = iter(chosen)

    def one() -> None:
        opening = next(stock)
        redo(
            lambda: booking.book(
                patient_id=next(patients),
                therapist_id=int(opening.therapist.partition(":")[2]),
                type_id=kind.id,
                starts_at=opening.starts_at,
                by=KIM,
                now=NOW,
            )
        )
        database.session.remove()

    p50, p95 = middle_and_tail(_that_succeed(one, 120))
    yield Figure("one booking, committed", engine, p50, p95, note=f"{1000 / p50:.0f} a second, one process")


def _that_succeed(work: Any, rounds: int) -> list[float]:
    from clinic.refusals import Refusal

    found: list[float] = []
    while len(found) < rounds:
        started = time.perf_counter()
        try:
            work()
        except Refusal:
            database.session.remove()
            continue
        except StopIteration:
            break
        found.append((time.perf_counter() - started) * 1000)
    return found


def pages(engine: str, app: Flask) -> Iterator[Figure]:
    """W3: the board of a day, beside the floor: a signed-in answer without a page."""
    kim = Visitor(app).sign_in("kim")
    floor, _ = middle_and_tail(times(lambda: kim._open("GET", "/sign-in/token"), rounds=80))
    answer = kim._open("GET", f"/desk/days/{DAY}")
    board = times(lambda: kim._open("GET", f"/desk/days/{DAY}"), rounds=40)
    p50, p95 = middle_and_tail(board)
    size = f"{len(answer.data) / 1024:.0f} KB HTML, status {answer.status_code}"
    yield Figure("W3 board of a day, 20 therapists", engine, p50, p95, target="<= 10 ms", floor=floor, note=size)
    yield Figure("floor: a signed-in answer without a page", engine, floor, floor)


def feeds(engine: str, app: Flask) -> Iterator[Figure]:
    """W4: a feed read for the first time, and unchanged."""
    therapist = Visitor(app).sign_in("therapist0")
    page = therapist.post("/treatment/subscribe", {"label": "bench", "mode": "busy"}, page="/treatment/subscribe").text
    found = re.search(r"/feeds/[A-Za-z0-9_-]+\.ics", page)
    if found is None:
        return
    path = found[0]
    etag = therapist._open("GET", path).headers["ETag"]
    events = therapist._open("GET", path).data.count(b"BEGIN:VEVENT")
    p50, p95 = middle_and_tail(times(lambda: therapist._open("GET", path), rounds=15))
    yield Figure(f"W4 feed of {events} events, whole", engine, p50, p95)
    p50, p95 = middle_and_tail(times(lambda: therapist._open("GET", path, headers={"If-None-Match": etag}), rounds=40))
    yield Figure("W4 feed unchanged, 304", engine, p50, p95, target="<= 3 ms")


def letters(engine: str) -> Iterator[Figure]:
    """W5: letters with an invitation written, handed to a real SMTP server, and marked, by one worker."""
    soon = NOW + timedelta(minutes=10)
    database.session.rollback()
    _owe_letters(LETTERS)
    with sink.running() as url:
        post = Smtp(url)
        started = time.perf_counter()
        sent = deliver(post=post, desk=Desk(base_url="https://clinic.example", secret=SECRET), now=lambda: soon)
        took = time.perf_counter() - started
        post.close()
        floor = _handed_over(url)
    yield Figure(
        "W5 letters with invitation, through SMTP",
        engine,
        sent / took,
        sent / took,
        "1/s",
        ">= 600 /s",
        floor,
        f"{sent} letters",
    )
    yield Figure("floor: the same letters handed over, no more", engine, floor, floor, "1/s")


def _owe_letters(count: int) -> None:
    """Owe a first letter of so many visits that still lie ahead, the nearest first."""
    with transaction() as session:
        visits = session.execute(
            select(Appointment.id, Appointment.patient_id, Appointment.starts_at)
            .where(Appointment.starts_at > NOW + timedelta(days=1), Appointment.booked_by == "bench")
            .order_by(Appointment.starts_at, Appointment.id)
            .limit(count)
        )
        for id_, patient_id, starts_at in visits.all():
            outbox.owe(
                about=f"appointment:{id_}",
                occasion="0",
                kind="booked",
                patient_id=patient_id,
                due_at=NOW,
                not_after=starts_at,
                now=NOW,
            )


def _handed_over(url: str) -> float:
    """Return how many of the letters just sent a second the same server takes, nothing read, written or marked."""
    rows = database.session.execute(select(Letter.address, Letter.raw).where(Letter.state == outbox.SENT)).all()
    post = Smtp(url)
    started = time.perf_counter()
    for address, raw in rows:
        post.deliver(Parcel(0, "desk@riverside.example", address, raw or b""))
    took = time.perf_counter() - started
    post.close()
    return len(rows) / took


def everything(engine: str, app: Flask, therapists: int) -> Iterator[Figure]:
    """Measure all that applies to a clinic of this size."""
    clock.set_source(lambda: NOW)
    yield from openings(engine, therapists)
    if therapists == 20:
        yield from pages(engine, app)
        yield from feeds(engine, app)
        yield from courses(engine)
        yield from bookings(engine)
        yield from letters(engine)
    database.session.remove()
