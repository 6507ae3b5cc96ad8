"""What the clinic writes: letters to patients and calendars."""
