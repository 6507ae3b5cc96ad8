"""Import every model, so that the metadata is whole."""

import clinic.audit.models
import clinic.letters.calendars.models
import clinic.outbox.models
import clinic.people.accounts.models
import clinic.people.patients.models
import clinic.scheduling.booking.models
import clinic.scheduling.holds.models
import clinic.scheduling.practice.models  # noqa: F401
