"""An entry of a home program as people read it: how much, the steps, and two drawings."""

from typing import NamedTuple

from clinic.care.homecare.doses import from_fields
from clinic.care.homecare.library import words
from clinic.care.homecare.library.poses import drawings
from clinic.care.homecare.models import HomeItem
from clinic.care.homecare.queries import Entry
from clinic.care.homecare.rules.drinking import HEADING, Gate, drinking_words
from clinic.care.homecare.rules.ladder import stage_words
from clinic.care.homecare.rules.rest import REST_WORDS
from clinic.care.homecare.rules.thermal import INSTRUCTIONS, Modality


class Shown(NamedTuple):
    """An entry as people read it; ``drawings`` are SVG made of the library's own data, safe to put into a page."""

    entry: Entry
    name: str
    amount: str
    steps: tuple[str, ...]
    drawings: tuple[str, ...]

    @property
    def item(self) -> HomeItem:
        """The row itself."""
        return self.entry.item


def shown(entry: Entry) -> Shown:
    """Return an entry as people read it."""
    item, details = entry.item, entry.item.details
    if item.kind == "exercise":
        amount = words(from_fields(item.dose))
        return Shown(entry, item.name, amount, tuple(details.get("steps", ())), drawings(item.code))
    if item.kind in INSTRUCTIONS:
        return Shown(entry, item.name, f"{item.minutes} min", INSTRUCTIONS[Modality(item.kind)].steps, ())
    if item.kind == "running":
        return Shown(entry, item.name, stage_words(details["stage"]), (), ())
    if item.kind == "hydration":
        gates = [Gate(one) for one in details.get("gates", ()) if one in set(Gate)]
        return Shown(entry, HEADING, "", drinking_words(gates), ())
    return Shown(entry, item.name, "", REST_WORDS if item.kind == "rest" else (), ())
