"""What the search reads in what was typed."""

from datetime import date

import pytest

from clinic.people.patients.search_terms import Terms, terms

BIRTHDAY = (date(1991, 3, 8),)


@pytest.mark.parametrize(
    "typed",
    ["3/8/1991", "03/08/1991", "3-8-1991", "3.8.1991", "1991-03-08", "Mar 8 1991", "mar. 8, 1991", "March 8th, 1991",
     "8 March 1991"],
)  # fmt: skip
def test_a_birth_date_is_read_as_americans_write_it(typed: str) -> None:
    assert terms(typed) == Terms(born_on=BIRTHDAY)


@pytest.mark.parametrize("typed", ["3/8/91", "03/08/91", "Mar 8 91"])
def test_a_short_year_may_mean_two(typed: str) -> None:
    assert terms(typed) == Terms(born_on=(date(1991, 3, 8), date(2091, 3, 8)))


@pytest.mark.parametrize(
    ("typed", "read"),
    [
        ("", Terms()),
        (" -' \x00", Terms()),
        ("Lind mika", Terms(words=("lind", "mika"))),
        ("0134", Terms(digits=("0134",))),
        ("(919) 555-0134", Terms(digits=("9195550134",))),
        ("+1 919 555 0134", Terms(digits=("19195550134",))),
        ("mika 0134", Terms(words=("mika",), digits=("0134",))),
        ("lind 3/8/1991", Terms(words=("lind",), born_on=BIRTHDAY)),
        ("12", Terms(words=("12",))),
        ("13/45/1991", Terms(words=("13", "45"), digits=("1991",))),
        ("Feb 30 1991", Terms(words=("feb",), digits=("301991",))),
    ],
)
def test_words_digits_and_days_are_told_apart(typed: str, read: Terms) -> None:
    assert terms(typed) == read


def test_only_the_beginning_of_a_long_text_counts() -> None:
    assert terms("ab " * 5000) == Terms(words=("ab",) * 8)
