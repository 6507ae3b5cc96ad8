"""What an appointment needs: what its type needs, and the devices that this visit needs besides."""

from collections.abc import Sequence

from clinic.scheduling import practice
from clinic.scheduling.practice.models import AppointmentType
from clinic.timetable.supply import Need


def needs_of(kind: AppointmentType, *, devices: Sequence[str] = (), minutes: int | None = None) -> list[Need]:
    """Return the needs of a visit of ``kind`` of ``minutes``, else its kind's; a device for all of it."""
    whole = [Need(device, 0, minutes or kind.length) for device in sorted(set(devices))]
    return [need for need in practice.needs_of(kind, minutes=minutes) if need.kind not in devices] + whole
