"""Two people, or two tabs, on one draft: what was saved meanwhile beside what stands in the form."""

from collections.abc import Mapping
from typing import NamedTuple

from clinic.care.signatures import AlreadySigned
from clinic.refusals import ChangedMeanwhile, Refusal


class Apart(NamedTuple):
    """A field that stands otherwise than it was typed here."""

    field: str
    label: str
    stands: str
    here: str


def apart(stands: Mapping[str, str], typed: Mapping[str, str], refusal: Refusal | None) -> list[Apart]:
    """Return the fields in which the form differs from what stands; none where nobody else was the reason."""
    if not isinstance(refusal, ChangedMeanwhile | AlreadySigned):
        return []
    return [
        Apart(name, _label(name), stands[name], typed[name])
        for name in stands
        if name in typed
        and name != "region_order"
        and not name.endswith(".id")
        and stands[name].strip() != typed[name].replace("\r\n", "\n").strip()
    ]


def _label(name: str) -> str:
    return name.replace("measure.", "").replace(".", " ").replace("_", " ").strip().capitalize()
