"""The trail: who did what, when, about whom, from what to what. Entries are only ever added."""

from clinic.audit.models import Entry
from clinic.audit.queries import entries_about, entries_between
from clinic.audit.record import Actor, record

__all__ = ["Actor", "Entry", "entries_about", "entries_between", "record"]
