"""Read the clinical defaults as they hold now."""

from collections.abc import Mapping, Sequence
from typing import Any, NamedTuple

from sqlalchemy import func, select

from clinic.care.defaults.models import DefaultVersion
from clinic.care.defaults.shipped import BY_KEY, OURS, SHIPPED, Shipped
from clinic.database import database
from clinic.refusals import NotFound


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


def every(prefix: str = "") -> list[Default]:
    """Return the defaults whose key begins so, in the order in which the program brings them."""
    newest = {row.key: row for row in _newest(prefix)}
    return [_merged(one, newest.get(one.key)) for one in SHIPPED if one.key.startswith(prefix)]


def current(key: str) -> Default:
    """Return one default as it holds now. Raises ``NotFound``."""
    if key not in BY_KEY:
        raise NotFound("There is no such default.")
    return next(one for one in every(key) if one.key == key)


def versions(key: str) -> Sequence[DefaultVersion]:
    """Return the clinic's versions of one default, newest first."""
    query = select(DefaultVersion).where(DefaultVersion.key == key).order_by(DefaultVersion.number.desc())
    return database.session.scalars(query).all()


def latest_number(prefix: str) -> int:
    """Return a number that rises with every change of the defaults whose key begins so."""
    query = select(func.count()).where(DefaultVersion.key.startswith(prefix, autoescape=True))
    return database.session.scalar(query) or 0


def _newest(prefix: str) -> Sequence[DefaultVersion]:
    last = (
        select(func.max(DefaultVersion.id))
        .where(DefaultVersion.key.startswith(prefix, autoescape=True))
        .group_by(DefaultVersion.key)
    )
    return database.session.scalars(select(DefaultVersion).where(DefaultVersion.id.in_(last))).all()


def _merged(shipped: Shipped, newest: DefaultVersion | None) -> Default:
    if newest is None:
        return Default(*shipped, number=0, confirmed_by="")
    value = {**shipped.value, **newest.value}
    return Default(shipped.key, shipped.group, shipped.label, value, newest.source, newest.number, newest.confirmed_by)
