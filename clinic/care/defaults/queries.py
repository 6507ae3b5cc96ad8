"""Read the clinical defaults as they hold now, or as they held at an earlier count of changes."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import Any, NamedTuple

from sqlalchemy import func, select

from clinic.care.defaults.entry import OURS, Shipped
from clinic.care.defaults.models import DefaultVersion
from clinic.care.defaults.shipped import SHIPPED as OF_THIS_ROOM
from clinic.database import database
from clinic.refusals import NotFound

SHIPPED: list[Shipped] = [*OF_THIS_ROOM]
BY_KEY: dict[str, Shipped] = {one.key: one for one in SHIPPED}
OWN_GROUPS = {"template.": "Plan templates", "point.": "Tender points"}
"""Where the clinic may add entries of its own, by the beginning of their keys."""


class Default(NamedTuple):
    """A clinical default as it holds now; ``number`` counts the clinic's versions, 0 is what the program brings."""

    key: str
    group: str
    label: str
    value: Mapping[str, Any]
    source: str
    number: int
    confirmed_by: str

    @property
    def is_confirmed(self) -> bool:
        """Whether a source or a licensed therapist stands behind it."""
        return bool(self.confirmed_by) or OURS not in self.source

    @property
    def is_own(self) -> bool:
        """Whether the clinic made it: the program brings no such key."""
        return self.key not in BY_KEY


CHECKS: dict[str, Callable[[Mapping[str, Any]], None]] = {}
"""What a room above says of a value of its own before it is kept, by the beginning of the key."""


def bring(rows: Iterable[Shipped], *, prefix: str, check: Callable[[Mapping[str, Any]], None]) -> None:
    """Add what a room above ships to the clinical defaults; a second time changes nothing.

    ``check`` raises ``Unacceptable`` for a changed value that the room could not read.
    """
    new = [one for one in rows if one.key not in BY_KEY]
    SHIPPED.extend(new)
    BY_KEY.update({one.key: one for one in new})
    CHECKS[prefix] = check


def every(prefix: str = "", *, as_of: int | None = None) -> list[Default]:
    """Return the defaults whose key begins so: the program's in its order, then the clinic's own.

    ``as_of`` is a count that ``latest_number`` gave for the same prefix: then they are as they were at that moment.
    """
    newest = {row.key: row for row in _newest(prefix, as_of)}
    shipped = [_merged(one, newest.pop(one.key, None)) for one in SHIPPED if one.key.startswith(prefix)]
    return shipped + [_own(row) for row in newest.values()]


def current(key: str) -> Default:
    """Return one default as it holds now. Raises ``NotFound``."""
    found = next((one for one in every(key) if one.key == key), None)
    if found is None:
        raise NotFound("There is no such default.")
    return found


def versions(key: str) -> Sequence[DefaultVersion]:
    """Return the clinic's versions of one default, newest first."""
    query = select(DefaultVersion).where(DefaultVersion.key == key).order_by(DefaultVersion.number.desc())
    return database.session.scalars(query).all()


def latest_number(prefix: str) -> int:
    """Return a number that rises with every change of the defaults whose key begins so."""
    query = select(func.count()).where(DefaultVersion.key.startswith(prefix, autoescape=True))
    return database.session.scalar(query) or 0


def _newest(prefix: str, as_of: int | None) -> Sequence[DefaultVersion]:
    changes = select(DefaultVersion.id).where(DefaultVersion.key.startswith(prefix, autoescape=True))
    if as_of is not None:
        changes = changes.order_by(DefaultVersion.id).limit(as_of)
    last = select(func.max(DefaultVersion.id)).where(DefaultVersion.id.in_(changes)).group_by(DefaultVersion.key)
    query = select(DefaultVersion).where(DefaultVersion.id.in_(last)).order_by(DefaultVersion.key)
    return database.session.scalars(query).all()


def _merged(shipped: Shipped, newest: DefaultVersion | None) -> Default:
    if newest is None:
        return Default(*shipped, number=0, confirmed_by="")
    return Default(
        shipped.key,
        shipped.group,
        newest.label or shipped.label,
        {**shipped.value, **newest.value},
        newest.source,
        newest.number,
        newest.confirmed_by,
    )


def _own(row: DefaultVersion) -> Default:
    group = next((group for prefix, group in OWN_GROUPS.items() if row.key.startswith(prefix)), "Own")
    return Default(row.key, group, row.label, row.value, row.source, row.number, row.confirmed_by)
