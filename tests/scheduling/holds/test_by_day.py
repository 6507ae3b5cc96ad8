"""Taken time as bitmaps by day, held against counting cells."""

import random
from datetime import timedelta

import pytest
from flask import Flask

from clinic.database import transaction
from clinic.scheduling import holds
from clinic.scheduling.holds import Claim
from clinic.timetable.grid import CELLS_A_DAY, begin_of
from clinic.timetable.intervals import Interval

FIRST = 6_000_000 // CELLS_A_DAY * CELLS_A_DAY


@pytest.mark.parametrize("seed", range(12))
def test_bitmaps_of_days_with_gaps_between_agree_with_counting(app: Flask, seed: int) -> None:
    dice = random.Random(seed)
    held: dict[str, set[int]] = {"therapist:1": set(), "room:1": set()}
    with transaction():
        for owner in range(40):
            holder = dice.choice(sorted(held))
            start = FIRST + dice.randrange(-CELLS_A_DAY, 9 * CELLS_A_DAY)
            cells = set(range(start, start + dice.randrange(1, CELLS_A_DAY)))
            if cells & held[holder]:
                continue
            held[holder] |= cells
            span = Interval(begin_of(start), begin_of(start) + timedelta(minutes=5 * len(cells)))
            holds.take(f"appointment:{owner}", [Claim(holder, span)])
    open_days = sorted(dice.sample(range(8), dice.randint(1, 6)))
    days = [(FIRST + day * CELLS_A_DAY, FIRST + (day + 1) * CELLS_A_DAY) for day in open_days]

    read = holds.by_day(days)

    for (begin, end), taken in zip(days, read, strict=True):
        for holder, cells in held.items():
            bits = taken.get(holder, 0)
            assert [cell for cell in range(begin, end) if bits >> cell - begin & 1] == sorted(
                cell for cell in cells if begin <= cell < end
            )


def test_a_visit_on_a_day_between_two_open_ones_is_on_neither(app: Flask) -> None:
    start = begin_of(FIRST + CELLS_A_DAY + 100)
    with transaction():
        holds.take("appointment:1", [Claim("therapist:1", Interval(start, start + timedelta(minutes=40)))])

    days = [(FIRST, FIRST + CELLS_A_DAY), (FIRST + 2 * CELLS_A_DAY, FIRST + 3 * CELLS_A_DAY)]

    assert [dict(taken) for taken in holds.by_day(days)] == [{}, {}]
