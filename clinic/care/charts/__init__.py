"""Who may open a chart, and the trail of everybody who did."""

from clinic.care.charts.access import (
    breaches,
    break_the_glass,
    caseload,
    is_in_caseload,
    note_reading,
    open_breach,
    take_note,
)
from clinic.care.charts.models import Breach

__all__ = [
    "Breach",
    "breaches",
    "break_the_glass",
    "caseload",
    "is_in_caseload",
    "note_reading",
    "open_breach",
    "take_note",
]
