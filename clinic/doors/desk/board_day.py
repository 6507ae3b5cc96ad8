"""A day as the board lays it out: columns, rows of five minutes, tiles, and the time that is free."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date, datetime, timedelta
from functools import lru_cache
from itertools import pairwise
from typing import NamedTuple
from zoneinfo import ZoneInfo

from clinic.doors.desk.board_tiles import Tile, tile
from clinic.scheduling import practice
from clinic.scheduling.booking import Kept
from clinic.scheduling.booking.kept_queries import kept_between
from clinic.scheduling.booking.queries import Slot, slots_on_day
from clinic.scheduling.practice import Colleague
from clinic.scheduling.practice.models import AppointmentType, TimeOff
from clinic.timetable.grid import GRID, floor_to_grid
from clinic.timetable.intervals import Interval, subtract
from clinic.timetable.words import dial_words, minute_words, span_words
from clinic.timetable.zones import day_bounds, to_wall

MOST_COLUMNS = 24
ROW = 5
LUNCH = timedelta(minutes=100)
USUAL = (8 * 60, 17 * 60)
LOOK_AHEAD = (1, 3, 7, 49)
GONE = frozenset({"canceled", "no-show"})


class Piece(NamedTuple):
    """A stretch of a column: closed, a block with its label, or free with its address."""

    place: str
    label: str = ""
    therapist_id: int = 0
    starts: str = ""


class KeptPiece(NamedTuple):
    """A stretch that somebody at another desk keeps while a caller thinks."""

    place: str
    name: str
    until: str


class Column(NamedTuple):
    """One therapist's day."""

    number: int
    id: int
    name: str
    initials: str
    caption: str
    visits: str


class Board(NamedTuple):
    """All that the board shows of a day."""

    on: date
    first: int
    rows: int
    columns: list[Column]
    tiles: list[Tile]
    closed: list[Piece]
    blocks: list[Piece]
    free: list[Piece]
    kept: list[KeptPiece]
    hours: list[tuple[int, str]]
    now_row: int | None
    now_words: str
    gone: int
    kinds: list[tuple[str, str]]


