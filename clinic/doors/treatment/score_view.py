"""What the page of a measure's answers shows: items by number, the score so far, and how it has changed."""

from collections.abc import Mapping, Sequence
from typing import Any

from clinic.care.notes import Note
from clinic.care.notes.measures import measures
from clinic.care.notes.trends import Point, points_of
from clinic.care.outcomes.measures import Instrument, Version
from clinic.care.outcomes.models import Score
from clinic.care.outcomes.queries import scores_at
from clinic.doors.treatment.readings import caveats_of, readings_of
from clinic.doors.treatment.score_values import score_values

USUAL = {"psfs": "mean", "groc": "11-point"}
"""The version to begin with, where others ask for another form; a clinical form is never guessed."""


def score_page(note: Note, of: Instrument, *, edition: str, typed: Mapping[str, str]) -> dict[str, Any]:
    """Return everything that the page shows; ``edition`` is asked for, ``typed`` is laid over what is saved."""
    row = _row(note, of)
    before, _ = _split(note, of)
    last = before[-1] if before else None
    values = score_values(row, edition=_edition(of, last), activities=_activities(before)) | dict(typed)
    if edition in {one.key for one in of.versions}:
        values["edition"] = edition
    version = _version(of, values["edition"])
    asked = version or of.versions[0]
    return {
        "note": note,
        "of": of,
        "row": row,
        "values": values,
        "version": version,
        "editions": [(one.key, one.label) for one in of.versions],
        "same_form": len({(one.items, one.item_low, one.item_high) for one in of.versions}) == 1,
        "items": [(number, of.item_label(number)) for number in range(1, asked.items + 1)],
        "choices": range(asked.item_low, asked.item_high + 1),
        "asked": asked,
        "last": last,
        **live_score(note, of),
    }


def live_score(note: Note, of: Instrument) -> dict[str, Any]:
    """Return what changes with every save: the score, and how it reads beside those before."""
    before, now = _split(note, of)
    readings = readings_of(of, [*before, now], known=measures()) if now is not None and now.value is not None else []
    return {
        "of": of,
        "now": now,
        "labels": {one.key: one.label for one in of.versions},
        "readings": readings,
        "caveats": caveats_of(readings),
    }


def _row(note: Note, of: Instrument) -> Score | None:
    return next((one for one in scores_at(note.id) if one.instrument == of.key), None)


def _split(note: Note, of: Instrument) -> tuple[list[Point], Point | None]:
    """Return the scores before a note, and its own."""
    found = points_of(note.episode_id)[of.key]
    before = [one for one in found if one.note_id != note.id and one.at <= note.service_at]
    return before, next((one for one in found if one.note_id == note.id), None)


def _edition(of: Instrument, last: Point | None) -> str:
    if last is not None and last.scored.version:
        return last.scored.version
    return of.versions[0].key if len(of.versions) == 1 else USUAL.get(of.key, "")


def _version(of: Instrument, key: str) -> Version | None:
    return next((one for one in of.versions if one.key == key), None)


def _activities(before: Sequence[Point]) -> tuple[str, ...]:
    return next((one.scored.activities for one in reversed(before) if one.scored.activities), ())
