"""Registering and changing a patient at the desk."""

from typing import Any

import pytest

from clinic.database import database, transaction
from clinic.people import patients
from tests.cast import CAST, KIM, NOW
from tests.doors.desk.conftest import Sitting, error_beside, value_of, words

NEW: dict[str, Any] = {
    "name": "Jo Chen",
    "phone": "919 555 0177",
    "email": "jo@mail.example",
    "channel": "email",
    "consent": "y",
    "request_id": "one-click",
}


def count() -> int:
    """Return how many are in the register."""
    database.session.rollback()
    return len(patients.newest(limit=100))


def test_a_patient_is_registered_and_their_page_opens(kim: Sitting) -> None:
    answer = kim.post(
        "/desk/patients/new",
        **NEW,
        born_on="3/8/1991",
        called="Jojo",
        usual_therapist_id=str(CAST.noor),
        wished_days=["0", "3"],
        wished_from="14:00",
        desk_note="Rings twice.",
    )

    assert (answer.status_code, answer.headers["Location"]) == (303, "/desk/patients/4")
    page = words(kim.get("/desk/patients/4"))
    assert "Jo Chen 35 years, called Jojo" in page
    assert "Therapist Noor Haddad Times Mon, Thu, after 2:00 pm" in page


def test_a_name_and_a_phone_are_enough(kim: Sitting) -> None:
    answer = kim.post("/desk/patients/new", name="Jo Chen", phone="919 555 0177")

    assert answer.headers["Location"] == "/desk/patients/4"


def test_two_clicks_register_one_patient(kim: Sitting) -> None:
    first = kim.post("/desk/patients/new", **NEW)
    second = kim.post("/desk/patients/new", **NEW)

    assert (first.headers["Location"], second.headers["Location"], count()) == (
        "/desk/patients/4",
        "/desk/patients/4",
        4,
    )


@pytest.mark.parametrize(
    ("typed", "field", "sentence"),
    [
        ({"name": ""}, "name", "A name is needed, with at least one letter in it."),
        ({"name": "🏃"}, "name", "A name is needed, with at least one letter in it."),
        ({"name": "x" * 300}, "name", "This is 300 characters long; there is room for 120."),
        (
            {"name": "Jo\x00"},
            "name",
            "This holds a line break or another character that cannot be read. Type it again on one line.",
        ),
        (
            {"name": "Jo\r\nBcc: all"},
            "name",
            "This holds a line break or another character that cannot be read. Type it again on one line.",
        ),
        (
            {"phone": "", "email": "", "consent": None},
            "phone",
            "A phone number or an e-mail address is needed, so that the clinic can reach them.",
        ),
        (
            {"phone": "119 555 0134"},
            "phone",
            "No telephone has this number. Check the area code and the digits after it.",
        ),
        (
            {"email": "jo@"},
            "email",
            "This does not read as an e-mail address. It needs a name, an @ and a domain, like ada@mail.example.",
        ),
        (
            {"consent": None},
            "consent",
            "Ask whether the clinic may write to this mailbox, and tick it; or choose the phone.",
        ),
        ({"channel": "pigeon"}, "channel", "Choose e-mail, phone, or neither."),
        ({"born_on": "soon"}, "born_on", "Type the birth date with its year, like 3/8/1991."),
        ({"born_on": "1/1/9999"}, "born_on", "A birth date lies in the past. Check the year."),
        ({"born_on": "1/1/1899"}, "born_on", "Check the year: 1899 is before 1900."),
        ({"usual_therapist_id": "99"}, "usual_therapist_id", "This therapist does not work here."),
        ({"usual_therapist_id": "9" * 5000}, "usual_therapist_id", "This therapist does not work here."),
        ({"usual_therapist_id": "Dana"}, "usual_therapist_id", "This therapist does not work here."),
        ({"wished_days": ["8"]}, "wished_days", "There is no such day of the week."),
        ({"wished_from": "25:00"}, "wished_from", "Type a time of day, like 14:00."),
        ({"wished_until": "noon"}, "wished_until", "Type a time of day, like 14:00."),
        (
            {"wished_from": "14:00", "wished_until": "09:00"},
            "wished_until",
            "The wished time ends before it begins. Swap the two, or leave one out.",
        ),
        ({"desk_note": "x" * 501}, "desk_note", "This is 501 characters long; there is room for 500."),
    ],
)
def test_what_cannot_be_is_said_beside_its_field_and_the_rest_is_kept(
    kim: Sitting, typed: dict[str, Any], field: str, sentence: str
) -> None:
    fields = {name: value for name, value in {**NEW, "called": "Jojo", **typed}.items() if value is not None}

    answer = kim.post("/desk/patients/new", **fields)

    assert (answer.status_code, error_beside(answer, field)) == (422, sentence)
    assert (value_of(answer, "called"), count()) == ("Jojo", 3)


