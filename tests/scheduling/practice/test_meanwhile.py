"""Who books while something is taken away waits, and then meets the world as it has become."""

from collections.abc import Callable
from threading import Thread
from typing import Any

import pytest
from flask import Flask

from clinic.database import database, transaction
from clinic.refusals import Refusal
from clinic.scheduling import booking
from clinic.scheduling.booking.refusals import Closed, NoLongerHere
from clinic.scheduling.holds import TimeTaken
from clinic.scheduling.practice.close import close
from clinic.scheduling.practice.devices import retire_device
from clinic.scheduling.practice.furnish_rooms import retire_room
from clinic.scheduling.practice.therapists import let_therapist_leave
from tests.cast import CAST, KIM, NOW, at

BOOKED: dict[str, Any] = {
    "patient_id": CAST.ada,
    "therapist_id": CAST.dana,
    "type_id": CAST.gait_lab,
    "starts_at": at(9),
}


def booked_elsewhere(app: Flask, refused: list[Refusal]) -> Thread:
    """Return somebody at another desk who books, and notes why not."""

    def book() -> None:
        with app.app_context():
            try:
                with transaction():
                    booking.book(**BOOKED, by=KIM, now=NOW)
            except Refusal as refusal:
                refused.append(refusal)
            finally:
                database.session.remove()

    return Thread(target=book)


@pytest.mark.parametrize(
    ("taken_away", "expected"),
    [
        ([(retire_room, {"room_id": CAST.room_1}), (retire_room, {"room_id": CAST.room_2})], TimeTaken),
        ([(retire_device, {"device_id": CAST.treadmill})], TimeTaken),
        ([(let_therapist_leave, {"therapist_id": CAST.dana})], NoLongerHere),
        (
            [(close, {"location_id": CAST.location, "starts_at": at(8), "ends_at": at(12), "label": "Works"})],
            Closed,
        ),
    ],
    ids=["rooms", "device", "therapist", "closure"],
)
def test_who_books_meanwhile_is_refused(
    app: Flask, taken_away: list[tuple[Callable[..., Any], dict[str, Any]]], expected: type[Refusal]
) -> None:
    refused: list[Refusal] = []
    elsewhere = booked_elsewhere(app, refused)

    with transaction():
        for verb, facts in taken_away:
            verb(**facts, by=KIM, now=NOW)
        elsewhere.start()
        elsewhere.join(0.5)
        waits = elsewhere.is_alive()
    elsewhere.join()

    assert waits
    assert [type(refusal) for refusal in refused] == [expected]
