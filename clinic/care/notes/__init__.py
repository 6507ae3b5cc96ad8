"""What is written of an evaluation and of each visit, and how it is signed."""

from clinic.care.notes.begin import begin_note
from clinic.care.notes.extend import add_measure, change_kind
from clinic.care.notes.facts import Done, Hurts, Measured, NoteFacts, Ran, Stands
from clinic.care.notes.models import Note
from clinic.care.notes.save import save_note
from clinic.care.notes.save_gait import add_still, save_gait, take_out_still
from clinic.care.notes.save_manual import save_manual
from clinic.care.notes.save_score import WrittenInTheNote, save_score
from clinic.care.notes.sign import NotComplete, amend_note, cosign_note, sign_note, what_is_missing
from clinic.care.notes.take_out_score import take_out_score
from clinic.care.notes.the_row import Content, SavedElsewhere, content_of

__all__ = [
    "Content",
    "Done",
    "Hurts",
    "Measured",
    "NotComplete",
    "Note",
    "NoteFacts",
    "Ran",
    "SavedElsewhere",
    "Stands",
    "WrittenInTheNote",
    "add_measure",
    "add_still",
    "amend_note",
    "begin_note",
    "change_kind",
    "content_of",
    "cosign_note",
    "save_gait",
    "save_manual",
    "save_note",
    "save_score",
    "sign_note",
    "take_out_score",
    "take_out_still",
    "what_is_missing",
]
