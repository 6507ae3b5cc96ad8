"""The door of reception."""

from clinic.doors.threshold import staff_door

door = staff_door("desk", __name__)

from clinic.doors.desk import board, letters, patients, patients_change  # noqa: E402, F401
