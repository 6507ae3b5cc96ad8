"""Rules of home care besides exercise: running again, rest, heat and cold, drinking. Pure; sections E of the clinical
reference.
"""

OURS = "To be confirmed by a licensed therapist"
