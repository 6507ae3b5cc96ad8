"""Letters about appointments: which, when, and in what words."""

from clinic.letters.reminders.deliver import deliver, send_now
from clinic.letters.reminders.owe import owe_reminders
from clinic.letters.reminders.write import Desk

__all__ = ["Desk", "deliver", "owe_reminders", "send_now"]
