"""What is ahead: time off and the hours beneath it, the past, the zone, and what the trail keeps of it."""

from collections.abc import Callable
from datetime import date, datetime
from typing import Any

import pytest

from clinic import audit
from clinic.refusals import Unacceptable
from clinic.scheduling import holds, practice
from clinic.scheduling.booking.refusals import Away
from clinic.scheduling.practice.be_away import AlreadyEntered, cancel_time_off, take_time_off
from clinic.scheduling.practice.change_clinic import pause_letters, resume_letters
from clinic.scheduling.practice.change_location import VisitsAhead, change_location
from clinic.scheduling.practice.close import close, reopen
from clinic.scheduling.practice.hours import set_dated_hours
from clinic.scheduling.practice.in_use import InUse
from clinic.scheduling.practice.order import put_earlier
from clinic.scheduling.practice.therapists import let_therapist_leave
from clinic.timetable.intervals import Interval
from tests.cast import CAST, at

Act = Callable[..., Any]
TODAY = date(2026, 11, 24)
CHICAGO = {"location_id": 1, "name": "Main", "address": "12 Main", "phone": "919 555 0142", "zone": "America/Chicago"}


def whole_day(**changes: Any) -> dict[str, Any]:
    """Return what is needed for Dana to be away today."""
    return {"therapist_id": CAST.dana, "starts_at": at(0), "ends_at": at(0, day=1), "label": "Away", **changes}


def test_hours_do_not_grow_into_time_off_in_which_a_visit_was_booked(act: Act, book: Act) -> None:
    visit = book(starts_at=at(19), reason="agreed with Dana")
    away = act(take_time_off, **whole_day())

    with pytest.raises(InUse) as refused:
        act(set_dated_hours, therapist_id=CAST.dana, on=TODAY, spans=[(480, 1200)])

    assert refused.value.owners == [visit.key]
    assert refused.value.sentence == (
        "Visits are booked in time off that would then be working time. Move or cancel them first."
    )
    day = Interval(at(0), at(0, day=1))
    assert holds.owners_of("therapist:1", day) == [f"time_off:{away.id}", visit.key]


@pytest.mark.parametrize("when", [at(9), at(12, 20), at(19)], ids=["in the hours", "at noon", "in the evening"])
def test_no_reason_books_somebody_who_is_away(act: Act, book: Act, when: datetime) -> None:
    act(take_time_off, **whole_day())

    with pytest.raises(Away) as refused:
        book(starts_at=when, reason="agreed with Dana")

    assert refused.value.sentence == "Dana Ruiz is away then."
    assert book(starts_at=when, reason="agreed", therapist_id=CAST.noor).starts_at == when


def test_time_off_that_was_taken_back_is_in_nobodys_way(act: Act, book: Act) -> None:
    away = act(take_time_off, **whole_day())
    act(cancel_time_off, time_off_id=away.id)

    assert book(starts_at=at(9)).starts_at == at(9)


def test_a_visit_outside_the_hours_is_not_in_the_way_of_time_off(act: Act, book: Act) -> None:
    book(starts_at=at(19), reason="agreed with Dana")
    inside = book(starts_at=at(10), patient_id=CAST.ben)

    with pytest.raises(InUse) as refused:
        act(take_time_off, **whole_day())

    assert refused.value.owners == [inside.key]


def test_time_off_over_time_off_is_refused_as_that(act: Act) -> None:
    act(take_time_off, **whole_day(ends_at=at(10)))

    with pytest.raises(InUse) as refused:
        act(take_time_off, **whole_day())

    assert (refused.value.owners, refused.value.sentence) == ([], "Time off is entered for that time already.")


def test_what_is_past_cannot_be_closed_or_taken_off(act: Act) -> None:
    past = {"starts_at": at(0, day=-365), "ends_at": at(7)}

    with pytest.raises(Unacceptable) as away:
        act(take_time_off, **whole_day(**past))
    with pytest.raises(Unacceptable) as closed:
        act(close, location_id=CAST.location, label="Snow", starts_at=at(6), ends_at=at(7))

    assert [refusal.value.sentence for refusal in (away, closed)] == ["That time has passed already."] * 2


@pytest.mark.parametrize(
    ("verb", "facts", "sentence"),
    [
        (take_time_off, whole_day(), "Time off is entered"),
        (
            close,
            {"location_id": CAST.location, "starts_at": at(0), "ends_at": at(0, day=1), "label": "Snow"},
            "Closures are entered",
        ),
    ],
    ids=["time off", "closure"],
)
def test_the_zone_stands_still_while_anything_ahead_was_set_by_it(
    act: Act, verb: Callable[..., Any], facts: dict[str, Any], sentence: str
) -> None:
    act(verb, **facts)

    with pytest.raises(VisitsAhead) as refused:
        act(change_location, **CHICAGO)

    assert refused.value.sentence == f"{sentence} by the present time zone. It can be changed when none is ahead."
    assert practice.location().zone == "America/New_York"


def test_the_trail_keeps_which_time_was_given_back(act: Act) -> None:
    away = act(take_time_off, **whole_day())
    act(cancel_time_off, time_off_id=away.id)
    closure = act(close, location_id=CAST.location, starts_at=at(8), ends_at=at(9), label="Snow")
    act(reopen, closure_id=closure.id)

    given_back = [audit.entries_about("therapist:1")[0], audit.entries_about(f"closure:{closure.id}")[0]]
    assert [(entry.what, entry.before) for entry in given_back] == [
        ("time off canceled", {"starts_at": at(0).isoformat(), "ends_at": at(0, day=1).isoformat()}),
        ("reopened", {"label": "Snow", "starts_at": at(8).isoformat(), "ends_at": at(9).isoformat()}),
    ]


def test_a_second_press_leaves_no_second_entry(act: Act) -> None:
    for verb in (pause_letters, pause_letters, resume_letters, resume_letters):
        act(verb)

    assert [entry.what for entry in audit.entries_about("clinic:1")] == ["letters resumed", "letters paused"]


def test_who_left_has_no_place_in_the_order(act: Act) -> None:
    act(let_therapist_leave, therapist_id=CAST.noor)
    act(put_earlier, what="therapists", id_=CAST.sam)

    assert [one.name for one in practice.colleagues()] == ["Sam Osei", "Dana Ruiz"]
    entry = audit.entries_about("therapist:3")[0]
    assert (entry.what, entry.before, entry.after) == ("order changed", {"place": 2}, {"place": 1})


@pytest.mark.parametrize(
    "changes", [{"label": "Course"}, {"ends_at": at(12)}, {"therapist_id": CAST.noor}], ids=["label", "end", "whom"]
)
def test_a_form_that_entered_time_off_does_not_enter_another(act: Act, changes: dict[str, Any]) -> None:
    act(take_time_off, **whole_day(request_id="once"))

    with pytest.raises(AlreadyEntered, match="other time off"):
        act(take_time_off, **whole_day(request_id="once", **changes))


def test_a_form_whose_time_off_was_taken_back_enters_nothing_in_silence(act: Act) -> None:
    away = act(take_time_off, **whole_day(request_id="once"))
    again = act(take_time_off, **whole_day(request_id="once"))
    act(cancel_time_off, time_off_id=away.id)

    with pytest.raises(AlreadyEntered, match="taken back since"):
        act(take_time_off, **whole_day(request_id="once"))

    assert again.id == away.id
