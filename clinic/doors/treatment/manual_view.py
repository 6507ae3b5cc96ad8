"""What the page of manual therapy shows beside its fields: the map over visits, the point in hand, the checklist."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any, NamedTuple

from clinic.care import manual_therapy, notes
from clinic.care.defaults.manual import EVIDENCE
from clinic.care.manual_therapy import Dated, Given, Technique, TenderPoint
from clinic.care.manual_therapy.check import hold_is_unusual
from clinic.care.manual_therapy.checklist import Standing
from clinic.care.manual_therapy.dictionary import Point, counterstrain_rule, points, questions_version
from clinic.care.manual_therapy.kinds import ADVERSE, COUNTERSTRAIN, GRADES, KINDS, SIDES, THRUST
from clinic.care.manual_therapy.map import Treated, Verdict, summary, verdict
from clinic.care.manual_therapy.note_rows import dose_of
from clinic.care.manual_therapy.reduction import goal_missed, percent_less
from clinic.care.manual_therapy.rule import CounterstrainRule
from clinic.care.notes import Note
from clinic.care.notes.history import readings_before
from clinic.care.notes.measures import measures
from clinic.doors import wording
from clinic.doors.treatment.manual_values import Identity
from clinic.doors.treatment.note_view import measure_lines
from clinic.timetable.zones import to_wall

VISITS_SHOWN = 4
"""Earlier visits beside today's."""
SIGNS_SHOWN = 4
TALL, BASE = 6, 78
"""Bars: units of the drawing for each step of tenderness, and where they stand."""
WIDE, APART = 24, 29


class Bar(NamedTuple):
    """A bar of the map, in units of its drawing; a value of None is still to be rated."""

    part: str
    value: int | None
    x: int
    y: int
    height: int
    missed: bool


class Cell(NamedTuple):
    """A point at one visit."""

    bars: list[Bar]
    said: str


class Line(NamedTuple):
    """A point over its visits: a cell for each one that is shown, today's apart, and what became of it."""

    identity: Identity
    label: str
    side: str
    location: str
    cells: list[Cell | None]
    today: Cell | None
    recheck: bool
    verdict: Verdict | None


class InHand(NamedTuple):
    """The point that is treated: what it is called, whether it has a row yet, and what its values come to."""

    identity: Identity
    label: str
    side: str
    point: Point | None
    row: TenderPoint | None
    position: str
    from_visit: int | None
    hold_s: int
    percent: int | None
    percent_after: int | None
    missed: bool
    unusual: bool


class Earlier(NamedTuple):
    """A technique of an earlier visit, in words."""

    visit_number: int
    at: datetime
    what: str
    dose: str
    minutes: int | None
    response: str


def manual_page(
    note: Note, given: Given, *, kind: str, chosen: Identity | int | None, may_thrust: bool
) -> dict[str, Any]:
    """Return everything that the page shows.

    ``kind`` is the kind of technique; ``chosen`` the point asked for, or its place on the map, from 1.
    """
    history = manual_therapy.history_of(episode_id=note.episode_id, note_id=note.id)
    known, rule = points(), counterstrain_rule()
    lines = _lines(given, history, known, rule, today_is=short_day(note.service_at) if note.is_signed else "today")
    if isinstance(chosen, int):
        chosen = lines[chosen - 1].identity if 0 < chosen <= len(lines) else None
    uses = given.uses | ({kind} & {COUNTERSTRAIN, THRUST})
    checklist = manual_therapy.checklist_at(episode_id=note.episode_id, note_id=note.id, uses=frozenset(uses))
    content = notes.content_of(note)
    shown = [one for one in history if one.given.points][-VISITS_SHOWN:]
    return {
        "note": note,
        "given": given,
        "kind": kind,
        "kinds": KINDS,
        "names": [(one.key, one.label) for one in KINDS.values()],
        "visits": shown,
        "short_day": short_day,
        "lines": lines,
        "summary": summary(line.verdict for line in lines),
        "in_hand": _in_hand(given, history, known, rule, lines, chosen, draft=not note.is_signed),
        "rule": rule,
        "choices": _choices(known),
        "sides": SIDES,
        "adverse": ADVERSE,
        "checklist": checklist,
        "asked": sorted(checklist.questions, key=lambda one: one.key in checklist.answers),
        "clearance": clearance(checklist),
        "here": {row.question for row in given.checks},
        "checks_version": questions_version(),
        "checks_open": bool(checklist.left or (checklist.yes and not checklist.decided)),
        "techniques": [row for row in given.techniques if row.kind == kind],
        "earlier": _earlier(history, kind),
        "grades": GRADES,
        "dose_of": dose_of,
        "may_thrust": may_thrust,
        "signs": [
            line
            for line in measure_lines(content, measures(), readings_before(note))
            if line.today and line.last and line.carried_from is None
        ][:SIGNS_SHOWN],
        "evidence": EVIDENCE,
    }