def test_a_spoiled_request_is_refused_above_the_form(kim: Sitting) -> None:
    answer = kim.post("/desk/patients/new", **{**NEW, "request_id": "\x00; DROP TABLE"})

    assert answer.status_code == 422
    assert "This page is too old, or was not complete. Open it again." in words(answer)


def test_a_form_without_its_token_is_refused(kim: Sitting) -> None:
    answer = kim.client.post("/desk/patients/new", data=NEW)

    assert (answer.status_code, count()) == (400, 3)


def test_looking_first_warns_and_writes_nothing(kim: Sitting) -> None:
    answer = kim.post("/desk/patients/new", look="1", name="Moore Ada", phone="(919) 555-0177")

    assert answer.status_code == 200
    assert (value_of(answer, "name"), value_of(answer, "phone")) == ("Moore Ada", "(919) 555-0177")
    assert "This may be somebody we know Ada Moore , born Apr 2, 1988, (919) 555-0101: same name" in words(answer)
    assert count() == 3


def test_what_was_searched_becomes_the_name_of_somebody_new(kim: Sitting) -> None:
    answer = kim.post("/desk/patients/new", look="1", q="jo chen")

    assert value_of(answer, "name") == "jo chen"


def test_while_typing_somebody_we_may_know_is_named(kim: Sitting) -> None:
    shared = kim.post("/desk/patients/resembling", scripted=True, name="Mo", phone="919 555 0101")
    nobody = kim.post("/desk/patients/resembling", scripted=True, name="Jo\x00", phone="919", born_on="3/", email="@")

    assert words(shared) == "This may be somebody we know Ada Moore , born Apr 2, 1988, (919) 555-0101: same phone"
    assert (nobody.status_code, words(nobody)) == (200, "")


def test_the_form_to_change_shows_what_is_known(kim: Sitting, mika: int) -> None:
    answer = kim.get(f"/desk/patients/{mika}/edit")

    shown = {name: value_of(answer, name) for name in ("name", "called", "born_on", "phone", "email", "version")}
    assert shown == {
        "name": "Mika Lindqvist",
        "called": "Micky",
        "born_on": "3/8/1991",
        "phone": "(919) 555-0134",
        "email": "mika@mail.example",
        "version": "1",
    }


def test_saving_a_form_that_was_not_touched_changes_nothing(kim: Sitting, mika: int) -> None:
    fields = {"name": "Mika Lindqvist", "called": "Micky", "born_on": "3/8/1991", "phone": "(919) 555-0134"}

    kim.post(
        f"/desk/patients/{mika}/edit", **fields, email="mika@mail.example", channel="email", consent="y", version="1"
    )

    database.session.expire_all()
    assert patients.patient(mika).version == 1


def test_a_change_is_saved(kim: Sitting, mika: int) -> None:
    answer = kim.post(
        f"/desk/patients/{mika}/edit", name="Mika Åberg", phone="919 555 0134", channel="phone", version="1"
    )

    assert (answer.status_code, answer.headers["Location"]) == (303, f"/desk/patients/{mika}")
    database.session.expire_all()
    assert (patients.patient(mika).name, patients.patient(mika).email) == ("Mika Åberg", "")


def test_a_change_over_somebody_elses_shows_theirs_and_keeps_ones_own(kim: Sitting, mika: int) -> None:
    edit = f"/desk/patients/{mika}/edit"
    kim.post(edit, name="Mika Åberg", phone="919 555 0134", channel="phone", version="1")
    mine = {"name": "Mika Berg", "phone": "919 555 0134", "channel": "phone"}

    refused = kim.post(edit, **mine, version="1")

    assert refused.status_code == 409
    assert (value_of(refused, "name"), value_of(refused, "version")) == ("Mika Berg", "2")
    assert "In the register it now says Name: Mika Åberg Your own words are still below." in words(refused)
    assert kim.post(edit, **mine, version="2").status_code == 303


