"""Write an analysis into the rows of a note; the note's own verb has locked it and answers for its version."""

from datetime import datetime

from clinic.care.gait.cadence import target
from clinic.care.gait.check import check
from clinic.care.gait.facts import GaitFacts
from clinic.care.gait.items import cadence_rule, items
from clinic.care.gait.models import CueResponse, GaitAnalysis, GaitFinding, GaitStill
from clinic.care.gait.queries import analysis_of, baseline_of
from clinic.care.gait.still import Still
from clinic.database import database, set_columns
from clinic.refusals import NotFound, Unacceptable

COLUMNS = (
    "speed_ms",
    "incline_pct",
    "surface",
    "shoe",
    "warm_up_min",
    "method",
    "camera_fps",
    "pain",
    "words",
    "cue",
    "target_pct",
    "target_why",
    "protocol",
)
MOST_STILLS = 30


def write(*, note_id: int, episode_id: int, facts: GaitFacts) -> bool:
    """Set an analysis to ``facts`` and say whether anything changed; the target follows from the baseline.

    Raises ``Unacceptable`` beside the first field that cannot be.
    """
    rule = cadence_rule()
    check(facts, known=items(), rule=rule)
    session = database.session
    row = session.get(GaitAnalysis, note_id)
    if row is None:
        row = GaitAnalysis(note_id=note_id)
        session.add(row)
        session.flush()
    changed = bool(set_columns(row, {name: facts.values[name] for name in COLUMNS if name in facts.values}))
    changed |= _write_found(note_id, facts)
    changed |= _write_tried(note_id, facts)
    session.flush()
    baseline = baseline_of(episode_id=episode_id, note_id=note_id)
    spm = None
    if row.target_pct is not None and baseline is not None:
        spm = target(baseline=baseline.spm, percent=row.target_pct, band_percent=rule.band_percent).spm
    return bool(set_columns(row, {"target_spm": spm})) or changed


def add_still(*, note_id: int, metric: str, side: str, still: Still, by: str, now: datetime) -> GaitStill:
    """Put one image beside a finding, in place of the one before. Raises ``NotFound`` and ``Unacceptable``."""
    item = items().get(metric)
    if item is None or side not in (("L", "R") if item.graded else item.value_sides):
        raise NotFound("There is no such item.")
    stills = analysis_of(note_id).stills
    before = next((row for row in stills if (row.metric, row.side) == (metric, side)), None)
    if before is None and len(stills) >= MOST_STILLS:
        raise Unacceptable(f"At most {MOST_STILLS} images for one analysis.", field="image")
    row = before or GaitStill(note_id=note_id, metric=metric, side=side)
    row.image, row.digest, row.width, row.height = still.image, still.digest, still.width, still.height
    row.added_at, row.added_by = now, by
    database.session.add(row)
    return row


def take_out_still(*, note_id: int, still_id: int) -> GaitStill:
    """Take an image out of a draft. Raises ``NotFound``."""
    found = next((row for row in analysis_of(note_id).stills if row.id == still_id), None)
    if found is None:
        raise NotFound("There is no such image.")
    database.session.delete(found)
    return found


def _write_found(note_id: int, facts: GaitFacts) -> bool:
    before = {(row.metric, row.side): row for row in analysis_of(note_id).findings}
    changed = False
    for one in facts.found:
        row = before.get((one.metric, one.side))
        values = {"value": one.value, "grade": one.grade, "words": one.words}
        if row is None and not one.is_empty:
            database.session.add(GaitFinding(note_id=note_id, metric=one.metric, side=one.side, **values))
            changed = True
        elif row is not None and one.is_empty:
            database.session.delete(row)
            changed = True
        elif row is not None:
            changed |= bool(set_columns(row, values))
    return changed


def _write_tried(note_id: int, facts: GaitFacts) -> bool:
    before = {row.cue: row for row in analysis_of(note_id).cues}
    changed = False
    for one in facts.tried:
        row = before.get(one.cue)
        if row is None and not one.is_empty:
            database.session.add(CueResponse(note_id=note_id, **one._asdict()))
            changed = True
        elif row is not None and one.is_empty:
            database.session.delete(row)
            changed = True
        elif row is not None:
            changed |= bool(set_columns(row, one._asdict()))
    return changed
