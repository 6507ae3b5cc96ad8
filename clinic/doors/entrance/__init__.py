"""Everyone's door: sign in, sign out, the own account, health."""

from clinic.doors.threshold import open_door

door = open_door("entrance", __name__)

from clinic.doors.entrance import account, health, sign_in  # noqa: E402, F401