def place_of(note: Note, one: Identity) -> int | None:
    """Return the place of a point on the map, from 1: what an address may name, since it says nothing of health."""
    history = manual_therapy.history_of(episode_id=note.episode_id, note_id=note.id)
    order = list(_by_point(manual_therapy.given_at(note.id), history))
    return order.index(one) + 1 if one in order else None


def clearance(checklist: Standing) -> tuple[str, str, str]:
    """Return what the chip says of the checklist, with its tone and icon."""
    if checklist.left:
        return f"Checklist: {len(checklist.left)} to answer", "warn", "shield-exclamation"
    day = f", {short_day(checklist.since)}" if checklist.since is not None else ""
    if checklist.stops:
        return f"Contraindicated: {checklist.stops[0].label}{day}", "bad", "slash-circle"
    if checklist.yes:
        return f"With care: {checklist.yes[0].label}{day}", "warn", "shield-exclamation"
    return f"Contraindications clear{day}", "ok", "check2"


def short_day(at: datetime) -> str:
    """Return the clinic's day of an instant without its weekday, for the heads of narrow columns: Nov 24."""
    on = to_wall(at, wording.zone()).date()
    return f"{on:%b} {on.day}"


def _lines(
    given: Given, history: Sequence[Dated], known: Mapping[str, Point], rule: CounterstrainRule, *, today_is: str
) -> list[Line]:
    draft = today_is == "today"
    shown = [one.note_id for one in history if one.given.points][-VISITS_SHOWN:]
    days = {one.note_id: short_day(one.at) for one in history}
    last_visit = next((one for one in reversed(history) if one.given.points), None)
    again = {Identity(row.point, row.side) for row in last_visit.given.points if row.recheck} if last_visit else set()
    found = []
    for identity, by_note in _by_point(given, history).items():
        point, today = known.get(identity.point), by_note.get(given.note_id)
        treated = [
            Treated(days.get(note_id, today_is), row.before, row.recheck, is_today=draft and note_id == given.note_id)
            for note_id, row in by_note.items()
            if row.before is not None
        ]
        found.append(
            Line(
                identity,
                point.label if point is not None else identity.point,
                SIDES[identity.side] if identity.side else "",
                point.location if point is not None else "",
                [_cell(by_note.get(note_id), rule) for note_id in shown],
                _cell(today, rule, draft=draft),
                draft and today is None and identity in again,
                verdict(treated, rule),
            )
        )
    return found


def _by_point(given: Given, history: Sequence[Dated]) -> dict[Identity, dict[int, TenderPoint]]:
    """Return the rows of each point by their note, in the order in which the points were first treated."""
    rows: dict[Identity, dict[int, TenderPoint]] = {}
    for visit in [*(one.given for one in history), given]:
        for row in visit.points:
            rows.setdefault(Identity(row.point, row.side), {})[visit.note_id] = row
    return rows


