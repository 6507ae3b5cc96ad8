"""What the desk calls letters, and their states; pure."""

KINDS = {
    "booked": "Booked",
    "moved": "Moved",
    "canceled": "Canceled",
    "course": "All visits of a course",
    "ahead": "Reminder, some days ahead",
    "tomorrow": "Reminder, the day before",
}


def state_words(state: str, tries: int) -> str:
    """Return what a letter's state is called."""
    if state in ("owed", "leased"):
        return "Trying again" if tries else "Due"
    return state.capitalize()
