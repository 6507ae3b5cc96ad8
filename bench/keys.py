"""Seconds by the keystroke-level model of Card, Moran and Newell: 0.2 s a key, 1.1 s a click, 1.35 s a decision."""

from collections.abc import Iterator

from bench.measure import Figure

KEY, CLICK, DECISION = 0.2, 1.1, 1.35

TASKS = {
    "find a patient: / and three letters, Enter": (5, 0, 1),
    "a known patient's follow-up: n, three letters, Enter, Enter": (6, 0, 3),
    "a new caller: n, five fields, 0, a digit, Enter": (74, 0, 8),
    "can't do Thursday: / rui Enter, m, a digit, Enter": (8, 0, 2),
    "book from free time: Enter, three letters, Enter": (6, 0, 2),
    "move by keyboard: m, three arrows, Enter": (5, 0, 1),
    "check in: a": (1, 0, 1),
    "cancel: x, a reason, Enter": (3, 0, 2),
}


def by_the_keystroke_model() -> Iterator[Figure]:
    """Yield what each task costs a practiced person, waiting apart."""
    for task, (keys, clicks, decisions) in TASKS.items():
        seconds = keys * KEY + clicks * CLICK + decisions * DECISION
        yield Figure(task, "-", seconds, seconds, "s")
