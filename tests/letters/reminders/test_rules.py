"""When reminders leave, and what a letter has to tell."""

from datetime import datetime, timedelta

import pytest

from clinic.letters.reminders.rules import (
    AHEAD,
    TOMORROW,
    Told,
    day_before_at,
    is_quiet,
    news,
    next_waking,
    reminders,
    within_waking_hours,
)
from tests.cast import ZONE, at

TOLD = Told(at(9), at(9, 40), "12 Main Street", canceled=False)


def test_a_visit_at_four_is_reminded_three_days_and_one_day_ahead() -> None:
    found = reminders(at(16, day=7), zone=ZONE, remind_hours=72, day_before=True)

    assert [(due.kind, due.due_at, due.not_after) for due in found] == [
        (AHEAD, at(16, day=4), at(16, day=6)),
        (TOMORROW, at(16, day=6), at(15, day=7)),
    ]


def test_without_the_day_before_the_first_reminder_stays_of_use_until_the_visit() -> None:
    found = reminders(at(16, day=7), zone=ZONE, remind_hours=72, day_before=False)

    assert [(due.kind, due.not_after) for due in found] == [(AHEAD, at(15, day=7))]


@pytest.mark.parametrize(
    ("moment", "leaves"),
    [
        (at(8), at(8)),
        (at(20, 59), at(20, 59)),
        (at(21), at(20, 30)),
        (at(23, 30), at(20, 30)),
        (at(7, 59), at(20, 30, day=-1)),
        (at(0), at(20, 30, day=-1)),
    ],
)
def test_reminders_leave_in_waking_hours_moved_earlier_never_later(moment: datetime, leaves: datetime) -> None:
    assert within_waking_hours(moment, ZONE) == leaves


@pytest.mark.parametrize(
    ("visit", "leaves"),
    [(at(7, 20), at(10, day=-1)), (at(14, 40), at(14, 40, day=-1)), (at(19), at(18, day=-1))],
)
def test_the_day_before_it_leaves_at_the_visits_hour_within_ten_to_six(visit: datetime, leaves: datetime) -> None:
    assert day_before_at(visit, ZONE) == leaves


def test_the_day_before_is_told_by_the_wall_across_a_change_of_the_clock() -> None:
    sunday = datetime.fromisoformat("2026-11-01T14:00:00-05:00")

    assert day_before_at(sunday, ZONE) == datetime.fromisoformat("2026-10-31T14:00:00-04:00")


def test_the_quiet_is_from_nine_to_eight() -> None:
    quiet = [hour for hour in range(24) if is_quiet(at(hour), ZONE)]

    assert quiet == [0, 1, 2, 3, 4, 5, 6, 7, 21, 22, 23]
    assert next_waking(at(22), ZONE) == at(8, day=1)
    assert next_waking(at(3), ZONE) == at(8)


@pytest.mark.parametrize(
    ("told", "now_is", "kind"),
    [
        (None, TOLD, "booked"),
        (None, Told(at(9), at(9, 40), "12 Main Street", canceled=True), None),
        (TOLD, TOLD, None),
        (TOLD, Told(at(10), at(10, 40), "12 Main Street", canceled=False), "moved"),
        (TOLD, Told(at(9), at(9, 40), "3 River Road", canceled=False), "moved"),
        (TOLD, Told(at(9), at(9, 40), "12 Main Street", canceled=True), "canceled"),
    ],
)
def test_a_letter_tells_what_is_new(told: Told | None, now_is: Told, kind: str | None) -> None:
    assert news(told, now_is) == kind


def test_the_first_reminder_never_comes_after_the_second() -> None:
    for hours in range(24, 169, 12):
        found = reminders(at(9, day=20), zone=ZONE, remind_hours=hours, day_before=True)

        assert [due.due_at for due in found] == sorted({due.due_at for due in found})
        assert all(due.not_after <= at(9, day=20) - timedelta(hours=1) for due in found)
