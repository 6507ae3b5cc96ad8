"""Appointments: listing this folder lists what can be done to one."""

from clinic.scheduling.booking.arrive import arrive
from clinic.scheduling.booking.begin import begin
from clinic.scheduling.booking.book import book
from clinic.scheduling.booking.book_course import book_course
from clinic.scheduling.booking.call import mark_told, settle_call, want_call
from clinic.scheduling.booking.cancel import cancel
from clinic.scheduling.booking.change_course import cancel_visits, move_visits, take_back
from clinic.scheduling.booking.complete import complete
from clinic.scheduling.booking.confirm import confirm
from clinic.scheduling.booking.keep import keep
from clinic.scheduling.booking.let_go_of_kept import let_go_of_kept, tidy_kept
from clinic.scheduling.booking.models import Appointment, Course, Kept, Resource
from clinic.scheduling.booking.move import Change, move, move_back, move_together
from clinic.scheduling.booking.no_show import no_show
from clinic.scheduling.booking.reinstate import reinstate
from clinic.scheduling.booking.states import Status
from clinic.scheduling.booking.step_back import step_back
from clinic.scheduling.booking.swap import swap, swap_back

__all__ = [
    "Appointment",
    "Change",
    "Course",
    "Kept",
    "Resource",
    "Status",
    "arrive",
    "begin",
    "book",
    "book_course",
    "cancel",
    "cancel_visits",
    "complete",
    "confirm",
    "keep",
    "let_go_of_kept",
    "mark_told",
    "move",
    "move_back",
    "move_together",
    "move_visits",
    "no_show",
    "reinstate",
    "settle_call",
    "step_back",
    "swap",
    "swap_back",
    "take_back",
    "tidy_kept",
    "want_call",
]
