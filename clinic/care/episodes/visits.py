"""The visits of an episode, for rooms that lie below the notes and hang their rows on one."""

from datetime import datetime

from sqlalchemy import ScalarSelect, Table, select

from clinic.database import Base


def notes_table() -> Table:
    """Return the table of notes: id, episode, kind, visit number, and when the visit was."""
    return Base.metadata.tables["notes"]


def moment_of(note_id: int) -> ScalarSelect[datetime]:
    """Return the moment of a note's visit, as a part of a query."""
    notes = notes_table()
    return select(notes.c.service_at).where(notes.c.id == note_id).scalar_subquery()
