"""Diagnosis codes: search, validity, and the yearly file."""

from datetime import date

import pytest
from flask import Flask

from clinic.care.plans.codes import NoSuchCode, code_on, import_codes, search_codes
from clinic.refusals import Unacceptable
from tests.care.acts import within

TODAY, NEXT_YEAR = date(2026, 11, 24), date(2027, 10, 1)
TITLES = {
    "M54": ("0", "Dorsalgia"),
    "M5450": ("1", "Low back pain, unspecified"),
    "M5451": ("1", "Vertebrogenic low back pain"),
    "M5459": ("1", "Other low back pain, renamed"),
    "M5440": ("1", "Lumbago with sciatica, unspecified side"),
    "M5441": ("1", "Lumbago with sciatica, right side"),
    "M5442": ("1", "Lumbago with sciatica, left side"),
    "M5416": ("1", "Radiculopathy, lumbar region"),
    "M5417": ("1", "Radiculopathy, lumbosacral region"),
    "M9999": ("1", "Something new"),
}
FILE = [f"{n:05d} {code:<7} {flag} {title:<60} {title}\n" for n, (code, (flag, title)) in enumerate(TITLES.items(), 1)]


def found(text: str, on: date = TODAY) -> list[str]:
    """Return the codes that a search finds."""
    return [row.code for row in search_codes(text, on=on)]


def test_codes_are_found_by_code_and_by_words(app: Flask) -> None:
    assert found("m54.4") == ["M54.40", "M54.41", "M54.42"]
    assert found("m544") == ["M54.40", "M54.41", "M54.42"]
    assert found("left SCIATICA") == ["M54.42"]
    assert found("") == []
    assert found("100%") == []


def test_an_ended_code_is_not_offered_and_says_since_when(app: Flask) -> None:
    with pytest.raises(NoSuchCode) as refused:
        code_on("M54.5", on=TODAY)

    assert refused.value.sentence == "M54.5 is not valid since October 1, 2021."
    assert "M54.5" not in found("low back pain")
    assert code_on("M54.5", on=date(2021, 9, 30)).title == "Low back pain"
    with pytest.raises(NoSuchCode, match=r"M54\.59 is valid only from October 1, 2021 on"):
        code_on("M54.59", on=date(2021, 9, 30))


def test_the_yearly_file_adds_renames_and_ends_codes_and_can_be_read_twice(app: Flask) -> None:
    first = within(lambda: import_codes(FILE, valid_from=NEXT_YEAR, source="2028 order file"))
    second = within(lambda: import_codes(FILE, valid_from=NEXT_YEAR, source="2028 order file"))

    assert (first.added, first.changed, first.ended) == (2, 1, 6)
    assert (second.added, second.changed, second.ended, second.unchanged) == (0, 0, 0, len(FILE))
    assert code_on("M54.59", on=NEXT_YEAR).title == "Other low back pain, renamed"
    assert code_on("M54.59", on=TODAY).title == "Other low back pain"
    assert found("spondylosis") == ["M47.816"]
    assert found("spondylosis", NEXT_YEAR) == []


def test_a_heading_is_no_diagnosis(app: Flask) -> None:
    within(lambda: import_codes(FILE, valid_from=NEXT_YEAR, source="2028 order file"))

    with pytest.raises(NoSuchCode, match="only a heading"):
        code_on("M54", on=NEXT_YEAR)


@pytest.mark.parametrize(
    "lines", [["hello\n"] * 20, FILE[:3], ["00001 M5459\n"] * 12, [f"{line[:13]}  \n" for line in FILE]]
)
def test_another_file_is_refused(app: Flask, lines: list[str]) -> None:
    with pytest.raises(Unacceptable):
        within(lambda: import_codes(lines, valid_from=NEXT_YEAR, source="x"))
