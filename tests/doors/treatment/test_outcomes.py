"""Outcomes at the door: answered by number, scored as it is typed, guarded, read over the visits."""

from collections.abc import Callable

import pytest
from sqlalchemy import select

from clinic.audit.models import Entry
from clinic.care.notes.models import Measurement
from clinic.care.outcomes.models import Score
from clinic.database import database
from tests.care.acts import begun, saved, signed, visit, visit_facts
from tests.cast import CAST, at
from tests.forms import filled
from tests.visitor import Visitor, path_of

ADA = f"/treatment/patients/{CAST.ada}"
Open = Callable[..., Visitor]
SCRIPT = {"X-Requested-With": "fetch"}


def later() -> str:
    """Begin the note of Ada's next visit."""
    return f"{ADA}/notes/{begun(visit(starts_at=at(14))).id}"


def typed(dana: Visitor, page: str, *answers: int | str, **fields: str) -> dict[str, str]:
    """Return the form as it stands, with answers filled in."""
    form = filled(dana.get(page).text, having="data-autosave")
    items = {f"item.{number}": str(one) for number, one in enumerate(answers, 1)}
    return form | items | fields


def odi(dana: Visitor, note: str, *answers: int | str, edition: str = "2.1a") -> str:
    """Answer an ODI, and return where that leads."""
    page = f"{note}/outcomes/odi"
    return path_of(dana.post(page, typed(dana, page, *answers, edition=edition)))


def test_a_score_is_told_as_it_is_typed(dana: Visitor, note: str) -> None:
    page = f"{note}/outcomes/odi"

    some = dana.post(page, typed(dana, page, 2, 2, 2, edition="2.1a"), headers=SCRIPT)
    rest = dana.post(page, typed(dana, page, *[2] * 8, 0), headers=SCRIPT)

    assert "Incomplete, not scored: 7 of 10 sections missing." in some.json["parts"]["score"]  # type: ignore[index]
    assert '<b class="number">35.6</b>' in rest.json["parts"]["score"]  # type: ignore[index]
    assert rest.json["version"] == 3  # type: ignore[index]


def test_what_is_complete_leads_back_to_the_note_and_is_no_longer_due(dana: Visitor, note: str) -> None:
    asked = dana.get(note).text

    where = odi(dana, note, *[2] * 10)

    assert where == note
    assert database.session.scalars(select(Measurement.value)).all() == [40]
    assert '<b class="number">40</b> %' in dana.get(note).text
    assert "Measures due" in asked


def test_what_is_not_complete_stays_on_its_page(dana: Visitor, note: str) -> None:
    assert odi(dana, note, 1, 2) == f"{note}/outcomes/odi"


@pytest.mark.parametrize(
    ("key", "fields", "sentence"),
    [
        ("odi", {"item.1": "1"}, "Choose which ODI it was"),
        ("odi", {"item.1": "6", "edition": "2.1a"}, "Section 1: choose a whole number from 0 to 5."),
        ("odi", {"item.1": "x", "edition": "2.1a"}, "Type a number."),
        ("odi", {"edition": "2.1a"}, "Nothing is answered yet."),
        ("odi", {"item.1": "1", "edition": "3"}, "Choose which ODI it was"),
        ("uwri", {"item.9": "5"}, "Item 9: choose a whole number from 0 to 4."),
        ("psfs", {"item.1": "5"}, "Activity 1: name it in the patient&#39;s own words."),
        ("groc", {"item.1": "-6"}, "Item 1: choose a whole number from −5 to 5."),
    ],
)
def test_what_cannot_be_is_refused_beside_its_field(
    dana: Visitor, note: str, key: str, fields: dict[str, str], sentence: str
) -> None:
    page = f"{note}/outcomes/{key}"

    answer = dana.post(page, typed(dana, page) | fields)

    assert answer.status_code == 422
    assert sentence in answer.text
    assert database.session.scalars(select(Score.id)).all() == []


def test_a_draft_saved_elsewhere_is_not_overwritten(dana: Visitor, note: str) -> None:
    page = f"{note}/outcomes/odi"
    form = typed(dana, page, *[2] * 10, edition="2.1a")
    dana.post(page, form)

    answers = [dana.post(page, form, headers=SCRIPT), dana.post(f"{page}/out", {"version": "1"})]

    assert [one.status_code for one in answers] == [409, 409]
    assert database.session.scalars(select(Score.value)).one() == 40


def test_a_score_is_taken_out_again(dana: Visitor, note: str) -> None:
    odi(dana, note, *[2] * 10)

    dana.post(f"{note}/outcomes/odi/out", {"version": "2"})

    database.session.rollback()
    assert database.session.scalars(select(Score.id)).all() == []
    assert database.session.scalars(select(Measurement.value)).all() == [None]


