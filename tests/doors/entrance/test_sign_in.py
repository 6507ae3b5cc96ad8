"""Sign in, stay, and go: ends are real, guessing is hopeless, and locking out is no weapon."""

from collections.abc import Callable
from datetime import timedelta

import pytest
from flask import Flask
from sqlalchemy import func, select

from clinic import clock
from clinic.database import database, transaction
from clinic.doors.entrance.sign_in import safe_next
from clinic.people import accounts
from clinic.people.accounts.models import SignIn
from tests.cast import KIM, NOW, PASSWORD
from tests.visitor import Visitor, path_of

Visit = Callable[..., Visitor]
MAX = 5


def wrong(visit: Visitor, who: str = "kim", **more: object) -> int:
    """Try a wrong password."""
    form = {"email": f"{who}@clinic.example", "password": "not the password"}
    return visit.post("/sign-in", form, page="/sign-in", **more).status_code


@pytest.mark.parametrize(
    ("who", "door"), [("kim", "/desk/"), ("dana", "/treatment/"), ("sam", "/treatment/"), ("max", "/office/")]
)
def test_everybody_lands_at_their_own_door(visitor: Visit, who: str, door: str) -> None:
    answer = visitor().post("/sign-in", {"email": f"{who}@clinic.example", "password": PASSWORD}, page="/sign-in")

    assert (answer.status_code, path_of(answer)) == (303, door)


def test_a_wrong_password_keeps_what_was_typed_and_says_no_more_than_that(visitor: Visit) -> None:
    stranger = visitor()

    known = stranger.post("/sign-in", {"email": "kim@clinic.example", "password": "no"}, page="/sign-in")
    unknown = stranger.post("/sign-in", {"email": "nobody@clinic.example", "password": "no"}, page="/sign-in")

    assert (known.status_code, unknown.status_code) == (422, 422)
    assert 'value="kim@clinic.example"' in known.text
    assert known.text.count("E-mail or password is not right.") == unknown.text.count(
        "E-mail or password is not right."
    )


def test_the_old_cookie_is_worth_nothing_after_signing_out(visitor: Visit, app: Flask) -> None:
    kim = visitor("kim")
    cookie = kim.client.get_cookie("session", domain="127.0.0.1")
    assert cookie is not None

    kim.post("/sign-out")
    thief = Visitor(app)
    thief.client.set_cookie("session", cookie.value, domain="127.0.0.1")

    assert thief.get("/account").status_code == 302


@pytest.mark.parametrize(("later", "status"), [(timedelta(minutes=14), 200), (timedelta(minutes=16), 302)])
def test_an_idle_quarter_of_an_hour_ends_it(visitor: Visit, later: timedelta, status: int) -> None:
    kim = visitor("kim")

    clock.set_source(lambda: NOW + later)

    assert kim.get("/account").status_code == status


def test_twelve_hours_end_it_however_busy(visitor: Visit) -> None:
    kim = visitor("kim")
    statuses = []
    for minutes in range(10, 741, 10):
        clock.set_source(lambda minutes=minutes: NOW + timedelta(minutes=minutes))
        statuses.append(kim.get("/account").status_code)

    assert statuses == [200] * 71 + [302] * 3


def test_what_a_page_asks_by_itself_is_no_activity(visitor: Visit) -> None:
    kim = visitor("kim")
    for minutes in (5, 10, 14):
        clock.set_source(lambda minutes=minutes: NOW + timedelta(minutes=minutes))
        kim.get("/account", headers={"X-Passive": "1"})

    clock.set_source(lambda: NOW + timedelta(minutes=16))

    assert kim.get("/account").status_code == 302


def test_a_new_password_ends_all_other_sign_ins(visitor: Visit) -> None:
    here, elsewhere = visitor("kim"), visitor("kim")
    new = "three unrelated words"

    answer = here.post("/account", {"present_password": PASSWORD, "new_password": new, "again": new})

    assert answer.status_code == 303
    assert (here.get("/account").status_code, elsewhere.get("/account").status_code) == (200, 302)
    assert visitor().sign_in("kim", new).get("/account").status_code == 200


@pytest.mark.parametrize("new", ["short", "password123", "kim@clinic.example", "aaaaaaaaaaaaa", "x" * 201])
def test_a_weak_password_is_refused_beside_its_field(visitor: Visit, new: str) -> None:
    answer = visitor("kim").post("/account", {"present_password": PASSWORD, "new_password": new, "again": new})

    assert answer.status_code == 422
    assert 'id="new_password-error"' in answer.text


def test_a_disabled_user_is_out_at_once(visitor: Visit) -> None:
    kim = visitor("kim")
    database.session.rollback()
    with transaction():
        accounts.disable(user_id=1, by=KIM, now=NOW)

    assert kim.get("/account").status_code == 302
    assert wrong(visitor()) == 422


def test_ten_wrong_tries_shut_an_account_for_a_stranger_but_not_for_its_own_device(visitor: Visit) -> None:
    kim = visitor("kim")
    kim.post("/sign-out")
    stranger = visitor()

    statuses = [wrong(stranger) for _ in range(11)]

    assert statuses == [422] * 10 + [429]
    assert stranger.sign_in("kim").get("/account").status_code == 302
    assert kim.sign_in("kim").get("/account").status_code == 200


