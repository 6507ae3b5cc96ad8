"""What treatment came to: measures, how their change is read, and which are due."""
