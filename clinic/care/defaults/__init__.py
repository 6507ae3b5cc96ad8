"""The clinical defaults: what the program brings with its source, and what the clinic changed."""

from clinic.care.defaults.add import add
from clinic.care.defaults.change import change
from clinic.care.defaults.entry import Shipped
from clinic.care.defaults.models import DefaultVersion
from clinic.care.defaults.queries import Default, bring, current, every, latest_number, versions

__all__ = [
    "Default",
    "DefaultVersion",
    "Shipped",
    "add",
    "bring",
    "change",
    "current",
    "every",
    "latest_number",
    "versions",
]
