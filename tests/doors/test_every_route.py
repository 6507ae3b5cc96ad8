"""Every route is walked: it has a guard, GET changes nothing, POST wants a token, made-up ids are not found."""

import hashlib
from collections.abc import Callable

import pytest
from flask import Flask
from sqlalchemy import text
from werkzeug.routing import Rule

from clinic.database import database
from clinic.doors.threshold import GUARDED
from clinic.people.accounts.roles import DOORS
from clinic.scheduling.booking import Appointment
from clinic.scheduling.booking.links import link_token
from tests.cast import at
from tests.engines import SECRET
from tests.visitor import Visitor

Visit = Callable[..., Visitor]
Book = Callable[..., Appointment]
MAY_CHANGE = {"audit_entries", "alembic_version"}
FREE = {"sign_ins": "seen_at", "feeds": "last_read_at, last_client"}
ROLES = {"kim": "reception", "dana": "therapist", "sam": "assistant", "max": "manager"}


def rules(app: Flask, method: str) -> list[Rule]:
    """Return the routes that take ``method``, but for static files."""
    return [r for r in app.url_map.iter_rules() if method in (r.methods or ()) and r.endpoint != "static"]


def address(app: Flask, rule: Rule, number: object = 1, token: str = "made-up") -> str:
    """Return an address of a route: ``number`` for every id, the present day for every date."""
    values: dict[str, object] = {}
    for name, converter in rule._converters.items():
        kind = type(converter).__name__
        if kind == "IntegerConverter":
            values[name] = number
        elif kind == "AnyConverter":
            values[name] = sorted(converter.items)[0]
        else:
            values[name] = token if name == "token" else "2026-11-24"
    with app.test_request_context():
        path = app.url_map.bind("").build(rule.endpoint, values, method=next(iter(rule.methods or {"GET"})))
    return str(path)


def contents() -> dict[str, str]:
    """Return a digest of every table, but for the columns that a GET may touch."""
    database.session.rollback()
    found = {}
    for table in database.metadata.sorted_tables:
        if table.name in MAY_CHANGE:
            continue
        free = FREE.get(table.name, "")
        columns = ", ".join(f'"{c.name}"' for c in table.columns if c.name not in free)
        rows = sorted(map(repr, database.session.execute(text(f'select {columns} from "{table.name}"'))))
        found[table.name] = hashlib.sha256("\n".join(rows).encode()).hexdigest()
    database.session.rollback()
    return found


def test_every_route_belongs_to_a_door(app: Flask) -> None:
    strays = [
        r.endpoint
        for r in app.url_map.iter_rules()
        if r.endpoint != "static" and r.endpoint.split(".")[0] not in GUARDED
    ]

    assert strays == []


def test_staff_doors_ask_strangers_to_sign_in(app: Flask, visitor: Visit) -> None:
    stranger = visitor()

    for rule in rules(app, "GET"):
        if rule.endpoint.split(".")[0] in DOORS:
            path = address(app, rule)
            assert (path, stranger.get(path).status_code) == (path, 302)
            assert (path, stranger.get(path, headers={"HX-Request": "true"}).status_code) == (path, 401)


@pytest.mark.parametrize("who", sorted(ROLES))
def test_each_role_reaches_its_doors_and_no_other(app: Flask, visitor: Visit, book: Book, who: str) -> None:
    book()
    person = visitor(who)

    for rule in rules(app, "GET"):
        door = rule.endpoint.split(".")[0]
        if door in DOORS:
            path = address(app, rule)
            status = person.get(path).status_code
            if ROLES[who] in {role.value for role in DOORS[door]}:
                own = {403} if path.startswith("/treatment/patients/") else set()  # only the caseload's charts open
                assert status in {200, 302, 303, 304, 404} | own, (path, status)
            else:
                assert status == 403, (path, status)


@pytest.mark.parametrize("who", sorted(ROLES))
def test_no_other_role_can_post_through_a_door(app: Flask, visitor: Visit, book: Book, who: str) -> None:
    book()
    person = visitor(who)
    token = person.token()

    for rule in rules(app, "POST"):
        door = rule.endpoint.split(".")[0]
        if door in DOORS and ROLES[who] not in {role.value for role in DOORS[door]}:
            path = address(app, rule)
            assert person.open("POST", path, data={"csrf_token": token}).status_code == 403, path


def test_no_get_changes_anything(app: Flask, visitor: Visit, book: Book) -> None:
    link = link_token(book(starts_at=at(9, day=3)), secret=SECRET)
    people = [visitor(who) for who in ("kim", "dana", "max")]
    before = contents()

    for person in people:
        for rule in rules(app, "GET"):
            person.get(address(app, rule, token=link))

    assert contents() == before


def test_every_post_wants_a_token(app: Flask, visitor: Visit, book: Book) -> None:
    book()
    before = None
    for who in ("kim", "dana", "max"):
        person = visitor(who)
        before = contents()
        for rule in rules(app, "POST"):
            path = address(app, rule)
            assert person.open("POST", path).status_code == 400, path
            assert person.open("POST", path, data={"csrf_token": "stale"}).status_code == 400, path
    assert contents() == before


@pytest.mark.parametrize("number", [0, 999_999, 2**31, 99_999_999_999_999_999_999])
def test_made_up_ids_are_not_found(app: Flask, visitor: Visit, number: int) -> None:
    for who in ("kim", "dana", "max"):
        person = visitor(who)
        token = person.token()
        for rule in app.url_map.iter_rules():
            if not any(type(c).__name__ == "IntegerConverter" for c in rule._converters.values()):
                continue
            path = address(app, rule, number)
            for method in sorted((rule.methods or set()) & {"GET", "POST"}):
                answer = person.open(
                    method, path, data={"csrf_token": token, "version": "1"} if method == "POST" else None
                )
                assert answer.status_code in {303, 400, 403, 404, 409, 422}, (method, path, answer.status_code)


def test_hostile_dates_and_tokens_are_not_found(app: Flask, visitor: Visit) -> None:
    kim = visitor("dana")

    for hostile in ("0000-00-00", "9999-12-31", "2026-02-30", "%00", "é", "../..", "2026-11-24%0d%0aX: y", "x" * 3000):
        for base in ("/desk/days/", "/treatment/days/", "/visit/", "/feeds/"):
            assert kim.open("GET", base + hostile).status_code in {302, 404}, (base, hostile)
