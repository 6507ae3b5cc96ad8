"""Let two appointments exchange their times."""

from datetime import datetime

from clinic.audit import Actor
from clinic.refusals import Refusal, Unacceptable
from clinic.scheduling.booking.models import Appointment
from clinic.scheduling.booking.move import Change, SomeCannotMove, move_back_together, move_together
from clinic.scheduling.booking.the_row import appointment_to_change


class CannotSwap(Refusal):
    """The two appointments do not fit into each other's time."""


def swap(
    *,
    appointment_id: int,
    other_id: int,
    by: Actor,
    now: datetime,
    seen: int | None = None,
    other_seen: int | None = None,
    agreed_on_the_phone: bool = False,
) -> tuple[Appointment, Appointment]:
    """Let two booked appointments exchange time and therapist in one transaction; the caller commits.

    Each keeps its own length, letters and calendar identity. Raises ``CannotSwap``, and what ``move`` raises.
    """
    if appointment_id == other_id:
        raise Unacceptable("Choose two different visits.", field="other_id")
    rows = {id_: appointment_to_change(id_) for id_ in sorted((appointment_id, other_id))}
    one, other = rows[appointment_id], rows[other_id]
    changes = [
        Change(one.id, other.starts_at, other.therapist_id, seen),
        Change(other.id, one.starts_at, one.therapist_id, other_seen),
    ]
    try:
        first, second = move_together(changes, by=by, now=now, agreed_on_the_phone=agreed_on_the_phone)
    except SomeCannotMove as refusal:
        raise CannotSwap(f"They cannot exchange their times. {refusal.sentence}", field="other_id") from refusal
    return first, second


def swap_back(
    *,
    appointment_id: int,
    other_id: int,
    by: Actor,
    now: datetime,
    seen: int | None = None,
    other_seen: int | None = None,
) -> tuple[Appointment, Appointment]:
    """Take an exchange back, with what was confirmed, told and wished before it; the caller commits.

    Raises ``CannotSwap`` where an old time is no longer free, and what ``move_back`` raises.
    """
    versions = {appointment_id: seen, other_id: other_seen}
    try:
        back = {visit.id: visit for visit in move_back_together(versions, by=by, now=now, seen=versions)}
    except SomeCannotMove as refusal:
        raise CannotSwap(
            f"The old time of a visit is no longer free. {refusal.sentence}", field="other_id"
        ) from refusal
    return back[appointment_id], back[other_id]
