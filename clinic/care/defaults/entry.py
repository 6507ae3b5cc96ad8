"""One clinical default as the program brings it."""

from collections.abc import Mapping
from typing import Any, NamedTuple

OURS = "To be confirmed by a licensed therapist"
"""What stands for a source where none was found."""


class Shipped(NamedTuple):
    """A default as the program brings it: ``value`` has the fields that the clinic may change."""

    key: str
    group: str
    label: str
    value: Mapping[str, Any]
    source: str = OURS
