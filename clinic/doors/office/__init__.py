"""The door of the manager."""

from clinic.doors.threshold import staff_door

door = staff_door("office", __name__)

from clinic.doors.office import location, order, overview, rooms, settings, types  # noqa: E402, F401
