"""The day board: who comes when to whom, what is free, and what waits for somebody."""

from datetime import date, timedelta
from typing import Any

from flask import abort, make_response, render_template, request, session
from flask.typing import ResponseReturnValue

from clinic import clock
from clinic.doors import wording
from clinic.doors.desk import door
from clinic.doors.desk.board_day import Board, board_of, next_open_day
from clinic.doors.desk.just_done import Toast, toast_of
from clinic.doors.desk.worklists import counters
from clinic.doors.threshold import is_scripted, person
from clinic.refusals import Unacceptable
from clinic.scheduling.booking.day_version import day_version
from clinic.timetable.wall import parse_day
from clinic.timetable.words import day_words
from clinic.timetable.zones import day_bounds, to_wall


@door.get("/", endpoint="today")
def today() -> ResponseReturnValue:
    """Show today, or on a closed day the next open one."""
    zone, now = wording.zone(), clock.now()
    on = to_wall(now, zone).date()
    if not day_version(on, zone=zone).visits:
        on = next_open_day(on, zone=zone)
    return _page(on)


@door.get("/days/<on>", endpoint="day_board")
def day(on: str) -> ResponseReturnValue:
    """Show one day."""
    return _page(parsed_day(on))


@door.get("/days/<on>/version", endpoint="day_version")
def version(on: str) -> ResponseReturnValue:
    """Say whether a day looks as it did: 304 where it does."""
    answer = make_response("", 200)
    answer.mimetype = "text/plain"
    answer.set_etag(day_mark(parsed_day(on)))
    return answer.make_conditional(request)


def parsed_day(text: str) -> date:
    """Read a day of the address, or answer 404."""
    try:
        on = parse_day(text)
        day_bounds(on + timedelta(days=1), wording.zone())
    except (Unacceptable, OverflowError, ValueError):
        abort(404)
    return on


def day_mark(on: date) -> str:
    """Return the mark of what a day's board shows; today's changes with the minute too."""
    zone, now = wording.zone(), clock.now()
    mark = day_version(on, zone=zone)
    minute = int(now.timestamp() // 60) if to_wall(now, zone).date() == on else 0
    return f"{mark.visits}-{mark.mark}-{minute}"


def board_facts(on: date) -> dict[str, Any]:
    """Return what the template of the board needs for a day."""
    zone, now = wording.zone(), clock.now()
    without_gone = request.args.get("gone") == "no"
    today_on = to_wall(now, zone).date()
    mark = day_mark(on)  # before the board: what changes between the two is asked for again, not missed
    waiting = counters(today_on, zone=zone, now=now)
    board = board_of(on, zone=zone, now=now, without_gone=without_gone, user_id=person().id)
    return {
        "board": board,
        "on": on,
        "mark": mark,
        "is_today": on == today_on,
        "waiting": waiting,
        "next_words": _coming(waiting.next_on, today_on),
        "previous": on - timedelta(days=1),
        "next": on + timedelta(days=1),
        "show": _column(board),
        "without_gone": without_gone,
        "shown_id": request.args.get("shown", type=int),
    }


def _page(on: date) -> str:
    return render_template("desk/board.html", **board_facts(on), toast=_toast())


def panel_page(panel: str, *, on: date, **facts: Any) -> str:
    """Return the panel ``desk/_<panel>.html`` beside the board of ``on``; alone where a script has the board."""
    template = f"desk/_{panel}.html"
    if is_scripted() and "with_board" not in request.args:
        return render_template(template, on=on, **facts)
    return render_template("desk/board.html", **{**board_facts(on), **facts}, toast=_toast(), panel=template)


def _toast() -> Toast | None:
    return None if "X-Passive" in request.headers else toast_of(session.pop("desk_done", None))


def _coming(on: date, today_on: date) -> str:
    return "tomorrow" if on == today_on + timedelta(days=1) else day_words(on, today=today_on)


def _column(board: Board) -> int:
    """Return the column a phone shows: the one asked for, the own one, or the first."""
    asked = request.args.get("therapist", type=int)
    own = person().name
    for found in (
        [c.number for c in board.columns if c.id == asked],
        [c.number for c in board.columns if c.name == own],
    ):
        if found:
            return found[0]
    return 1
