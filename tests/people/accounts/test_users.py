"""Users: added, changed, shut out, never deleted."""

from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Any

import pytest

from clinic import audit
from clinic.database import database
from clinic.people import accounts
from clinic.people.accounts import Role, sessions
from clinic.people.accounts.change_password import SamePassword, WrongPassword
from clinic.people.accounts.passwords import WeakPassword, matches
from clinic.people.accounts.the_row import LastManager
from clinic.refusals import ChangedMeanwhile, NotFound, Unacceptable
from tests.cast import NOW, PASSWORD

KIM, DANA, MAX = 1, 2, 5
ANN: dict[str, Any] = {
    "name": "Ann Lee",
    "email": "ann@clinic.example",
    "roles": {Role.RECEPTION, Role.MANAGER},
    "password": "three quiet words",
}
MADE_UP = [0, -1, 999, 2**31, 2**63, 10**30]


def signed_in(user_id: int) -> int:
    """Return in how many browsers somebody is signed in."""
    return len(sessions.of(user_id, now=NOW, idle=timedelta(minutes=15)))


@pytest.fixture
def kim_is_here(act: Callable[..., Any]) -> None:
    """Kim is signed in in two browsers."""
    kim = database.session.get_one(accounts.User, KIM)

    def begin(*, by: audit.Actor, now: datetime) -> None:
        for device in ("desk", "phone"):
            sessions.begin(kim, device=device, now=now)

    act(begin)


def test_a_user_is_added_with_a_first_password(act: Callable[..., Any]) -> None:
    ann = act(accounts.add_user, **{**ANN, "name": "  Ann   Lee ", "email": "Ann@Clinic.Example"})

    entry = audit.entries_about(f"user:{ann.id}")[0]
    assert (ann.name, ann.email, ann.must_change_password, ann.version) == ("Ann Lee", "ann@clinic.example", True, 1)
    assert matches(ann.password_hash, "three quiet words")
    assert (entry.what, entry.after) == ("user added", {"roles": ["manager", "reception"]})


def test_a_name_keeps_no_mark_that_turns_or_hides_the_text(act: Callable[..., Any]) -> None:
    ann = act(accounts.add_user, **{**ANN, "name": "Ann\u202e Lee\u200b\u2066"})

    assert ann.name == "Ann Lee"


@pytest.mark.parametrize("name", ["\u202e\u200b", "", "  ", "123", "A\x00B", "A\r\nB", "n" * 121, "n" * 300])
def test_a_name_that_cannot_be_is_refused(act: Callable[..., Any], name: str) -> None:
    with pytest.raises(Unacceptable) as added:
        act(accounts.add_user, **{**ANN, "name": name})
    with pytest.raises(Unacceptable) as changed:
        act(accounts.change_user, user_id=KIM, name=name, email="kim@clinic.example", roles=[])

    assert (added.value.field, changed.value.field) == ("name", "name")


@pytest.mark.parametrize("name", ["Seán O'Neil", 'Ann "Annie" Lee', "مريم", "Ann 🌿", "A" * 120])
def test_names_of_all_kinds_are_kept_as_they_are(act: Callable[..., Any], name: str) -> None:
    assert act(accounts.add_user, **{**ANN, "name": name}).name == name


@pytest.mark.parametrize(
    "email", ["", "ann", "ann@", "@clinic.example", "a\x00@clinic.example", "a@clinic.example\r\nBcc: b", "a" * 300]
)
def test_an_address_that_cannot_be_is_refused(act: Callable[..., Any], email: str) -> None:
    with pytest.raises(Unacceptable) as caught:
        act(accounts.add_user, **{**ANN, "email": email})

    assert caught.value.field == "email"


def test_an_address_is_nobodys_twice(act: Callable[..., Any]) -> None:
    with pytest.raises(Unacceptable) as added:
        act(accounts.add_user, **{**ANN, "email": "KIM@clinic.example"})
    with pytest.raises(Unacceptable):
        act(accounts.change_user, user_id=DANA, name="Dana Ruiz", email="kim@clinic.example", roles=[])
    kept = act(accounts.change_user, user_id=KIM, name="Kim A.", email="kim@clinic.example", roles=[])

    assert added.value.sentence == "Somebody else here already signs in with this address."
    assert kept.name == "Kim A."


