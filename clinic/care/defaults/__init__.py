"""The clinical defaults: what the program brings with its source, and what the clinic changed."""

from clinic.care.defaults.change import change
from clinic.care.defaults.queries import Default, current, every, latest_number, versions

__all__ = ["Default", "change", "current", "every", "latest_number", "versions"]