@pytest.mark.parametrize(("version", "status"), [("", 422), ("x", 409), ("9" * 5000, 409), ("0", 409)])
def test_a_change_needs_the_version_that_was_read(kim: Sitting, mika: int, version: str, status: int) -> None:
    answer = kim.post(f"/desk/patients/{mika}/edit", name="Mika", phone="919 555 0134", version=version)

    assert answer.status_code == status


@pytest.mark.parametrize("id_", ["999", "0", str(2**70)])
@pytest.mark.parametrize("verb", ["edit", "deactivate", "deceased", "birth-date"])
def test_nobody_made_up_is_changed(kim: Sitting, id_: str, verb: str) -> None:
    answer = kim.post(
        f"/desk/patients/{id_}/{verb}", version="1", name="Jo Chen", phone="919 555 0177", born_on="3/8/1991"
    )

    assert answer.status_code == 404


def test_a_patient_goes_and_comes_back(kim: Sitting, mika: int) -> None:
    page = f"/desk/patients/{mika}"

    steps = [
        kim.post(f"{page}/{step}", version=str(version)).headers["Location"]
        for version, step in enumerate(("deactivate", "reactivate", "deceased", "not-deceased"), start=1)
    ]

    assert steps == [page] * 4
    database.session.expire_all()
    kept = patients.patient(mika)
    assert (kept.inactive_at, kept.deceased_at, kept.version) == (None, None, 5)


@pytest.mark.parametrize(("version", "status"), [("7", 409), ("", 422), ("x", 409)])
def test_nobody_goes_by_a_page_that_is_too_old(kim: Sitting, mika: int, version: str, status: int) -> None:
    answer = kim.post(f"/desk/patients/{mika}/deactivate", version=version)

    assert answer.status_code == status
    database.session.expire_all()
    assert patients.patient(mika).inactive_at is None


def test_there_is_no_other_step(kim: Sitting, mika: int) -> None:
    assert kim.post(f"/desk/patients/{mika}/delete", version="1").status_code == 404


def test_the_birth_date_is_written_down_at_the_first_arrival(kim: Sitting) -> None:
    answer = kim.post(f"/desk/patients/{CAST.cleo}/birth-date", born_on="7/19/1978", version="1")

    assert answer.headers["Location"] == f"/desk/patients/{CAST.cleo}"
    assert "Cleo Hayes 48 years" in words(kim.get(f"/desk/patients/{CAST.cleo}"))


@pytest.mark.parametrize(
    ("typed", "sentence"),
    [
        ("", "Type the birth date with its year, like 3/8/1991."),
        ("\x00", "Type the birth date with its year, like 3/8/1991."),
        ("7/19", "Type the birth date with its year, like 3/8/1991."),
        ("7/19/2091", "A birth date lies in the past. Check the year."),
    ],
)
def test_a_birth_date_that_cannot_be_is_said_beside_it(kim: Sitting, typed: str, sentence: str) -> None:
    answer = kim.post(f"/desk/patients/{CAST.cleo}/birth-date", born_on=typed, version="1")

    assert (answer.status_code, error_beside(answer, "born_on")) == (422, sentence)


def test_a_birth_date_over_somebody_elses_change_is_refused(kim: Sitting) -> None:
    with transaction():
        patients.deactivate(patient_id=CAST.cleo, by=KIM, now=NOW)

    answer = kim.post(f"/desk/patients/{CAST.cleo}/birth-date", born_on="7/19/1978", version="1")

    assert answer.status_code == 409


def test_all_that_cannot_be_is_said_at_once(kim: Sitting) -> None:
    typed = {**NEW, "name": "", "born_on": "soon", "phone": "12", "email": "jo@", "wished_from": "15:00"}
    typed |= {"wished_until": "9:00", "version": "1"}

    for address in ("/desk/patients/new", f"/desk/patients/{CAST.ada}/edit"):
        answer = kim.post(address, **typed)

        wrong = [f for f in ("name", "born_on", "phone", "email", "wished_until") if error_beside(answer, f)]
        assert (answer.status_code, wrong) == (422, ["name", "born_on", "phone", "email", "wished_until"])


def test_an_open_end_of_the_wished_time_reads_as_any_time(kim: Sitting) -> None:
    kim.post("/desk/patients/new", **NEW, wished_from="14:00")

    assert "Not before: 2:00 pm Not after: any time" in words(kim.get("/desk/patients/4"))