def test_a_hundred_wrong_tries_shut_an_address_for_unknown_devices(visitor: Visit) -> None:
    stranger = visitor()
    statuses = {wrong(stranger, f"nobody{number}") for number in range(100)}

    assert statuses == {422}
    assert wrong(stranger, "dana") == 429


def test_the_throttle_opens_again_after_a_quarter_of_an_hour(visitor: Visit) -> None:
    stranger = visitor()
    for _ in range(11):
        wrong(stranger)

    clock.set_source(lambda: NOW + timedelta(minutes=16))

    assert stranger.sign_in("kim").get("/account").status_code == 200


@pytest.mark.parametrize(
    ("target", "safe"),
    [
        ("/desk/", "/desk/"),
        ("/desk/days/2026-11-24?therapist=1", "/desk/days/2026-11-24?therapist=1"),
        ("//evil.example", ""),
        ("/\\evil.example", ""),
        ("https://evil.example/", ""),
        ("javascript:alert(1)", ""),
        ("/desk/\r\nSet-Cookie: x=1", ""),
        ("", ""),
    ],
)
def test_next_leads_only_to_paths_of_ours(target: str, safe: str) -> None:
    assert safe_next(target) == safe


def test_an_open_page_is_told_401_once_somebody_signed_out_elsewhere_and_its_token_is_gone(visitor: Visit) -> None:
    kim = visitor().sign_in("kim")
    token = kim.token()
    kim.post("/sign-out")

    asked = {"csrf_token": token, "q": "moore"}
    scripted = kim.open("POST", "/desk/patients/search", data=asked, headers={"X-Requested-With": "fetch"})
    plain = kim.open("POST", "/desk/patients/search", data=asked)

    assert (scripted.status_code, plain.status_code, plain.location) == (401, 302, "/sign-in")


def test_a_script_without_a_session_is_told_401_and_signs_in_without_a_page(visitor: Visit) -> None:
    stranger = visitor()
    scripted = {"X-Requested-With": "fetch"}
    form = {"email": "kim@clinic.example", "password": PASSWORD}

    before = stranger.get("/account", headers=scripted).status_code
    signed_in = stranger.post("/sign-in", form, page="/sign-in", headers=scripted)
    token = stranger.get("/sign-in/token").get_json()

    assert (before, signed_in.status_code, signed_in.data) == (401, 204, b"")
    assert token["person"] == "Kim Alder"


def test_the_token_of_an_open_page_survives_signing_in_again(visitor: Visit) -> None:
    kim = visitor("kim")
    token = kim.token()

    clock.set_source(lambda: NOW + timedelta(minutes=20))
    kim.open("POST", "/sign-in", data={"csrf_token": token, "email": "kim@clinic.example", "password": PASSWORD})

    answer = kim.open("POST", "/account/sign-ins/end-others", data={"csrf_token": token})
    assert answer.status_code == 303


def test_a_stranger_costs_no_row(visitor: Visit) -> None:
    visitor().get("/sign-in")

    assert database.session.scalar(select(func.count(SignIn.id))) == 0


def test_a_first_password_opens_nothing_but_the_account(visitor: Visit) -> None:
    with transaction():
        accounts.reset_password(user_id=1, password="a first password", by=KIM, now=NOW)
    kim = visitor().sign_in("kim", "a first password")

    assert path_of(kim.get("/desk/")) == "/account"
    assert "Please choose a password of your own first" in kim.get("/account").text


def test_own_sign_ins_are_listed_and_only_own_ones_can_be_ended(visitor: Visit) -> None:
    kim, elsewhere, dana = visitor("kim"), visitor("kim"), visitor("dana")

    dana.post("/account/sign-ins/2/end")
    still = elsewhere.get("/account").status_code
    kim.post("/account/sign-ins/2/end")

    assert (still, elsewhere.get("/account").status_code) == (200, 302)


def test_an_address_that_no_database_can_hold_is_unknown_and_counted(visitor: Visit) -> None:
    stranger = visitor()

    statuses = [
        stranger.post("/sign-in", {"email": "a\0b@clinic.example", "password": "no"}, page="/sign-in").status_code
        for _ in range(11)
    ]

    assert statuses == [422] * 10 + [429]


def test_the_present_password_is_guessed_ten_times_and_no_more(visitor: Visit) -> None:
    kim, new = visitor("kim"), "three unrelated words"
    guess = {"present_password": "no", "new_password": new, "again": new}

    statuses = [kim.post("/account", guess).status_code for _ in range(11)]
    right = kim.post("/account", {**guess, "present_password": PASSWORD})
    clock.set_source(lambda: NOW + timedelta(minutes=14))
    kim.get("/account")
    clock.set_source(lambda: NOW + timedelta(minutes=16))

    assert statuses == [422] * 10 + [429]
    assert (right.status_code, right.text.count("Too many wrong tries.")) == (429, 1)
    assert kim.post("/account", {**guess, "present_password": PASSWORD}).status_code == 303
