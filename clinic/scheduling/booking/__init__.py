"""Appointments: listing this folder lists what can be done to one."""

from clinic.scheduling.booking.arrive import arrive
from clinic.scheduling.booking.begin import begin
from clinic.scheduling.booking.book import book
from clinic.scheduling.booking.call import mark_told, settle_call, want_call
from clinic.scheduling.booking.cancel import cancel
from clinic.scheduling.booking.complete import complete
from clinic.scheduling.booking.confirm import confirm
from clinic.scheduling.booking.models import Appointment, Resource
from clinic.scheduling.booking.move import move, move_back
from clinic.scheduling.booking.no_show import no_show
from clinic.scheduling.booking.reinstate import reinstate
from clinic.scheduling.booking.states import Status
from clinic.scheduling.booking.step_back import step_back

__all__ = [
    "Appointment",
    "Resource",
    "Status",
    "arrive",
    "begin",
    "book",
    "cancel",
    "complete",
    "confirm",
    "mark_told",
    "move",
    "move_back",
    "no_show",
    "reinstate",
    "settle_call",
    "step_back",
    "want_call",
]
