"""Read the manual therapy of a visit."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import inspect, select

from clinic.care.manual_therapy.models import CheckAnswer, ManualTherapy, Technique, TenderPoint
from clinic.database import Base, database


@dataclass(frozen=True)
class Given:
    """The manual therapy of one visit; ``row`` is None where nothing was written yet."""

    note_id: int
    row: ManualTherapy | None
    points: Sequence[TenderPoint]
    techniques: Sequence[Technique]
    checks: Sequence[CheckAnswer]

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
            "manual_therapy": _columns(self.row),
            **{name: [_columns(row) for row in rows] for name, rows in lists.items()},
        }


def given_at(note_id: int) -> Given:
    """Return the manual therapy of a note."""
    session = database.session

    def rows(model: type[Any], *order: Any) -> Sequence[Any]:
        return session.scalars(select(model).where(model.note_id == note_id).order_by(*order)).all()

    return Given(
        note_id,
        session.get(ManualTherapy, note_id),
        rows(TenderPoint, TenderPoint.place, TenderPoint.id),
        rows(Technique, Technique.place, Technique.id),
        rows(CheckAnswer, CheckAnswer.question),
    )


def _columns(row: Base) -> dict[str, Any]:
    return {one.key: getattr(row, one.key) for one in inspect(type(row)).column_attrs}
