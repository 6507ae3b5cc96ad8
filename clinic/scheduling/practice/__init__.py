"""The practice: place, people, rooms, devices, kinds of appointment, and when it is open."""

from clinic.scheduling.practice.queries import (
    Colleague,
    clinic,
    closures,
    colleagues,
    equipment,
    location,
    lock_location,
    needs_of,
    open_days,
    open_hours,
    resources,
    rooms,
    time_off,
    types,
    worked_weekdays,
)

__all__ = [
    "Colleague",
    "clinic",
    "closures",
    "colleagues",
    "equipment",
    "location",
    "lock_location",
    "needs_of",
    "open_days",
    "open_hours",
    "resources",
    "rooms",
    "time_off",
    "types",
    "worked_weekdays",
]
