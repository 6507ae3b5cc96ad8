"""The door of the manager."""

from clinic.doors.threshold import staff_door

door = staff_door("office", __name__)
