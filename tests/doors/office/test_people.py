"""People in the office: added, changed, shut out, and their columns on the board."""

from collections.abc import Callable
from typing import Any

import pytest
from flask import Flask

from clinic.database import transaction
from clinic.letters.calendars import tokens
from clinic.people import accounts
from clinic.people.accounts import Role
from clinic.people.accounts.passwords import matches
from clinic.scheduling import practice
from clinic.scheduling.practice.office_queries import therapist_of
from tests.cast import KIM, NOW
from tests.doors.office.conftest import HOSTILE, error_beside, fresh, value_of, visits_in, words
from tests.visitor import Visitor, path_of

ANN = {
    "name": "Ann Lee",
    "email": "ann@clinic.example",
    "roles": ["therapist", "manager"],
    "license_number": "PT-1234",
    "credentials": "PT, DPT",
    "focus": "running",
    "new_password": "three quiet words",
}
DANA = {
    "name": "Dana Ruiz",
    "email": "dana@clinic.example",
    "roles": ["therapist"],
    "credentials": "PT, DPT",
    "focus": "running",
    "version": "1",
}


def test_somebody_who_treats_is_added_with_a_column_and_must_change_the_first_password(
    max_: Visitor, app: Flask
) -> None:
    answer = max_.post("/office/people/new", ANN)

    ann = fresh(lambda: accounts.user(6))
    assert (answer.status_code, ann.roles, ann.must_change_password) == (303, {Role.THERAPIST, Role.MANAGER}, True)
    assert [c.name for c in practice.colleagues()] == ["Dana Ruiz", "Noor Haddad", "Sam Osei", "Ann Lee"]
    row = therapist_of(6)
    assert row is not None
    assert row.license_number == "PT-1234"
    her = Visitor(app).sign_in("ann", "three quiet words")
    assert path_of(her.get("/office/")) == "/account"


def test_somebody_without_a_role_is_not_added(max_: Visitor) -> None:
    answer = max_.post("/office/people/new", {**ANN, "roles": []})

    assert (answer.status_code, error_beside(answer, "roles")) == (422, "Choose at least one role.")


@pytest.mark.parametrize("roles", [["therapist", "janitor"], ["owner"], ["reception\x00", "reception"]])
def test_a_role_that_does_not_exist_is_refused_and_nobody_is_added(max_: Visitor, roles: list[str]) -> None:
    answer = max_.post("/office/people/new", {**ANN, "roles": roles})

    assert (answer.status_code, answer.text.count("There is no such role.")) == (422, 1)
    assert fresh(lambda: accounts.user(6)) is None


def test_somebody_at_the_desk_gets_no_column(max_: Visitor) -> None:
    max_.post("/office/people/new", {**ANN, "roles": ["reception"]})

    assert fresh(lambda: therapist_of(6)) is None


@pytest.mark.parametrize("typed", HOSTILE.values(), ids=HOSTILE)
def test_a_name_that_cannot_be_is_refused_and_nobody_is_added(max_: Visitor, typed: str) -> None:
    answer = max_.post("/office/people/new", {**ANN, "name": typed})

    assert answer.status_code == 422
    assert error_beside(answer, "name")
    assert value_of(answer, "email") == "ann@clinic.example"
    assert len(fresh(accounts.users)) == 5


@pytest.mark.parametrize("typed", ["", "ann", "ann@", "a@b\r\n.example", "kim@clinic.example", "KIM@clinic.example"])
def test_an_address_that_cannot_be_or_is_taken_is_refused_beside_its_field(max_: Visitor, typed: str) -> None:
    answer = max_.post("/office/people/new", {**ANN, "email": typed})

    assert answer.status_code == 422
    assert error_beside(answer, "email")


@pytest.mark.parametrize("field", ["license_number", "credentials", "focus"])
def test_when_the_column_cannot_be_the_person_is_not_added_either(max_: Visitor, field: str) -> None:
    answer = max_.post("/office/people/new", {**ANN, field: "x" * 300})

    assert answer.status_code == 422
    assert error_beside(answer, field).startswith("This is too long")
    assert len(fresh(accounts.users)) == 5


@pytest.mark.parametrize("typed", ["", "short", "password123", "Ann Lee ann", "a" * 20, "x" * 300])
def test_a_weak_first_password_is_refused(max_: Visitor, typed: str) -> None:
    answer = max_.post("/office/people/new", {**ANN, "name": "Ann Lee ann", "new_password": typed})

    assert answer.status_code == 422
    assert error_beside(answer, "new_password")


def test_a_person_and_their_column_change_together(max_: Visitor) -> None:
    max_.post("/office/people/2", {**DANA, "name": "Dana Ruiz-Vega", "credentials": "PT, OCS"})

    dana = fresh(practice.colleagues)[0]
    assert (dana.name, dana.credentials) == ("Dana Ruiz-Vega", "PT, OCS")


