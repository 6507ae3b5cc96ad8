"""Save the gait analysis of a draft, and the images of its findings."""

from datetime import datetime

from clinic import audit
from clinic.care import gait
from clinic.care.gait import GaitFacts, GaitStill
from clinic.care.gait.items import protocols
from clinic.care.gait.still import Still
from clinic.care.notes.models import Note
from clinic.care.notes.the_row import measure, note_to_change, touch
from clinic.care.signatures import Clinician, check_words
from clinic.refusals import Unacceptable

CADENCE = "cadence"


def save_gait(*, note_id: int, facts: GaitFacts, seen: int, by: Clinician, now: datetime) -> Note:
    """Write down an analysis; its cadence stands among the note's measures too. The caller commits.

    Raises ``NotFound``, ``AlreadySigned``, ``SavedElsewhere`` unless the draft is as ``seen``, and ``Unacceptable``
    beside the first field that cannot be: then nothing is saved.
    """
    note = note_to_change(note_id, seen=seen)
    for name, words in _typed_words(facts):
        check_words(words, None, name)
    protocol = facts.values.get("protocol")
    if protocol and protocol not in protocols() | _protocol_there(note.id):
        raise Unacceptable("Choose one of these.", field="protocol")
    if gait.write(note_id=note.id, episode_id=note.episode_id, facts=facts):
        _measure_cadence(note, facts)
        touch(note, by=by, now=now)
        audit.record("gait analysis saved", about=note.key, by=by.actor, now=now, patient_id=note.patient_id)
    return note


def add_still(*, note_id: int, metric: str, side: str, still: Still, by: Clinician, now: datetime) -> GaitStill:
    """Put an image beside a finding of a draft; the caller commits.

    Raises ``NotFound``, ``AlreadySigned`` and ``Unacceptable``.
    """
    note = note_to_change(note_id)
    found = gait.add_still(note_id=note.id, metric=metric, side=side, still=still, by=by.name, now=now)
    touch(note, by=by, now=now)
    audit.record("gait image added", about=note.key, by=by.actor, now=now, patient_id=note.patient_id)
    return found


def take_out_still(*, note_id: int, still_id: int, by: Clinician, now: datetime) -> Note:
    """Take an image out of a draft; the caller commits. Raises ``NotFound`` and ``AlreadySigned``."""
    note = note_to_change(note_id)
    gait.take_out_still(note_id=note.id, still_id=still_id)
    touch(note, by=by, now=now)
    audit.record("gait image taken out", about=note.key, by=by.actor, now=now, patient_id=note.patient_id)
    return note


def _protocol_there(note_id: int) -> dict[str, None]:
    """Return the protocol that stands in the draft: it stays choosable after the clinic dropped it."""
    row = gait.analysis_of(note_id).row
    return {row.protocol: None} if row is not None else {}


def _typed_words(facts: GaitFacts) -> list[tuple[str, str]]:
    """Return every text of an analysis, by the name of its field."""
    own = [(name, value) for name, value in facts.values.items() if isinstance(value, str)]
    return own + [(f"find.{one.metric}.{one.side}.words", one.words) for one in facts.found]


def _measure_cadence(note: Note, facts: GaitFacts) -> None:
    found = next((one for one in facts.found if one.metric == CADENCE), None)
    measure(note, key=CADENCE, value=found.value if found is not None else None)
