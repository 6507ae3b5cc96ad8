"""Hours, time off and closures."""

from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest
from sqlalchemy import delete

from clinic import audit
from clinic.database import database
from clinic.refusals import NotFound, Unacceptable
from clinic.scheduling import holds, practice
from clinic.scheduling.practice.be_away import cancel_time_off, take_time_off
from clinic.scheduling.practice.close import close, reopen
from clinic.scheduling.practice.hours import remove_dated_hours, set_dated_hours, set_weekly_hours
from clinic.scheduling.practice.in_use import InUse
from clinic.scheduling.practice.models import WorkingHours
from clinic.scheduling.practice.office_queries import coming_time_off, dated_days, periods
from tests.cast import CAST, NOW, ZONE, at
from tests.scheduling.practice.conftest import HOSTILE, MADE_UP, last_entry

MONDAY = date(2026, 11, 30)


def open_on(on: date) -> list[str]:
    """Return when Dana works on a day, by the clock on the wall."""
    spans = practice.open_hours([CAST.dana], zone=ZONE, first=on, last=on)[CAST.dana]
    return [f"{s.start.astimezone(ZONE):%H:%M}-{s.end.astimezone(ZONE):%H:%M}" for s in spans]


def held(on: date) -> list[str]:
    """Return when Dana's time is taken on a day."""
    first = datetime(on.year, on.month, on.day, tzinfo=ZONE).astimezone(UTC)
    spans = holds.busy(f"therapist:{CAST.dana}", first=first, until=first + timedelta(days=1))
    return [f"{s.start.astimezone(ZONE):%H:%M}-{s.end.astimezone(ZONE):%H:%M}" for s in spans]


def test_weekly_hours_replace_later_ones_and_end_earlier_ones(act: Callable[..., Any]) -> None:
    act(set_weekly_hours, therapist_id=CAST.dana, spans=[(0, 480, 540)], from_on=date(2026, 12, 14))
    act(set_weekly_hours, therapist_id=CAST.dana, spans=[(0, 600, 660), (0, 660, 720)], from_on=date(2026, 12, 7))

    assert (open_on(MONDAY), open_on(date(2026, 12, 14))) == (["08:00-12:00", "13:00-18:00"], ["10:00-12:00"])
    assert [(p.from_on, p.until_on) for p in periods(CAST.dana, since=MONDAY)] == [
        (date(2026, 1, 1), date(2026, 12, 6)),
        (date(2026, 12, 7), None),
    ]
    assert last_entry("therapist:1") == ("hours changed", "Kim Alder")


def test_hours_that_were_worked_stay_and_the_trail_keeps_what_held(act: Callable[..., Any]) -> None:
    with pytest.raises(Unacceptable) as caught:
        act(set_weekly_hours, therapist_id=CAST.dana, spans=[(0, 480, 540)], from_on=date(2026, 11, 23))

    act(set_weekly_hours, therapist_id=CAST.dana, spans=[(0, 480, 540)], from_on=date(2026, 11, 24))

    entry = audit.entries_about("therapist:1")[0]
    assert (caught.value.field, caught.value.sentence) == (
        "from_on",
        "Hours that have been worked stay as they were. Let others hold from today on.",
    )
    assert open_on(date(2026, 11, 23)) == ["08:00-12:00", "13:00-18:00"]
    assert entry.before == {
        "from": "2026-01-01",
        "spans": [[day, a, b] for day in range(5) for a, b in ((480, 720), (780, 1080))],
    }
    assert entry.after == {"from": "2026-11-24", "spans": [[0, 480, 540]]}


def test_first_hours_may_begin_in_the_past(act: Callable[..., Any]) -> None:
    act(lambda **_: database.session.execute(delete(WorkingHours)))

    act(set_weekly_hours, therapist_id=CAST.dana, spans=[(0, 480, 540)], from_on=date(2026, 11, 2))

    assert open_on(date(2026, 11, 23)) == ["08:00-09:00"]


@pytest.mark.parametrize(
    "spans",
    [
        [(0, 600, 540)],
        [(0, 600, 600)],
        [(0, -5, 60)],
        [(0, 0, 1445)],
        [(7, 0, 60)],
        [(-1, 0, 60)],
        [(0, 481, 540)],
        [(0, 480, 541)],
        [(0, 480, 600), (0, 595, 660)],
    ],
)
def test_spans_that_cannot_be_are_refused_and_the_hours_stay(
    act: Callable[..., Any], spans: list[tuple[int, int, int]]
) -> None:
    with pytest.raises(Unacceptable) as caught:
        act(set_weekly_hours, therapist_id=CAST.dana, spans=spans, from_on=MONDAY)

    assert (caught.value.field, open_on(MONDAY)) == ("spans", ["08:00-12:00", "13:00-18:00"])


def test_other_hours_hold_on_one_date_until_they_are_removed(act: Callable[..., Any]) -> None:
    act(set_dated_hours, therapist_id=CAST.dana, on=MONDAY, spans=[(540, 600)])
    act(set_dated_hours, therapist_id=CAST.dana, on=MONDAY, spans=[(600, 660), (720, 780)])
    then = open_on(MONDAY)
    act(set_dated_hours, therapist_id=CAST.dana, on=MONDAY, spans=[])
    off = open_on(MONDAY)
    act(remove_dated_hours, therapist_id=CAST.dana, on=MONDAY)

    assert (then, off, open_on(MONDAY)) == (["10:00-11:00", "12:00-13:00"], [], ["08:00-12:00", "13:00-18:00"])
    assert dated_days(CAST.dana, since=MONDAY) == []


