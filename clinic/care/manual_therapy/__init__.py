"""Manual therapy as it was given at a visit."""

from clinic.care.manual_therapy.models import CheckAnswer, ManualTherapy, Technique, TenderPoint
from clinic.care.manual_therapy.queries import Given, given_at

__all__ = ["CheckAnswer", "Given", "ManualTherapy", "Technique", "TenderPoint", "given_at"]
