"""Read home programs: what holds today, what was stopped and why, and what came before."""

from collections.abc import Iterable, Sequence
from datetime import date
from typing import NamedTuple

from sqlalchemy import select

from clinic.care.homecare.models import HomeEvent, HomeItem
from clinic.database import database
from clinic.refusals import NotFound

ACTIVE, PAUSED, STOPPED, REPLACED = "active", "paused", "stopped", "replaced"
ORDER = {"exercise": 0, "running": 1, "heat": 2, "cold": 3, "hydration": 4, "rest": 5, "avoid": 6}


class Entry(NamedTuple):
    """An item with what became of it; ``number`` counts the versions that led to it, the first is 1."""

    item: HomeItem
    status: str
    last: HomeEvent | None
    number: int

    @property
    def holds(self) -> bool:
        """Whether a patient does it now."""
        return self.status == ACTIVE

    @property
    def is_over(self) -> bool:
        """Whether it will not come back: stopped, or another took its place."""
        return self.status in (STOPPED, REPLACED)


def item(item_id: int) -> HomeItem:
    """Return an item. Raises ``NotFound``."""
    found = database.session.get(HomeItem, item_id) if 0 < item_id < 2**31 else None
    if found is None:
        raise NotFound("There is no such item.")
    return found


def entry(item_id: int) -> Entry:
    """Return an item with what became of it. Raises ``NotFound``."""
    found = item(item_id)
    return next(one for one in all_of(found.episode_id) if one.item.id == item_id)


def program_of(episode_id: int) -> list[Entry]:
    """Return an episode's program as it holds now, paused items too, in the order of a patient's day."""
    return what_is_left(all_of(episode_id))


def what_is_left(entries: Iterable[Entry]) -> list[Entry]:
    """Return what is not over of some entries, in the order of a patient's day."""
    return in_order(one for one in entries if not one.is_over)


def in_order(entries: Iterable[Entry]) -> list[Entry]:
    """Return entries by kind, then as they were prescribed."""
    return sorted(entries, key=lambda one: (ORDER[one.item.kind], _first(one.item)))


def todays(entries: Iterable[Entry], *, today: date) -> list[Entry]:
    """Return the entries that a patient does today: active, and begun."""
    return [one for one in entries if one.holds and one.item.from_on <= today]


def all_of(episode_id: int) -> list[Entry]:
    """Return every item that an episode ever had, the oldest first."""
    items = database.session.scalars(
        select(HomeItem).where(HomeItem.episode_id == episode_id).order_by(HomeItem.id)
    ).all()
    events: dict[int, list[HomeEvent]] = {one.id: [] for one in items}
    found = select(HomeEvent).where(HomeEvent.item_id.in_(events)).order_by(HomeEvent.item_id, HomeEvent.number)
    for event in database.session.scalars(found):
        events[event.item_id].append(event)
    replaced = {one.replaces_id for one in items}
    numbers: dict[int, int] = {}
    for one in items:
        numbers[one.id] = numbers.get(one.replaces_id or 0, 0) + 1 if one.replaces_id else 1
    return [
        Entry(
            one,
            _status(events[one.id], is_replaced=one.id in replaced),
            events[one.id][-1] if events[one.id] else None,
            numbers[one.id],
        )
        for one in items
    ]


def events_of(item_id: int) -> Sequence[HomeEvent]:
    """Return what became of an item, in order."""
    query = select(HomeEvent).where(HomeEvent.item_id == item_id).order_by(HomeEvent.number)
    return database.session.scalars(query).all()


def _status(events: Sequence[HomeEvent], *, is_replaced: bool) -> str:
    last = events[-1].what if events else ""
    if last == "stopped":
        return STOPPED
    if is_replaced:
        return REPLACED
    return PAUSED if last == "paused" else ACTIVE


def _first(one: HomeItem) -> int:
    """Return where an item stands: where the first of its versions stood."""
    return one.details.get("place", one.id) if one.details else one.id
