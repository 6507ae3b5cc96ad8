"""Names by which people choose a room, a device or a kind of appointment: each only once."""

from sqlalchemy import select

from clinic.database import database
from clinic.refusals import Refusal
from clinic.scheduling.practice.fields import clean_text
from clinic.scheduling.practice.models import AppointmentType, Equipment, Room

Named = type[Room] | type[Equipment] | type[AppointmentType]


class NameTaken(Refusal):
    """Something else of its kind is called that already: two could not be told apart, or a button was pressed twice."""

    def __init__(self, name: str) -> None:
        super().__init__(f"There is one called {name} already. Please choose another name.", field="name")


def free_name(model: Named, text: str, *, but: int | None = None) -> str:
    """Return a name that nothing else of its kind has, in use or not; the caller holds the location's lock.

    Raises ``NameTaken`` and ``Unacceptable``.
    """
    name = clean_text(text, field="name", most=60)
    with database.session.no_autoflush:
        for id_, theirs in database.session.execute(select(model.id, model.name)):
            if id_ != but and theirs.casefold() == name.casefold():
                raise NameTaken(theirs)
    return name