def _cell(row: TenderPoint | None, rule: CounterstrainRule, *, draft: bool = False) -> Cell | None:
    if row is None:
        return None
    missed = goal_missed(before=row.before, in_position=row.in_position, goal_percent=rule.goal_percent)
    parts = (
        ("before", row.before, "before"),
        ("position", row.in_position, "in position"),
        ("after", row.after, "after"),
    )
    bars = [
        Bar(
            part,
            value,
            APART * place,
            BASE - max(TALL * (value or 0), 2),
            max(TALL * (value or 0), 2),
            missed and place == 1,
        )
        for place, (part, value, _) in enumerate(parts)
        if value is not None or draft
    ]
    said = ", ".join(f"{words} {value if value is not None else 'not yet'}" for _, value, words in parts)
    return Cell(bars, said + (", position goal not reached" if missed else ""))


def _in_hand(
    given: Given,
    history: Sequence[Dated],
    known: Mapping[str, Point],
    rule: CounterstrainRule,
    lines: Sequence[Line],
    chosen: Identity | None,
    *,
    draft: bool,
) -> InHand | None:
    identities = {line.identity for line in lines}
    today = {Identity(row.point, row.side): row for row in given.points}
    if chosen is None or chosen not in identities:
        open_ = [one for one, row in today.items() if row.after is None] if draft else []
        again = [line.identity for line in lines if line.recheck]
        chosen = next(iter([*open_, *again, *today]), None)
    if chosen is None:
        return None
    row, point = today.get(chosen), known.get(chosen.point)
    last = _last(history, chosen)
    from_last = last is not None and bool(last[1].position) and (row is None or row.position == last[1].position)
    position = row.position if row is not None and row.position else ""
    if row is None:
        position = last[1].position if last is not None and last[1].position else point.position if point else ""
    hold = row.hold_s if row is not None and row.hold_s is not None else None
    before = row.before if row is not None else None
    return InHand(
        chosen,
        point.label if point is not None else chosen.point,
        SIDES[chosen.side] if chosen.side else "",
        point,
        row,
        position,
        last[0] if last is not None and from_last else None,
        hold or (last[1].hold_s if last is not None and row is None and last[1].hold_s else rule.hold_s),
        percent_less(before, row.in_position if row is not None else None),
        percent_less(before, row.after if row is not None else None),
        row is not None and goal_missed(before=row.before, in_position=row.in_position, goal_percent=rule.goal_percent),
        hold_is_unusual(hold, rule),
    )


def _last(history: Sequence[Dated], one: Identity) -> tuple[int, TenderPoint] | None:
    for visit in reversed(history):
        for row in visit.given.points:
            if (row.point, row.side) == one:
                return visit.visit_number, row
    return None


def starting_point(note: Note, one: Identity) -> dict[str, Any]:
    """Return what a point begins with: its position and hold at the last visit, else those of the clinic's lists."""
    last = _last(manual_therapy.history_of(episode_id=note.episode_id, note_id=note.id), one)
    point, rule = points().get(one.point), counterstrain_rule()
    position = last[1].position if last is not None and last[1].position else point.position if point else ""
    return {"position": position[:200], "hold_s": (last[1].hold_s if last is not None else None) or rule.hold_s}


def _choices(known: Mapping[str, Point]) -> list[tuple[str, str]]:
    return [(point.key, f"{point.label}, {point.location}") for point in known.values()]


def _earlier(history: Sequence[Dated], kind: str) -> list[Earlier]:
    return [
        Earlier(one.visit_number, one.at, _what(row), dose_of(row), row.minutes, _answered(row))
        for one in reversed(history)
        for row in one.given.techniques
        if row.kind == kind
    ]


def _what(row: Technique) -> str:
    side = f", {SIDES[row.side]}" if row.side else ""
    grade = f", grade {row.grade}" if row.grade and row.kind != THRUST else ""
    return f"{row.region}{side}{grade}"


def _answered(row: Technique) -> str:
    return "; ".join(part for part in (row.response, row.retest) if part)
