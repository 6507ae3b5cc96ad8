"""Write manual therapy into the rows of a note; the note's own verb has locked it and answers for its version."""

from typing import Any

from clinic.care.manual_therapy.check import MOST_POINTS, MOST_TECHNIQUES, check
from clinic.care.manual_therapy.dictionary import points, questions
from clinic.care.manual_therapy.facts import ManualFacts, PointFacts, TechniqueFacts
from clinic.care.manual_therapy.kinds import THRUST
from clinic.care.manual_therapy.models import CheckAnswer, ManualTherapy, Technique, TenderPoint
from clinic.care.manual_therapy.queries import given_at
from clinic.database import database, set_columns
from clinic.refusals import NotFound, Unacceptable

NOT_SET = frozenset({"added", "row_id"})


def write(*, note_id: int, facts: ManualFacts) -> bool:
    """Set what ``facts`` name and say whether anything changed.

    Raises ``Unacceptable`` beside the first field that cannot be, and ``NotFound`` for a technique that is not here.
    """
    check(facts, points=points(), questions={one.key for one in questions()})
    session = database.session
    changed = _write_points(note_id, facts)
    changed |= _write_techniques(note_id, facts)
    answered = _write_answers(note_id, facts)
    row = session.get(ManualTherapy, note_id)
    filled = {name: value for name, value in facts.values.items() if value not in (None, "")}
    if row is None and (changed or answered or filled):
        row = ManualTherapy(note_id=note_id, decided="", checks_version=0)
        session.add(row)
        changed = True
    if row is not None:
        changed |= bool(set_columns(row, dict(facts.values)))
        if answered:
            row.checks_version = facts.checks_version
    session.flush()
    return changed or answered


def changes_a_thrust(*, note_id: int, facts: ManualFacts) -> bool:
    """Say whether these facts add a thrust, change one, or take one out."""
    thrusts = {row.id: row for row in given_at(note_id).techniques if row.kind == THRUST}
    if facts.techniques_out & thrusts.keys():
        return True
    for one in facts.techniques:
        row = thrusts.get(one.row_id or 0)
        if row is None and one.kind == THRUST:
            return True
        if row is not None and any(getattr(row, name) != value for name, value in _values(one).items()):
            return True
    return False


def _write_points(note_id: int, facts: ManualFacts) -> bool:
    before = {(row.point, row.side): row for row in given_at(note_id).points}
    place = max((row.place for row in before.values()), default=-1)
    changed = False
    for identity in facts.points_out:
        row = before.pop(identity, None)
        if row is not None:
            database.session.delete(row)
            changed = True
    for one in facts.points:
        if (one.point, one.side) in facts.points_out:
            continue
        row = before.get((one.point, one.side))
        if row is not None:
            changed |= not one.added and bool(set_columns(row, _values(one)))
        elif one.is_rated or one.added:
            if len(before) >= MOST_POINTS:
                raise Unacceptable(f"At most {MOST_POINTS} points at one visit.", field="add_point")
            place += 1
            row = before[one.point, one.side] = TenderPoint(note_id=note_id, place=place, **_values(one))
            database.session.add(row)
            changed = True
    return changed


def _write_techniques(note_id: int, facts: ManualFacts) -> bool:
    before = {row.id: row for row in given_at(note_id).techniques}
    place = max((row.place for row in before.values()), default=-1)
    changed = False
    for id_ in facts.techniques_out:
        row = before.pop(id_, None)
        if row is None:
            raise NotFound("There is no such technique.")
        database.session.delete(row)
        changed = True
    for one in facts.techniques:
        values = _values(one)
        if one.row_id is None:
            if len(before) >= MOST_TECHNIQUES:
                raise Unacceptable(f"At most {MOST_TECHNIQUES} techniques at one visit.", field="add_region")
            place += 1
            database.session.add(Technique(note_id=note_id, place=place, **values))
            changed = True
        elif one.row_id in before:
            if before[one.row_id].kind != one.kind:
                raise NotFound("There is no such technique.")
            changed |= bool(set_columns(before[one.row_id], values))
        elif one.row_id not in facts.techniques_out:
            raise NotFound("There is no such technique.")
    return changed


def _write_answers(note_id: int, facts: ManualFacts) -> bool:
    before = {row.question: row for row in given_at(note_id).checks}
    changed = False
    for question, answer in facts.answers.items():
        if question in before:
            changed |= bool(set_columns(before[question], {"answer": answer}))
        else:
            database.session.add(CheckAnswer(note_id=note_id, question=question, answer=answer))
            changed = True
    return changed


def _values(one: PointFacts | TechniqueFacts) -> dict[str, Any]:
    values = {name: value for name, value in one._asdict().items() if name not in NOT_SET}
    return values | ({"grade": "V"} if isinstance(one, TechniqueFacts) and one.kind == THRUST else {})
