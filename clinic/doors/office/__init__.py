"""The door of the manager."""

from clinic.doors.threshold import staff_door

door = staff_door("office", __name__)

from clinic.doors.office import (  # noqa: E402
    breaches,  # noqa: F401
    closures,  # noqa: F401
    hours,  # noqa: F401
    location,  # noqa: F401
    order,  # noqa: F401
    overview,  # noqa: F401
    people,  # noqa: F401
    rooms,  # noqa: F401
    settings,  # noqa: F401
    trail,  # noqa: F401
    types,  # noqa: F401
)
