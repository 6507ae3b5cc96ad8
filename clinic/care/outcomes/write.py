"""Write the answers of a measure into the rows of a note; the note's own verb has locked it and answers for it."""

from collections.abc import Sequence
from decimal import Decimal
from typing import Any, NamedTuple

from sqlalchemy import select

from clinic.care.outcomes.measures import Instrument, NotAnAnswer, Scored, instrument
from clinic.care.outcomes.measures.answers import checked, named_activities, spelled
from clinic.care.outcomes.models import Score
from clinic.database import database, set_columns
from clinic.refusals import NotFound


class Written(NamedTuple):
    """What the answers came to, the value that stood there before, and whether anything changed."""

    scored: Scored
    was: Decimal | None
    changed: bool


def write(
    *, note_id: int, key: str, edition: str, answers: Sequence[Decimal | int | None], activities: Sequence[str] = ()
) -> Written:
    """Set a note's score of an instrument; answers in another edition take the place of those before.

    Raises ``NotFound``, and ``NotAnAnswer`` beside the first answer that cannot be.
    """
    of = instrument(key)
    found = scored(of, edition=edition, answers=answers, activities=activities)
    row = _row(note_id, of.key)
    was = row.value if row is not None else None
    values: dict[str, Any] = {
        "edition": found.version,
        "answers": _kept(of, answers, found.activities),
        "value": found.value,
        "words": found.reason,
    }
    if row is None:
        database.session.add(Score(note_id=note_id, instrument=of.key, **values))
        return Written(found, was, True)
    return Written(found, was, bool(set_columns(row, values)))


def take_out(*, note_id: int, key: str) -> Decimal | None:
    """Take a note's score of an instrument out, and return its value. Raises ``NotFound``."""
    row = _row(note_id, instrument(key).key)
    if row is None:
        raise NotFound("There is no such score.")
    database.session.delete(row)
    return row.value


def scored(
    of: Instrument, *, edition: str, answers: Sequence[Decimal | int | None], activities: Sequence[str] = ()
) -> Scored:
    """Return what answers come to; fewer activities than the measure asks for are incomplete, not refused.

    Raises ``NotAnAnswer`` where nothing is answered, or an answer cannot be.
    """
    version = of.version(edition)
    if not of.missing.counts_as_zero and not activities and all(one is None for one in answers):
        raise NotAnAnswer("Nothing is answered yet.", field="item.1")
    if not of.names_activities or len(answers) >= version.fewest:
        return of.score(answers, version=edition, activities=activities)
    low, high = version.item_low, version.item_high
    few = checked(answers, label=of.label, item=of.item, low=low, high=high, fewest=1, most=version.items)
    return Scored(
        key=of.key,
        version=version.key,
        value=None,
        answered=sum(one is not None for one in few),
        missing=tuple(number for number, one in enumerate(few, 1) if one is None),
        reason=f"incomplete, not scored: {spelled(version.fewest - len(few), of.item)} more to name",
        activities=named_activities(activities, of=len(few)),
    )


def _kept(of: Instrument, answers: Sequence[Decimal | int | None], activities: Sequence[str]) -> dict[str, Any]:
    """Return answers by item number; of ticks only those that are ticked."""
    given = {str(number): int(one) for number, one in enumerate(answers, 1) if one is not None}
    if of.missing.counts_as_zero:
        given = {number: one for number, one in given.items() if one}
    return {"items": given} | ({"activities": list(activities)} if activities else {})


def _row(note_id: int, key: str) -> Score | None:
    query = select(Score).where(Score.note_id == note_id, Score.instrument == key)
    return database.session.scalars(query.order_by(Score.id)).first()
