"""The door of those who treat."""

from clinic.doors.threshold import staff_door

door = staff_door("treatment", __name__)

from clinic.doors.treatment import (  # noqa: E402, F401
    caseload,
    charts,
    emergencies,
    gait,
    library,
    manual,
    my_day,
    note,
    outcomes,
    paper,
    plan,
    program,
    subscribe,
)