def test_ticks_activities_and_the_scale_of_change_have_forms_of_their_own(dana: Visitor, note: str) -> None:
    named = {f"activity.{n}": f"Run {n} km" for n in (1, 2, 3)}
    for key, fields in (
        ("rmdq", {"item.3": "1", "item.24": "1"}),
        ("psfs", named | {f"item.{n}": "4" for n in (1, 2, 3)}),
        ("groc", {"item.1": "-2"}),
    ):
        page = f"{note}/outcomes/{key}"
        dana.post(page, typed(dana, page) | fields)

    found = {row.instrument: (row.edition, int(row.value or 0)) for row in database.session.scalars(select(Score))}
    assert found == {"rmdq": ("24-item", 2), "psfs": ("mean", 4), "groc": ("11-point", -2)}


def test_the_next_time_begins_with_the_same_edition_and_activities(dana: Visitor, note: str) -> None:
    odi(dana, note, *[2] * 10, edition="2.0")
    page = f"{note}/outcomes/psfs"
    named = {f"activity.{n}": f"Run {n} km" for n in (1, 2, 3)}
    dana.post(page, typed(dana, page, 4, 4, 4, **named))

    then = later()

    assert filled(dana.get(f"{then}/outcomes/odi").text, having="data-autosave")["edition"] == ["2.0"]
    assert filled(dana.get(f"{then}/outcomes/psfs").text, having="data-autosave")["activity.2"] == ["Run 2 km"]


def test_the_episode_shows_each_measure_with_both_thresholds(dana: Visitor, note: str) -> None:
    odi(dana, note, *[4] * 10)
    odi(dana, later(), *[2] * 10)

    page = dana.get(f"{ADA}/episodes/1/outcomes").text

    assert "clinically important improvement" in page
    assert "Beyond the measurement error of 10;" in page
    assert "50 % better than then: the 30 % rule is met." in page
    assert "80 on Tue Nov 24, 40 on Tue Nov 24" in page


def test_another_edition_is_said_not_to_be_comparable(dana: Visitor, note: str) -> None:
    odi(dana, note, *[4] * 10)
    odi(dana, later(), *[2] * 10, edition="modified")

    assert "ODI 2.1a and Modified ODI are not comparable." in dana.get(f"{ADA}/episodes/1/outcomes").text


def test_a_signed_score_is_read_and_not_changed(dana: Visitor, note: str) -> None:
    written = saved(begun(visit(starts_at=at(11))), visit_facts())
    mine = f"{ADA}/notes/{written.id}"
    page = f"{mine}/outcomes/odi"
    odi(dana, mine, *[2] * 10)
    form = typed(dana, page)
    database.session.rollback()
    signed(database.session.merge(written, load=True))

    answers = [dana.post(page, form), dana.post(f"{page}/out", {"version": "3"})]

    assert [one.status_code for one in answers] == [409, 409]
    assert "data-autosave" not in dana.get(page).text


def test_pages_are_guarded_and_read_on_record(dana: Visitor, note: str, visitor: Open) -> None:
    pages = (f"{note}/outcomes/odi", f"{ADA}/episodes/1/outcomes")

    statuses = [visitor(who).get(page).status_code for who in ("noor", "kim", "max") for page in pages]
    own = [dana.get(page).status_code for page in pages]

    database.session.rollback()
    read = select(Entry.after).where(Entry.what == "chart read", Entry.by == "Dana Ruiz")
    assert (statuses, own) == ([403] * 6, [200] * 2)
    assert {"page": "outcomes"} in database.session.scalars(read).all()


def test_another_patients_note_and_a_measure_that_is_none_are_not_found(dana: Visitor, note: str) -> None:
    other = note.replace(f"/patients/{CAST.ada}/", f"/patients/{CAST.ben}/")
    visit(patient_id=CAST.ben, starts_at=at(15))
    pages = [
        f"{other}/outcomes/odi",
        f"{other}/outcomes/odi/out",
        f"{note}/outcomes/sf-36",
        f"{note}/outcomes/nprs/out",
    ]

    answers = [dana.get(pages[0]), dana.get(pages[2]), *(dana.post(page, {"version": "1"}) for page in pages)]

    assert [one.status_code for one in answers] == [404] * 6


def test_pain_leads_to_its_field_in_the_note(dana: Visitor, note: str) -> None:
    assert dana.get(f"{note}/outcomes/nprs").location == f"{note}#pain_now"
