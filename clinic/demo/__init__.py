"""One clinic to look round in, told by calling the commands that people would have called."""
