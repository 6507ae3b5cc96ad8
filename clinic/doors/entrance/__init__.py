"""Everyone's door: sign in, sign out, the own account, health."""

from clinic.doors.threshold import open_door

door = open_door("entrance", __name__)
