"""Read gait analyses."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, NamedTuple

from sqlalchemy import select

from clinic.care.episodes.visits import moment_of, notes_table
from clinic.care.gait.compare import Seen
from clinic.care.gait.models import CueResponse, GaitAnalysis, GaitFinding, GaitStill
from clinic.database import Base, columns_of, database


@dataclass(frozen=True)
class Analysis:
    """An analysis with its rows; ``row`` is None where nothing was written yet."""

    note_id: int
    row: GaitAnalysis | None
    findings: Sequence[GaitFinding]
    cues: Sequence[CueResponse]
    stills: Sequence[GaitStill]

    @property
    def seen(self) -> dict[tuple[str, str], Seen]:
        """What was found by item and side."""
        return {(row.metric, row.side): Seen(row.value, row.grade) for row in self.findings}

    def facts(self) -> dict[str, Any]:
        """Return the whole content as plain values, images by their digest: what a signature stands for."""
        if self.row is None:
            return {}
        lists: dict[str, Sequence[Base]] = {
            "gait_findings": self.findings,
            "cue_responses": self.cues,
            "gait_stills": self.stills,
        }
        rows = {name: [columns_of(row, leave_out=["image"]) for row in rows] for name, rows in lists.items()}
        return {"gait": columns_of(self.row), **rows}


class Dated(NamedTuple):
    """An analysis of an episode, with its visit."""

    note_id: int
    kind: str
    visit_number: int
    at: datetime
    analysis: Analysis


class Baseline(NamedTuple):
    """The cadence from which a target is reckoned, in steps a minute, and when it was measured."""

    spm: int
    at: datetime
    note_id: int


def analysis_of(note_id: int) -> Analysis:
    """Return the analysis of a note."""
    session = database.session

    def rows(model: type[Any]) -> Sequence[Any]:
        return session.scalars(select(model).where(model.note_id == note_id).order_by(model.id)).all()

    return Analysis(note_id, session.get(GaitAnalysis, note_id), rows(GaitFinding), rows(CueResponse), rows(GaitStill))


def analyses_of(episode_id: int) -> list[Dated]:
    """Return an episode's analyses, the newest first."""
    notes = notes_table()
    query = (
        select(notes.c.id, notes.c.kind, notes.c.visit_number, notes.c.service_at)
        .join(GaitAnalysis, GaitAnalysis.note_id == notes.c.id)
        .where(notes.c.episode_id == episode_id)
        .order_by(notes.c.service_at.desc(), notes.c.id.desc())
    )
    return [Dated(*row, analysis=analysis_of(row.id)) for row in database.session.execute(query)]


def newest_target(episode_id: int) -> int | None:
    """Return the cadence that the newest analysis of an episode aims at, in steps a minute; None without one."""
    notes = notes_table()
    query = (
        select(GaitAnalysis.target_spm)
        .join(notes, notes.c.id == GaitAnalysis.note_id)
        .where(notes.c.episode_id == episode_id)
        .order_by(notes.c.service_at.desc(), notes.c.id.desc())
    )
    return database.session.scalars(query.limit(1)).first()


def baseline_of(*, episode_id: int, note_id: int) -> Baseline | None:
    """Return the first cadence that was measured in the episode, up to the visit of ``note_id``; None without one."""
    notes = notes_table()
    query = (
        select(GaitFinding.value, notes.c.service_at, notes.c.id)
        .join(notes, notes.c.id == GaitFinding.note_id)
        .where(
            notes.c.episode_id == episode_id,
            notes.c.service_at <= moment_of(note_id),
            GaitFinding.metric == "cadence",
            GaitFinding.value.is_not(None),
        )
        .order_by(notes.c.service_at, notes.c.id)
    )
    row = database.session.execute(query.limit(1)).first()
    return None if row is None or row[0] is None else Baseline(int(row[0].to_integral_value()), row[1], row[2])


def still(*, note_id: int, still_id: int) -> GaitStill | None:
    """Return an image of a note's analysis, with its bytes still to be read."""
    found = database.session.get(GaitStill, still_id) if 0 < still_id < 2**31 else None
    return found if found is not None and found.note_id == note_id else None


def image_of(still_id: int) -> bytes:
    """Return the bytes of an image."""
    return database.session.scalars(select(GaitStill.image).where(GaitStill.id == still_id)).one()