def test_who_treats_no_longer_leaves_the_board_and_comes_back_to_the_same_column(max_: Visitor) -> None:
    max_.post("/office/people/2", {**DANA, "roles": ["reception"]})
    gone = [c.id for c in fresh(practice.colleagues)]
    max_.post("/office/people/2", {**DANA, "version": "2"})

    assert gone == [2, 3]
    assert [c.id for c in fresh(practice.colleagues)] == [1, 2, 3]


def test_who_has_visits_cannot_leave_and_nothing_of_the_change_is_kept(max_: Visitor, book: Callable[..., Any]) -> None:
    visit = book().id

    answer = max_.post("/office/people/2", {**DANA, "name": "Dana Vega", "roles": ["reception"]})

    assert answer.status_code == 409
    assert "Visits are booked with this therapist. Move or cancel them first." in words(answer)
    assert visits_in(answer) == [str(visit)]
    assert value_of(answer, "name") == "Dana Vega"
    assert fresh(lambda: accounts.user(2)).name == "Dana Ruiz"


def test_an_older_page_is_refused_with_what_somebody_else_wrote(max_: Visitor) -> None:
    max_.post("/office/people/2", {**DANA, "focus": "running, hands"})

    answer = max_.post("/office/people/2", {**DANA, "name": "Dana R."})

    assert answer.status_code == 409
    assert "Name: Dana Ruiz Focus: running, hands" in words(answer)
    assert value_of(answer, "version") == "2"


def test_the_only_manager_stays_one(max_: Visitor) -> None:
    me = {"name": "Max Weller", "email": "max@clinic.example", "roles": ["reception"], "version": "1"}

    changed = max_.post("/office/people/5", me)
    disabled = max_.post("/office/people/5/disable", {"version": "1"})

    assert (changed.status_code, disabled.status_code) == (409, 409)
    assert error_beside(changed, "roles") == "This is the only manager. Make somebody else a manager first."
    assert "This is the only manager." in words(disabled)


def test_a_manager_who_gives_the_office_away_lands_at_their_other_door(max_: Visitor) -> None:
    max_.post("/office/people/new", ANN)
    me = {"name": "Max Weller", "email": "max@clinic.example", "roles": ["reception"], "version": "1"}

    assert path_of(max_.post("/office/people/5", me)) == "/desk/"


def test_who_is_disabled_and_let_in_again_has_to_subscribe_anew(max_: Visitor, app: Flask) -> None:
    with transaction():
        _, token = tokens.subscribe(user_id=2, label="My phone", mode="busy", by=KIM, now=NOW)
    before = Visitor(app).get(f"/feeds/{token}.ics").status_code

    max_.post("/office/people/2/disable", {"version": "1"})
    max_.post("/office/people/2/enable", {"version": "2"})

    assert fresh(lambda: accounts.user(2)).disabled_at is None
    assert (before, Visitor(app).get(f"/feeds/{token}.ics").status_code) == (200, 404)


def test_who_is_disabled_is_signed_out_at_once_and_may_be_let_in_again(max_: Visitor, app: Flask) -> None:
    kim = Visitor(app).sign_in("kim")

    max_.post("/office/people/1/disable", {"version": "1"})
    shut = kim.get("/account").status_code
    max_.post("/office/people/1/enable", {"version": "2"})

    assert shut == 302
    assert Visitor(app).sign_in("kim").get("/account").status_code == 200


@pytest.mark.parametrize("version", ["7", "", "x"])
def test_a_button_of_an_older_page_does_nothing(max_: Visitor, version: str) -> None:
    answer = max_.post("/office/people/1/disable", {"version": version})

    assert answer.status_code == (409 if version else 422)
    assert fresh(lambda: accounts.user(1)).disabled_at is None


def test_a_password_is_reset_to_a_first_one(max_: Visitor, app: Flask) -> None:
    kim = Visitor(app).sign_in("kim")

    answer = max_.post("/office/people/1/password", {"new_password": "three quiet words"})

    user = fresh(lambda: accounts.user(1))
    assert answer.status_code == 303
    assert (matches(user.password_hash, "three quiet words"), user.must_change_password) == (True, True)
    assert kim.get("/account").status_code == 302


def test_a_weak_reset_is_refused_beside_its_field(max_: Visitor) -> None:
    answer = max_.post("/office/people/1/password", {"new_password": "kim"})

    assert answer.status_code == 422
    assert error_beside(answer, "new_password") == "A password has 10 to 200 characters."


def test_columns_change_places(max_: Visitor) -> None:
    max_.post("/office/order/therapists/2")

    assert [c.name for c in fresh(practice.colleagues)] == ["Noor Haddad", "Dana Ruiz", "Sam Osei"]