def test_time_off_holds_working_time_only_and_once(act: Callable[..., Any]) -> None:
    facts = {"therapist_id": CAST.dana, "starts_at": at(0, day=6), "ends_at": at(0, day=7), "label": "Course"}

    first = act(take_time_off, **facts, request_id="once")
    again = act(take_time_off, **facts, request_id="once")

    assert first.id == again.id
    assert held(MONDAY) == ["08:00-12:00", "13:00-18:00"]
    assert last_entry("therapist:1") == ("time off entered", "Kim Alder")


def test_time_off_follows_the_hours(act: Callable[..., Any]) -> None:
    act(take_time_off, therapist_id=CAST.dana, starts_at=at(0, day=6), ends_at=at(0, day=7), label="")

    act(set_dated_hours, therapist_id=CAST.dana, on=MONDAY, spans=[(540, 600)])

    assert held(MONDAY) == ["09:00-10:00"]


def test_time_off_over_visits_is_refused_with_their_keys(act: Callable[..., Any], book: Callable[..., Any]) -> None:
    visits = [book().key, book(starts_at=at(14), patient_id=CAST.ben).key]

    with pytest.raises(InUse) as caught:
        act(take_time_off, therapist_id=CAST.dana, starts_at=at(8), ends_at=at(18), label="")

    assert caught.value.owners == visits
    assert coming_time_off(CAST.dana, now=NOW) == []


def test_time_off_that_is_taken_back_gives_the_time_back(act: Callable[..., Any], book: Callable[..., Any]) -> None:
    away = act(take_time_off, therapist_id=CAST.dana, starts_at=at(8), ends_at=at(12), label="")
    act(cancel_time_off, time_off_id=away.id)
    act(cancel_time_off, time_off_id=away.id)

    assert book().starts_at == at(9)
    assert away.label == "Away"


@pytest.mark.parametrize(
    ("starts_at", "ends_at"),
    [(at(9), at(9)), (at(10), at(9)), (at(9), at(9, day=400)), (at(9), datetime(9999, 1, 1, tzinfo=UTC))],
)
def test_a_stretch_that_cannot_be_is_refused(act: Callable[..., Any], starts_at: datetime, ends_at: datetime) -> None:
    stretch = {"starts_at": starts_at, "ends_at": ends_at, "label": "Works"}

    with pytest.raises(Unacceptable) as away:
        act(take_time_off, therapist_id=CAST.dana, **stretch)
    with pytest.raises(Unacceptable) as closed:
        act(close, location_id=CAST.location, **stretch)

    assert (away.value.field, closed.value.field) == ("ends_at", "ends_at")


@pytest.mark.parametrize("text", HOSTILE.values(), ids=HOSTILE)
def test_a_label_that_cannot_be_is_refused_and_nothing_is_held(act: Callable[..., Any], text: str) -> None:
    stretch = {"starts_at": at(8), "ends_at": at(12), "label": text}

    with pytest.raises(Unacceptable) as closed:
        act(close, location_id=CAST.location, **stretch)
    if text.strip():
        with pytest.raises(Unacceptable):
            act(take_time_off, therapist_id=CAST.dana, **stretch)

    assert closed.value.field == "label"
    assert held(NOW.date()) == []


def test_the_location_closes_and_opens_again(act: Callable[..., Any]) -> None:
    closure = act(close, location_id=CAST.location, starts_at=at(0, day=6), ends_at=at(12, day=6), label="Snow")
    shut = open_on(MONDAY)
    act(reopen, closure_id=closure.id)

    assert (shut, open_on(MONDAY)) == (["13:00-18:00"], ["08:00-12:00", "13:00-18:00"])
    assert last_entry(f"closure:{closure.id}") == ("reopened", "Kim Alder")


def test_a_closure_over_visits_is_refused_with_their_keys_in_order(
    act: Callable[..., Any], book: Callable[..., Any]
) -> None:
    later = book(starts_at=at(14), patient_id=CAST.ben).key
    earlier = book(therapist_id=CAST.noor).key

    with pytest.raises(InUse) as caught:
        act(close, location_id=CAST.location, starts_at=at(0), ends_at=at(0, day=1), label="Snow")

    assert caught.value.owners == [earlier, later]


def test_visits_beside_a_closure_are_not_in_its_way(act: Callable[..., Any], book: Callable[..., Any]) -> None:
    book()

    closure = act(close, location_id=CAST.location, starts_at=at(9, 40), ends_at=at(12), label="Works")

    assert closure.canceled_at is None


@pytest.mark.parametrize("id_", MADE_UP)
def test_ids_that_were_made_up_are_not_found(act: Callable[..., Any], id_: int) -> None:
    stretch = {"starts_at": at(8), "ends_at": at(12), "label": "Works"}
    acts: list[tuple[Callable[..., Any], dict[str, Any]]] = [
        (set_weekly_hours, {"therapist_id": id_, "spans": [], "from_on": MONDAY}),
        (set_dated_hours, {"therapist_id": id_, "spans": [], "on": MONDAY}),
        (remove_dated_hours, {"therapist_id": id_, "on": MONDAY}),
        (take_time_off, {"therapist_id": id_, **stretch}),
        (cancel_time_off, {"time_off_id": id_}),
        (reopen, {"closure_id": id_}),
    ]
    for verb, facts in acts:
        with pytest.raises(NotFound):
            act(verb, **facts)

    assert open_on(MONDAY) == ["08:00-12:00", "13:00-18:00"]
