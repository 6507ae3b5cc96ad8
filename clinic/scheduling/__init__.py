"""The clinic's time: who works when, and who comes when."""
