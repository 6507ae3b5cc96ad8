"""The door of calendar programs: a secret address each."""

from clinic.doors.threshold import open_door

door = open_door("feeds", __name__, "/feeds")

from clinic.doors.feeds import read  # noqa: E402, F401