class Frame(NamedTuple):
    """The hours shown, in minutes after midnight, and how to place a stretch of time in them.

    ``repeats`` tells the day on which the clock goes back, so that the wall shows some minutes twice.
    """

    on: date
    zone: ZoneInfo
    first: int
    last: int
    repeats: bool

    def minute(self, instant: datetime) -> int:
        """Return what the wall shows at ``instant``, as minutes after this day's midnight."""
        return _minute(instant, self.on, self.zone)

    def place(self, column: int, start: datetime, end: datetime) -> str:
        """Return the classes that put a stretch into a column, empty where nothing of it is shown."""
        shown = self.minutes(start, end)
        begin, finish = max(shown.start, self.first) - self.first, min(shown.stop, self.last) - self.first
        if finish <= begin:
            return ""
        row = begin // ROW
        return f"col-{column} row-{row} span-{max(1, -(-finish // ROW) - row)}"

    def minutes(self, start: datetime, end: datetime) -> range:
        """Return the minutes of a stretch; within an hour that comes twice it is as long as it takes."""
        begin, length = self.minute(start), int((end - start).total_seconds() // 60)
        return range(begin, begin + length if self.repeats and length <= 60 else self.minute(end))


def board_of(
    on: date, *, zone: ZoneInfo, now: datetime, without_gone: bool = False, user_id: int | None = None
) -> Board:
    """Read a local day and lay it out, in a handful of queries; what ``user_id`` keeps is free to them."""
    bounds = day_bounds(on, zone)
    rows = slots_on_day(on, zone=zone)
    by_therapist: dict[int, list[Slot]] = defaultdict(list)
    for row in rows:
        by_therapist[row.therapist_id].append(row)
    everybody = practice.colleagues(with_left=True)
    hours = practice.open_hours([c.id for c in everybody], zone=zone, first=on, last=on, with_closures=False)
    shown = _shown(everybody, hours, by_therapist)
    kinds = practice.types(with_retired=True)
    frame = _frame(on, zone, [span for c in shown for span in hours[c.id]], rows)
    number = {c.id: place for place, c in enumerate(shown, 1)}
    away = [(off.therapist_id, Interval(off.starts_at, off.ends_at), off.label) for off in _time_off(bounds)]
    away += [
        (c.id, Interval(shut.starts_at, shut.ends_at), shut.label)
        for shut in practice.closures(first=bounds.start, until=bounds.end)
        for c in shown
    ]
    shortest = timedelta(minutes=min((kind.length for kind in kinds if kind.retired_at is None), default=15))
    hold = {c.id: [Interval(r.starts_at, r.ends_at) for r in by_therapist[c.id] if _holds(r)] for c in shown}
    kept = [k for k in kept_between(first=bounds.start, until=bounds.end, now=now) if k.user_id != user_id]
    for one in kept:
        hold.setdefault(one.therapist_id, []).append(Interval(one.starts_at, one.ends_at))
    open_ = {c.id: hours[c.id] for c in shown}
    free = {
        c.id: list(_free(open_[c.id], hold[c.id] + [span for id_, span, _ in away if id_ == c.id], now, shortest))
        for c in shown
    }
    day = Interval(bounds.start, bounds.end)
    return Board(
        on=on,
        first=frame.first,
        rows=(frame.last - frame.first) // ROW,
        columns=[_column(number[c.id], c, by_therapist[c.id], hours[c.id], zone) for c in shown],
        tiles=[found for c in shown for found in _tiles(by_therapist[c.id], number[c.id], frame, now, without_gone)],
        closed=list(_closed(open_, number, frame, day)),
        blocks=list(_blocks(open_, away, number, frame)),
        free=[piece for c in shown for span in free[c.id] for piece in _free_piece(number[c.id], c.id, span, frame)],
        kept=list(_kept(kept, number, frame)),
        hours=[(minute // ROW, _hour(frame.first + minute)) for minute in range(0, frame.last - frame.first, 60)],
        now_row=_now_row(frame, now),
        now_words=dial_words(now, zone),
        gone=sum(row.status in GONE for row in rows),
        kinds=_kinds(kinds),
    )


def next_open_day(today: date, *, zone: ZoneInfo) -> date:
    """Return the first day from ``today`` on that is open, or ``today`` where none is within two months."""
    ids = [c.id for c in practice.colleagues()]
    first = today
    for days in LOOK_AHEAD:
        last = first + timedelta(days=days - 1)
        hours = practice.open_hours(ids, zone=zone, first=first, last=last)
        found = min((span.start for spans in hours.values() for span in spans), default=None)
        if found is not None:
            return to_wall(found, zone).date()
        first = last + timedelta(days=1)
    return today


def _time_off(bounds: Interval) -> Sequence[TimeOff]:
    return practice.time_off(first=bounds.start, until=bounds.end)


def _shown(
    everybody: Sequence[Colleague], hours: Mapping[int, Sequence[Interval]], busy: Mapping[int, Sequence[Slot]]
) -> list[Colleague]:
    shown = [c for c in everybody if (c.active and hours[c.id]) or c.id in busy]
    return (shown or [c for c in everybody if c.active])[:MOST_COLUMNS]


def _frame(on: date, zone: ZoneInfo, spans: Sequence[Interval], rows: Sequence[Slot]) -> Frame:
    bounds = day_bounds(on, zone)
    plain = Frame(on, zone, 0, 1440, bounds.end - bounds.start > timedelta(days=1))
    spans = [*spans, *(Interval(row.starts_at, row.ends_at) for row in rows)]
    shown = [plain.minutes(span.start, span.end) for span in spans]
    first = max(0, min((minutes.start for minutes in shown), default=USUAL[0]) // 60 * 60)
    last = min(1440, -(-max((minutes.stop for minutes in shown), default=USUAL[1]) // 60) * 60)
    return plain._replace(first=first, last=max(last, first + 60))


@lru_cache(maxsize=8192)
def _minute(instant: datetime, on: date, zone: ZoneInfo) -> int:
    wall = to_wall(instant, zone)
    return (wall.date() - on).days * 1440 + wall.hour * 60 + wall.minute


def _holds(row: Slot) -> bool:
    return row.status != "canceled"


def _column(
    number: int, colleague: Colleague, rows: Sequence[Slot], hours: Sequence[Interval], zone: ZoneInfo
) -> Column:
    count = sum(map(_holds, rows))
    visits = f"{count} visit{'' if count == 1 else 's'}"
    when = f"{dial_words(hours[0].start, zone)}–{dial_words(hours[-1].end, zone)}" if hours else "not here"
    return Column(number, colleague.id, colleague.name, colleague.initials, f"{visits} · {when}", visits)


def _tiles(rows: Sequence[Slot], column: int, frame: Frame, now: datetime, without_gone: bool) -> Iterator[Tile]:
    """Yield a column's tiles; where a canceled visit and another share the time, each has half of the width."""
    gone = [row for row in rows if row.status == "canceled"] if not without_gone else []
    for row in rows:
        place = frame.place(column, row.starts_at, row.ends_at)
        beside = [other for other in gone if other.id != row.id and _meet(row, other)]
        if not place or (without_gone and row.status in GONE):
            continue
        if row.status == "canceled" and any(other.id > row.id for other in beside):
            continue
        lane = 2 if row.status == "canceled" else 1 if beside else _lane_of_night(row, rows, frame)
        due = minute_words(frame.minute(row.starts_at))[:-3]
        yield tile(row, place=place, lane=lane, due=due, now=now)


def _lane_of_night(row: Slot, rows: Sequence[Slot], frame: Frame) -> int:
    """Return the half of a visit whose minutes another has too, an hour before or after; 0 where none has."""
    if not frame.repeats:
        return 0
    shown = frame.minutes(row.starts_at, row.ends_at)
    for other in rows:
        also = frame.minutes(other.starts_at, other.ends_at)
        if other.status != "canceled" and not _meet(row, other) and shown.start < also.stop and also.start < shown.stop:
            return 1 if row.starts_at < other.starts_at else 2
    return 0


def _meet(one: Slot, other: Slot) -> bool:
    return one.starts_at < other.ends_at and other.starts_at < one.ends_at


def _closed(
    hours: Mapping[int, Sequence[Interval]], number: Mapping[int, int], frame: Frame, day: Interval
) -> Iterator[Piece]:
    for id_, spans in hours.items():
        for gap in subtract([day], spans):
            if gap not in _lunches(spans):
                place = frame.place(number[id_], gap.start, gap.end)
                if place:
                    yield Piece(place)


def _lunches(spans: Sequence[Interval]) -> list[Interval]:
    """Return the short gaps between two stretches of work."""
    gaps = [Interval(a.end, b.start) for a, b in pairwise(spans) if a.end < b.start]
    return [gap for gap in gaps if gap.length <= LUNCH]


def _blocks(
    hours: Mapping[int, Sequence[Interval]],
    away: Iterable[tuple[int, Interval, str]],
    number: Mapping[int, int],
    frame: Frame,
) -> Iterator[Piece]:
    for id_, spans in hours.items():
        for gap in _lunches(spans):
            noon = 11 * 60 <= frame.minute(gap.start) <= 14 * 60
            yield Piece(frame.place(number[id_], gap.start, gap.end), "Lunch" if noon else "Break")
    for id_, span, label in away:
        for worked in hours.get(id_, ()):
            part = span.clip(worked)
            place = frame.place(number[id_], part.start, part.end) if part else ""
            if place:
                yield Piece(place, label)


def _free(
    hours: Sequence[Interval], taken: Sequence[Interval], now: datetime, shortest: timedelta
) -> Iterator[Interval]:
    begin = floor_to_grid(now + GRID - timedelta(microseconds=1))
    for span in subtract(hours, taken):
        start = max(span.start, begin)
        if span.end - start >= shortest:
            yield Interval(start, span.end)


def _free_piece(column: int, therapist_id: int, span: Interval, frame: Frame) -> Iterator[Piece]:
    place = frame.place(column, span.start, span.end)
    if place:
        words = span_words(span.start, span.end, frame.zone)
        starts = to_wall(span.start, frame.zone).isoformat(timespec="minutes")
        yield Piece(place, words, therapist_id, starts)


def _kept(kept: Sequence[Kept], number: Mapping[int, int], frame: Frame) -> Iterator[KeptPiece]:
    for one in kept:
        place = frame.place(number[one.therapist_id], one.starts_at, one.ends_at) if one.therapist_id in number else ""
        if place:
            first_name = one.name.split()[0] if one.name.split() else "somebody"
            yield KeptPiece(place, first_name, dial_words(one.until, frame.zone))


def _hour(minute: int) -> str:
    hour = minute // 60
    return f"{hour % 12 or 12} {'am' if hour % 24 < 12 else 'pm'}"


def _now_row(frame: Frame, now: datetime) -> int | None:
    minute = frame.minute(now)
    return (minute - frame.first) // ROW if frame.first <= minute < frame.last else None


def _kinds(kinds: Sequence[AppointmentType]) -> list[tuple[str, str]]:
    found: dict[str, str] = {}
    for kind in kinds:
        if kind.retired_at is None:
            found.setdefault(kind.token.replace("-", ""), kind.name)
    return list(found.items())
