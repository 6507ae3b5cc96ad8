"""What treatment came to: measures, and how their change is read."""
