"""Birth dates as they are typed."""

from datetime import date

import pytest

from clinic.people.patients.birth_dates import NotABirthDate, read_birth_date

TODAY = date(2026, 11, 24)


@pytest.mark.parametrize(
    ("typed", "read"),
    [
        ("", None),
        ("  ", None),
        ("3/8/1991", date(1991, 3, 8)),
        ("03-08-1991", date(1991, 3, 8)),
        ("1991-03-08", date(1991, 3, 8)),
        (" March 8, 1991 ", date(1991, 3, 8)),
        ("3/8/91", date(1991, 3, 8)),
        ("3/8/19", date(2019, 3, 8)),
        ("11/24/26", date(1926, 11, 24)),
        ("2/29/2000", date(2000, 2, 29)),
        ("1/1/9999", date(9999, 1, 1)),
    ],
)
def test_a_birth_date_is_read_as_it_is_said(typed: str, read: date | None) -> None:
    assert read_birth_date(typed, today=TODAY) == read


@pytest.mark.parametrize(
    "typed", ["3/8", "13/13/1991", "2/29/1999", "born 3/8/1991", "3/8/1991 3/9/1991", "1991", "soon", "\x00", "9" * 400]
)
def test_what_names_no_day_is_refused(typed: str) -> None:
    with pytest.raises(NotABirthDate) as refused:
        read_birth_date(typed, today=TODAY)

    assert refused.value.sentence == "Type the birth date with its year, like 3/8/1991."
