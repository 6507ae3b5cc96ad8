"""The door of reception."""

from clinic.doors.threshold import staff_door

door = staff_door("desk", __name__)

from clinic.doors.desk import (  # noqa: E402
    appointment,
    appointment_move,
    board,
    booking_panel,
    calls,
    course,
    course_change,
    emergency,
    home_link,
    kept,
    letters,
    patients,
    patients_change,
    plans,
)

__all__ = [
    "appointment",
    "appointment_move",
    "board",
    "booking_panel",
    "calls",
    "course",
    "course_change",
    "emergency",
    "home_link",
    "kept",
    "letters",
    "patients",
    "patients_change",
    "plans",
]
