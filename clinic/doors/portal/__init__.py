"""The patients' door: one appointment, by signed link. GET changes nothing, since mail scanners open links."""

from clinic.doors.threshold import open_door

door = open_door("portal", __name__, "/visit")

from clinic.doors.portal import visit  # noqa: E402, F401
