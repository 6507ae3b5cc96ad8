"""What a patient does at home: exercise, heat and cold, drinking, rest, running."""
