"""The patients' door: one appointment, by signed link."""

from clinic.doors.threshold import open_door

door = open_door("portal", __name__, "/visit")
