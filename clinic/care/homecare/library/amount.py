"""How many things at once: people do fewer of many."""

from clinic.care.homecare.library.exercise import OURS

MOST = 4
SOURCE = f"Records and evidence on home programs, from secondary pages; the original study is to be named. {OURS}"


def too_many(items: int) -> str | None:
    """Return the warning for a program of that many items, with its evidence; None up to four."""
    if items <= MOST:
        return None
    return (
        f"{items} items at once. In a military sample 86 % kept to programs of two exercises or fewer, and 54 % to "
        "those of four or more: consider leaving one out."
    )
