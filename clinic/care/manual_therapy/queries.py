"""Read the manual therapy of a visit, and of the visits before it."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, NamedTuple

from sqlalchemy import exists, or_, select

from clinic.care.episodes.visits import moment_of, notes_table
from clinic.care.manual_therapy.checklist import Answer, Standing
from clinic.care.manual_therapy.dictionary import questions
from clinic.care.manual_therapy.kinds import COUNTERSTRAIN, THRUST
from clinic.care.manual_therapy.models import CheckAnswer, ManualTherapy, Technique, TenderPoint
from clinic.database import Base, columns_of, database


@dataclass(frozen=True)
class Given:
    """The manual therapy of one visit; ``row`` is None where nothing was written yet."""

    note_id: int
    row: ManualTherapy | None
    points: Sequence[TenderPoint]
    techniques: Sequence[Technique]
    checks: Sequence[CheckAnswer]

    @property
    def uses(self) -> frozenset[str]:
        """What the checklist asks for besides what it always asks."""
        thrusts = any(row.kind == THRUST for row in self.techniques)
        return frozenset(([COUNTERSTRAIN] if self.points else []) + ([THRUST] if thrusts else []))

    def facts(self) -> dict[str, Any]:
        """Return the whole content as plain values: what a signature stands for; nothing where there is nothing."""
        if self.row is None:
            return {}
        lists: dict[str, Sequence[Base]] = {
            "tender_points": self.points,
            "techniques": self.techniques,
            "check_answers": self.checks,
        }
        return {
            "manual_therapy": columns_of(self.row),
            **{name: [columns_of(row) for row in rows] for name, rows in lists.items()},
        }


class Dated(NamedTuple):
    """The manual therapy of one visit of an episode."""

    note_id: int
    visit_number: int
    at: datetime
    given: Given


def given_at(note_id: int) -> Given:
    """Return the manual therapy of a note."""
    return _given_at([note_id])[0]


def _given_at(note_ids: Sequence[int]) -> list[Given]:
    """Return the manual therapy of several notes, in the same order, by four queries however many they are."""
    session = database.session

    def rows(model: type[Any], *order: Any) -> dict[int, list[Any]]:
        found: dict[int, list[Any]] = {}
        for row in session.scalars(select(model).where(model.note_id.in_(note_ids)).order_by(*order)):
            found.setdefault(row.note_id, []).append(row)
        return found

    besides = rows(ManualTherapy, ManualTherapy.note_id)
    treated = rows(TenderPoint, TenderPoint.place, TenderPoint.id)
    techniques = rows(Technique, Technique.place, Technique.id)
    checks = rows(CheckAnswer, CheckAnswer.question)
    return [
        Given(
            one,
            next(iter(besides.get(one, ())), None),
            treated.get(one, []),
            techniques.get(one, []),
            checks.get(one, []),
        )
        for one in note_ids
    ]


def history_of(*, episode_id: int, note_id: int) -> list[Dated]:
    """Return an episode's visits with points or techniques before the visit of ``note_id``, the earliest first."""
    notes = notes_table()
    query = (
        select(notes.c.id, notes.c.visit_number, notes.c.service_at)
        .where(
            notes.c.episode_id == episode_id,
            notes.c.id != note_id,
            notes.c.service_at <= moment_of(note_id),
            or_(
                exists().where(TenderPoint.note_id == notes.c.id),
                exists().where(Technique.note_id == notes.c.id),
            ),
        )
        .order_by(notes.c.service_at, notes.c.id)
    )
    found = database.session.execute(query).all()
    return [Dated(*row, given=given) for row, given in zip(found, _given_at([row.id for row in found]), strict=True)]


def newest_note(episode_id: int) -> int | None:
    """Return the newest note of an episode with points or techniques; None without one."""
    notes = notes_table()
    query = (
        select(notes.c.id)
        .where(
            notes.c.episode_id == episode_id,
            or_(
                exists().where(TenderPoint.note_id == notes.c.id),
                exists().where(Technique.note_id == notes.c.id),
            ),
        )
        .order_by(notes.c.service_at.desc(), notes.c.id.desc())
    )
    return database.session.scalars(query.limit(1)).first()


def checklist_at(*, episode_id: int, note_id: int, uses: frozenset[str]) -> Standing:
    """Return how the checklist stands at a visit: of each question the latest answer of the episode up to it."""
    notes = notes_table()
    query = (
        select(CheckAnswer.question, CheckAnswer.answer, notes.c.service_at, notes.c.id)
        .join(notes, notes.c.id == CheckAnswer.note_id)
        .where(notes.c.episode_id == episode_id, notes.c.service_at <= moment_of(note_id))
        .order_by(notes.c.service_at, notes.c.id == note_id, notes.c.id)
    )
    answers = {
        question: Answer(answer, at, found_in) for question, answer, at, found_in in database.session.execute(query)
    }
    row = database.session.get(ManualTherapy, note_id)
    return Standing(questions(uses=uses), answers, row.decided if row is not None else "")
