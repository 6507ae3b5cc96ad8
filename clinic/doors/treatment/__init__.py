"""The door of those who treat."""

from clinic.doors.threshold import staff_door

door = staff_door("treatment", __name__)
