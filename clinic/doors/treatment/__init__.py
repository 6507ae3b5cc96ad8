"""The door of those who treat."""

from clinic.doors.threshold import staff_door

door = staff_door("treatment", __name__)

from clinic.doors.treatment import caseload, charts, emergencies, gait, library, my_day, note, plan, subscribe  # noqa: E402, F401
