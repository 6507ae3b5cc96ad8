"""The care of a patient: what only clinicians, and those who asked, may read."""
