"""The clinic's list of what a gait analysis looks at."""

from decimal import Decimal
from typing import Any, NamedTuple

from clinic.care import defaults
from clinic.care.defaults import Default
from clinic.care.gait.cadence import CadenceRule
from clinic.care.gait.item import Item


class Session(NamedTuple):
    """One session of a protocol: minutes of running, minutes with feedback, and how it is given."""

    run: int
    feedback: int
    how: str


class Protocol(NamedTuple):
    """How feedback fades from session to session."""

    key: str
    name: str
    source: str
    sessions: tuple[Session, ...]


def items() -> dict[str, Item]:
    """Return what is looked at by its key, the graded checklist first."""
    found = [_item(one) for one in defaults.every("gait.")]
    return {one.key: one for one in sorted(found, key=lambda one: not one.graded)}


def protocols() -> dict[str, Protocol]:
    """Return how feedback may fade, by the key of the clinical default."""
    return {
        one.key: Protocol(one.key, one.label, one.source, tuple(Session(**part) for part in one.value["sessions"]))
        for one in defaults.every("protocol.")
    }


def cadence_rule() -> CadenceRule:
    """Return how the clinic sets a target cadence."""
    return CadenceRule(**{name: Decimal(str(value)) for name, value in defaults.current("rule.cadence").value.items()})


def _item(one: Default) -> Item:
    fields: dict[str, Any] = {
        name: Decimal(str(number)) if isinstance(number, int | float) and not isinstance(number, bool) else number
        for name, number in one.value.items()
    }
    fields["choices"] = tuple(one.value["choices"])
    return Item(key=one.key.removeprefix("gait."), label=one.label, source=one.source, **fields)
