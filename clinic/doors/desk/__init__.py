"""The door of reception."""

from clinic.doors.threshold import staff_door

door = staff_door("desk", __name__)
