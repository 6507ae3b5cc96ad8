"""The clinic's order: one step earlier."""

from flask import abort, redirect, url_for
from flask.typing import ResponseReturnValue

from clinic import clock
from clinic.doors.office import door
from clinic.doors.threshold import actor, redo
from clinic.refusals import NotFound
from clinic.scheduling import practice
from clinic.scheduling.practice.order import put_earlier

PAGES = {
    "therapists": "office.people",
    "rooms": "office.rooms",
    "devices": "office.rooms",
    "types": "office.types",
}


@door.post("/order/<what>/<int:id_>", endpoint="earlier")
def earlier(what: str, id_: int) -> ResponseReturnValue:
    """Let one change places with the one before it."""
    if what not in PAGES:
        abort(404)
    by, now = actor(), clock.now()

    def work() -> None:
        if id_ not in _ids(what):
            raise NotFound("There is no such thing here.")
        put_earlier(what=what, id_=id_, by=by, now=now)

    redo(work)
    return redirect(url_for(PAGES[what]), 303)


def _ids(what: str) -> set[int]:
    if what == "therapists":
        return {one.id for one in practice.colleagues(with_left=True)}
    if what == "rooms":
        return {one.id for one in practice.rooms(with_retired=True)}
    if what == "devices":
        return {one.id for one in practice.equipment(with_retired=True)}
    return {one.id for one in practice.types(with_retired=True)}
