"""Open the demo: tell its story once, then run its mail catcher, web and worker until somebody says stop."""

DATABASE = "demo.sqlite"
UNFINISHED = "demo.unfinished.sqlite"
SECRET = "demo.secret"
LOG = "demo.log"
LETTERS = "demo-letters"
LOCK = "demo.lock"
OPENS_WITHIN = 60.0
PASSWORD = "demo-clinic"  # noqa: S105  no secret: it is printed at every start
SIGN_INS = (
    ("reception@clinic.example", "Kim at the desk"),
    ("therapist@clinic.example", "Dana, who treats"),
    ("manager@clinic.example", "Max in the office"),
)
KEPT = ("PATH", "HOME", "LANG", "LC_ALL", "TMPDIR", "PORT", "CLINIC_LISTEN", "PYTHONPATH", "VIRTUAL_ENV")
"""What the demo takes over from the environment: never the database, mail or secret of a real clinic."""


class DemoFell(Exception):
    """Something of the demo ended by itself; the text says what, and where to read why."""
