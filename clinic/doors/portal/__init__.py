"""The patients' door: one appointment, or a course of them, by signed link. GET changes nothing."""

from clinic.doors.threshold import open_door

door = open_door("portal", __name__, "/visit")

from clinic.doors.portal import course, gone, home, visit  # noqa: E402, F401
