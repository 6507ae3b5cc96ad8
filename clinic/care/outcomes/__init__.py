"""What treatment came to: measures, how their change is read, which are due, and how a chart of them is drawn."""
