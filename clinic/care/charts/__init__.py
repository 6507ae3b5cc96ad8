"""Who may open a chart, and the trail of everybody who did."""

from clinic.care.charts.access import break_the_glass, caseload, is_in_caseload, note_reading, open_breach
from clinic.care.charts.models import Breach

__all__ = ["Breach", "break_the_glass", "caseload", "is_in_caseload", "note_reading", "open_breach"]