@pytest.mark.parametrize("password", ["", "short", "x" * 201, "password123", "aaaaaaaaaaaa", "ann@clinic.example"])
def test_a_weak_password_is_refused(act: Callable[..., Any], password: str) -> None:
    with pytest.raises(WeakPassword) as caught:
        act(accounts.add_user, **{**ANN, "password": password})

    assert caught.value.field == "new_password"
    assert len(accounts.users()) == 5


def test_a_user_is_changed_and_the_trail_tells_from_what_to_what(act: Callable[..., Any]) -> None:
    kim = act(
        accounts.change_user, user_id=KIM, name="Kim Alder", email="kim@clinic.example", roles=[Role.MANAGER], seen=1
    )

    entry = audit.entries_about("user:1")[0]
    assert (kim.roles, kim.version) == ({Role.MANAGER}, 2)
    assert (entry.before["roles"], entry.after["roles"]) == (["reception"], ["manager"])


def test_what_somebody_else_changed_is_not_overwritten(act: Callable[..., Any]) -> None:
    facts = {"name": "Kim Alder", "email": "kim@clinic.example", "roles": []}
    with pytest.raises(ChangedMeanwhile):
        act(accounts.change_user, user_id=KIM, **facts, seen=7)
    with pytest.raises(ChangedMeanwhile):
        act(accounts.disable, user_id=KIM, seen=7)
    with pytest.raises(ChangedMeanwhile):
        act(accounts.enable, user_id=KIM, seen=10**30)


def test_there_is_always_a_manager_who_can_sign_in(act: Callable[..., Any]) -> None:
    facts = {"name": "Max Weller", "email": "max@clinic.example"}
    ann = act(accounts.add_user, **ANN)
    act(accounts.disable, user_id=ann.id)

    with pytest.raises(LastManager):
        act(accounts.change_user, user_id=MAX, **facts, roles=[Role.RECEPTION])
    with pytest.raises(LastManager):
        act(accounts.disable, user_id=MAX)
    act(accounts.enable, user_id=ann.id)

    assert act(accounts.disable, user_id=MAX).disabled_at == NOW


@pytest.mark.usefixtures("kim_is_here")
def test_who_is_disabled_is_signed_out_everywhere_and_may_come_back(act: Callable[..., Any]) -> None:
    before = signed_in(KIM)
    act(accounts.disable, user_id=KIM)
    again = act(accounts.disable, user_id=KIM)

    assert (before, signed_in(KIM), again.version) == (2, 0, 2)
    assert accounts.users()[-1].id == KIM
    assert act(accounts.enable, user_id=KIM).disabled_at is None


@pytest.mark.usefixtures("kim_is_here")
def test_a_reset_ends_every_sign_in_and_must_be_changed(act: Callable[..., Any]) -> None:
    kim = act(accounts.reset_password, user_id=KIM, password="three quiet words")

    assert (kim.must_change_password, signed_in(KIM)) == (True, 0)
    assert matches(kim.password_hash, "three quiet words")


@pytest.mark.usefixtures("kim_is_here")
def test_a_new_password_ends_every_other_sign_in(act: Callable[..., Any]) -> None:
    kim = act(accounts.change_password, user_id=KIM, present=PASSWORD, new="three quiet words", keep=1)

    assert (kim.must_change_password, signed_in(KIM)) == (False, 1)


def test_a_password_changes_only_for_who_knows_the_present_one(act: Callable[..., Any]) -> None:
    with pytest.raises(WrongPassword):
        act(accounts.change_password, user_id=KIM, present="guess guess", new="three quiet words")
    with pytest.raises(SamePassword):
        act(accounts.change_password, user_id=KIM, present=PASSWORD, new=PASSWORD)
    with pytest.raises(WeakPassword):
        act(accounts.change_password, user_id=KIM, present=PASSWORD, new="short")


@pytest.mark.parametrize("id_", MADE_UP)
def test_ids_that_were_made_up_are_not_found(act: Callable[..., Any], id_: int) -> None:
    acts: list[tuple[Callable[..., Any], dict[str, Any]]] = [
        (accounts.change_user, {"name": "A B", "email": "a@clinic.example", "roles": []}),
        (accounts.reset_password, {"password": "three quiet words"}),
        (accounts.change_password, {"present": "x", "new": "three quiet words"}),
        (accounts.disable, {}),
        (accounts.enable, {}),
    ]
    for verb, facts in acts:
        with pytest.raises(NotFound):
            act(verb, user_id=id_, **facts)

    assert accounts.user(id_) is None
