"""How screens say days, times and ages: in US words, on the clinic's clock."""

from datetime import date

import pytest
from flask import Flask, render_template_string

from clinic.doors.wording import weekday_words, years_between
from tests.cast import at


def say(app: Flask, template: str, **facts: object) -> str:
    """Return what a template says."""
    with app.test_request_context():
        return render_template_string(template, **facts)


@pytest.mark.parametrize(
    ("template", "said"),
    [
        ("{{ start|day }}", "Tue Nov 24"),
        ("{{ late|day }}", "Tue Nov 24"),
        ("{{ next_year|day }}", "Mon Jan 4, 2027"),
        ("{{ born|day }}", "Fri Mar 8, 1991"),
        ("{{ start|clock }}", "11:40 am"),
        ("{{ start|moment }}", "Tue Nov 24, 11:40 am"),
        ("{{ start|span(end) }}", "11:40 am–12:20 pm"),
        ("{{ end|span(late) }}", "12:20–11:30 pm"),
        ("{{ start|wall }}", "2026-11-24T11:40"),
        ("{{ born|full_date }}", "Mar 8, 1991"),
        ("{{ born|age }}", "35"),
        ("{{ 0|minute }} {{ 720|minute }} {{ 880|minute }} {{ 1440|minute }}", "12:00 am 12:00 pm 2:40 pm 12:00 am"),
        ("{{ '+19195550134'|phone }}", "(919) 555-0134"),
        ("{{ [3, 0]|weekdays }}", "Mon, Thu"),
    ],
)
def test_a_template_says_it_as_people_here_do(app: Flask, template: str, said: str) -> None:
    facts = {
        "start": at(11, 40),
        "end": at(12, 20),
        "late": at(23, 30),
        "next_year": at(9, 0, day=41),
        "born": date(1991, 3, 8),
    }

    assert say(app, template, **facts) == said


@pytest.mark.parametrize(
    ("born_on", "today", "years"),
    [
        (date(1991, 3, 8), date(2026, 3, 7), 34),
        (date(1991, 3, 8), date(2026, 3, 8), 35),
        (date(2000, 2, 29), date(2026, 2, 28), 25),
        (date(2000, 2, 29), date(2026, 3, 1), 26),
        (date(2026, 11, 23), date(2026, 11, 24), 0),
    ],
)
def test_a_year_is_added_on_the_birthday(born_on: date, today: date, years: int) -> None:
    assert years_between(born_on, today) == years


def test_weekdays_stand_in_order_and_once() -> None:
    assert weekday_words([4, 0, 4]) == "Mon, Fri"
